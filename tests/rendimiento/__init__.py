"""``make bench``: mide en una base desechable y escribe un JSON de proporciones y exponentes.

Las cifras absolutas dependen del equipo; las proporciones se toman dentro de la misma corrida, con
medianas y en orden alternado. ``docs/rendimiento.md`` explica cada una.
"""
