"""La asistencia: la matriz de un año para leer, y la cuadrícula en que se pasa lista."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso, siguiente
from vinculacion.nucleo.palabras import capitaliza, cuenta
from vinculacion.nucleo.periodos import hoy

from . import consultas, permisos, reglas
from .cuadricula import Cuadricula
from .models import Comision, Sesion


class DeUnAnio(ConPermiso, View):
    """La comisión y el año de ``?comision=`` y ``?anio=``; por omisión, los de ahora."""

    sin_lista = staticmethod(reglas.impedimentos_para_asistencia)

    def elige(self, request: HttpRequest) -> dict:
        comisiones = list(Comision.objects.all())
        pedida = request.GET.get("comision", "")
        comision = next((c for c in comisiones if str(c.pk) == pedida), None) or consultas.comision_vigente()
        anios = []
        if comision:
            anios = list(comision.sesiones.order_by("-anio").values_list("anio", flat=True).distinct())
        pedido = request.GET.get("anio", "")
        anio = next((a for a in anios if str(a) == pedido), None)
        if anio is None:
            anio = next((a for a in anios if a <= hoy().year), anios[0] if anios else hoy().year)
        sesiones = []
        if comision:
            del_anio = Sesion.objects.filter(comision=comision, anio=anio).select_related("comision")
            sesiones = sorted(del_anio, key=lambda s: (s.fecha, s.pk))
        return {
            "comisiones": comisiones,
            "comision": comision,
            "anios": anios,
            "anio": anio,
            "con_lista": [s for s in sesiones if not self.sin_lista(s, hoy())],
            "parametros": f"?comision={comision.pk}&anio={anio}" if comision else "",
        }


class Matriz(DeUnAnio):
    permiso = permisos.VER_ASISTENCIA
    sin_lista = staticmethod(reglas.razones_sin_lista)  # las cerradas también se leen

    def get(self, request: HttpRequest) -> HttpResponse:
        elegido = self.elige(request)
        contexto = {
            **elegido,
            "titulo": "Asistencia",
            "migas": [("Inicio", reverse("inicio")), ("Asistencia", "")],
            "cuadricula": Cuadricula(elegido["con_lista"]),
        }
        return render(request, "comision/asistencia.html", contexto)


class PasarLista(ConPermiso, View):
    """Lo común de pasar lista en una sesión o en todo un año."""

    permiso = permisos.CELEBRAR

    def pinta(self, cuadricula: Cuadricula, contexto: dict, status: int = 200) -> HttpResponse:
        todo = {"cuadricula": cuadricula, **contexto}
        return render(self.request, "comision/pasar_lista.html", todo, status=status)

    def guarda(self, cuadricula: Cuadricula, contexto: dict) -> HttpResponse:
        guardadas = cuadricula.guardar(self.request.POST, self.request.user)
        if cuadricula.errores:
            return self.pinta(cuadricula, contexto, 422)
        if cuadricula.chocan:
            # Se vuelve a leer la versión de cada sesión: el siguiente Guardar ya es sobre lo último.
            return self.pinta(cuadricula, contexto, 409)
        if guardadas:
            texto = f"Se guardó la asistencia de {cuenta(guardadas, 'sesión', 'sesiones')}."
        else:
            texto = "No había cambios que guardar."
        messages.success(self.request, texto, extra_tags="guardado")
        return HttpResponseRedirect(siguiente(self.request, contexto["regreso"]))


class ListaDeSesion(PasarLista):
    def prepara(self, pk: int) -> tuple[Cuadricula, dict]:
        sesion = get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)
        regreso = f"{sesion.get_absolute_url()}#asistencia"
        contexto = {
            "titulo": "Pasar lista",
            "subtitulo": capitaliza(str(sesion)),
            "regreso": regreso,
            "borrador": f"comision.asistencia.{sesion.pk}",
            "impedimentos": reglas.impedimentos_para_asistencia(sesion, hoy()),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Sesiones", reverse("comision:sesion_lista")),
                (str(sesion), regreso),
                ("Pasar lista", ""),
            ],
        }
        return Cuadricula([sesion], detallada=True), contexto

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pinta(*self.prepara(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.guarda(*self.prepara(pk))


class ListaDelAnio(PasarLista, DeUnAnio):
    def prepara(self, request: HttpRequest) -> tuple[Cuadricula, dict]:
        elegido = self.elige(request)
        matriz = reverse("comision:asistencia") + elegido["parametros"]
        comision = elegido["comision"]
        contexto = {
            **elegido,
            "titulo": "Pasar lista",
            "subtitulo": f"{comision}, {elegido['anio']}" if comision else "",
            "regreso": matriz,
            "borrador": f"comision.asistencia.{comision.pk}.{elegido['anio']}" if comision else "comision.asistencia",
            "impedimentos": [] if elegido["con_lista"] else ["En ese año no hay sesiones en que pasar lista."],
            "migas": [("Inicio", reverse("inicio")), ("Asistencia", matriz), ("Pasar lista", "")],
        }
        return Cuadricula(elegido["con_lista"]), contexto

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.pinta(*self.prepara(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.guarda(*self.prepara(request))
