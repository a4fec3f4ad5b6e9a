"""Relaciones escritas como las escribe una persona: por siglas, nombre o clave."""

import re

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from import_export import widgets

from .celdas import a_texto, normaliza, quiso_decir

NOMBRES_USUALES = ("siglas", "clave", "folio", "username", "email", "nombre", "titulo")


class RelacionPorNombre(widgets.Widget):
    """Una relación escrita como la escribe una persona: siglas, nombre o clave.

    ``campos``: rutas por las que se busca; la primera que no esté vacía ni se repita es la que se
    exporta. Una tupla dentro es una clave compuesta: ("eje__programa__clave", "clave") se
    escribe ``pat-2020:1A``. ``alias``: función que da pares (texto, pk), para nombres
    anteriores. Toda la tabla se lee una vez por importación.
    """

    formato = "Nombre o clave de algo ya registrado"

    def __init__(self, modelo, campos=None, alias=None, consulta=None):
        self._modelo = modelo
        self._campos = campos
        self._alias = alias
        self._consulta = consulta
        self.olvida()
        super().__init__()

    @property
    def modelo(self):
        if isinstance(self._modelo, str):
            self._modelo = apps.get_model(self._modelo)
        return self._modelo

    @property
    def campos(self):
        if self._campos is None:
            from .recurso import recurso_de

            recurso = recurso_de(self.modelo)
            self._campos = (recurso and recurso.se_nombra) or _campos_usuales(self.modelo)
            if recurso and self._alias is None:
                self._alias = recurso.alias
        return tuple(c if isinstance(c, tuple) else (c,) for c in self._campos)

    @property
    def ejemplo(self):
        return ""

    def olvida(self):
        self._objetos = None
        self._en_hoja = {}

    def anuncia(self, filas):
        """Los nombres que la hoja misma trae y en qué fila: si no llegan a existir es porque su fila tiene un error."""
        self._en_hoja = filas

    def agrega(self, objeto):
        """Un registro recién creado en esta misma importación ya se puede nombrar."""
        if self._objetos is not None:
            self._indexa(objeto)

    @property
    def confidencial(self):
        from .recurso import recurso_de

        recurso = recurso_de(self.modelo)
        return recurso is not None and recurso.confidencial

    def _carga(self):
        if self._objetos is not None:
            return
        campos = self.campos
        rutas = {r.rpartition("__")[0] for c in campos for r in c if "__" in r}
        consulta = self._consulta() if self._consulta else self.modelo._default_manager.all()
        if rutas:
            consulta = consulta.select_related(*sorted(rutas))
        self._objetos, self._indice, self._textos, self._alias_indice = {}, {}, {}, {}
        for objeto in consulta:
            self._indexa(objeto)
        for texto, pk in self._alias() if self._alias else ():
            if pk in self._objetos:
                self._alias_indice.setdefault(_compuesta(texto), set()).add(pk)

    def _indexa(self, objeto):
        self._objetos[objeto.pk] = objeto
        textos = []
        for campo in self.campos:
            piezas = [_valor(objeto, ruta) for ruta in campo]
            if all(piezas):
                textos.append(":".join(piezas))
        self._textos[objeto.pk] = textos
        for texto in textos:
            self._indice.setdefault(_compuesta(texto), set()).add(objeto.pk)

    def busca(self, texto):
        self._carga()
        buscado = _compuesta(texto)
        pks = self._indice.get(buscado) or self._alias_indice.get(buscado) or set()
        if len(pks) > 1:
            exactos = {pk for pk in pks if texto in self._textos[pk]}
            pks = exactos if len(exactos) == 1 else pks
        if len(pks) == 1:
            return self._objetos[next(iter(pks))]
        if pks and self.confidencial:
            raise ValueError(f'"{texto}" puede ser más de uno.')
        if pks:
            opciones = sorted(" = ".join(self._textos[pk]) for pk in pks)
            raise ValueError(f'"{texto}" puede ser más de uno: {" | ".join(opciones[:5])}.')
        if fila := self._en_hoja.get(buscado):
            raise ValueError(f'"{texto}" está en la fila {fila}, que no puede entrar: tiene un error o deriva de ésta.')
        if self.confidencial:
            raise ValueError(f'No existe "{texto}".')
        candidatos = [t for textos in self._textos.values() for t in textos]
        raise ValueError(f'No existe "{texto}".{quiso_decir(texto, candidatos)}')

    def clean(self, value, row=None, **kwargs):
        texto = a_texto(value)
        return self.busca(texto) if texto else None

    def nombre(self, pk):
        self._carga()
        textos = self._textos.get(pk, [])
        unicos = (t for t in textos if len(self._indice[_compuesta(t)]) == 1)
        return next(unicos, textos[0] if textos else "")

    def render(self, value, obj=None, **kwargs):
        pk = value.pk if isinstance(value, models.Model) else value
        return "" if pk is None else self.nombre(pk)

    def permitidos(self, tope=300):
        """Los nombres que sirven, si son pocos; si son muchos, ninguno."""
        if self.confidencial:
            return []
        self._carga()
        if len(self._objetos) > tope:
            return []
        return sorted((self.nombre(pk) for pk in self._objetos), key=normaliza)


class VariasPorNombre(RelacionPorNombre):
    """Varias relaciones en una celda, separadas por punto y coma."""

    formato = "Nombres o claves ya registrados; si son varios, separados por punto y coma"

    def clean(self, value, row=None, **kwargs):
        piezas = [p.strip() for p in re.split(r"[;\n]", a_texto(value)) if p.strip()]
        objetos, errores = {}, []
        for pieza in piezas:
            try:
                objeto = self.busca(pieza)
                objetos[objeto.pk] = objeto
            except ValueError as error:
                errores.append(str(error))
        if errores:
            raise ValueError(" ".join(errores))
        return list(objetos.values())

    def render(self, value, obj=None, **kwargs):
        pks = [v.pk if isinstance(v, models.Model) else v for v in value or ()]
        return "; ".join(sorted((self.nombre(pk) for pk in pks), key=normaliza))


def _campos_usuales(modelo):
    campos = []
    for nombre in NOMBRES_USUALES:
        try:
            modelo._meta.get_field(nombre)
        except FieldDoesNotExist:
            continue
        campos.append(nombre)
    return tuple(campos) or ("pk",)


def _compuesta(texto) -> str:
    return ":".join(p.strip() for p in normaliza(texto).split(":"))


def _valor(objeto, ruta) -> str:
    for parte in ruta.split("__"):
        objeto = getattr(objeto, parte, None)
        if objeto is None:
            return ""
    return a_texto(objeto)
