"""El verificador: lo que un informe trae mal, dicho antes de que llegue a una sesión.

Cada regla es una clase pequeña. Las de texto leen fragmentos, vengan del documento
armado o de un texto escrito en otra parte (``leer_texto``); las de registros
preguntan a la base. Una alarma falsa cuesta más que una errata que se escapa: lo
dudoso se calla o se anota. Aquí nada se escribe ni se corrige.
"""
