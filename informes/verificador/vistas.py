"""La página del verificador: lo hallado por gravedad y lo que ya se aceptó."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from informes import acciones, consultas, reglas
from informes.models import Informe
from vinculacion.nucleo.paginas import ConPermiso

from .hallazgos import Gravedad, Hallazgo
from .revision import nombre_de, verificar

CLASES = {Gravedad.ERROR: "rojo", Gravedad.ADVERTENCIA: "ambar", Gravedad.NOTA: "azul"}
PLURALES = {Gravedad.ERROR: "Errores", Gravedad.ADVERTENCIA: "Advertencias", Gravedad.NOTA: "Notas"}


class Verificar(ConPermiso, View):
    permiso = "informes.view_informe"

    def get(self, request, pk):
        return pagina(request, get_object_or_404(consultas.informes(), pk=pk))


def pagina(request, informe: Informe, *, fallida: dict | None = None, status: int = 200):
    """``fallida``: la aceptación que no valió, con lo que se escribió y por qué."""
    hallazgos = verificar(informe)
    aceptaciones = {a.huella: a for a in informe.aceptaciones.select_related("por")}
    editable = not reglas.impedimentos_para_editar(informe)
    documento = reverse("informes:informe_documento", args=[informe.pk])
    edita = editable and request.user.has_perm("informes.change_apartado")
    renglones = [
        {
            "hallazgo": hallazgo,
            "nombre": nombre_de(hallazgo.regla),
            "enlace": enlace(hallazgo, documento, edita),
            "aceptacion": aceptaciones.get(hallazgo.huella),
            "fallida": fallida if fallida and fallida["huella"] == hallazgo.huella else None,
        }
        for hallazgo in hallazgos
    ]
    vivos = [renglon for renglon in renglones if not renglon["aceptacion"]]
    grupos = [
        (gravedad, PLURALES[gravedad], CLASES[gravedad], [r for r in vivos if r["hallazgo"].gravedad == gravedad])
        for gravedad in Gravedad
    ]
    return render(
        request,
        "informes/verificar.html",
        {
            "informe": informe,
            "titulo": f"Verificar: {informe.titulo}",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Informes", reverse("informes:informe_lista")),
                (informe.titulo, informe.get_absolute_url()),
                ("Verificar", ""),
            ],
            "grupos": grupos,
            "cuantos": len(vivos),
            "aceptados": [renglon for renglon in renglones if renglon["aceptacion"]],
            "acepta": editable and request.user.has_perm("informes.change_informe"),
            "documento": documento,
        },
        status=status,
    )


def enlace(hallazgo: Hallazgo, documento: str, edita: bool) -> tuple[str, str]:
    """Adónde ir y cómo se llama: el registro, el editor si puede editar, o su lugar en el documento."""
    editor = (
        reverse("informes:apartado_editar", args=[hallazgo.ancla.removeprefix("apartado-")]) if hallazgo.ancla else ""
    )
    if hallazgo.url and hallazgo.url != editor:
        return hallazgo.url, "Ver los registros" if "?" in hallazgo.url else "Ver el registro"
    if editor and edita:
        return editor, "Editar el apartado"
    return f"{documento}#{hallazgo.ancla}" if hallazgo.ancla else documento, "Ver en el documento"


class Aceptar(ConPermiso, View):
    """«Aceptado porque…»: sólo se acepta lo que hoy se halla."""

    permiso = "informes.change_informe"
    http_method_names = ["post"]

    def post(self, request, pk):
        informe = get_object_or_404(consultas.informes(), pk=pk)
        huella, razon = request.POST.get("huella", ""), request.POST.get("razon", "")
        hallazgo = next((h for h in verificar(informe) if h.huella == huella), None)
        if hallazgo is None:
            messages.info(request, "Eso ya no se halla en el informe: no hace falta aceptarlo.")
        else:
            try:
                acciones.aceptar_hallazgo(informe=informe, hallazgo=hallazgo, razon=razon, por=request.user)
            except ValidationError as error:
                por_campo = getattr(error, "message_dict", {})
                if "razon" in por_campo:
                    fallida = {"huella": huella, "razon": razon, "errores": por_campo["razon"]}
                    return pagina(request, informe, fallida=fallida, status=422)
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, "Quedó aceptado.", extra_tags="guardado")
        return HttpResponseRedirect(reverse("informes:informe_verificar", args=[pk]))


class RetirarAceptacion(ConPermiso, View):
    permiso = "informes.change_informe"
    http_method_names = ["post"]

    def post(self, request, pk):
        informe = get_object_or_404(Informe, pk=pk)
        try:
            acciones.retirar_aceptacion(informe=informe, huella=request.POST.get("huella", ""), por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Se volvió a señalar.")
        return HttpResponseRedirect(reverse("informes:informe_verificar", args=[pk]))
