"""Plantilla del informe trimestral de 2020: sus apartados en orden, con frases y secciones.

Las oraciones son propias y las cifras las dan los registros al armar el informe. Los
títulos de rubros e incisos se toman del plan, para que no haya dos versiones.
"""

from dataclasses import dataclass
from typing import Any

from programas.estados import ColumnaDeActividad

PLAN = "pat-2020"
PLANTILLA = {
    "clave": "trimestral-2020",
    "nombre": "Informe trimestral 2020",
    "descripcion": "Sesiones, acuerdos y los seis rubros del Programa Anual de Trabajo 2020.",
}
INFORME: dict[str, Any] = {
    "clave": "trimestral-2020-4",
    "titulo": "Cuarto informe trimestral de actividades 2020",
    "unidad": "Unidad Técnica de Vinculación con Organismos Externos",
    "inicio": "2020-10-01",
    "fin": "2020-12-31",
    "punto": 4,
    "acuerdo": "CVOE/004/21",
}


@dataclass(frozen=True)
class Uso:
    """Una sección puesta en un apartado; ``previo`` es el texto que la antecede."""

    seccion: str
    titulo: str = ""
    parametros: dict[str, Any] | None = None
    previo: str = ""
    presentacion: dict[str, Any] | None = None


@dataclass(frozen=True)
class Bosquejo:
    """``clave`` es el eje («1») o la acción («1A») del plan, o el título cuando no es de ninguno."""

    nivel: int
    numeracion: str
    clave: str
    narrativa: str = ""
    usos: tuple[Uso, ...] = ()
    explicacion: str = ""


def actividades(accion: str, tipo: str, columnas: str, titulo: str = "", previo: str = "", juntar: str = "") -> Uso:
    """``columnas``: «numero, fecha, organo=Instancia electoral»; ``juntar``: la que ordena y no repite su valor."""
    elegidas = []
    for parte in columnas.split(", "):
        codigo, _, encabezado = parte.partition("=")
        elegida = {"titulo": str(ColumnaDeActividad(codigo).label)}
        elegidas.append({**elegida, "encabezado": encabezado} if encabezado else elegida)
    presentacion: dict[str, Any] = {"columnas": elegidas}
    if juntar:
        columna = str(ColumnaDeActividad(juntar).label)
        presentacion |= {"orden": [{"columna": columna}], "combinar": [columna]}
    return Uso("programas.actividades", titulo, {"accion": f"{PLAN}:{accion}", "tipo": tipo}, previo, presentacion)


def unidades(accion: str, filtro: str, tipo: str = "") -> str:
    """La cifra viva de unidades de una acción."""
    de_tipo = f' tipo="{tipo}"' if tipo else ""
    return f'{{{{ programas.unidades accion="{PLAN}:{accion}"{de_tipo} | {filtro} }}}}'


def asistentes(accion: str, filtro: str, tipo: str = "") -> str:
    de_tipo = f' tipo="{tipo}"' if tipo else ""
    return f'{{{{ programas.asistentes accion="{PLAN}:{accion}"{de_tipo} | {filtro} }}}}'


INTRODUCCION = """
La {{ comision }} rinde este informe conforme a los artículos 37, 50, 52, 53, 56 a 59 y 65 del Código de
Instituciones y Procedimientos Electorales de la Ciudad de México y al artículo 33 del Reglamento Interior del
Instituto. Abarca de {{ periodo }}.

Su integración vigente la aprobó el Consejo General el viernes 9 de octubre de 2020 con el acuerdo
IECM/ACU-CG-075/2020: una consejería en la presidencia y dos más como integrantes. La secretaría técnica
recae en quien dirige la unidad desde el acuerdo CVOE/008/19, y la comisión la ratificó el lunes 26 de octubre
de 2020 mediante el CVOE/044/20.

El Programa Anual de Trabajo 2020 se aprobó por el acuerdo CVOE/028/19 y se ratificó por el CVOE/003/20. La
emergencia sanitaria obligó a ajustarlo, con el CVOE/010/20, y a sesionar a distancia.

El documento tiene tres partes: las sesiones y su asistencia, los acuerdos y puntos presentados, y los
resultados de cada rubro del programa.
"""

CONTINGENCIA = """
La emergencia sanitaria por COVID-19 canceló o pospuso las misiones y los foros previstos.
"""

FIRMAS_LIMITADAS = """
Las medidas sanitarias del acuerdo IECM/ACU-CG-031/2020 limitaron la firma de instrumentos, por lo que no se
suscribió ninguno de este tipo.
"""

APARTADOS = (
    Bosquejo(1, "ninguna", "Introducción", INTRODUCCION),
    Bosquejo(
        1,
        "romano",
        "Sesiones de la comisión y asistencia",
        "En el {{ trimestre }} la comisión celebró "
        '{{ comision.sesiones tipo="ordinaria" | concuerda:"sesión ordinaria,sesiones ordinarias" }}, en modalidad virtual.',
        (
            Uso("comision.sesiones_celebradas", "Sesiones celebradas"),
            Uso("comision.asistencia", "Asistencia a las sesiones"),
        ),
    ),
    Bosquejo(
        1,
        "romano",
        "Acuerdos y puntos presentados a la comisión",
        'La comisión tomó {{ comision.acuerdos | concuerda:"acuerdo,acuerdos" }} en el periodo, que se enlistan por '
        "sesión.",
        (
            Uso("comision.acuerdos_por_sesion"),
            Uso(
                "comision.puntos_presentados",
                "Puntos presentados",
                None,
                "En esas sesiones la comisión conoció, además, los asuntos con que supervisa el programa:",
            ),
        ),
    ),
    Bosquejo(
        1,
        "romano",
        "Principales resultados",
        "Lo que sigue da cuenta, rubro por rubro, de lo que la unidad hizo para cumplir el programa. Sobresale la "
        "construcción del Convenio General con el Instituto Nacional Electoral para el proceso concurrente 2020-2021.",
    ),
    Bosquejo(2, "arabigo", "1"),
    Bosquejo(
        3,
        "mayuscula",
        "1A",
        "El grupo de trabajo con la Junta Local Ejecutiva del INE en la Ciudad de México celebró "
        + unidades("1A", 'concuerda:"reunión,reuniones,f"')
        + ". Los pares temáticos de ambas instituciones siguieron preparando el texto del convenio.",
        (actividades("1A", "reunion-grupo-trabajo", "titulo=Reunión, fecha", "Reuniones del grupo de trabajo"),),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "1B",
        "De las sesiones del Consejo General del INE se elaboraron "
        + unidades("1B", 'concuerda:"nota ejecutiva,notas ejecutivas,f"', "nota-consejo-general")
        + ", que recibieron las consejerías en estas fechas:",
        (
            actividades("1B", "nota-consejo-general", "numero, fecha", "Notas sobre el Consejo General del INE"),
            actividades(
                "1B",
                "nota-ejecutiva",
                "numero, fecha, organo=Instancia electoral",
                "Sesiones de otros órganos del INE",
                "De otros órganos del INE se dio seguimiento a "
                + unidades("1B", 'concuerda:"sesión,sesiones,f"', "nota-ejecutiva")
                + ":",
                juntar="organo",
            ),
        ),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "1C",
        "Las consejerías recibieron "
        + unidades("1C", 'concuerda:"reporte,reportes,m"')
        + " sobre lo tramitado en el sistema de vinculación con el INE.",
        (actividades("1C", "reporte-sivople", "numero, fecha", "Reportes del SIVOPLE"),),
    ),
    Bosquejo(2, "arabigo", "2"),
    Bosquejo(
        3,
        "mayuscula",
        "2A",
        "Las medidas sanitarias del acuerdo IECM/ACU-CG-031/2020 limitaron las firmas presenciales. Aun así se "
        '{{ convenios.suscritos | elige:"suscribió,suscribieron" }} '
        '{{ convenios.suscritos | concuerda:"convenio,convenios" }}.',
        (Uso("convenios.suscritos", "Convenios suscritos"),),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "2B",
        'Las áreas informaron avances de {{ convenios.actualizados | concuerda:"convenio,convenios" }}. La tabla '
        "señala en qué sesiones se dio cuenta de cada uno.",
        (Uso("convenios.actualizaciones", "Convenios con avance, por sesión"),),
    ),
    Bosquejo(2, "arabigo", "3"),
    Bosquejo(
        3,
        "mayuscula",
        "3A",
        "Para acercar la observación electoral y los proyectos del Instituto a estudiantes se dieron, a distancia, "
        + unidades("3A", 'concuerda:"plática,pláticas,f"')
        + " en universidades.",
        (
            actividades(
                "3A", "platica-universidad", "fecha, organismos=Universidad, titulo=Clase", "Pláticas en universidades"
            ),
        ),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "3B",
        "La Red de Observación recibió "
        + unidades("3B", 'cuenta:"correo,correos"')
        + " con información de su interés.",
        (
            actividades(
                "3B",
                "correo-red",
                "numero, fecha, titulo=Información que se compartió",
                "Información enviada a la Red de Observación",
            ),
        ),
    ),
    Bosquejo(2, "arabigo", "4"),
    Bosquejo(3, "mayuscula", "4A"),
    Bosquejo(
        3,
        "mayuscula",
        "4B",
        "La Red sostuvo su tercera reunión del año, a distancia, para dar seguimiento a sus labores y preparar la "
        "observación del proceso 2020-2021. De la Red asistieron "
        '{{ observacion.asistentes accion="pat-2020:4B" | en_palabras }} integrantes: '
        '{{ observacion.asistentes accion="pat-2020:4B" clase="organizacion" | en_palabras }} de '
        '{{ observacion.organizaciones_asistentes accion="pat-2020:4B" | concuerda:"organización,organizaciones" }} y '
        '{{ observacion.asistentes accion="pat-2020:4B" clase="individual" | en_palabras }} a título individual.',
        (Uso("observacion.asistencia", "Asistencia de la Red", {"accion": f"{PLAN}:4B"}),),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "4C",
        "La Organización de los Estados Americanos impartió el curso, al que asistieron "
        + asistentes("4C", "numero")
        + " personas del Instituto y de la Red.",
        (
            actividades(
                "4C", "curso", "titulo=Curso, fecha, horario, organismos=Imparte, asistencia", "Curso impartido"
            ),
        ),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "4D",
        "Lo que informaron quienes observaron la jornada de marzo de 2020 se reunió en un libro, que se presentó a "
        "distancia.",
        (actividades("4D", "presentacion-libro", "titulo=Libro, fecha, horario, modalidad", "Presentación del libro"),),
    ),
    Bosquejo(2, "arabigo", "5"),
    Bosquejo(
        3,
        "mayuscula",
        "5A",
        'La base de Voto Chilango recibió {{ migrantes.envios | concuerda:"correo,correos" }} sobre el ejercicio de '
        "los derechos político-electorales.",
        (
            Uso("migrantes.envios", "Correos a la base Voto Chilango"),
            actividades(
                "5A",
                "reunion-vinculacion",
                "fecha, titulo=Reunión, objetivo",
                "Reuniones con instituciones",
                "Para que otras instituciones ayuden a difundir esos derechos se celebraron "
                + unidades("5A", 'concuerda:"reunión,reuniones,f"', "reunion-vinculacion")
                + ":",
                juntar="objetivo",
            ),
            actividades(
                "5A",
                "reunion-migrantes",
                "titulo=Encuentro, fecha, objetivo",
                "Encuentros con la red de personas originarias",
                "También se abrió el diálogo con la red de personas originarias de la Ciudad de México:",
            ),
            actividades(
                "5A",
                "invita-consejeria",
                "titulo=Sesión, fecha, organismos=Organización anfitriona, representacion, asistencia",
                "Sesiones de «Invita a un consejero a tu casa»",
                "La serie «Invita a un consejero a tu casa» comenzó con "
                + asistentes("5A", "en_palabras", "invita-consejeria")
                + " asistentes:",
            ),
            actividades(
                "5A",
                "noticia-micrositio",
                "titulo=Información, fecha, unidades=Noticias",
                "Noticias para el micrositio",
                "Al área de comunicación social se enviaron "
                + unidades("5A", 'cuenta:"noticia,noticias"', "noticia-micrositio")
                + " para el micrositio Voto Chilango:",
            ),
        ),
    ),
    Bosquejo(2, "arabigo", "6"),
    Bosquejo(
        3,
        "mayuscula",
        "6A",
        "Con instituciones de otros países y organismos internacionales hubo "
        + unidades("6A", 'concuerda:"actividad,actividades,f"')
        + ".",
        (
            actividades(
                "6A",
                "actividad-internacional",
                "titulo, fecha, organismos, objetivo, asistencia",
                "Actividades internacionales",
            ),
        ),
    ),
    Bosquejo(
        3,
        "mayuscula",
        "6B",
        "Quienes integran el Consejo General recibieron "
        + unidades("6B", 'concuerda:"nota,notas,f"')
        + " sobre elecciones y política de otros países.",
        (actividades("6B", "nota-internacional", "fecha, titulo=Información", "Notas internacionales"),),
    ),
    Bosquejo(3, "mayuscula", "6C", explicacion=CONTINGENCIA),
    Bosquejo(
        3,
        "mayuscula",
        "6D",
        usos=(Uso("convenios.suscritos", "Convenios internacionales suscritos", {"ambito": "internacional"}),),
        explicacion=FIRMAS_LIMITADAS,
    ),
    Bosquejo(3, "mayuscula", "6E"),
    Bosquejo(3, "mayuscula", "6F"),
    Bosquejo(3, "mayuscula", "6G"),
)
