"""Los permisos de esta sala, por su nombre."""

VER_INTEGRANTES = "observacion.view_integrantered"
VER_ASISTENCIA = "observacion.view_asistenciared"
ANOTAR_ASISTENCIA = "observacion.change_asistenciared"
