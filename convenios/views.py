"""Páginas de los convenios, su catálogo de tipos y sus cambios de etapa."""

from django.db.models import Count
from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Paginas, Panel
from vinculacion.nucleo.periodos import hoy

from . import acciones, caras, consultas, familia, permisos, presentacion, rarezas, reglas
from .busqueda import CAMPOS
from .camino import paneles as de_camino
from .filters import ConvenioFiltro
from .forms import ConvenioForm, TipoInstrumentoForm
from .models import Convenio, TipoInstrumento
from .resources import ConvenioRecurso, TipoInstrumentoRecurso
from .tables import ConvenioTabla, TipoInstrumentoTabla


class ConvenioPaginas(Paginas):
    modelo = Convenio
    tabla = ConvenioTabla
    filtro = ConvenioFiltro
    formulario = ConvenioForm
    recurso = ConvenioRecurso
    evidencia = True
    busca = CAMPOS
    plantilla_lista = "convenios/convenio_lista.html"
    plantilla_detalle = "convenios/convenio_detalle.html"
    ayuda = "Todo instrumento del instituto, desde que se negocia hasta que concluye. La situación sale de sus fechas."
    detalle = (
        "ambito",
        "gestion",
        ("Lo lleva en la unidad", lambda c: c.responsable),
        ("Cómo dice su vigencia", lambda c: c.vigencia_texto),
        "notas",
    )

    def consulta(self, usuario):
        return consultas.convenios_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def guardar(self, *, formulario, por):
        datos = formulario.cleaned_data
        return acciones.guardar_convenio(
            convenio=formulario.instance,
            contrapartes=datos["contrapartes"],
            areas=datos["areas"],
            fecha=datos.get("desde"),
            por=por,
        )

    def eliminar(self, *, objeto, por):
        acciones.eliminar_convenio(convenio=objeto, por=por)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def advertencias(self, *, formulario, usuario):
        return rarezas.dudas(
            formulario.instance,
            contrapartes=formulario.cleaned_data["contrapartes"],
            cambiados=formulario.changed_data,
        )

    def acciones_de(self, objeto, usuario):
        yield from caras.botones(objeto, usuario)

    def acciones_lista(self, usuario):
        yield Accion("Tablero por etapa", reverse("convenios:convenio_tablero"))
        if usuario.has_perm(permisos.VER_ACTUALIZACIONES):
            yield Accion("Actualizaciones por sesión", reverse("convenios:actualizacion_matriz"))

    def paneles(self, objeto, usuario):
        yield from caras.paneles(objeto, usuario)
        if nodo := consultas.familia(objeto, usuario):
            contexto = {"nodos": [familia.arbol(nodo)], "cuenta": familia.cuenta(nodo)}
            yield Panel("Familia", "convenios/_familia_panel.html", contexto)

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        return {
            **de_camino.contexto(objeto, request.user),
            "esencial": presentacion.esencial(objeto, hoy()),
            "al_lado": presentacion.AL_LADO,
            "a_lo_ancho": presentacion.A_LO_ANCHO,
        }


class TipoInstrumentoPaginas(Paginas):
    modelo = TipoInstrumento
    tabla = TipoInstrumentoTabla
    formulario = TipoInstrumentoForm
    recurso = TipoInstrumentoRecurso
    busca = ("nombre",)
    detalle = ("nombre", "nivel", "requiere_opinion", "activo", ("Convenios", lambda t: t.usos))
    ayuda = "Con qué nombre se clasifican los instrumentos. El que ya no se use se retira, no se borra."

    def consulta(self, usuario):
        return TipoInstrumento.objects.annotate(usos=Count("convenios"))

    def advertencias(self, *, formulario, usuario):
        if not formulario.instance.pk or "nivel" not in formulario.changed_data:
            return []
        return familia.dudas_al_mover_tipo(formulario.instance)
