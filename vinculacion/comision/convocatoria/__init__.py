"""Antes de la sesión: orden del día, propuestas, convocatoria con su entrega y documentos."""
