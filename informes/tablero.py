"""El tablero de inicio: avance del año, lo que vence, cómo van los convenios y lo que cada quien hacía."""

from django.urls import reverse
from django.views.generic import TemplateView

from convenios.cifras.cuadros import al_dia
from programas import consultas
from programas.avance.consultas import panorama
from programas.avance.tablas import fila_de_grupo
from programas.models import Actividad
from vinculacion.nucleo import avisos
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.palabras import capitaliza, fecha_larga
from vinculacion.nucleo.periodos import Trimestre, hoy

from . import graficas

CUANTAS_RECIENTES = 6
TOPE_DE_AVISOS = 12


class Inicio(TemplateView):
    template_name = "informes/inicio.html"
    permiso = None  # de todas las personas; cada parte pregunta su permiso

    def get_context_data(self, **kwargs):
        with memoria():  # los avisos y el avance preguntan en parte lo mismo
            return super().get_context_data(**self.partes(self.request.user), **kwargs)

    def partes(self, usuario) -> dict:
        fecha = hoy()
        pendientes = avisos.reunir(usuario, fecha)
        contexto = {
            "titulo": "Inicio",
            "hoy_escrito": capitaliza(fecha_larga(fecha)),
            "trimestre": capitaliza(str(Trimestre.de(fecha))),
            "avisos": pendientes[:TOPE_DE_AVISOS],
            "mas_avisos": max(0, len(pendientes) - TOPE_DE_AVISOS),
        }
        if usuario.has_perm("programas.view_actividad"):
            contexto["recientes"] = (
                Actividad.objects.filter(capturo=usuario)
                .select_related("tipo", "accion__eje__programa")
                .order_by("-modificado")[:CUANTAS_RECIENTES]
            )
        if usuario.has_perm("convenios.view_convenio"):
            contexto["convenios"] = al_dia(usuario, fecha)
        if usuario.has_perm("programas.view_programa"):
            contexto.update(self.avance(fecha))
        return contexto

    def avance(self, fecha) -> dict:
        """El avance de los planes del año pedido; sin pedirlo, del año en curso o del último que haya."""
        anios = consultas.anios()
        pedido = self.request.GET.get("anio", "")
        anio = int(pedido) if pedido.isdecimal() and len(pedido) == 4 else fecha.year
        if anios and anio not in anios:
            anio = anios[0]
        panoramas = [panorama(p, fecha) for p in consultas.programas_de(anio)]
        return {
            "anio": anio,
            "anios": anios,
            "programas": [(p, [fila_de_grupo(eje, p, eje.eje) for eje in p.ejes]) for p in panoramas],
            "graficas": [
                (p.programa.get_tipo_display(), graficas.cumplimiento_por_eje(p))
                for p in panoramas
                if p.total.cumplido is not None
            ],
            "url_programas": reverse("programas:programa_lista"),
        }
