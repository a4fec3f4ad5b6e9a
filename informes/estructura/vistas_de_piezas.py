"""Lo que un apartado lleva: las secciones con sus parámetros y su presentación, y las imágenes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View
from django_sendfile import sendfile

from vinculacion.nucleo.paginas import ConPermiso, envios
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from .. import acciones as informes
from .. import catalogo, consultas, narrativa, reglas
from ..documentos import exigir_editable, migas_de
from ..models import Apartado, ImagenDeApartado, UsoDeSeccion
from . import acciones, imagenes, muestra
from .forms import ImagenForm, PresentacionForm, UsoForm
from .presentacion import Presentacion

CON_DUENIO = ("apartado__informe", "apartado__plantilla")
CAMBIO = (
    "Otra persona cambió esta {que} mientras usted la editaba. Lo que escribió sigue aquí: "
    "si vuelve a guardar, queda lo suyo."
)


class PiezaBase(ConPermiso, View):
    """Una sección o una imagen de un apartado que todavía se puede editar."""

    permiso = "informes.change_apartado"

    def apartado(self, pk: int) -> Apartado:
        apartado = get_object_or_404(Apartado.objects.select_related("informe", "plantilla"), pk=pk)
        exigir_editable(apartado.documento)
        return apartado

    def regreso(self, apartado: Apartado) -> HttpResponseRedirect:
        if reglas.impedimentos_para_editar(apartado.documento):
            return HttpResponseRedirect(apartado.documento.get_absolute_url())
        return HttpResponseRedirect(reverse("informes:apartado_editar", args=[apartado.pk]) + "#secciones")

    def en_fila(self, request, apartado: Apartado) -> str | None:
        """Hasta el fin de la transacción nadie más guarda en el documento. Adónde llegó este envío, si ya se guardó."""
        envios.hacer_fila(request)
        documento = apartado.documento
        type(documento)._default_manager.select_for_update(of=("self",)).get(pk=documento.pk)
        return envios.destino_previo(request)

    def pinta(self, request, plantilla, apartado, titulo, status=200, **mas):
        contexto = {
            "titulo": titulo,
            "apartado": apartado,
            "migas": [
                ("Inicio", reverse("inicio")),
                *migas_de(apartado.documento),
                (apartado.titulo, reverse("informes:apartado_editar", args=[apartado.pk])),
                (titulo, ""),
            ],
            "cancelar": reverse("informes:apartado_editar", args=[apartado.pk]),
            "envio": envios.nuevo(),
        }
        return render(request, plantilla, {**contexto, **mas}, status=status)


class UsoBase(PiezaBase):
    def formulario(self, request, uso, formulario, presentacion=None, status=200, **mas):
        return self.pinta(
            request,
            "informes/uso_formulario.html",
            uso.apartado,
            "Editar sección" if uso.pk else "Agregar sección",
            status,
            uso=uso,
            seccion=SECCIONES.get(uso.seccion),
            descripcion=catalogo.descripcion(SECCIONES[uso.seccion]),
            formulario=formulario,
            presentacion=presentacion,
            conjuntos=[("c", "Columnas", presentacion.columnas)] if presentacion else [],
            vocabulario=narrativa.vocabulario(CIFRAS),
            **mas,
        )

    def guarda(self, request, uso: UsoDeSeccion, formulario: UsoForm) -> bool:
        uso.titulo = formulario.cleaned_data["titulo"]
        uso.lugar = formulario.cleaned_data["lugar"]
        uso.texto_previo = formulario.cleaned_data["texto_previo"]
        uso.parametros = formulario.parametros_json()
        try:
            informes.guardar_uso(uso=uso, por=request.user)
        except ValidationError as error:
            reparte(formulario, error)
            return False
        messages.success(request, "Se guardó la sección.", extra_tags="guardado")
        return True


class NuevoUso(UsoBase):
    """Se elige la sección, se llenan sus parámetros y, ya guardada, se ofrecen sus columnas."""

    def get(self, request, apartado):
        uso = self.uso(request, apartado)
        if not uso.seccion:
            return self.elegir(request, uso)
        return self.formulario(request, uso, UsoForm(seccion=uso.seccion))

    def post(self, request, apartado):
        uso = self.uso(request, apartado)
        if not uso.seccion:
            return self.elegir(request, uso, status=422)
        formulario = UsoForm(request.POST, seccion=uso.seccion)
        if formulario.is_valid():
            with transaction.atomic():
                if previo := self.en_fila(request, uso.apartado):
                    return HttpResponseRedirect(previo)
                if self.guarda(request, uso, formulario):
                    destino = reverse("informes:uso_editar", args=[uso.pk]) + "#presentacion"
                    envios.anotar(request, destino)
                    return HttpResponseRedirect(destino)
        return self.formulario(request, uso, formulario, status=422)

    def uso(self, request, apartado: int) -> UsoDeSeccion:
        clave = request.GET.get("seccion", "")
        return UsoDeSeccion(apartado=self.apartado(apartado), seccion=clave if clave in SECCIONES else "")

    def elegir(self, request, uso, status=200):
        return self.pinta(
            request,
            "informes/estructura/catalogo.html",
            uso.apartado,
            "Agregar sección",
            status,
            salas=catalogo.por_sala(),
        )


class EditarUso(UsoBase):
    def dispatch(self, request, *args, pk: int, **kwargs):
        if request.user.has_perm(self.permiso):
            self.uso = get_object_or_404(UsoDeSeccion.objects.select_related(*CON_DUENIO), pk=pk)
            exigir_editable(self.uso.apartado.documento)
            if self.uso.seccion not in SECCIONES:
                messages.error(request, f"La sección «{self.uso.seccion}» ya no existe: quítela o elija otra.")
                return self.regreso(self.uso.apartado)
        return super().dispatch(request, *args, pk=pk, **kwargs)

    def presentacion(self, datos=None) -> tuple[PresentacionForm, str]:
        da = muestra.columnas_de_uso(self.uso)
        try:
            guardada = Presentacion.de(self.uso.presentacion)
        except ValidationError as error:
            return PresentacionForm(datos, presentacion=Presentacion(), columnas=da.columnas), str(error.message)
        return PresentacionForm(datos, presentacion=guardada, columnas=da.columnas), da.nota

    def get(self, request, pk):
        uso = self.uso
        inicial = {
            "titulo": uso.titulo,
            "lugar": uso.lugar,
            "texto_previo": uso.texto_previo,
            "parametros": uso.parametros,
            "vista": consultas.ultimo_cambio(uso),
        }
        presentacion, nota = self.presentacion()
        return self.formulario(request, uso, UsoForm(seccion=uso.seccion, initial=inicial), presentacion, nota=nota)

    def post(self, request, pk):
        uso, status = self.uso, 422
        formulario = UsoForm(request.POST, seccion=uso.seccion)
        # Quien no manda la presentación (otra pestaña, un programa) no la borra.
        presentacion, nota = self.presentacion(request.POST if "c-TOTAL_FORMS" in request.POST else None)
        if all([formulario.is_valid(), not presentacion.is_bound or presentacion.is_valid()]):
            if presentacion.is_bound:
                uso.presentacion = presentacion.presentacion().datos()
            with transaction.atomic():
                if previo := self.en_fila(request, uso.apartado):
                    return HttpResponseRedirect(previo)
                vigente = consultas.ultimo_cambio(uso)
                if formulario.cleaned_data["vista"] != vigente:
                    status = 409
                    formulario.add_error(None, CAMBIO.format(que="sección"))
                    formulario.data = {**formulario.data.dict(), "vista": vigente}
                elif self.guarda(request, uso, formulario):
                    destino = self.regreso(uso.apartado)
                    if "seguir" in request.POST:
                        destino = HttpResponseRedirect(reverse("informes:uso_editar", args=[pk]) + "#presentacion")
                    envios.anotar(request, destino.url)
                    return destino
        return self.formulario(request, uso, formulario, presentacion, status=status, nota=nota)


class MoverPieza(PiezaBase):
    http_method_names = ["post"]
    modelo: type[UsoDeSeccion | ImagenDeApartado]
    nombre: str

    def post(self, request, pk):
        pieza = get_object_or_404(self.modelo.objects.select_related(*CON_DUENIO), pk=pk)
        hacia = request.POST.get("hacia", "")
        try:
            if hacia == "quita":
                self.quita(pieza, request.user)
                messages.success(request, f"Se quitó la {self.nombre}.")
            else:
                acciones.mover_pieza(pieza=pieza, hacia=hacia, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self.regreso(pieza.apartado)


class MoverUso(MoverPieza):
    modelo, nombre = UsoDeSeccion, "sección"

    def quita(self, uso, por):
        informes.quitar_uso(uso=uso, por=por)


class MoverImagen(MoverPieza):
    modelo, nombre = ImagenDeApartado, "imagen"

    def quita(self, imagen, por):
        acciones.quitar_imagen(imagen=imagen, por=por)


class ImagenBase(PiezaBase):
    def responde(self, request, imagen, formulario, status=200):
        return self.pinta(
            request,
            "informes/estructura/imagen.html",
            imagen.apartado,
            "Editar imagen" if imagen.pk else "Agregar imagen",
            status,
            imagen=imagen,
            formulario=formulario,
            vista=consultas.ultimo_cambio(imagen),
        )

    def procesa(self, request, imagen):
        formulario, status = ImagenForm(request.POST, request.FILES, instance=imagen), 422
        if formulario.is_valid():
            with transaction.atomic():
                if previo := self.en_fila(request, imagen.apartado):
                    return HttpResponseRedirect(previo)
                if request.POST.get("vista", "") != consultas.ultimo_cambio(imagen):
                    status = 409
                    formulario.add_error(None, CAMBIO.format(que="imagen"))
                elif self.guarda(request, formulario):
                    regreso = self.regreso(imagen.apartado)
                    envios.anotar(request, regreso.url)
                    return regreso
        return self.responde(request, imagen, formulario, status)

    def guarda(self, request, formulario: ImagenForm) -> bool:
        try:
            acciones.guardar_imagen(imagen=formulario.instance, contenido=formulario.contenido, por=request.user)
        except ValidationError as error:
            reparte(formulario, error)
            return False
        messages.success(request, "Se guardó la imagen.", extra_tags="guardado")
        return True


class NuevaImagen(ImagenBase):
    def get(self, request, apartado):
        imagen = ImagenDeApartado(apartado=self.apartado(apartado))
        return self.responde(request, imagen, ImagenForm(instance=imagen))

    def post(self, request, apartado):
        return self.procesa(request, ImagenDeApartado(apartado=self.apartado(apartado)))


class EditarImagen(ImagenBase):
    def imagen(self, pk: int) -> ImagenDeApartado:
        imagen = get_object_or_404(ImagenDeApartado.objects.select_related(*CON_DUENIO), pk=pk)
        exigir_editable(imagen.apartado.documento)
        return imagen

    def get(self, request, pk):
        imagen = self.imagen(pk)
        return self.responde(request, imagen, ImagenForm(instance=imagen))

    def post(self, request, pk):
        return self.procesa(request, self.imagen(pk))


class VerImagen(ConPermiso, View):
    """La imagen misma, sólo para quien puede ver informes."""

    permiso = "informes.view_informe"

    def get(self, request, pk):
        imagen = get_object_or_404(ImagenDeApartado, pk=pk)
        if not imagen.archivo.storage.exists(imagen.archivo.name):
            raise Http404("El archivo ya no está en el almacén.")
        respuesta = sendfile(request, imagen.archivo.path, mimetype=imagenes.tipo(imagen))
        respuesta["X-Content-Type-Options"] = "nosniff"
        respuesta["Cache-Control"] = "private, no-cache"
        return respuesta
