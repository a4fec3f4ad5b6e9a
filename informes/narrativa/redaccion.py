"""Revisa los datos vivos contra el registro de cifras y escribe el texto con sus valores de hoy."""

from collections.abc import Iterator, Mapping
from typing import Any

from informes.narrativa.lectura import (
    Condicional,
    Dato,
    ErrorNarrativa,
    Filtrado,
    Lector,
    NarrativaInvalida,
    Nodo,
    Texto,
    error_en,
    fallas_de_hondura,
    fallas_de_notas,
    propuesta,
    recorre,
)
from informes.narrativa.vocabulario import ADMITE, DATOS_DEL_DOCUMENTO, ESPERADO, FILTROS, POR_OMISION, SinValor
from vinculacion.nucleo import palabras


def tipo_de(dato: Dato, cifra: Any) -> str:
    return cifra.tipo if cifra is not None else DATOS_DEL_DOCUMENTO[dato.clave].tipo


def _revisa_dato(dato: Dato, cifras: Mapping[str, Any]) -> Iterator[str]:
    cifra = cifras.get(dato.clave)
    if cifra is None and dato.clave not in DATOS_DEL_DOCUMENTO:
        yield f"No existe la cifra «{dato.clave}»{propuesta(dato.clave, [*cifras, *DATOS_DEL_DOCUMENTO])}."
        return
    aceptados = tuple(cifra.parametros) if cifra is not None else ()
    for nombre, _valor in dato.parametros:
        if nombre not in aceptados:
            ayuda = f"; admite {palabras.enumera(aceptados)}" if aceptados else "; no admite ninguno"
            yield f"«{dato.clave}» no tiene el parámetro «{nombre}»{propuesta(nombre, aceptados) or ayuda}."
    tipo = tipo_de(dato, cifra)
    for puesto in dato.filtros:
        filtro = FILTROS.get(puesto.nombre)
        if filtro is None:
            yield f"No existe el filtro «{puesto.nombre}»{propuesta(puesto.nombre, FILTROS)}."
            return
        if filtro.admite not in {tipo, "texto"}:
            yield f"El filtro «{puesto.nombre}» es para {ADMITE[filtro.admite]}, no para {ADMITE[tipo]}."
            return
        if falla := filtro.revisa(puesto.argumento, cifra):
            yield f"El filtro «{puesto.nombre}» {falla}."
        tipo = "texto"


def _revisa(texto: str, cifras: Mapping[str, Any]) -> tuple[list[Nodo], list[ErrorNarrativa]]:
    lector = Lector(texto)
    sin_cerrar = [condicional for rama in lector.ramas if (condicional := rama.nodo)]
    for dato, _ in recorre([*lector.raiz, *sin_cerrar]):
        for mensaje in _revisa_dato(dato, cifras):
            lector.falla(mensaje, dato.inicio, dato.fin)
    return lector.raiz, sorted([*lector.errores, *fallas_de_notas(texto), *fallas_de_hondura(texto)])


def errores(texto: str, cifras: Mapping[str, Any]) -> list[ErrorNarrativa]:
    """Todo lo que impediría redactar, en orden, sin calcular nada."""
    return _revisa(texto, cifras)[1]


class _Redactor:
    """Calcula cada cifra una sola vez por texto, aunque se cite muchas."""

    def __init__(self, texto: str, contexto: Any, cifras: Mapping[str, Any]) -> None:
        self.texto, self.contexto, self.cifras = texto, contexto, cifras
        self.errores: list[ErrorNarrativa] = []
        self._calculado: dict[tuple, Any] = {}

    def valor(self, dato: Dato) -> Any:
        llave = (dato.clave, dato.parametros)
        if llave not in self._calculado:
            self._calculado[llave] = self._calcula(dato)
        return self._calculado[llave]

    def _calcula(self, dato: Dato) -> Any:
        cifra = self.cifras.get(dato.clave)
        if cifra is None:
            return DATOS_DEL_DOCUMENTO[dato.clave].valor(self.contexto)
        try:
            valor = cifra.valor(self.contexto, dict(dato.parametros))
        except ValueError as error:
            raise SinValor(str(error)) from error
        if not isinstance(valor, ESPERADO[tipo_de(dato, cifra)]):
            raise SinValor("la cifra no tiene valor en este periodo")
        return valor

    def escribe(self, dato: Dato) -> str:
        """El texto de un dato; ``ValueError`` con la razón si hoy no lo tiene."""
        valor, cifra = self.valor(dato), self.cifras.get(dato.clave)
        tipo = tipo_de(dato, cifra)
        puestos = dato.filtros
        if tipo in POR_OMISION and (not puestos or FILTROS[puestos[0].nombre].admite != tipo):
            puestos = (Filtrado(POR_OMISION[tipo]), *puestos)
        for puesto in puestos:
            valor = FILTROS[puesto.nombre].aplica(valor, puesto.argumento, cifra)
        return str(valor)

    def se_cumple(self, dato: Dato) -> bool:
        try:
            return bool(self.valor(dato))
        except SinValor:
            if dato.clave in DATOS_DEL_DOCUMENTO:
                return False  # «{% si trimestre %}»: no tenerlo es la respuesta
            raise

    def rama(self, nodo: Condicional) -> tuple[Nodo, ...]:
        if not self.se_cumple(nodo.dato):
            return nodo.sino
        if nodo.uno is None:
            return nodo.si
        valor = self.valor(nodo.dato)
        return nodo.uno if (len(valor) if isinstance(valor, tuple | list) else valor) == 1 else nodo.si

    def redacta(self, nodos: list[Nodo] | tuple[Nodo, ...]) -> str:
        partes = []
        for nodo in nodos:
            if isinstance(nodo, Texto):
                partes.append(nodo.texto)
                continue
            dato = nodo if isinstance(nodo, Dato) else nodo.dato
            try:
                if isinstance(nodo, Dato):
                    partes.append(self.escribe(nodo))
                else:
                    partes.append(self.redacta(self.rama(nodo)))
            except ValueError as error:
                mensaje = f"«{dato.fuente}» no se puede escribir: {str(error).rstrip('.')}."
                self.errores.append(error_en(self.texto, mensaje, dato.inicio, dato.fin))
        return "".join(partes)


def redactar(texto: str, contexto: Any, cifras: Mapping[str, Any]) -> str:
    """El texto con sus cifras de hoy, o ``NarrativaInvalida`` con todos los errores."""
    nodos, fallas = _revisa(texto, cifras)
    if fallas:
        raise NarrativaInvalida(fallas)
    redactor = _Redactor(texto, contexto, cifras)
    redactado = redactor.redacta(nodos)
    # Una nota puede quedarse en la rama que hoy no toca.
    if fallas := redactor.errores or fallas_de_notas(redactado):
        raise NarrativaInvalida(sorted(fallas))
    return redactado


def sustituciones(texto: str, contexto: Any, cifras: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Qué dice ahora cada dato vivo, para el editor: sin repetir y con las dos ramas de cada condición.

    Lo que está mal escrito no sale aquí, sino en ``errores``; lo que no se
    puede calcular dice por qué.
    """
    redactor = _Redactor(texto, contexto, cifras)
    halladas: dict[str, str] = {}
    for dato, condicion in recorre(Lector(texto).raiz):
        if dato.fuente in halladas or any(_revisa_dato(dato, cifras)):
            continue
        try:
            if condicion:
                halladas[dato.fuente] = "se cumple" if redactor.se_cumple(dato) else "no se cumple"
            else:
                halladas[dato.fuente] = redactor.escribe(dato)
        except ValueError as error:
            halladas[dato.fuente] = f"Sin valor: {error}"
    return list(halladas.items())
