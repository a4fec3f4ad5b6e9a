"""Sala convenios: instrumentos, contrapartes, camino por etapas y avances reportados en sesión.

Es dueña de: tipos de instrumento, convenios, sus cambios de etapa y sus actualizaciones.
Puede importar: nucleo, directorio, archivo, cuentas, comision y programas.
Nunca debe: importar a observacion, migrantes o informes; guardar la situación
(«vigente», «por vencer», «vencido»), que sale siempre de las fechas; ni cambiar una
etapa sin dejar su paso con fecha en ``CambioDeEtapa``.
"""
