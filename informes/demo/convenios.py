"""Los instrumentos que nombran los documentos de 2020 y 2021, con lo que de cada uno dicen.

El cuarto informe de 2020 da el convenio suscrito en el trimestre (objeto y fecha) y los ocho con
avance (tipo, contraparte y sesiones); el Programa Específico y el PAT de 2021, el Convenio General
con el INE, sus anexos técnico y financiero y el del proceso 2017-2018. No dan folios, áreas ni
firmas de los demás: los de esta lista son supuestos, su folio lo dice (DEMO) y su objeto también.
Los otros 66 del registro (75 desde 2019, 37 vigentes) no se nombran en ningún lado: no se inventan.
"""

from typing import Any

# nombre, lugar en la familia, si requiere opinión de pertinencia
TIPOS = (
    ("General", "general", True),
    # El que manda la ley con el INE: no lo propone un área, así que no se opina.
    ("General de coordinación y colaboración", "general", False),
    ("General de apoyo y colaboración", "general", True),
    ("Específico", "especifico", True),
    ("Apoyo y colaboración", "especifico", True),
    ("Colaboración", "especifico", True),
    ("Marco", "general", True),
    ("Acuerdo", "especifico", True),
    ("Anexo técnico", "tecnico", False),
    ("Anexo financiero", "financiero", False),
    ("Adenda", "adenda", False),
    ("Memorando", "general", True),
    ("Carta de intención", "especifico", False),
)

# clave, nombre, patrón
SERIES = (
    ("opiniones-utvoe", "Opiniones de pertinencia (UTVOE)", "IECM/UTVOE/OP/{numero:03}/{anio}"),
    ("opiniones-dvoe", "Opiniones de pertinencia (DVOE)", "IECM/SE/DVOE/OP/{numero:02}/{anio}"),
)

# La observación, si la hay, va al final del borrador.
PLANTILLA_DE_OPINION = (
    "Opinión de pertinencia",
    """# Opinión de pertinencia {{ numero }}

**Instrumento:** {{ instrumento }} ({{ folio }})

**Tipo:** {{ tipo }}. **Contraparte:** {{ contrapartes }}.

**Áreas responsables:** {{ areas }}

## Solicitud

El {{ solicitada }} se pidió a esta unidad opinar si conviene suscribir el instrumento.

## Análisis

1. Su objeto es: {{ objeto }}.
2. Su vigencia es {{ vigencia }}.
3. Lo que se propone cae en las atribuciones de las áreas responsables y no repite otro instrumento en vigor.

## Conclusión

Por lo anterior, el {{ fecha }} se emite opinión en sentido **{{ sentido }}**.
""",
)

SUPUESTO = "Registrado para la demostración: la fuente no da su objeto ni su fecha de firma."

# Cada paso con su fecha; el que sólo tiene «suscrito» entró ya firmado.
INSTRUMENTOS: tuple[dict[str, Any], ...] = (
    {
        "folio": "IECM/CONV/DEMO-01/2020",
        "tipo": "Apoyo y colaboración",
        "titulo": "Convenio de apoyo y colaboración sobre la vigilancia del Presupuesto Participativo",
        "contrapartes": ("SCG",),
        "objeto": "Colaborar para que el gasto del Presupuesto Participativo sea vigilado, transparente y eficaz.",
        "areas": ("DEPCyC",),
        # La firma es la que da el informe; los pasos anteriores son supuestos.
        "pasos": (
            ("negociacion", "2020-08-03"),
            ("validacion", "2020-09-01"),
            ("suscripcion", "2020-09-30"),
            ("suscrito", "2020-10-09"),
        ),
    },
    {
        "folio": "IECM/CONV/DEMO-02/2019",
        "tipo": "Específico",
        "titulo": "Convenio específico con la Universidad del Claustro de Sor Juana",
        "contrapartes": ("UCSJ",),
        "areas": ("DEECyCC",),
        "pasos": (("suscrito", "2019-03-15"),),
        "sesiones": (10, 11, 12),
    },
    {
        "folio": "IECM/CONV/DEMO-03/2019",
        "tipo": "Apoyo y colaboración",
        "titulo": "Convenio de apoyo y colaboración con Radio Educación",
        "contrapartes": ("Radio Educación",),
        "areas": ("UTCSyD",),
        "pasos": (("suscrito", "2019-04-10"),),
        "sesiones": (10, 11, 12),
    },
    {
        "folio": "IECM/CONV/DEMO-04/2019",
        "tipo": "General de apoyo y colaboración",
        "titulo": "Convenio general de apoyo y colaboración con la SEPI",
        "contrapartes": ("SEPI",),
        "areas": ("DEPCyC",),
        "pasos": (("suscrito", "2019-06-20"),),
        "sesiones": (10, 11, 12),
    },
    {
        "folio": "IECM/CONV/DEMO-05/2019",
        "tipo": "Colaboración",
        "titulo": "Convenio de colaboración con la Facultad de Psicología de la UNAM",
        "contrapartes": ("UNAM-FP",),
        "areas": ("UTCFyD",),
        "pasos": (("suscrito", "2019-08-14"),),
        "sesiones": (10, 11, 12),
    },
    {
        "folio": "IECM/CONV/DEMO-06/2019",
        "tipo": "Específico",
        "titulo": "Convenio específico con la Alcaldía Tlalpan",
        "contrapartes": ("Alcaldía Tlalpan",),
        "areas": ("DEECyCC",),
        "pasos": (("suscrito", "2019-09-05"),),
        "sesiones": (11,),
    },
    {
        "folio": "IECM/CONV/DEMO-07/2019",
        "tipo": "General de apoyo y colaboración",
        "titulo": "Convenio general de apoyo y colaboración con el INE y sus anexos técnicos 1, 2 y 3",
        "contrapartes": ("INE",),
        "areas": ("DEOEyG",),
        "pasos": (("suscrito", "2019-10-17"),),
        "sesiones": (11,),
    },
    # Los tres anexos de ese general, que reportaron junto con él en un solo renglón.
    {
        "folio": "IECM/CONV/DEMO-07-1/2019",
        "tipo": "Anexo técnico",
        "titulo": "Anexo técnico 1 del convenio general de apoyo y colaboración con el INE",
        "contrapartes": ("INE",),
        "areas": ("DEOEyG",),
        "padre": "IECM/CONV/DEMO-07/2019",
        "pasos": (("suscrito", "2019-10-24"),),
    },
    {
        "folio": "IECM/CONV/DEMO-07-2/2019",
        "tipo": "Anexo técnico",
        "titulo": "Anexo técnico 2 del convenio general de apoyo y colaboración con el INE",
        "contrapartes": ("INE",),
        "areas": ("DEPCyC",),
        "padre": "IECM/CONV/DEMO-07/2019",
        "pasos": (("suscrito", "2019-10-31"),),
    },
    {
        "folio": "IECM/CONV/DEMO-07-3/2019",
        "tipo": "Anexo técnico",
        "titulo": "Anexo técnico 3 del convenio general de apoyo y colaboración con el INE",
        "contrapartes": ("INE",),
        "areas": ("DEECyCC",),
        "padre": "IECM/CONV/DEMO-07/2019",
        "pasos": (("suscrito", "2019-11-07"),),
    },
    # La fuente lo da aparte del anterior y no dice de cuál deriva.
    {
        "folio": "IECM/CONV/DEMO-08/2019",
        "tipo": "Anexo técnico",
        "titulo": "Anexo técnico uno con el INE",
        "contrapartes": ("INE",),
        "areas": ("DEOEyG",),
        "pasos": (("suscrito", "2019-11-21"),),
        "sesiones": (11,),
    },
    {
        "folio": "IECM/CONV/DEMO-09/2020",
        "tipo": "Apoyo y colaboración",
        "titulo": "Convenio de apoyo y colaboración con el INE",
        "contrapartes": ("INE",),
        "areas": ("UTSI",),
        "pasos": (("suscrito", "2020-01-30"),),
        "sesiones": (11,),
    },
    {
        "folio": "IECM/CONV/DEMO-10/2017",
        "tipo": "General de coordinación y colaboración",
        "titulo": "Convenio General de Coordinación y Colaboración con el INE, proceso electoral 2017-2018",
        "contrapartes": ("INE",),
        "areas": ("DVOE", "DEOEyG"),
        "objeto": "Coordinar el proceso electoral 2017-2018. Su firma y su fin son supuestos.",
        "firma": "2017-09-08",
        "pasos": (("concluido", "2018-12-31"),),
    },
    # En construcción todo el cuarto trimestre de 2020; en 2021 ya se le da seguimiento. La firma es supuesta.
    {
        "folio": "IECM/CONV/DEMO-11/2021",
        "tipo": "General de coordinación y colaboración",
        "titulo": "Convenio General de Coordinación y Colaboración con el INE, proceso concurrente 2020-2021",
        "contrapartes": ("INE",),
        "areas": ("DVOE", "DEOEyG"),
        "objeto": "Coordinar la organización del proceso electoral concurrente 2020-2021. Su firma es supuesta.",
        "pasos": (
            ("negociacion", "2020-09-11"),
            ("validacion", "2021-01-06"),
            ("suscripcion", "2021-01-13"),
            ("suscrito", "2021-01-15"),
        ),
        "hasta": "2021-09-30",
    },
    {
        "folio": "IECM/CONV/DEMO-12/2021",
        "tipo": "Anexo técnico",
        "titulo": "Anexo técnico del Convenio General 2020-2021 con el INE",
        "contrapartes": ("INE",),
        "areas": ("DVOE", "DEOEyG"),
        "objeto": "Detallar lo que hace cada parte en el proceso 2020-2021. Su firma es supuesta.",
        "padre": "IECM/CONV/DEMO-11/2021",
        "pasos": (
            ("negociacion", "2020-09-11"),
            ("validacion", "2021-01-06"),
            ("suscripcion", "2021-01-13"),
            ("suscrito", "2021-01-15"),
        ),
        "hasta": "2021-09-30",
    },
    {
        "folio": "IECM/CONV/DEMO-13/2021",
        "tipo": "Anexo financiero",
        "titulo": "Anexo financiero del Convenio General 2020-2021 con el INE",
        "contrapartes": ("INE",),
        "areas": ("DVOE", "SA"),
        "objeto": "Fijar lo que paga cada parte en el proceso 2020-2021. Su firma es supuesta.",
        "padre": "IECM/CONV/DEMO-11/2021",
        "pasos": (
            ("negociacion", "2020-09-11"),
            ("validacion", "2021-01-06"),
            ("suscripcion", "2021-01-13"),
            ("suscrito", "2021-01-15"),
        ),
        "hasta": "2021-09-30",
    },
)

# El número 023 con su bis existe en la serie de 2020; a qué instrumento y cuándo, es supuesto. En el
# cuarto trimestre no se informa de ninguna opinión.
OPINIONES = (
    {
        "folio": "IECM/CONV/DEMO-01/2020",
        "numero": "IECM/UTVOE/OP/023/2020",
        "solicitada": "2020-09-01",
        "sentido": "observaciones",
        "fecha": "2020-09-14",
        "observacion": "Falta señalar quién dará seguimiento en cada institución.",
    },
    {
        "folio": "IECM/CONV/DEMO-01/2020",
        "numero": "IECM/UTVOE/OP/023bis/2020",
        "complementa": "IECM/UTVOE/OP/023/2020",
        "solicitada": "2020-09-17",
        "sentido": "favorable",
        "fecha": "2020-09-25",
        "observacion": "",
    },
)
