"""El convenio suscrito en el trimestre y los ocho con avances por sesión.

De los ocho la fuente da el tipo, la contraparte y las sesiones; no da fecha de firma
ni folio. Los de esta lista son supuestos y llevan un folio que lo dice (DEMO).
"""

TIPOS = (
    "General",
    "General de apoyo y colaboración",
    "Específico",
    "Apoyo y colaboración",
    "Colaboración",
    "Marco",
    "Acuerdo",
    "Anexo técnico",
    "Anexo financiero",
    "Adenda",
    "Memorando",
    "Carta de intención",
)

SUSCRITO = {
    "folio": "IECM/CONV/DEMO-01/2020",
    "tipo": "Apoyo y colaboración",
    "titulo": "Convenio de apoyo y colaboración sobre la vigilancia del Presupuesto Participativo",
    "contrapartes": ("SCG",),
    "objeto": "Colaborar para que el gasto del Presupuesto Participativo sea vigilado, transparente y eficaz.",
    "ambito": "nacional",
    "area": "DEPCyC",
    "firma": "2020-10-09",
}

# folio, tipo, título, contraparte, firma supuesta, área, folio del que deriva, sesiones con avance
CON_AVANCE = (
    (
        "IECM/CONV/DEMO-02/2019",
        "Específico",
        "Convenio específico con la Universidad del Claustro de Sor Juana",
        "UCSJ",
        "2019-03-15",
        "DEECyCC",
        "",
        (10, 11, 12),
    ),
    (
        "IECM/CONV/DEMO-03/2019",
        "Apoyo y colaboración",
        "Convenio de apoyo y colaboración con Radio Educación",
        "Radio Educación",
        "2019-04-10",
        "UTCSyD",
        "",
        (10, 11, 12),
    ),
    (
        "IECM/CONV/DEMO-04/2019",
        "General de apoyo y colaboración",
        "Convenio general de apoyo y colaboración con la SEPI",
        "SEPI",
        "2019-06-20",
        "DEPCyC",
        "",
        (10, 11, 12),
    ),
    (
        "IECM/CONV/DEMO-05/2019",
        "Colaboración",
        "Convenio de colaboración con la Facultad de Psicología de la UNAM",
        "UNAM-FP",
        "2019-08-14",
        "UTCFyD",
        "",
        (10, 11, 12),
    ),
    (
        "IECM/CONV/DEMO-06/2019",
        "Específico",
        "Convenio específico con la Alcaldía Tlalpan",
        "Alcaldía Tlalpan",
        "2019-09-05",
        "DEECyCC",
        "",
        (11,),
    ),
    (
        "IECM/CONV/DEMO-07/2019",
        "General de apoyo y colaboración",
        "Convenio general de apoyo y colaboración con el INE y sus anexos técnicos 1, 2 y 3",
        "INE",
        "2019-10-17",
        "DEOEyG",
        "",
        (11,),
    ),
    (
        "IECM/CONV/DEMO-08/2019",
        "Anexo técnico",
        "Anexo técnico uno con el INE",
        "INE",
        "2019-11-21",
        "DEOEyG",
        "",
        (11,),
    ),
    (
        "IECM/CONV/DEMO-09/2020",
        "Apoyo y colaboración",
        "Convenio de apoyo y colaboración con el INE",
        "INE",
        "2020-01-30",
        "UTSI",
        "",
        (11,),
    ),
)
