"""Corre las reglas sobre un informe o sobre un texto ajeno y ordena lo que hallan."""

from collections.abc import Iterable

from vinculacion.nucleo.periodos import Periodo

from . import reglas_de_cifras, reglas_de_fechas, reglas_de_tablas
from .fragmentos import de_documento
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .lectura import leer_texto, periodo_del_texto
from .reglas_de_cifras import FolioDeOtraForma

REGLAS_DE_TEXTO: tuple[Regla, ...] = (*reglas_de_fechas.REGLAS, *reglas_de_cifras.REGLAS, *reglas_de_tablas.REGLAS)


def nombre_de(clave: str) -> str:
    """Cómo se llama la regla en la página."""
    from .reglas_de_registros import REGLAS as de_registros

    return next((regla.nombre for regla in (*REGLAS_DE_TEXTO, *de_registros) if regla.clave == clave), clave)


ORDEN = {gravedad.value: lugar for lugar, gravedad in enumerate(Gravedad)}


def correr(reglas: Iterable[Regla], revision: Revision) -> list[Hallazgo]:
    """Sin repetir y de lo más a lo menos grave; dentro de cada gravedad, en orden de lectura."""
    hallazgos = dict.fromkeys(hallazgo for regla in reglas for hallazgo in regla.revisar(revision))
    lugares: dict[tuple[str, str], int] = {}
    for fragmento in revision.fragmentos:
        lugares.setdefault((fragmento.apartado, fragmento.ancla), len(lugares))
    return sorted(hallazgos, key=lambda h: (ORDEN[h.gravedad], lugares.get((h.apartado, h.ancla), len(lugares))))


def verificar_texto(texto: str, periodo: Periodo | None = None) -> list[Hallazgo]:
    """Lo que se puede hallar sin registros en un informe escrito en otra parte."""
    return correr(REGLAS_DE_TEXTO, Revision(leer_texto(texto), periodo or periodo_del_texto(texto)))


def verificar(informe) -> list[Hallazgo]:
    """Todo lo que hoy se halla en un informe, con su documento armado y sus registros."""
    from django.urls import reverse

    from informes import arbol, armado

    from .reglas_de_registros import REGLAS as REGLAS_DE_REGISTROS
    from .reglas_de_registros import AcuerdoInexistente

    armada = armado.armar(informe)
    nodos = [nodo for raiz in arbol.arbol(informe) for nodo in raiz.recorrer()]
    editores = {
        f"apartado-{nodo.apartado.pk}": reverse("informes:apartado_editar", args=[nodo.apartado.pk]) for nodo in nodos
    }
    revision = Revision(
        fragmentos=de_documento(armada.documento, lambda ancla: editores.get(ancla, "")),
        periodo=informe.periodo,
        informe=informe,
        nodos=nodos,
        problemas=armada.problemas,
    )
    hallazgos = correr((*REGLAS_DE_TEXTO, *REGLAS_DE_REGISTROS), revision)
    # Un folio de la comisión mal escrito ya lo juzgan los registros: no se dice dos veces.
    juzgados = {(h.ancla, h.fragmento) for h in hallazgos if h.regla == AcuerdoInexistente.clave}
    return [h for h in hallazgos if h.regla != FolioDeOtraForma.clave or (h.ancla, h.fragmento) not in juzgados]
