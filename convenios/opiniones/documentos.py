"""La opinión como documento: el mismo contenido en la página, el PDF y el DOCX."""

import re
from importlib import import_module

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from vinculacion.comision.minutas.documentos import TIPOS, crear
from vinculacion.nucleo.bloques import Bloque, Columna, Parrafo, Tabla
from vinculacion.nucleo.palabras import capitaliza, enumera, fecha_larga
from vinculacion.nucleo.salida.documento import INSTITUCION, ApartadoArmado, Documento, Portada
from vinculacion.nucleo.texto import llano

from ..estados import EstadoDeOpinion
from ..models import Opinion
from . import consultas, redaccion

TITULO = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def preparar() -> None:
    import_module("vinculacion.nucleo.salida.pdf")


def datos_del_instrumento(opinion: Opinion) -> Tabla:
    convenio = opinion.convenio
    filas = (
        ("Folio", convenio.folio),
        ("Tipo", convenio.tipo.nombre),
        ("Título", convenio.titulo),
        ("Contrapartes", enumera(redaccion.contrapartes(opinion))),
        ("Objeto", convenio.objeto),
        ("Vigencia", capitaliza(redaccion.vigencia(convenio))),
        ("Áreas responsables", enumera(redaccion.areas(opinion))),
        ("Solicitada", capitaliza(fecha_larga(opinion.solicitada)) if opinion.solicitada else ""),
        ("Complementa a", opinion.complementa.folio if opinion.complementa else ""),
    )
    return Tabla((Columna("Dato", ancho=24), Columna("Del instrumento", ancho=76)), tuple(f for f in filas if f[1]))


def cuerpo(opinion: Opinion) -> tuple[ApartadoArmado, ...]:
    borrador = opinion.estado == EstadoDeOpinion.BORRADOR
    return apartados(redaccion.texto_final(opinion) if borrador else opinion.texto)


def apartados(texto: str) -> tuple[ApartadoArmado, ...]:
    """Cada título del texto abre un apartado; lo anterior al primero va sin título."""
    antes, *partes = TITULO.split(texto.replace("\r\n", "\n"))
    armados = [("", antes), *zip(partes[::2], partes[1::2], strict=True)]
    return tuple(
        ApartadoArmado("", _sin_formato(titulo), 1, (Parrafo(cuerpo.strip(), "markdown"),), ancla=f"parte-{n}")
        for n, (titulo, cuerpo) in enumerate(armados)
        if titulo or cuerpo.strip()
    )


def _sin_formato(titulo: str) -> str:
    return re.sub(r"\\(.)", r"\1", titulo.replace("**", ""))


def leyenda(opinion: Opinion) -> str:
    """Lo que se lee al pie de cada hoja."""
    match opinion.estado:
        case EstadoDeOpinion.BORRADOR:
            return "BORRADOR · sin número y sin efectos"
        case EstadoDeOpinion.CANCELADA:
            return f"CANCELADA · {opinion.motivo}"
    return opinion.folio or ""


def documento(opinion: Opinion, aclaracion: str = "") -> Documento:
    fecha = capitaliza(fecha_larga(opinion.fecha)) if opinion.fecha else ""
    numero = opinion.folio or "BORRADOR, sin número"
    if opinion.estado == EstadoDeOpinion.CANCELADA:
        numero = f"{numero} (cancelada)"
    encabezado: tuple[Bloque, ...] = (
        Parrafo(f"Dirigida a: {enumera(redaccion.areas(opinion)) or '[área responsable]'}"),
        datos_del_instrumento(opinion),
    )
    sentido = opinion.get_sentido_display() or "[Se dice al emitirla]"
    return Documento(
        clave=f"opinion-{llano(opinion.folio or f'borrador-{opinion.pk}').replace('/', '-').replace(' ', '-')}",
        portada=Portada(
            titulo="Opinión de pertinencia",
            subtitulo=" · ".join(p for p in (numero, fecha) if p),
            institucion=INSTITUCION,
            unidad=opinion.serie.nombre,
            leyenda=aclaracion or leyenda(opinion),
        ),
        apartados=(
            ApartadoArmado("", "Instrumento", 1, encabezado, ancla="instrumento"),
            *cuerpo(opinion),
            ApartadoArmado("", "Sentido de la opinión", 1, (Parrafo(f"{sentido}."),), ancla="sentido"),
        ),
        autor=INSTITUCION,
        creado=opinion.modificado,
        presentacion="oficio",
    )


def aclaracion(opinion: Opinion) -> str:
    """De lo emitido vale un solo documento: lo demás que se descarga dice cuál."""
    if opinion.estado != EstadoDeOpinion.EMITIDA:
        return ""
    if guardado := consultas.pdf_emitido(opinion):
        return f"{opinion.folio} · copia editable; vale el PDF con huella {guardado.sha256[:16]}"
    return f"{opinion.folio} · transcripción; vale el documento original"


def responder(opinion: Opinion, formato: str) -> HttpResponse:
    hecho = documento(opinion, aclaracion(opinion))
    respuesta = HttpResponse(crear(hecho, formato), content_type=TIPOS[formato])
    respuesta["Content-Disposition"] = content_disposition_header(True, f"{hecho.clave}.{formato}")
    return respuesta


__all__ = ["TIPOS", "apartados", "crear", "cuerpo", "datos_del_instrumento", "documento", "preparar", "responder"]
