"""Quién puede tocar un paso pendiente y qué se puede anotar en él; se contesta con razones."""

from datetime import date

from ..estados import SIN_FIRMA, Etapa
from ..models import Convenio, PasoPendiente
from ..permisos import solo_su_area

CERRADAS = (*SIN_FIRMA, Etapa.CONCLUIDO)
"""En estas etapas ya no se espera nada: lo que quedó sin hacer no vence ni se avisa."""


def impedimentos_para_agregar(convenio: Convenio, usuario) -> list[str]:
    """Sin usuario escribe el propio sistema."""
    if usuario is None or not solo_su_area(usuario):
        return []
    propio = usuario.area_id is not None and usuario.area_id in {a.pk for a in convenio.areas.all()}
    return [] if propio else ["Ese instrumento no es de su área."]


def impedimentos_para_tocar(paso: PasoPendiente, usuario) -> list[str]:
    """Un área anota sólo los pasos que ella tiene."""
    if usuario is None or not solo_su_area(usuario):
        return []
    if usuario.area_id is not None and paso.area_id == usuario.area_id:
        return []
    quien = f"lo tiene {paso.area.corto}" if paso.area else "está en la contraparte"
    return [f"Ese paso {quien}: su área sólo anota los suyos."]


def impedimentos_para_guardar(
    paso: PasoPendiente, previo: PasoPendiente | None, usuario, hoy: date
) -> dict[str, list[str] | str]:
    """Razones por campo."""
    razones: dict[str, list[str] | str] = {}
    if previo is None:
        if generales := impedimentos_para_agregar(paso.convenio, usuario):
            razones["convenio"] = generales
    elif ajenos := impedimentos_para_tocar(previo, usuario):
        razones["__all__"] = ajenos
    elif previo.convenio_id != paso.convenio_id:
        razones["convenio"] = "Un paso no cambia de instrumento."
    if not razones and usuario is not None and solo_su_area(usuario) and paso.area_id != usuario.area_id:
        razones["area"] = "Su área sólo anota los pasos que ella tiene."
    if previo is None and paso.hecho is None and paso.convenio.etapa in CERRADAS:
        razones["convenio"] = f"El instrumento está en «{paso.convenio.get_etapa_display()}»: ya no espera pasos."
    if paso.hecho and paso.hecho > hoy:
        razones["hecho"] = "Esa fecha todavía no llega."
    iguales = paso.convenio.pendientes.filter(que__iexact=paso.que.strip()).exclude(pk=paso.pk)
    if iguales.exists():
        razones["que"] = "Ese paso ya está anotado en el instrumento: reábralo, o escriba en qué se distingue."
    return razones
