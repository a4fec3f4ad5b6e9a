"""Qué cambió en un apartado desde que se observó: sale de su historia, y la respuesta no tiene que decirlo."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ..models import Apartado, ImagenDeApartado, Informe, Observacion, UsoDeSeccion
from . import consultas, referencia, textos
from .comparacion import CambioDeTexto

TEXTOS = (("Narrativa", "narrativa"), ("Explicación si no hay actividades", "explicacion"))


@dataclass(frozen=True)
class Atencion:
    """``hasta``: cuándo se respondió, o nulo si nadie lo ha hecho y se mira hasta hoy."""

    clave: int
    titulo: str
    hasta: datetime | None
    vive: bool
    hechos: list[str] = field(default_factory=list)
    textos: list[CambioDeTexto] = field(default_factory=list)

    @property
    def cambio(self) -> bool:
        return bool(self.hechos or self.textos)


def de_la_observacion(observacion: Observacion) -> Atencion | None:
    """En el apartado que la respuesta señala o, si no señala otro, en el observado; ``None`` si es de todo el informe."""
    respondida = observacion.estado in consultas.RESPONDIDAS
    clave = referencia.separar(observacion.respuesta)[2] if respondida else None
    clave = clave or observacion.apartado_id
    return entre(observacion.informe, clave, observacion.creado, observacion.respondida if respondida else None)


def entre(informe: Informe, clave: int | None, desde: datetime, hasta: datetime | None = None) -> Atencion | None:
    if clave is None:
        return None
    fotos = Apartado.history.filter(id=clave, informe=informe, history_date__lte=hasta or timezone.now())
    ahora = fotos.order_by("-history_date", "-history_id").first()
    if ahora is None:
        return None
    antes = fotos.filter(history_date__lte=desde).order_by("-history_date", "-history_id").first()
    atencion = Atencion(ahora.id, ahora.titulo, hasta, vive=informe.apartados.filter(pk=clave).exists())
    if ahora.history_type == "-":
        atencion.hechos.append("Se quitó del informe.")
    elif antes is None:
        atencion.hechos.append("Se agregó al informe.")
    elif antes.titulo != ahora.titulo:
        atencion.hechos.append(f"Se llamaba «{antes.titulo}».")
    for rotulo, campo in TEXTOS if ahora.history_type != "-" else ():
        if renglones := textos.comparar(getattr(antes, campo) if antes else "", getattr(ahora, campo)):
            atencion.textos.append(CambioDeTexto(rotulo, renglones))
    atencion.hechos.extend(_de_sus_piezas(ahora.id, desde, hasta or timezone.now()))
    return atencion


def _de_sus_piezas(clave: int, desde: datetime, hasta: datetime) -> Iterator[str]:
    """Una frase por sección o imagen; moverla de lugar no cuenta como cambio."""
    for modelo, nombre in ((UsoDeSeccion, "la sección"), (ImagenDeApartado, "la imagen")):
        primeras: dict[int, str] = {}
        ultimas = {}
        fotos = modelo.history.filter(apartado_id=clave, history_date__gt=desde, history_date__lte=hasta)
        for foto in fotos.exclude(history_change_reason="Se movió de lugar").order_by("history_date", "history_id"):
            primeras.setdefault(foto.id, foto.history_type)
            ultimas[foto.id] = foto
        for pk, foto in ultimas.items():
            nueva, quitada = primeras[pk] == "+", foto.history_type == "-"
            if not (nueva and quitada):
                que = "Se agregó" if nueva else "Se quitó" if quitada else "Se cambió"
                yield f"{que} {nombre} «{foto.instance}»."
