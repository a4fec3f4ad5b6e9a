"""Aprobar, congelar, publicar y corregir un informe."""
