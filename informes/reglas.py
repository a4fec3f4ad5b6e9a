"""Preguntas puras sobre informes, contestadas con razones."""

from .congelado.reglas import impedimentos_del_acuerdo
from .estados import CONGELADOS, EstadoDeInforme
from .models import Informe, Plantilla

# Cada paso lleva su nombre; de lo congelado sólo se sale abriendo una corrección o retirándolo del público.
PASOS: dict[str, tuple[str, ...]] = {
    EstadoDeInforme.BORRADOR: (EstadoDeInforme.REVISION,),
    EstadoDeInforme.REVISION: (EstadoDeInforme.PRESENTADO, EstadoDeInforme.BORRADOR),
    EstadoDeInforme.PRESENTADO: (EstadoDeInforme.APROBADO, EstadoDeInforme.REVISION),
    EstadoDeInforme.APROBADO: (EstadoDeInforme.PUBLICADO, EstadoDeInforme.REVISION),
    EstadoDeInforme.PUBLICADO: (EstadoDeInforme.REVISION, EstadoDeInforme.APROBADO),
}
ETIQUETAS: dict[tuple[str, str], str] = {
    (EstadoDeInforme.BORRADOR, EstadoDeInforme.REVISION): "Enviar a revisión",
    (EstadoDeInforme.REVISION, EstadoDeInforme.PRESENTADO): "Presentar en la sesión",
    (EstadoDeInforme.REVISION, EstadoDeInforme.BORRADOR): "Regresar a borrador",
    (EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO): "Aprobar y congelar",
    (EstadoDeInforme.PRESENTADO, EstadoDeInforme.REVISION): "Regresar a revisión",
    (EstadoDeInforme.APROBADO, EstadoDeInforme.PUBLICADO): "Publicar",
    (EstadoDeInforme.APROBADO, EstadoDeInforme.REVISION): "Abrir una corrección",
    (EstadoDeInforme.PUBLICADO, EstadoDeInforme.REVISION): "Abrir una corrección",
    (EstadoDeInforme.PUBLICADO, EstadoDeInforme.APROBADO): "Retirar de la página pública",
}
NOTA_MAXIMA = 100  # lo que cabe en la historia


def etiqueta_del_paso(informe: Informe, estado: str) -> str:
    return ETIQUETAS.get((informe.estado, estado), f"Pasar a «{EstadoDeInforme(estado).label}»")


def es_hacia_atras(desde: str, hasta: str) -> bool:
    orden = list(EstadoDeInforme.values)
    return orden.index(hasta) < orden.index(desde)


def congela(desde: str, hasta: str) -> bool:
    """Aprobar por primera vez o una corrección; retirar lo publicado también llega a aprobado, y no congela."""
    return (desde, hasta) == (EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)


def permiso_del_paso(desde: str, hasta: str) -> str:
    """Lo que toca a lo ya aprobado pide además el permiso de publicar."""
    return "informes.publicar_informe" if desde in CONGELADOS else "informes.aprobar_informe"


def impedimentos_para_editar(documento: Informe | Plantilla) -> list[str]:
    if isinstance(documento, Informe) and documento.estado in CONGELADOS:
        return ["El informe está aprobado: ya no se edita. Para cambiarlo, abra una corrección."]
    return []


def impedimentos_para_pasar(informe: Informe, estado: str) -> list[str]:
    """Lo que falta para llevar ``informe`` a ``estado``, junto; el verificador se pregunta aparte, porque tarda."""
    if estado not in PASOS[informe.estado]:
        return [f"De «{informe.get_estado_display()}» no se pasa a «{EstadoDeInforme(estado).label}»."]
    if es_hacia_atras(informe.estado, estado) or estado == EstadoDeInforme.PUBLICADO:
        return []
    faltas = []
    adelante = estado in (EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)
    if adelante and not informe.punto_id:
        faltas.append("Falta el punto de la sesión en que se presenta.")
    if estado == EstadoDeInforme.APROBADO and not informe.acuerdo_id:
        faltas.append("Falta el acuerdo que lo aprueba.")
    if adelante and informe.acuerdo_id and informe.punto_id and informe.acuerdo.sesion_id != informe.punto.sesion_id:
        faltas.append("El acuerdo y el punto son de sesiones distintas.")
    if adelante:
        faltas += impedimentos_del_acuerdo(informe)
    return faltas
