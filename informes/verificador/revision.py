"""Corre las reglas sobre un informe o sobre un texto ajeno y ordena lo que hallan."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.texto import llano

from . import (
    reglas_de_afirmaciones,
    reglas_de_cifras,
    reglas_de_escritura,
    reglas_de_fechas,
    reglas_de_folios,
    reglas_de_indice,
    reglas_de_listas,
    reglas_de_nombres,
    reglas_de_sesiones,
    reglas_de_tablas,
)
from .cantidades import cuentas
from .fragmentos import Fragmento, de_documento, parrafos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .lectura import leer, periodo_del_texto
from .reglas_de_folios import FolioDeOtraForma, FoliosQueSaltan
from .reglas_de_sesiones import SesionConDosFechas

if TYPE_CHECKING:
    from informes.narrativa.usos import Texto

REGLAS_DE_TEXTO: tuple[Regla, ...] = (
    *reglas_de_fechas.REGLAS,
    *reglas_de_sesiones.REGLAS,
    *reglas_de_cifras.REGLAS,
    *reglas_de_afirmaciones.REGLAS,
    *reglas_de_tablas.REGLAS,
    *reglas_de_listas.REGLAS,
    *reglas_de_folios.REGLAS,
    *reglas_de_nombres.REGLAS,
    *reglas_de_escritura.REGLAS,
    *reglas_de_indice.REGLAS,
)


@cache
def nombres() -> dict[str, str]:
    from .reglas_de_contraste import REGLAS as de_contraste
    from .reglas_de_registros import REGLAS as de_registros

    return {regla.clave: regla.nombre for regla in (*REGLAS_DE_TEXTO, *de_registros, *de_contraste)}


def nombre_de(clave: str) -> str:
    """Cómo se llama la regla en la página."""
    return nombres().get(clave, clave)


ORDEN = {gravedad.value: lugar for lugar, gravedad in enumerate(Gravedad)}


def ordena(hallados: Iterable[Hallazgo], revision: Revision) -> list[Hallazgo]:
    """Sin repetir y de lo más a lo menos grave; dentro de cada gravedad, en orden de lectura."""
    hallazgos = dict.fromkeys(hallados)
    lugares: dict[tuple[str, str], int] = {}
    for fragmento in revision.fragmentos:
        lugares.setdefault((fragmento.apartado, fragmento.ancla), len(lugares))
    return sorted(hallazgos, key=lambda h: (ORDEN[h.gravedad], lugares.get((h.apartado, h.ancla), len(lugares))))


HALLAZGOS_POR_REGLA = 300
"""De un texto ajeno, los primeros de cada regla: nadie lee más y la página los lleva todos."""


def verificar_texto(texto: str, periodo: Periodo | None = None) -> list[Hallazgo]:
    """Lo que se puede hallar sin registros en un informe escrito en otra parte."""
    lectura = leer(texto)
    revision = Revision(lectura.fragmentos, periodo or periodo_del_texto(texto), indice=lectura.indice)
    hallados = (h for regla in REGLAS_DE_TEXTO for h in islice(regla.revisar(revision), HALLAZGOS_POR_REGLA))
    return ordena(hallados, revision)


@lru_cache(maxsize=16)
def de_texto(fragmentos: tuple[Fragmento, ...], periodo: Periodo) -> tuple[Hallazgo, ...]:
    """Lo mismo escrito da lo mismo hallado: mientras el documento no cambie, no se vuelve a leer."""
    revision = Revision(fragmentos, periodo, propio=True)
    return tuple(hallazgo for regla in REGLAS_DE_TEXTO for hallazgo in regla.revisar(revision))


_VIVO = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)


def con_tecleadas(fragmentos: Iterable[Fragmento], textos: "Iterable[Texto]") -> tuple[Fragmento, ...]:
    """Los mismos, con las cantidades que alguien tecleó en su apartado o en un renglón que no es de ninguno."""
    por_ancla: dict[str, set[str]] = defaultdict(set)
    for texto in textos:
        ancla = f"apartado-{texto.apartado}" if texto.apartado else ""
        for pieza in parrafos(_VIVO.sub(" … ", texto.texto)):
            por_ancla[ancla] |= {llano(dicha.texto) for dicha in cuentas(pieza)}
    return tuple(
        replace(f, tecleadas=frozenset(por_ancla[""] | por_ancla[f.ancla])) if f.es_texto else f for f in fragmentos
    )


def verificar(informe) -> list[Hallazgo]:
    """Todo lo que hoy se halla en un informe, con su documento armado y sus registros."""
    with memoria():
        return _verificar(informe)


def _verificar(informe) -> list[Hallazgo]:
    from django.urls import reverse

    from informes import arbol, armado
    from informes.narrativa.usos import textos

    from .reglas_de_contraste import REGLAS as REGLAS_DE_CONTRASTE
    from .reglas_de_registros import REGLAS as REGLAS_DE_REGISTROS
    from .reglas_de_registros import AcuerdoInexistente

    armada = armado.armar(informe)
    nodos = [nodo for raiz in arbol.arbol(informe) for nodo in raiz.recorrer()]
    editores = {
        f"apartado-{nodo.apartado.pk}": reverse("informes:apartado_editar", args=[nodo.apartado.pk]) for nodo in nodos
    }
    fragmentos = de_documento(armada.documento, lambda ancla: editores.get(ancla, ""))
    revision = Revision(
        fragmentos=con_tecleadas(fragmentos, textos(informe)),
        periodo=informe.periodo,
        informe=informe,
        nodos=nodos,
        problemas=armada.problemas,
        propio=True,
    )
    en_registros = [h for r in (*REGLAS_DE_REGISTROS, *REGLAS_DE_CONTRASTE) for h in r.revisar(revision)]
    hallazgos = ordena([*de_texto(tuple(revision.fragmentos), informe.periodo), *en_registros], revision)
    # Lo que los registros ya juzgan no se dice dos veces.
    acuerdos = {(h.ancla, h.fragmento) for h in hallazgos if h.regla == AcuerdoInexistente.clave}
    sesiones = {(h.ancla, h.fragmento) for h in hallazgos if h.regla == "sesion.otra_fecha"}
    juzgados = {FolioDeOtraForma.clave: acuerdos, FoliosQueSaltan.clave: acuerdos, SesionConDosFechas.clave: sesiones}
    return [h for h in hallazgos if (h.ancla, h.fragmento) not in juzgados.get(h.regla, ())]
