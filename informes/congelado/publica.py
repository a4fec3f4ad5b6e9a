"""La página que cualquiera abre, sin cuenta: confirma que un documento es el que se aprobó y publicó."""

import hashlib
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import View

from informes.exportacion import FORMATOS
from informes.models import VersionDeInforme
from vinculacion.archivo.subidas import ArchivoExcedido
from vinculacion.archivo.validadores import tamano
from vinculacion.cuentas.adaptador import direccion_intentada

from . import consultas
from .views import enviar

ARCHIVOS_POR_MINUTO = 10  # los que una misma dirección puede mandar a comprobar
HUELLA = re.compile(r"[0-9a-f]{64}")


def publicada_o_404(clave: str) -> VersionDeInforme:
    """Sólo lo publicado; un borrador, uno retirado y una clave inventada contestan lo mismo."""
    version = (
        VersionDeInforme.objects.filter(clave_publica=clave, publicada__isnull=False)
        .select_related("informe")
        .prefetch_related("archivos")
        .defer("estructura", "evidencias")
        .first()
    )
    if version is None:
        raise Http404("No hay un documento publicado con esa clave.")
    return version


# No cambia nada ni sabe quién pregunta; el sello del formulario sólo impide que otro sitio mande archivos por su visita.
@method_decorator(login_not_required, name="dispatch")
class Constancia(View):
    def get(self, request: HttpRequest, clave: str) -> HttpResponse:
        version = publicada_o_404(clave)
        escrita = request.GET.get("huella", "")
        huella = re.sub(r"\s+", "", escrita).lower()
        if not escrita.strip():
            return self.pagina(request, version)
        if not HUELLA.fullmatch(huella):
            falta = "Una huella SHA-256 tiene 64 caracteres: números y letras de la «a» a la «f»."
            return self.pagina(request, version, escrita=escrita[:200], falta=falta, status=422)
        return self.pagina(request, version, escrita=huella, huella=huella)

    def post(self, request: HttpRequest, clave: str) -> HttpResponse:
        """Para navegadores sin JavaScript: el archivo llega, se calcula su huella y no se guarda."""
        version = publicada_o_404(clave)
        tope = settings.ARCHIVO_TAMANO_MAXIMO
        if not self.puede_mandar(request):
            falta = "Ha comprobado muchos archivos en poco tiempo: espere un minuto o pegue su huella."
            return self.pagina(request, version, falta_de_archivo=falta, status=429)
        archivo = request.FILES.get("archivo")
        if archivo is None:
            return self.pagina(request, version, falta_de_archivo="Elija el archivo que quiere comprobar.", status=422)
        if isinstance(archivo, ArchivoExcedido) or archivo.size > tope:
            falta = f"El archivo pesa más de {tamano(tope)}: no es uno de este informe."
            return self.pagina(request, version, falta_de_archivo=falta, status=422)
        huella = hashlib.file_digest(archivo, "sha256").hexdigest()
        return self.pagina(request, version, escrita=huella, huella=huella)

    def puede_mandar(self, request: HttpRequest) -> bool:
        """Se pregunta antes de calcular ninguna huella."""
        clave = f"constancia:{direccion_intentada(request)}"
        cache.add(clave, 0, 60)
        try:
            return cache.incr(clave) <= ARCHIVOS_POR_MINUTO
        except ValueError:  # venció justo entre las dos
            return True

    def pagina(self, request, version, *, huella: str = "", status: int = 200, **mas) -> HttpResponse:
        publicadas = list(consultas.congeladas(version.informe).filter(publicada__isnull=False))
        posteriores = [v for v in publicadas if v.numero > version.numero]
        documento = consultas.documento_de(version)
        contexto = {
            "version": version,
            "ordinal": version.lugar,
            "portada": documento.portada,
            "archivos": [
                (a, FORMATOS[a.formato].nombre) for a in version.archivos.order_by("pk") if a.formato in FORMATOS
            ],
            "vigente": publicadas[0] if posteriores else None,
            "corrige": next((v for v in publicadas if v.pk == version.sustituye_a_id), None),
            "resultado": resultado_de(huella, version, publicadas) if huella else None,
            **mas,
        }
        respuesta = render(request, "informes/congelado/constancia.html", contexto, status=status)
        respuesta["X-Robots-Tag"] = "noindex"
        return respuesta


def resultado_de(huella: str, version: VersionDeInforme, publicadas: list[VersionDeInforme]) -> dict:
    """De qué es la huella: un archivo de esta versión, de otra publicada, el contenido, o nada de este informe."""
    for candidata in sorted(publicadas, key=lambda v: v.pk != version.pk):
        es_esta = candidata.pk == version.pk
        for archivo in candidata.archivos.all():
            if archivo.sha256 == huella and archivo.formato in FORMATOS:
                return {"coincide": es_esta, "que": f"al archivo {FORMATOS[archivo.formato].nombre}", "otra": candidata}
        if candidata.sha256 == huella:
            return {"coincide": es_esta, "que": "al contenido", "otra": candidata}
    return {"coincide": False, "que": "", "otra": None}


@method_decorator(login_not_required, name="dispatch")
class DescargarPublicado(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, clave: str) -> HttpResponse:
        return enviar(request, publicada_o_404(clave), "pdf")
