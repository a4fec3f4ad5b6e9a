"""Páginas de los convenios, su catálogo de tipos y sus cambios de etapa."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel
from vinculacion.nucleo.palabras import capitaliza, enumera
from vinculacion.nucleo.periodos import hoy

from . import acciones, caras, consultas, permisos, reglas
from .cuadricula import Cuadricula
from .estados import CAMINO, COLOR_DE_SITUACION, FIRMADAS, PASOS, Etapa, Situacion
from .filters import ActualizacionFiltro, ConvenioFiltro
from .forms import ActualizacionForm, CambiarEtapaForm, ConvenioForm, TipoInstrumentoForm
from .models import Actualizacion, Convenio, TipoInstrumento
from .resources import ActualizacionRecurso, ConvenioRecurso, TipoInstrumentoRecurso
from .tables import ActualizacionTabla, ConvenioTabla, TipoInstrumentoTabla


def camino(convenio: Convenio) -> list[dict]:
    """Las cinco etapas del camino, cada una con su última fecha y si ya pasó."""
    cambios = list(convenio.cambios.all())
    ultimas = {c.etapa: c.fecha for c in cambios}
    en_camino = convenio.etapa in CAMINO
    actual = CAMINO.index(convenio.etapa) if en_camino else -1
    pasos = [
        {
            "nombre": etapa.label,
            "fecha": ultimas.get(etapa) if n <= actual or not en_camino else None,
            "marca": "actual" if n == actual else "hecha" if n < actual or (not en_camino and etapa in ultimas) else "",
        }
        for n, etapa in enumerate(CAMINO)
    ]
    if not en_camino:
        pasos = [p for p in pasos if p["marca"]]
        pasos.append({"nombre": convenio.get_etapa_display(), "fecha": ultimas.get(convenio.etapa), "marca": "actual"})
    return pasos


def pasos_de(convenio: Convenio) -> list[dict]:
    """A qué etapas puede ir y lo que a su registro le falta para cada una."""
    return [
        {"etapa": etapa, "nombre": Etapa(etapa).label, "faltas": reglas.faltas_para(convenio, etapa)}
        for etapa in PASOS[convenio.etapa]
    ]


class ConvenioPaginas(Paginas):
    modelo = Convenio
    tabla = ConvenioTabla
    filtro = ConvenioFiltro
    formulario = ConvenioForm
    recurso = ConvenioRecurso
    evidencia = True
    busca = ("folio", "titulo", "objeto", "contrapartes__nombre", "contrapartes__siglas")
    plantilla_lista = "convenios/convenio_lista.html"
    plantilla_detalle = "convenios/convenio_detalle.html"
    ayuda = "Todo instrumento del instituto, desde que se negocia hasta que concluye. La situación sale de sus fechas."
    detalle = (
        "folio",
        "tipo",
        ("Contrapartes", lambda c: list(c.contrapartes.all())),
        "ambito",
        ("Áreas responsables", lambda c: list(c.areas.all())),
        "gestion",
        "fecha_firma",
        ("Vigencia", lambda c: vigencia_escrita(c)),
        "vigencia_texto",
    )

    def consulta(self, usuario):
        return consultas.convenios_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def guardar(self, *, formulario, por):
        datos = formulario.cleaned_data
        return acciones.guardar_convenio(
            convenio=formulario.instance,
            contrapartes=datos["contrapartes"],
            areas=datos["areas"],
            fecha=datos.get("desde"),
            por=por,
        )

    def advertencias(self, *, formulario, usuario):
        return posibles_duplicados(formulario)

    def acciones_de(self, objeto, usuario):
        if objeto.etapa in FIRMADAS and usuario.has_perm(permisos.REPORTAR):
            yield Accion("Anotar actualización", f"{reverse('convenios:actualizacion_nuevo')}?convenio={objeto.pk}")
        yield from caras.botones(objeto, usuario)

    def acciones_lista(self, usuario):
        if usuario.has_perm(permisos.VER_ACTUALIZACIONES):
            yield Accion("Actualizaciones por sesión", reverse("convenios:actualizacion_matriz"))

    def paneles(self, objeto, usuario):
        if familia := consultas.familia(objeto, usuario):
            yield Panel("Instrumentos relacionados", "convenios/_familia.html", {"nodos": [familia]})
        if objeto.etapa in FIRMADAS and usuario.has_perm(permisos.VER_ACTUALIZACIONES):
            actualizaciones = objeto.actualizaciones.select_related("sesion__comision", "reporto")
            yield Panel("Actualizaciones", "convenios/_actualizaciones.html", {"actualizaciones": actualizaciones})
        yield from caras.paneles(objeto, usuario)

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        return {
            "camino": camino(objeto),
            "cambios": objeto.cambios.select_related("por"),
            "situacion": Situacion(objeto.situacion).label,
            "color": COLOR_DE_SITUACION[Situacion(objeto.situacion)],
            "pasos": pasos_de(objeto) if request.user.has_perm(permisos.CAMBIAR) else [],
        }


def vigencia_escrita(convenio: Convenio) -> str:
    hasta = convenio.vigencia_hasta
    return f"Hasta el {reglas.dia(hasta)}" if hasta else convenio.get_vigencia_display()


def posibles_duplicados(formulario) -> list[str]:
    """Misma contraparte, mismo tipo y misma fecha: quizá ya está capturado."""
    datos, propio = formulario.cleaned_data, formulario.instance.pk
    iguales = (
        Convenio.objects.filter(
            tipo=datos["tipo"], contrapartes__in=datos["contrapartes"], fecha_firma=formulario.instance.fecha_firma
        )
        .exclude(pk=propio)
        .distinct()
    )
    if formulario.instance.fecha_firma is None:
        iguales = iguales.filter(titulo__iexact=datos["titulo"])
    return [
        f"Ya hay un instrumento del mismo tipo, con la misma contraparte y fecha: «{c.titulo}» ({c.folio})."
        for c in iguales[:3]
    ]


class CambiarEtapa(ConPermiso, View):
    """Un paso del camino: enseña de una vez lo que falta para cada etapa posible."""

    permiso = permisos.CAMBIAR

    def convenio(self, pk: int) -> Convenio:
        return get_object_or_404(consultas.convenios_visibles(self.request.user), pk=pk)

    def get(self, request, pk):
        convenio = self.convenio(pk)
        inicial = {"fecha": hoy(), "etapa": request.GET.get("etapa", "")}
        return self.pinta(convenio, CambiarEtapaForm(convenio=convenio, initial=inicial))

    def post(self, request, pk):
        convenio = self.convenio(pk)
        formulario = CambiarEtapaForm(request.POST, convenio=convenio)
        if formulario.is_valid():
            try:
                acciones.cambiar_etapa(convenio=convenio, por=request.user, **formulario.cleaned_data)
            except ValidationError as error:
                formulario.add_error(None, error.messages)
            else:
                nombre = Etapa(formulario.cleaned_data["etapa"]).label
                messages.success(request, f"El convenio pasó a «{nombre}».", extra_tags="guardado")
                return HttpResponseRedirect(convenio.get_absolute_url())
        return self.pinta(convenio, formulario, 422)

    def pinta(self, convenio, formulario, status=200):
        contexto = {
            "titulo": "Cambiar etapa",
            "convenio": convenio,
            "formulario": formulario,
            "pasos": pasos_de(convenio),
            "hay_faltas": any(p["faltas"] for p in pasos_de(convenio)),
            "cambios": convenio.cambios.select_related("por"),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Convenios", reverse("convenios:convenio_lista")),
                (convenio.titulo, convenio.get_absolute_url()),
                ("Cambiar etapa", ""),
            ],
        }
        return render(self.request, "convenios/cambiar_etapa.html", contexto, status=status)


class TipoInstrumentoPaginas(Paginas):
    modelo = TipoInstrumento
    tabla = TipoInstrumentoTabla
    formulario = TipoInstrumentoForm
    recurso = TipoInstrumentoRecurso
    busca = ("nombre",)
    detalle = ("nombre", "activo", ("Convenios", lambda t: t.usos))
    ayuda = "Con qué nombre se clasifican los instrumentos. El que ya no se use se retira, no se borra."

    def consulta(self, usuario):
        return TipoInstrumento.objects.annotate(usos=Count("convenios"))


# -- actualizaciones por sesión -------------------------------------------------------


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
        return self.pinta(Cuadricula(request))

    def pinta(self, cuadricula, errores=(), status=200):
        usuario = self.request.user
        contexto = {
            "titulo": "Actualizaciones por sesión",
            "cuadricula": cuadricula,
            "errores": errores,
            "edita": usuario.has_perm(permisos.REPORTAR),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Actualizaciones", reverse("convenios:actualizacion_lista")),
                ("Por sesión", ""),
            ],
        }
        return render(self.request, "convenios/cuadricula.html", contexto, status=status)


class GuardarCuadricula(VistaCuadricula):
    permiso = permisos.REPORTAR
    http_method_names = ["post"]

    def post(self, request):
        marcas = set(request.POST.getlist("marca"))
        antes = set(filter(None, request.POST.get("antes", "").split(",")))
        cuadricula = Cuadricula(request, marcas)
        quitar = cuadricula.pares(antes - marcas) if request.user.has_perm(permisos.QUITAR_ACTUALIZACION) else []
        try:
            nuevas, quitadas = acciones.registrar_actualizaciones(
                agregar=cuadricula.pares(marcas - antes), quitar=quitar, por=request.user
            )
        except ValidationError as error:
            return self.pinta(cuadricula, error.messages, 422)
        except IntegrityError:
            return self.pinta(cuadricula, ["Otra persona guardó al mismo tiempo: revise y vuelva a guardar."], 409)
        hechos = [
            frase
            for n, frase in (
                (nuevas, f"se anotaron {nuevas} actualizaciones" if nuevas > 1 else "se anotó una actualización"),
                (quitadas, f"se quitaron {quitadas}" if quitadas > 1 else "se quitó una"),
            )
            if n
        ]
        messages.success(request, capitaliza(enumera(hechos)) + "." if hechos else "No había cambios que guardar.")
        return HttpResponseRedirect(f"{reverse('convenios:actualizacion_matriz')}?{request.GET.urlencode()}")
