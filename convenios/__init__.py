"""Sala convenios: instrumentos, contrapartes, etapas y actualizaciones reportadas."""
