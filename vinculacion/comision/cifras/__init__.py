"""Las cifras de la comisión: asistencia, sesiones, puntos y acuerdos."""
