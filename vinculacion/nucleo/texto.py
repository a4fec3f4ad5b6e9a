"""Búsqueda que no distingue acentos ni mayúsculas, igual en SQLite y en PostgreSQL."""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import CharField, Q, QuerySet, TextField, Transform
from django.dispatch import receiver

_CON = "áàäâãåéèëêíìïîóòöôõúùüûñçÁÀÄÂÃÅÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÑÇ"
_SIN = "aaaaaaeeeeiiiiooooouuuuncAAAAAAEEEEIIIIOOOOOUUUUNC"
MAXIMO = 200


def llano(texto: str) -> str:
    """Minúsculas sin diacríticos: «Comisión» → «comision»."""
    texto = str(texto).casefold()
    if texto.isascii():
        return texto
    descompuesto = unicodedata.normalize("NFD", texto)
    return "".join(c for c in descompuesto if not unicodedata.combining(c))


@CharField.register_lookup
@TextField.register_lookup
class SinAcentos(Transform):
    """``campo__sin_acentos__contains``; PostgreSQL usa translate para no depender de una extensión."""

    lookup_name = "sin_acentos"
    function = "sin_acentos"
    output_field = TextField()

    def as_postgresql(self, compilador, conexion, **contexto):
        return self.as_sql(
            compilador, conexion, template=f"LOWER(TRANSLATE((%(expressions)s)::text, '{_CON}', '{_SIN}'))", **contexto
        )


@receiver(connection_created)
def _ensenar_a_sqlite(connection, **_):
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "sin_acentos", 1, lambda valor: None if valor is None else llano(valor), deterministic=True
        )


def busca(consulta: QuerySet, campos: tuple[str, ...], texto: str) -> QuerySet:
    """Filas en que cada palabra de ``texto`` aparece en alguno de ``campos`` (que pueden cruzar relaciones)."""
    palabras = llano(texto.replace("\x00", "")[:MAXIMO]).split()
    if not palabras or not campos:
        return consulta
    condicion = Q()
    for palabra in palabras:
        alguna = Q()
        for campo in campos:
            alguna |= Q(**{f"{campo}__sin_acentos__contains": palabra})
        condicion &= alguna
    # Subconsulta: un cruce con muchos no duplica filas ni altera los conteos de ``consulta``.
    return consulta.filter(pk__in=consulta.model._base_manager.filter(condicion).values("pk"))
