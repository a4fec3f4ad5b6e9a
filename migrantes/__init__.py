"""Sala migrantes: los envíos a la comunidad residente en el extranjero."""
