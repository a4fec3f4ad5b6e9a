"""Lo que la revisión agrega a la página donde se lee el informe y al editor de un apartado."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..models import Apartado, Informe
from . import consultas, edicion, mezcla, reglas


def margenes(informe: Informe, usuario) -> dict[str, SafeString]:
    """Por ancla del documento: «Observar», para quien puede, y lo que ya se observó."""
    observa = usuario.has_perm("informes.add_observacion") and not reglas.impedimentos_para_observar(informe)
    if not usuario.has_perm("informes.view_observacion"):
        return {}
    suyas = consultas.por_apartado(informe)
    return {
        f"apartado-{apartado.pk}": render_to_string(
            "informes/revision/_margen.html",
            {"apartado": apartado, "observaciones": suyas.get(apartado.pk, ()), "observa": observa},
        )
        for apartado in informe.apartados.all()
        if observa or apartado.pk in suyas
    }


def del_editor(apartado: Apartado, request) -> dict:
    """Quién más lo tiene abierto y, si alguien guardó antes, las dos redacciones."""
    contexto: dict[str, Any] = {"otros": edicion.anunciar(apartado=apartado, por=request.user)}
    version = request.POST.get("version", "")
    if request.method == "POST" and version != str(apartado.version):
        contexto["mezclas"] = mezcla.mezclas(apartado, request.POST.dict(), version)
        contexto["lados"] = ("Lo que está guardado", "Lo que usted escribió")
    return contexto
