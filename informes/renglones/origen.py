"""De dónde sale cada renglón: lo que las salas proponen hoy para un informe."""

from dataclasses import replace

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist

from informes import narrativa
from informes.armado import contexto_de
from informes.consultas import programas_de
from informes.estados import ClaseDeRenglon
from informes.models import Informe, Renglon
from programas.models import Accion
from vinculacion.nucleo.memoria import memoria, recordada
from vinculacion.nucleo.renglones import BALANCE, PENDIENTES, Propuesta
from vinculacion.nucleo.secciones import CIFRAS

from .redaccion import valor_de

PROPONENTES = {ClaseDeRenglon.BALANCE: BALANCE, ClaseDeRenglon.PENDIENTE: PENDIENTES}


@recordada
def propuestas(informe: Informe, clase: str) -> dict[str, Propuesta]:
    """Por su clave, en el orden en que van; lo que cita una cifra que este sistema no tiene no se propone."""
    contexto = contexto_de(informe)
    rubros = _rubro_por_fuente(informe)
    with memoria():
        todas = [p for proponente in PROPONENTES[ClaseDeRenglon(clase)] for p in proponente(contexto)]
    juntas: dict[str, Propuesta] = {}
    for propuesta in todas:
        if not narrativa.errores(propuesta.texto, CIFRAS):
            rubro = rubros.get(propuesta.fuente, propuesta.rubro)
            juntas.setdefault(propuesta.clave, replace(propuesta, rubro=rubro[:300]))
    lugares = {rubro: n for n, rubro in enumerate(dict.fromkeys(p.rubro for p in juntas.values()))}
    return dict(sorted(juntas.items(), key=lambda par: lugares[par[1].rubro]))


def dicen_algo(informe: Informe, todas: dict[str, Propuesta]) -> dict[str, Propuesta]:
    """Sin las que hoy sólo dirían cero: un balance no empieza por lo que no hubo."""
    contexto = contexto_de(informe)
    with memoria():
        return {
            clave: propuesta
            for clave, propuesta in todas.items()
            if not (datos := narrativa.tokens_usados(propuesta.texto))
            or any(valor_de(dato, contexto) for dato in datos)
        }


def _rubro_por_fuente(informe: Informe) -> dict[str, str]:
    """Fuente de avance → el eje que la cuenta, de los programas de que el informe da cuenta; si no, los del año."""
    nombrados = [p.pk for p in programas_de(informe)]
    acciones = Accion.objects.exclude(fuente="bitacora").select_related("eje")
    suyas = acciones.filter(eje__programa__in=nombrados) if nombrados else acciones
    del_periodo = suyas.filter(eje__programa__anio__in=informe.periodo.anios())
    orden = del_periodo.order_by("-eje__programa__anio", "eje__programa__tipo", "eje__numero", "inciso")
    rubros: dict[str, str] = {}
    for accion in orden:
        rubros.setdefault(accion.fuente, accion.eje.nombre)
    return rubros


def direcciones(renglones: list[Renglon], vigentes: dict[str, Propuesta]) -> dict[int, str]:
    """La página del registro de cada renglón; también la de los que ya no se proponen, si el registro existe."""
    halladas = {r.pk: vigentes[r.clave].url for r in renglones if r.clave in vigentes}
    por_modelo: dict[str, dict[int, list[Renglon]]] = {}
    for renglon in renglones:
        modelo, _, resto = renglon.clave.partition(":")
        pk = resto.partition(":")[0]
        if renglon.pk not in halladas and pk.isdecimal():
            por_modelo.setdefault(modelo, {}).setdefault(int(pk), []).append(renglon)
    for modelo, suyos in por_modelo.items():
        try:
            clase = apps.get_model(modelo)
        except (LookupError, ValueError):
            continue
        for registro in clase._default_manager.filter(pk__in=suyos):
            try:
                direccion = registro.get_absolute_url()
            except (AttributeError, ObjectDoesNotExist):
                continue
            halladas |= {renglon.pk: direccion for renglon in suyos[registro.pk]}
    return halladas
