"""Escribe un :class:`Documento` en cada formato.

Son los únicos archivos que importan WeasyPrint, Pandoc y openpyxl; no conocen
modelos, permisos ni consultas. Cada formato se importa por su módulo
(``from vinculacion.nucleo.salida import pdf``) para no cargar lo que no se usa.
"""
