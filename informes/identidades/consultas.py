"""De la identidad guardada al membrete que llevan los documentos."""

import base64

from django.db.models import Count, QuerySet

from vinculacion.nucleo.salida.documento import Membrete

from ..models import Identidad, Informe


def identidades() -> QuerySet[Identidad]:
    return Identidad.objects.annotate(cuantos_informes=Count("informes"))


def membrete_de(informe: Informe) -> Membrete:
    """El de la identidad que el informe eligió, o el de la predeterminada."""
    return membrete(informe.identidad) if informe.identidad else membrete_predeterminado()


def membrete_predeterminado() -> Membrete:
    identidad = Identidad.objects.filter(predeterminada=True).first()
    return membrete(identidad) if identidad else Membrete()


def membrete(identidad: Identidad) -> Membrete:
    datos = {"logo": logo} if (logo := logo_en_linea(identidad)) else {}
    return Membrete(
        logo_alt=identidad.logo_alternativo or f"Logotipo de {identidad.institucion}",
        color=identidad.color,
        domicilio=identidad.domicilio,
        letra=identidad.letra,
        institucion=identidad.institucion,
        **datos,
    )


def logo_en_linea(identidad: Identidad) -> str:
    """El logotipo como data URI: el documento congelado no depende del archivo. Vacío si no hay."""
    if not identidad.logo:
        return ""
    try:
        with identidad.logo.open("rb") as archivo:
            contenido = archivo.read()
    except FileNotFoundError:
        return ""
    tipo = "image/svg+xml" if identidad.logo.name.endswith(".svg") else "image/png"
    return f"data:{tipo};base64,{base64.b64encode(contenido).decode()}"
