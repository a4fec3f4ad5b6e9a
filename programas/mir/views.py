"""Páginas de indicadores, variables, supuestos, datos, ajustes del tiempo y explicaciones."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.http import urlencode

from programas.estados import Formula
from programas.models import (
    AjusteDeTiempo,
    DatoDeVariable,
    Explicacion,
    Indicador,
    Programa,
    Supuesto,
    Variable,
)
from programas.planes.views import migas_de
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import Paginas
from vinculacion.nucleo.periodos import hoy

from . import acciones, consultas, desarrollo, filters, forms, matriz, reglas, resources, tables
from .grafica import dibujo
from .periodos import nombre_largo
from .vistas_matriz import leer_corte


def pedido(request, modelo, campo: str):
    """El registro que nombra ``?campo=``; nada si no es una llave o no existe."""
    valor = request.GET.get(campo) or request.POST.get(campo) or ""
    return modelo.objects.filter(pk=valor).first() if valor.isdecimal() and len(valor) < 19 else None


def exige(razones: list[str]) -> None:
    """Un formulario que no se podrá guardar no se abre: se dice por qué."""
    if razones:
        raise PermissionDenied(" ".join(razones))


class DelPrograma(Paginas):
    """Lo común de lo que cuelga de un programa: cerrado, ya no se toca."""

    def programa_de(self, objeto) -> Programa:
        return objeto.programa

    def impedimentos_para_editar(self, objeto, usuario):
        return impedimentos_para_planear(self.programa_de(objeto))

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto, hoy())

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def miga_superior(self, objeto):
        if objeto is None or not objeto.pk:
            return migas_de(None)
        programa = self.programa_de(objeto)
        return [*migas_de(programa), ("MIR", reverse("programas:mir", args=[programa.pk]))]


class NaceEnPrograma(DelPrograma):
    """Con ``?programa=`` el formulario ya sabe de cuál es y sólo ofrece lo suyo."""

    def argumentos_formulario(self, request):
        programa = pedido(request, Programa, "programa") if "programa" in request.GET else None
        if programa:
            exige(impedimentos_para_planear(programa))
        return {"programa": programa}

    def en_blanco(self, request):
        return self.modelo(programa=pedido(request, Programa, "programa"))


class SupuestoPaginas(NaceEnPrograma):
    modelo = Supuesto
    tabla = tables.SupuestoTabla
    filtro = filters.SupuestoFiltro
    formulario = forms.SupuestoForm
    recurso = resources.SupuestoRecurso
    busca = ("clave", "texto")
    detalle = (
        "programa",
        "clave",
        "texto",
        ("Indicadores que dependen de él", lambda s: list(s.indicadores.all())),
        ("Riesgos que lo ponen en duda", lambda s: list(s.riesgos.all())),
    )
    ayuda = "Lo que tiene que ocurrir, y no depende del programa, para que un indicador se cumpla."

    def consulta(self, usuario):
        return Supuesto.objects.select_related("programa").annotate(
            cuantos_indicadores=Count("indicadores", distinct=True), cuantos_riesgos=Count("riesgos", distinct=True)
        )

    def guardar(self, *, formulario, por):
        return acciones.guardar_supuesto(supuesto=formulario.instance, por=por)


class IndicadorPaginas(NaceEnPrograma):
    modelo = Indicador
    tabla = tables.IndicadorTabla
    filtro = filters.IndicadorFiltro
    formulario = forms.IndicadorForm
    conjuntos = {"variables": ("Variables de la fórmula", forms.VariableFormSet)}
    recurso = resources.IndicadorRecurso
    busca = ("clave", "nombre", "resumen")
    plantilla_detalle = "programas/indicador_detalle.html"
    plantilla_formulario = "programas/indicador_formulario.html"
    guiones = ("js/mir.js",)
    ayuda = "Los de todos los programas; la matriz de cada uno está en su página."
    detalle = (
        "programa",
        "nivel",
        ("Resumen narrativo", "resumen"),
        "tipo",
        ("Fórmula", matriz.formula),
        "frecuencia",
        "unidad",
        ("Línea base", matriz.linea_base),
        ("Meta de cada periodo", lambda i: desarrollo.resultado(i, i.meta)),
        "sentido",
        ("Umbrales", matriz.umbrales_escritos),
        "eje",
        "accion",
        "area_responsable",
        "medios_verificacion",
        ("Supuestos", lambda i: list(i.supuestos.all())),
    )

    def consulta(self, usuario):
        return consultas.indicadores()

    def inicial(self, request):
        """Va al final de la matriz de su programa."""
        programa = pedido(request, Programa, "programa")
        ultimo = programa.indicadores.aggregate(ultimo=Max("orden"))["ultimo"] if programa else None
        return {"orden": (ultimo or 0) + 1}

    def guardar(self, *, formulario, por):
        """Se escribe en ``guardar_conjuntos``: el indicador y sus variables son una sola acción."""
        formulario.instance.supuestos_elegidos = formulario.cleaned_data["supuestos"]
        return formulario.instance

    def guardar_conjuntos(self, *, objeto, conjuntos, por):
        variables = conjuntos["variables"]
        try:
            acciones.guardar_indicador(
                indicador=objeto, por=por, supuestos=objeto.supuestos_elegidos, variables=variables.variables
            )
        except ValidationError as error:
            variables.reparte(error)

    def acciones_lista(self, usuario):
        yield Boton("Supuestos", reverse("programas:supuesto_lista"))
        yield Boton("Variables", reverse("programas:variable_lista"))

    def contexto(self, request, vista, objeto=None):
        if vista == "formulario":
            return {"campos_por_origen": forms.CAMPOS_DE}
        if vista != "detalle":
            return {}
        fecha, error = leer_corte(request)
        fila = consultas.medir([objeto], fecha)[0]
        abierto = not impedimentos_para_planear(objeto.programa)
        captura = abierto and request.user.has_perm("programas.change_datodevariable")
        # De un indicador mensual se abren los dos últimos y lo que espera explicación: los doce no se leen.
        empezadas = [m for m in fila.mediciones if m.iniciada]
        abiertas = [m for m in empezadas if m.falta_explicar or len(fila.mediciones) <= 4 or m in empezadas[-2:]]
        return {
            "fecha": fecha,
            "error_de_corte": error,
            "fila": matriz.fila(fila),
            "variables": [(v, desarrollo.procedencia(v)) for v in objeto.variables.all()],
            "periodos": [
                {**matriz.detalle(m, captura), **botones_de(m, request.user), "abierta": m in abiertas}
                for m in fila.mediciones
            ],
            "acumulado": {**matriz.detalle(fila.acumulado), "abierta": True},
            "eficacia": objeto.formula == Formula.EFICACIA,
            "dibujo": dibujo(fila),
            "leyenda": matriz.LEYENDA,
        }


def botones_de(medicion: consultas.Medicion, usuario) -> dict[str, str]:
    """Adónde se explica el periodo o se fija su Tr; si falta explicarlo y ya no se puede, por qué."""
    explica = medicion.falta_explicar and usuario.has_perm("programas.add_explicacion")
    # Sin nada logrado el tiempo no cambia el resultado.
    ajusta = (
        medicion.tr is not None
        and medicion.logrado
        and not medicion.ajuste
        and usuario.has_perm("programas.add_ajustedetiempo")
    )
    if not (explica or ajusta):
        return {}
    if razones := reglas.impedimentos_para_anotar(medicion.indicador, medicion.numero, hoy()):
        return {"candado": " ".join(razones) if explica else ""}
    parametros = urlencode({"indicador": medicion.indicador.pk, "periodo": medicion.numero})
    return {
        "url_explicar": f"{reverse('programas:explicacion_nuevo')}?{parametros}" if explica else "",
        "url_ajustar": f"{reverse('programas:ajustedetiempo_nuevo')}?{parametros}" if ajusta else "",
    }


class VariablePaginas(Paginas):
    """Las variables se escriben en el formulario de su indicador; esta lista es para verlas juntas y para las hojas."""

    modelo = Variable
    tabla = tables.VariableTabla
    filtro = filters.VariableFiltro
    recurso = resources.VariableRecurso
    busca = ("nombre", "simbolo", "indicador__clave", "indicador__nombre")
    femenino = True
    vistas = ("lista", "importar")
    ayuda = "Los términos de las fórmulas. Se corrigen en su indicador o con una hoja de cálculo."

    def consulta(self, usuario):
        return Variable.objects.select_related("indicador__programa").prefetch_related("acciones__eje__programa")

    def permiso(self, accion: str) -> str:
        return f"programas.{'change' if accion == 'add' else accion}_indicador"

    def miga_superior(self, objeto):
        return migas_de(None)


class DatoPaginas(DelPrograma):
    modelo = DatoDeVariable
    tabla = tables.DatoTabla
    filtro = filters.DatoFiltro
    formulario = forms.DatoForm
    recurso = resources.DatoDeVariableRecurso
    busca = ("variable__nombre", "variable__indicador__nombre", "procedencia")
    ayuda = "Lo que una persona anota cuando ningún registro del sistema da el valor de una variable."
    detalle = (
        ("Indicador", lambda d: d.variable.indicador),
        ("Variable", lambda d: str(d.variable)),
        ("Periodo", lambda d: nombre_largo(d.variable.indicador, d.periodo)),
        ("Valor", lambda d: desarrollo.cantidad(d.valor)),
        "procedencia",
    )

    def consulta(self, usuario):
        return DatoDeVariable.objects.select_related("variable__indicador__programa")

    def programa_de(self, objeto):
        return objeto.variable.indicador.programa

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto, hoy())

    def guardar(self, *, formulario, por):
        return acciones.guardar_dato(dato=formulario.instance, por=por)


class DelIndicador(DelPrograma):
    """Ajustes y explicaciones: nacen de un periodo de un indicador y vuelven a su página."""

    capturar_otra = False

    def consulta(self, usuario):
        return self.modelo._default_manager.select_related("indicador__programa")

    def programa_de(self, objeto):
        return objeto.indicador.programa

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto, hoy())

    def argumentos_formulario(self, request):
        indicador = pedido(request, Indicador, "indicador") if "indicador" in request.GET else None
        periodo = matriz.leer_periodo(request.GET.get("periodo", ""))
        if indicador and request.resolver_match.url_name.endswith("_nuevo"):
            exige(reglas.impedimentos_para_anotar(indicador, periodo or 0, hoy()))
        return {"indicador": indicador, "periodo": periodo}

    def destino(self, objeto):
        return f"{objeto.indicador.get_absolute_url()}#p{objeto.periodo}"

    def contexto(self, request, vista, objeto=None):
        """La cifra de la que se habla, a la vista mientras se escribe."""
        if vista != "formulario":
            return {}
        datos = self.argumentos_formulario(request)
        indicador, numero = (objeto.indicador, objeto.periodo) if objeto else (datos["indicador"], datos["periodo"])
        if indicador is None or not 1 <= (numero or 0) <= indicador.periodos:
            return {"indicador": indicador}
        indicador = consultas.indicadores().get(pk=indicador.pk)
        medicion = consultas.medir([indicador], hoy())[0].mediciones[numero - 1]
        return {
            "indicador": indicador,
            "periodo": matriz.detalle(medicion),
            "meta": desarrollo.resultado(indicador, indicador.meta),
            "eficacia": indicador.formula == Formula.EFICACIA,
        }


class AjustePaginas(DelIndicador):
    modelo = AjusteDeTiempo
    tabla = tables.AjusteTabla
    filtro = filters.AjusteFiltro
    formulario = forms.AjusteForm
    recurso = resources.AjusteDeTiempoRecurso
    busca = ("indicador__nombre", "razon")
    plantilla_formulario = "programas/mir_nota.html"
    ayuda = "El tiempo real que Dirección fija, con su razón, en lugar del que se deduce de las fechas."
    detalle = ("indicador", ("Periodo", lambda a: nombre_largo(a.indicador, a.periodo)), "tr", "razon")

    def guardar(self, *, formulario, por):
        return acciones.ajustar_tiempo(ajuste=formulario.instance, por=por)


class ExplicacionPaginas(DelIndicador):
    modelo = Explicacion
    tabla = tables.ExplicacionTabla
    filtro = filters.ExplicacionFiltro
    formulario = forms.ExplicacionForm
    recurso = resources.ExplicacionRecurso
    busca = ("indicador__nombre", "causa", "medida")
    femenino = True
    plantilla_formulario = "programas/mir_nota.html"
    ayuda = "Por qué un indicador salió del verde, qué se hará y qué se espera."
    detalle = (
        "indicador", ("Periodo", lambda e: nombre_largo(e.indicador, e.periodo)), "causa", "medida", "pronostico",
    )  # fmt: skip

    def guardar(self, *, formulario, por):
        return acciones.explicar(explicacion=formulario.instance, por=por)
