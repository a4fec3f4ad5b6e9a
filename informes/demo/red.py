"""La Red de Observación: integrantes (ficticios), correos, reunión, curso y libro.

Las nueve organizaciones y las cinco personas son inventadas: la fuente solo da
las cantidades de quienes asistieron.
"""

from typing import Any

CGI = "Consejo General del IECM"
COVECM = "COVECM 2021"
COTAPREP = "COTAPREP"
SPEN = "Comisión de Seguimiento al Servicio Profesional Electoral Nacional"
VOE = "Comisión de Vinculación con Organismos Externos"
OEG = "Comisión de Organización Electoral y Geoestadística"
ECCC = "Comisión de Educación Cívica y Construcción de Ciudadanía"
IGDH = "Comisión de Igualdad de Género y Derechos Humanos"
PCC = "Comisión de Participación Ciudadana y Capacitación"
NT = "Comisión de Normatividad y Transparencia"
CU_EI = "Comisiones Unidas de Educación Cívica y de Igualdad de Género"
CU_PO = "Comisiones Unidas de Participación Ciudadana y de Organización Electoral"
CD = "Comisión Provisional de Conformación de Consejos Distritales"
SIS = "Comisión Provisional de Sistemas Informáticos"


def _t(sesion: str, organo: str) -> str:
    return f"Transmisión de la {sesion} del {organo}".replace("del Comisi", "de la Comisi").replace(
        "de la Comisiones", "de las Comisiones"
    )


# fecha, asunto (49 en el orden de la fuente)
CORREOS = (
    ("2020-10-01", "Convocatoria para observar el proceso 2020-2021"),
    ("2020-10-06", "Minuta de la segunda reunión de trabajo con la Red"),
    ("2020-10-06", "Solicitud de propuestas para el programa de atención a personas observadoras"),
    ("2020-10-08", "Invitación a observar el proceso 2020-2021"),
    ("2020-10-08", _t("16ª sesión extraordinaria", CGI)),
    ("2020-10-23", _t("17ª sesión extraordinaria", CGI)),
    ("2020-10-23", _t("10ª sesión ordinaria", SPEN)),
    ("2020-10-23", _t("10ª sesión ordinaria", VOE)),
    ("2020-10-23", _t("10ª sesión ordinaria", OEG)),
    ("2020-10-23", _t("10ª sesión ordinaria", ECCC)),
    ("2020-10-23", _t("1ª sesión ordinaria", CU_EI)),
    ("2020-10-26", _t("1ª sesión ordinaria", CD)),
    ("2020-10-26", _t("10ª sesión ordinaria", NT)),
    ("2020-10-26", _t("10ª sesión ordinaria", IGDH)),
    ("2020-10-27", "Invitación a la tercera reunión virtual de la Red"),
    ("2020-10-27", "Curso para identificar la violencia política en razón de género"),
    ("2020-10-27", _t("8ª sesión ordinaria", CGI)),
    ("2020-10-27", _t("10ª sesión ordinaria", CU_PO)),
    ("2020-10-27", f"Sesión de instalación del {COVECM}"),
    ("2020-11-03", "Convocatoria para designar consejerías distritales 2020-2021"),
    ("2020-11-03", "Nota sobre las elecciones generales de Estados Unidos"),
    ("2020-11-04", "Matriz de hallazgos de los informes de observación y su atención"),
    ("2020-11-04", _t("4ª sesión urgente", PCC)),
    ("2020-11-06", _t("1ª sesión urgente", COTAPREP)),
    ("2020-11-06", _t("9ª sesión urgente", CGI)),
    ("2020-11-10", _t("10ª sesión urgente", CGI)),
    ("2020-11-12", _t("2ª sesión ordinaria", SIS)),
    ("2020-11-17", _t("1ª sesión ordinaria", "Comité Especial de resultados preliminares")),
    ("2020-11-17", _t("2ª sesión ordinaria", COVECM)),
    ("2020-11-23", _t("11ª sesión urgente", CGI)),
    ("2020-11-23", "Conferencia sobre la participación política de las mujeres"),
    ("2020-11-24", _t("11ª sesión ordinaria", SPEN)),
    ("2020-11-24", _t("11ª sesión ordinaria", IGDH)),
    ("2020-11-24", _t("11ª sesión ordinaria", ECCC)),
    ("2020-11-24", _t("2ª sesión ordinaria", CU_EI)),
    ("2020-11-24", _t("11ª sesión ordinaria", PCC)),
    ("2020-11-24", _t("11ª sesión ordinaria", CU_PO)),
    ("2020-11-24", _t("11ª sesión ordinaria", VOE)),
    ("2020-11-24", _t("11ª sesión ordinaria", OEG)),
    ("2020-11-24", _t("1ª sesión ordinaria", COTAPREP)),
    ("2020-11-25", "Guía temática del INE para capacitar a personas observadoras"),
    ("2020-11-26", _t("2ª sesión ordinaria", CD)),
    ("2020-11-30", _t("9ª sesión ordinaria", CGI)),
    ("2020-11-30", "Invitación al curso virtual de la OEA sobre elecciones en pandemia"),
    ("2020-12-02", "Recordatorio del curso sobre elecciones en pandemia"),
    ("2020-12-09", "Tercer simulacro de voto por internet"),
    ("2020-12-14", "Invitación al programa de atención a personas observadoras"),
    ("2020-12-17", _t("2ª sesión ordinaria", COTAPREP)),
    ("2020-12-17", "Presentación del libro «Perspectiva Ciudadana»"),
)

# nombre, clase (organizacion | individual), asistentes a la reunión del 4 de noviembre
INTEGRANTES = (
    ("Observatorio Vecinal del Anáhuac (ficticia)", "organizacion", 2),
    ("Mirada Ciudadana Chapultepec (ficticia)", "organizacion", 2),
    ("Casilla Abierta (ficticia)", "organizacion", 1),
    ("Jóvenes por el Voto Informado (ficticia)", "organizacion", 1),
    ("Red Xochimilco Participa (ficticia)", "organizacion", 1),
    ("Ciudadanía en Vela (ficticia)", "organizacion", 1),
    ("Colectivo Urna Transparente (ficticia)", "organizacion", 1),
    ("Mujeres Observando la Democracia (ficticia)", "organizacion", 1),
    ("Foro Barrial del Centro (ficticia)", "organizacion", 1),
    ("Observadora individual 1", "individual", 1),
    ("Observadora individual 2", "individual", 1),
    ("Observadora individual 3", "individual", 1),
    ("Observador individual 4", "individual", 1),
    ("Observador individual 5", "individual", 1),
)
INTEGRANTES_DESDE = "2019-02-01"

REUNION = {
    "fecha": "2020-11-04",
    "titulo": "Tercera reunión de trabajo con la Red de Observación",
    "objetivo": "Dar seguimiento a las labores de la Red y preparar la observación del proceso 2020-2021.",
    "modalidad": "virtual",
    "accion": "4B",
}

# Mismo formato que bitacora_2020
ACTIVIDADES: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    (
        "4C",
        "curso",
        "Organización de elecciones en tiempos de pandemia",
        "2020-12-07",
        "",
        {
            "organismos": ("OEA",),
            "modalidad": "virtual",
            "asistencia": (0, 0, 110),
            "hora": ("11:00", "13:00"),
        },
    ),
    (
        "4D",
        "presentacion-libro",
        "«Perspectiva Ciudadana: informes de personas observadoras y visitantes extranjeros»",
        "2020-12-21",
        "",
        {"modalidad": "virtual", "hora": ("18:00", "")},
    ),
    *(("3B", "correo-red", asunto, fecha, "", {}) for fecha, asunto in CORREOS),
)
