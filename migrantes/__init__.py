"""Sala migrantes: los envíos a la comunidad de la ciudad residente en el extranjero.

Es dueña de: los mensajes enviados a la base Voto Chilango, anotados para los informes.
Puede importar: nucleo, directorio, archivo, cuentas, comision y programas.
Nunca debe: importar a convenios, observacion o informes; ni guardar en un envío los
datos personales de quienes lo recibieron (aquí sólo cuántos fueron).
"""
