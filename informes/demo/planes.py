"""Los tres planes: PAT 2020, Programa Específico 2021 y PAT 2021 (acciones en planes.csv).

PAT 2020: el informe no publica cantidades. La meta del cuarto trimestre es la de sus
registros; las acciones que el informe da por cumplidas antes llevan una meta anual de
uno en el trimestre en que dice que se cumplieron; lo demás queda en cero. La 5A cuenta
lo de la bitácora (3 reuniones, 2 encuentros y 55 noticias); los mensajes van aparte.

Programa Específico 2021: el cronograma tiene 19 acciones (3, 6, 3, 6 y 1). Los cuadros
de indicadores de cada actividad institucional solo enlistan 17: les faltan dos de la 4.

PAT 2021: 26 acciones por meses, sin cantidades.
"""

import csv
from pathlib import Path
from typing import Any

CABECERAS: tuple[dict[str, Any], ...] = (
    {
        "clave": "pat-2020",
        "tipo": "pat",
        "anio": 2020,
        "nombre": "Programa Anual de Trabajo 2020",
        "objetivo": "Aprobado por CVOE/028/19, ratificado por CVOE/003/20 y modificado por CVOE/010/20.",
    },
    {
        "clave": "pe-2021",
        "tipo": "especifico",
        "anio": 2021,
        "nombre": "Programa Específico 2021",
        "objetivo": "Vincular al Instituto con la ciudadanía, la sociedad civil, las instituciones y el INE.",
    },
    {
        "clave": "pat-2021",
        "tipo": "pat",
        "anio": 2021,
        "nombre": "Programa Anual de Trabajo 2021",
        "objetivo": "Fortalecer al Instituto por medio de su vinculación con organismos y ciudadanía.",
    },
)


def _meses(tramo: str) -> tuple[int, ...]:
    if not tramo:
        return ()
    primero, ultimo = map(int, tramo.split("-"))
    return tuple(range(primero, ultimo + 1))


def leer() -> tuple[dict[str, Any], ...]:
    """Cada plan con sus ejes; una acción: inciso, nombre, unidad, frecuencia, metas, meses, fuente.

    Metas vacías: el plan no da cantidades. Fuente vacía: el avance sale de la bitácora.
    """
    planes = {c["clave"]: {**c, "ejes": {}} for c in CABECERAS}
    with (Path(__file__).parent / "planes.csv").open(encoding="utf-8", newline="") as archivo:
        for f in csv.DictReader(archivo):
            metas = tuple(int(f[t]) for t in ("t1", "t2", "t3", "t4") if f[t])
            acciones = planes[f["plan"]]["ejes"].setdefault((f["eje"], f["eje_nombre"]), [])
            acciones.append(
                (f["inciso"], f["accion"], f["unidad"], f["frecuencia"], metas, _meses(f["meses"]), f["fuente"])
            )
    for plan in planes.values():
        plan["ejes"] = tuple((n, nombre, tuple(acciones)) for (n, nombre), acciones in plan["ejes"].items())
    return tuple(planes.values())


# acción del PAT 2021 → acción del Programa Específico 2021. Sin par en el Programa
# Específico: 2A, 2C y 2E del PAT; y la 1.3 de aquel no lo tiene en el PAT.
ALINEACION_2021 = (
    ("1A", "3.2"),
    ("1B", "3.1"),
    ("1C", "3.3"),
    ("2B", "4.3"),
    ("2D", "4.4"),
    ("2F", "4.5"),
    ("3A", "4.1"),
    ("3B", "4.2"),
    ("3C", "4.1"),
    ("3D", "4.1"),
    ("4A", "5.1"),
    ("4B", "4.6"),
    ("4C", "4.6"),
    ("4D", "4.6"),
    ("5A", "1.2"),
    ("5B", "1.1"),
    ("6A", "2.1"),
    ("6B", "2.2"),
    ("6C", "2.3"),
    ("6D", "2.4"),
    ("6E", "2.5"),
    ("6F", "2.6"),
)
