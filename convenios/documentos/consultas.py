"""Los documentos de un instrumento, agrupados con la última versión por delante."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, OuterRef, QuerySet, Subquery

from vinculacion.nucleo.hojas.celdas import normaliza

from ..consultas import convenios_visibles
from ..estados import ClaseDeDocumento
from ..models import Convenio, DocumentoDeConvenio
from ..permisos import solo_su_area


@dataclass(frozen=True)
class Grupo:
    """Un documento y sus versiones, de la última a la primera."""

    ultima: DocumentoDeConvenio
    anteriores: tuple[DocumentoDeConvenio, ...]


def documentos() -> QuerySet[DocumentoDeConvenio]:
    return DocumentoDeConvenio.objects.select_related("convenio__tipo", "por").prefetch_related("evidencias")


def documentos_visibles(usuario) -> QuerySet[DocumentoDeConvenio]:
    """Los de los instrumentos que ``usuario`` ve, lo más reciente primero; anota ``de`` cuántas versiones."""
    iguales = (
        DocumentoDeConvenio.objects.filter(
            convenio=OuterRef("convenio"), clase=OuterRef("clase"), titulo=OuterRef("titulo")
        )
        .order_by()
        .values("convenio")
    )
    consulta = documentos().annotate(ultimo=Subquery(iguales.annotate(n=Max("numero")).values("n")))
    if solo_su_area(usuario):
        propios = convenios_visibles(usuario).order_by().values("pk")
        consulta = consulta.filter(convenio__in=propios)
    return consulta.order_by("-fecha", "convenio__folio", "clase", "titulo", "-numero")


def grupos(convenio: Convenio) -> list[Grupo]:
    """En el orden de las clases: proyecto, validado, firmado…; dentro, por título."""
    por_documento: dict[tuple[str, str], list[DocumentoDeConvenio]] = {}
    for documento in documentos().filter(convenio=convenio).order_by("titulo", "-numero"):
        por_documento.setdefault((documento.clase, documento.titulo), []).append(documento)
    orden = ClaseDeDocumento.values
    return [Grupo(vs[0], tuple(vs[1:])) for _, vs in sorted(por_documento.items(), key=lambda g: orden.index(g[0][0]))]


def firmado(convenio: Convenio) -> DocumentoDeConvenio | None:
    """El instrumento firmado, en su última versión."""
    return convenio.documentos.filter(clase=ClaseDeDocumento.FIRMADO).order_by("-fecha", "-numero", "-pk").first()


def con_firmado() -> QuerySet[DocumentoDeConvenio]:
    """Para preguntar por muchos instrumentos a la vez: ``Exists(con_firmado().filter(convenio=OuterRef("pk")))``."""
    return DocumentoDeConvenio.objects.filter(clase=ClaseDeDocumento.FIRMADO)


def mismo_titulo(convenio: Convenio, clase: str, titulo: str) -> str:
    """Como ya se escribió ese documento, aunque ahora venga con otros acentos, mayúsculas o espacios."""
    buscado = normaliza(titulo)
    usados: Iterable[str] = convenio.documentos.filter(clase=clase).order_by().values_list("titulo", flat=True)
    return next((t for t in usados if normaliza(t) == buscado), " ".join(titulo.split()))
