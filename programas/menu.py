from vinculacion.nucleo.caras import cara
from vinculacion.nucleo.menu import entrada

entrada(
    "Actividades",
    "programas:actividad_lista",
    permiso="programas.view_actividad",
    grupo="Registro",
    orden=10,
    icono="journal-check",
)
entrada(
    "Por validar",
    "programas:actividad_por_validar",
    permiso="programas.validar_actividad",
    grupo="Registro",
    orden=15,
    icono="check2-square",
)
entrada(
    "Sin captura",
    "programas:sin_captura",
    permiso="programas.view_programa",
    grupo="Registro",
    orden=17,
    icono="calendar-x",
)
entrada(
    "Programas",
    "programas:programa_lista",
    permiso="programas.view_programa",
    grupo="Planeación",
    orden=10,
    icono="diagram-3",
)
entrada(
    "Acciones",
    "programas:accion_lista",
    permiso="programas.view_accion",
    grupo="Planeación",
    orden=20,
    icono="list-check",
)
entrada(
    "Tipos de actividad",
    "programas:tipoactividad_lista",
    permiso="programas.change_tipoactividad",
    grupo="Planeación",
    orden=30,
    icono="tags",
)

for _orden, (_clave, _titulo, _vista) in enumerate(
    (
        ("plan", "Plan", "programa_detalle"),
        ("diagnostico", "Diagnóstico", "diagnostico"),
        ("mir", "MIR", "mir"),
        ("riesgos", "Riesgos", "riesgos"),
        ("metas", "Metas", "metas"),
        ("avance", "Avance", "avance"),
    )
):
    cara("programas.programa", _clave, _titulo, f"programas:{_vista}", permiso="programas.view_programa", orden=_orden)
