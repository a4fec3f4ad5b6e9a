from collections.abc import Iterable

from django.urls import reverse

from vinculacion.comision.models import Convocatoria, Entrega, Sesion
from vinculacion.nucleo.paginas import Accion, Panel

from ..estados import ClaseDeAviso, EstadoDeEntrega, EstadoDeSesion
from ..permisos import CAMBIAR_PUNTO
from ..reglas import hora_prevista, impedimentos_para_orden_del_dia
from . import consultas, documentos, reglas, tables
from .redaccion import cuando_fue

CREAR = "comision.add_convocatoria"


def paneles(sesion: Sesion, usuario) -> Iterable[Panel]:
    """A quién se avisó, qué se le dijo y si sigue siendo cierto."""
    if not usuario.has_perm("comision.view_convocatoria"):
        return
    avisos = consultas.avisos_de(sesion)
    ultima = avisos[0] if avisos else None
    falta = reglas.falta_avisar(sesion, ultima)
    por_convocar = ultima is None and sesion.estado == EstadoDeSesion.PROGRAMADA
    contexto = {
        "falta": falta,
        "anunciada": ultima and cuando_fue(ultima.fecha_de_la_sesion, ultima.hora_de_la_sesion),
        "ahora": cuando_fue(sesion.fecha_programada, hora_prevista(sesion)),
        "se_difiere": sesion.estado == EstadoDeSesion.DIFERIDA,
        "anteriores": avisos[1:],
        "limite": reglas.limite(sesion) if por_convocar else None,
        "documentos": [(clave, nombre) for clave, (nombre, _) in documentos.DOCUMENTOS.items()],
        "plegada": True,
        **(contexto_de_entregas(ultima) if ultima else {}),
    }
    yield Panel("Convocatoria", "comision/convocatoria/_panel.html", contexto)


def botones(sesion: Sesion, usuario) -> Iterable[Accion]:
    if usuario.has_perm(CAMBIAR_PUNTO) and not impedimentos_para_orden_del_dia(sesion):
        yield Accion("Orden del día", reverse("comision:orden_del_dia", args=[sesion.pk]))
    if usuario.has_perm(CREAR) and sesion.estado in reglas.POR_CELEBRARSE and not sesion.convocatorias.exists():
        url = f"{reverse('comision:convocatoria_nueva')}?sesion={sesion.pk}&clase={ClaseDeAviso.CONVOCATORIA}"
        yield Accion("Convocar", url)


def contexto_de_entregas(convocatoria: Convocatoria) -> dict:
    entregas = list(convocatoria.entregas.all())
    return {
        "convocatoria": convocatoria,
        "renglones": [(e, tables.estado_de_entrega(e)) for e in entregas],
        "cuenta": consultas.cuenta(entregas),
        "por_reintentar": any(_se_reintenta(e) for e in entregas),
        "interrumpida": consultas.INTERRUMPIDA,
    }


def _se_reintenta(entrega: Entrega) -> bool:
    """La que falló sin duda, o la de quien ya tiene correo."""
    if entrega.estado == EstadoDeEntrega.SIN_CORREO:
        return bool(entrega.integracion.correo)
    return entrega.estado == EstadoDeEntrega.FALLIDA and entrega.error != consultas.INTERRUMPIDA
