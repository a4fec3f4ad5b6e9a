"""Páginas de la Red: integrantes y su asistencia a reuniones y cursos."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View
from django_tables2 import RequestConfig

from programas.models import Actividad
from vinculacion.nucleo.paginas import ConPermiso, Paginas, Panel
from vinculacion.nucleo.texto import busca

from . import acciones, consultas, permisos, reglas
from .filters import IntegranteFiltro
from .forms import AsistenciaForm, IntegranteForm
from .models import IntegranteRed
from .resources import IntegranteRecurso
from .tables import IntegranteTabla, ReunionTabla


class IntegrantePaginas(Paginas):
    modelo = IntegranteRed
    tabla = IntegranteTabla
    filtro = IntegranteFiltro
    formulario = IntegranteForm
    recurso = IntegranteRecurso
    busca = ("nombre", "ciudad", "correo")
    ayuda = "Organizaciones y personas que observan los procesos. A quien se va se le da de baja; no se borra."
    detalle = (
        "nombre",
        "clase",
        "organismo",
        "desde",
        "estado",
        "hasta",
        "correo",
        "telefono",
        "ciudad",
        "notas",
    )

    def consulta(self, usuario):
        return consultas.integrantes()

    def guardar(self, *, formulario, por):
        return acciones.guardar_integrante(integrante=formulario.instance, por=por)

    def paneles(self, objeto, usuario):
        if usuario.has_perm(permisos.VER_ASISTENCIA):
            asistencias = objeto.asistencias.select_related("actividad").order_by("-actividad__fecha_inicio")
            yield Panel("Asistió a", "observacion/_asistencias.html", {"asistencias": asistencias})


class Reuniones(ConPermiso, View):
    """Las actividades de la bitácora en que cabe anotar quién de la Red asistió."""

    permiso = permisos.VER_ASISTENCIA
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        texto = request.GET.get("q", "").strip()
        tabla = ReunionTabla(self.consulta(texto), order_by_field="ordenar", page_field="pagina", empty_text="")
        tabla.titulo = "Reuniones y cursos de la Red"
        RequestConfig(request, paginate={"per_page": 25}).configure(tabla)
        contexto = {
            "titulo": "Reuniones y cursos de la Red",
            "tabla": tabla,
            "texto": texto,
            "migas": [("Inicio", reverse("inicio")), ("Reuniones y cursos de la Red", "")],
        }
        return render(request, "observacion/reuniones.html", contexto)

    def consulta(self, texto: str) -> QuerySet[Actividad]:
        actividades = busca(consultas.reuniones(), ("titulo", "objetivo"), texto)
        return consultas.con_asistencia(actividades).select_related("tipo").order_by("-fecha_inicio", "-pk")


class RegistrarAsistencia(ConPermiso, View):
    """Quién de la Red asistió a una actividad y con cuántas personas."""

    permiso = permisos.VER_ASISTENCIA

    def actividad(self, pk: int) -> Actividad:
        return get_object_or_404(Actividad.objects.select_related("tipo", "accion__eje__programa"), pk=pk)

    def get(self, request, actividad):
        actividad = self.actividad(actividad)
        return self.pinta(actividad, AsistenciaForm(actividad=actividad))

    def post(self, request, actividad):
        actividad = self.actividad(actividad)
        if not request.user.has_perm(permisos.ANOTAR_ASISTENCIA):
            raise PermissionDenied("Su papel en el sistema no incluye anotar asistencia.")
        formulario = AsistenciaForm(request.POST, actividad=actividad)
        if not formulario.is_valid():
            return self.pinta(actividad, formulario, 422)
        try:
            cambios = acciones.registrar_asistencia(
                actividad=actividad, personas=formulario.personas(), por=request.user
            )
        except ValidationError as error:
            formulario.add_error(None, error.messages)
            return self.pinta(actividad, formulario, 422)
        except IntegrityError:
            formulario.add_error(None, "Otra persona guardó al mismo tiempo: revise y vuelva a guardar.")
            return self.pinta(actividad, formulario, 409)
        total = consultas.asistencia_de(actividad).total
        texto = f"Se guardó la asistencia: {total} en total." if cambios else "No había cambios que guardar."
        messages.success(request, texto, extra_tags="guardado")
        return HttpResponseRedirect(reverse("observacion:asistencia", args=[actividad.pk]))

    def pinta(self, actividad, formulario, status=200):
        contexto = {
            "titulo": "Asistencia de la Red",
            "actividad": actividad,
            "formulario": formulario,
            "asistencia": consultas.asistencia_de(actividad),
            "impedimentos": reglas.impedimentos_para_anotar(actividad),
            "edita": self.request.user.has_perm(permisos.ANOTAR_ASISTENCIA),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Reuniones y cursos de la Red", reverse("observacion:reuniones")),
                (actividad.titulo, ""),
            ],
        }
        return render(self.request, "observacion/asistencia.html", contexto, status=status)
