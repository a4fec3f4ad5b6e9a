"""Después de la sesión: minuta, cierre y correcciones."""
