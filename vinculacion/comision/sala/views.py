"""La sala: llevar la sesión desde una sola página. Cada toque se envía, se guarda y vuelve a la misma página.

Con JavaScript, htmx cambia sólo la parte tocada de esa página; sin él, se recarga donde se estaba.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso, envios
from vinculacion.nucleo.palabras import capitaliza

from .. import permisos
from .. import reglas as de_la_comision
from ..acciones import tomar_acuerdo
from ..estados import EstadoDeAsistencia, Resolucion
from ..models import Punto, Sesion
from . import acciones
from .consultas import votantes
from .forms import AcuerdoDelPuntoForm, HorasForm
from .pantalla import NO_VOTO, Fallo, Pantalla, huella


def _limpio(texto: str) -> str:
    return texto.replace("\x00", "").replace("\r\n", "\n").strip()


def _entero(texto: str) -> int:
    return int(texto) if texto.isdecimal() and len(texto) <= 18 else -1


def url_de(sesion: Sesion, ancla: str = "") -> str:
    return reverse("comision:sala", args=[sesion.pk]) + (f"#{ancla}" if ancla else "")


class DeLaSala(ConPermiso, View):
    permiso = permisos.CELEBRAR
    http_method_names = ["post"]

    def sesion(self, pk: int) -> Sesion:
        return get_object_or_404(Sesion.objects.select_related("comision__serie"), pk=pk)

    def punto(self, pk: int) -> Punto:
        return get_object_or_404(Punto.objects.select_related("sesion__comision__serie"), pk=pk)

    def pinta(self, sesion: Sesion, fallo: Fallo | None = None, horas: HorasForm | None = None) -> HttpResponse:
        sesion = self.sesion(sesion.pk)  # la acción que falló pudo dejarla a medias en memoria
        contexto = {
            "titulo": "Sala de la sesión",
            "subtitulo": capitaliza(str(sesion)),
            "pantalla": Pantalla(sesion, fallo),
            "sesion": sesion,
            "horas": horas or HorasForm(initial={"hora_inicio": sesion.hora_inicio, "hora_fin": sesion.hora_fin}),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Sesiones", reverse("comision:sesion_lista")),
                (str(sesion), sesion.get_absolute_url()),
                ("Sala", ""),
            ],
        }
        status = 200 if fallo is None else 409 if fallo.choque else 422
        return render(self.request, "comision/sala/sala.html", contexto, status=status)

    def intenta(self, sesion: Sesion, donde: str, hacer, datos: dict[str, str] | None = None) -> HttpResponse:
        """Llama a la acción; si no vale, la página con la razón junto a lo que se envió."""
        try:
            hacer()
        except ValidationError as error:
            fallo = Fallo(
                donde,
                error.messages,
                datos or {},
                duda=isinstance(error, acciones.Dudas),
                choque=isinstance(error, acciones.YaCambio),
            )
            return self.pinta(sesion, fallo)
        return HttpResponseRedirect(url_de(sesion, donde))


class Sala(DeLaSala):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pinta(self.sesion(pk))


class Iniciar(DeLaSala):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, confirmado = self.sesion(pk), "confirmo" in request.POST
        return self.intenta(
            sesion, "iniciar", lambda: acciones.iniciar(sesion=sesion, por=request.user, confirmado=confirmado)
        )


class Terminar(DeLaSala):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, confirmado = self.sesion(pk), "confirmo" in request.POST
        return self.intenta(
            sesion, "terminar", lambda: acciones.terminar(sesion=sesion, por=request.user, confirmado=confirmado)
        )


class Horas(DeLaSala):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, formulario = self.sesion(pk), HorasForm(request.POST)
        if not formulario.is_valid():
            return self.pinta(sesion, Fallo("horas", ["Revise las horas."]), formulario)
        try:
            acciones.anotar_horas(
                sesion=sesion,
                **formulario.cleaned_data,
                por=request.user,
                version=_entero(request.POST.get("version", "")),
            )
        except acciones.YaCambio as error:
            return self.pinta(sesion, Fallo("horas", error.messages, choque=True), formulario)
        except ValidationError as error:
            return self.pinta(sesion, Fallo("horas", error.messages), formulario)
        return HttpResponseRedirect(url_de(sesion, "horas"))


class AnotarAsistencia(DeLaSala):
    """Una capacidad: la nota es el motivo o quién suple, según lo marcado."""

    def post(self, request: HttpRequest, pk: int, integracion: int) -> HttpResponse:
        sesion = self.sesion(pk)
        estado, nota = request.POST.get("estado", ""), _limpio(request.POST.get("nota", ""))
        de_que = {EstadoDeAsistencia.JUSTIFICADA: "motivo", EstadoDeAsistencia.SUPLENTE: "suplente"}.get(estado)
        # Al cambiar de marca, lo escrito para la anterior ya no viene al caso.
        mismo = request.POST.get("antes", "").partition("|")[0] == estado
        notas = {de_que: nota} if de_que and mismo else {}
        return self.intenta(
            sesion,
            f"fila-{integracion}",
            lambda: acciones.anotar(
                sesion=sesion,
                integracion=integracion,
                estado=estado,
                antes=_limpio(request.POST.get("antes", "")),
                por=request.user,
                **notas,
            ),
            {"estado": estado, **({"nota": nota} if mismo else {})},
        )


class AnotarALasDemas(DeLaSala):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, estado = self.sesion(pk), request.POST.get("estado", "")
        return self.intenta(
            sesion,
            "asistencia",
            lambda: acciones.anotar_a_las_demas(sesion=sesion, estado=estado, por=request.user),
        )


class Resolver(DeLaSala):
    """Lo que dice el botón: unanimidad, votar, deshacer o una resolución."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        punto = self.punto(pk)
        datos = {clave: _limpio(valor) for clave, valor in request.POST.items()}
        return self.intenta(punto.sesion, f"punto-{pk}", lambda: self.hacer(punto, datos), datos)

    def hacer(self, punto: Punto, datos: dict[str, str]) -> None:
        con_cambios = Resolucion.CON_CAMBIOS if datos.get("con_cambios") else None
        match datos.get("hacer", ""):
            case "unanimidad":
                acciones.por_unanimidad(punto=punto, por=self.request.user, resolucion=con_cambios)
            case "votar":
                votos = self.votos(punto, datos)
                acciones.votar(punto=punto, votos=votos, por=self.request.user, resolucion=con_cambios)
            case "deshacer":
                acciones.deshacer(punto=punto, por=self.request.user)
            case resolucion:
                acciones.resolver(punto=punto, resolucion=resolucion, nota=datos.get("nota", ""), por=self.request.user)

    def votos(self, punto: Punto, datos: dict[str, str]) -> dict[int, str]:
        """De cada quien se marca algo, aunque sea que no votó: un olvido no pasa por abstención."""
        marcas = {_entero(c.removeprefix("voto-")): v for c, v in datos.items() if c.startswith("voto-")}
        if faltan := [str(i) for i in votantes(punto.sesion) if i.pk not in marcas]:
            raise ValidationError([f"Falta el voto de {quien}." for quien in faltan])
        return {pk: sentido for pk, sentido in marcas.items() if sentido != NO_VOTO}


class Nota(DeLaSala):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        punto = self.punto(pk)
        texto = _limpio(request.POST.get("intervenciones", ""))
        vista = request.POST.get("encima") or request.POST.get("antes", "")
        datos = {"intervenciones": texto, "antes": request.POST.get("antes", "")}
        return self.intenta(punto.sesion, f"nota-{pk}", lambda: self.anotar(punto, texto, vista), datos)

    def anotar(self, punto: Punto, texto: str, vista: str) -> None:
        # La página sólo lleva la huella: si es la de lo guardado, eso tenía a la vista.
        antes = punto.intervenciones if huella(punto.intervenciones) == vista else None
        if antes is None and punto.intervenciones != texto:
            raise acciones.YaCambio("Otra persona escribió en esta nota mientras usted lo hacía.")
        acciones.anotar_intervenciones(punto=punto, texto=texto, antes=antes, por=self.request.user)


class TomarAcuerdo(DeLaSala):
    permiso = "comision.add_acuerdo"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.formulario(self.punto(pk), AcuerdoDelPuntoForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        punto = self.punto(pk)
        formulario = AcuerdoDelPuntoForm(request.POST)
        if formulario.is_valid():
            try:
                return HttpResponseRedirect(self.tomar(punto, formulario))
            except ValidationError as error:
                formulario.add_error(None, error.messages)
        return self.formulario(punto, formulario, 422)

    @transaction.atomic
    def tomar(self, punto: Punto, formulario: AcuerdoDelPuntoForm) -> str:
        """El mismo envío dos veces toma un solo folio."""
        envios.hacer_fila(self.request)
        destino = envios.destino_previo(self.request)
        if destino is None:
            tomar_acuerdo(sesion=punto.sesion, punto=punto, por=self.request.user, **formulario.cleaned_data)
            destino = url_de(punto.sesion, f"punto-{punto.pk}")
            envios.anotar(self.request, destino)
        return destino

    def formulario(self, punto: Punto, formulario: AcuerdoDelPuntoForm, status: int = 200) -> HttpResponse:
        contexto = {
            "titulo": "Tomar acuerdo",
            "punto": punto,
            "formulario": formulario,
            "envio": self.request.POST.get("envio", "")[:64] or envios.nuevo(),
            "impedimentos": de_la_comision.impedimentos_para_acordar(punto.sesion),
            "regreso": url_de(punto.sesion, f"punto-{punto.pk}"),
            "migas": [
                ("Inicio", reverse("inicio")),
                (str(punto.sesion), punto.sesion.get_absolute_url()),
                ("Sala", url_de(punto.sesion)),
                ("Tomar acuerdo", ""),
            ],
        }
        return render(self.request, "comision/sala/acuerdo.html", contexto, status=status)
