"""El marco lógico del Programa Específico 2021: árboles, alternativas, supuestos, riesgos y textos.

Los hechos son del documento 000; las frases, nuestras. Los cuadros largos están en
involucrados_2021.csv y mir_2021.csv. Los cuadros de medios y fines del documento ponen
en la columna «Fines» lo que se hará y en «Medios» lo que con ello se consigue: aquí cada
cosa va en el lado del árbol que le toca.
"""

import csv
from pathlib import Path

PLAN = "pe-2021"

# clave, rol, de quién cuelga, texto
PROBLEMAS = (
    (
        "P1",
        "problema",
        "",
        "Participa poco la ciudadanía residente en el extranjero y en los procesos de participación",
    ),
    ("C1", "causa", "P1", "Desconoce sus derechos político-electorales"),
    ("C2", "causa", "P1", "Desconoce cómo activar su credencial para votar"),
    ("E1", "efecto", "P1", "Votan pocas personas frente a las que podrían hacerlo"),
    ("E2", "efecto", "P1", "Pocos trámites de credencial llegan a confirmarse"),
    ("P2", "problema", "", "El Instituto tiene poca presencia ante la ciudadanía, la sociedad civil, el INE y los OPL"),
    ("C3", "causa", "P2", "El trabajo institucional no suma a la ciudadanía ni a sus organizaciones"),
    ("C4", "causa", "P2", "No se aprovecha la experiencia de otras autoridades y organismos"),
    ("E3", "efecto", "P2", "El alcance social del Instituto es limitado"),
    ("E4", "efecto", "P2", "No se fortalece la relación con el INE, los OPL y otras instituciones"),
)

# clave, rol, de quién cuelga, texto, contraparte
OBJETIVOS = (
    ("O1", "objetivo", "", "Promover la participación y los derechos de la población residente en el extranjero", "P1"),
    ("M1", "medio", "O1", "Vínculo con organizaciones migrantes y liderazgos comunitarios", "C1"),
    ("M2", "medio", "O1", "Convenios con la cancillería y otras instituciones aliadas", "C1"),
    ("M3", "medio", "O1", "Difusión de la diputación migrante y del proceso electoral", "C2"),
    ("M4", "medio", "O1", "Red de personas y organizaciones en el extranjero, más amplia", "C1"),
    ("F1", "fin", "O1", "Más personas informadas que participan", "E1"),
    ("F2", "fin", "O1", "Aliados que conocen las necesidades de la población migrante", "E2"),
    ("F3", "fin", "O1", "La comunidad se involucra en el proceso electoral local", "E1"),
    ("F4", "fin", "O1", "Una ciudadanía consciente de sus derechos fuera del país", "E2"),
    ("O2", "objetivo", "", "Fortalecer al Instituto con su vinculación nacional e internacional", "P2"),
    ("M5", "medio", "O2", "Iniciativas y canales con la sociedad civil y la ciudadanía", "C3"),
    ("M6", "medio", "O2", "Vínculo con el INE, los OPL y otras instituciones", "C4"),
    ("F5", "fin", "O2", "La sociedad reconoce al Instituto como aliado", "E3"),
    ("F6", "fin", "O2", "El conocimiento compartido fortalece al Instituto", "E4"),
)

# número, medio, alternativa, acción que la lleva a cabo
ALTERNATIVAS = (
    (1, "M1", "Identificar las organizaciones migrantes que pueden colaborar", "1.1"),
    (2, "M1", "Contactar a las organizaciones susceptibles de colaborar", "1.1"),
    (3, "M1", "Reunirse con ellas para compartir la estrategia", "1.1"),
    (4, "M1", "Suscribir compromisos para alentar la participación", "1.3"),
    (5, "M2", "Identificar instituciones que promueven derechos de migrantes", "1.3"),
    (6, "M2", "Contactar a la cancillería y a esas instituciones", "1.3"),
    (7, "M2", "Reunirse con ellas para promover los derechos", "1.3"),
    (8, "M2", "Suscribir compromisos con instituciones aliadas", "1.3"),
    (9, "M3", "Enviar cada mes información útil a la base de contactos", "1.2"),
    (10, "M3", "Hacer giras sobre la diputación migrante y el proceso", "1.1"),
    (11, "M5", "Hacer programas, foros, eventos y estudios", "4.1"),
    (12, "M5", "Hacer actividades conjuntas con instituciones y sociedad civil", "4.1"),
    (13, "M5", "Difundir temas electorales, de participación y de observación", "4.2"),
    (14, "M5", "Profesionalizar a la Red de Observación", "4.6"),
    (15, "M5", "Difundir las convocatorias de observación electoral", "5.1"),
    (16, "M6", "Hacer foros, estudios y proyectos con organismos externos", "2.1"),
    (17, "M6", "Firmar convenios de colaboración", "4.3"),
    (18, "M6", "Elaborar información electoral comparada", "2.2"),
    (19, "M6", "Organizar misiones y participar en foros internacionales", "2.3"),
    (20, "M6", "Elaborar programas para personas expertas internacionales", "2.6"),
)

SUPUESTOS = (
    ("S1", "Hay recursos financieros, humanos y materiales suficientes"),
    ("S2", "Hay voluntad institucional"),
    ("S3", "Hay recursos humanos y materiales"),
    ("S4", "Hay recursos humanos y materiales suficientes todo el año"),
    ("S5", "Los organismos externos tienen voluntad y recursos"),
    ("S6", "Las contrapartes tienen interés"),
    ("S7", "Hay personal que elabore las notas"),
    ("S8", "Hay interés institucional"),
)

# Las cifras son las del documento. Dice que los niveles residuales de los riesgos 4 y 5 son
# 3 y 2; con su propia probabilidad e impacto son 1 × 2 = 2 y 1 × 1 = 1, y es lo que se muestra.
# número, nombre, proceso, descripción, afectados, prob., impacto, respuesta,
# prob. residual, impacto residual, respuesta final, supuestos, acciones,
# tratamiento (descripción, inicio, término)
RIESGOS = (
    (
        1, "Desinterés de los organismos externos", "Vinculación con organismos externos",
        "En la emergencia sanitaria las contrapartes pueden no querer formalizar proyectos ni eventos.",
        "La unidad y el Instituto", 1, 3, "asumir", 1, 2, "", ("S5",), ("2.1", "4.1"),
        ("Mantener el contacto y ofrecer actividades a distancia", "2021-01-01", "2021-12-31"),
    ),
    (
        2, "Falta de recursos financieros", "Ejecución de las actividades institucionales",
        "Un ajuste presupuestal puede reducir lo que el programa tiene para operar.",
        "La unidad y el Instituto", 2, 3, "reducir", 1, 2, "", ("S1",), ("1.1", "2.3"),
        ("Priorizar las actividades y preparar versiones de menor costo", "2021-01-01", "2021-03-31"),
    ),
    (
        3, "Baja votación desde el extranjero", "Vinculación con la ciudadanía en el extranjero",
        "Sin presupuesto para la difusión, la ciudadanía puede no votar en el proceso 2020-2021.",
        "Ciudadanía que vive en el extranjero", 2, 3, "reducir", 2, 2, "", ("S1", "S3"), ("1.1", "1.2"),
        ("Trabajar la estrategia de difusión con aliados y medios propios", "2021-01-01", "2021-07-31"),
    ),
    (
        4, "Difusión incompleta por mala planeación", "Difusión digital y presencial",
        "Sin coordinación, los derechos pueden no difundirse en todos los medios.",
        "Ciudadanía que vive en el extranjero", 2, 3, "reducir", 1, 2, "", ("S2",), ("1.2",),
        ("Fijar las actividades en un documento con cronograma", "2021-01-01", "2021-07-31"),
    ),
    (
        5, "Falta de voluntad de instituciones aliadas", "Cooperación con instituciones y organizaciones",
        "Los organismos externos pueden no querer colaborar en la promoción de derechos.",
        "Ciudadanía que vive en el extranjero", 2, 2, "reducir", 1, 1, "", ("S5", "S6"), ("1.3",),
        ("Diversificar las alianzas para no depender de un solo sector", "2021-01-01", "2021-07-31"),
    ),
    (
        6, "Seguimiento insuficiente a la observación", "Acompañamiento a la observación electoral",
        "Por falta de recursos, la Red puede quedarse sin acompañamiento.",
        "Habitantes de la Ciudad de México", 2, 2, "reducir", 1, 2, "", ("S1", "S6"), ("5.1", "4.6"),
        ("Difundir las convocatorias, sumar aliados y prever misiones a distancia", "2021-01-01", "2021-04-30"),
    ),
    (
        7, "Pocos mecanismos para dar seguimiento al Convenio General", "Coordinación con el INE",
        "Puede no haber cómo comprobar que los compromisos del convenio se cumplen.",
        "Habitantes de la Ciudad de México", 2, 3, "reducir", 2, 2, "asumir", ("S2",), ("3.2",),
        ("Establecer controles internos que no dependan de un acuerdo previo con el INE", "2021-01-01", "2021-12-31"),
    ),
)  # fmt: skip

# eje → objetivo, justificación, líneas (una por renglón)
EJES_PE = {
    1: (
        "Vincular a la ciudadanía de la Ciudad de México que reside fuera para que ejerza sus derechos.",
        "La vinculación con quienes viven en el extranjero es permanente y da a conocer lo que hace el Instituto.",
        "Eventos y foros de promoción de derechos\nDifusión en redes y medios electrónicos\nInformes de lo hecho con instituciones",
    ),
    2: (
        "Construir y fortalecer la cooperación con organismos públicos y privados de otros países.",
        "La experiencia comparada mejora los procesos electorales y de participación.",
        "Eventos con organismos internacionales\nInformación comparada\nInformes de buenas prácticas\n"
        "Vínculos para promover derechos\nUn proyecto con un organismo internacional\nUna misión de acompañamiento",
    ),
    3: (
        "Atender la vinculación con el INE y con los mecanismos de coordinación.",
        "Desde la reforma de 2014 las elecciones concurrentes se organizan entre la autoridad nacional y la local.",
        "Información permanente sobre las actividades del INE\nSeguimiento a los compromisos del Convenio General\n"
        "Información oportuna al INE sobre las sesiones del Consejo General",
    ),
    4: (
        "Fortalecer la cooperación con organismos públicos y privados, locales y nacionales.",
        "Los lazos con instituciones y sociedad civil acercan la cultura democrática a la ciudadanía.",
        "Seminarios, foros y conversatorios\nInformación útil y estratégica\nVínculos con organismos nacionales\n"
        "Promoción de la observación electoral",
    ),
    5: (
        "Promover con la ciudadanía y sus organizaciones la observación de los procesos electorales.",
        "La observación electoral es un derecho que el Instituto garantiza y profesionaliza.",
        "Programa de acompañamiento y sistematización de los informes de observación",
    ),
}

EJES_PAT = {
    1: (
        "Fortalecer la relación con el INE para coordinar mejor lo que se hace en conjunto.",
        "Supervisar los compromisos del Convenio General y sus anexos\nDar seguimiento a los órganos del INE\n"
        "Ampliar los canales de comunicación con el INE",
    ),
    2: (
        "Consolidar alianzas por medio de convenios con organismos públicos y privados.",
        "Suscribir convenios que amplíen la presencia del Instituto\nAcompañar a las áreas en sus convenios\n"
        "Cuidar las relaciones que permiten celebrarlos",
    ),
    3: (
        "Vincular al Instituto con organismos nacionales y locales para compartir buenas prácticas.",
        "Actividades conjuntas con instituciones nacionales\nVinculación con los OPL\nActividades de interés mutuo\n"
        "Eventos sobre el proceso concurrente\nAnálisis de la participación y del voto en el extranjero",
    ),
    4: (
        "Incentivar la observación electoral y sistematizar lo que encuentra.",
        "Promoción permanente de la observación\nCapacitación a organizaciones y ciudadanía\n"
        "Más integrantes en la Red de Observación\nAcompañamiento en el proceso\nSistematización de hallazgos",
    ),
    5: (
        "Consolidar la comunicación con la ciudadanía residente en el extranjero.",
        "Giras informativas, si lo permiten las condiciones sanitarias\nCanales permanentes de comunicación\n"
        "Vínculos y acciones de colaboración\nMaterial informativo sobre derechos",
    ),
    6: (
        "Establecer y consolidar la cooperación con organismos internacionales.",
        "Alianzas con instituciones internacionales\nProgramas de interés mutuo\nDifusión de temas electorales\n"
        "Participación en misiones y foros",
    ),
}

# lugar, título, texto
TEXTOS_PE = (
    (
        "antes", "Introducción",
        "Este programa ordena lo que la unidad hará en 2021 en materia de vinculación nacional e internacional. "
        "Atiende el artículo 33 del Reglamento Interior y el Plan General de Desarrollo 2020-2023, aprobado por el "
        "Consejo General con el acuerdo ACU-CG-011/2020. Sus actividades forman parte del Programa Operativo Anual.",
    ),
    (
        "antes", "Marco jurídico",
        "- Constitución Política de los Estados Unidos Mexicanos: artículo 41, base V, apartado C.\n"
        "- Código de Instituciones y Procedimientos Electorales de la Ciudad de México: artículos 59, 65 y 98.\n"
        "- Reglamento Interior del Instituto: artículo 33, fracciones I a XV.",
    ),
    (
        "despues", "Notas sobre la fuente",
        "- **Riesgos 4 y 5.** El documento da 3 y 2 como nivel residual; con su propia probabilidad e impacto son "
        "1 × 2 = 2 y 1 × 1 = 1, que es lo que aquí se muestra.\n"
        "- **Población involucrada.** El texto dice 67 instancias externas y 13 áreas en nivel medio; sus listas y "
        "cuadros suman 63 y 11.\n"
        "- **Contraloría.** La lista la llama Interna y el cuadro General: es una sola área.\n"
        "- **Indicadores.** Los cuadros de cada actividad institucional traen 17 acciones; el cronograma, 19.",
    ),
)  # fmt: skip

TEXTOS_PAT = (
    (
        "antes", "Introducción",
        "El artículo 57 del Código pide aprobar el programa en septiembre y ratificarlo en enero. Éste se aprobó con el "
        "acuerdo CVOE/040/20 y se ratificó con el CVOE/003/21. El Consejo General fijó la integración de la comisión "
        "para 2020-2022 con el acuerdo IECM/ACU-CG-075/2020, el 9 de octubre de 2020.",
    ),
    (
        "antes", "Marco legal",
        "- Reforma político-electoral de 2014, publicada el 10 de febrero de ese año.\n"
        "- Constitución Política de la Ciudad de México, publicada el 5 de febrero de 2017.\n"
        "- Código de Instituciones y Procedimientos Electorales, publicado el 7 de junio de 2017.\n"
        "- Ley General y Reglamento de Elecciones, en lo que toca a la coordinación entre el INE y los OPL.",
    ),
    (
        "antes", "Directrices",
        "- **Vinculación con organismos externos**, públicos y privados, y con personas especialistas.\n"
        "- **Vinculación interinstitucional**, con instrumentos jurídicos y su seguimiento.\n"
        "- **Vinculación con el INE**, en el Sistema Nacional Electoral.\n"
        "- **Vinculación con la ciudadanía**, con sus organizaciones y con quienes viven en el extranjero.",
    ),
)  # fmt: skip

_CAMPOS = ("objetivo", "justificacion", "lineas")
EJES = {
    PLAN: {numero: dict(zip(_CAMPOS, datos, strict=True)) for numero, datos in EJES_PE.items()},
    "pat-2021": {numero: {"objetivo": objetivo, "lineas": lineas} for numero, (objetivo, lineas) in EJES_PAT.items()},
}
TEXTOS = {PLAN: TEXTOS_PE, "pat-2021": TEXTOS_PAT}


def leer(nombre: str) -> list[dict[str, str]]:
    """Los renglones de ``involucrados_2021`` o de ``mir_2021``."""
    with (Path(__file__).parent / f"{nombre}.csv").open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))
