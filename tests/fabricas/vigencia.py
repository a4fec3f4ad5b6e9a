"""Instrumentos cerca de vencer, sus renovaciones y las personas que reciben el correo."""

from datetime import date, timedelta

from django.contrib.auth.models import Group

from convenios.estados import Decision
from convenios.models import Convenio, Renovacion
from convenios.vigencia import acciones
from tests.fabricas import convenios, directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo.periodos import hoy

FIRMA = date(2024, 1, 15)


def vence(dias: int, **datos) -> Convenio:
    """Suscrito, que vence dentro de ``dias`` (o venció, si es negativo)."""
    base = {"fecha_firma": FIRMA, "vigencia": "fecha", "vigencia_hasta": hoy() + timedelta(days=dias)}
    return convenios.convenio(**{**base, **datos})


def renovacion(convenio: Convenio | None = None, por=None, **datos) -> Renovacion:
    """En estudio, salvo que se diga la decisión; entonces, decidida ayer."""
    if datos.get("decision", Decision.EN_ESTUDIO) != Decision.EN_ESTUDIO:
        datos.setdefault("fecha_decision", hoy() - timedelta(days=1))
    if datos.get("decision") == Decision.NO_SE_RENUEVA:
        datos.setdefault("razon", "Se cumplió su objeto.")
    nueva = Renovacion(convenio=convenio or vence(40), **datos)
    return acciones.guardar_renovacion(renovacion=nueva, por=por)


def con_sucesor(convenio: Convenio | None = None, folio: str = "SUC-1", por=None) -> Renovacion:
    hecha = renovacion(convenio, decision=Decision.SE_RENUEVA)
    acciones.crear_sucesor(renovacion=hecha, folio=folio, titulo=f"Sucesor {folio}", por=por)
    return Renovacion.objects.get(pk=hecha.pk)


def firmar(convenio: Convenio, fecha: date | None = None) -> Convenio:
    """Lo lleva a suscrito sin pasar por cada requisito: eso lo prueba el camino."""
    convenio = Convenio.objects.get(pk=convenio.pk)
    convenio.etapa, convenio.fecha_firma = "suscrito", fecha or hoy()
    convenio.save()
    convenio.cambios.create(etapa="suscrito", fecha=convenio.fecha_firma)
    return convenio


def con_papel(papel: str, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


def gente() -> dict:
    """Quien lleva, quien dirige y dos enlaces: uno del área del instrumento y otro de otra."""
    propia, ajena = directorio.area(siglas="AP"), directorio.area(siglas="AA")
    return {
        "area": propia,
        "ajena": ajena,
        "captura": con_papel(roles.CAPTURA, username="lleva", email="lleva@prueba.example"),
        "direccion": con_papel(roles.DIRECCION, username="dirige", email="dirige@prueba.example"),
        "enlace": con_papel(roles.AREA, username="enlace", email="enlace@prueba.example", area=propia),
        "otro": con_papel(roles.AREA, username="otro", email="otro@prueba.example", area=ajena),
    }
