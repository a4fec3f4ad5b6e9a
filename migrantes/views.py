"""Páginas de los envíos."""

from vinculacion.nucleo.paginas import Paginas
from vinculacion.nucleo.periodos import hoy

from . import acciones, consultas
from .filters import EnvioFiltro
from .forms import EnvioForm
from .models import Envio
from .resources import EnvioRecurso
from .tables import EnvioTabla


class EnvioPaginas(Paginas):
    modelo = Envio
    tabla = EnvioTabla
    filtro = EnvioFiltro
    formulario = EnvioForm
    recurso = EnvioRecurso
    evidencia = True
    busca = ("asunto", "resumen")
    detalle = ("asunto", "fecha", "clase", "destinatarios", "resumen", "capturo")
    ayuda = "Mensajes enviados a la base Voto Chilango, tal como se contarán en los informes."

    def consulta(self, usuario):
        return consultas.envios()

    def inicial(self, request):
        return {"fecha": hoy(), "clase": Envio.Clase.BOLETIN}

    def guardar(self, *, formulario, por):
        return acciones.guardar_envio(envio=formulario.instance, por=por)

    def advertencias(self, *, formulario, usuario):
        """El mismo asunto cerca de la misma fecha suele ser el mismo envío."""
        datos = formulario.cleaned_data
        parecidos = Envio.objects.filter(asunto__iexact=datos["asunto"]).exclude(pk=formulario.instance.pk)
        return [f"Ya está anotado un envío con ese asunto, del {e.fecha:%d/%m/%Y}." for e in parecidos[:3]]
