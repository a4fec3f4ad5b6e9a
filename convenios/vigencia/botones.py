"""Lo que cada quien puede hacer ya con un instrumento que vence."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from vinculacion.nucleo.paginas import Accion

from ..estados import Etapa
from ..models import Convenio
from ..permisos import CAMBIAR as CAMBIAR_CONVENIO
from . import consultas, permisos, reglas

VER_COMPROMISOS = "convenios.view_compromiso"
AGREGAR_COMPROMISO = "convenios.add_compromiso"


def de(convenio: Convenio, pasos: Iterable[str], usuario, regreso: str = "") -> list[Accion]:
    """Los botones de lo que sigue que ``usuario`` puede dar. ``regreso``: adónde se vuelve después."""
    return [accion for paso in pasos if (accion := _boton(convenio, paso, usuario, regreso))]


def _boton(convenio: Convenio, paso: str, usuario, regreso: str) -> Accion | None:
    renovacion = reglas.renovacion_de(convenio)
    vuelta = {"siguiente": regreso} if regreso else {}
    match paso:
        case "iniciar" if usuario.has_perm(permisos.INICIAR):
            consulta = urlencode({"convenio": convenio.pk, **vuelta})
            return Accion("Iniciar renovación", f"{reverse('convenios:renovacion_nuevo')}?{consulta}")
        case "decidir" if renovacion and usuario.has_perm(permisos.DECIDIR):
            return Accion("Decidir", _con(reverse("convenios:renovacion_editar", args=[renovacion.pk]), vuelta))
        case "sucesor" if renovacion and usuario.has_perm(permisos.CAMBIAR):
            return Accion("Dar un sucesor", renovacion.get_absolute_url())
        case "ver_sucesor" if renovacion and renovacion.sucesor and consultas.puede_ver(usuario, renovacion.sucesor):
            return Accion("Ver el sucesor", renovacion.sucesor.get_absolute_url())
        case "concluir" if usuario.has_perm(CAMBIAR_CONVENIO):
            etapa = reverse("convenios:convenio_etapa", args=[convenio.pk])
            return Accion("Concluir", _con(etapa, {"etapa": Etapa.CONCLUIDO.value, **vuelta}))
        case "compromisos" if usuario.has_perm(VER_COMPROMISOS):
            return Accion("Ver compromisos", f"{convenio.get_absolute_url()}#compromisos")
        case "capturar_compromisos" if usuario.has_perm(AGREGAR_COMPROMISO):
            return Accion("Capturar compromisos", reverse("convenios:compromiso_capturar", args=[convenio.pk]))
    return None


def _con(ruta: str, parametros: dict[str, str]) -> str:
    return f"{ruta}?{urlencode(parametros)}" if parametros else ruta
