"""Cimientos sin tablas: periodos, español escrito, bloques, registros y páginas genéricas.

No importa ninguna sala; todas pueden importarlo a él.
"""
