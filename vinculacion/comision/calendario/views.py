"""El calendario del año, su captura, su PDF y lo que cada quien lleva a su propio calendario."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.palabras import cuenta, enumera
from vinculacion.nucleo.periodos import hoy

from ..consultas import VE_TODO, comision_vigente
from ..models import Comision, Sesion, SuscripcionDeCalendario
from . import acciones, consultas, documentos, ics
from .forms import CalendarioForm

CAPTURAR = "comision.add_sesion"


class DelAnio(ConPermiso, View):
    """La comisión y el año de ``?comision=`` y ``?anio=``; por omisión, los de ahora."""

    def setup(self, request: HttpRequest, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.comision: Comision | None = None
        self.anio = hoy().year

    def elige(self) -> dict:
        pedidos = self.request.GET
        comisiones = list(Comision.objects.all())
        pedida = pedidos.get("comision", "")
        self.comision = next((c for c in comisiones if str(c.pk) == pedida), None) or comision_vigente()
        anios = consultas.anios_del_calendario(self.comision) if self.comision else []
        por_omision = next((a for a in anios if a <= hoy().year), anios[-1] if anios else hoy().year)
        self.anio = next((a for a in anios if str(a) == pedidos.get("anio", "")), por_omision)
        return {
            "comisiones": comisiones,
            "comision": self.comision,
            "anios": anios,
            "anio": self.anio,
            "parametros": f"?comision={self.comision.pk}&anio={self.anio}" if self.comision else "",
        }


class Calendario(DelAnio):
    permiso = VE_TODO

    def get(self, request: HttpRequest) -> HttpResponse:
        elegido = self.elige()
        renglones = consultas.calendario_del_anio(self.comision, self.anio) if self.comision else []
        eventos = consultas.eventos_del_anio(request.user, self.anio)
        contexto = {
            **elegido,
            "titulo": "Calendario de sesiones",
            "migas": [("Inicio", reverse("inicio")), ("Calendario", "")],
            "renglones": renglones,
            "hay_eventos": bool(eventos),
            "meses": consultas.por_meses(renglones, self.anio, eventos),
            "vista": "meses" if request.GET.get("vista") == "meses" else "lista",
        }
        return render(request, "comision/calendario/anio.html", contexto)


class CalendarioPDF(DelAnio):
    permiso = VE_TODO

    def get(self, request: HttpRequest) -> HttpResponse:
        self.elige()
        if self.comision is None:
            raise Http404("No hay comisiones.")
        from vinculacion.nucleo.salida import pdf  # tarda en cargar y casi ninguna página lo necesita

        contenido = pdf.crear(documentos.calendario(self.comision, self.anio))
        nombre = f"calendario-{slugify(self.comision.siglas)}-{self.anio}.pdf"
        return adjunto(contenido, "application/pdf", nombre)


class Capturar(DelAnio):
    permiso = CAPTURAR

    def get(self, request: HttpRequest) -> HttpResponse:
        elegido = self.elige()
        return self.pinta(elegido, CalendarioForm(self.existentes()))

    def post(self, request: HttpRequest) -> HttpResponse:
        elegido = self.elige()
        if self.comision is None:
            raise Http404("No hay comisiones.")
        existentes = self.existentes()
        formulario = CalendarioForm(existentes, request.POST)
        aprobar = "aprobar" in request.POST
        if not formulario.is_valid():
            return self.pinta(elegido, formulario, 422)
        try:
            cambiadas = acciones.capturar_calendario(
                comision=self.comision,
                anio=self.anio,
                fechas=formulario.fechas(),
                por=request.user,
                razon=formulario.general.cleaned_data["razon"],
                aprobar=aprobar,
            )
        except acciones.CalendarioConErrores as error:
            formulario.reparte(error.renglones)
            if error.chocan:
                formulario.al_dia()
            return self.pinta(elegido, formulario, 409 if error.chocan else 422)
        except ValidationError as error:
            return self.pinta(elegido, formulario, 422, error.messages)
        self.dice(cambiadas, aprobar)
        return HttpResponseRedirect(reverse("comision:calendario") + elegido["parametros"])

    def existentes(self) -> dict[int, Sesion]:
        return consultas.ordinarias_del_anio(self.comision, self.anio) if self.comision else {}

    def dice(self, cambiadas: list[Sesion], aprobar: bool) -> None:
        hecho = f"Se guardó el calendario: {cuenta(len(cambiadas), 'sesión cambió', 'sesiones cambiaron')}."
        if not cambiadas:
            hecho = "No había fechas que guardar."
        if aprobar:
            hecho = f"{hecho} El calendario quedó aprobado."
        messages.success(self.request, hecho, extra_tags="guardado")
        if en_fin_de_semana := [s.codigo for s in cambiadas if s.fecha_programada.weekday() >= 5]:
            messages.warning(self.request, f"En sábado o domingo: {enumera(en_fin_de_semana)}. Revise la fecha.")

    def pinta(self, elegido: dict, formulario: CalendarioForm, status: int = 200, generales=()) -> HttpResponse:
        calendario = reverse("comision:calendario") + elegido["parametros"]
        contexto = {
            **elegido,
            "titulo": "Capturar el calendario",
            "migas": [("Inicio", reverse("inicio")), ("Calendario", calendario), ("Capturar", "")],
            "formulario": formulario,
            "errores": formulario.errores() if status != 200 else [],
            "generales": generales,
            "choca": status == 409,
            "regreso": calendario,
            "por_aprobar": any(s.fecha_calendario is None for s in formulario.existentes.values())
            or not formulario.existentes,
            "borrador": f"comision.calendario.{self.comision.pk if self.comision else ''}.{self.anio}",
            "version": ".".join(str(s.version) for s in formulario.existentes.values()),
        }
        return render(self.request, "comision/calendario/capturar.html", contexto, status=status)


# -- iCalendar -----------------------------------------------------------------


def adjunto(contenido: bytes, tipo: str, nombre: str) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type=tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta


def direccion_de(request: HttpRequest):
    return lambda sesion: request.build_absolute_uri(sesion.get_absolute_url())


class SesionICS(ConPermiso, View):
    permiso = VE_TODO

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = get_object_or_404(consultas.para_icalendar(Sesion.objects.all()), pk=pk)
        nombre = f"{sesion.codigo}-{sesion.anio}-{slugify(sesion.comision.siglas)}.ics"
        return adjunto(ics.calendario([sesion], direccion_de(request)), ics.TIPO, nombre)


@method_decorator(login_not_required, name="dispatch")
class Suscripcion(View):
    """La dirección secreta: quien la tiene lee, como su dueña y sin contraseña, las sesiones y lo demás que ella ve."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, secreto: str) -> HttpResponse:
        suscripcion = SuscripcionDeCalendario.objects.select_related("usuario").filter(secreto=secreto).first()
        usuario = suscripcion.usuario if suscripcion else None
        if usuario is None or not usuario.is_active or not usuario.has_perm(VE_TODO):
            return self.no_existe()
        direccion = direccion_de(request)
        otros = ics.citas(consultas.eventos_de_la_suscripcion(usuario), lambda e: request.build_absolute_uri(e.url))
        contenido = ics.calendario(consultas.sesiones_de_la_suscripcion(), direccion, "Sesiones", otros)
        respuesta = HttpResponse(contenido, content_type=ics.TIPO)
        return self.reservada(respuesta)

    def no_existe(self) -> HttpResponse:
        respuesta = HttpResponse("No existe este calendario.", status=404, content_type="text/plain; charset=utf-8")
        # Django anota la dirección de cada 404 en la bitácora, y aquí la dirección es el secreto.
        respuesta._has_been_logged = True  # type: ignore[attr-defined]
        return self.reservada(respuesta)

    def reservada(self, respuesta: HttpResponse) -> HttpResponse:
        respuesta["Cache-Control"] = "private, no-cache"
        respuesta["X-Robots-Tag"] = "noindex"
        respuesta["Referrer-Policy"] = "no-referrer"
        return respuesta


class MiCalendario(ConPermiso, View):
    """Cada quien sólo ve y cambia la suya."""

    permiso = VE_TODO
    HACER = {
        "crear": (acciones.suscribir, "Ya tiene su dirección."),
        "renovar": (acciones.renovar, "Ésta es su dirección nueva; la de antes ya no sirve."),
        "revocar": (acciones.revocar, "Su dirección ya no sirve."),
    }

    def get(self, request: HttpRequest) -> HttpResponse:
        suscripcion = SuscripcionDeCalendario.objects.filter(usuario=request.user.pk).first()
        direccion = ""
        if suscripcion:
            direccion = request.build_absolute_uri(reverse("comision:calendario_ics", args=[suscripcion.secreto]))
        contexto = {
            "titulo": "Mi calendario",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Calendario", reverse("comision:calendario")),
                ("Mi calendario", ""),
            ],
            "suscripcion": suscripcion,
            "direccion": direccion,
        }
        return render(request, "comision/calendario/mio.html", contexto)

    def post(self, request: HttpRequest) -> HttpResponse:
        if pedido := self.HACER.get(request.POST.get("hacer", "")):
            hacer, hecho = pedido
            hacer(usuario=request.user)
            messages.success(request, hecho)
        return HttpResponseRedirect(reverse("comision:mi_calendario"))
