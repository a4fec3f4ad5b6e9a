"""Sala comisión: la comisión, su integración, sus sesiones, el orden del día, la asistencia y los acuerdos.

Importa de directorio, archivo, cuentas y núcleo. Nunca borra un acuerdo ni da un folio fuera de la serie.
"""
