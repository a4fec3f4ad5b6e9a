"""El texto de una opinión: del borrador que sale de la plantilla al que queda al emitirse."""

from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.periodos import hoy

from ..estados import Vigencia
from ..models import Convenio, Opinion, PlantillaDeOpinion
from ..reglas import dia
from . import marcas


def vigencia(convenio: Convenio) -> str:
    """«hasta el 31 de diciembre de 2027 (dos años a partir de su firma)»."""
    hasta = convenio.vigencia_hasta
    escrita = (
        f"hasta el {dia(hasta)}"
        if convenio.vigencia == Vigencia.FECHA and hasta
        else convenio.get_vigencia_display().lower()
    )
    clausula = convenio.vigencia_texto.strip().rstrip(".")
    return f"{escrita} ({clausula})" if clausula else escrita


def contrapartes(opinion: Opinion) -> list[str]:
    """Con el nombre que llevaban el día de la opinión."""
    entonces = opinion.fecha or hoy()
    return [o.nombre_en(entonces) for o in opinion.convenio.contrapartes.all()]


def areas(opinion: Opinion) -> list[str]:
    entonces = opinion.fecha or hoy()
    propias = list(opinion.areas.all()) if opinion.pk else []
    return [a.nombre_en(entonces) for a in propias or opinion.convenio.areas.all()]


def del_instrumento(opinion: Opinion) -> dict[str, str]:
    """Lo que ya se sabe en el borrador. Lo que falta va entre corchetes, para que se vea."""
    convenio = opinion.convenio
    valores = {
        "instrumento": convenio.titulo,
        "folio": convenio.folio,
        "tipo": convenio.tipo.nombre,
        "contrapartes": enumera(contrapartes(opinion)),
        "objeto": convenio.objeto.strip().rstrip("."),
        "areas": enumera(areas(opinion)),
        "vigencia": vigencia(convenio),
        "solicitada": dia(opinion.solicitada) if opinion.solicitada else "",
    }
    return {nombre: valor or f"[{marcas.MARCAS[nombre].dice}]" for nombre, valor in valores.items()}


def de_la_emision(opinion: Opinion) -> dict[str, str]:
    valores = {
        "numero": opinion.folio or "",
        "fecha": dia(opinion.fecha) if opinion.fecha else "",
        "sentido": opinion.get_sentido_display().lower(),
    }
    return {nombre: valor or f"[{marcas.MARCAS[nombre].dice}]" for nombre, valor in valores.items()}


def borrador(opinion: Opinion, plantilla: PlantillaDeOpinion) -> str:
    """La plantilla con los datos del instrumento; número, fecha y sentido siguen siendo marcas."""
    return marcas.llenar(plantilla.texto, del_instrumento(opinion))


def texto_final(opinion: Opinion) -> str:
    return marcas.llenar(opinion.texto, {**del_instrumento(opinion), **de_la_emision(opinion)})


def ejemplo(texto: str) -> str:
    """Cómo se lee una plantilla, con datos inventados."""
    return marcas.llenar(texto, {nombre: marca.ejemplo for nombre, marca in marcas.MARCAS.items()})
