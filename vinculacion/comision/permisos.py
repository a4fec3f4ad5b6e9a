"""Permisos de la sala que no son los cuatro de cada modelo."""

CELEBRAR = "comision.celebrar_sesion"
VER_SESIONES = "comision.view_sesion"
VER_ASISTENCIA = "comision.view_asistencia"
CAMBIAR_ACUERDO = "comision.change_acuerdo"
CAMBIAR_PUNTO = "comision.change_punto"
