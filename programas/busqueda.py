from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.texto import busca

from . import consultas
from .models import Actividad


@buscador("Actividades", permiso="programas.view_actividad")
def actividades(usuario, texto, tope):
    consulta = Actividad.objects.select_related("tipo").order_by("-fecha_inicio")
    hallados = busca(consulta, ("titulo", "objetivo"), texto)[:tope]
    return [Resultado(a.titulo, a.get_absolute_url(), f"{a.tipo} · {a.fechas}") for a in hallados]


@buscador("Programas y acciones", permiso="programas.view_programa")
def planes(usuario, texto, tope):
    programas = busca(consultas.programas(), ("nombre", "clave"), texto)[:tope]
    acciones = busca(consultas.acciones(), ("nombre",), texto)[:tope]
    return [
        *(Resultado(p.nombre, p.get_absolute_url(), p.get_estado_display()) for p in programas),
        *(Resultado(a.nombre, a.get_absolute_url(), a.clave) for a in acciones),
    ][:tope]
