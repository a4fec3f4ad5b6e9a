"""Comunidad migrante: mensajes de Voto Chilango, reuniones, encuentros y noticias.

La fuente anuncia 16 correos y enlista 15 renglones: 12 mensajes y 3 reuniones (una de
ellas en dos fechas). Aquí cada cosa es lo que es.
"""

from typing import Any

# fecha, clase, asunto
ENVIOS = (
    ("2020-10-05", "boletin", "Informe final de la consulta a niñas, niños y adolescentes 2019"),
    ("2020-10-06", "aviso", "Credencialízate para elegir diputación migrante"),
    ("2020-10-07", "invitacion", "Regístrate para observar la elección"),
    ("2020-10-08", "invitacion", "Mesa de diálogo sobre derechos político-electorales de las mexicanas"),
    ("2020-10-29", "invitacion", "Primera reunión con la red de personas originarias en el extranjero"),
    ("2020-10-31", "invitacion", "Curso sobre violencia política en razón de género"),
    ("2020-11-03", "invitacion", "Recordatorio del curso sobre violencia política en razón de género"),
    ("2020-11-12", "boletin", "¿Qué es la Diputación Migrante?"),
    ("2020-11-25", "aviso", "Activa tu credencial y regístrate para votar"),
    ("2020-11-27", "invitacion", "Conferencia sobre la participación política de las mujeres"),
    ("2020-12-04", "boletin", "Tríptico del proceso 2020-2021"),
    ("2020-12-14", "invitacion", "Tercer simulacro de voto por internet"),
)

APOYO = "Pedir apoyo para difundir los derechos político-electorales de la comunidad originaria."

# Mismo formato que bitacora_2020
ACTIVIDADES: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    (
        "5A",
        "reunion-vinculacion",
        "Reunión con la Coordinación de Relaciones y Asuntos Internacionales de la UNAM",
        "2020-11-26",
        "",
        {"organismos": ("UNAM-CRAI",), "objetivo": APOYO},
    ),
    (
        "5A",
        "reunion-vinculacion",
        "Reunión con la Coordinación y las sedes de la UNAM en el extranjero",
        "2020-12-07",
        "",
        {
            "organismos": ("UNAM-CRAI", "Sedes de la UNAM en el extranjero"),
            "objetivo": APOYO,
            "sueltas": ("2020-12-07", "2020-12-09"),
        },
    ),
    (
        "5A",
        "reunion-vinculacion",
        "Reunión con la Embajada de México en el Reino Unido y exbecarios Chevening",
        "2020-12-11",
        "",
        {
            "organismos": ("EMBAMEX-GBR", "Asociación de Exbecarios Chevening en México"),
            "objetivo": APOYO,
        },
    ),
    (
        "5A",
        "reunion-migrantes",
        "Primera reunión con la red de personas originarias residentes en el extranjero",
        "2020-11-05",
        "",
        {
            "organismos": ("Red de Mexicanos EE. UU.–IECM",),
            "modalidad": "virtual",
            "objetivo": "Abrir un canal permanente, explicar la Diputación Migrante y conocer los "
            "obstáculos para votar desde fuera.",
        },
    ),
    (
        "5A",
        "invita-consejeria",
        "Primera sesión de «Invita a un consejero a tu casa»",
        "2020-11-13",
        "",
        {
            "organismos": ("Federación de la Ciudad de México en Las Vegas",),
            "modalidad": "virtual",
            "representacion": "Consejería 5",
            "asistencia": (0, 0, 9),
            "objetivo": "Dar a conocer la Diputación Migrante y alentar la participación.",
        },
    ),
    (
        "5A",
        "noticia-micrositio",
        "Noticias enviadas a la UTCSyD para el micrositio Voto Chilango",
        "2020-10-01",
        "2020-12-31",
        {"unidades": 55},
    ),
)
