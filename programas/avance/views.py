"""El avance de un plan en una página, los registros de cada cifra y quién no ha capturado."""

from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View

from programas import consultas as de_programas
from programas import permisos
from programas.models import Programa
from programas.planes.views import migas_de
from vinculacion.nucleo import hojas
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.palabras import capitaliza, porcentaje
from vinculacion.nucleo.periodos import Periodo, hoy

from . import consultas, forms
from .hojas import ENCABEZADOS, filas
from .tablas import fila_de_accion, fila_de_calendario, fila_de_grupo, leyenda

FORMATOS = {"csv", "xlsx"}
REGISTROS_POR_PAGINA = 200


class VistaAvance(ConPermiso, View):
    permiso = permisos.VER_PROGRAMA

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        programa = get_object_or_404(de_programas.programas(), pk=pk)
        pedido = {**request.GET.dict(), "al": request.GET.get("al") or hoy().isoformat()}
        formulario = forms.PanoramaForm(pedido, programa=programa)
        valido = formulario.is_valid()
        datos = formulario.cleaned_data if valido else {"al": hoy()}
        fecha = datos.pop("al")
        panorama = consultas.panorama(programa, fecha, **datos)
        formato = request.GET.get("_export", "")
        if valido and formato in FORMATOS:
            escribe = hojas.a_csv if formato == "csv" else hojas.a_xlsx
            contenido = escribe(ENCABEZADOS, filas(panorama))
            return hojas.respuesta(contenido, f"avance {programa.clave} {fecha:%Y-%m-%d}", formato)
        contexto = {
            "titulo": f"Avance: {programa}",
            "migas": [("Inicio", reverse("inicio")), *migas_de(programa), ("Avance", "")],
            "programa": programa,
            "formulario": formulario,
            "al": fecha,
            "panorama": panorama,
            "filtros": [valor for valor in datos.values() if valor],
            "filtros_dichos": _dichos(formulario) if valido else [],
            **_cifras(panorama),
        }
        return render(request, "programas/avance.html", contexto, status=200 if valido else 422)


def _cifras(panorama: consultas.Panorama) -> dict:
    programa, fecha = panorama.programa, panorama.fecha
    aqui = reverse("programas:avance", args=[programa.pk])
    total = panorama.total
    return {
        "cumplido": None if total.cumplido is None else porcentaje(total.cumplido),
        "luces": [
            (luz, cuantas, f"{aqui}?{urlencode({'al': fecha.isoformat(), 'luz': luz.name})}#por-accion")
            for luz, cuantas in total.luces
        ],
        "acciones": [(grupo, [fila_de_accion(r, panorama) for r in grupo.renglones]) for grupo in panorama.ejes],
        "ejes": [fila_de_grupo(g, panorama, eje=g.eje) for g in panorama.ejes],
        "areas": [fila_de_grupo(g, panorama) for g in panorama.areas],
        "calendario": [
            (grupo, [fila_de_calendario(r, panorama) for r in grupo.renglones])
            for grupo in panorama.ejes
            if grupo.renglones
        ],
        "leyenda": leyenda(),
        "mes_de_corte": fecha.month if fecha.year == programa.anio else 0,
    }


def _dichos(formulario: forms.PanoramaForm) -> list[str]:
    """Lo que se filtró, con sus palabras: también sale al imprimir."""
    dichos = []
    for nombre in ("eje", "area", "luz"):
        campo = formulario.fields[nombre]
        escrito = {str(k): v for k, v in campo.choices}.get(str(formulario.data.get(nombre, "")))
        if formulario.data.get(nombre):
            dichos.append(f"{campo.label}: {escrito}")
    return dichos


class VistaRegistros(ConPermiso, View):
    """Los registros que forman una cifra del avance; su total es la cifra."""

    permiso = permisos.VER

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = forms.RegistrosForm(request.GET)
        contexto = {"titulo": "Registros que cuentan", "migas": _migas("Registros")}
        if not formulario.is_valid():
            errores = [e for lista in formulario.errors.values() for e in lista]
            return render(request, "programas/registros.html", {**contexto, "errores": errores}, status=422)
        acciones, periodo = formulario.cleaned_data["acciones"], formulario.cleaned_data["periodo"]
        registros = consultas.registros(acciones, periodo, request.user)
        programa = acciones[0].eje.programa
        if len({a.eje.programa_id for a in acciones}) == 1:
            contexto["migas"] = [("Inicio", reverse("inicio")), *migas_de(programa), ("Registros", "")]
        contexto |= {
            "acciones": acciones,
            "sola": acciones[0] if len(acciones) == 1 else None,
            "periodo": periodo,
            "cuantos": len(registros),
            "total": sum(r.unidades for r in registros),
            "por_validar": sum(r.por_validar for r in registros),
            "origenes": _resumen(registros),
            "pagina": Paginator(registros, REGISTROS_POR_PAGINA).get_page(request.GET.get("pagina")),
            "bitacora": _en_la_bitacora(acciones, periodo),
        }
        return render(request, "programas/registros.html", contexto)


def _resumen(registros: list[consultas.RegistroQueCuenta]) -> list[tuple[str, int, int]]:
    """(origen, registros, unidades), para que el total se pueda rehacer."""
    en_orden = sorted(registros, key=lambda r: r.origen)
    grupos = [(origen, list(suyos)) for origen, suyos in groupby(en_orden, key=lambda r: r.origen)]
    return [(origen, len(suyos), sum(r.unidades for r in suyos)) for origen, suyos in grupos]


def _en_la_bitacora(acciones: list, periodo: Periodo) -> str:
    """La misma cuenta en la lista de la bitácora, donde se filtra y se descarga; sólo la parte que sale de ella."""
    if len(acciones) != 1 or not any(isinstance(o, int) for o in de_programas.origenes(acciones[0])):
        return ""
    datos = {"cuenta_para": acciones[0].pk, "desde": periodo.inicio.isoformat(), "hasta": periodo.fin.isoformat()}
    return f"{reverse('programas:actividad_lista')}?{urlencode(datos)}"


class VistaSinCaptura(ConPermiso, View):
    """Las acciones programadas en un mes para las que nadie ha registrado nada, por área."""

    permiso = permisos.VER_PROGRAMA

    def get(self, request: HttpRequest) -> HttpResponse:
        formulario = forms.MesForm({"mes": request.GET.get("mes") or f"{hoy():%Y-%m}"})
        valido = formulario.is_valid()
        mes = formulario.cleaned_data["mes"] if valido else Periodo.mes(hoy().year, hoy().month)
        pendientes = consultas.sin_captura(mes.inicio.year, mes.inicio.month)
        contexto = {
            "titulo": "Sin captura",
            "migas": _migas("Sin captura"),
            "formulario": formulario,
            "mes": capitaliza(str(mes)),
            "anterior": f"{mes.anterior().inicio:%Y-%m}",
            "siguiente_mes": _siguiente(mes),
            "en_curso": mes.inicio <= hoy() <= mes.fin,
            "cuantas": len(pendientes),
            "areas": _por_area(pendientes),
            "captura": request.user.has_perm(permisos.CAPTURAR) and mes.inicio <= hoy(),
        }
        return render(request, "programas/sin_captura.html", contexto, status=200 if valido else 422)


def _siguiente(mes: Periodo) -> str:
    """El mes que sigue, si ya empezó."""
    anio, numero = divmod(mes.inicio.year * 12 + mes.inicio.month, 12)
    return f"{anio}-{numero + 1:02}" if date(anio, numero + 1, 1) <= hoy() else ""


def _por_area(pendientes: list[consultas.SinCaptura]) -> list[tuple[str, list[tuple[Programa, list]]]]:
    """Área → programa → acciones; lo que no tiene área va al final."""

    def area(pendiente):
        suya = consultas.area_de(pendiente.accion)
        return (suya is None, str(suya or consultas.SIN_AREA))

    def programa(pendiente):
        return pendiente.accion.eje.programa

    en_orden = sorted(pendientes, key=lambda p: (area(p), programa(p).tipo, programa(p).clave))
    return [
        (nombre, [(plan, list(acciones)) for plan, acciones in groupby(suyas, key=programa)])
        for (_, nombre), suyas in groupby(en_orden, key=area)
    ]


def _migas(final: str) -> list[tuple[str, str]]:
    return [("Inicio", reverse("inicio")), *migas_de(None), (final, "")]
