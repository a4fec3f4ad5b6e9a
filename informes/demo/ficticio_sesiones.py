"""Lo que pasó en cada sesión ficticia: quién faltó y por qué, qué se votó y en qué van los acuerdos.

Parte de las fichas de ``ficticio`` y no toca su azar. A mitad del año cambia la presidencia: las
consejerías 1 y 2 intercambian lugar, y cada una queda con dos capacidades en el tiempo.
"""

import random
from datetime import date, timedelta
from typing import Any

from .ficticio_listas import CAPACIDADES, MARCA

SEMILLA = 1711
MOTIVOS = ("Comisión de trabajo en otra sede", "Licencia", "Sesión simultánea de otra comisión")
SUPLENTES = ("Subdirección de área", "Coordinación de asesores", "Enlace designado")
RELEVOS = {
    "Presidencia": ("Presidencia", "CE2"),
    "Integrante: Consejería 2": ("Integrante: Consejería 1", "CE1"),
}
# Posición de la sesión en el año (desde 1): lo que en ella se sale de lo común.
DIFERIDA, JUSTIFICA_INTEGRANTE, VOTO_EN_CONTRA, ABSTENCION, APLAZADO, SIN_EFECTO = 3, 4, 5, 6, 7, 2
EXTRAORDINARIA = {
    "tras": 4,
    "titulo": f"Programa de trabajo con institutos de otras entidades {MARCA}",
    "tema": "Vinculación nacional",
}


def integracion(anio: int, desde: str) -> list[dict[str, Any]]:
    """Los asientos en orden de protocolo; ``asiento`` une a quienes lo ocuparon uno tras otro."""
    fin, relevo = f"{anio}-06-30", f"{anio}-07-01"
    filas: list[dict[str, Any]] = []
    for asiento, (nombre, rol, siglas) in enumerate(CAPACIDADES):
        cambia = nombre in RELEVOS
        datos: dict[str, Any] = {"asiento": asiento, "rol": rol, "orden": asiento + 1}
        filas.append(datos | {"nombre": nombre, "siglas": siglas, "desde": desde, "hasta": fin if cambia else ""})
        if cambia:
            nuevo, suyas = RELEVOS[nombre]
            filas.append(datos | {"nombre": nuevo, "siglas": suyas, "desde": relevo, "hasta": ""})
    for fila in filas:
        # La última convoca sin correo: así se ve cómo queda una entrega que no se puede mandar.
        fila["correo"] = f"{fila['siglas'].lower()}@instituto-ficticio.example" if fila["rol"] != "invitada" else ""
    return filas


def sesiones(fichas: list[dict[str, Any]], hoy: date) -> list[dict[str, Any]]:
    """Las mismas, con horas, asistencia completa, votos y seguimiento; y una extraordinaria entre ellas."""
    azar = random.Random(SEMILLA)  # nosec B311: datos de muestra, no secretos
    completas = []
    celebradas = [f for f in fichas if f["estado"] == "celebrada"]
    for lugar, ficha in enumerate(fichas, 1):
        ficha = ficha | {"calendario": ficha["fecha"], "razon": ""}
        if ficha["estado"] == "celebrada":
            _celebra(azar, ficha, lugar, lugar < len(celebradas), hoy)
        completas.append(ficha)
        if lugar == EXTRAORDINARIA["tras"] and ficha["estado"] == "celebrada":
            extra = _extraordinaria(azar, ficha, hoy)
            completas += [extra] if extra else []
    return completas


def _celebra(azar: random.Random, ficha: dict[str, Any], lugar: int, hay_siguiente: bool, hoy: date) -> None:
    una_semana_despues = date.fromisoformat(ficha["fecha"]) + timedelta(days=7)
    if lugar == DIFERIDA and una_semana_despues < hoy:
        ficha |= {"fecha": una_semana_despues.isoformat(), "razon": "Ese día sesionó el Consejo General."}
    ficha["horas"] = ("11:00", azar.choice(("11:05", "11:10")), azar.choice(("12:20", "12:45", "13:05")))
    ficha["marcas"] = [_marca(azar, asiento, vino == "X") for asiento, vino in enumerate(ficha["asistencia"])]
    if lugar == JUSTIFICA_INTEGRANTE:
        ficha["marcas"][2] = ("justificada", MOTIVOS[0], "")
    ficha["voto"] = {VOTO_EN_CONTRA: "contra", ABSTENCION: "abstencion"}.get(lugar, "")
    ficha["aplazado"] = lugar == APLAZADO
    ficha["seguimiento"] = _seguimiento(ficha, lugar, hay_siguiente, hoy)


def _marca(azar: random.Random, asiento: int, vino: bool) -> tuple[str, str, str]:
    suerte = azar.random()
    if vino:
        if asiento > 3 and suerte < 0.12:
            return "suplente", "", azar.choice(SUPLENTES)
        return "presente", "", ""
    return ("justificada", azar.choice(MOTIVOS), "") if suerte < 0.5 else ("ausente", "", "")


def _seguimiento(ficha: dict[str, Any], lugar: int, hay_siguiente: bool, hoy: date) -> list[tuple[str, str, str]]:
    """Pasos del encargo: (fecha, estado, nota); sin fecha, se informó en la sesión siguiente."""
    tomado = date.fromisoformat(ficha["fecha"])
    estado = ficha["encargo"]["estado"]
    if lugar == SIN_EFECTO and hay_siguiente:
        return [("", "sin_efecto", f"Otra instancia atendió el asunto {MARCA}.")]
    pasos = []
    if estado in ("en_proceso", "cumplido"):
        inicio = min(tomado + timedelta(days=10), hoy).isoformat()
        pasos.append((inicio, "en_proceso", f"El área entregó un primer avance {MARCA}."))
    if estado == "cumplido" and hay_siguiente:
        pasos.append(("", "cumplido", f"El área presentó el producto completo {MARCA}."))
    return pasos


def _extraordinaria(azar: random.Random, ficha: dict[str, Any], hoy: date) -> dict[str, Any] | None:
    dia = date.fromisoformat(ficha["fecha"]) + timedelta(days=12)
    if dia >= hoy:
        return None
    return {
        "numero": 1,
        "tipo": "extraordinaria",
        "anio": dia.year,
        "fecha": dia.isoformat(),
        "calendario": "",
        "razon": "",
        "modalidad": "virtual",
        "estado": "celebrada",
        "puntos": [
            ("Orden del día", "Orden del día", "aprobacion", True),
            (EXTRAORDINARIA["tema"], EXTRAORDINARIA["titulo"], "aprobacion", False),
        ],
        "horas": ("17:00", "17:05", "17:40"),
        "marcas": [_marca(azar, asiento, True) for asiento in range(len(CAPACIDADES))],
        "voto": "",
        "aplazado": False,
        "encargo": None,
        "seguimiento": [],
    }
