"""La comisión, su integración, las sesiones de 2020 y el calendario de 2021.

Las personas se sustituyen por su cargo. El orden de ``CAPACIDADES`` es el de la
lista de asistencia del cuarto informe de 2020. Son hechos las fechas de la
presidencia, las consejerías y la secretaría técnica; las demás son supuestas y solo
abarcan el periodo. También son supuestos los acuerdos CVOE/001/21 y CVOE/002/21.
"""

from typing import Any

COMISION = {
    "siglas": "CVOE",
    "nombre": "Comisión Permanente de Vinculación con Organismos Externos",
    "tipo": "permanente",
    "acuerdo_creacion": "Código electoral local, artículos 59 y 65",
    "desde": "2017-08-01",
    "hasta": "2022-08-31",
    "serie": ("cvoe", "Acuerdos de la CVOE", "CVOE/{numero:03}/{anio:02}"),
}

# clave, nombre que se imprime, cargo, siglas del área u organismo que representa,
# desde, hasta, asistencia a 10SO, 11SO y 12SO
CAPACIDADES = (
    ("presidencia", "Presidencia", "presidencia", "CE1", "2020-10-09", "2022-08-31", "XXX"),
    ("integrante-2", "Integrante: Consejería 2", "integrante", "CE2", "2020-10-09", "2022-08-31", "XXX"),
    ("integrante-3", "Integrante: Consejería 3", "integrante", "CE3", "2020-10-09", "2022-08-31", "XXX"),
    ("secretaria-tecnica", "Secretaría técnica", "secretaria_tecnica", "DVOE", "2019-03-26", "", "XXX"),
    ("pes", "Partido Encuentro Solidario", "partido", "PES", "2020-09-05", "2021-09-30", "XX-"),
    ("morena", "Partido MORENA", "partido", "MORENA", "2017-08-01", "", "XXX"),
    ("pelg", "Partido Político Equidad, Libertad y Género", "partido", "PELG", "2020-09-05", "2021-09-30", "XX-"),
    ("prd", "Partido de la Revolución Democrática", "partido", "PRD", "2017-08-01", "", "XXX"),
    ("pri", "Partido Revolucionario Institucional", "partido", "PRI", "2017-08-01", "", "XXX"),
    ("pt", "Partido del Trabajo", "partido", "PT", "2017-08-01", "", "X-X"),
    ("pvem", "Partido Verde Ecologista de México", "partido", "PVEM", "2017-08-01", "", "XXX"),
    ("se", "Secretaría Ejecutiva", "area", "SE", "2017-08-01", "2020-11-30", "XX-"),
    ("se-encargo", "Encargaduría del despacho de la Secretaría Ejecutiva", "area", "SE", "2020-12-01", "", "--X"),
    ("sa", "Secretaría Administrativa", "area", "SA", "2017-08-01", "", "-XX"),
    ("deap", "Dirección Ejecutiva de Asociaciones Políticas", "area", "DEAP", "2017-08-01", "", "XXX"),
    (
        "deecycc",
        "Dirección Ejecutiva de Educación Cívica y Construcción de Ciudadanía",
        "area",
        "DEECyCC",
        "2017-08-01",
        "",
        "XX-",
    ),
    (
        "depcyc",
        "Dirección Ejecutiva de Participación Ciudadana y Capacitación",
        "area",
        "DEPCyC",
        "2017-08-01",
        "",
        "XXX",
    ),
    (
        "deoeyg",
        "Dirección Ejecutiva de Organización Electoral y Geoestadística",
        "area",
        "DEOEyG",
        "2017-08-01",
        "",
        "XXX",
    ),
    (
        "utalaod",
        "Unidad Técnica de Archivo, Logística y Apoyo a los Órganos Desconcentrados",
        "area",
        "UTALAOD",
        "2017-08-01",
        "",
        "XX-",
    ),
    ("utaj", "Unidad Técnica de Asuntos Jurídicos", "area", "UTAJ", "2017-08-01", "", "XXX"),
    (
        "utcsyd",
        "Unidad Técnica de Comunicación Social y Difusión",
        "area",
        "UTCSyD",
        "2017-08-01",
        "",
        "X-X",
    ),
    (
        "utgydh",
        "Unidad Técnica de Género y Derechos Humanos",
        "area",
        "UTGyDH",
        "2017-08-01",
        "",
        "XXX",
    ),
    ("utsi", "Unidad Técnica de Servicios Informáticos", "area", "UTSI", "2017-08-01", "", "X-X"),
    (
        "utcfyd",
        "Unidad Técnica del Centro de Formación y Desarrollo",
        "area",
        "UTCFyD",
        "2017-08-01",
        "",
        "-XX",
    ),
    (
        "utef",
        "Unidad Técnica Especializada de Fiscalización",
        "area",
        "UTEF",
        "2017-08-01",
        "",
        "-X-",
    ),
    ("ci-rep", "En representación de la Contraloría Interna", "invitada", "CI", "2020-10-01", "", "XXX"),
    (
        "utalaod-rep",
        "En representación de la Unidad Técnica de Archivo, Logística y Apoyo a los Órganos Desconcentrados",
        "invitada",
        "UTALAOD",
        "2020-12-01",
        "",
        "--X",
    ),
)

TEMAS = (
    "Orden del día",
    "Minutas",
    "Integración de la comisión",
    "Informes de la comisión",
    "Programa anual de trabajo",
    "Convenios",
    "Vinculación con el INE",
    "Vinculación nacional",
    "Observación electoral",
    "Ciudadanía residente en el extranjero",
    "Vinculación internacional",
    "Asuntos generales",
)
# Temas que una sesión siempre trae y que un informe no enlista entre lo presentado.
TEMAS_DE_TRAMITE = ("Orden del día", "Minutas", "Integración de la comisión", "Asuntos generales")

# Títulos que se repiten de una sesión a otra: se escriben igual para que se agrupen.
INFORME_CONVENIOS = "Informe sobre la suscripción y el seguimiento de convenios"
INFORME_CONVENIO_GENERAL = (
    "Informe de los trabajos para construir el Convenio General INE-IECM del proceso concurrente 2020-2021"
)
INFORME_ESTRATEGIA = "Informe de avances de la estrategia de vinculación con la ciudadanía residente en el extranjero"

# Numeración reconstruida: la fuente dice qué se presentó, y de tres asuntos en qué sesiones.
# fecha, número, puntos: (tema, título, solicitud aprobacion|presentacion|generales, acuerdo o None)
SESIONES_2020: tuple[dict[str, Any], ...] = (
    {
        "numero": 10,
        "tipo": "ordinaria",
        "fecha": "2020-10-26",
        "modalidad": "virtual",
        "puntos": (
            ("Orden del día", "Orden del día", "aprobacion", 43),
            ("Integración de la comisión", "Ratificación de la secretaría técnica", "aprobacion", 44),
            ("Informes de la comisión", "Tercer informe trimestral de actividades 2020", "aprobacion", 45),
            ("Convenios", INFORME_CONVENIOS, "presentacion", None),
            ("Vinculación con el INE", INFORME_CONVENIO_GENERAL, "presentacion", None),
            (
                "Vinculación nacional",
                "Nota ejecutiva de la jornada del 18 de octubre de 2020 en Coahuila e Hidalgo",
                "presentacion",
                None,
            ),
            (
                "Vinculación nacional",
                "Informe de los conversatorios virtuales sobre los efectos político-electorales de la pandemia",
                "presentacion",
                None,
            ),
            (
                "Vinculación nacional",
                "Informe de la ceremonia de vinculación con el Instituto Electoral del Estado de Puebla",
                "presentacion",
                None,
            ),
            (
                "Vinculación internacional",
                "Informe de la ceremonia de vinculación con el IRI y del taller «Otra justicia es posible»",
                "presentacion",
                None,
            ),
            (
                "Vinculación internacional",
                "Informe del seminario «La variación democrática subnacional»",
                "presentacion",
                None,
            ),
            ("Asuntos generales", "Asuntos generales", "generales", None),
        ),
    },
    {
        "numero": 11,
        "tipo": "ordinaria",
        "fecha": "2020-11-26",
        "modalidad": "virtual",
        "puntos": (
            ("Orden del día", "Orden del día", "aprobacion", 46),
            ("Minutas", "Minuta de la décima sesión ordinaria", "aprobacion", 47),
            (
                "Observación electoral",
                "Proyecto de acuerdo con los programas de atención a personas observadoras y a "
                "personas visitantes extranjeras del proceso 2020-2021",
                "aprobacion",
                48,
            ),
            (
                "Vinculación nacional",
                "Estrategia de vinculación con universidades para el proceso 2020-2021",
                "aprobacion",
                49,
            ),
            (
                "Ciudadanía residente en el extranjero",
                "Cambios a la estrategia de vinculación con la ciudadanía residente en el extranjero",
                "aprobacion",
                50,
            ),
            ("Convenios", INFORME_CONVENIOS, "presentacion", None),
            ("Vinculación con el INE", INFORME_CONVENIO_GENERAL, "presentacion", None),
            (
                "Vinculación con el INE",
                "Nota ejecutiva del sistema de seguimiento al proceso concurrente INE-IECM",
                "presentacion",
                None,
            ),
            (
                "Observación electoral",
                "Informe de la tercera reunión virtual con la Red de Observación",
                "presentacion",
                None,
            ),
            ("Ciudadanía residente en el extranjero", INFORME_ESTRATEGIA, "presentacion", None),
            ("Asuntos generales", "Asuntos generales", "generales", None),
        ),
    },
    {
        "numero": 12,
        "tipo": "ordinaria",
        "fecha": "2020-12-22",
        "modalidad": "virtual",
        "puntos": (
            ("Orden del día", "Orden del día", "aprobacion", 51),
            ("Minutas", "Minuta de la décima primera sesión ordinaria", "aprobacion", 52),
            (
                "Observación electoral",
                "Manual de observación ciudadana de mecanismos de democracia directa, elaborado por CAPEL-IIDH",
                "aprobacion",
                53,
            ),
            ("Convenios", INFORME_CONVENIOS, "presentacion", None),
            ("Vinculación con el INE", INFORME_CONVENIO_GENERAL, "presentacion", None),
            ("Ciudadanía residente en el extranjero", INFORME_ESTRATEGIA, "presentacion", None),
            (
                "Observación electoral",
                "Informe del curso «Organización de elecciones en tiempos de pandemia» de la OEA",
                "presentacion",
                None,
            ),
            (
                "Vinculación internacional",
                "Informe del curso del IRI sobre justicia penal y mecanismos alternativos",
                "presentacion",
                None,
            ),
            (
                "Vinculación internacional",
                "Informe de cierre del curso «Ceremonial y Protocolo» del Instituto Matías Romero",
                "presentacion",
                None,
            ),
            ("Asuntos generales", "Asuntos generales", "generales", None),
        ),
    },
)

# La fuente imprime «CVOE/50/20»; la serie lleva tres dígitos y así queda aquí.
ACUERDOS_2020 = {
    43: "Se aprueba el orden del día de la décima sesión ordinaria.",
    44: (
        "Se ratifica a quien la presidencia propone para la secretaría técnica, con observaciones de la Consejería 3."
    ),
    45: (
        "Se aprueba el tercer informe trimestral de 2020, con observaciones de la Consejería 3, de "
        "la Secretaría Ejecutiva y de la Unidad Técnica de Asuntos Jurídicos."
    ),
    46: "Se aprueba el orden del día de la décima primera sesión ordinaria.",
    47: "Se aprueba la minuta de la décima sesión ordinaria.",
    48: (
        "Se aprueba llevar al Consejo General el proyecto con los programas de atención a personas "
        "observadoras y a personas visitantes extranjeras del proceso 2020-2021 y sus anexos, con "
        "observaciones de la Consejería 4."
    ),
    49: (
        "Se aprueba la estrategia de vinculación con universidades para el proceso 2020-2021, con "
        "observaciones de la Consejería 2."
    ),
    50: (
        "Se aprueban los cambios a la estrategia de vinculación con la ciudadanía residente en el "
        "extranjero que propuso la Consejería 2 en la segunda sesión del COVECM 2021."
    ),
    51: "Se aprueba el orden del día de la décima segunda sesión ordinaria.",
    52: "Se aprueba la minuta de la décima primera sesión ordinaria.",
    53: (
        "Se aprueba el contenido del manual de observación ciudadana de mecanismos de democracia "
        "directa y participativa que elaboró CAPEL-IIDH, con observaciones de la Consejería 2."
    ),
}

# Calendario aprobado de sesiones ordinarias de 2021 (CVOE/040/20, ratificado por CVOE/003/21).
CALENDARIO_2021 = (
    "2021-01-21",
    "2021-02-25",
    "2021-03-25",
    "2021-04-29",
    "2021-05-27",
    "2021-06-24",
    "2021-07-29",
    "2021-08-26",
    "2021-09-30",
    "2021-10-28",
    "2021-11-25",
    "2021-12-16",
)

# La primera ordinaria de 2021, donde se aprobó el informe: (tema, título, clase, acuerdo)
PRIMERA_2021 = (
    ("Orden del día", "Orden del día", "aprobacion", 1),
    ("Minutas", "Minuta de la décima segunda sesión ordinaria de 2020", "aprobacion", 2),
    (
        "Programa anual de trabajo",
        "Ratificación del programa anual de trabajo y calendario de sesiones 2021",
        "aprobacion",
        3,
    ),
    ("Informes de la comisión", "Cuarto informe trimestral de actividades 2020", "aprobacion", 4),
    ("Asuntos generales", "Asuntos generales", "generales", None),
)
ACUERDOS_2021 = {
    1: "Se aprueba el orden del día de la primera sesión ordinaria de 2021.",
    2: "Se aprueba la minuta de la décima segunda sesión ordinaria de 2020.",
    3: "Se ratifica el programa anual de trabajo y calendario de sesiones 2021.",
    4: "Se aprueba el cuarto informe trimestral de actividades de 2020.",
}
