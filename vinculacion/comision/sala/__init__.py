"""Durante la sesión: quórum, asistencia, votos, resoluciones y acuerdos."""
