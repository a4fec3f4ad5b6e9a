"""Sala comision: la comisión, su integración, sus sesiones, el orden del día, la asistencia y los acuerdos."""
