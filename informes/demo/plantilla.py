"""Plantilla del informe trimestral 2020: árbol de apartados con frases y secciones.

Cada apartado: ``clave, numero, titulo, accion`` (o ""), ``narrativa`` (Markdown con
cifras vivas) y ``secciones`` ``(clave, título de tabla, parámetros)``. Las oraciones son
propias; las cifras las dan los registros al armar el informe.
"""

PLAN = "pat-2020"


def _acc(letra: str) -> str:
    return f"{PLAN}:{letra}"


def apartado(clave, numero, titulo, narrativa="", secciones=(), accion="", hijos=()):
    return {
        "clave": clave,
        "numero": numero,
        "titulo": titulo,
        "narrativa": narrativa.strip(),
        "secciones": secciones,
        "accion": accion,
        "hijos": hijos,
    }


def actividades(letra, tipo, columnas, titulo="", agrupar="", **mas):
    parametros = {"accion": _acc(letra), "tipo": tipo, "columnas": columnas, **mas}
    if agrupar:
        parametros["agrupar"] = agrupar
    return ("programas.actividades", titulo, parametros)


INTRODUCCION = """
La comisión rinde este informe conforme al Código de Instituciones y Procedimientos
Electorales de la Ciudad de México, artículos 37, 50, 52, 53 y 56 a 59 y 65, y al artículo 33
del Reglamento Interior. Abarca de {{ periodo }}.

Su integración vigente la aprobó el Consejo General el viernes 9 de octubre de 2020 con el
acuerdo IECM/ACU-CG-075/2020: una consejería en la presidencia y dos más como integrantes. La
secretaría técnica recae en quien dirige la unidad desde el acuerdo CVOE/008/19, y la comisión
la ratificó el lunes 26 de octubre de 2020 mediante el CVOE/044/20.

El Programa Anual de Trabajo 2020 se aprobó por el acuerdo CVOE/028/2019 y se ratificó por el
CVOE/003/20; la emergencia sanitaria obligó a ajustarlo, lo que se hizo con el CVOE/010/20, y a
sesionar a distancia.

El documento tiene tres partes: las sesiones y su asistencia, los acuerdos y los puntos
presentados, y los resultados de cada rubro del programa.
"""

APARTADOS = (
    apartado("introduccion", "", "Introducción", INTRODUCCION),
    apartado(
        "sesiones",
        "I",
        "Sesiones de la comisión y asistencia",
        """
En el {{ periodo.trimestre }} la comisión celebró
{{ comision.sesiones_celebradas | concuerda:"sesión,sesiones,f" }}. La tabla da la fecha de cada
una; después se muestra quiénes asistieron.
""",
        (
            ("comision.sesiones", "Sesiones celebradas", {}),
            ("comision.asistencia", "Asistencia a las sesiones", {}),
        ),
    ),
    apartado(
        "acuerdos",
        "II",
        "Acuerdos y puntos presentados",
        """
La comisión tomó {{ comision.acuerdos | concuerda:"acuerdo,acuerdos" }} en el periodo. Se
enlistan por sesión y, en seguida, los asuntos que conoció.
""",
        (
            ("comision.acuerdos_por_sesion", "", {}),
            ("comision.puntos_presentados", "Puntos presentados a la comisión", {}),
        ),
    ),
    apartado(
        "resultados",
        "III",
        "Principales resultados",
        """
Lo que sigue da cuenta, rubro por rubro, de lo hecho por la unidad para cumplir el programa.
Sobresale la construcción del Convenio General con el Instituto Nacional Electoral para el
proceso concurrente 2020-2021.
""",
        hijos=(
            apartado(
                "rubro-1",
                "1",
                "Seguimiento a la vinculación con el Instituto Nacional Electoral",
                hijos=(
                    apartado(
                        "1a",
                        "A)",
                        "Construcción y suscripción del Convenio General INE-IECM y sus anexos",
                        """
El grupo de trabajo con la Junta Local Ejecutiva del INE en la Ciudad de México se reunió
{{ programas.unidades accion="pat-2020:1A" | concuerda:"vez,veces,f" }}. Los pares temáticos
de ambas instituciones siguieron preparando el texto del convenio.
""",
                        (
                            actividades(
                                "1A",
                                "reunion-grupo-trabajo",
                                "titulo,fecha",
                                "Reuniones del grupo de trabajo",
                            ),
                        ),
                        _acc("1A"),
                    ),
                    apartado(
                        "1b",
                        "B)",
                        "Seguimiento a las sesiones del Consejo General, las comisiones y el Consejo Local del INE",
                        """
De las sesiones del Consejo General del INE se hicieron
{{ programas.unidades accion="pat-2020:1B" tipo="nota-consejo-general" | concuerda:"nota,notas,f" }},
que recibieron las consejerías. De otros órganos del INE se atendieron
{{ programas.unidades accion="pat-2020:1B" tipo="nota-ejecutiva" | concuerda:"sesión,sesiones,f" }}.
""",
                        (
                            actividades(
                                "1B",
                                "nota-consejo-general",
                                "numero,fecha",
                                "Notas sobre el Consejo General del INE",
                            ),
                            actividades(
                                "1B",
                                "nota-ejecutiva",
                                "numero,fecha,organo",
                                "Sesiones de otros órganos del INE",
                                agrupar="organo",
                            ),
                        ),
                        _acc("1B"),
                    ),
                    apartado(
                        "1c",
                        "C)",
                        "Seguimiento a solicitudes y consultas en el SIVOPLE",
                        """
Las consejerías recibieron
{{ programas.unidades accion="pat-2020:1C" | concuerda:"reporte,reportes" }} sobre lo
tramitado en el sistema de vinculación con el INE.
""",
                        (
                            actividades(
                                "1C",
                                "reporte-sivople",
                                "numero,fecha",
                                "Reportes del SIVOPLE",
                            ),
                        ),
                        _acc("1C"),
                    ),
                ),
            ),
            apartado(
                "rubro-2",
                "2",
                "Suscripción de convenios interinstitucionales de coordinación y colaboración",
                hijos=(
                    apartado(
                        "2a",
                        "A)",
                        "Celebración de convenios que amplíen alcances y recursos",
                        """
La emergencia sanitaria limitó las firmas presenciales (acuerdo IECM/ACU-CG-031/2020). Aun así
{{ convenios.suscritos | elige:"se suscribió,se suscribieron,no se suscribió" }}
{{ convenios.suscritos | concuerda:"convenio,convenios" }} en el periodo.
""",
                        (("convenios.suscritos", "Convenios suscritos", {}),),
                        _acc("2A"),
                    ),
                    apartado(
                        "2b",
                        "B)",
                        "Seguimiento a las actividades de los convenios suscritos",
                        """
Las áreas informaron avances de
{{ convenios.actualizados | concuerda:"convenio,convenios" }}; la tabla señala en qué sesiones.
""",
                        (
                            (
                                "convenios.actualizaciones",
                                "Convenios con avance, por sesión",
                                {},
                            ),
                        ),
                        _acc("2B"),
                    ),
                ),
            ),
            apartado(
                "rubro-3",
                "3",
                "Vinculación para relaciones de cooperación con organismos públicos y privados, a nivel "
                "local y nacional",
                hijos=(
                    apartado(
                        "3a",
                        "A)",
                        "Vinculación con OPL e instituciones públicas y privadas para compartir experiencias",
                        """
Para acercar la observación electoral a estudiantes se dieron
{{ programas.unidades accion="pat-2020:3A" | concuerda:"plática,pláticas,f" }} a distancia en
universidades de la ciudad.
""",
                        (
                            actividades(
                                "3A",
                                "platica-universidad",
                                "fecha,organismos,titulo",
                                "Pláticas en universidades",
                            ),
                        ),
                        _acc("3A"),
                    ),
                    apartado(
                        "3b",
                        "B)",
                        "Difusión de materiales sobre democracia, derechos y educación cívica",
                        """
La Red de Observación recibió
{{ programas.unidades accion="pat-2020:3B" | concuerda:"correo,correos" }} con información de
su interés.
""",
                        (
                            actividades(
                                "3B",
                                "correo-red",
                                "numero,fecha,titulo",
                                "Información enviada a la Red de Observación",
                            ),
                        ),
                        _acc("3B"),
                    ),
                ),
            ),
            apartado(
                "rubro-4",
                "4",
                "Seguimiento y acompañamiento a las labores de observación de los procesos de participación ciudadana",
                hijos=(
                    apartado(
                        "4a",
                        "A)",
                        "Programa de acompañamiento para quienes observan los procesos de 2020",
                        accion=_acc("4A"),
                    ),
                    apartado(
                        "4b",
                        "B)",
                        "Reuniones con la Red de Observación",
                        """
La Red sostuvo su tercera reunión del año, a distancia, para preparar la observación del
proceso 2020-2021. Asistieron {{ observacion.asistentes | en_palabras }} integrantes:
{{ observacion.asistentes clase="organizacion" | en_palabras }} de
{{ observacion.organizaciones_asistentes | concuerda:"organización,organizaciones,f" }} y
{{ observacion.asistentes clase="persona" | en_palabras }} a título individual.
""",
                        (("observacion.reuniones", "Asistencia a la reunión de la Red", {}),),
                        _acc("4B"),
                    ),
                    apartado(
                        "4c",
                        "C)",
                        "Curso de observación electoral con especialistas",
                        """
La Organización de los Estados Americanos impartió el curso, al que asistieron
{{ programas.asistencia accion="pat-2020:4C" | numero }} personas del instituto y de la Red.
""",
                        (
                            actividades(
                                "4C",
                                "curso",
                                "titulo,fecha,organismos,asistencia",
                                "Cursos impartidos",
                            ),
                        ),
                        _acc("4C"),
                    ),
                    apartado(
                        "4d",
                        "D)",
                        "Sistematización de los informes de observación de 2020",
                        """
Lo que informaron quienes observaron la jornada de marzo de 2020 se reunió en un libro, que se
presentó a distancia.
""",
                        (
                            actividades(
                                "4D",
                                "presentacion-libro",
                                "titulo,fecha,modalidad",
                                "Presentación del libro",
                            ),
                        ),
                        _acc("4D"),
                    ),
                ),
            ),
            apartado(
                "rubro-5",
                "5",
                "Vinculación permanente con la ciudadanía de la Ciudad de México residente en el extranjero",
                hijos=(
                    apartado(
                        "5a",
                        "A)",
                        "Vinculación permanente y difusión de derechos político-electorales por medios electrónicos",
                        """
La base de Voto Chilango recibió {{ migrantes.envios | concuerda:"mensaje,mensajes" }}. Hubo
además {{ programas.unidades accion="pat-2020:5A" tipo="reunion-vinculacion" | concuerda:"reunión,reuniones,f" }}
con instituciones que pueden apoyar la difusión, un encuentro con la red de personas
originarias y la primera sesión de «Invita a un consejero a tu casa», con
{{ programas.asistencia accion="pat-2020:5A" tipo="invita-consejeria" | en_palabras }}
asistentes.

Al área de comunicación social se le enviaron
{{ programas.unidades accion="pat-2020:5A" tipo="noticia-micrositio" | concuerda:"noticia,noticias,f" }}
para el micrositio Voto Chilango.
""",
                        (
                            ("migrantes.envios", "Mensajes a la base Voto Chilango", {}),
                            actividades(
                                "5A",
                                "reunion-vinculacion",
                                "fecha,titulo,objetivo",
                                "Reuniones con instituciones",
                            ),
                            actividades(
                                "5A",
                                "reunion-migrantes",
                                "titulo,fecha,objetivo",
                                "Encuentros con la red de personas originarias",
                            ),
                            actividades(
                                "5A",
                                "invita-consejeria",
                                "titulo,fecha,organismos,asistencia",
                                "Sesiones de «Invita a un consejero a tu casa»",
                            ),
                        ),
                        _acc("5A"),
                    ),
                ),
            ),
            apartado(
                "rubro-6",
                "6",
                "Vinculación para relaciones de cooperación con organismos públicos y privados internacionales",
                hijos=(
                    apartado(
                        "6a",
                        "A)",
                        "Actividades conjuntas con instituciones internacionales",
                        """
Se {{ programas.unidades accion="pat-2020:6A" | elige:"llevó,llevaron" }} a cabo
{{ programas.unidades accion="pat-2020:6A" | concuerda:"actividad,actividades,f" }}
con instituciones de otros países u organismos internacionales.
""",
                        (
                            actividades(
                                "6A",
                                "actividad-internacional",
                                "titulo,fecha,organismos,objetivo,asistencia",
                                "Actividades internacionales",
                            ),
                        ),
                        _acc("6A"),
                    ),
                    apartado(
                        "6b",
                        "B)",
                        "Difusión de coyuntura electoral internacional",
                        """
Quienes integran el Consejo General recibieron
{{ programas.unidades accion="pat-2020:6B" | concuerda:"nota,notas,f" }} sobre elecciones y
política de otros países.
""",
                        (
                            actividades(
                                "6B",
                                "nota-internacional",
                                "fecha,titulo",
                                "Notas internacionales",
                            ),
                        ),
                        _acc("6B"),
                    ),
                    apartado(
                        "6c",
                        "C)",
                        "Misiones de observación y foros en el extranjero",
                        accion=_acc("6C"),
                    ),
                    apartado(
                        "6d",
                        "D)",
                        "Alianzas con organismos en el extranjero para proyectos de investigación",
                        accion=_acc("6D"),
                    ),
                    apartado(
                        "6e",
                        "E)",
                        "Proyecto específico con un organismo internacional especializado",
                        accion=_acc("6E"),
                    ),
                    apartado(
                        "6f",
                        "F)",
                        "Programa de actividades para personas expertas internacionales",
                        accion=_acc("6F"),
                    ),
                    apartado(
                        "6g",
                        "G)",
                        "Apoyo a los trabajos de las personas expertas internacionales",
                        accion=_acc("6G"),
                    ),
                ),
            ),
        ),
    ),
)

PORTADA = {
    "clave": "trimestral-2020-4",
    "titulo": "Cuarto informe trimestral de actividades 2020",
    "subtitulo": "Comisión Permanente de Vinculación con Organismos Externos",
    "inicio": "2020-10-01",
    "fin": "2020-12-31",
    "sesion": "2021-01-21",
    "punto": 4,
    "acuerdo": "CVOE/004/21",
}
