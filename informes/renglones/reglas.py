"""Límites y preguntas sobre los renglones de un informe."""

RENGLONES_MAXIMOS = 400
EN_BLANCO = 3  # renglones libres que la página ofrece sin necesidad de guiones
