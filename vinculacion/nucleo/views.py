"""Salud del servicio, búsqueda global y manual de uso."""

from pathlib import Path

import markdown
import nh3
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView

from .busqueda import buscar

MANUAL = Path(settings.BASE_DIR) / "docs" / "manual"


@login_not_required
def salud(request):
    """Revisión de vida: responde 200 sólo si la base contesta."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("en servicio", content_type="text/plain; charset=utf-8")


class Busqueda(TemplateView):
    template_name = "nucleo/buscar.html"
    permiso = None  # cada buscador pregunta el suyo

    def get_context_data(self, **kwargs):
        texto = self.request.GET.get("q", "").strip()[:200].replace("\x00", "")
        return super().get_context_data(texto=texto, grupos=buscar(self.request.user, texto), **kwargs)


class Manual(TemplateView):
    """El manual vive en ``docs/manual`` como Markdown; el primer renglón de cada página es su título."""

    template_name = "nucleo/manual.html"
    permiso = None

    def get_context_data(self, pagina: str = "inicio", **kwargs):
        paginas = [(ruta.stem.split("-", 1)[1], ruta) for ruta in sorted(MANUAL.glob("[0-9][0-9]-*.md"))]
        rutas = dict(paginas)
        if pagina not in rutas:
            raise Http404
        texto = rutas[pagina].read_text(encoding="utf-8")
        cuerpo = nh3.clean(markdown.markdown(texto, extensions=["tables", "sane_lists"]))
        indice = [(clave, ruta.open(encoding="utf-8").readline().lstrip("# ").strip()) for clave, ruta in paginas]
        return super().get_context_data(
            cuerpo=mark_safe(cuerpo),  # noqa: S308 — limpiado por nh3 y escrito por nosotros
            indice=indice,
            pagina=pagina,
            **kwargs,
        )
