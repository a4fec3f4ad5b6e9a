"""Descargas en segundo plano, con avance y cancelación."""
