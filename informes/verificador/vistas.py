"""La página del verificador: lo hallado por gravedad y apartado, y lo que ya se aceptó."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from informes import acciones, consultas, reglas
from informes.models import Informe
from vinculacion.nucleo.formularios import EstiloComun
from vinculacion.nucleo.paginas import ConPermiso

from .acciones import aceptar_todos
from .grupos import Renglon, agrupa
from .hallazgos import Gravedad, Hallazgo
from .revision import nombre_de, verificar


class Filtro(EstiloComun, forms.Form):
    grupos = (("", (("gravedad", "regla", "apartado"),)),)

    gravedad = forms.ChoiceField(label="Gravedad", required=False, choices=[("", "Todas"), *Gravedad.choices])
    regla = forms.ChoiceField(label="Regla", required=False)
    apartado = forms.ChoiceField(label="Apartado", required=False)

    def __init__(self, datos, hallazgos: list[Hallazgo]):
        super().__init__(datos)
        reglas_ = sorted({(h.regla, nombre_de(h.regla)) for h in hallazgos}, key=lambda r: r[1])
        apartados = dict.fromkeys(h.apartado for h in hallazgos if h.apartado)
        self.fields["regla"].choices = [("", "Todas"), *reglas_]  # type: ignore[attr-defined]
        self.fields["apartado"].choices = [("", "Todos"), *((a, a) for a in apartados)]  # type: ignore[attr-defined]

    def deja_pasar(self, hallazgo: Hallazgo) -> bool:
        """Lo que no se entiende no filtra."""
        pedido = self.cleaned_data if self.is_valid() else {}
        return all(not valor or getattr(hallazgo, campo) == valor for campo, valor in pedido.items())


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
    filtro = Filtro(request.GET, hallazgos)
    renglones = [
        Renglon(
            hallazgo,
            enlace(hallazgo, documento, edita),
            aceptaciones.get(hallazgo.huella),
            fallida if fallida and fallida.get("huella") == hallazgo.huella else None,
        )
        for hallazgo in hallazgos
        if filtro.deja_pasar(hallazgo)
    ]
    vivos = [renglon for renglon in renglones if not renglon.aceptacion]
    return render(
        request,
        "informes/verificar.html",
        {
            "informe": informe,
            "objeto": informe,
            "titulo": f"Verificar: {informe.titulo}",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Informes", reverse("informes:informe_lista")),
                (informe.titulo, informe.get_absolute_url()),
                ("Verificar", ""),
            ],
            "grupos": agrupa(vivos),
            "cuantos": len(vivos),
            "en_total": sum(1 for h in hallazgos if h.huella not in aceptaciones),
            "filtro": filtro,
            "filtrado": any(request.GET.get(campo) for campo in filtro.fields),
            "aceptados": [renglon for renglon in renglones if renglon.aceptacion],
            "acepta": editable and request.user.has_perm("informes.change_informe"),
            "de_varios": de_varios(vivos, fallida),
            "documento": documento,
        },
        status=status,
    )


def de_varios(vivos: list[Renglon], fallida: dict | None) -> list[dict]:
    """Las reglas que hallaron lo mismo varias veces: se pueden aceptar con una sola razón."""
    veces = Counter((r.hallazgo.regla, r.hallazgo.gravedad) for r in vivos)
    return [
        {
            "regla": regla,
            "gravedad": gravedad,
            "nombre": nombre_de(regla),
            "rotulo": Gravedad(gravedad).label,
            "veces": n,
            "fallida": fallida if fallida and fallida.get("regla") == regla else None,
        }
        for (regla, gravedad), n in veces.items()
        if n > 1
    ]


def enlace(hallazgo: Hallazgo, documento: str, edita: bool) -> tuple[str, str]:
    """Adónde ir y cómo se llama: el registro, el editor si puede editar, o su lugar en el documento."""
    es_apartado = hallazgo.ancla.startswith("apartado-")
    editor = reverse("informes:apartado_editar", args=[hallazgo.ancla.removeprefix("apartado-")]) if es_apartado else ""
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
            return regresa(pk)
        try:
            acciones.aceptar_hallazgo(informe=informe, hallazgo=hallazgo, razon=razon, por=request.user)
        except ValidationError as error:
            return no_valio(request, informe, error, {"huella": huella, "razon": razon})
        messages.success(request, "Quedó aceptado.", extra_tags="guardado")
        return regresa(pk)


class AceptarTodos(ConPermiso, View):
    """Con una sola razón, lo que una regla halló varias veces."""

    permiso = "informes.change_informe"
    http_method_names = ["post"]

    def post(self, request, pk):
        informe = get_object_or_404(consultas.informes(), pk=pk)
        regla, gravedad, razon = (request.POST.get(campo, "") for campo in ("regla", "gravedad", "razon"))
        try:
            hechas = aceptar_todos(informe=informe, regla=regla, gravedad=gravedad, razon=razon, por=request.user)
        except ValidationError as error:
            return no_valio(request, informe, error, {"regla": regla, "razon": razon})
        dicho = f"Quedaron aceptados {len(hechas)}." if len(hechas) > 1 else "Quedó aceptado."
        messages.success(request, dicho, extra_tags="guardado")
        return regresa(pk)


def no_valio(request, informe: Informe, error: ValidationError, fallida: dict):
    """Junto al campo, con lo que se escribió; lo que no es de la razón se dice arriba."""
    por_campo = getattr(error, "message_dict", {})
    if "razon" in por_campo:
        return pagina(request, informe, fallida={**fallida, "errores": por_campo["razon"]}, status=422)
    messages.error(request, " ".join(error.messages))
    return regresa(informe.pk)


def regresa(pk: int) -> HttpResponseRedirect:
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
        return regresa(pk)
