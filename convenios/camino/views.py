"""Páginas del camino: dar un paso, corregirlo, deshacer el último y el tablero por etapa."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.formularios import Formulario
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.paginas.acceso import siguiente
from vinculacion.nucleo.paginas.conflicto import hay_conflicto
from vinculacion.nucleo.paginas.envios import anotar, destino_previo, hacer_fila, nuevo
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.periodos import hoy

from ..consultas import convenios_visibles
from ..estados import FIRMADAS, ClaseDeDocumento, Etapa
from ..models import CambioDeEtapa, Convenio
from ..permisos import CAMBIAR, VER
from . import acciones, consultas, reglas
from .forms import CambiarEtapaForm, CorregirPasoForm, DeshacerPasoForm
from .tablero import Tablero


class DelCamino(ConPermiso, View):
    """Un formulario sobre el camino de un instrumento, con su candado: si otra persona lo movió, se dice y nada se pierde."""

    permiso = CAMBIAR
    titulo = ""
    plantilla = "convenios/camino/paso.html"

    def convenio(self, pk: int) -> Convenio:
        return get_object_or_404(convenios_visibles(self.request.user), pk=pk)

    def formulario(self, convenio: Convenio, *datos) -> Formulario:
        raise NotImplementedError

    def escribir(self, convenio: Convenio, datos: dict) -> str:
        """Llama a la acción y devuelve lo que se le dice a la persona."""
        raise NotImplementedError

    def mas_contexto(self, convenio: Convenio, formulario: Formulario) -> dict:
        return {}

    def get(self, request: HttpRequest, pk: int, **mas) -> HttpResponse:
        convenio = self.convenio(pk)
        return self.pinta(convenio, self.formulario(convenio))

    def post(self, request: HttpRequest, pk: int, **mas) -> HttpResponse:
        with transaction.atomic():
            hacer_fila(request)
            if previo := destino_previo(request):
                return HttpResponseRedirect(previo)
            Convenio.objects.select_for_update().filter(pk=pk).first()
            convenio = self.convenio(pk)
            formulario = self.formulario(convenio, request.POST, request.FILES)
            vale = formulario.is_valid()
            if hay_conflicto(convenio, request.POST.get("version")):
                return self.pinta(convenio, formulario, 409)
            if vale:
                try:
                    with transaction.atomic():
                        hecho = self.escribir(convenio, formulario.cleaned_data)
                except ValidationError as error:
                    reparte(formulario, error)
                    return self.pinta(convenio, formulario, 422)
                messages.success(request, hecho, extra_tags="guardado")
                destino = siguiente(request, f"{convenio.get_absolute_url()}#camino")
                anotar(request, destino)
                return HttpResponseRedirect(destino)
        return self.pinta(convenio, formulario, 422)

    def pinta(self, convenio: Convenio, formulario: Formulario, status: int = 200) -> HttpResponse:
        contexto = {
            "titulo": self.titulo,
            "convenio": convenio,
            "formulario": formulario,
            "envio": nuevo(),
            "siguiente": siguiente(self.request, ""),
            "ultimo": convenio.cambios.select_related("por").last(),
            "en_conflicto": status == 409,
            "tramos": consultas.tramos(convenio, hoy()),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Convenios", reverse("convenios:convenio_lista")),
                (convenio.titulo, convenio.get_absolute_url()),
                (self.titulo, ""),
            ],
            **self.mas_contexto(convenio, formulario),
        }
        return render(self.request, self.plantilla, contexto, status=status)


class CambiarEtapa(DelCamino):
    """Un paso del camino: enseña de una vez lo que pide cada etapa posible, esté o no."""

    titulo = "Cambiar etapa"
    plantilla = "convenios/cambiar_etapa.html"

    def formulario(self, convenio, *datos):
        inicial = {"fecha": hoy(), "etapa": self.request.GET.get("etapa", "")}
        pasos = consultas.pasos_posibles(convenio, hoy())
        ya_firmado = convenio.etapa in FIRMADAS and (
            reglas.nacio_firmado(convenio) or convenio.documentos.filter(clase=ClaseDeDocumento.FIRMADO).exists()
        )
        con_archivo = not ya_firmado and any(p.etapa in FIRMADAS for p in pasos)
        return CambiarEtapaForm(*datos, pasos=pasos, con_archivo=con_archivo, initial=inicial)

    def escribir(self, convenio, datos):
        acciones.cambiar_etapa(convenio=convenio, por=self.request.user, **datos)
        return f"El convenio pasó a «{Etapa(datos['etapa']).label}»."

    def mas_contexto(self, convenio, formulario):
        # Con la fecha que se escribió: una opinión posterior al paso no sirve.
        fecha = getattr(formulario, "cleaned_data", {}).get("fecha") or hoy()
        elegida = formulario["etapa"].value()
        return {"pasos": consultas.pasos_posibles(convenio, fecha), "elegida": elegida, "fecha_revisada": fecha}


class CorregirPaso(DelCamino):
    titulo = "Corregir un paso"

    def paso(self, convenio: Convenio) -> CambioDeEtapa:
        return get_object_or_404(convenio.cambios.all(), pk=self.kwargs["paso"])

    def formulario(self, convenio, *datos):
        paso = self.paso(convenio)
        formulario = CorregirPasoForm(*datos, initial={"fecha": paso.fecha, "nota": paso.nota})
        if paso.etapa == Etapa.SUSCRITO:
            formulario.fields["fecha"].help_text = "Es también la fecha de suscripción del instrumento."
        return formulario

    def escribir(self, convenio, datos):
        paso = acciones.corregir_paso(paso=self.paso(convenio), por=self.request.user, **datos)
        return f"Se corrigió el paso «{paso.get_etapa_display()}»."

    def mas_contexto(self, convenio, formulario):
        paso = self.paso(convenio)
        return {"paso": paso, "boton": "Guardar", "borrador": f"convenios.paso.{paso.pk}"}


class DeshacerPaso(DelCamino):
    titulo = "Deshacer el último paso"

    def formulario(self, convenio, *datos):
        return DeshacerPasoForm(*datos)

    def escribir(self, convenio, datos):
        deshecho = acciones.deshacer_paso(convenio=convenio, por=self.request.user, **datos)
        return f"Se deshizo el paso; el convenio volvió a «{deshecho.get_etapa_display()}»."

    def mas_contexto(self, convenio, formulario):
        pasos = list(convenio.cambios.all())
        return {
            "paso": pasos[-1] if pasos else None,
            "anterior": pasos[-2] if len(pasos) > 1 else None,
            "razones": reglas.impedimentos_para_deshacer(convenio),
            "boton": "Deshacer el paso",
            "borrador": f"convenios.deshacer.{convenio.pk}",
        }


class VistaTablero(ConPermiso, View):
    permiso = VER
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        tablero = Tablero(request)
        contexto = {
            "titulo": "Tablero por etapa",
            "tablero": tablero,
            "mueve": request.user.has_perm(CAMBIAR),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Convenios", reverse("convenios:convenio_lista")),
                ("Tablero por etapa", ""),
            ],
        }
        return render(request, "convenios/camino/tablero.html", contexto)
