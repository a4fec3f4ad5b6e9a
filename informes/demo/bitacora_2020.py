"""Actividades de 2020 que no son de la Red ni de la comunidad migrante.

Cada registro: ``(acción, tipo, título, inicio, fin o "", datos)``. ``datos`` admite
organismos, órgano, asistencia, modalidad, objetivo, unidades, cifras y sueltas.
"""

from typing import Any


def _notas_consejo_general():
    for fecha in (
        "2020-10-07",
        "2020-10-28",
        "2020-11-06",
        "2020-11-18",
        "2020-11-27",
        "2020-12-07",
        "2020-12-15",
        "2020-12-21",
    ):
        yield (
            "1B",
            "nota-consejo-general",
            "Nota ejecutiva de la sesión del Consejo General del INE",
            fecha,
            "",
            {"organo": "CG-INE"},
        )


def _notas_otros_organos():
    # En el orden de la fuente: agrupadas por órgano.
    for organo, nombre, fechas in (
        (
            "CCOE",
            "la Comisión de Capacitación y Organización",
            ("2020-10-22", "2020-10-29", "2020-11-16", "2020-12-09"),
        ),
        (
            "COVIMRE",
            "la Comisión de Vinculación con Mexicanos Residentes en el Extranjero",
            ("2020-11-04", "2020-12-16"),
        ),
        (
            "CVOPL",
            "la Comisión de Vinculación con Organismos Públicos Locales",
            ("2020-11-04", "2020-11-24", "2020-12-01"),
        ),
        (
            "CL-INE-CDMX",
            "el Consejo Local del INE en la Ciudad de México",
            ("2020-11-03", "2020-12-18"),
        ),
    ):
        for fecha in fechas:
            yield (
                "1B",
                "nota-ejecutiva",
                f"Seguimiento a la sesión de {nombre}".replace("de el ", "del "),
                fecha,
                "",
                {"organo": organo},
            )


def _reportes_sivople():
    for fecha in (
        "2020-10-05",
        "2020-10-12",
        "2020-10-19",
        "2020-10-26",
        "2020-11-02",
        "2020-11-09",
        "2020-11-16",
        "2020-11-23",
        "2020-11-30",
        "2020-12-07",
        "2020-12-14",
        "2020-12-21",
        "2020-12-28",
    ):
        yield (
            "1C",
            "reporte-sivople",
            "Reporte semanal del SIVOPLE a las consejerías",
            fecha,
            "",
            {},
        )


RUBRO_1 = (
    (
        "1A",
        "reunion-grupo-trabajo",
        "5ª reunión",
        "2020-11-11",
        "",
        {"organismos": ("JLE-INE-CDMX",), "modalidad": "virtual"},
    ),
    *_notas_consejo_general(),
    *_notas_otros_organos(),
    *_reportes_sivople(),
)

# fecha, universidad, clase
PLATICAS = (
    ("2020-10-23", "ITESM-CCM", "Responsabilidad y ciudadanía"),
    ("2020-11-09", "UNAM", "Introducción a la ciencia política"),
    ("2020-11-10", "UNAM", "Derecho electoral mexicano"),
    ("2020-11-11", "UAM-I", "Métodos cuantitativos I"),
    ("2020-11-23", "UACM", "Derecho electoral"),
    ("2020-12-02", "UNAM", "Federalismo y relaciones intergubernamentales"),
    ("2020-12-08", "UACM", "Ciudadanía, representación y participación"),
    ("2020-12-09", "UACM", "Ciudadanía, representación y participación"),
)

RUBRO_3 = tuple(
    (
        "3A",
        "platica-universidad",
        clase,
        fecha,
        "",
        {"organismos": (universidad,), "modalidad": "virtual"},
    )
    for fecha, universidad, clase in PLATICAS
)

RUBRO_6 = (
    (
        "6A",
        "actividad-internacional",
        "Reunión de trabajo del proyecto «La variación democrática subnacional»",
        "2020-10-12",
        "",
        {
            "modalidad": "virtual",
            "representacion": "Presidencia de la comisión",
            "objetivo": "Explicar la metodología y el alcance del estudio a quienes abordan los casos mexicanos.",
            "cifras": (("Casos mexicanos del estudio", 11),),
        },
    ),
    (
        "6A",
        "actividad-internacional",
        "Segunda parte del taller «Otra justicia es posible»: justicia penal y mecanismos "
        "alternativos de solución de controversias",
        "2020-11-19",
        "2020-11-20",
        {
            "organismos": ("IRI",),
            "modalidad": "virtual",
            "objetivo": "Distinguir conciliación de mediación y reconocer cuándo proceden los mecanismos alternativos.",
            "asistencia": (0, 0, 27),
        },
    ),
    (
        "6A",
        "actividad-internacional",
        "Curso virtual «Ceremonial y Protocolo»",
        "2020-10-19",
        "2020-11-22",
        {
            "organismos": ("IMR", "SRE"),
            "modalidad": "virtual",
            "objetivo": "Dar bases para organizar actos y reuniones, y favorecer la relación entre instituciones.",
            "asistencia": (0, 0, 27),
            "cifras": (("Horas de duración", 25),),
        },
    ),
    *(
        ("6B", "nota-internacional", titulo, fecha, "", {})
        for fecha, titulo in (
            ("2020-10-18", "Elecciones generales en Bolivia"),
            ("2020-10-23", "Elecciones de EE. UU.: segundo debate presidencial (parte VII)"),
            ("2020-10-25", "Plebiscito nacional en Chile para una nueva constitución"),
            (
                "2020-11-03",
                "Estudio «Administración electoral, algoritmos y pandemia en Estados Unidos»",
            ),
            ("2020-11-03", "Elecciones generales de EE. UU. (parte VIII)"),
            ("2020-11-04", "Elecciones generales de EE. UU. (parte IX)"),
            ("2020-11-08", "Avance de resultados de las elecciones de EE. UU."),
            ("2020-11-09", "Elecciones generales de EE. UU. (parte X)"),
            ("2020-11-13", "Elecciones municipales en Brasil"),
            ("2020-11-16", "Crisis política en Perú"),
            ("2020-11-20", "Resultados de las elecciones municipales en Brasil"),
            ("2020-11-20", "Reelección y separación del cargo"),
        )
    ),
)

# Lo que el informe da por cumplido en trimestres anteriores. La fuente solo da el
# trimestre: el día es supuesto (último hábil del trimestre).
ANTERIORES: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    (
        "4A",
        "documento",
        "Programa de acompañamiento a la observación de los procesos de 2020",
        "2020-03-31",
        "",
        {},
    ),
    (
        "6E",
        "proyecto",
        "Proyecto específico con un organismo internacional",
        "2020-09-30",
        "",
        {"organismos": ("CAPEL",)},
    ),
    (
        "6F",
        "documento",
        "Programa de actividades para personas expertas internacionales",
        "2020-03-31",
        "",
        {},
    ),
    (
        "6G",
        "mision",
        "Acompañamiento a las personas expertas internacionales en la jornada de marzo",
        "2020-03-31",
        "",
        {},
    ),
)

ACTIVIDADES = (*ANTERIORES, *RUBRO_1, *RUBRO_3, *RUBRO_6)
