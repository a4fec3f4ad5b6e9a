"""Los instrumentos que al terminar un periodo seguían en trámite o estaban por vencer."""

from collections.abc import Iterator

from vinculacion.nucleo.palabras import enumera, fecha_larga
from vinculacion.nucleo.renglones import Propuesta, clave_de, literal, pendientes
from vinculacion.nucleo.secciones import Contexto

from . import consultas
from .estados import Etapa
from .models import Convenio
from .reglas import DIAS_POR_VENCER
from .vigencia.consultas import vencen_despues

RUBRO = "Convenios"
FUENTE = "convenios.suscritos"


def _nombre(convenio: Convenio) -> str:
    con = enumera(str(c) for c in convenio.contrapartes.all())
    return literal(convenio.titulo) + (f", con {literal(con)}" if con else "")


@pendientes
def en_tramite(contexto: Contexto) -> Iterator[Propuesta]:
    for convenio in consultas.en_tramite(contexto.periodo.fin).prefetch_related("contrapartes").order_by("folio"):
        etapa = Etapa(convenio.etapa_entonces).label.lower()  # type: ignore[attr-defined]
        yield Propuesta(
            clave=clave_de(convenio, "tramite"),
            rubro=RUBRO,
            texto=f"Concluir el trámite de {_nombre(convenio)} (etapa: {etapa}).",
            url=convenio.get_absolute_url(),
            fuente=FUENTE,
        )


@pendientes
def por_vencer(contexto: Contexto) -> Iterator[Propuesta]:
    """Los mismos que cuenta la cifra ``convenios.por_vencer``."""
    for convenio in vencen_despues(contexto.periodo.fin, DIAS_POR_VENCER).prefetch_related("contrapartes"):
        if convenio.vigencia_hasta is not None:
            yield Propuesta(
                clave=clave_de(convenio, "vence"),
                rubro=RUBRO,
                texto=f"Definir la renovación de {_nombre(convenio)}, que vence el "
                f"{fecha_larga(convenio.vigencia_hasta, False)}.",
                url=convenio.get_absolute_url(),
                fuente=FUENTE,
            )
