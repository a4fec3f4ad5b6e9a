from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from vinculacion.comision.models import Entrega, Sesion
from vinculacion.nucleo.paginas import Accion, Panel
from vinculacion.nucleo.palabras import enumera, fecha_corta

from ..reglas import ya_convocada
from . import consultas


def paneles(sesion: Sesion, usuario) -> Iterable[Panel]:
    """Lo que esta parte enseña en la página de la sesión."""
    cambios = sesion.cambios.select_related("por").order_by("-cuando", "-pk")
    yield Panel("Cambios", "comision/calendario/_cambios.html", {"cambios": cambios})


def botones(sesion: Sesion, usuario) -> Iterable[Accion]:
    yield Accion("Llevar a mi calendario", reverse("comision:sesion_ics", args=[sesion.pk]))


def contexto_de_aviso(sesion: Sesion) -> dict[str, Any]:
    """Lo que el formulario dice antes de mover una sesión ya convocada."""
    return {"convocada": ya_convocada(sesion), "notificadas": consultas.notificadas(sesion)}


def url_del_aviso(sesion: Sesion, clase: str) -> str:
    try:
        return f"{reverse('comision:convocatoria_nueva')}?sesion={sesion.pk}&clase={clase}"
    except NoReverseMatch:
        return ""


def avisos_dados(entregas: Iterable[Entrega]) -> list[str]:
    """«Presidencia y Consejería 2, el 12/05/2026, para el 20/05/2026 a las 12:00», una frase por aviso."""
    grupos: dict[tuple, list[str]] = {}
    for entrega in entregas:
        dado = localtime(entrega.cuando).date() if entrega.cuando else None
        fecha, hora = entrega.convocatoria.fecha_de_la_sesion, entrega.convocatoria.hora_de_la_sesion
        grupos.setdefault((dado, fecha, hora), []).append(str(entrega.integracion))
    return [
        f"{enumera(quienes)}{f', el {fecha_corta(dado)}' if dado else ''}, para el {fecha_corta(fecha)}"
        + (f" a las {hora:%H:%M}" if hora else "")
        for (dado, fecha, hora), quienes in grupos.items()
    ]


def decir_a_quien_falta_avisar(request: HttpRequest | None, sesion: Sesion) -> None:
    """Tras mover una sesión convocada: a quién se le había dicho otra fecha y cómo avisarle."""
    clase = consultas.aviso_debido(sesion)
    if request is None or not clase:
        return
    dados = avisos_dados(consultas.notificadas(sesion))
    dicho = (
        f"Ya se había avisado a {'; '.join(dados)}."
        if dados
        else "Ya se convocó, pero no consta ningún correo enviado."
    )
    if direccion := url_del_aviso(sesion, clase):
        messages.warning(request, format_html('{} <a href="{}">Avisar ahora</a>', dicho, direccion))
    else:
        messages.warning(request, dicho)
