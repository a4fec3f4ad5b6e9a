"""Integrantes de la Red y actividades a las que asisten, de prueba."""

from datetime import date
from itertools import count

from observacion.models import IntegranteRed
from programas.models import Accion, Actividad, Eje, Programa, TipoActividad

_numero = count(1)


def integrante(clase: str = "organizacion", **datos) -> IntegranteRed:
    n = next(_numero)
    return IntegranteRed.objects.create(
        clase=clase, **{"nombre": f"Integrante {n:06}", "desde": date(2019, 1, 1), **datos}
    )


def accion(inciso: str = "B", programa: str = "pat-2020", eje: int = 4, **datos) -> Accion:
    plan, _ = Programa.objects.get_or_create(
        clave=programa, defaults={"nombre": f"Programa {programa}", "tipo": "pat", "anio": 2020}
    )
    eje, _ = Eje.objects.get_or_create(programa=plan, numero=eje, defaults={"nombre": "Eje de prueba"})
    return Accion.objects.get_or_create(eje=eje, inciso=inciso, defaults={"nombre": "Acción de prueba", **datos})[0]


def tipo(clave: str = "reunion-red") -> TipoActividad:
    return TipoActividad.objects.get_or_create(clave=clave, defaults={"nombre": clave})[0]


def reunion(fecha: date = date(2020, 11, 4), **datos) -> Actividad:
    n = next(_numero)
    base = {"titulo": f"Reunión {n}", "fecha_inicio": fecha, "fecha_fin": fecha}
    base["accion"] = datos.pop("accion", None) or accion()
    base["tipo"] = datos.pop("tipo", None) or tipo()
    return Actividad.objects.create(**{**base, **datos})
