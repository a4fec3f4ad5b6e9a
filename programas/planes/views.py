"""Páginas de programas, ejes, acciones, metas y tipos de actividad."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.generic import View

from programas import acciones, consultas, permisos, reglas, resources
from programas.estados import CampoDeActividad, ColumnaDeActividad, EstadoDePrograma
from programas.metas import consultas as de_metas
from programas.metas.reglas import impedimentos_para_reprogramar
from programas.models import Accion, Eje, Meta, Programa, TipoActividad
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas, Panel
from vinculacion.nucleo.periodos import hoy

from . import filters, forms, tables
from .avance import meses_escritos, renglones


def _razones_para_no_eliminar(vista: str, objeto) -> dict:
    """La página que confirma enlista todo lo que cuelga, también lo que sólo menciona al registro."""
    razones = [] if vista != "eliminar" else reglas.impedimentos_para_eliminar(objeto)
    return {"razones": razones} if razones else {}


def migas_de(programa: Programa | None) -> list[tuple[str, str]]:
    migas = [("Programas", reverse("programas:programa_lista"))]
    return [*migas, (programa.nombre, programa.get_absolute_url())] if programa else migas


class ProgramaPaginas(Paginas):
    modelo = Programa
    tabla = tables.ProgramaTabla
    filtro = filters.ProgramaFiltro
    formulario = forms.ProgramaForm
    recurso = resources.ProgramaRecurso
    busca = ("nombre", "clave")
    detalle = ("clave", "tipo", ("Año", lambda p: str(p.anio)), "estado", "area", "comision", "acuerdo", "objetivo")
    ayuda = "Programas específicos de la unidad y programas anuales de trabajo de la comisión."
    plantilla_detalle = "programas/programa_detalle.html"
    capturar_otra = False

    def consulta(self, usuario):
        return consultas.programas()

    def guardar(self, *, formulario, por):
        return acciones.guardar_programa(programa=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_planear(objeto)

    impedimentos_para_eliminar = impedimentos_para_editar

    def acciones_lista(self, usuario):
        yield Boton("Acciones", reverse("programas:accion_lista"))
        yield Boton("Metas", reverse("programas:meta_lista"))
        if usuario.has_perm(permisos.AGREGAR_EJE):
            yield Boton("Importar ejes", reverse("programas:eje_importar"))

    def acciones_de(self, objeto, usuario):
        abierto = objeto.estado != EstadoDePrograma.CERRADO
        if abierto and usuario.has_perm(permisos.AGREGAR_EJE):
            yield Boton("Agregar eje", f"{reverse('programas:eje_nuevo')}?programa={objeto.pk}")
        if usuario.has_perm(permisos.CAMBIAR_PROGRAMA):
            for paso, datos in PASOS.items():
                if objeto.estado in datos["desde"] and (paso != "cerrar" or objeto.anio < hoy().year):
                    yield Boton(datos["etiqueta"], reverse("programas:programa_paso", args=[objeto.pk, paso]))

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return _razones_para_no_eliminar(vista, objeto)
        return {
            "ejes": renglones(objeto, hoy()),
            "puede_editar": objeto.estado != EstadoDePrograma.CERRADO
            and request.user.has_perm(permisos.CAMBIAR_ACCION),
            "puede_agregar": objeto.estado != EstadoDePrograma.CERRADO
            and request.user.has_perm(permisos.AGREGAR_ACCION),
        }


# Los pasos de un plan: qué botón los ofrece, desde qué estado y qué dice la página que los confirma.
PASOS = {
    "aprobar": {
        "etiqueta": "Aprobar",
        "desde": (EstadoDePrograma.BORRADOR,),
        "texto": "Al aprobarlo, sus metas empiezan a contar en los tableros y en los avisos. Desde entonces cambian "
        "sólo con una reprogramación: su razón y el acuerdo que la permite.",
        "accion": acciones.aprobar_programa,
        "faltas": reglas.impedimentos_para_aprobar,
        "hecho": "Se aprobó «{}».",
    },
    "cerrar": {
        "etiqueta": "Cerrar",
        "desde": (EstadoDePrograma.APROBADO,),
        "texto": "Un programa cerrado se consulta, pero ni su plan ni su bitácora se modifican.",
        "accion": acciones.cerrar_programa,
        "faltas": lambda programa: reglas.impedimentos_para_cerrar(programa, hoy()),
        "hecho": "Se cerró «{}».",
    },
    "reabrir": {
        "etiqueta": "Reabrir",
        "desde": (EstadoDePrograma.CERRADO,),
        "texto": "El programa vuelve a estar aprobado: su plan y su bitácora se podrán modificar.",
        "accion": acciones.reabrir_programa,
        "faltas": lambda programa: [],
        "hecho": "Se reabrió «{}».",
    },
    "borrador": {
        "etiqueta": "Regresar a borrador",
        "desde": (EstadoDePrograma.APROBADO,),
        "texto": "El programa deja de contar en tableros y avisos hasta que se apruebe otra vez.",
        "accion": acciones.reabrir_programa,
        "faltas": reglas.impedimentos_para_regresar,
        "hecho": "«{}» volvió a borrador.",
    },
}


class Paso(ConPermiso, View):
    """Aprobar, cerrar o reabrir: dice todo lo que falta y, si nada falta, pide confirmación."""

    permiso = permisos.CAMBIAR_PROGRAMA

    def dispatch(self, request, *args, **kwargs):
        self.paso = PASOS.get(kwargs["paso"])
        return super().dispatch(request, *args, **kwargs)

    def programa(self, pk: int) -> Programa:
        if self.paso is None:
            raise Http404
        return get_object_or_404(consultas.programas(), pk=pk)

    def get(self, request, pk, paso):
        programa = self.programa(pk)
        return self.pinta(programa, self.faltas(programa), self.formulario(programa))

    def post(self, request, pk, paso):
        programa = self.programa(pk)
        formulario = self.formulario(programa, request.POST)
        if formulario is not None and not formulario.is_valid():
            return self.pinta(programa, [], formulario, 422)
        try:
            self.paso["accion"](programa=programa, por=request.user, **(formulario.cleaned_data if formulario else {}))
        except ValidationError as error:
            return self.pinta(programa, error.messages, formulario, 409)
        messages.success(request, self.paso["hecho"].format(programa), extra_tags="guardado")
        return HttpResponseRedirect(programa.get_absolute_url())

    def faltas(self, programa: Programa) -> list[str]:
        if programa.estado not in self.paso["desde"]:
            return [f"El programa está {programa.get_estado_display().lower()}."]
        return self.paso["faltas"](programa)

    def formulario(self, programa: Programa, datos=None):
        if self.paso is PASOS["aprobar"]:
            return forms.AprobarForm(datos, programa=programa, initial={"acuerdo": programa.acuerdo_id})
        return None

    def pinta(self, programa, faltas, formulario, status=200):
        contexto = {
            "titulo": f"{self.paso['etiqueta']}: {programa}",
            "programa": programa,
            "paso": self.paso,
            "faltas": faltas,
            "formulario": formulario,
            "migas": [("Inicio", reverse("inicio")), *migas_de(programa), (self.paso["etiqueta"], "")],
        }
        return render(self.request, "programas/programa_paso.html", contexto, status=status)


def _enlace(accion: Accion) -> SafeString:
    return format_html('<a href="{}">{} {}</a>', accion.get_absolute_url(), accion.clave, accion.nombre)


class EjePaginas(Paginas):
    modelo = Eje
    tabla = tables.EjeTabla
    filtro = filters.EjeFiltro
    formulario = forms.EjeForm
    recurso = resources.EjeRecurso
    busca = ("nombre", "objetivo")
    detalle = (
        "programa",
        "numero",
        "nombre",
        "objetivo",
        "justificacion",
        ("Líneas estratégicas", lambda e: [r.strip() for r in e.lineas.splitlines() if r.strip()]),
        ("Peso en el programa", lambda e: f"{e.peso} %" if e.peso else ""),
    )

    def consulta(self, usuario):
        return Eje.objects.select_related("programa")

    def guardar(self, *, formulario, por):
        return acciones.guardar_eje(eje=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_planear(objeto.programa)

    impedimentos_para_eliminar = impedimentos_para_editar

    def contexto(self, request, vista, objeto=None):
        return _razones_para_no_eliminar(vista, objeto)

    def inicial(self, request):
        """El número que sigue, si ya se sabe en qué programa."""
        programa = request.GET.get("programa", "")
        ultimo = None
        if programa.isdecimal() and len(programa) < 19:
            ultimo = Eje.objects.filter(programa=programa).order_by("-numero").first()
        return {"numero": ultimo.numero + 1 if ultimo else 1}

    def miga_superior(self, objeto):
        return migas_de(objeto.programa if objeto is not None and objeto.pk else None)

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(permisos.AGREGAR_ACCION) and not reglas.impedimentos_para_planear(objeto.programa):
            yield Boton("Agregar acción", f"{reverse('programas:accion_nuevo')}?eje={objeto.pk}")

    def paneles(self, objeto, usuario):
        return [Panel("Acciones", "programas/_acciones.html", {"acciones": consultas.acciones().filter(eje=objeto)})]


class AccionPaginas(Paginas):
    modelo = Accion
    tabla = tables.AccionTabla
    filtro = filters.AccionFiltro
    formulario = forms.AccionForm
    recurso = resources.AccionRecurso
    busca = ("nombre", "inciso", "unidad")
    femenino = True
    ayuda = "Lo que los planes prometen, con su meta del año."
    plantilla_formulario = "programas/formulario.html"
    detalle = (
        "eje",
        ("Clave", "clave"),
        "nombre",
        "unidad",
        "frecuencia",
        "fuente",
        "area_responsable",
        ("Peso en su eje", lambda a: f"{a.peso} %" if a.peso else ""),
        ("Meses programados", lambda a: meses_escritos(a.meses)),
        ("Alineada con", lambda a: [_enlace(otra) for otra in a.alineadas.all()]),
    )

    def consulta(self, usuario):
        return consultas.acciones()

    def argumentos_formulario(self, request):
        eje = request.POST.get("eje") or request.GET.get("eje") or ""
        cabe = eje.isdecimal() and len(eje) < 19
        return {"eje": Eje.objects.select_related("programa").filter(pk=eje).first() if cabe else None}

    def guardar(self, *, formulario, por):
        return acciones.guardar_accion(
            accion=formulario.instance,
            por=por,
            metas=formulario.metas_escritas,
            alineadas=formulario.cleaned_data["alineadas"],
        )

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_planear(objeto.eje.programa)

    impedimentos_para_eliminar = impedimentos_para_editar

    def contexto(self, request, vista, objeto=None):
        if vista == "formulario":
            puede = request.user.has_perm(permisos.REPROGRAMAR)
            return {"puede_reprogramar": puede, "meses": meses_escritos(objeto.meses) if objeto else ""}
        return _razones_para_no_eliminar(vista, objeto)

    def miga_superior(self, objeto):
        return migas_de(objeto.eje.programa if objeto is not None and objeto.pk else None)

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(permisos.REPROGRAMAR) and not impedimentos_para_reprogramar(objeto.eje.programa):
            yield Boton("Reprogramar", reverse("programas:accion_reprogramar", args=[objeto.pk]))
        if usuario.has_perm(permisos.CAPTURAR) and not reglas.impedimentos_para_capturar(objeto):
            yield Boton("Capturar actividad", f"{reverse('programas:actividad_nuevo')}?accion={objeto.pk}")

    def paneles(self, objeto, usuario):
        fila = next(
            fila for eje in renglones(objeto.eje.programa, hoy()) for fila in eje["filas"] if fila["accion"] == objeto
        )
        yield Panel("Avance", "programas/_avance_accion.html", {"fila": fila})
        if cambios := list(de_metas.reprogramaciones().filter(accion=objeto)):
            yield Panel("Reprogramaciones", "programas/reprogramaciones_de_accion.html", {"reprogramaciones": cambios})


class MetaPaginas(Paginas):
    """Las metas se fijan en el formulario de su acción; esta lista es para verlas juntas y para las hojas."""

    modelo = Meta
    tabla = tables.MetaTabla
    filtro = filters.MetaFiltro
    recurso = resources.MetaRecurso
    busca = ("accion__nombre", "accion__unidad")
    femenino = True
    vistas = ("lista", "importar")
    ayuda = "Cantidad programada por acción y trimestre. Se corrigen en su acción o con una hoja de cálculo."

    def consulta(self, usuario):
        return consultas.metas()

    def miga_superior(self, objeto):
        return migas_de(None)


class TipoActividadPaginas(Paginas):
    modelo = TipoActividad
    tabla = tables.TipoActividadTabla
    filtro = filters.TipoActividadFiltro
    formulario = forms.TipoActividadForm
    recurso = resources.TipoActividadRecurso
    busca = ("nombre", "clave")
    ayuda = "Cada tipo decide qué pide el formulario y qué columnas enseña el informe."
    plantilla_formulario = "programas/formulario.html"
    guiones = ("js/ordenables.js",)
    detalle = (
        "nombre",
        "clave",
        ("Campos que pide", lambda t: [CampoDeActividad(c).label for c in t.campos]),
        ("Columnas en los informes", lambda t: [ColumnaDeActividad(c).label for c in t.columnas]),
        "orden",
        "activo",
    )

    def consulta(self, usuario):
        return TipoActividad.objects.annotate(cuantas=Count("actividades"))

    def guardar(self, *, formulario, por):
        return acciones.guardar_tipo(tipo=formulario.instance, por=por)
