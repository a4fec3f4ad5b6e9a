"""Las actualizaciones, una por una y en la cuadrícula instrumento × sesión."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.comision.models import Sesion
from vinculacion.nucleo import hojas
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas
from vinculacion.nucleo.palabras import capitaliza, enumera
from vinculacion.nucleo.salida import xlsx
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

from .. import permisos
from ..models import Actualizacion
from . import acciones, consultas
from .cuadricula import Cuadricula
from .filters import ActualizacionFiltro
from .forms import ActualizacionForm
from .resources import ActualizacionRecurso
from .sesion import HojaDeSesion
from .tables import ActualizacionTabla


class ActualizacionPaginas(Paginas):
    modelo = Actualizacion
    tabla = ActualizacionTabla
    filtro = ActualizacionFiltro
    formulario = ActualizacionForm
    recurso = ActualizacionRecurso
    femenino = True
    busca = ("convenio__folio", "convenio__titulo", "avance")
    plantilla_lista = "convenios/convenio_lista.html"
    detalle = ("convenio", "sesion", ("Comisión", lambda a: a.sesion.comision), "avance", "reporto")
    ayuda = "El avance de cada convenio y la sesión en que se reportó."

    def consulta(self, usuario):
        return consultas.actualizaciones_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def guardar(self, *, formulario, por):
        return acciones.guardar_actualizacion(actualizacion=formulario.instance, por=por)

    def acciones_lista(self, usuario):
        yield Accion("Cuadrícula por sesión", reverse("convenios:actualizacion_matriz"))


class VistaCuadricula(ConPermiso, View):
    """Instrumento × sesión. Leer y guardar son direcciones distintas: cada una con su permiso."""

    permiso = permisos.VER_ACTUALIZACIONES
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        cuadricula = Cuadricula(request)
        if request.GET.get("_export") == "xlsx":
            return self.exporta(cuadricula)
        return self.pinta(cuadricula)

    def exporta(self, cuadricula) -> HttpResponse:
        subtitulo = f"{cuadricula.comision}, {cuadricula.anio}" if cuadricula.comision else str(cuadricula.anio)
        apartado = ApartadoArmado("", "Actualizaciones por sesión", 1, (cuadricula.tabla(),))
        documento = Documento(
            "actualizaciones", Portada("Actualizaciones por sesión", subtitulo=subtitulo), (apartado,)
        )
        return hojas.respuesta(xlsx.crear(documento), f"actualizaciones por sesión {cuadricula.anio}", "xlsx")

    def pinta(self, cuadricula, errores=(), status=200):
        usuario = self.request.user
        direccion = self.request.GET.urlencode()
        matriz = reverse("convenios:actualizacion_matriz")
        contexto = {
            "titulo": "Actualizaciones por sesión",
            "cuadricula": cuadricula,
            "errores": errores,
            "edita": usuario.has_perm(permisos.REPORTAR),
            "regreso": f"{matriz}?{direccion}" if direccion else matriz,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Actualizaciones", reverse("convenios:actualizacion_lista")),
                ("Por sesión", ""),
            ],
        }
        return render(self.request, "convenios/actualizaciones/cuadricula.html", contexto, status=status)


class GuardarCuadricula(VistaCuadricula):
    permiso = permisos.REPORTAR
    http_method_names = ["post"]

    def post(self, request):
        marcas = set(request.POST.getlist("marca"))
        antes = set(filter(None, request.POST.get("antes", "").split(",")))
        cuadricula = Cuadricula(request, marcas, antes)
        if copiar := request.POST.get("copiar"):
            return self.copia(cuadricula, copiar)
        quitar = cuadricula.pares(antes - marcas) if request.user.has_perm(permisos.QUITAR_ACTUALIZACION) else []
        try:
            nuevas, quitadas = acciones.registrar_actualizaciones(
                agregar=cuadricula.pares(marcas - antes), quitar=quitar, por=request.user
            )
        except ValidationError as error:
            return self.pinta(cuadricula, error.messages, 422)
        except IntegrityError:
            return self.pinta(cuadricula, ["Otra persona guardó al mismo tiempo: revise y vuelva a guardar."], 409)
        messages.success(request, lo_hecho(nuevas, quitadas))
        return HttpResponseRedirect(f"{reverse('convenios:actualizacion_matriz')}?{request.GET.urlencode()}")

    def copia(self, cuadricula, clave: str) -> HttpResponse:
        """Todavía no guarda: deja las marcas puestas para que se revisen."""
        cuantas = cuadricula.copia(clave)
        if cuantas:
            puestas = "Se marcó una casilla" if cuantas == 1 else f"Se marcaron {cuantas} casillas"
            messages.info(self.request, f"{puestas} como en la sesión anterior. Revise y guarde.")
        else:
            messages.info(self.request, "No había nada que copiar de la sesión anterior.")
        return self.pinta(cuadricula)


def lo_hecho(nuevas: int, quitadas: int) -> str:
    hechos = [
        frase
        for n, frase in (
            (nuevas, f"se anotaron {nuevas} actualizaciones" if nuevas > 1 else "se anotó una actualización"),
            (quitadas, f"se quitaron {quitadas}" if quitadas > 1 else "se quitó una"),
        )
        if n
    ]
    return capitaliza(enumera(hechos)) + "." if hechos else "No había cambios que guardar."


class VistaSesion(ConPermiso, View):
    """Lo que se reportó en una sesión, con el texto de cada avance."""

    permiso = permisos.VER_ACTUALIZACIONES
    http_method_names = ["get", "head", "options"]

    def sesion(self, pk: int) -> Sesion:
        return get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)

    def get(self, request, pk):
        return self.pinta(HojaDeSesion(request, self.sesion(pk)))

    def pinta(self, hoja: HojaDeSesion, errores=(), status=200):
        sesion = hoja.sesion
        matriz = f"{reverse('convenios:actualizacion_matriz')}?comision={sesion.comision_id}&anio={sesion.anio}"
        contexto = {
            "titulo": f"Avances reportados en la {sesion.en_palabras.lower()}",
            "hoja": hoja,
            "errores": errores,
            "matriz": matriz,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Actualizaciones", reverse("convenios:actualizacion_lista")),
                ("Por sesión", matriz),
                (sesion.clave, ""),
            ],
        }
        return render(self.request, "convenios/actualizaciones/sesion.html", contexto, status=status)


class GuardarSesion(VistaSesion):
    permiso = permisos.REPORTAR
    http_method_names = ["post"]

    def post(self, request, pk):
        hoja = HojaDeSesion(request, self.sesion(pk), request.POST)
        if not hoja.es_valida():
            return self.pinta(hoja, status=409 if any(r.errores for r in hoja.renglones) else 422)
        avances, quitar = hoja.cambios()
        try:
            nuevas, quitadas = acciones.registrar_sesion(
                sesion=hoja.sesion, avances=avances, quitar=quitar, por=request.user
            )
        except ValidationError as error:
            hoja.reparte(error.message_dict)
            return self.pinta(hoja, status=422)
        except IntegrityError:
            return self.pinta(hoja, ["Otra persona guardó al mismo tiempo: revise y vuelva a guardar."], 409)
        messages.success(request, lo_hecho(nuevas, quitadas))
        consulta = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(reverse("convenios:actualizacion_sesion", args=[pk]) + consulta)
