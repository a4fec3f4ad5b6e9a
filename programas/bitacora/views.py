"""Páginas de la actividad y su validación."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.generic import View

from programas import acciones, consultas, permisos, reglas, resources
from programas.estados import CampoDeActividad, EstadoDeActividad
from programas.models import Actividad, TipoActividad
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel, siguiente
from vinculacion.nucleo.palabras import capitaliza, cuenta, enumera, numero
from vinculacion.nucleo.periodos import hoy

from .filters import ActividadFiltro
from .forms import CONTROLES, ActividadForm, CifraFormSet, RechazoForm, controles_de
from .tables import ActividadTabla, insignia_de

# Lo que se repite de una actividad a otra semejante; la asistencia y la fecha no.
SE_COPIA = (
    "accion", "tipo", "titulo", "objetivo", "hora_inicio", "hora_fin", "modalidad", "lugar", "ciudad", "pais",
    "organo", "representacion", "unidades",
)  # fmt: skip


class ActividadPaginas(Paginas):
    modelo = Actividad
    tabla = ActividadTabla
    filtro = ActividadFiltro
    formulario = ActividadForm
    recurso = resources.ActividadRecurso
    conjuntos = {"cifras": ("Otras cifras", CifraFormSet)}
    busca = ("titulo", "objetivo", "organismos__nombre", "organismos__siglas")
    evidencia = True
    femenino = True
    ayuda = (
        "La bitácora: lo que se hizo, cuándo, con quién y con qué evidencia. De aquí salen el avance y los informes."
    )
    plantilla_detalle = "programas/actividad_detalle.html"
    plantilla_formulario = "programas/actividad_formulario.html"
    guiones = ("js/captura.js",)

    def consulta(self, usuario):
        return consultas.actividades()

    # -- captura --------------------------------------------------------------------
    def inicial(self, request):
        if (como := request.GET.get("como", "")).isdecimal() and len(como) < 19:
            modelo = consultas.actividades().filter(pk=como).first()
            if modelo is not None:
                copia = {campo: getattr(modelo, campo) for campo in SE_COPIA}
                return {**copia, "organismos": list(modelo.organismos.all()), "fecha_inicio": hoy()}
        ultima = Actividad.objects.filter(capturo=request.user).select_related("accion__eje__programa", "tipo")
        ultima = ultima.order_by("-creado", "-pk").first()
        inicial = {"fecha_inicio": hoy()}
        if ultima is not None:
            if ultima.tipo.activo:
                inicial["tipo"] = ultima.tipo_id
            if ultima.accion.eje.programa.anio == hoy().year:
                inicial["accion"] = ultima.accion_id
        return inicial

    def argumentos_formulario(self, request):
        return {"usuario": request.user, "tipo_pedido": request.GET.get("tipo", "")}

    def contexto(self, request, vista, objeto=None):
        if vista != "formulario":
            return {}
        tipos = TipoActividad.objects.all()
        return {
            "como": request.GET.get("como", "") if objeto is None else "",
            "campos_por_tipo": {
                "controles": [nombre for nombres in CONTROLES.values() for nombre in nombres],
                "tipos": {
                    str(t.pk): {"controles": controles_de(t), "cifras": CampoDeActividad.CIFRAS in t.campos}
                    for t in tipos
                },
            },
        }

    def guardar(self, *, formulario, por):
        actividad = acciones.guardar_actividad(
            actividad=formulario.instance, por=por, organismos=formulario.cleaned_data["organismos"]
        )
        formulario.guardar_evidencia(actividad=actividad, por=por)
        return actividad

    def eliminar(self, *, objeto, por):
        acciones.eliminar_actividad(actividad=objeto, por=por)

    def destino_otra(self, request, objeto):
        """La siguiente abre con la misma acción, tipo y fecha: así se capturan varias seguidas."""
        datos = {"accion": objeto.accion_id, "tipo": objeto.tipo_id, "fecha_inicio": objeto.fecha_inicio.isoformat()}
        if regreso := siguiente(request, ""):
            datos["siguiente"] = regreso
        return f"{self.url('nuevo')}?{urlencode(datos)}"

    def advertencias(self, *, formulario, usuario):
        dudas = []
        actividad = formulario.instance
        if not actividad.pk or {"titulo", "fecha_inicio"} & set(formulario.changed_data):
            dudas += [_duda(a) for a in parecidas(actividad)]
        if dudas and (nombres := formulario.archivos_enviados):
            formulario.recuerda_archivos()
            dudas.append(f"Elija otra vez los archivos antes de guardar: {', '.join(nombres)}.")
        return dudas

    # -- reglas ----------------------------------------------------------------------
    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar_actividad(objeto, usuario)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar_actividad(objeto, usuario)

    def impedimentos_para_evidencia(self, objeto, usuario):
        return reglas.impedimentos_para_evidencia(objeto, usuario)

    def impedimentos_para_quitar_evidencia(self, objeto, usuario):
        return self.impedimentos_para_editar(objeto, usuario)

    # -- lista y detalle ---------------------------------------------------------------
    def acciones_lista(self, usuario):
        if usuario.has_perm(permisos.VALIDAR):
            yield Accion(f"Por validar ({consultas.por_validar().count()})", reverse("programas:actividad_por_validar"))

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(permisos.VALIDAR):
            version = f"?version={objeto.version}"
            if not reglas.impedimentos_para_validar(objeto):
                yield Accion("Validar", _url("validar", objeto) + version, "btn-success", "post")
            if objeto.estado != EstadoDeActividad.RECHAZADA:
                yield Accion("Rechazar", _url("rechazar", objeto) + version, "btn-outline-danger")
            if objeto.estado != EstadoDeActividad.BORRADOR:
                yield Accion("Devolver a borrador", _url("devolver", objeto) + version, metodo="post")
        if self.puede(usuario, "add"):
            yield Accion("Capturar otra como ésta", f"{self.url('nuevo')}?como={objeto.pk}")

    def datos(self, objeto):
        return [(etiqueta, valor) for etiqueta, valor in _datos(objeto) if valor not in ("", None, [])]

    def paneles(self, objeto, usuario):
        if cifras := list(objeto.cifras.all()):
            yield Panel("Otras cifras", "programas/_cifras.html", {"cifras": cifras})


def _url(vista: str, actividad: Actividad) -> str:
    return reverse(f"programas:actividad_{vista}", args=[actividad.pk])


def _datos(a: Actividad) -> list[tuple]:
    horas = [f"{h:%H:%M}" for h in (a.hora_inicio, a.hora_fin) if h]
    asistencia = [
        (a.mujeres, cuenta(a.mujeres or 0, "mujer", "mujeres")),
        (a.hombres, cuenta(a.hombres or 0, "hombre", "hombres")),
        (a.sin_dato, f"{numero(a.sin_dato or 0)} sin especificar sexo"),
    ]
    dichas = [texto for valor, texto in asistencia if valor is not None]
    return [
        ("Estado", insignia_de(a)),
        ("Fecha", capitaliza(a.fechas)),
        ("Tipo", str(a.tipo)),
        ("Acción", a.accion),
        ("Programa", a.accion.eje.programa),
        ("Unidades que cuenta", a.unidades),
        ("Horario", " a ".join(horas) + " horas" if horas else ""),
        ("Modalidad", a.get_modalidad_display()),
        ("Lugar", a.lugar),
        ("Ciudad", a.ciudad),
        ("País", a.get_pais_display() if a.pais else ""),
        ("Objetivo", a.objetivo),
        ("Organismos que participan", list(a.organismos.all())),
        ("Órgano al que se da seguimiento", a.organo),
        ("Quién representó al Instituto", a.representacion),
        ("Asistencia", f"{numero(a.asistentes)} en total: {enumera(dichas)}" if dichas else ""),
        ("Observaciones", a.observaciones),
        ("Capturó", str(a.capturo) if a.capturo else ""),
        ("Validó", str(a.valido) if a.valido else ""),
        ("Validada el", a.validada_el),
    ]


def parecidas(actividad: Actividad) -> list[Actividad]:
    """Las del mismo día con un título casi igual."""
    mismo_dia = (
        consultas.que_cuentan()
        .filter(fecha_inicio=actividad.fecha_inicio)
        .exclude(pk=actividad.pk)
        .select_related("tipo", "accion__eje")
    )
    return [a for a in mismo_dia if reglas.mismo_hecho(actividad.titulo, a.titulo)][:5]


def _duda(a: Actividad) -> str:
    return format_html(
        'Ya hay una parecida: <a href="{}" target="_blank" rel="noopener">«{}»</a>, {} ({}, acción {}). '
        "Se abre en otra pestaña.",
        a.get_absolute_url(), a.titulo, a.fechas, a.tipo, a.accion.numeral,
    )  # fmt: skip


# -- validación ------------------------------------------------------------------------
class _DeValidacion(ConPermiso, View):
    permiso = permisos.VALIDAR

    def actividad(self, pk: int) -> Actividad:
        return get_object_or_404(consultas.actividades(), pk=pk)

    def regreso(self, actividad: Actividad) -> HttpResponseRedirect:
        return HttpResponseRedirect(siguiente(self.request, actividad.get_absolute_url()))

    def cambio(self, actividad: Actividad) -> bool:
        """Si alguien la cambió desde que se abrió la página: no se valida lo que no se leyó."""
        vista = self.request.GET.get("version", "")
        if not vista or vista == str(actividad.version):
            return False
        messages.warning(self.request, "La actividad cambió mientras la leía: revísela y decida otra vez.")
        return True


class _Resolver(_DeValidacion):
    """POST hace; GET (un enlace copiado) lleva al detalle."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return HttpResponseRedirect(self.actividad(pk).get_absolute_url())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actividad = self.actividad(pk)
        if not self.cambio(actividad):
            try:
                self.hace(actividad)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, self.hecho)
        return self.regreso(actividad)


class Validar(_Resolver):
    hecho = "La actividad quedó validada."

    def hace(self, actividad):
        acciones.validar_actividad(actividad=actividad, por=self.request.user)


class Devolver(_Resolver):
    hecho = "La actividad volvió a borrador: ya puede corregirse."

    def hace(self, actividad):
        acciones.devolver_actividad(actividad=actividad, por=self.request.user)


class Rechazar(_DeValidacion):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pinta(self.actividad(pk), RechazoForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actividad = self.actividad(pk)
        formulario = RechazoForm(request.POST)
        if self.cambio(actividad):
            return self.pinta(actividad, formulario, 409)
        if formulario.is_valid():
            try:
                acciones.rechazar_actividad(
                    actividad=actividad, razon=formulario.cleaned_data["razon"], por=request.user
                )
            except ValidationError as error:
                formulario.add_error("razon", error.messages)
            else:
                messages.success(request, "La actividad quedó rechazada.", extra_tags="guardado")
                return self.regreso(actividad)
        return self.pinta(actividad, formulario, 422)

    def pinta(self, actividad: Actividad, formulario: RechazoForm, status: int = 200) -> HttpResponse:
        contexto = {
            "titulo": "Rechazar actividad",
            "objeto": actividad,
            "formulario": formulario,
            "accion": f"{_url('rechazar', actividad)}?version={actividad.version}",
            "cancelar": siguiente(self.request, actividad.get_absolute_url()),
            "siguiente": siguiente(self.request, ""),
            "migas": [*_migas(), (str(actividad), actividad.get_absolute_url()), ("Rechazar", "")],
        }
        return render(self.request, "programas/actividad_rechazar.html", contexto, status=status)


class PorValidar(_DeValidacion):
    """Los borradores, de la más antigua a la más nueva, para validar varios de una vez."""

    por_pagina = 50

    def get(self, request: HttpRequest) -> HttpResponse:
        pagina = Paginator(consultas.por_validar(), self.por_pagina).get_page(request.GET.get("pagina"))
        contexto = {"titulo": "Actividades por validar", "pagina": pagina, "migas": [*_migas(), ("Por validar", "")]}
        return render(request, "programas/actividad_por_validar.html", contexto)

    def post(self, request: HttpRequest) -> HttpResponse:
        elegidas = dict(e.partition(":")[::2] for e in request.POST.getlist("elegidas"))
        claves = [pk for pk in elegidas if pk.isascii() and pk.isdecimal() and len(pk) < 19]
        hechas, faltas = 0, []
        for actividad in Actividad.objects.filter(pk__in=claves).order_by("fecha_fin", "pk"):
            if elegidas[str(actividad.pk)] != str(actividad.version):
                faltas.append(f"«{actividad}»: cambió mientras la leía.")
                continue
            try:
                acciones.validar_actividad(actividad=actividad, por=request.user)
                hechas += 1
            except ValidationError as error:
                faltas.append(f"«{actividad}»: {' '.join(error.messages)}")
        if not elegidas:
            messages.warning(request, "No eligió ninguna actividad.")
        if hechas:
            verbo = "Se validó" if hechas == 1 else "Se validaron"
            messages.success(request, f"{verbo} {cuenta(hechas, 'actividad', 'actividades')}.")
        if faltas:
            messages.warning(request, f"No se validaron {len(faltas)}: {' '.join(faltas)}")
        return HttpResponseRedirect(request.get_full_path())


def _migas() -> list[tuple[str, str]]:
    return [("Inicio", reverse("inicio")), ("Actividades", reverse("programas:actividad_lista"))]
