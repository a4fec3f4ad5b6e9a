"""Lo que contradice a un acto, contestado con razones. No escribe nada."""

from collections.abc import Iterable
from datetime import date

from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.salida.documento import recorta
from vinculacion.nucleo.texto import llano

from ..estados import SIN_FIRMA, Asistio, EstadoDeActo
from ..models import ActoProtocolario, Convenio, InvitadoDeActo
from ..reglas import dia

PASOS: dict[str, tuple[str, ...]] = {
    EstadoDeActo.PROGRAMADO: (EstadoDeActo.CELEBRADO, EstadoDeActo.CANCELADO),
    EstadoDeActo.CELEBRADO: (EstadoDeActo.PROGRAMADO,),
    EstadoDeActo.CANCELADO: (EstadoDeActo.PROGRAMADO,),
}


def nombre(convenio: Convenio) -> str:
    return f"«{recorta(convenio.titulo, 120)}» ({convenio.folio})"


# -- las fechas ----------------------------------------------------------------


def impedimentos_de_fecha(acto_fecha: date, convenios: Iterable[Convenio], estado: str) -> list[str]:
    """Por qué un acto con esos instrumentos no puede estar en ``estado`` en ``acto_fecha``."""
    return impedimentos_del_dia(acto_fecha, estado) + impedimentos_de_instrumentos(acto_fecha, convenios, estado)


def impedimentos_del_dia(fecha: date, estado: str) -> list[str]:
    if estado == EstadoDeActo.CELEBRADO and fecha > hoy():
        return [f"El {dia(fecha)} todavía no llega: el acto no puede constar como celebrado."]
    return []


def impedimentos_de_instrumentos(fecha: date, convenios: Iterable[Convenio], estado: str) -> list[str]:
    """Un acto cancelado no contradice nada: pudo cancelarse porque el instrumento no se firmó."""
    if estado == EstadoDeActo.CANCELADO:
        return []
    razones = []
    for c in convenios:
        if c.etapa in SIN_FIRMA:
            razones.append(f"{nombre(c)} quedó en «{c.get_etapa_display()}»: ya no lleva acto.")
        elif estado != EstadoDeActo.CELEBRADO:
            continue
        elif c.fecha_firma is None:
            razones.append(f"{nombre(c)} todavía no está suscrito: anote primero su firma.")
        elif fecha < c.fecha_firma:
            razones.append(f"{nombre(c)} se firmó el {dia(c.fecha_firma)}, después del acto.")
    return razones


def impedimentos_por_actos(convenio: Convenio, firma: date | None) -> list[str]:
    """Los actos ya celebrados que quedarían antes de ``firma``; sin firma (``None``), todos ellos."""
    if convenio.pk is None:
        return []
    actos = ActoProtocolario.objects.filter(convenios=convenio, estado=EstadoDeActo.CELEBRADO).order_by("fecha", "pk")
    if firma is None:
        return [f"El acto «{recorta(a.titulo, 120)}» consta como celebrado el {dia(a.fecha)}." for a in actos]
    return [
        f"El acto «{recorta(a.titulo, 120)}» se celebró el {dia(a.fecha)}, antes de esa firma."
        for a in actos.filter(fecha__lt=firma)
    ]


# -- los pasos -----------------------------------------------------------------


def impedimentos_para_pasar(acto: ActoProtocolario, estado: str) -> list[str]:
    """``acto``: como está guardado."""
    if estado == acto.estado:
        return []
    if estado not in PASOS[acto.estado]:
        if acto.estado == EstadoDeActo.CELEBRADO:
            return ["Un acto celebrado no se cancela. Si se anotó por error, vuélvalo a «Programado»."]
        return [f"De «{acto.get_estado_display()}» se pasa primero a «Programado»."]
    if acto.estado == EstadoDeActo.CELEBRADO:
        con_asistencia = acto.invitados.exclude(asistio=Asistio.SIN_ANOTAR).count()
        if con_asistencia:
            return ["Ya se anotó quién asistió: deje antes la asistencia en «Sin anotar»."]
    return []


def impedimentos_para_eliminar(acto: ActoProtocolario) -> list[str]:
    """Lo que ya pasó y tiene prueba no se borra: se corrige."""
    if acto.estado != EstadoDeActo.CELEBRADO:
        return []
    razones = []
    if acto.evidencias.exists():
        razones.append("El acto se celebró y tiene evidencia: quítela antes si de verdad se registró por error.")
    if acto.invitados.exclude(asistio=Asistio.SIN_ANOTAR).exists():
        razones.append("El acto se celebró y tiene asistencia anotada: déjela antes en «Sin anotar».")
    return razones


def dudas(acto: ActoProtocolario, convenios: Iterable[Convenio]) -> list[str]:
    """Lo que no impide guardar y conviene mirar."""
    convenios = list(convenios)
    razones = []
    if acto.estado == EstadoDeActo.PROGRAMADO and acto.fecha < hoy():
        razones.append(f"El {dia(acto.fecha)} ya pasó. Si el acto se celebró, dígalo en el estado.")
    if acto.estado != EstadoDeActo.CANCELADO:
        for otro in del_mismo_dia(acto, convenios):
            folios = ", ".join(c.folio for c in otro.convenios.all() if c in convenios)
            razones.append(f"Ese día ya hay otro acto de {folios}: «{recorta(otro.titulo, 120)}».")
    if len(convenios) > 1:
        escrito = llano(acto.titulo)
        razones += [
            f"El título del acto dice el de {nombre(c)}: también lo leerán las áreas de los demás instrumentos."
            for c in convenios
            if llano(c.titulo) in escrito
        ]
    return razones


def del_mismo_dia(acto: ActoProtocolario, convenios: Iterable[Convenio]) -> list[ActoProtocolario]:
    otros = ActoProtocolario.objects.filter(fecha=acto.fecha, convenios__in=list(convenios))
    otros = otros.exclude(estado=EstadoDeActo.CANCELADO).exclude(pk=acto.pk)
    return list(otros.distinct().prefetch_related("convenios"))


# -- los invitados -------------------------------------------------------------


def impedimentos_de_invitado(invitado: InvitadoDeActo) -> dict[str, str]:
    if invitado.organismo_id and invitado.area_id:
        return {"area": "Es de un organismo o de un área del instituto: deje uno de los dos."}
    return {}


def impedimentos_de_asistencia(invitado: InvitadoDeActo, estado: str) -> dict[str, str]:
    if invitado.asistio != Asistio.SIN_ANOTAR and estado != EstadoDeActo.CELEBRADO:
        return {"asistio": "La asistencia se anota cuando el acto ya se celebró."}
    return {}


def identidad(invitado: InvitadoDeActo) -> tuple:
    """Lo que no puede repetirse en una lista: «Rectoría» de dos universidades son dos lugares."""
    return llano(invitado.cargo.strip()), invitado.organismo_id, invitado.area_id
