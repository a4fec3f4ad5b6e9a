"""Páginas de programas, ejes, acciones y tipos de actividad."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from programas import acciones, consultas, reglas, resources
from programas.estados import CampoDeActividad, ColumnaDeActividad, EstadoDePrograma
from programas.models import Accion, Eje, Programa, TipoActividad
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas, Panel
from vinculacion.nucleo.palabras import enumera, mes
from vinculacion.nucleo.periodos import Trimestre, hoy

from . import filters, forms, tables


def renglones(programa: Programa) -> list[dict]:
    """El avance del plan listo para pintarse: ejes, acciones, trimestres con su luz y adónde lleva cada cifra."""
    fecha = hoy()
    corte = consultas.cortes_concluidos(programa.anio, fecha)
    lista = reverse("programas:actividad_lista")
    ejes = []
    for eje in consultas.avance(programa):
        filas = []
        for renglon in eje.acciones:
            celdas = []
            for numero, cuenta in enumerate(renglon.avance.trimestres, 1):
                trimestre = Trimestre(programa.anio, numero)
                celdas.append(
                    {
                        "cuenta": cuenta,
                        "trimestre": numero,
                        "luz": consultas.semaforo(cuenta.programado, cuenta.alcanzado, iniciado=trimestre.fin < fecha),
                        "url": f"{lista}?cuenta_para={renglon.accion.pk}&desde={trimestre.inicio:%Y-%m-%d}"
                        f"&hasta={trimestre.fin:%Y-%m-%d}",
                    }
                )
            filas.append(
                {
                    "accion": renglon.accion,
                    "celdas": celdas,
                    "anual": renglon.avance.anual,
                    "luz": renglon.avance.luz(programa.anio, fecha),
                    "url": f"{lista}?cuenta_para={renglon.accion.pk}&desde={programa.anio}-01-01&hasta={programa.anio}-12-31",
                }
            )
        ejes.append(
            {
                "eje": eje.eje,
                "filas": filas,
                "avance": eje.avance,
                "luz": eje.avance.luz(programa.anio, fecha),
                "corte": corte,
            }
        )
    return ejes


class ProgramaPaginas(Paginas):
    modelo = Programa
    tabla = tables.ProgramaTabla
    filtro = filters.ProgramaFiltro
    formulario = forms.ProgramaForm
    recurso = resources.ProgramaRecurso
    busca = ("nombre", "clave")
    detalle = ("clave", "tipo", "anio", "estado", "area", "comision", "acuerdo", "objetivo")
    ayuda = "Programas específicos de la unidad y programas anuales de trabajo de la comisión."
    plantilla_detalle = "programas/programa_detalle.html"

    def consulta(self, usuario):
        return consultas.programas()

    def guardar(self, *, formulario, por):
        return acciones.guardar_programa(programa=formulario.instance, por=por)

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm("programas.add_eje"):
            yield Boton("Agregar eje", f"{reverse('programas:eje_nuevo')}?programa={objeto.pk}")
        if usuario.has_perm("programas.change_programa") and objeto.estado == EstadoDePrograma.BORRADOR:
            yield Boton("Aprobar", reverse("programas:programa_aprobar", args=[objeto.pk]), "btn-primary", "post")

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        return {
            "ejes": renglones(objeto),
            "puede_editar": request.user.has_perm("programas.change_accion"),
            "faltas": reglas.impedimentos_para_aprobar(objeto) if objeto.estado == EstadoDePrograma.BORRADOR else [],
        }


class Aprobar(ConPermiso, View):
    permiso = "programas.change_programa"
    http_method_names = ["post"]

    def post(self, request, pk):
        programa = get_object_or_404(Programa, pk=pk)
        try:
            acciones.aprobar_programa(programa=programa, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Se aprobó «{programa}».")
        return HttpResponseRedirect(programa.get_absolute_url())


class EjePaginas(Paginas):
    modelo = Eje
    formulario = forms.EjeForm
    vistas = ("nuevo", "detalle", "editar", "eliminar", "importar")
    recurso = resources.EjeRecurso
    detalle = ("programa", "numero", "nombre", "objetivo")

    def consulta(self, usuario):
        return Eje.objects.select_related("programa")

    def guardar(self, *, formulario, por):
        return acciones.guardar_eje(eje=formulario.instance, por=por)

    def miga_superior(self, objeto):
        migas = [("Programas", reverse("programas:programa_lista"))]
        if objeto is not None and objeto.pk:
            migas.append((objeto.programa.nombre, objeto.programa.get_absolute_url()))
        return migas

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm("programas.add_accion"):
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
    detalle = (
        "eje",
        ("Clave", "clave"),
        "nombre",
        "unidad",
        "frecuencia",
        "fuente",
        "area_responsable",
        ("Meses programados", lambda a: enumera([mes(m) for m in a.meses])),
        ("Alineada con", lambda a: ", ".join(f"{x.clave}" for x in a.alineadas.all())),
    )

    def consulta(self, usuario):
        return consultas.acciones()

    def guardar(self, *, formulario, por):
        return acciones.guardar_accion(
            accion=formulario.instance,
            por=por,
            metas=formulario.metas,
            alineadas=formulario.cleaned_data["alineadas"],
        )

    def miga_superior(self, objeto):
        migas = [("Programas", reverse("programas:programa_lista"))]
        if objeto is not None and objeto.pk:
            migas.append((objeto.eje.programa.nombre, objeto.eje.programa.get_absolute_url()))
        return migas

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm("programas.add_actividad"):
            yield Boton("Capturar actividad", f"{reverse('programas:actividad_nuevo')}?accion={objeto.pk}")

    def paneles(self, objeto, usuario):
        programa = objeto.eje.programa
        fila = next(fila for eje in renglones(programa) for fila in eje["filas"] if fila["accion"].pk == objeto.pk)
        return [Panel("Avance", "programas/_avance_accion.html", {"fila": fila})]


class TipoActividadPaginas(Paginas):
    modelo = TipoActividad
    tabla = tables.TipoActividadTabla
    filtro = filters.TipoActividadFiltro
    formulario = forms.TipoActividadForm
    recurso = resources.TipoActividadRecurso
    busca = ("nombre", "clave")
    ayuda = "Cada tipo decide qué pide el formulario y qué columnas enseña el informe."
    detalle = (
        "nombre",
        "clave",
        ("Campos que pide", lambda t: enumera([CampoDeActividad(c).label for c in t.campos])),
        ("Columnas en los informes", lambda t: enumera([ColumnaDeActividad(c).label for c in t.columnas])),
        "orden",
        "activo",
    )

    def consulta(self, usuario):
        return TipoActividad.objects.annotate(cuantas=Count("actividades"))

    def guardar(self, *, formulario, por):
        return acciones.guardar_tipo(tipo=formulario.instance, por=por)
