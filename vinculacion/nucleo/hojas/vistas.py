"""Las páginas de importar: subir, ver qué cambiaría, confirmar; y la plantilla."""

import time
import uuid
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin

from ..paginas.acceso import SIN_PERMISO, ConPermiso, siguiente
from .escritura import plantilla, renglones_a_hoja, respuesta
from .importacion import importar_archivo, reconocer
from .lectura import ArchivoIlegible, leer

SAL = "nucleo.hojas.importar"
VIGENCIA = 24 * 60 * 60
POR_GRUPO = 300


def carpeta() -> Path:
    """Lo subido espera aquí entre el ensayo y la confirmación; nadie lo sirve."""
    destino = Path(settings.MEDIA_ROOT) / "importaciones"
    destino.mkdir(parents=True, exist_ok=True, mode=0o700)
    return destino


def limpiar(ahora: float | None = None) -> None:
    """Borra lo que nadie confirmó en un día."""
    ahora = ahora or time.time()
    for archivo in carpeta().iterdir():
        try:
            if ahora - archivo.stat().st_mtime > VIGENCIA:
                archivo.unlink()
        except FileNotFoundError:
            continue


class ImportarForm(forms.Form):
    archivo = forms.FileField(
        label="Hoja de cálculo",
        help_text="XLSX o CSV, de hasta 10 MB. Antes de guardar verá qué cambiaría cada fila.",
        allow_empty_file=True,  # la lectura lo dice mejor
        error_messages={"required": "Elija un archivo."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv", "class": "form-control"}),
    )

    def __init__(self, *args, recurso=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.recurso = recurso

    def clean_archivo(self):
        archivo = self.cleaned_data["archivo"]
        try:
            hoja = leer(archivo, archivo.name)
        except ArchivoIlegible as error:
            raise forms.ValidationError(str(error)) from error
        _presentes, errores = reconocer(self.recurso(), hoja)
        if errores:
            raise forms.ValidationError([str(e) for e in errores])
        return archivo


class _VistaHoja(ConPermiso, TemplateResponseMixin, View):
    paginas = None

    def dispatch(self, request, *args, **kwargs):
        # Además del permiso que lee la prueba de papeles.
        if not self.paginas.puede_importar(request.user):
            raise PermissionDenied(SIN_PERMISO)
        return super().dispatch(request, *args, **kwargs)


class VistaPlantilla(_VistaHoja):
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        formato = "csv" if request.GET.get("formato") == "csv" else "xlsx"
        recurso = self.paginas.recurso
        return respuesta(plantilla(recurso, formato), f"plantilla {recurso.clave}", formato)


class VistaImportar(_VistaHoja):
    template_name = "nucleo/importar.html"

    # -- La ficha: qué archivo, de quién y para qué recurso ---------------------------------------

    def _firma(self, archivo: str, nombre: str) -> str:
        datos = {
            "u": self.request.user.pk,
            "r": self.paginas.recurso.clave,
            "a": archivo,
            "n": nombre,
        }
        return signing.dumps(datos, salt=SAL, compress=True)

    def _abre(self, ficha: str):
        """(ruta, nombre) de una ficha propia y vigente, o None."""
        try:
            datos = signing.loads(ficha, salt=SAL, max_age=VIGENCIA)
        except signing.BadSignature:
            return None
        if datos["u"] != self.request.user.pk or datos["r"] != self.paginas.recurso.clave:
            return None
        ruta = carpeta() / datos["a"]
        return (ruta, datos["n"]) if ruta.is_file() else None

    @property
    def lista_url(self) -> str:
        return siguiente(self.request, self.paginas.url("lista"))

    def _url(self, **parametros) -> str:
        """Esta misma página, sin olvidar adónde se vuelve."""
        if "siguiente" in self.request.GET:
            parametros["siguiente"] = self.request.GET["siguiente"]
        return f"{self.request.path}?{urlencode(parametros, safe=':/')}" if parametros else self.request.path

    # -- Pasos ------------------------------------------------------------------------------------

    def get(self, request):
        ficha = request.GET.get("ficha", "")
        if not ficha:
            return self._pinta(ImportarForm(recurso=self.paginas.recurso))
        abierta = self._abre(ficha)
        if abierta is None:
            return self._caducada()
        ruta, nombre = abierta
        resultado = importar_archivo(
            self.paginas.recurso, ruta, por=request.user, simular=True, nombre=nombre, paginas=self.paginas
        )
        for parte in ("errores", "rarezas"):
            if parte in request.GET:
                formato = "csv" if request.GET[parte] == "csv" else "xlsx"
                contenido = renglones_a_hoja(getattr(resultado, parte), parte.capitalize(), formato)
                return respuesta(contenido, f"{parte} de {Path(nombre).stem}", formato)
        return self._pinta(ImportarForm(recurso=self.paginas.recurso), ficha=ficha, resultado=resultado)

    def post(self, request):
        if "ficha" in request.POST:
            return self._confirma(request.POST["ficha"])
        limpiar()
        formulario = ImportarForm(request.POST, request.FILES, recurso=self.paginas.recurso)
        if not formulario.is_valid():
            return self._pinta(formulario, status=422)
        subido = formulario.cleaned_data["archivo"]
        guardado = uuid.uuid4().hex
        subido.seek(0)
        with (carpeta() / guardado).open("xb") as destino:
            for trozo in subido.chunks():
                destino.write(trozo)
        ficha = self._firma(guardado, subido.name)
        return HttpResponseRedirect(self._url(ficha=ficha))

    def _confirma(self, ficha):
        abierta = self._abre(ficha)
        if abierta is None:
            return self._caducada()
        ruta, nombre = abierta
        # Renombrar es atómico: dos confirmaciones a la vez no importan dos veces.
        en_curso = ruta.with_name(f"{ruta.name}.en-curso")
        try:
            ruta.rename(en_curso)
        except FileNotFoundError:
            return self._caducada()
        try:
            resultado = importar_archivo(
                self.paginas.recurso, en_curso, por=self.request.user, nombre=nombre, paginas=self.paginas
            )
        except BaseException:
            en_curso.rename(ruta)
            raise
        if not resultado.correcto:
            # Algo cambió desde el ensayo: se enseña de nuevo y no se guardó nada.
            en_curso.rename(ruta)
            return self._pinta(ImportarForm(recurso=self.paginas.recurso), ficha=ficha, resultado=resultado, status=422)
        # Con rarezas la hoja se queda un día: su página sigue enseñando qué conviene mirar.
        if resultado.rarezas:
            en_curso.rename(ruta)
        else:
            en_curso.unlink(missing_ok=True)
        messages.success(
            self.request,
            f"Se importó «{nombre}». Nuevos: {resultado.nuevos}; con cambios: {resultado.cambiados}; "
            f"iguales: {resultado.iguales}." + _cuantas_rarezas(resultado),
        )
        destino = self._url(ficha=ficha) if resultado.rarezas else self.lista_url
        return HttpResponseRedirect(destino)

    def _caducada(self):
        messages.warning(self.request, "Esa importación ya se confirmó o caducó. Si hace falta, suba la hoja otra vez.")
        return HttpResponseRedirect(self._url())

    def _pinta(self, formulario, *, ficha="", resultado=None, status=200):
        recurso = self.paginas.recurso
        contexto = {
            "paginas": self.paginas,
            "formulario": formulario,
            "form": formulario,
            "titulo": f"Importar {recurso.titulo_humano().lower()}",
            "lista_url": self.lista_url,
            "otra_url": self._url(),
            "plantilla_url": self.paginas.url("plantilla"),
            "migas": self._migas(),
        }
        if resultado is not None:
            contexto |= {
                "resultado": resultado,
                "ficha": ficha,
                "grupos": _grupos(resultado),
                "motivos": Counter(r.motivo.split(":")[0].rstrip(".") for r in resultado.rarezas).most_common(),
            }
        else:
            contexto["columnas"] = recurso().descripciones()
        return self.render_to_response(contexto, status=status)

    def _migas(self):
        from django.urls import reverse

        plural = self.paginas.recurso.titulo_humano()
        return [("Inicio", reverse("inicio")), (plural, self.lista_url), ("Importar", "")]


def _cuantas_rarezas(resultado) -> str:
    total = len(resultado.rarezas)
    if not total:
        return ""
    return f" {total} {'cosa llama' if total == 1 else 'cosas llaman'} la atención."


def _grupos(resultado):
    """Las filas por lo que les pasa, con un tope: nadie lee diez mil."""
    titulos = (("cambia", "Con cambios"), ("nuevo", "Nuevos"), ("igual", "Iguales, no se tocan"))
    grupos = []
    for estado, titulo in titulos:
        filas = [f for f in resultado.detalle if f.estado == estado]
        if filas:
            grupos.append(
                {
                    "estado": estado,
                    "titulo": titulo,
                    "total": len(filas),
                    "filas": filas[:POR_GRUPO],
                    "restantes": max(0, len(filas) - POR_GRUPO),
                }
            )
    return grupos
