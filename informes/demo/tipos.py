"""Catálogo de tipos de actividad: qué pide el formulario y qué muestra el informe.

``(clave, nombre, campos, columnas)``; acción, fecha y título van en todos los formularios.
"""

TIPOS = (
    ("nota-consejo-general", "Nota del Consejo General del INE", ("organo",), ("numero", "fecha")),
    ("nota-ejecutiva", "Nota ejecutiva", ("organo",), ("numero", "fecha", "organo")),
    ("reporte-sivople", "Reporte SIVOPLE", (), ("numero", "fecha")),
    ("reunion-grupo-trabajo", "Reunión de grupo de trabajo", ("modalidad", "organismos"), ("titulo", "fecha")),
    (
        "platica-universidad",
        "Plática en universidad",
        ("modalidad", "organismos", "asistencia"),
        ("fecha", "organismos", "titulo"),
    ),
    ("correo-red", "Correo a la Red de Observación", (), ("numero", "fecha", "titulo")),
    (
        "reunion-red",
        "Reunión con la Red de Observación",
        ("objetivo", "modalidad", "lugar", "asistencia"),
        ("titulo", "fecha", "objetivo", "asistencia"),
    ),
    (
        "curso",
        "Curso",
        ("modalidad", "objetivo", "horario", "organismos", "asistencia", "cifras"),
        ("titulo", "fecha", "horario", "organismos", "asistencia"),
    ),
    (
        "presentacion-libro",
        "Presentación de libro",
        ("horario", "modalidad", "lugar", "asistencia"),
        ("titulo", "fecha", "horario", "modalidad"),
    ),
    (
        "reunion-vinculacion",
        "Reunión de vinculación",
        ("modalidad", "objetivo", "organismos", "representacion"),
        ("fecha", "titulo", "objetivo"),
    ),
    (
        "reunion-migrantes",
        "Reunión con personas migrantes",
        ("modalidad", "objetivo", "organismos", "lugar", "asistencia"),
        ("titulo", "fecha", "objetivo"),
    ),
    (
        "invita-consejeria",
        "Invita a una consejería a tu casa",
        ("modalidad", "objetivo", "organismos", "representacion", "lugar", "asistencia"),
        ("titulo", "fecha", "organismos", "representacion", "asistencia"),
    ),
    ("noticia-micrositio", "Noticias para el micrositio", ("unidades",), ("fecha", "titulo", "unidades")),
    (
        "actividad-internacional",
        "Actividad internacional",
        ("modalidad", "objetivo", "organismos", "representacion", "lugar", "asistencia", "cifras"),
        ("titulo", "fecha", "organismos", "objetivo", "asistencia"),
    ),
    ("nota-internacional", "Nota internacional", (), ("fecha", "titulo")),
    (
        "foro",
        "Foro",
        ("modalidad", "objetivo", "lugar", "organismos", "representacion", "asistencia"),
        ("titulo", "fecha", "organismos", "asistencia"),
    ),
    (
        "gira",
        "Gira de trabajo",
        ("objetivo", "lugar", "representacion", "organismos"),
        ("titulo", "fecha", "lugar", "representacion"),
    ),
    (
        "mision",
        "Misión de observación o acompañamiento",
        ("objetivo", "lugar", "representacion", "asistencia"),
        ("titulo", "fecha", "lugar", "representacion"),
    ),
    ("proyecto", "Proyecto específico", ("objetivo", "organismos"), ("titulo", "fecha", "organismos")),
    ("documento", "Documento", ("objetivo",), ("fecha", "titulo")),
    ("boletin", "Boletín semanal", (), ("numero", "fecha", "titulo")),
    ("calendario", "Calendario semanal", (), ("numero", "fecha", "titulo")),
    ("infografia", "Infografía", ("cifras",), ("fecha", "titulo")),
    ("podcast", "Pódcast", ("cifras",), ("fecha", "titulo")),
    ("stand", "Stand", ("lugar", "asistencia", "cifras"), ("fecha", "titulo", "lugar", "asistencia")),
    ("sintesis-prensa", "Síntesis de prensa", ("unidades",), ("fecha", "titulo", "unidades")),
    (
        "envio-consulados",
        "Material enviado a consulados",
        ("organismos", "objetivo", "unidades"),
        ("fecha", "titulo", "organismos", "unidades"),
    ),
)
