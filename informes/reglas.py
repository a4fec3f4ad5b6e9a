"""Preguntas puras sobre informes, contestadas con razones."""

from programas.mir.consultas import Medicion

from . import consultas
from .estados import EstadoDeInforme
from .models import Informe, Plantilla

PASOS: dict[str, tuple[str, ...]] = {
    EstadoDeInforme.BORRADOR: (EstadoDeInforme.REVISION,),
    EstadoDeInforme.REVISION: (EstadoDeInforme.BORRADOR, EstadoDeInforme.PRESENTADO),
    EstadoDeInforme.PRESENTADO: (EstadoDeInforme.REVISION, EstadoDeInforme.APROBADO),
    EstadoDeInforme.APROBADO: (),
}


def impedimentos_para_editar(documento: Informe | Plantilla) -> list[str]:
    if isinstance(documento, Informe) and documento.estado == EstadoDeInforme.APROBADO:
        return ["El informe está aprobado: ya no se edita."]
    return []


def impedimentos_para_pasar(informe: Informe, estado: str) -> list[str]:
    """Todo lo que falta para llevar ``informe`` a ``estado``, junto."""
    if estado not in PASOS[informe.estado]:
        return [f"De «{informe.get_estado_display()}» no se pasa a «{EstadoDeInforme(estado).label}»."]
    faltas = []
    adelante = estado in (EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)
    if adelante and not informe.punto_id:
        faltas.append("Falta el punto de la sesión en que se presenta.")
    if estado == EstadoDeInforme.APROBADO and not informe.acuerdo_id:
        faltas.append("Falta el acuerdo que lo aprueba.")
    if adelante and informe.acuerdo_id and informe.punto_id and informe.acuerdo.sesion_id != informe.punto.sesion_id:
        faltas.append("El acuerdo y el punto son de sesiones distintas.")
    if estado == EstadoDeInforme.PRESENTADO:
        faltas += [falta_de_explicacion(medicion) for medicion in consultas.por_explicar(informe)]
    return faltas


def falta_de_explicacion(medicion: Medicion) -> str:
    """«El indicador A3 (pe-2021), segundo trimestre, quedó en «Rezago»…»."""
    indicador = medicion.indicador
    return (
        f"El indicador {indicador.clave} de {indicador.programa.clave}, {medicion.rotulo}, quedó en "
        f"«{medicion.luz.texto}» y nadie ha dicho su causa, acción y pronóstico."
    )
