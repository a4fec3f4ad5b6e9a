"""Lo que la búsqueda global encuentra en la comisión."""

from vinculacion.nucleo.busqueda import Resultado, buscador
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.texto import busca

from . import consultas
from .models import Punto, Sesion


@buscador("Sesiones", permiso="comision.view_sesion")
def sesiones(usuario, texto: str, tope: int) -> list[Resultado]:
    halladas = consultas.buscar_sesiones(Sesion.objects.select_related("comision"), texto)[:tope]
    return [Resultado(str(s), s.get_absolute_url(), f"{s.comision.siglas} · {fecha_larga(s.fecha)}") for s in halladas]


@buscador("Puntos del orden del día", permiso="comision.view_punto")
def puntos(usuario, texto: str, tope: int) -> list[Resultado]:
    consulta = Punto.objects.select_related("sesion").order_by("-sesion__fecha_programada", "numero")
    return [
        Resultado(p.titulo, p.get_absolute_url(), f"Punto {p.numero} de la sesión {p.sesion.clave}")
        for p in busca(consulta, ("titulo", "tema__nombre"), texto)[:tope]
    ]


@buscador("Acuerdos de la comisión", permiso="comision.view_acuerdo")
def acuerdos(usuario, texto: str, tope: int) -> list[Resultado]:
    consulta = busca(consultas.acuerdos_visibles(usuario), ("folio", "texto", "notas"), texto)
    return [Resultado(a.folio, a.get_absolute_url(), a.texto[:140]) for a in consulta[:tope]]
