"""Las cifras vivas de un informe: cuánto valen hoy, cómo se escriben y dónde se usan."""

from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from informes.armado import contexto_de
from informes.models import Informe
from vinculacion.nucleo.bloques import Parrafo
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.salida import html
from vinculacion.nucleo.secciones import CIFRAS

from . import DATOS_DEL_DOCUMENTO, NarrativaInvalida, redactar
from .usos import Texto, con_errores, usos

LARGO_MAXIMO = 60_000


@dataclass(frozen=True)
class Renglon:
    clave: str
    nombre: str
    parametros: tuple[str, ...]
    escrito: str
    hoy: str
    falta: str
    usos: list[Texto]


def redacta(texto: str, contexto: Any) -> tuple[str, str]:
    """(lo que dice hoy, por qué no se puede escribir); uno de los dos va vacío."""
    try:
        return redactar(texto, contexto, CIFRAS), ""
    except NarrativaInvalida as error:
        return "", "; ".join(e.mensaje for e in error.errores)


class CifrasDelInforme(ConPermiso, View):
    """La lista que se puede copiar sin guiones, con el valor de hoy."""

    permiso = "informes.view_informe"

    @memoria()
    def get(self, request, pk):
        informe = get_object_or_404(Informe.objects.select_related("comision"), pk=pk)
        contexto = contexto_de(informe)
        # Varios renglones de un mismo rubro se dicen una vez.
        citadas = {
            clave: list({t.donde: t for t in reversed(suyos)}.values())[::-1] for clave, suyos in usos(informe).items()
        }
        datos = [(clave, c.nombre, c.parametros) for clave, c in sorted(CIFRAS.items())]
        datos += [(clave, d.nombre, ()) for clave, d in DATOS_DEL_DOCUMENTO.items()]
        renglones = []
        for clave, nombre, parametros in datos:
            escrito = f"{{{{ {clave} }}}}"
            hoy, falta = redacta(escrito, contexto)
            # Sin sus parámetros algunas no valen: aquí basta decir por qué.
            falta = falta.partition(" no se puede escribir: ")[2] or falta
            renglones.append(Renglon(clave, nombre, parametros, escrito, hoy, falta, citadas.pop(clave, [])))
        desconocidas = [Renglon(clave, "", (), "", "", "", suyos) for clave, suyos in sorted(citadas.items())]
        if "json" in request.GET:
            return JsonResponse({r.clave: r.hoy for r in renglones if not r.falta})
        migas = [
            ("Inicio", reverse("inicio")),
            ("Informes", reverse("informes:informe_lista")),
            (str(informe), informe.get_absolute_url()),
            ("Cifras vivas", ""),
        ]
        return render(
            request,
            "informes/cifras.html",
            {
                "titulo": "Cifras vivas",
                "informe": informe,
                "objeto": informe,
                "renglones": renglones,
                "desconocidas": desconocidas,
                "con_errores": con_errores(informe),
                "edita": request.user.has_perm("informes.change_apartado"),
                "migas": migas,
            },
        )


class ValorDeUnTexto(ConPermiso, View):
    """Lo que diría hoy un texto con cifras; no guarda nada."""

    permiso = "informes.view_informe"
    http_method_names = ["post"]

    def post(self, request, pk):
        informe = get_object_or_404(Informe.objects.select_related("comision"), pk=pk)
        texto = request.POST.get("texto", "")
        if len(texto) > LARGO_MAXIMO:
            return JsonResponse({"error": f"Caben {LARGO_MAXIMO:,} letras."}, status=422)
        try:
            with memoria():
                dice = redactar(texto, contexto_de(informe), CIFRAS)
        except NarrativaInvalida as error:
            return JsonResponse({"errores": [{"linea": e.linea, "mensaje": e.mensaje} for e in error.errores]})
        return JsonResponse({"texto": html.leido(Parrafo(dice, "markdown"))})
