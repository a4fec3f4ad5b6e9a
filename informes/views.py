"""Páginas de informes y plantillas, su lectura y sus descargas."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import View

from vinculacion.comision.consultas import comision_vigente
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas
from vinculacion.nucleo.periodos import Trimestre, hoy
from vinculacion.nucleo.salida import html

from . import acciones, arbol, armado, consultas, exportacion, reglas
from .congelado.consultas import ArchivoPerdido, documento_de, vigente
from .documentos import migas_de
from .estados import EstadoDeInforme
from .exportacion import FORMATOS
from .filters import InformeFiltro
from .forms import InformeForm, PlantillaForm
from .models import Informe, Plantilla
from .resources import InformeRecurso, PlantillaRecurso
from .revision.paneles import margenes
from .tables import InformeTabla, PlantillaTabla
from .trabajos.acciones import pedir


class PlantillaPaginas(Paginas):
    modelo = Plantilla
    tabla = PlantillaTabla
    formulario = PlantillaForm
    recurso = PlantillaRecurso
    detalle = ("clave", "descripcion")
    busca = ("nombre", "clave")
    capturar_otra = False
    femenino = True
    plantilla_detalle = "informes/documento_detalle.html"
    ayuda = "La estructura que se copia al empezar un informe: apartados, textos con cifras vivas y secciones."

    def consulta(self, usuario):
        return consultas.plantillas()

    def guardar(self, *, formulario, por):
        return acciones.guardar_plantilla(
            plantilla=formulario.instance, por=por, copia_de=formulario.cleaned_data.get("copia_de")
        )

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm("informes.add_informe"):
            yield Accion("Empezar un informe", f"{reverse('informes:informe_nuevo')}?plantilla={objeto.pk}")
        yield from apuntar(objeto, usuario)

    def contexto(self, request, vista, objeto=None):
        return contexto_de_arbol(request, objeto) if vista == "detalle" else {}


class InformePaginas(Paginas):
    modelo = Informe
    tabla = InformeTabla
    filtro = InformeFiltro
    formulario = InformeForm
    recurso = InformeRecurso
    detalle = (
        "clave",
        ("Periodo", lambda i: str(i.periodo)),
        "comision",
        "unidad",
        "estado",
        "punto",
        "acuerdo",
        "plantilla",
    )
    busca = ("titulo", "clave")
    capturar_otra = False
    plantilla_detalle = "informes/documento_detalle.html"

    def consulta(self, usuario):
        return consultas.informes()

    def inicial(self, request):
        """Lo más probable: el trimestre que corre, de la comisión vigente y con el nombre de unidad ya usado."""
        trimestre = Trimestre.de(hoy())
        inicial = {"inicio": trimestre.inicio, "fin": trimestre.fin}
        if vigente := comision_vigente():
            anterior = Informe.objects.filter(comision=vigente).order_by("-fin").first()
            inicial |= {"comision": vigente.pk, "unidad": anterior.unidad if anterior else ""}
        return inicial

    def guardar(self, *, formulario, por):
        return acciones.guardar_informe(
            informe=formulario.instance, por=por, copia_de=formulario.cleaned_data.get("copia_de")
        )

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto)

    def acciones_de(self, objeto, usuario):
        yield Accion("Leer", reverse("informes:informe_documento", args=[objeto.pk]), "btn-outline-primary")
        yield Accion("Verificar", reverse("informes:informe_verificar", args=[objeto.pk]), "btn-outline-primary")
        yield Accion("Descargar PDF", reverse("informes:informe_descargar", args=[objeto.pk, "pdf"]), "btn-primary")
        yield from apuntar(objeto, usuario)

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        va_a_sesion = objeto.estado == EstadoDeInforme.REVISION and request.user.has_perm("informes.aprobar_informe")
        por_explicar = {m.indicador.programa for m in consultas.por_explicar(objeto)} if va_a_sesion else set()
        return {
            **contexto_de_arbol(request, objeto),
            "version": vigente(objeto),
            "formatos": FORMATOS,
            "por_explicar": sorted(por_explicar, key=str),
        }


def edita_apartados(usuario, documento: Informe | Plantilla) -> bool:
    return usuario.has_perm("informes.change_apartado") and not reglas.impedimentos_para_editar(documento)


def apuntar(documento: Informe | Plantilla, usuario) -> Iterator[Accion]:
    if edita_apartados(usuario, documento):
        ruta = f"informes:{documento._meta.model_name}_apuntar"
        yield Accion("Apuntar a otros planes", reverse(ruta, args=[documento.pk]))


def contexto_de_arbol(request, documento) -> dict:
    nombre = documento._meta.model_name
    return {
        "nodos": arbol.en_orden(documento),
        "edita_apartados": edita_apartados(request.user, documento),
        "nuevo_apartado": f"{reverse('informes:apartado_nuevo')}?{nombre}={documento.pk}",
        "traer": reverse(f"informes:{nombre}_traer", args=[documento.pk]),
        "clave_de_documento": f"{nombre}-{documento.pk}",
        "hojas_del_arbol": list(hojas_del_arbol(documento)),
    }


def hojas_del_arbol(documento: Informe | Plantilla) -> Iterator[dict]:
    for hoja, paginas in (("apartados", "apartado"), ("secciones", "uso")):
        ruta = f"informes:{documento._meta.model_name}_hoja"
        yield {
            "nombre": hoja.capitalize(),
            "descargas": [(f.upper(), reverse(ruta, args=[documento.pk, hoja, f])) for f in ("xlsx", "csv")],
            "importar": reverse(f"informes:{paginas}_importar"),
        }


class Leer(ConPermiso, View):
    """El informe como página; enseña lo que impide armarlo en vez de esconderlo."""

    permiso = "informes.view_informe"

    def get(self, request, pk):
        informe = get_object_or_404(consultas.informes(), pk=pk)
        version = vigente(informe)
        armada = armado.Armado(documento_de(version)) if version else armado.armar(informe)
        return render(
            request,
            "informes/leer.html",
            {
                "version": version,
                "informe": informe,
                "objeto": informe,
                "titulo": informe.titulo,
                "migas": [("Inicio", reverse("inicio")), *migas_de(informe), ("Documento", "")],
                "cuerpo": html.cuerpo(
                    armada.documento, base=2, enlaces=True, al_margen=margenes(informe, request.user)
                ),
                "color": armada.documento.membrete.clave_del_color,
                "problemas": armada.problemas,
                "formatos": FORMATOS,
                "edita": request.user.has_perm("informes.change_apartado"),
            },
        )


class Descargar(ConPermiso, View):
    permiso = "informes.view_informe"

    def get(self, request, pk, formato):
        if formato not in FORMATOS:
            raise Http404
        informe = get_object_or_404(consultas.informes(), pk=pk)
        try:
            contenido = self.contenido(informe, formato)
            if contenido is None:
                trabajo = pedir(informe=informe, formato=formato, por=request.user)
                return HttpResponseRedirect(trabajo.get_absolute_url())
        except armado.InformeConProblemas:
            messages.error(request, "El informe no se puede descargar todavía: corrija lo que aquí se señala.")
            return HttpResponseRedirect(reverse("informes:informe_documento", args=[pk]))
        except ArchivoPerdido as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("informes:informe_aprobacion", args=[pk]))
        respuesta = HttpResponse(contenido, content_type=FORMATOS[formato].tipo)
        respuesta["Content-Disposition"] = f'attachment; filename="{slugify(informe.clave)}.{formato}"'
        return respuesta

    def contenido(self, informe: Informe, formato: str) -> bytes | None:
        """Lo congelado o lo que se escribe pronto; ``None`` si tarda y hay que pedirlo."""
        if congelado := exportacion.congelado(informe, formato):
            return congelado
        documento = armado.armar(informe).exigir()
        return None if exportacion.tarda(documento, formato) else exportacion.escribir(documento, formato)
