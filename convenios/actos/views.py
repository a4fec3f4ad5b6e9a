"""Páginas de los actos: su lista de invitados, su asistencia y su cita de calendario."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.generic import View

from vinculacion.comision.calendario import ics
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel
from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.periodos import hoy

from ..estados import EstadoDeActo
from ..models import ActoProtocolario, InvitadoDeActo
from . import acciones, consultas, documentos, forms, reglas
from .avisos import CAMBIAR
from .eventos import VER, evento
from .filters import ActoFiltro
from .resources import ActoRecurso, InvitadoRecurso
from .tables import COLORES, ActoTabla, InvitadoTabla


def otros(acto: ActoProtocolario) -> str:
    """Que hay más instrumentos, sin decir cuáles."""
    cuantos = consultas.ajenos(acto)
    return f"Y {cuenta(cuantos, 'instrumento', 'instrumentos')} de otras áreas" if cuantos else ""


def asistencia_escrita(fueron: int, anotados: int, total: int) -> str:
    """«Asistieron 8 de 12; falta anotar 2.»"""
    faltan = f"; falta anotar {total - anotados}" if anotados < total else ""
    return f"{'Asistió' if fueron == 1 else 'Asistieron'} {fueron} de {total}, en persona o con representante{faltan}."


class ActoPaginas(Paginas):
    modelo = ActoProtocolario
    clave = "acto"
    tabla = ActoTabla
    filtro = ActoFiltro
    formulario = forms.ActoForm
    conjuntos = {"invitados": ("Lista de invitados", forms.InvitadosFormSet)}
    recurso = ActoRecurso
    evidencia = True
    # Por instrumento se filtra: buscar su título diría a un área que existe uno que no puede ver.
    busca = ("titulo", "lugar", "invitados__cargo")
    plantilla_lista = "convenios/convenio_lista.html"
    plantilla_detalle = "convenios/actos/detalle.html"
    plantilla_formulario = "convenios/actos/formulario.html"
    ayuda = "Firmas y ceremonias de los instrumentos, con sus invitados. Salen también en el calendario."
    detalle = (
        ("Cuándo", documentos.cuando),
        "modalidad",
        "lugar",
        ("Instrumentos", lambda a: [*a.convenios.all(), *filter(None, [otros(a)])]),
        "motivo",
        "notas",
    )

    def consulta(self, usuario):
        return consultas.actos_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def datos(self, objeto):
        """El motivo y las notas, sólo si los hay."""
        return [(e, v) for e, v in super().datos(objeto) if v or e not in ("Por qué se canceló", "Notas")]

    def guardar(self, *, formulario, por):
        datos = formulario.cleaned_data
        acto = acciones.guardar_acto(acto=formulario.instance, convenios=datos["convenios"], por=por)
        acto.copiar_de = datos["copiar_de"]
        return acto

    def guardar_conjuntos(self, *, objeto, conjuntos, por):
        """Lo copiado va al final: lo escrito a mano manda."""
        conjunto = conjuntos["invitados"]
        escritos = conjunto.save(commit=False)
        acciones.guardar_invitados(acto=objeto, invitados=escritos, quitar=conjunto.deleted_objects, por=por)
        if objeto.copiar_de:
            acciones.copiar_invitados(acto=objeto, de=objeto.copiar_de, por=por)

    def advertencias(self, *, formulario, usuario):
        return reglas.dudas(formulario.instance, formulario.cleaned_data["convenios"])

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_acto(acto=objeto, por=por)

    def acciones_lista(self, usuario):
        yield Accion("Invitados de todos los actos", reverse("convenios:invitado_lista"))

    def acciones_de(self, objeto, usuario):
        yield Accion("A mi calendario", reverse("convenios:acto_ics", args=[objeto.pk]))
        if usuario.has_perm(CAMBIAR) and objeto.estado == EstadoDeActo.PROGRAMADO:
            yield Accion("Cancelar el acto", reverse("convenios:acto_cancelar", args=[objeto.pk]))
            if objeto.fecha <= hoy():
                yield Accion("Se celebró", reverse("convenios:acto_asistencia", args=[objeto.pk]), "btn-primary")

    def paneles(self, objeto, usuario):
        invitados = list(consultas.invitados(objeto))
        fueron, anotados = consultas.asistencia(invitados)
        contexto = {
            "invitados": invitados,
            "anotados": anotados,
            "asistencia": asistencia_escrita(fueron, anotados, len(invitados)),
            "puede": usuario.has_perm(CAMBIAR),
            "celebrado": objeto.estado == EstadoDeActo.CELEBRADO,
        }
        yield Panel("Lista de invitados", "convenios/actos/_invitados.html", contexto)

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        return {"color": COLORES[EstadoDeActo(objeto.estado)]}


class InvitadoPaginas(Paginas):
    """Todas las listas juntas, para bajarlas y subirlas; se corrigen en la página de cada acto."""

    modelo = InvitadoDeActo
    clave = "invitado"
    tabla = InvitadoTabla
    recurso = InvitadoRecurso
    busca = ("cargo", "acto__titulo", "organismo__nombre", "organismo__siglas", "area__nombre", "area__siglas")
    vistas = ("lista", "importar")
    ayuda = "Los de todos los actos. La lista de cada uno se captura en su página."

    def permiso(self, accion: str) -> str:
        return f"convenios.{accion}_actoprotocolario"

    def consulta(self, usuario):
        return consultas.invitados_visibles(usuario)

    def miga_superior(self, objeto):
        return [("Actos protocolarios", reverse("convenios:acto_lista"))]


# -- lo que se descarga --------------------------------------------------------


class DeUnActo(ConPermiso, View):
    permiso = VER

    def acto(self, pk: int) -> ActoProtocolario:
        return get_object_or_404(consultas.actos_visibles(self.request.user), pk=pk)


class ListaDeInvitados(DeUnActo):
    def get(self, request: HttpRequest, pk: int, formato: str) -> HttpResponse:
        if formato not in documentos.FORMATOS:
            raise Http404("Ese formato no existe.")
        acto = self.acto(pk)
        tipo, haz = documentos.FORMATOS[formato]
        respuesta = HttpResponse(haz(acto, list(consultas.invitados(acto))), content_type=tipo)
        nombre = f"lista-de-invitados-{acto.fecha:%Y-%m-%d}-{slugify(acto.titulo)[:60]}.{formato}"
        respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
        return respuesta


class ActoICS(DeUnActo):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        acto = self.acto(pk)
        contenido = ics.de_eventos([evento(acto)], lambda e: request.build_absolute_uri(e.url))
        respuesta = HttpResponse(contenido, content_type=ics.TIPO)
        respuesta["Content-Disposition"] = content_disposition_header(True, f"acto-{acto.fecha:%Y-%m-%d}-{acto.pk}.ics")
        return respuesta


# -- los pasos -----------------------------------------------------------------


class Paso(DeUnActo):
    """Una página que escribe sobre el acto, con su candado de versión."""

    permiso = CAMBIAR
    plantilla = ""
    hecho = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        acto = self.abierto(pk)
        return self.pinta(acto, self.formulario(acto))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        acto = self.abierto(pk)
        formulario = self.formulario(acto, request.POST)
        if not formulario.is_valid():
            return self.pinta(acto, formulario, 422)
        enviada = request.POST.get("version", "")
        version = int(enviada) if enviada.isdecimal() and len(enviada) <= 9 else -1
        try:
            self.hacer(acto, formulario, version)
        except acciones.ActoCambiado as error:
            formulario.add_error(None, error.messages)
            return self.pinta(self.abierto(pk), formulario, 409)
        except ValidationError as error:
            formulario.add_error(None, error.messages)
            return self.pinta(acto, formulario, 422)
        messages.success(request, self.hecho, extra_tags="guardado")
        return HttpResponseRedirect(acto.get_absolute_url())

    def abierto(self, pk: int) -> ActoProtocolario:
        acto = self.acto(pk)
        if acto.estado == EstadoDeActo.CANCELADO:
            raise PermissionDenied("El acto se canceló. Para retomarlo, edítelo y vuélvalo a «Programado».")
        return acto

    def formulario(self, acto: ActoProtocolario, datos=None) -> Any:
        raise NotImplementedError

    def hacer(self, acto: ActoProtocolario, formulario, version: int) -> None:
        raise NotImplementedError

    def pinta(self, acto: ActoProtocolario, formulario, status: int = 200) -> HttpResponse:
        contexto = {
            "acto": acto,
            "formulario": formulario,
            "titulo": self.titulo(acto),
            "cuando": documentos.cuando(acto),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Actos protocolarios", reverse("convenios:acto_lista")),
                (acto.titulo, acto.get_absolute_url()),
                (self.titulo(acto), ""),
            ],
            **self.mas(acto),
        }
        return render(self.request, self.plantilla, contexto, status=status)

    def titulo(self, acto: ActoProtocolario) -> str:
        raise NotImplementedError

    def mas(self, acto: ActoProtocolario) -> dict:
        return {}


class Asistencia(Paso):
    """Quién fue; si el acto seguía programado, guardar lo da por celebrado."""

    plantilla = "convenios/actos/asistencia.html"
    hecho = "El acto consta como celebrado y su asistencia quedó anotada."

    def titulo(self, acto):
        return "Asistencia" if acto.estado == EstadoDeActo.CELEBRADO else "Se celebró"

    def formulario(self, acto, datos=None):
        return forms.AsistenciaForm(datos, invitados=list(consultas.invitados(acto)))

    def hacer(self, acto, formulario, version):
        acciones.anotar_asistencia(
            acto=acto, asistencia=formulario.asistencia(), version=version, por=self.request.user
        )

    def mas(self, acto):
        return {"razones": reglas.impedimentos_de_fecha(acto.fecha, acto.convenios.all(), EstadoDeActo.CELEBRADO)}


class Cancelar(Paso):
    plantilla = "convenios/actos/cancelar.html"
    hecho = "El acto quedó cancelado; en los calendarios aparecerá así."

    def abierto(self, pk):
        acto = super().abierto(pk)
        if acto.estado == EstadoDeActo.CELEBRADO:
            raise PermissionDenied("Un acto celebrado no se cancela. Si se anotó por error, edítelo.")
        return acto

    def titulo(self, acto):
        return "Cancelar el acto"

    def formulario(self, acto, datos=None):
        return forms.CancelarForm(datos)

    def hacer(self, acto, formulario, version):
        motivo = formulario.cleaned_data["motivo"]
        acciones.cancelar_acto(acto=acto, motivo=motivo, version=version, por=self.request.user)
