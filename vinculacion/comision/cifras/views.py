"""La página de las cifras y su libro de cálculo."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View

from vinculacion.comision import permisos
from vinculacion.nucleo.bloques import Cifra
from vinculacion.nucleo.cuadros import Cuadro, Enlace, para_la_pagina
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.salida import xlsx
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

from . import consultas, cuadros
from .forms import TODAS, CifrasForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Cifras(ConPermiso, View):
    permiso = permisos.VER_SESIONES

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = CifrasForm(request.GET)
        valido = formulario.is_valid()
        contexto = {
            "titulo": "Cifras",
            "migas": [("Inicio", reverse("inicio")), ("Cifras", "")],
            "formulario": formulario,
            "consulta": urlencode(formulario.data),
        }
        if valido:
            sesiones = formulario.sesiones
            contexto |= {
                "subtitulo": _subtitulo(formulario),
                "matriz": _enlace_a_la_matriz(formulario),
                "balance": _balance(sesiones) if sesiones else [],
                "cuadros": [
                    para_la_pagina(cuadro, partial(_url, cuadro, formulario))
                    for cuadro in _cuadros(formulario, sesiones)
                ],
            }
        return render(request, "comision/cifras.html", contexto, status=200 if valido else 422)


class CifrasXlsx(ConPermiso, View):
    permiso = permisos.VER_SESIONES

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = CifrasForm(request.GET)
        if not formulario.is_valid():
            return Cifras.as_view()(request)
        apartados = tuple(
            ApartadoArmado("", cuadro.titulo, 1, (cuadro.tabla,))
            for cuadro in _cuadros(formulario, formulario.sesiones)
        )
        portada = Portada("Cifras de la comisión", subtitulo=_subtitulo(formulario), estado="Consulta")
        respuesta = HttpResponse(xlsx.crear(Documento("cifras", portada, apartados)), content_type=XLSX)
        respuesta["Content-Disposition"] = f'attachment; filename="{_nombre_de_archivo(formulario)}.xlsx"'
        return respuesta


def _cuadros(formulario: CifrasForm, sesiones) -> list[Cuadro]:
    con_tramite = formulario.cleaned_data["tramite"] != "sin"
    personas = consultas.participacion_por_persona(sesiones)
    # Si nadie ocupó más de una capacidad, la segunda tabla repetiría la primera.
    repetidas = any(len(p.capacidades) > 1 for p in personas)
    todos = [
        cuadros.asistencia(sesiones),
        *([cuadros.asistencia(sesiones, por_capacidad=True)] if repetidas else []),
        cuadros.sesiones_por_tipo(sesiones),
        cuadros.puntos_por_tema(sesiones, con_tramite=con_tramite),
        cuadros.acuerdos_por_estado(sesiones),
        cuadros.acuerdos_por_area(sesiones),
        cuadros.resoluciones(sesiones),
        cuadros.votos(sesiones),
    ]
    return [cuadro for cuadro in todos if cuadro.hay]


def _balance(sesiones) -> list[Cifra]:
    acuerdos = consultas.acuerdos_por_estado(sesiones)
    puntos = consultas.puntos_por_tema(sesiones)
    media = consultas.porcentaje_de_asistencia(sesiones)
    cifras = [
        Cifra("Sesiones celebradas", len(sesiones)),
        Cifra("Puntos tratados", puntos.total),
        Cifra("Acuerdos tomados", acuerdos.total, _vencidos(sum(acuerdos.vencidos.values()))),
    ]
    return cifras if media is None else [*cifras, Cifra("% de asistencia", media, "De quienes tienen voto")]


def _vencidos(cuantos: int) -> str:
    return f"{cuantos} vencido{'s' if cuantos > 1 else ''}" if cuantos else ""


def _subtitulo(formulario: CifrasForm) -> str:
    comision = str(formulario.elegida or "Todas las comisiones")
    return f"{comision}, {formulario.periodo or 'toda su historia'}"


def _nombre_de_archivo(formulario: CifrasForm) -> str:
    comision = formulario.elegida.siglas if formulario.elegida else TODAS
    periodo = formulario.periodo
    limpio = "".join(c for c in comision.lower() if c.isascii() and c.isalnum())
    return f"cifras-{limpio}" + (f"-{periodo.inicio:%Y%m%d}-{periodo.fin:%Y%m%d}" if periodo else "")


def _enlace_a_la_matriz(formulario: CifrasForm) -> str:
    """La matriz es de una comisión y un año."""
    periodo = formulario.periodo
    datos = {"comision": formulario.elegida.pk} if formulario.elegida else {}
    return f"{reverse('comision:asistencia')}?{urlencode(datos | {'anio': (periodo.fin if periodo else hoy()).year})}"


def _url(cuadro: Cuadro, formulario: CifrasForm, enlace: Enlace) -> str:
    """La lista con los filtros que dejan justo lo que la celda cuenta."""
    filtros = dict(enlace)
    periodo = formulario.periodo
    if anio := filtros.pop("anio_celebrada", None):
        entero = Periodo.anual(int(anio))
        periodo = (
            entero if periodo is None else Periodo(max(periodo.inicio, entero.inicio), min(periodo.fin, entero.fin))
        )
    if formulario.elegida:
        filtros["comision"] = formulario.elegida.pk
    if periodo:
        filtros |= {"desde": periodo.inicio.isoformat(), "hasta": periodo.fin.isoformat()}
    if cuadro.lista == "comision:sesion_lista":
        filtros["estado"] = "celebrada"
    return f"{reverse(cuadro.lista)}?{urlencode(filtros)}"
