"""Páginas de las versiones de un informe: la lista, guardar una, compararlas y recuperar un texto."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso, envios
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.salida import html, json

from .. import consultas as de_informes
from ..models import Informe, VersionDeInforme
from ..reglas import impedimentos_para_editar
from . import acciones, comparacion, textos
from .forms import CompararForm, VersionForm
from .versiones import Lado, Retrato, lado_de, lado_de_hoy, versiones

VER, GUARDAR, RECUPERAR = "informes.view_versiondeinforme", "informes.change_informe", "informes.change_apartado"


def informe_de(pk: int) -> Informe:
    return get_object_or_404(de_informes.informes(), pk=pk)


def migas(informe: Informe, *mas: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Inicio", reverse("inicio")),
        ("Informes", reverse("informes:informe_lista")),
        (str(informe), informe.get_absolute_url()),
        *mas,
    ]


class Versiones(ConPermiso, View):
    permiso = VER

    def get(self, request, pk, formulario=None, status=200):
        informe = informe_de(pk)
        suyas = versiones(informe)
        guarda = request.user.has_perm(GUARDAR) and not impedimentos_para_editar(informe)
        contexto = {
            "titulo": "Versiones y diferencias",
            "informe": informe,
            "versiones": suyas,
            "comparar": CompararForm(versiones=suyas, initial={"ahora": CompararForm.HOY}) if suyas else None,
            "formulario": formulario or (VersionForm() if guarda else None),
            "migas": migas(informe, ("Versiones", "")),
            "envio": envios.nuevo(),
        }
        return render(request, "informes/revision/versiones.html", contexto, status=status)


class GuardarVersion(Versiones):
    permiso = GUARDAR

    def get(self, request, pk, formulario=None, status=200):
        if formulario is None:  # quien llega por la dirección va a la lista, donde está el formulario
            return HttpResponseRedirect(reverse("informes:informe_versiones", args=[informe_de(pk).pk]))
        return super().get(request, pk, formulario, status)

    def post(self, request, pk):
        informe = informe_de(pk)
        formulario = VersionForm(request.POST)
        if formulario.is_valid():
            try:
                return HttpResponseRedirect(self.guarda(request, informe, formulario.cleaned_data["nota"]))
            except ValidationError as error:
                reparte(formulario, error)
        return self.get(request, pk, formulario, 422)

    def guarda(self, request, informe: Informe, nota: str) -> str:
        """Adónde llega quien la guardó. Se arma antes de hacer fila: mientras se arma, nadie espera."""
        retrato = acciones.retratar_version(informe=informe, nota=nota)
        destino = reverse("informes:informe_versiones", args=[informe.pk])
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                return previo
            version = acciones.guardar_version(informe=informe, nota=nota, por=request.user, retrato=retrato)
            envios.anotar(request, destino)
        messages.success(request, f"Se guardó la {version.nombre}.", extra_tags="guardado")
        return destino


class LeerVersion(ConPermiso, View):
    """Una versión como se leía: sale de lo guardado, no de los registros de hoy."""

    permiso = VER

    def get(self, request, pk):
        version = get_object_or_404(VersionDeInforme.objects.select_related("informe", "por"), pk=pk)
        informe = version.informe
        documento = json.desde_datos(version.documento)
        contexto = {
            "titulo": capitaliza(version.nombre),
            "informe": informe,
            "version": version,
            "cuerpo": html.cuerpo(documento, base=2),
            "color": documento.membrete.clave_del_color,
            "migas": migas(
                informe,
                ("Versiones", reverse("informes:informe_versiones", args=[informe.pk])),
                (capitaliza(version.nombre), ""),
            ),
        }
        return render(request, "informes/revision/version.html", contexto)


class Comparar(ConPermiso, View):
    """``?antes=2&ahora=hoy``; lo que no se pide, la última versión contra hoy."""

    permiso = VER

    def get(self, request, pk):
        informe = informe_de(pk)
        suyas = versiones(informe)
        if not suyas:
            return HttpResponseRedirect(reverse("informes:informe_versiones", args=[pk]))
        datos = {"antes": str(suyas[0].numero), "ahora": CompararForm.HOY, **request.GET.dict()}
        formulario = CompararForm(datos, versiones=suyas)
        hecha = None
        if formulario.is_valid():
            antes, ahora = (self.lado(informe, formulario.cleaned_data[n]) for n in ("antes", "ahora"))
            hecha = comparacion.comparar(antes, ahora)
        contexto = {
            "titulo": "Diferencias",
            "informe": informe,
            "formulario": formulario,
            "comparacion": hecha,
            "lados": tuple(capitaliza(lado.rotulo) for lado in (hecha.antes, hecha.ahora)) if hecha else (),
            "version": next((v for v in suyas if str(v.numero) == datos["antes"]), None),
            "recupera": request.user.has_perm(RECUPERAR) and not impedimentos_para_editar(informe),
            "migas": migas(
                informe, ("Versiones", reverse("informes:informe_versiones", args=[pk])), ("Diferencias", "")
            ),
        }
        return render(
            request, "informes/revision/comparar.html", contexto, status=200 if formulario.is_valid() else 422
        )

    def lado(self, informe: Informe, cual: str) -> Lado:
        if cual == CompararForm.HOY:
            return lado_de_hoy(informe)
        return lado_de(get_object_or_404(VersionDeInforme, informe=informe, numero=int(cual)))


class Recuperar(ConPermiso, View):
    """Enseña qué se pierde y qué vuelve; el texto de hoy queda en la historia del apartado."""

    permiso = RECUPERAR

    def preparar(self, pk: int, clave: int):
        version = get_object_or_404(VersionDeInforme.objects.select_related("informe"), pk=pk)
        retrato = Retrato.de(version.estructura).apartados.get(clave)
        if retrato is None:
            raise Http404("Ese apartado no está en la versión.")
        return version, retrato, version.informe.apartados.filter(pk=clave).first()

    def get(self, request, pk, clave):
        return self.pinta(request, *self.preparar(pk, clave))

    def post(self, request, pk, clave):
        version, *_ = self.preparar(pk, clave)
        vista = request.POST.get("vista", "")
        try:
            apartado = acciones.recuperar_apartado(
                version=version,
                clave=clave,
                por=request.user,
                vista=int(vista) if vista.isdecimal() and len(vista) < 10 else None,
            )
        except ValidationError as error:
            return self.pinta(request, *self.preparar(pk, clave), error.messages, 409)
        messages.success(request, f"Se recuperó el texto de «{apartado}» como estaba en la {version.nombre}.")
        return HttpResponseRedirect(f"{version.informe.get_absolute_url()}#apartado-{apartado.pk}")

    def pinta(self, request, version, retrato, apartado, errores=(), status=200):
        informe = version.informe
        hoy = (apartado.narrativa, apartado.explicacion) if apartado else ("", "")
        cambios = [
            comparacion.CambioDeTexto(rotulo, renglones)
            for rotulo, antes, ahora in (
                ("Narrativa", hoy[0], retrato.narrativa),
                ("Explicación si no hay actividades", hoy[1], retrato.explicacion),
            )
            if (renglones := textos.comparar(antes, ahora))
        ]
        contexto = {
            "titulo": "Recuperar un texto",
            "informe": informe,
            "version": version,
            "retrato": retrato,
            "apartado": apartado,
            "cambios": cambios,
            "lados": ("Hoy", f"Como volvería, de la {version.nombre}"),
            "errores": [*errores, *impedimentos_para_editar(informe)],
            "migas": migas(
                informe, ("Versiones", reverse("informes:informe_versiones", args=[informe.pk])), ("Recuperar", "")
            ),
        }
        return render(request, "informes/revision/recuperar.html", contexto, status=status)
