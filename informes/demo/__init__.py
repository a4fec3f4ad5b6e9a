"""Datos de demostración: los hechos de 2020 y 2021 y un año en curso ficticio.

Los hechos provienen de tres documentos públicos (Programa Específico 2021, PAT
2021 y cuarto informe trimestral de 2020): se toman fechas, cifras y nombres de
instituciones, nunca sus frases ni nombres de personas. Cada módulo guarda un
tema como literales; ``carga.py`` los entrega a las acciones de cada sala, de
modo que la demostración es también la prueba de humo. ``ficticio.py`` genera el
año en curso. Nada fuera de ``manage.py demo`` y de las pruebas importa de aquí.
"""
