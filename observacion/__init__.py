"""Sala observacion: la Red de Observación y quién de ella asistió a qué.

Es dueña de: los integrantes de la Red y su asistencia a las actividades de la bitácora.
Puede importar: nucleo, directorio, archivo, cuentas, comision y programas.
Nunca debe: importar a convenios, migrantes o informes; ni escribir la asistencia de la
actividad misma, que es de la bitácora y puede incluir a quien no es de la Red.
"""
