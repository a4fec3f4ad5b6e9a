"""Convocar, ver cómo va la entrega y bajar los documentos de una sesión."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel, envios
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.palabras import fecha_larga

from ..calendario import ics
from ..calendario.consultas import para_icalendar
from ..estados import ClaseDeAviso
from ..models import Convocatoria, Entrega, Sesion
from ..views import sesion_pedida
from . import acciones, consultas, documentos, envio, redaccion, reglas, tables
from .forms import ConvocatoriaForm
from .paneles import CREAR, contexto_de_entregas

CAMBIAR = "comision.change_convocatoria"
EMITIR = {
    ClaseDeAviso.CONVOCATORIA: "Convocar a la sesión",
    ClaseDeAviso.CAMBIO: "Avisar el cambio",
    ClaseDeAviso.CANCELACION: "Avisar la cancelación",
}


class ConvocatoriaPaginas(Paginas):
    modelo = Convocatoria
    tabla = tables.ConvocatoriaTabla
    busca = ("asunto", "mensaje")
    detalle = (
        ("Sesión", lambda c: c.sesion),
        "clase",
        ("Anuncia", lambda c: redaccion.cuando_fue(c.fecha_de_la_sesion, c.hora_de_la_sesion)),
        "emitida_el",
        ("La emitió", lambda c: str(c.por or "")),
        ("Plazo", lambda c: plazo_de(c)),
        "asunto",
        "mensaje",
    )
    femenino = True
    vistas = ("lista", "detalle")
    plantilla_detalle = "comision/detalle.html"
    ayuda = "Los avisos que se mandaron a quienes integran la comisión, con la entrega de cada uno."

    def consulta(self, usuario):
        return consultas.con_entregas(Convocatoria.objects.all())

    def miga_superior(self, objeto):
        return [(str(objeto.sesion), objeto.sesion.get_absolute_url())] if objeto else []

    def paneles(self, objeto, usuario):
        yield Panel("Entrega", "comision/convocatoria/_entregas.html", contexto_de_entregas(objeto))
        yield Panel("Lo que se mandó", "comision/convocatoria/_adjuntos.html", {"adjuntos": objeto.evidencias.all()})

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver la sesión", objeto.sesion.get_absolute_url())


def plazo_de(convocatoria: Convocatoria) -> str:
    """Lo que quedó escrito al emitirla, aunque después cambien los plazos de la comisión."""
    primera = convocatoria.history.order_by("history_date", "history_id").first()
    return (primera and primera.history_change_reason) or "En tiempo"


class Convocar(ConPermiso, TemplateResponseMixin, View):
    """Lo que se va a mandar, a quiénes y con qué; lo que falta o llega tarde se dice antes."""

    permiso = CREAR
    template_name = "comision/convocatoria/nueva.html"

    def dispatch(self, request, *args, **kwargs):
        self.clase = request.POST.get("clase") or request.GET.get("clase") or ClaseDeAviso.CONVOCATORIA
        return super().dispatch(request, *args, **kwargs)

    def sesion(self) -> Sesion:
        sesion = sesion_pedida(self.request)
        if sesion is None or self.clase not in ClaseDeAviso.values:
            raise Http404("No se dijo de qué sesión.")
        return sesion

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.pinta(self.sesion())

    def post(self, request: HttpRequest) -> HttpResponse:
        sesion = self.sesion()
        if previo := envios.destino_previo(request):
            return HttpResponseRedirect(previo)
        formulario = self.formulario(sesion, request.POST)
        if razones := reglas.impedimentos_para_avisar(sesion, self.clase, timezone.now()):
            return self.pinta(sesion, formulario, status=409)
        if not formulario.is_valid():
            return self.pinta(sesion, formulario, status=422)
        confirmada = bool(request.POST.get("confirmo_advertencias"))
        if not confirmada and (razones := [*self.dudas(sesion), *formulario.dudas()]):
            return self.pinta(sesion, formulario, advertencias=razones, status=422)
        try:
            convocatoria = self.emite(sesion, formulario.cleaned_data, confirmada)
        except ValidationError as error:
            reparte(formulario, error)
            return self.pinta(self.sesion(), formulario, status=409)
        return HttpResponseRedirect(convocatoria)

    def emite(self, sesion: Sesion, datos: dict, confirmada: bool) -> str:
        expediente = acciones.preparar(
            sesion=sesion,
            clase=self.clase,
            con_orden=datos.get("con_orden", False),
            con_carpeta=datos.get("con_carpeta", False),
            calendario=self.cita(sesion) if datos.get("con_calendario") else b"",
        )
        with transaction.atomic():
            envios.hacer_fila(self.request)
            if previo := envios.destino_previo(self.request):
                return previo
            convocatoria = acciones.emitir(
                sesion=sesion,
                clase=self.clase,
                asunto=datos["asunto"],
                mensaje=datos["mensaje"],
                expediente=expediente,
                por=self.request.user,
                confirmada=confirmada,
            )
            destino = convocatoria.get_absolute_url()
            envios.anotar(self.request, destino)
        messages.success(
            self.request, f"Se emitió «{convocatoria}». Los correos salen en seguida.", extra_tags="guardado"
        )
        return destino

    def cita(self, sesion: Sesion) -> bytes:
        firme = reglas.anuncia_fecha(sesion, self.clase, sesion.convocatorias.first())
        return ics.de_una_sesion(para_icalendar(Sesion.objects.all()).get(pk=sesion.pk), firme)

    def dudas(self, sesion: Sesion) -> list[str]:
        ultima = sesion.convocatorias.first()
        con_fecha = reglas.anuncia_fecha(sesion, self.clase, ultima)
        dudas = reglas.advertencias_de_plazo(sesion, timezone.now()) if con_fecha else []
        if self.clase == ClaseDeAviso.CONVOCATORIA and ultima:
            dudas.append(f"Ya se convocó a esta sesión el {fecha_larga(timezone.localdate(ultima.emitida_el))}.")
        if con_fecha and not sesion.lugar:
            dudas.append("La sesión no dice su lugar o enlace.")
        return dudas

    def formulario(self, sesion: Sesion, datos=None) -> ConvocatoriaForm:
        hay_documentos = any(p.evidencias.all() for p in consultas.puntos_con_documentos(sesion))
        ultima = sesion.convocatorias.first()
        convoca = self.clase == ClaseDeAviso.CONVOCATORIA
        inicial = {
            "asunto": redaccion.asunto(sesion, self.clase)[:200],
            "mensaje": redaccion.mensaje(sesion, self.clase, ultima),
            "con_orden": convoca,
            "con_carpeta": convoca and hay_documentos,
            "con_calendario": True,
        }
        return ConvocatoriaForm(datos, initial=inicial, sesion=sesion, clase=self.clase, hay_documentos=hay_documentos)

    def pinta(self, sesion: Sesion, formulario=None, advertencias=(), status: int = 200) -> HttpResponse:
        ahora = timezone.now()
        exige = reglas.anuncia_fecha(sesion, self.clase, sesion.convocatorias.first())
        destinatarios = consultas.destinatarios(sesion, self.clase)
        contexto = {
            "titulo": EMITIR[ClaseDeAviso(self.clase)],
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Sesiones", reverse("comision:sesion_lista")),
                (str(sesion), sesion.get_absolute_url()),
                (EMITIR[ClaseDeAviso(self.clase)], ""),
            ],
            "sesion": sesion,
            "clase": self.clase,
            "cuando": redaccion.cuando(sesion),
            "donde": redaccion.donde(sesion),
            "impedimentos": reglas.impedimentos_para_avisar(sesion, self.clase, ahora),
            "dudas": self.dudas(sesion),
            "limite": reglas.limite(sesion) if exige else None,
            "a_tiempo": not exige or not reglas.advertencias_de_plazo(sesion, ahora),
            "destinatarios": destinatarios,
            "con_correo": sum(bool(i.correo) for i in destinatarios),
            "formulario": formulario or self.formulario(sesion),
            "advertencias": advertencias,
            "envio": envios.nuevo(),
        }
        return self.render_to_response(contexto, status=status)


class Enviar(ConPermiso, View):
    """Manda lo que falte; ``reintentar`` alista antes lo que no salió (todo, o una ``entrega``)."""

    permiso = CAMBIAR
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        convocatoria = get_object_or_404(Convocatoria, pk=pk)
        if request.POST.get("reintentar"):
            clave = request.POST.get("entrega", "")
            entrega = get_object_or_404(Entrega, convocatoria=convocatoria, pk=clave) if clave.isdecimal() else None
            try:
                acciones.volver_a_pendientes(convocatoria=convocatoria, entrega=entrega, por=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return HttpResponseRedirect(convocatoria.get_absolute_url())
        messages.info(request, envio.enviar(convocatoria.pk))
        return HttpResponseRedirect(convocatoria.get_absolute_url())


class SesionPDF(ConPermiso, View):
    permiso = "comision.view_sesion"

    def get(self, request: HttpRequest, pk: int, documento: str) -> HttpResponse:
        sesion = get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)
        if documento not in documentos.DOCUMENTOS:
            raise Http404("Ese documento no existe.")
        respuesta = HttpResponse(documentos.DOCUMENTOS[documento][1](sesion), content_type="application/pdf")
        nombre = documentos.nombre_de_archivo(sesion, documento)
        respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
        respuesta["Cache-Control"] = "private, no-store"
        return respuesta
