"""El árbol en pantalla: agregar, editar, mover, llevar, copiar y quitar apartados, y ver cómo quedan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso, Paginas, envios
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.salida import html
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from .. import acciones as informes
from .. import arbol, narrativa, reglas
from ..documentos import documento_de, exigir_editable, migas_de
from ..models import Apartado, Informe, Plantilla, UsoDeSeccion
from ..revision.paneles import del_editor
from . import acciones, muestra
from .forms import ApartadoForm, DondeForm, TraerForm
from .resources import ApartadoRecurso


class ApartadoPaginas(Paginas):
    modelo = Apartado
    formulario = ApartadoForm
    recurso = ApartadoRecurso
    vistas = ("nuevo", "editar", "eliminar", "importar")
    plantilla_formulario = "informes/apartado_formulario.html"
    plantilla_eliminar = "informes/estructura/apartado_eliminar.html"
    guiones = ("js/narrativa.js",)
    capturar_otra = False

    def consulta(self, usuario):
        return Apartado.objects.select_related("plantilla", "informe__comision", "accion__eje__programa", "padre")

    def argumentos_formulario(self, request):
        documento = documento_de(request.GET.get("informe"), request.GET.get("plantilla"))
        if documento is None and request.resolver_match.url_name == "apartado_nuevo":
            raise Http404("Falta decir de qué informe o plantilla es el apartado.")
        exigir_editable(documento)
        return {"documento": documento}

    def bloquear(self, pk):
        # Primero el documento, como quien mueve o aprueba: al revés se esperarían uno al otro.
        for modelo in (Informe, Plantilla):
            modelo.objects.select_for_update(of=("self",)).filter(apartados__pk=pk).first()
        super().bloquear(pk)

    def guardar(self, *, formulario, por):
        apartado = formulario.instance
        if apartado.pk:
            return informes.guardar_apartado(apartado=apartado, por=por)
        datos = formulario.cleaned_data
        return acciones.agregar_apartado(
            apartado=apartado, donde=datos["donde"] or arbol.DENTRO, junto_a=datos["junto_a"], por=por
        )

    def eliminar(self, *, objeto, por):
        acciones.quitar_apartado(apartado=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto.documento)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto.documento)

    def url(self, vista, objeto=None, **mas):
        # Su lista es el árbol de cada documento: sin decir de cuál, la de informes.
        return reverse("informes:informe_lista") if vista == "lista" else super().url(vista, objeto, **mas)

    def destino(self, objeto):
        """Al editor, donde se le agregan secciones e imágenes y se ve cómo queda."""
        return reverse("informes:apartado_editar", args=[objeto.pk])

    def miga_superior(self, objeto):
        if objeto is None or objeto.pk is None:
            return [("Informes", reverse("informes:informe_lista"))]
        return migas_de(objeto.documento)

    def contexto(self, request, vista, objeto=None):
        if vista == "eliminar":
            return {"rama": list(arbol.nodo_de(objeto).recorrer())}
        if vista != "formulario":
            return {}
        contexto = {"vocabulario": narrativa.vocabulario(CIFRAS)}
        if objeto is None:
            documento = self.argumentos_formulario(request)["documento"]
            migas = [("Inicio", reverse("inicio")), *migas_de(documento), ("Nuevo apartado", "")]
            return {**contexto, "cancelar": documento.get_absolute_url(), "migas": migas}
        regreso = f"{objeto.documento.get_absolute_url()}#apartado-{objeto.pk}"
        return {
            **contexto,
            **previa_de(objeto),
            **del_editor(objeto, request),
            "piezas": [
                (pieza, SECCIONES.get(pieza.seccion) if isinstance(pieza, UsoDeSeccion) else None)
                for pieza in arbol.piezas(objeto)
            ],
            "regreso": regreso,
            "cancelar": regreso,
        }


def previa_de(apartado: Apartado) -> dict:
    armada, nota = muestra.armado_de(apartado, apartado.documento)
    if armada is None:
        return {"previa": "", "problemas": [], "nota_de_muestra": nota}
    nivel = armada.documento.apartados[0].nivel
    return {
        # El título del apartado queda bajo el de la vista previa, sea cual sea su nivel.
        "previa": html.cuerpo(armada.documento, base=3 - nivel, portada=False, indice=False, enlaces=True),
        "color": armada.documento.membrete.clave_del_color,
        "problemas": armada.problemas,
        "callado": bool(armada.callados),
        "nota_de_muestra": nota,
    }


class VistaPrevia(ConPermiso, View):
    """Cómo queda el apartado con lo que se está escribiendo, sin guardarlo."""

    permiso = "informes.change_apartado"
    http_method_names = ["post"]

    def post(self, request, pk):
        apartado = get_object_or_404(ApartadoPaginas().consulta(request.user), pk=pk)
        for campo in ("titulo", "narrativa", "explicacion"):
            setattr(apartado, campo, request.POST.get(campo, getattr(apartado, campo)))
        return render(request, "informes/_previa.html", previa_de(apartado))


class MoverApartado(ConPermiso, View):
    """Un paso con las flechas (``hacia``) o a un lugar preciso, al soltarlo (``donde`` y ``junto_a``)."""

    permiso = "informes.change_apartado"
    http_method_names = ["post"]

    def post(self, request, pk):
        apartado = get_object_or_404(Apartado.objects.select_related("informe", "plantilla", "padre"), pk=pk)
        try:
            if "donde" in request.POST:
                junto_a = apartado_de(request.POST.get("junto_a", ""))
                acciones.llevar_apartado(
                    apartado=apartado, donde=request.POST["donde"], junto_a=junto_a, por=request.user
                )
            else:
                informes.mover_apartado(apartado=apartado, hacia=request.POST.get("hacia", ""), por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(f"{apartado.documento.get_absolute_url()}#apartado-{pk}")


def apartado_de(texto: str) -> Apartado:
    if not (texto.isdecimal() and len(texto) < 19):
        raise ValidationError("Ese apartado ya no existe: recargue la página.")
    apartado = Apartado.objects.select_related("informe", "plantilla", "padre").filter(pk=texto).first()
    if apartado is None:
        raise ValidationError("Ese apartado ya no existe: recargue la página.")
    return apartado


class ConLugar(ConPermiso, View):
    """Lo común de llevar y de traer: un formulario que dice en qué lugar del árbol."""

    permiso = "informes.change_apartado"

    def pinta(self, request, documento, titulo, formulario, status=200, **mas):
        return render(
            request,
            "informes/estructura/lugar.html",
            {
                "titulo": titulo,
                "documento": documento,
                "formulario": formulario,
                "cancelar": documento.get_absolute_url(),
                "migas": [("Inicio", reverse("inicio")), *migas_de(documento), (titulo, "")],
                **mas,
            },
            status=status,
        )


class Llevar(ConLugar):
    """A cualquier lugar del árbol, con todo lo que cuelga de él."""

    def dispatch(self, request, *args, pk, **kwargs):
        if request.user.has_perm(self.permiso):
            self.apartado = get_object_or_404(ApartadoPaginas().consulta(request.user), pk=pk)
            exigir_editable(self.apartado.documento)
        return super().dispatch(request, *args, pk=pk, **kwargs)

    def formulario(self, *datos, **mas):
        return DondeForm(*datos, documento=self.apartado.documento, menos=self.apartado, **mas)

    def get(self, request, pk):
        return self.responde(request, self.formulario())

    def post(self, request, pk):
        formulario = self.formulario(request.POST)
        if formulario.is_valid():
            datos = formulario.cleaned_data
            try:
                acciones.llevar_apartado(
                    apartado=self.apartado, donde=datos["donde"], junto_a=datos["junto_a"], por=request.user
                )
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, f"«{self.apartado}» cambió de lugar.", extra_tags="guardado")
                return HttpResponseRedirect(f"{self.apartado.documento.get_absolute_url()}#apartado-{pk}")
        return self.responde(request, formulario, 422)

    def responde(self, request, formulario, status=200):
        return self.pinta(
            request,
            self.apartado.documento,
            "Llevar a otro lugar",
            formulario,
            status,
            entrada=self.apartado,
            boton="Llevar",
        )


class Traer(ConLugar):
    """Copia un apartado con su rama, de este documento o de otro."""

    permiso = "informes.add_apartado"

    def dispatch(self, request, *args, modelo, pk, **kwargs):
        if request.user.has_perm(self.permiso):
            clase = {"informe": Informe, "plantilla": Plantilla}[modelo]
            self.documento = get_object_or_404(clase, pk=pk)
            exigir_editable(self.documento)
            tipo, _, clave = request.GET.get("de", "").partition("-")
            self.origen = documento_de(**{tipo: clave}) if tipo in ("informe", "plantilla") else self.documento
            if self.origen is None:
                raise Http404
        return super().dispatch(request, *args, modelo=modelo, pk=pk, **kwargs)

    def formulario(self, *datos, **mas):
        return TraerForm(*datos, documento=self.documento, origen=self.origen, **mas)

    def get(self, request, modelo, pk):
        elegido = request.GET.get("apartado", "")
        return self.responde(
            request,
            self.formulario(
                initial={"apartado": elegido, "junto_a": elegido, "donde": arbol.DESPUES} if elegido else {}
            ),
        )

    def post(self, request, modelo, pk):
        formulario = self.formulario(request.POST)
        if formulario.is_valid():
            try:
                return HttpResponseRedirect(self.copia(request, formulario.cleaned_data))
            except ValidationError as error:
                reparte(formulario, error)
        return self.responde(request, formulario, 422)

    def copia(self, request, datos) -> str:
        """Adónde llega quien copió."""
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                return previo
            copia = acciones.copiar_apartado(
                origen=datos["apartado"],
                documento=self.documento,
                donde=datos["donde"],
                junto_a=datos["junto_a"],
                por=request.user,
            )
            destino = f"{self.documento.get_absolute_url()}#apartado-{copia.pk}"
            envios.anotar(request, destino)
        messages.success(request, f"Se copió «{copia}» con lo que cuelga de él.", extra_tags="guardado")
        return destino

    def responde(self, request, formulario, status=200):
        return self.pinta(
            request,
            self.documento,
            "Copiar un apartado",
            formulario,
            status,
            entrada=self.documento,
            boton="Copiar",
            envio=envios.nuevo(),
            origen=self.origen,
            origenes=[
                (f"{modelo._meta.model_name}-{d.pk}", str(d), d == self.origen, modelo._meta.verbose_name_plural)
                for modelo in (Informe, Plantilla)
                for d in modelo.objects.all()
            ],
        )
