"""Pruebas; siguen las salas del proyecto."""
