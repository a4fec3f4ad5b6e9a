"""La página que revisa un informe escrito en otra parte: se lee, se dice lo hallado y se olvida."""

import json
from io import BytesIO

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from vinculacion.archivo.subidas import ArchivoExcedido
from vinculacion.nucleo.formularios import EstiloComun
from vinculacion.nucleo.hojas.celdas import a_texto_propio
from vinculacion.nucleo.hojas.escritura import protege
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.periodos import Periodo

from . import archivos
from .grupos import por_gravedad
from .hallazgos import Gravedad, Hallazgo
from .lectura import leer, periodo_del_texto
from .revision import nombre_de, verificar_texto

SAL = "informes.verificador.texto"
VIGENCIA = 8 * 3600
CAMPOS = ("gravedad", "regla", "apartado", "explicacion", "fragmento")
ENCABEZADOS = ("Gravedad", "Regla", "Apartado", "Qué se halló", "Dice")


class TextoAjeno(EstiloComun, forms.Form):
    grupos = (("", ("archivo", "texto", ("inicio", "fin"))),)

    archivo = forms.FileField(
        label="Archivo",
        required=False,
        allow_empty_file=True,  # lo vacío y lo que pasó del tope se dicen con su razón
        help_text=f"PDF, Word (DOCX) o texto simple, de hasta {archivos.TAMANO_MAXIMO // 1024**2} MB. No se guarda.",
        widget=forms.ClearableFileInput(attrs={"accept": archivos.ADMITIDOS}),
    )
    texto = forms.CharField(
        label="O pegue aquí el texto",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Copiado de Word conserva las columnas de sus tablas.",
    )
    inicio = forms.DateField(label="El periodo empieza", required=False)
    fin = forms.DateField(label="Y termina", required=False, help_text="En blanco, el que el texto diga.")

    def clean(self):
        datos = super().clean() or {}
        archivo, texto = datos.get("archivo"), (datos.get("texto") or "").replace("\x00", "")
        if not self.errors.get("archivo"):
            if archivo and texto.strip():
                self.add_error("texto", "Suba un archivo o pegue el texto, no los dos.")
            elif not archivo and not texto.strip():
                self.add_error("archivo", "Suba un archivo o pegue el texto.")
        if len(texto) > archivos.LETRAS_MAXIMAS:
            self.add_error("texto", f"El texto pasa de {archivos.LETRAS_MAXIMAS:,} letras. Divídalo en partes.")
        inicio, fin = datos.get("inicio"), datos.get("fin")
        if bool(inicio) != bool(fin) and not ({"inicio", "fin"} & self.errors.keys()):
            self.add_error("fin" if inicio else "inicio", "Diga las dos fechas o ninguna.")
        elif inicio and fin and fin < inicio:
            self.add_error("fin", "Termina antes de empezar.")
        if not self.errors:
            try:
                datos["leido"] = archivos.texto_de(self.contenido(archivo)) if archivo else texto
            except archivos.NoSeLee as error:
                self.add_error("archivo", str(error))
        return datos

    @staticmethod
    def contenido(archivo) -> bytes:
        if isinstance(archivo, ArchivoExcedido) or archivo.size > archivos.TAMANO_MAXIMO:
            raise archivos.NoSeLee(f"El archivo pesa más de {archivos.TAMANO_MAXIMO // 1024**2} MB.")
        return archivo.read()

    @property
    def periodo(self) -> Periodo | None:
        datos = self.cleaned_data
        return Periodo(datos["inicio"], datos["fin"]) if datos.get("inicio") and datos.get("fin") else None


class VerificarTexto(ConPermiso, View):
    permiso = "informes.view_informe"

    def get(self, request):
        return pagina(request, TextoAjeno())

    def post(self, request):
        if firmado := request.POST.get("hallazgos"):
            return self.descarga(request, firmado)
        formulario = TextoAjeno(request.POST, request.FILES)
        if not formulario.is_valid():
            return pagina(request, formulario, status=422)
        texto = formulario.cleaned_data["leido"]
        periodo = formulario.periodo or periodo_del_texto(texto)
        hallazgos = verificar_texto(texto, periodo)
        lectura = leer(texto)
        return pagina(
            request,
            formulario,
            resultado={
                "hallazgos": hallazgos,
                "periodo": periodo,
                "grupos": por_gravedad(hallazgos),
                "leido": f"{cuenta(len(lectura.fragmentos), 'pieza', 'piezas')} de texto, "
                f"{cuenta(sum(type(f.bloque).__name__ == 'Tabla' for f in lectura.fragmentos), 'tabla', 'tablas')}",
                "firmado": signing.dumps([como_dato(h) for h in hallazgos], salt=SAL, compress=True),
            },
        )

    def descarga(self, request, firmado: str):
        """Lo hallado viaja en la página, firmado: así no hace falta guardarlo ni leer otra vez el archivo."""
        try:
            datos = signing.loads(firmado, salt=SAL, max_age=VIGENCIA)
        except signing.BadSignature:
            return pagina(request, TextoAjeno(), aviso="Esa descarga ya caducó: revise el texto otra vez.", status=409)
        if request.POST.get("formato") == "json":
            respuesta = HttpResponse(
                json.dumps(datos, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
            )
            nombre = "hallazgos.json"
        else:
            respuesta = HttpResponse(
                hoja(datos), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            )
            nombre = "hallazgos.xlsx"
        respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
        return respuesta


def como_dato(hallazgo: Hallazgo) -> dict[str, str]:
    return {campo: str(getattr(hallazgo, campo)) for campo in CAMPOS} | {"nombre": nombre_de(hallazgo.regla)}


def hoja(datos: list[dict[str, str]]) -> bytes:
    libro = Workbook()
    pagina_ = libro.active
    pagina_.title = "Hallazgos"
    pagina_.append(ENCABEZADOS)
    for dato in datos:
        valores = (
            Gravedad(dato["gravedad"]).label,
            dato["nombre"],
            dato["apartado"],
            dato["explicacion"],
            dato["fragmento"],
        )
        # El texto es ajeno: ni una fórmula debe correr en la hoja de nadie, ni lo que un XML no admite, tirarla.
        pagina_.append([protege(a_texto_propio(valor)) for valor in valores])
    for n, ancho in enumerate((14, 40, 44, 70, 90), start=1):
        pagina_.column_dimensions[get_column_letter(n)].width = ancho
    for celda in pagina_[1]:
        celda.font = Font(bold=True)
    pagina_.freeze_panes = "A2"
    pagina_.auto_filter.ref = pagina_.dimensions
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def pagina(request, formulario: TextoAjeno, *, resultado=None, aviso: str = "", status: int = 200):
    return render(
        request,
        "informes/verificar_texto.html",
        {
            "titulo": "Verificar un texto",
            "formulario": formulario,
            "resultado": resultado,
            "aviso": aviso,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Informes", reverse("informes:informe_lista")),
                ("Verificar un texto", ""),
            ],
        },
        status=status,
    )
