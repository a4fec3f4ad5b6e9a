"""Sala informes: plantillas, informes, su salida y el tablero de inicio."""
