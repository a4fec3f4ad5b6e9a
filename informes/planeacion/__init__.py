"""Lo que los informes hacen con un programa: su documento, su copia al año siguiente y el cierre de sus trimestres.

Arma el documento con los bloques que las salas de programas dan; nunca escribe en ellas
más que por sus acciones.
"""
