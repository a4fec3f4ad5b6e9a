"""El año en curso, inventado con semilla fija: siempre el mismo para la misma fecha.

``generar(hoy)`` no toca la base: devuelve los mismos literales que los módulos de 2020
y 2021, para que ``carga`` los entregue a las acciones por el mismo camino. Todo lleva
«(datos ficticios)» o «(ficticia)», y los correos terminan en ``.example``.
"""

import random
from datetime import date, timedelta
from typing import Any

from . import ficticio_convenios, ficticio_sesiones
from .ficticio_listas import (
    CAPACIDADES,
    EJES,
    ENCARGOS,
    EXTRANJEROS,
    INTEGRANTES,
    MARCA,
    MIGRANTES,
    ORGANISMOS,
    ORGANOS,
    PUNTOS,
    RESPONSABLES,
    UNIVERSIDADES,
)

SEMILLA = 2026
MESES = tuple(range(1, 13))


def _habil(dia: date) -> date:
    """El mismo día, o el lunes siguiente si cae en fin de semana."""
    return dia + timedelta(days=max(0, 7 - dia.weekday()) if dia.weekday() > 4 else 0)


def _fin_de_mes(anio: int, mes: int) -> date:
    return (date(anio, mes, 1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _fin_de_trimestre(anio: int, trimestre: int) -> date:
    return _fin_de_mes(anio, trimestre * 3)


def _ultimo_jueves(anio: int, mes: int) -> date:
    ultimo = (date(anio, mes, 28) + timedelta(days=7)).replace(day=1) - timedelta(days=1)
    jueves = ultimo - timedelta(days=(ultimo.weekday() - 3) % 7)
    return jueves - timedelta(days=14) if mes == 12 else jueves


def _planes(anio: int) -> tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]:
    def plan(clave: str, tipo: str, nombre: str, incisos: str) -> dict[str, Any]:
        return {
            "clave": f"{clave}-{anio}",
            "tipo": tipo,
            "anio": anio,
            "nombre": f"{nombre} {anio} {MARCA}",
            "ficticio": True,
            "ejes": tuple(
                (
                    str(n),
                    eje,
                    tuple(
                        (
                            incisos[i],
                            a[0],
                            a[1],
                            a[2],
                            a[3],
                            tuple(m for m in MESES if a[3][(m - 1) // 3]) if tipo == "pat" else (),
                            a[4],
                        )
                        for i, a in enumerate(acciones)
                    ),
                )
                for n, (eje, acciones) in enumerate(EJES, 1)
            ),
        }

    pares = [
        (f"pat-{anio}:{n}{'ABCDEFG'[i]}", f"pe-{anio}:{n}.{i + 1}")
        for n, (_, acciones) in enumerate(EJES, 1)
        for i in range(len(acciones))
    ]
    return (
        plan("pe", "especifico", "Programa Específico", "1234567"),
        plan("pat", "pat", "Programa Anual de Trabajo", "ABCDEFG"),
        pares,
    )


def _datos(azar: random.Random, tipo: str) -> dict[str, Any]:
    """Los campos que pide cada tipo, con valores plausibles."""
    gente = (azar.randint(8, 40), azar.randint(8, 40), azar.randint(0, 4))
    if tipo == "nota-ejecutiva":
        return {"organo": azar.choice(ORGANOS)}
    if tipo == "platica-universidad":
        return {"organismos": (azar.choice(UNIVERSIDADES),), "modalidad": "presencial", "asistencia": gente}
    if tipo == "actividad-internacional":
        return {"organismos": EXTRANJEROS, "modalidad": "virtual", "asistencia": gente, "representacion": "Presidencia"}
    if tipo == "reunion-migrantes":
        return {"organismos": (azar.choice(MIGRANTES),), "modalidad": "virtual", "asistencia": gente}
    if tipo == "mision":
        return {"ciudad": "Bogotá", "pais": "CO", "representacion": "Consejería 2"}
    if tipo == "curso":
        return {"modalidad": "hibrida", "hora": ("10:00", "13:00"), "asistencia": gente}
    if tipo == "reunion-red":
        return {"modalidad": "virtual", "red": True}
    return {}


def _tramos(anio: int, metas: tuple[int, ...], por_mes: bool) -> list[tuple[date, date, int]]:
    """De cuándo a cuándo se reparte cada meta: en su trimestre o, si es mensual, mes por mes."""
    if not por_mes:
        return [(date(anio, t * 3 - 2, 1), _fin_de_trimestre(anio, t), meta) for t, meta in enumerate(metas, 1)]
    return [(date(anio, m, 1), _fin_de_mes(anio, m), metas[(m - 1) // 3] // 3) for m in MESES]


def _actividades(azar: random.Random, anio: int, hoy: date) -> list[tuple]:
    registros: list[tuple] = []
    for n, (_, acciones) in enumerate(EJES, 1):
        for i, (_, _, frecuencia, metas, _, tipo, ritmo, titulos) in enumerate(acciones, 1):
            if not tipo:
                continue
            semanal = tipo == "noticia-micrositio"
            for inicio, fin, meta in _tramos(anio, metas, frecuencia == "mensual" and not semanal):
                if inicio > hoy or not meta:
                    continue
                cuantas = 13 if semanal else round(meta * ritmo)
                for paso in range(cuantas):
                    dia = _habil(inicio + (fin - inicio) * (paso + azar.random() * 0.8) / max(cuantas, 1))
                    if dia > fin:  # el lunes ya es del tramo siguiente: se hizo el viernes
                        dia -= timedelta(days=3)
                    if dia > hoy:
                        continue
                    datos = _datos(azar, tipo)
                    if semanal:
                        datos["unidades"] = round(meta * ritmo / 13) + azar.randint(-1, 1)
                    dias = (hoy - dia).days
                    datos["estado"] = "borrador" if dias < 12 or (dias < 30 and azar.random() < 0.4) else "validada"
                    if azar.random() < 0.02 and tipo != "reporte-sivople":
                        datos |= {"estado": "rechazada", "razon": "Falta la evidencia del registro."}
                    titulo = f"{titulos[paso % len(titulos)]} {MARCA}"
                    registro = (f"pe-{anio}:{n}.{i}", tipo, titulo, dia.isoformat(), "", datos)
                    # Dos del mismo día y título serían la misma fila de una hoja de cálculo.
                    if not any(r[:4] == registro[:4] for r in registros):
                        registros.append(registro)
    return sorted(registros, key=lambda r: r[3])


def _sesiones(azar: random.Random, anio: int, hoy: date) -> list[dict[str, Any]]:
    """Una al mes; las pasadas celebradas, una convocada la próxima semana y el resto programadas."""
    proxima = hoy + timedelta(days=7 - hoy.weekday() + 3)
    jueves = [_ultimo_jueves(anio, mes) for mes in MESES]
    fechas = [d for d in jueves if d < hoy] + [proxima] + [d for d in jueves if d > proxima + timedelta(days=14)]
    sesiones: list[dict[str, Any]] = []
    por_anio: dict[int, int] = {}
    for fecha in fechas:
        numero = por_anio[fecha.year] = por_anio.get(fecha.year, 0) + 1
        pasada = fecha < hoy
        puntos = [("Orden del día", "Orden del día", "aprobacion", True)]
        if numero > 1:
            puntos.append(("Minutas", "Minuta de la sesión anterior", "aprobacion", True))
        puntos += [(t, f"{p} {MARCA}", "presentacion", False) for t, p in azar.sample(PUNTOS, 3)]
        puntos.append(("Asuntos generales", "Asuntos generales", "generales", False))
        sesiones.append(
            {
                "numero": numero,
                "tipo": "ordinaria",
                "anio": fecha.year,
                "fecha": fecha.isoformat(),
                "modalidad": "hibrida",
                "estado": "celebrada" if pasada else "convocada" if fecha == proxima else "programada",
                "puntos": puntos if pasada or fecha == proxima else [],
                "asistencia": ["X" if i < 4 or azar.random() < 0.85 else "-" for i in range(len(CAPACIDADES))]
                if pasada
                else [],
                "encargo": _encargo(sesiones, fecha, hoy) if pasada else None,
            }
        )
    return sesiones


def _encargo(anteriores: list, fecha: date, hoy: date) -> dict[str, Any]:
    """Acuerdo con seguimiento: los viejos cumplidos, los recientes abiertos y uno vencido."""
    indice = len(anteriores)
    limite = _habil(fecha + timedelta(days=40))
    edad = (hoy - fecha).days
    return {
        "texto": f"{ENCARGOS[indice % len(ENCARGOS)]} {MARCA}",
        "area": RESPONSABLES[indice % len(RESPONSABLES)],
        "limite": limite.isoformat(),
        "estado": "cumplido" if edad > 75 else "en_proceso" if edad > 35 else "pendiente",
    }


def _envios(anio: int, hoy: date) -> list[tuple[str, str, str, int]]:
    envios = []
    for mes in MESES:
        for dia, clase, asunto in (
            (6, "boletin", f"Corazón Chilango, número {mes}"),
            (19, "invitacion", f"Invitación del mes {mes}: encuentro con la comunidad"),
        ):
            fecha = _habil(date(anio, mes, dia))
            if fecha <= hoy:
                envios.append((fecha.isoformat(), clase, f"{asunto} {MARCA}", 800 + mes * 13))
    return envios


def generar(hoy: date) -> dict[str, Any]:
    """Todo el año de ``hoy``, hasta ``hoy``."""
    azar = random.Random(SEMILLA)  # nosec B311: datos de muestra, no secretos
    anio = hoy.year
    especifico, pat, pares = _planes(anio)
    return {
        "anio": anio,
        "organismos": ORGANISMOS,
        "planes": (especifico, pat),
        "alineacion": pares,
        "comision": {
            "siglas": "COVIN",
            "nombre": f"Comisión de Vinculación Institucional {MARCA}",
            "tipo": "provisional",
            "acuerdo_creacion": "",
            "desde": "2025-01-01",
            "hasta": "",
            "serie": ("covin", f"Acuerdos de la COVIN {MARCA}", "COVIN/{numero:03}/{anio}"),
        },
        "capacidades": ficticio_sesiones.integracion(anio, "2025-01-01"),
        "sesiones": ficticio_sesiones.sesiones(_sesiones(azar, anio, hoy), hoy),
        "actividades": _actividades(azar, anio, hoy),
        "convenios": ficticio_convenios.convenios(anio, hoy),
        "integrantes": tuple(
            (nombre, "organizacion", f"contacto{n}@red-ficticia.example") for n, nombre in enumerate(INTEGRANTES, 1)
        ),
        "envios": _envios(anio, hoy),
    }
