"""La página de las cifras, su libro de cálculo y los registros que hay detrás de cada una."""

from datetime import date
from functools import partial
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View

from convenios import permisos
from convenios.consultas import convenios_visibles
from convenios.consultas import en_tramite as en_tramite_al
from convenios.models import CambioDeEtapa, Convenio
from convenios.tables import ConvenioTabla
from vinculacion.nucleo import hojas
from vinculacion.nucleo.cuadros import Cuadro, Enlace, para_la_pagina
from vinculacion.nucleo.paginas import ConPermiso, Paginas
from vinculacion.nucleo.palabras import fecha_corta
from vinculacion.nucleo.salida import xlsx
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

from . import consultas, cuadros
from .filters import EstanciasFiltro, RegistrosFiltro
from .forms import CifrasForm
from .tables import EstanciaTabla


class Resumen(NamedTuple):
    etiqueta: str
    valor: object
    url: str = ""
    detalle: str = ""


class Cifras(ConPermiso, View):
    permiso = permisos.VER

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = CifrasForm(request.GET, request.user)
        valido = formulario.is_valid()
        contexto = {
            "titulo": "Cifras de convenios",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Convenios", reverse("convenios:convenio_lista")),
                ("Cifras", ""),
            ],
            "formulario": formulario,
            "consulta": urlencode({c: v for c, v in formulario.data.items() if v}),
        }
        if valido:
            armados = _cuadros(formulario)
            contexto |= {
                "subtitulo": _subtitulo(formulario),
                "balance": _balance(formulario) if armados else [],
                "cuadros": [para_la_pagina(c, partial(_url, formulario, c.lista)) for c in armados],
            }
        return render(request, "convenios/cifras.html", contexto, status=200 if valido else 422)


class CifrasXlsx(ConPermiso, View):
    permiso = permisos.VER

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = CifrasForm(request.GET, request.user)
        if not formulario.is_valid():
            return Cifras.as_view()(request)
        apartados = tuple(ApartadoArmado("", c.titulo, 1, (c.tabla,)) for c in _cuadros(formulario))
        portada = Portada("Cifras de los convenios", subtitulo=_subtitulo(formulario), estado="Consulta")
        periodo = formulario.periodo
        nombre = f"cifras de convenios {periodo.inicio:%Y-%m-%d} {periodo.fin:%Y-%m-%d}"
        return hojas.respuesta(xlsx.crear(Documento("cifras", portada, apartados)), nombre, "xlsx")


def _cuadros(formulario: CifrasForm) -> list[Cuadro]:
    convenios, periodo, al = formulario.convenios, formulario.periodo, formulario.dia
    todos = [
        cuadros.por_anio(convenios, periodo),
        cuadros.por_ambito(convenios, periodo),
        cuadros.por_contraparte(convenios, periodo),
        cuadros.por_area(convenios, periodo),
        cuadros.por_tipo(convenios, periodo),
        cuadros.por_pais(convenios, periodo),
        cuadros.en_vigor(convenios, al),
        cuadros.en_vigor_por_anio(convenios, _cierres(formulario, al)),
        cuadros.dias_por_etapa(convenios, periodo),
        cuadros.dias_hasta_firmar(convenios, periodo),
    ]
    return [cuadro for cuadro in todos if cuadro.hay]


def _cierres(formulario: CifrasForm, al: date) -> list[date]:
    """Los de toda la historia: lo que hay en vigor hoy viene de años que el periodo no abarca."""
    return consultas.cierres(formulario.historia, al)


def _balance(formulario: CifrasForm) -> list[Resumen]:
    convenios, periodo, al = formulario.convenios, formulario.periodo, formulario.dia
    total = consultas.total_suscritos(convenios, periodo)
    dias = consultas.junta(consultas.dias_hasta_firmar(convenios, periodo).values())
    ir = partial(_url, formulario, cuadros.REGISTROS)
    resumen = [
        Resumen("Suscritos", total.total, ir(cuadros.entre(periodo))),
        Resumen(
            "De la unidad",
            total.de_la_unidad,
            ir(cuadros.entre(periodo) | {"gestion": "propia"}),
            "" if total.porcentaje_de_la_unidad is None else f"{total.porcentaje_de_la_unidad} %",
        ),
        Resumen(
            "En vigor",
            consultas.en_vigor(convenios, al).total,
            ir({"en_vigor_al": al.isoformat()}),
            f"Al {fecha_corta(al)}",
        ),
        Resumen(
            "En trámite",
            en_tramite_al(al, convenios).count(),
            ir({"en_tramite_al": al.isoformat()}),
            f"Al {fecha_corta(al)}",
        ),
    ]
    if dias.promedio is None:
        return resumen
    return [*resumen, Resumen("Días de trámite", dias.promedio, "", f"En promedio; la mediana, {dias.mediana}")]


def _subtitulo(formulario: CifrasForm) -> str:
    """Lo que se cuenta, con sus palabras: también sale al imprimir y en la hoja."""
    dichos = [f"Suscritos: {formulario.periodo}"]
    for nombre in formulario.filtros:
        campo = formulario.fields[nombre]
        dichos.append(f"{campo.label}: {dict(campo.choices)[formulario.cleaned_data[nombre]]}")
    return "; ".join(dichos)


def _url(formulario: CifrasForm, lista: str, enlace: Enlace) -> str:
    """La lista con los filtros que dejan justo lo que la celda cuenta."""
    return f"{reverse(lista)}?{urlencode(formulario.filtros | enlace)}"


# -- los registros de una cifra ------------------------------------------------


class DeUnaCifra(Paginas):
    vistas = ("lista",)
    plantilla_lista = "convenios/convenio_lista.html"

    def permiso(self, accion: str) -> str:
        return permisos.VER

    def miga_superior(self, objeto):
        return [("Cifras de convenios", reverse("convenios:cifras"))]


class RegistrosPaginas(DeUnaCifra):
    modelo = Convenio
    clave = "registros"
    tabla = ConvenioTabla
    filtro = RegistrosFiltro
    ayuda = "Los convenios que cuenta una cifra. La situación es la de hoy."

    def consulta(self, usuario):
        return convenios_visibles(usuario)


class EstanciasPaginas(DeUnaCifra):
    modelo = CambioDeEtapa
    clave = "estancias"
    femenino = True
    tabla = EstanciaTabla
    filtro = EstanciasFiltro
    ayuda = "Cada vez que un instrumento estuvo en una etapa de su trámite, y cuántos días."
    nombre = "estancia en una etapa"
    plural = "estancias en etapas"

    def consulta(self, usuario):
        return CambioDeEtapa.objects.filter(convenio__in=consultas.del_usuario(usuario).values("pk"))
