from vinculacion.nucleo.menu import entrada

from ..permisos import VER

entrada("Acompañamiento", "convenios:acompanamiento_lista", permiso=VER, grupo="Registro", orden=31, icono="people")
