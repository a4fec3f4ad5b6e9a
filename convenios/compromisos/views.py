"""Páginas de los compromisos: lista, detalle con sus veces, avances, captura de todos los de un instrumento."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel, envios
from vinculacion.nucleo.paginas.conflicto import hay_conflicto
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.palabras import concuerda

from .. import consultas as de_convenios
from ..estados import FIRMADAS, EstadoDeCompromiso
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from . import acciones, consultas, filters, forms, paneles, reglas, resources, tables


def por_clave(consulta, clave: str):
    """El registro que nombra la dirección, si existe y se puede ver; lo que no es una llave se ignora."""
    return consulta.filter(pk=clave).first() if clave.isdecimal() and clave.isascii() and len(clave) <= 18 else None


class CompromisoPaginas(Paginas):
    modelo = Compromiso
    tabla = tables.CompromisoTabla
    filtro = filters.CompromisoFiltro
    formulario = forms.CompromisoForm
    recurso = resources.CompromisoRecurso
    evidencia = True
    busca = ("que", "clausula", "convenio__folio", "convenio__titulo")
    plantilla_lista = "convenios/compromisos/lista.html"
    plantilla_detalle = "convenios/compromisos/detalle.html"
    ayuda = "A qué obligan los instrumentos y cómo se va cumpliendo. Lo vencido sale de las fechas."
    detalle = (
        "convenio",
        "clausula",
        "que",
        "parte",
        "area",
        "contraparte",
        "recurrencia",
        "fecha_limite",
        ("Se repite hasta", lambda c: repite_hasta(c)),
        "cancelado_por",
    )

    def consulta(self, usuario):
        return consultas.con_avances(consultas.compromisos_visibles(usuario))

    def inicial(self, request):
        convenio = self._convenio(request)
        suya = list(convenio.areas.all()[:2]) if convenio else []
        return {"area": suya[0].pk} if len(suya) == 1 else {}

    def _convenio(self, request) -> Convenio | None:
        clave = request.POST.get("convenio", "") or request.GET.get("convenio", "")
        return por_clave(de_convenios.convenios_visibles(request.user), clave)

    def argumentos_formulario(self, request):
        return {"usuario": request.user, "convenio": self._convenio(request)}

    def advertencias(self, *, formulario, usuario):
        return reglas.advertencias_de_compromiso(formulario.instance)

    def guardar(self, *, formulario, por):
        return acciones.guardar_compromiso(compromiso=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_compromiso(compromiso=objeto, por=por)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def destino_otra(self, request, objeto):
        return f"{self.url('nuevo')}?convenio={objeto.convenio_id}"

    def paneles(self, objeto, usuario):
        yield Panel("Cumplimiento", "convenios/compromisos/_veces.html", paneles.contexto_de_veces(objeto, usuario))

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(paneles.ANOTAR) and not reglas.impedimentos_para_anotar(objeto, usuario):
            yield Accion("Anotar avance", paneles.url_de_anotar(objeto))
        if self.puede(usuario, "change"):
            if objeto.estado == EstadoDeCompromiso.ABIERTO:
                yield Accion("Ya no aplica", self.url("cancelar", objeto))
            elif objeto.estado == EstadoDeCompromiso.CANCELADO:
                yield Accion("Reactivar", self.url("reactivar", objeto), metodo="post")

    def acciones_lista(self, usuario):
        if usuario.has_perm("convenios.view_avancedecompromiso"):
            yield Accion("Avances", reverse("convenios:avance_lista"))

    def contexto(self, request, vista, objeto=None):
        return {"insignia": tables.insignia(objeto.situacion)} if vista == "detalle" else {}


def repite_hasta(compromiso: Compromiso) -> str:
    if compromiso.repite_hasta:
        return reglas.dia(compromiso.repite_hasta)
    if compromiso.recurrencia == "unica":
        return ""
    vence = compromiso.convenio.vigencia_hasta
    return f"{reglas.dia(vence)}, cuando termina el instrumento" if vence else "Sin fin"


class AvancePaginas(Paginas):
    modelo = AvanceDeCompromiso
    clave = "avance"
    tabla = tables.AvanceTabla
    filtro = filters.AvanceFiltro
    formulario = forms.AvanceForm
    recurso = resources.AvanceRecurso
    evidencia = True
    capturar_otra = False
    busca = ("nota", "compromiso__que", "compromiso__convenio__folio", "compromiso__convenio__titulo")
    plantilla_lista = "convenios/compromisos/lista.html"
    detalle = (
        "compromiso",
        ("Instrumento", lambda a: a.compromiso.convenio),
        ("De lo que vence el", "vez"),
        "fecha",
        "nota",
        ("Avance", lambda a: "Quedó cumplido" if a.cumple else f"{a.porcentaje} %"),
        "sesion",
        "por",
    )
    ayuda = "Lo que se ha hecho para cumplir los compromisos. Se anota desde la página de cada compromiso."

    @property
    def nuevo(self):
        return "Anotar avance"

    def consulta(self, usuario):
        return consultas.avances_visibles(usuario)

    def argumentos_formulario(self, request):
        clave = request.GET.get("compromiso", "") or request.POST.get("compromiso", "")
        visibles = consultas.con_avances(consultas.compromisos_visibles(request.user))
        return {"usuario": request.user, "compromiso": por_clave(visibles, clave)}

    def advertencias(self, *, formulario, usuario):
        avance = formulario.instance
        otros = AvanceDeCompromiso.objects.filter(compromiso=avance.compromiso_id).exclude(pk=avance.pk)
        return reglas.advertencias_de_avance(avance, list(otros))

    def guardar(self, *, formulario, por):
        nuevo = formulario.instance.pk is None
        evidencias = formulario.evidencias if nuevo else ()
        return acciones.anotar_avance(avance=formulario.instance, por=por, evidencias=evidencias)

    def eliminar(self, *, objeto, por):
        acciones.quitar_avance(avance=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_anotar(objeto.compromiso, usuario)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_quitar(objeto.compromiso)

    def destino(self, objeto):
        return f"{objeto.compromiso.get_absolute_url()}#cumplimiento" if objeto.pk else self.url("lista")

    def miga_superior(self, objeto):
        migas = [("Compromisos", reverse("convenios:compromiso_lista"))]
        if objeto is None or not objeto.pk:
            return migas
        return [*migas, (str(objeto.compromiso), objeto.compromiso.get_absolute_url())]

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver el compromiso", objeto.compromiso.get_absolute_url())


class DeCompromiso(ConPermiso, View):
    permiso = consultas.CAMBIAR

    def compromiso(self, pk: int) -> Compromiso:
        return get_object_or_404(consultas.compromisos_visibles(self.request.user), pk=pk)


class Cancelar(DeCompromiso):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        compromiso = self.compromiso(pk)
        if razones := reglas.impedimentos_para_cancelar(compromiso):
            raise PermissionDenied(" ".join(razones))
        return self.pinta(compromiso, forms.CancelarForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        compromiso, formulario = self.compromiso(pk), forms.CancelarForm(request.POST)
        vale = formulario.is_valid()
        if hay_conflicto(compromiso, request.POST.get("version")):
            formulario.add_error(
                None, "Otra persona cambió este compromiso mientras usted lo veía: revíselo y confirme."
            )
            return self.pinta(compromiso, formulario, 409)
        if vale:
            try:
                acciones.cancelar_compromiso(compromiso=compromiso, por=request.user, **formulario.cleaned_data)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, "El compromiso ya no aplica.", extra_tags="guardado")
                return HttpResponseRedirect(compromiso.get_absolute_url())
        return self.pinta(compromiso, formulario, 422)

    def pinta(self, compromiso, formulario, status=200) -> HttpResponse:
        contexto = {
            "titulo": "Ya no aplica",
            "compromiso": compromiso,
            "formulario": formulario,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Compromisos", reverse("convenios:compromiso_lista")),
                (str(compromiso), compromiso.get_absolute_url()),
                ("Ya no aplica", ""),
            ],
        }
        return render(self.request, "convenios/compromisos/cancelar.html", contexto, status=status)


class Reactivar(DeCompromiso):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        compromiso = self.compromiso(pk)
        try:
            acciones.reactivar_compromiso(compromiso=compromiso, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "El compromiso vuelve a aplicar.", extra_tags="guardado")
        return HttpResponseRedirect(compromiso.get_absolute_url())


class Capturar(ConPermiso, View):
    """Todos los compromisos de un instrumento en una página: cada renglón, una cláusula."""

    permiso = "convenios.add_compromiso"

    def convenio(self, pk: int) -> Convenio:
        return get_object_or_404(de_convenios.convenios_visibles(self.request.user), pk=pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        convenio = self.convenio(pk)
        return self.pinta(convenio, forms.CompromisosFormSet(convenio=convenio, prefix="c"))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                messages.info(request, "Ese envío ya se había guardado; ésta es la página a la que llegó.")
                return HttpResponseRedirect(previo)
            convenio = self.convenio(pk)
            conjunto = forms.CompromisosFormSet(request.POST, convenio=convenio, prefix="c")
            if conjunto.is_valid() and self.guarda(convenio, conjunto):
                destino = f"{convenio.get_absolute_url()}#compromisos"
                envios.anotar(request, destino)
                return HttpResponseRedirect(destino)
        return self.pinta(convenio, conjunto, 422)

    def guarda(self, convenio, conjunto) -> bool:
        """Los errores de la acción quedan en el renglón que los causa, y entonces no se guarda ninguno."""
        if not (escritos := [r for r in conjunto.forms if r.has_changed()]):
            messages.info(self.request, "No había renglones que guardar.")
            return True
        sello = transaction.savepoint()
        for renglon in escritos:
            try:
                with transaction.atomic():
                    acciones.guardar_compromiso(compromiso=renglon.instance, por=self.request.user)
            except ValidationError as error:
                reparte(renglon, error)
        if any(r.errors for r in escritos):
            transaction.savepoint_rollback(sello)
            return False
        cuantos = concuerda(len(escritos), "compromiso", "compromisos")
        messages.success(self.request, f"Se capturaron {cuantos}.", extra_tags="guardado")
        return True

    def pinta(self, convenio, conjunto, status=200) -> HttpResponse:
        contexto = {
            "titulo": "Capturar compromisos",
            "convenio": convenio,
            "conjunto": conjunto,
            "formulario": None,
            "conjuntos": [("c", "Compromisos", conjunto)],
            "envio": envios.nuevo(),
            "existentes": convenio.compromisos.order_by("pk"),
            "firmado": convenio.etapa in FIRMADAS,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Convenios", reverse("convenios:convenio_lista")),
                (convenio.titulo, convenio.get_absolute_url()),
                ("Compromisos", ""),
            ],
        }
        return render(self.request, "convenios/compromisos/capturar.html", contexto, status=status)
