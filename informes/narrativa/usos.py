"""Dónde se cita cada cifra de un informe y qué textos ya no se pueden escribir."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from informes.models import Apartado, Informe, Plantilla, Renglon
from vinculacion.nucleo.memoria import recordada
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from .lectura import ErrorNarrativa, tokens_usados
from .redaccion import errores


@dataclass(frozen=True)
class Texto:
    """Un texto con cifras vivas y la página en que se edita."""

    donde: str
    url: str
    texto: str
    apartado: int | None = None


@recordada
def textos(documento: Informe | Plantilla) -> list[Texto]:
    """Todos los de un informe o plantilla, en tres consultas."""
    return [*_de_apartados(documento), *_de_renglones(documento)]


def _de_apartados(documento: Informe | Plantilla) -> Iterator[Texto]:
    for apartado in documento.apartados.prefetch_related("secciones"):
        yield from _de_apartado(apartado)


def _de_renglones(documento: Informe | Plantilla) -> Iterator[Texto]:
    if isinstance(documento, Informe):
        for renglon in Renglon.objects.filter(informe=documento).order_by("clase", "orden", "pk"):
            pagina = "informe_balance" if renglon.clase == "balance" else "informe_pendientes"
            url = f"{reverse(f'informes:{pagina}', args=[documento.pk])}#renglon-{renglon.pk}"
            yield Texto(f"{renglon.get_clase_display()}: {renglon.rubro or 'sin rubro'}", url, renglon.texto)


def _de_apartado(apartado: Apartado) -> Iterator[Texto]:
    url = reverse("informes:apartado_editar", args=[apartado.pk])
    for texto in (apartado.narrativa, apartado.explicacion):
        if texto.strip():
            yield Texto(apartado.titulo, url, texto, apartado.pk)
    for uso in apartado.secciones.all():
        if uso.texto_previo.strip():
            destino = reverse("informes:uso_editar", args=[uso.pk])
            yield Texto(f"{apartado.titulo}, {uso}", destino, uso.texto_previo, apartado.pk)


def usos(documento: Informe | Plantilla) -> dict[str, list[Texto]]:
    """Clave → los textos que la citan, cada uno una vez; también las que ya no existen."""
    hallados: dict[str, list[Texto]] = {}
    for texto in textos(documento):
        for clave in dict.fromkeys(dato.clave for dato in tokens_usados(texto.texto)):
            hallados.setdefault(clave, []).append(texto)
    return hallados


def con_errores(
    documento: Informe | Plantilla, cifras: Mapping[str, Any] = CIFRAS
) -> list[tuple[Texto, list[ErrorNarrativa]]]:
    """Los textos mal escritos o que citan lo que ya no existe; no calcula nada."""
    revisados = ((texto, errores(texto.texto, cifras)) for texto in textos(documento))
    return [(texto, fallas) for texto, fallas in revisados if fallas]


def fallas_de(apartado: Apartado) -> list[str]:
    """Las de sus textos y las secciones que ya no existen; sin consultas si ``secciones`` ya se trajo."""
    escritas = [str(e) for texto in _de_apartado(apartado) for e in errores(texto.texto, CIFRAS)]
    perdidas = [u.seccion for u in apartado.secciones.all() if u.seccion not in SECCIONES]
    return escritas + [f"La sección «{clave}» ya no existe." for clave in perdidas]
