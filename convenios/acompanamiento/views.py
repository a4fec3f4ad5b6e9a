"""Páginas de lo que se acompaña y de los pasos pendientes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, siguiente
from vinculacion.nucleo.paginas.conflicto import hay_conflicto
from vinculacion.nucleo.paginas.envios import anotar, destino_previo, hacer_fila, nuevo
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.periodos import hoy

from ..consultas import convenios_visibles
from ..models import Convenio, PasoPendiente
from . import acciones, consultas, filters, forms, reglas, resources, tables

CAMBIAR_PASO = "convenios.change_pasopendiente"


class AcompanamientoPaginas(Paginas):
    """Sólo la lista: cada instrumento tiene ya sus páginas."""

    modelo = Convenio
    clave = "acompanamiento"
    tabla = tables.AcompanamientoTabla
    filtro = filters.AcompanamientoFiltro
    busca = ("folio", "titulo", "contrapartes__nombre", "contrapartes__siglas")
    vistas = ("lista",)
    plantilla_lista = "convenios/acompanamiento/lista.html"
    ayuda = "Los instrumentos que la unidad acompaña a otras áreas: en qué etapa están, qué les falta y quién lo tiene."
    nombre = "acompañamiento"
    plural = "acompañamientos"

    def consulta(self, usuario):
        return consultas.acompanados(convenios_visibles(usuario), hoy()).order_by("desde", "folio")

    def acciones_lista(self, usuario):
        yield Accion("Pasos pendientes", reverse("convenios:pasopendiente_lista"))
        yield Accion("Tablero por etapa", f"{reverse('convenios:convenio_tablero')}?gestion=acompanada")

    def contexto(self, request, vista, objeto=None):
        return {"resumen": consultas.resumen(convenios_visibles(request.user), hoy())}


class PasoPendientePaginas(Paginas):
    modelo = PasoPendiente
    tabla = tables.PasoPendienteTabla
    filtro = filters.PasoPendienteFiltro
    formulario = forms.PasoPendienteForm
    recurso = resources.PasoPendienteRecurso
    evidencia = True
    busca = ("que", "nota", "convenio__titulo", "convenio__folio")
    plantilla_lista = "convenios/acompanamiento/pasos.html"
    plantilla_detalle = "convenios/acompanamiento/paso.html"
    detalle = (
        ("Quién lo tiene", lambda p: tables.quien(p)),
        "fecha_limite",
        ("Estado", lambda p: tables.estado_escrito(p)),
        "nota",
    )
    ayuda = "Lo que falta para que cada instrumento avance, y quién lo tiene."

    def consulta(self, usuario):
        return consultas.pasos_visibles(usuario).order_by(*consultas.POR_HACER_PRIMERO)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def guardar(self, *, formulario, por):
        return acciones.guardar_pendiente(paso=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.quitar_pendiente(paso=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_tocar(objeto, usuario)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_tocar(objeto, usuario)

    def miga_superior(self, objeto):
        return [("Acompañamiento", reverse("convenios:acompanamiento_lista"))]

    def acciones_lista(self, usuario):
        yield Accion("Acompañamiento", reverse("convenios:acompanamiento_lista"))

    def acciones_de(self, objeto, usuario):
        if not self.puede(usuario, "change") or reglas.impedimentos_para_tocar(objeto, usuario):
            return
        if objeto.hecho:
            yield Accion("Reabrir", reverse("convenios:pasopendiente_reabrir", args=[objeto.pk]), metodo="post")
        else:
            yield Accion("Marcar como hecho", reverse("convenios:pasopendiente_hecho", args=[objeto.pk]))

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle" or objeto is None:
            return {}
        cambia = self.puede(request.user, "change")
        return {
            "impedimentos": reglas.impedimentos_para_tocar(objeto, request.user) if cambia else [],
            "ve_convenio": convenios_visibles(request.user).filter(pk=objeto.convenio_id).exists(),
        }


class DeUnPaso(ConPermiso, View):
    permiso = CAMBIAR_PASO

    def paso(self, pk: int) -> PasoPendiente:
        paso = get_object_or_404(consultas.pasos_visibles(self.request.user), pk=pk)
        if razones := reglas.impedimentos_para_tocar(paso, self.request.user):
            raise PermissionDenied(" ".join(razones))
        return paso


class MarcarHecho(DeUnPaso):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        paso = self.paso(pk)
        return self.pinta(paso, forms.HechoForm(initial={"fecha": hoy(), "nota": paso.nota}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            hacer_fila(request)
            if previo := destino_previo(request):
                return HttpResponseRedirect(previo)
            PasoPendiente.objects.select_for_update().filter(pk=pk).first()
            paso = self.paso(pk)
            formulario = forms.HechoForm(request.POST, request.FILES)
            vale = formulario.is_valid()
            if hay_conflicto(paso, request.POST.get("version")):
                return self.pinta(paso, formulario, 409)
            if vale:
                try:
                    with transaction.atomic():
                        acciones.marcar_hecho(paso=paso, por=request.user, **formulario.cleaned_data)
                except ValidationError as error:
                    self._reparte(formulario, error)
                else:
                    messages.success(request, f"Quedó hecho: «{paso}».", extra_tags="guardado")
                    destino = siguiente(request, paso.get_absolute_url())
                    anotar(request, destino)
                    return HttpResponseRedirect(destino)
        return self.pinta(paso, formulario, 422)

    def _reparte(self, formulario, error: ValidationError) -> None:
        """Lo que el registro llama «hecho» aquí es la fecha."""
        if hasattr(error, "error_dict") and "hecho" in error.error_dict:
            error.error_dict["fecha"] = error.error_dict.pop("hecho")
        reparte(formulario, error)

    def pinta(self, paso: PasoPendiente, formulario: forms.HechoForm, status: int = 200) -> HttpResponse:
        contexto = {
            "titulo": "Marcar como hecho",
            "paso": paso,
            "formulario": formulario,
            "en_conflicto": status == 409,
            "envio": nuevo(),
            "siguiente": siguiente(self.request, ""),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Pasos pendientes", reverse("convenios:pasopendiente_lista")),
                (str(paso), paso.get_absolute_url()),
                ("Marcar como hecho", ""),
            ],
        }
        return render(self.request, "convenios/acompanamiento/hecho.html", contexto, status=status)


class Reabrir(DeUnPaso):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        paso = self.paso(pk)
        try:
            acciones.reabrir_pendiente(paso=paso, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Se reabrió «{paso}».")
        return HttpResponseRedirect(siguiente(request, paso.get_absolute_url()))
