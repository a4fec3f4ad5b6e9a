"""Sala programas: los planes anuales (ejes, acciones, metas) y la bitácora de lo hecho.

Dueña de Programa, Eje, Accion, Meta, TipoActividad y Actividad. El avance se calcula aquí
(``consultas.avance``) y en ninguna otra parte; nadie lo teclea.
Puede importar: nucleo, directorio, archivo, cuentas y comision.
Nunca importa convenios, observacion, migrantes ni informes: lo que de ellas cuenta como
avance llega por ``nucleo.fuentes``.
"""
