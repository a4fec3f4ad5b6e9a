"""Páginas de informes y plantillas, su árbol de apartados y las descargas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import View

from vinculacion.comision.consultas import comision_vigente
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas
from vinculacion.nucleo.periodos import Trimestre, hoy
from vinculacion.nucleo.salida import html
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from . import acciones, arbol, armado, consultas, narrativa, reglas
from .estados import EstadoDeInforme
from .exportacion import FORMATOS, exportar
from .filters import InformeFiltro
from .forms import ApartadoForm, ElegirSeccionForm, InformeForm, PlantillaForm, UsoForm
from .models import Apartado, Informe, Plantilla, UsoDeSeccion
from .tables import InformeTabla, PlantillaTabla


class PlantillaPaginas(Paginas):
    modelo = Plantilla
    tabla = PlantillaTabla
    formulario = PlantillaForm
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

    def contexto(self, request, vista, objeto=None):
        return contexto_de_arbol(request, objeto) if vista == "detalle" else {}


class InformePaginas(Paginas):
    modelo = Informe
    tabla = InformeTabla
    filtro = InformeFiltro
    formulario = InformeForm
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
        return acciones.guardar_informe(informe=formulario.instance, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto)

    def acciones_de(self, objeto, usuario):
        yield Accion("Leer", reverse("informes:informe_documento", args=[objeto.pk]), "btn-outline-primary")
        yield Accion("Verificar", reverse("informes:informe_verificar", args=[objeto.pk]), "btn-outline-primary")
        yield Accion("Descargar PDF", reverse("informes:informe_descargar", args=[objeto.pk, "pdf"]), "btn-primary")

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        pasos = []
        if request.user.has_perm("informes.aprobar_informe"):
            pasos = [
                (EstadoDeInforme(estado), reglas.impedimentos_para_pasar(objeto, estado))
                for estado in reglas.PASOS[objeto.estado]
            ]
        va_a_sesion = any(estado == EstadoDeInforme.PRESENTADO for estado, _ in pasos)
        por_explicar = {m.indicador.programa for m in consultas.por_explicar(objeto)} if va_a_sesion else set()
        return {
            **contexto_de_arbol(request, objeto),
            "pasos": pasos,
            "formatos": FORMATOS,
            "por_explicar": sorted(por_explicar, key=str),
        }


def contexto_de_arbol(request, documento) -> dict:
    edita = request.user.has_perm("informes.change_apartado") and not reglas.impedimentos_para_editar(documento)
    return {
        "nodos": arbol.en_orden(documento),
        "edita_apartados": edita,
        "nuevo_apartado": f"{reverse('informes:apartado_nuevo')}?{documento._meta.model_name}={documento.pk}",
    }


class ApartadoPaginas(Paginas):
    modelo = Apartado
    formulario = ApartadoForm
    vistas = ("nuevo", "editar", "eliminar")
    plantilla_formulario = "informes/apartado_formulario.html"
    guiones = ("js/narrativa.js",)

    def consulta(self, usuario):
        return Apartado.objects.select_related("plantilla", "informe", "accion__eje__programa")

    def documento(self, request):
        """El informe o la plantilla que nombra la dirección."""
        for modelo in (Informe, Plantilla):
            pk = request.GET.get(modelo._meta.model_name, "")
            if pk.isdecimal() and len(pk) < 19:
                return get_object_or_404(modelo, pk=pk)
        return None

    def argumentos_formulario(self, request):
        documento = self.documento(request)
        if documento is None and request.resolver_match.url_name == "apartado_nuevo":
            raise Http404("Falta decir de qué informe o plantilla es el apartado.")
        exigir_editable(documento)
        return {"documento": documento}

    def guardar(self, *, formulario, por):
        return acciones.guardar_apartado(apartado=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.quitar_apartado(apartado=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto.documento)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto.documento)

    def destino(self, objeto):
        return f"{objeto.documento.get_absolute_url()}#apartado-{objeto.pk}"

    def miga_superior(self, objeto):
        if objeto is None or objeto.pk is None:
            return [("Informes", reverse("informes:informe_lista"))]
        return migas_de(objeto.documento)

    def contexto(self, request, vista, objeto=None):
        if vista != "formulario":
            return {}
        previa, problemas = [], []
        if objeto is not None and objeto.informe_id:
            previa, problemas = armado.armar_apartado(objeto, armado.contexto_de(objeto.informe))
        return {
            "vocabulario": narrativa.vocabulario(CIFRAS),
            "previa": html.fragmento(previa) if previa else "",
            "problemas": problemas,
            "usos": [(uso, SECCIONES.get(uso.seccion)) for uso in objeto.secciones.all()] if objeto else [],
        }


def exigir_editable(documento) -> None:
    """Quien no podrá guardar no debe ponerse a llenar un formulario."""
    if documento is not None and (razones := reglas.impedimentos_para_editar(documento)):
        raise PermissionDenied(" ".join(razones))


def migas_de(documento) -> list[tuple[str, str]]:
    nombre = documento._meta.model_name
    return [
        ("Informes" if nombre == "informe" else "Plantillas", reverse(f"informes:{nombre}_lista")),
        (str(documento), documento.get_absolute_url()),
    ]


class Leer(ConPermiso, View):
    """El informe como página; enseña lo que impide armarlo en vez de esconderlo."""

    permiso = "informes.view_informe"

    def get(self, request, pk):
        informe = get_object_or_404(consultas.informes(), pk=pk)
        armada = armado.armar(informe)
        return render(
            request,
            "informes/leer.html",
            {
                "informe": informe,
                "objeto": informe,
                "titulo": informe.titulo,
                "migas": [("Inicio", reverse("inicio")), *migas_de(informe), ("Documento", "")],
                "cuerpo": html.cuerpo(armada.documento, base=2, enlaces=True),
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
            contenido = exportar(informe, formato)
        except armado.InformeConProblemas:
            messages.error(request, "El informe no se puede descargar todavía: corrija lo que aquí se señala.")
            return HttpResponseRedirect(reverse("informes:informe_documento", args=[pk]))
        respuesta = HttpResponse(contenido, content_type=FORMATOS[formato].tipo)
        respuesta["Content-Disposition"] = f'attachment; filename="{slugify(informe.clave)}.{formato}"'
        return respuesta


class Pasar(ConPermiso, View):
    """Lleva un informe a otro estado."""

    permiso = "informes.aprobar_informe"
    http_method_names = ["post"]

    def post(self, request, pk):
        informe = get_object_or_404(Informe, pk=pk)
        estado = request.POST.get("estado", "")
        if estado not in EstadoDeInforme.values:
            return HttpResponseBadRequest("Estado desconocido.")
        try:
            informe = acciones.pasar_informe(informe=informe, estado=estado, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"El informe quedó en «{informe.get_estado_display()}».")
        return HttpResponseRedirect(informe.get_absolute_url())


class MoverApartado(ConPermiso, View):
    permiso = "informes.change_apartado"
    http_method_names = ["post"]

    def post(self, request, pk):
        apartado = get_object_or_404(Apartado.objects.select_related("informe", "plantilla", "padre"), pk=pk)
        try:
            acciones.mover_apartado(apartado=apartado, hacia=request.POST.get("hacia", ""), por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(f"{apartado.documento.get_absolute_url()}#apartado-{pk}")


class VistaPrevia(ConPermiso, View):
    """Lo que dirá un texto con las cifras de hoy, sin guardarlo."""

    permiso = "informes.change_apartado"
    http_method_names = ["post"]

    def post(self, request, pk):
        apartado = get_object_or_404(
            Apartado.objects.select_related("informe__comision", "accion__eje__programa"), pk=pk, informe__isnull=False
        )
        apartado.narrativa = request.POST.get("narrativa", "")
        apartado.explicacion = request.POST.get("explicacion", "")
        bloques, problemas = armado.armar_apartado(apartado, armado.contexto_de(apartado.informe))
        return render(request, "informes/_previa.html", {"previa": html.fragmento(bloques), "problemas": problemas})


class UsoBase(ConPermiso, View):
    permiso = "informes.change_apartado"

    def uso(self, pk: int) -> UsoDeSeccion:
        return get_object_or_404(UsoDeSeccion.objects.select_related("apartado__informe", "apartado__plantilla"), pk=pk)

    def regreso(self, apartado: Apartado) -> HttpResponseRedirect:
        if reglas.impedimentos_para_editar(apartado.documento):
            return HttpResponseRedirect(apartado.documento.get_absolute_url())
        return HttpResponseRedirect(reverse("informes:apartado_editar", args=[apartado.pk]) + "#secciones")

    def formulario(self, request, apartado, uso, formulario, elegir=None, status=200):
        return render(
            request,
            "informes/uso_formulario.html",
            {
                "titulo": "Editar sección" if uso.pk else "Agregar sección",
                "apartado": apartado,
                "uso": uso,
                "seccion": SECCIONES.get(uso.seccion),
                "formulario": formulario,
                "elegir": elegir,
                "vocabulario": narrativa.vocabulario(CIFRAS),
                "migas": [
                    ("Inicio", reverse("inicio")),
                    *migas_de(apartado.documento),
                    (apartado.titulo, reverse("informes:apartado_editar", args=[apartado.pk])),
                    ("Sección", ""),
                ],
                "cancelar": reverse("informes:apartado_editar", args=[apartado.pk]),
            },
            status=status,
        )

    def procesar(self, request, uso: UsoDeSeccion):
        formulario = UsoForm(request.POST, seccion=uso.seccion)
        vigente = consultas.ultimo_cambio(uso)
        if formulario.is_valid() and uso.pk and formulario.cleaned_data["vista"] != vigente:
            formulario.add_error(
                None,
                "Otra persona cambió esta sección mientras usted la editaba. Lo que escribió sigue aquí: "
                "si vuelve a guardar, queda lo suyo.",
            )
            formulario.data = {**formulario.data.dict(), "vista": vigente}
        elif formulario.is_valid():
            uso.titulo = formulario.cleaned_data["titulo"]
            uso.texto_previo = formulario.cleaned_data["texto_previo"]
            uso.parametros = formulario.parametros_json()
            try:
                acciones.guardar_uso(uso=uso, por=request.user)
            except ValidationError as error:
                formulario.add_error(None, error.messages)
            else:
                messages.success(request, "Se guardó la sección.", extra_tags="guardado")
                return self.regreso(uso.apartado)
        return self.formulario(request, uso.apartado, uso, formulario, status=422)


class NuevoUso(UsoBase):
    """Primero se elige la sección (GET); después se llenan sus parámetros (POST)."""

    def preparar(self, request, apartado_pk):
        apartado = get_object_or_404(Apartado.objects.select_related("informe", "plantilla"), pk=apartado_pk)
        exigir_editable(apartado.documento)
        elegir = ElegirSeccionForm(request.GET if "seccion" in request.GET else None)
        clave = request.GET.get("seccion", "")
        return apartado, elegir, UsoDeSeccion(apartado=apartado, seccion=clave if clave in SECCIONES else "")

    def get(self, request, apartado):
        apartado, elegir, uso = self.preparar(request, apartado)
        formulario = UsoForm(seccion=uso.seccion) if uso.seccion else None
        return self.formulario(request, apartado, uso, formulario, elegir)

    def post(self, request, apartado):
        apartado, elegir, uso = self.preparar(request, apartado)
        if not uso.seccion:
            return self.formulario(request, apartado, uso, None, elegir, status=422)
        return self.procesar(request, uso)


class EditarUso(UsoBase):
    def dispatch(self, request, *args, pk: int, **kwargs):
        if request.user.has_perm(self.permiso):
            self.editado = self.uso(pk)
            exigir_editable(self.editado.apartado.documento)
            if self.editado.seccion not in SECCIONES:
                messages.error(request, f"La sección «{self.editado.seccion}» ya no existe: quítela o elija otra.")
                return self.regreso(self.editado.apartado)
        return super().dispatch(request, *args, pk=pk, **kwargs)

    def get(self, request, pk):
        uso = self.editado
        inicial = {
            "titulo": uso.titulo,
            "texto_previo": uso.texto_previo,
            "parametros": uso.parametros,
            "vista": consultas.ultimo_cambio(uso),
        }
        return self.formulario(request, uso.apartado, uso, UsoForm(seccion=uso.seccion, initial=inicial))

    def post(self, request, pk):
        return self.procesar(request, self.editado)


class MoverUso(UsoBase):
    http_method_names = ["post"]

    def post(self, request, pk):
        uso = self.uso(pk)
        hacia = request.POST.get("hacia", "")
        try:
            if hacia == "quita":
                acciones.quitar_uso(uso=uso, por=request.user)
                messages.success(request, "Se quitó la sección.")
            else:
                acciones.mover_uso(uso=uso, hacia=hacia, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self.regreso(uso.apartado)
