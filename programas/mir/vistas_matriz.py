"""La matriz de un programa y la captura de los datos que ningún registro da."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import consultas as planes
from programas.consultas import Semaforo
from programas.estados import OrigenDeVariable
from programas.models import DatoDeVariable, Programa, Variable
from programas.planes.views import migas_de
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.formularios import FECHA_INVALIDA, arregla_filtro
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO, hoy

from . import acciones, consultas, matriz, reglas
from .forms import CeldaDeDatoForm, CorteForm


def leer_corte(request) -> tuple[date, str]:
    """El día de ``?al=`` y, si no se entiende, por qué; entonces se mide al día de hoy."""
    escrito = request.GET.get("al", "").strip()
    if not escrito:
        return hoy(), ""
    try:
        fecha = date.fromisoformat(escrito)
    except ValueError:
        return hoy(), f"«{escrito[:20]}»: {FECHA_INVALIDA} Se muestra al día de hoy."
    if not ANIO_MINIMO <= fecha.year <= ANIO_MAXIMO:
        return hoy(), f"«{escrito[:20]}»: el año no es creíble. Se muestra al día de hoy."
    return fecha, ""


# Las listas de donde se baja y se trae cada cosa, y quién puede verlas.
HOJAS = (
    ("indicadores", "indicador_lista", "programas.view_indicador"),
    ("variables", "variable_lista", "programas.view_indicador"),
    ("supuestos", "supuesto_lista", "programas.view_supuesto"),
    ("datos capturados", "datodevariable_lista", "programas.view_datodevariable"),
    ("ajustes del tiempo real", "ajustedetiempo_lista", "programas.view_ajustedetiempo"),
    ("explicaciones", "explicacion_lista", "programas.view_explicacion"),
)


class DePrograma(ConPermiso, View):
    """Una página de la cara «MIR» de un programa."""

    plantilla: str

    def programa(self, pk: int) -> Programa:
        return get_object_or_404(planes.programas(), pk=pk)

    def pinta(self, programa: Programa, titulo: str, contexto: dict, status: int = 200, final: str = ""):
        migas = [("Inicio", reverse("inicio")), *migas_de(programa)]
        if final:
            migas += [("MIR", reverse("programas:mir", args=[programa.pk])), (final, "")]
        else:
            migas.append(("MIR", ""))
        base = {"programa": programa, "cara": "mir", "titulo": titulo, "migas": migas}
        return render(self.request, self.plantilla, {**base, **contexto}, status=status)


class Matriz(DePrograma):
    permiso = "programas.view_indicador"
    plantilla = "programas/mir.html"

    def get(self, request, pk):
        programa = self.programa(pk)
        fecha, error = leer_corte(request)
        todas = [matriz.fila(f) for f in consultas.mediciones(programa, fecha)]
        filtro = self.filtro(request, todas, fecha, error)
        filas = [f for f in todas if _pasa(f, filtro.elegido)]
        abierto = not impedimentos_para_planear(programa)
        return self.pinta(
            programa,
            f"Matriz de indicadores: {programa}",
            {
                "fecha": fecha,
                "error_de_corte": error,
                "filtro": filtro,
                "filtrando": any(filtro.elegido.values()),
                "niveles": matriz.por_nivel(filas),
                "definicion": request.GET.get("ver") == "definicion",
                "hay": bool(todas),
                "corte": f"?al={fecha.isoformat()}" if request.GET.get("al") and not error else "",
                "sin_explicar": sum(f["sin_explicar"] for f in todas),
                "leyenda": matriz.LEYENDA,
                "hojas": [
                    (nombre, f"{reverse(f'programas:{ruta}')}?programa={programa.pk}")
                    for nombre, ruta, permiso in HOJAS
                    if request.user.has_perm(permiso)
                ],
                "abierto": abierto,
                "con_datos": any(
                    v.origen == OrigenDeVariable.DATO for f in todas for v in f["indicador"].variables.all()
                ),
            },
            status=422 if error else 200,
        )

    def filtro(self, request, filas: list[dict], fecha: date, error: str) -> CorteForm:
        areas = {f["indicador"].area_responsable for f in filas} - {None}
        formulario = CorteForm(
            {**request.GET.dict(), "al": request.GET.get("al", "") if error else fecha.isoformat()},
            luces=[(luz.name.lower(), luz.texto) for luz in Semaforo if any(f["luz"] is luz for f in filas)],
            areas=sorted(((str(a.pk), str(a)) for a in areas), key=lambda par: par[1]),
        )
        for campo in formulario.fields.values():
            arregla_filtro(campo)
        return formulario


def _pasa(fila: dict, elegido: dict[str, str]) -> bool:
    indicador = fila["indicador"]
    suyo = {
        "nivel": indicador.nivel,
        "luz": fila["luz"].name.lower(),
        "area": str(indicador.area_responsable_id or ""),
    }
    return all(not valor or suyo[nombre] == valor for nombre, valor in elegido.items())


class Captura(DePrograma):
    """Todos los datos que el programa pide, por variable y periodo, en una hoja."""

    permiso = "programas.change_datodevariable"
    plantilla = "programas/mir_datos.html"

    def get(self, request, pk):
        programa = self.programa(pk)
        return self.hoja(programa, self.renglones(programa))

    def post(self, request, pk):
        with transaction.atomic():
            programa = self.programa(pk)
            renglones = self.renglones(programa, request.POST)
            celdas = [c for _, fila in renglones for c in fila]
            razones = impedimentos_para_planear(programa)
            # Todas se revisan aunque falle la primera: los errores se enseñan juntos.
            revisadas = [celda.is_valid() for celda in celdas]
            if not razones and all(revisadas) and self.guarda(celdas, request):
                messages.success(request, "Se guardaron los datos.", extra_tags="guardado")
                return HttpResponseRedirect(request.get_full_path())
            transaction.set_rollback(True)
        return self.hoja(programa, renglones, razones, 409 if razones else 422)

    def guarda(self, celdas: Iterable[CeldaDeDatoForm], request) -> bool:
        for celda in celdas:
            if not celda.has_changed():
                continue
            dato = celda.dato or DatoDeVariable(variable=celda.variable, periodo=celda.periodo)
            valor, procedencia = celda.cleaned_data["valor"], celda.cleaned_data["procedencia"]
            try:
                with transaction.atomic():
                    if valor is None:  # se vació una celda que tenía dato
                        acciones.eliminar(registro=dato, por=request.user)
                        continue
                    dato.valor, dato.procedencia = valor, procedencia
                    acciones.guardar_dato(dato=dato, por=request.user)
            except ValidationError as error:
                reparte(celda, error)
        return not any(celda.errors for celda in celdas)

    def renglones(self, programa: Programa, datos=None) -> list[tuple[Variable, list[CeldaDeDatoForm]]]:
        variables = (
            Variable.objects.filter(indicador__programa=programa, origen=OrigenDeVariable.DATO)
            .select_related("indicador__programa")
            .prefetch_related("datos")
            .order_by("indicador__orden", "indicador__clave", "orden", "pk")
        )
        renglones, cerrados = [], {}
        for variable in variables:
            indicador = variable.indicador
            for n in range(1, indicador.periodos + 1):
                if (indicador.frecuencia, n) not in cerrados:
                    cerrados[indicador.frecuencia, n] = reglas.impedimentos_para_anotar(indicador, n, hoy())
            guardados = {d.periodo: d for d in variable.datos.all()}
            celdas = [
                CeldaDeDatoForm(
                    datos,
                    variable=variable,
                    periodo=n,
                    dato=guardados.get(n),
                    razones=cerrados[indicador.frecuencia, n],
                )
                for n in range(1, indicador.periodos + 1)
            ]
            renglones.append((variable, celdas))
        return renglones

    def hoja(self, programa, renglones, razones=(), status=200):
        razones = razones or impedimentos_para_planear(programa)
        con_error = [c for _, fila in renglones for c in fila if c.is_bound and c.errors]
        contexto = {"renglones": renglones, "razones": razones, "con_error": con_error}
        return self.pinta(programa, f"Capturar datos: {programa}", contexto, status, "Capturar datos")
