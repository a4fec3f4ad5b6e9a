"""Páginas de lo que vence y de las renovaciones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View

from vinculacion.nucleo import hojas
from vinculacion.nucleo.formularios import arregla_filtro
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel, envios
from vinculacion.nucleo.paginas.conflicto import hay_conflicto
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import hoy

from ..models import Renovacion
from ..permisos import VER
from . import acciones, consultas, filters, forms, paneles, permisos, reglas, resources, tables
from .consultas import Grupo

POR_GRUPO = 50


class Vencimientos(ConPermiso, View):
    """Lo que vence, por grupos; con ``grupo`` elegido se enseña completo."""

    permiso = VER
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        al = hoy()
        filtro = filters.VencimientoFiltro(
            request.GET, queryset=consultas.en_vigor_o_vencidos(request.user), request=request
        )
        for campo in filtro.form.fields.values():
            arregla_filtro(campo)
        convenios = list(filtro.qs)
        elegido = filtro.form.cleaned_data.get("grupo") or "" if filtro.form.is_bound else ""
        de_grupo = {g: [c for c in convenios if consultas.grupo(c, al) == g] for g in Grupo}
        if elegido:
            de_grupo = {g: suyos for g, suyos in de_grupo.items() if g == elegido}
        if request.GET.get("_export") == "xlsx":
            filas = [tables.fila_de_hoja(c, al, request.user) for suyos in de_grupo.values() for c in suyos]
            libro = hojas.a_xlsx(tables.ENCABEZADOS, filas, "Vencimientos")
            return hojas.respuesta(libro, f"vencimientos {al:%Y-%m-%d}", "xlsx")
        activos = sum(1 for nombre in filtro.filters if any(request.GET.getlist(nombre)))
        contexto = {
            "titulo": "Vencimientos",
            "migas": [("Inicio", reverse("inicio")), ("Vencimientos", "")],
            "filtro": filtro,
            "filtros_activos": activos,
            "dia": fecha_larga(al),
            "grupos": [self.parte(g, suyos, bool(elegido)) for g, suyos in de_grupo.items() if suyos],
            "resumen": [(g, len(suyos)) for g, suyos in de_grupo.items()],
            "url_renovaciones": reverse("convenios:renovacion_lista") if request.user.has_perm(permisos.VER) else "",
        }
        return render(request, "convenios/vigencia/vencimientos.html", contexto)

    def parte(self, grupo: Grupo, suyos: list, completo: bool) -> dict:
        visibles = suyos if completo else suyos[:POR_GRUPO]
        tabla = tables.VencimientoTabla(
            visibles, al=hoy(), usuario=self.request.user, regreso=self.request.get_full_path()
        )
        if grupo == Grupo.INDEFINIDOS:
            tabla.exclude = ("renovacion", "sigue")
        tabla.titulo = grupo.label
        iguales = {k: v for k, v in self.request.GET.items() if k not in ("grupo", "_export")}
        return {
            "grupo": grupo,
            "tabla": tabla,
            "total": len(suyos),
            "demas": len(suyos) - len(visibles),
            "url": f"{self.request.path}?{urlencode({**iguales, 'grupo': grupo.value})}",
        }


class RenovacionPaginas(Paginas):
    modelo = Renovacion
    tabla = tables.RenovacionTabla
    filtro = filters.RenovacionFiltro
    formulario = forms.RenovacionForm
    recurso = resources.RenovacionRecurso
    evidencia = True
    femenino = True
    capturar_otra = False
    busca = ("convenio__folio", "convenio__titulo", "razon")
    plantilla_lista = "convenios/vigencia/lista.html"
    plantilla_detalle = "convenios/vigencia/detalle.html"
    ayuda = "Qué se decidió de cada instrumento que vence, y cuál lo releva."
    detalle = (
        ("Instrumento que vence", lambda r: r.convenio),
        ("Vigente hasta", lambda r: r.convenio.vigencia_hasta or r.convenio.get_vigencia_display()),
        "decision",
        "fecha_decision",
        "razon",
    )

    def consulta(self, usuario):
        return consultas.renovaciones_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def guardar(self, *, formulario, por):
        return acciones.guardar_renovacion(renovacion=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_renovacion(renovacion=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto, decide=usuario.has_perm(permisos.DECIDIR))

    def impedimentos_para_evidencia(self, objeto, usuario):
        return []

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def miga_superior(self, objeto):
        return [("Vencimientos", reverse("convenios:vencimientos"))]

    def acciones_de(self, objeto, usuario):
        if not self.puede(usuario, "change") or reglas.impedimentos_para_crear_sucesor(objeto):
            return
        if usuario.has_perm(permisos.CREAR_INSTRUMENTO):
            yield Accion("Crear sucesor", self.url("sucesor", objeto))
        yield Accion("Ligar uno existente", f"{self.url('editar', objeto)}#id_sucesor")

    def paneles(self, objeto, usuario):
        yield Panel(
            "Vigencia y relevo",
            "convenios/vigencia/_panel.html",
            paneles.contexto(objeto.convenio, usuario, en_renovacion=True),
        )

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        return {"insignia": tables.insignia(consultas.estado_de(objeto.convenio))}


class CrearSucesor(ConPermiso, View):
    permiso = permisos.CREAR_INSTRUMENTO
    titulo = "Crear el sucesor"

    def renovacion(self, pk: int) -> Renovacion:
        renovacion = get_object_or_404(consultas.renovaciones_visibles(self.request.user), pk=pk)
        if not self.request.user.has_perm(permisos.CAMBIAR):
            raise PermissionDenied("Su papel no incluye llevar renovaciones.")
        return renovacion

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        renovacion = self.renovacion(pk)
        if razones := reglas.impedimentos_para_crear_sucesor(renovacion):
            messages.error(request, " ".join(razones))
            return HttpResponseRedirect(renovacion.get_absolute_url())
        return self.pinta(renovacion, forms.SucesorForm(initial={"titulo": renovacion.convenio.titulo}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                return HttpResponseRedirect(previo)
            Renovacion.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            renovacion = self.renovacion(pk)
            formulario = forms.SucesorForm(request.POST)
            vale = formulario.is_valid()
            if hay_conflicto(renovacion, request.POST.get("version")):
                return self.pinta(renovacion, formulario, 409)
            if vale:
                try:
                    with transaction.atomic():
                        sucesor = acciones.crear_sucesor(
                            renovacion=renovacion, por=request.user, **formulario.cleaned_data
                        )
                except ValidationError as error:
                    reparte(formulario, error)
                else:
                    messages.success(
                        request,
                        f"Se creó «{sucesor}», en negociación. Falta escribir su vigencia y revisar su objeto.",
                        extra_tags="guardado",
                    )
                    destino = sucesor.get_absolute_url()
                    envios.anotar(request, destino)
                    return HttpResponseRedirect(destino)
        return self.pinta(renovacion, formulario, 422)

    def pinta(self, renovacion, formulario, status=200) -> HttpResponse:
        contexto = {
            "titulo": self.titulo,
            "renovacion": renovacion,
            "convenio": renovacion.convenio,
            "formulario": formulario,
            "envio": envios.nuevo(),
            "en_conflicto": status == 409,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Vencimientos", reverse("convenios:vencimientos")),
                (str(renovacion), renovacion.get_absolute_url()),
                (self.titulo, ""),
            ],
        }
        return render(self.request, "convenios/vigencia/sucesor.html", contexto, status=status)
