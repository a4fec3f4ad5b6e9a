"""Páginas de las observaciones: las de un informe, escribir, responder, reabrir, retirar y descargarlas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel
from vinculacion.nucleo.paginas.vistas import VistaLista, reparte

from ..exportacion import FORMATOS, escribir
from ..models import Informe, Observacion
from . import acciones, atencion, consultas, documentos, filters, forms, reglas, tables
from .vistas_versiones import informe_de, migas

LADOS_DE_LA_ATENCION = ("Cuando se observó", "Como quedó")
RESPONDER = "informes.change_informe"
CAMBIAR = "informes.change_observacion"
DOCUMENTO = {clave: formato for clave, formato in FORMATOS.items() if clave in ("pdf", "docx", "xlsx")}


class ObservacionPaginas(Paginas):
    modelo = Observacion
    formulario = forms.ObservacionForm
    femenino = True
    capturar_otra = False
    vistas = ("nuevo", "detalle", "editar")
    plantilla_detalle = "informes/revision/observacion.html"
    plantilla_formulario = "informes/revision/observacion_formulario.html"

    detalle = (
        "informe",
        ("Apartado", lambda o: consultas.donde(o)),
        ("Dice", lambda o: f"«{o.cita}»" if o.cita else ""),
        ("Estado", tables.estado_de),
        "oficina",
        ("La escribió", lambda o: o.autor),
        ("Leyó", lambda o: f"la {o.version_vista.nombre}" if o.version_vista else ""),
    )

    def consulta(self, usuario):
        return consultas.observaciones()

    def bloquear(self, pk):
        # Primero el informe, como quien lo aprueba: al revés se esperarían uno al otro.
        Informe.objects.select_for_update(of=("self",)).filter(observaciones__pk=pk).first()
        super().bloquear(pk)

    def informe(self, request) -> Informe | None:
        pk = request.GET.get("informe", "")
        if pk.isdecimal() and len(pk) < 19:
            return get_object_or_404(Informe, pk=pk)
        return None

    def argumentos_formulario(self, request):
        if request.resolver_match.url_name != "observacion_nuevo":
            return {"usuario": request.user}
        informe = self.informe(request)
        if informe is None:
            raise Http404("Falta decir de qué informe es la observación.")
        if faltas := reglas.impedimentos_para_observar(informe):
            raise PermissionDenied(" ".join(faltas))
        return {"informe": informe, "usuario": request.user}

    def guardar(self, *, formulario, por):
        return acciones.guardar_observacion(observacion=formulario.instance, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_corregir(objeto, usuario)

    def destino(self, objeto):
        return objeto.get_absolute_url()

    def miga_superior(self, objeto):
        if objeto is None or objeto.pk is None:
            return [("Informes", reverse("informes:informe_lista"))]
        return [
            *migas(objeto.informe)[1:],
            ("Observaciones", reverse("informes:informe_observaciones", args=[objeto.informe_id])),
        ]

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(RESPONDER) and not reglas.impedimentos_para_responder(objeto):
            etiqueta = "Corregir la respuesta" if objeto.estado in consultas.RESPONDIDAS else "Responder"
            yield Accion(etiqueta, reverse("informes:observacion_responder", args=[objeto.pk]), "btn-primary")
        if usuario.has_perm(CAMBIAR):
            if not reglas.impedimentos_para_reabrir(objeto, usuario):
                yield Accion("Reabrir", reverse("informes:observacion_reabrir", args=[objeto.pk]))
            if not reglas.impedimentos_para_corregir(objeto, usuario):
                yield Accion(
                    "Retirar", reverse("informes:observacion_retirar", args=[objeto.pk]), "btn-outline-danger", "post"
                )

    def paneles(self, objeto, usuario):
        yield Panel("Lo dicho y lo respondido", "informes/revision/_hilo.html", {"pasos": consultas.hilo(objeto)})

    def contexto(self, request, vista, objeto=None):
        if vista == "formulario":
            return {"informe": objeto.informe if objeto else self.informe(request)}
        if vista != "detalle":
            return {}
        contexto = {"atencion": atencion.de_la_observacion(objeto), "lados": LADOS_DE_LA_ATENCION}
        if objeto.version_vista_id:
            comparar = reverse("informes:informe_comparar", args=[objeto.informe_id])
            contexto["desde_entonces"] = f"{comparar}?antes={objeto.version_vista.numero}#{ancla_de(objeto)}"
        return contexto


def ancla_de(observacion: Observacion) -> str:
    return f"apartado-{observacion.apartado_id}" if observacion.apartado_id else ""


class _DeInforme(ObservacionPaginas):
    """La lista con lo que da la página genérica: filtros, orden, hojas de cálculo."""

    tabla = tables.ObservacionTabla
    busca = ("texto", "cita", "respuesta", "lugar")
    vistas = ("lista", "nuevo", "detalle", "editar")
    plantilla_lista = "informes/revision/observaciones.html"

    espacio = "informes"

    def __init__(self, informe: Informe):
        self.de = informe

    def consulta(self, usuario):
        return consultas.observaciones().filter(informe=self.de)

    def filtro(self, *args, **kwargs):
        return filters.ObservacionFiltro(*args, informe=self.de, **kwargs)

    def url(self, vista, objeto=None, **mas):
        if vista == "lista":
            return reverse("informes:informe_observaciones", args=[self.de.pk])
        return f"{super().url(vista, objeto, **mas)}{f'?informe={self.de.pk}' if vista == 'nuevo' else ''}"

    def puede(self, usuario, accion):
        if accion == "add" and reglas.impedimentos_para_observar(self.de):
            return False
        return super().puede(usuario, accion)

    def miga_superior(self, objeto):
        return migas(self.de)[1:]

    def contexto(self, request, vista, objeto=None):
        return {
            "informe": self.de,
            "cuentas": consultas.cuentas(self.de),
            "impedimentos": reglas.impedimentos_para_observar(self.de),
            "formatos": DOCUMENTO,
            "titulo": f"Observaciones a {self.de}",
        }


class ObservacionesDeInforme(VistaLista):
    permiso = "informes.view_observacion"

    def get(self, request, pk):
        self.paginas = _DeInforme(informe_de(pk))
        return super().get(request)


class DescargarObservaciones(ConPermiso, View):
    permiso = "informes.view_observacion"

    def get(self, request, pk, formato):
        if formato not in DOCUMENTO:
            raise Http404("Ese formato no existe.")
        hecho = documentos.documento(informe_de(pk))
        respuesta = HttpResponse(escribir(hecho, formato), content_type=DOCUMENTO[formato].tipo)
        respuesta["Content-Disposition"] = content_disposition_header(True, f"{hecho.clave}.{formato}")
        return respuesta


class SobreObservacion(ConPermiso, View):
    def observacion(self, pk: int) -> Observacion:
        return get_object_or_404(consultas.observaciones(), pk=pk)

    def pinta(self, request, observacion, formulario, titulo, boton, status=200, aviso=""):
        contexto = {
            "titulo": titulo,
            "boton": boton,
            "objeto": observacion,
            "donde": consultas.donde(observacion),
            "formulario": formulario,
            "aviso": aviso,
            "pasos": consultas.hilo(observacion),
            "atencion": atencion.de_la_observacion(observacion),
            "lados": LADOS_DE_LA_ATENCION,
            "migas": [
                *migas(observacion.informe),
                ("Observaciones", reverse("informes:informe_observaciones", args=[observacion.informe_id])),
                (str(observacion), observacion.get_absolute_url()),
                (titulo, ""),
            ],
        }
        return render(request, "informes/revision/responder.html", contexto, status=status)


class Responder(SobreObservacion):
    permiso = RESPONDER
    titulo = "Responder una observación"

    def editable(self, pk: int) -> Observacion:
        observacion = self.observacion(pk)
        if faltas := reglas.impedimentos_para_responder(observacion):
            raise PermissionDenied(" ".join(faltas))
        return observacion

    def get(self, request, pk):
        observacion = self.editable(pk)
        formulario = forms.ResponderForm(observacion=observacion)
        return self.pinta(request, observacion, formulario, self.titulo, "Guardar la respuesta")

    def post(self, request, pk):
        observacion = self.editable(pk)
        formulario = forms.ResponderForm(request.POST, observacion=observacion)
        status, aviso = 422, ""
        if formulario.is_valid() and formulario.cleaned_data["version"] != str(observacion.version):
            aviso = (
                "La observación o su respuesta cambió mientras usted escribía: abajo está como quedó. "
                "Lo que escribió sigue en el formulario; si guarda otra vez, queda lo suyo."
            )
            formulario.data = {**formulario.data.dict(), "version": str(observacion.version)}
            status = 409
        elif formulario.is_valid():
            datos = formulario.cleaned_data
            try:
                acciones.responder(
                    observacion=observacion,
                    estado=datos["estado"],
                    respuesta=datos["respuesta"],
                    apartado=datos["apartado"],
                    version=observacion.version,
                    por=request.user,
                )
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, "Se guardó la respuesta.", extra_tags="guardado")
                return HttpResponseRedirect(observacion.get_absolute_url())
        return self.pinta(request, observacion, formulario, self.titulo, "Guardar la respuesta", status, aviso)


class Reabrir(SobreObservacion):
    permiso = CAMBIAR
    titulo = "Reabrir una observación"

    def editable(self, request, pk: int) -> Observacion:
        observacion = self.observacion(pk)
        if faltas := reglas.impedimentos_para_reabrir(observacion, request.user):
            raise PermissionDenied(" ".join(faltas))
        return observacion

    def get(self, request, pk):
        return self.pinta(request, self.editable(request, pk), forms.ReabrirForm(), self.titulo, "Reabrir")

    def post(self, request, pk):
        observacion = self.editable(request, pk)
        formulario = forms.ReabrirForm(request.POST)
        if formulario.is_valid():
            try:
                acciones.reabrir(observacion=observacion, razon=formulario.cleaned_data["razon"], por=request.user)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, "Se reabrió la observación.", extra_tags="guardado")
                return HttpResponseRedirect(observacion.get_absolute_url())
        return self.pinta(request, observacion, formulario, self.titulo, "Reabrir", 422)


class Retirar(SobreObservacion):
    permiso = CAMBIAR
    http_method_names = ["post"]

    def post(self, request, pk):
        observacion = self.observacion(pk)
        try:
            acciones.retirar(observacion=observacion, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Se retiró la observación. Puede reabrirla si cambia de parecer.")
        return HttpResponseRedirect(observacion.get_absolute_url())
