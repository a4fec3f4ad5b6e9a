"""La minuta como bloques: para la página, el PDF y el DOCX."""

import re
from collections.abc import Callable

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from vinculacion.comision.estados import EstadoDeMinuta
from vinculacion.comision.models import Minuta
from vinculacion.nucleo.bloques import Bloque, Parrafo, Titulo
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, membrete_de_la_casa

TITULO = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)


def _partes(texto: str) -> list[tuple[bool, str, str]]:
    """(si es subtítulo, título, cuerpo); lo anterior al primer título lo lleva vacío."""
    trozos = TITULO.split(texto.replace("\r\n", "\n"))
    partes = [(False, "", trozos[0])]
    partes += [
        (len(m) > 2, _sin_formato(t), c) for m, t, c in zip(trozos[1::3], trozos[2::3], trozos[3::3], strict=True)
    ]
    return [(menor, titulo, cuerpo.strip()) for menor, titulo, cuerpo in partes if titulo or cuerpo.strip()]


def _sin_formato(titulo: str) -> str:
    """Un título no lleva negritas ni las diagonales que protegen a sus signos."""
    return re.sub(r"\\(.)", r"\1", titulo.replace("**", ""))


def _bloques(menor: bool, titulo: str, cuerpo: str) -> list[Bloque]:
    hechos: list[Bloque] = [Titulo(titulo, 3 if menor else 2)] if titulo else []
    return [*hechos, Parrafo(cuerpo, "markdown")] if cuerpo else hechos


def bloques(minuta: Minuta) -> list[Bloque]:
    return [bloque for parte in _partes(minuta.texto) for bloque in _bloques(*parte)]


def _apartados(texto: str) -> tuple[ApartadoArmado, ...]:
    """Un título de dos numerales abre apartado; los de tres o más quedan dentro del suyo."""
    armados: list[tuple[str, list[Bloque]]] = []
    for menor, titulo, cuerpo in _partes(texto):
        if menor and armados:
            armados[-1][1].extend(_bloques(menor, titulo, cuerpo))
        else:
            armados.append((titulo, _bloques(menor, "", cuerpo)))
    return tuple(
        ApartadoArmado("", titulo, 1, tuple(suyos), ancla=f"parte-{n}")
        for n, (titulo, suyos) in enumerate(armados, start=1)
    )


def estado(minuta: Minuta) -> str:
    """«Aprobada en la décima primera sesión ordinaria de 2020, jueves 26 de noviembre de 2020»."""
    punto = minuta.aprobada_en
    if minuta.estado != EstadoDeMinuta.APROBADA or punto is None:
        return "Borrador sin aprobar"
    sesion = punto.sesion
    return f"Aprobada en la {sesion.en_palabras.lower()} de {sesion.anio}, {fecha_larga(sesion.fecha)}"


def documento(minuta: Minuta) -> Documento:
    sesion, membrete = minuta.sesion, membrete_de_la_casa()
    return Documento(
        clave=f"minuta-{sesion.codigo}-{sesion.anio}",
        portada=Portada(
            titulo="Minuta",
            subtitulo=f"{sesion.en_palabras} de {sesion.anio}, {fecha_larga(sesion.fecha)}",
            institucion=membrete.institucion,
            organo=sesion.comision.nombre,
            leyenda=estado(minuta),
        ),
        apartados=_apartados(minuta.texto),
        autor=sesion.comision.nombre,
        creado=minuta.modificado,
        membrete=membrete,
        presentacion="oficio",
    )


def crear(hecho: Documento, formato: str) -> bytes:
    from vinculacion.nucleo.salida import docx, pdf  # tardan en cargar y casi ninguna página las necesita

    formatos: dict[str, Callable[[Documento], bytes]] = {"pdf": pdf.crear, "docx": docx.crear}
    return formatos[formato](hecho)


TIPOS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def descarga(hecho: Documento, formato: str, siglas: str) -> HttpResponse:
    respuesta = HttpResponse(crear(hecho, formato), content_type=TIPOS[formato])
    respuesta["Content-Disposition"] = content_disposition_header(True, f"{hecho.clave}-{siglas}.{formato}")
    return respuesta
