"""La matriz de riesgos de un programa y las páginas de riesgos, tratamientos y notas de seguimiento."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import consultas as de_planes
from programas.models import Programa, Riesgo, SeguimientoDeRiesgo, Tratamiento
from programas.planes.views import migas_de
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.formularios import arregla_filtro
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas, Panel
from vinculacion.nucleo.periodos import hoy

from . import acciones, consultas, filters, forms, matriz, reglas, resources, tables

VER, AGREGAR = "programas.view_riesgo", "programas.add_riesgo"
AGREGAR_TRATAMIENTO, AGREGAR_SEGUIMIENTO = "programas.add_tratamiento", "programas.add_seguimientoderiesgo"


class Matriz(ConPermiso, View):
    """La matriz con sus mapas, los tratamientos y lo que falta de seguimiento."""

    permiso = VER

    def get(self, request, pk):
        programa = get_object_or_404(de_planes.programas(), pk=pk)
        riesgos = consultas.riesgos(programa)
        filtro = filters.FiltroDeMatriz(request.GET, riesgos=riesgos, programa=programa, fecha=hoy())
        for campo in filtro.fields.values():
            arregla_filtro(campo)
        elegidos = filtro.elegidos()
        contexto = {
            "titulo": f"Riesgos: {programa}",
            "programa": programa,
            "migas": [("Inicio", reverse("inicio")), *migas_de(programa), ("Riesgos", "")],
            "filtro": filtro,
            "filtrando": filtro.activos,
            "cuantos": len(riesgos),
            "renglones": [matriz.renglon(r, hoy()) for r in elegidos],
            "tratamientos": [matriz.tratamiento(t, hoy()) for r in elegidos for t in r.tratamientos.all()],
            "mapas": matriz.mapas(elegidos),
            "sin_evaluar": [r for r in elegidos if r.nivel_residual is None],
            "exigible": consultas.trimestre_exigible(programa.anio, hoy()),
            "puede_agregar": request.user.has_perm(AGREGAR) and not impedimentos_para_planear(programa),
        }
        return render(request, "programas/riesgos.html", contexto)


class DeRiesgos(Paginas):
    """Lo común: un plan cerrado se consulta, no se cambia."""

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_escribir(objeto)

    # Lo que cuelga lo nombra la página de confirmar: el botón se ofrece para que se sepa qué falta.
    impedimentos_para_eliminar = impedimentos_para_editar

    def miga_superior(self, objeto):
        if objeto is None or not objeto.pk:
            return migas_de(None)
        programa = (objeto if isinstance(objeto, Riesgo) else objeto.riesgo).programa
        return [*migas_de(programa), ("Matriz de riesgos", reverse("programas:riesgos", args=[programa.pk]))]


class RiesgoPaginas(DeRiesgos):
    modelo = Riesgo
    tabla = tables.RiesgoTabla
    filtro = filters.RiesgoFiltro
    formulario = forms.RiesgoForm
    recurso = resources.RiesgoRecurso
    busca = ("nombre", "descripcion", "proceso")
    ayuda = "Los riesgos de todos los planes; la matriz de cada uno está en su programa."
    plantilla_detalle = "programas/riesgo_detalle.html"
    detalle = (
        "programa",
        "proceso",
        "descripcion",
        "afectados",
        ("Probabilidad × impacto", lambda r: f"{r.probabilidad} × {r.impacto}"),
        ("Nivel inicial", lambda r: tables.con_severidad(r.nivel_inicial)),
        "respuesta",
        "area_responsable",
        (
            "Probabilidad × impacto residual",
            lambda r: f"{r.probabilidad_residual} × {r.impacto_residual}" if r.nivel_residual else "",
        ),
        ("Nivel residual", lambda r: tables.con_severidad(r.nivel_residual)),
        "respuesta_final",
    )

    def consulta(self, usuario):
        return consultas.todos()

    def argumentos_formulario(self, request):
        clave = request.POST.get("programa") or request.GET.get("programa") or ""
        cabe = clave.isdecimal() and len(clave) < 19
        return {"programa": Programa.objects.filter(pk=clave).first() if cabe else None}

    def inicial(self, request):
        """El número que sigue, si ya se sabe en qué programa."""
        programa = self.argumentos_formulario(request)["programa"]
        ultimo = Riesgo.objects.filter(programa=programa).order_by("-numero").first() if programa else None
        return {"numero": ultimo.numero + 1 if ultimo else 1}

    def guardar(self, *, formulario, por):
        ligas = {c: formulario.cleaned_data[c] for c in ("acciones", "supuestos")}
        return acciones.guardar_riesgo(riesgo=formulario.instance, por=por, **ligas)

    def advertencias(self, *, formulario, usuario):
        return reglas.advertencias_de_riesgo(formulario.instance)

    def acciones_lista(self, usuario):
        yield Boton("Tratamientos", reverse("programas:tratamiento_lista"))
        yield Boton("Notas de seguimiento", reverse("programas:seguimientoderiesgo_lista"))

    def paneles(self, objeto, usuario):
        abierto = not reglas.impedimentos_para_escribir(objeto)
        yield Panel(
            "Tratamientos",
            "programas/riesgo_tratamientos.html",
            {
                "tratamientos": [matriz.tratamiento(t, hoy()) for t in objeto.tratamientos.all()],
                "sin_tratamiento": consultas.sin_tratamiento(objeto),
                "puede_agregar": abierto and usuario.has_perm(AGREGAR_TRATAMIENTO),
            },
        )
        yield Panel(
            "Seguimiento por trimestre",
            "programas/riesgo_seguimientos.html",
            {"trimestres": matriz.trimestres(objeto, hoy(), abierto and usuario.has_perm(AGREGAR_SEGUIMIENTO))},
        )
        yield Panel("Qué pone en peligro", "programas/riesgo_amenazas.html", {})


class HijaDeRiesgo(DeRiesgos):
    """Tratamientos y notas: se llega a ellos desde su riesgo y a él se vuelve."""

    def riesgo_pedido(self, request) -> Riesgo | None:
        clave = request.GET.get("riesgo", "")
        return Riesgo.objects.filter(pk=clave).first() if clave.isdecimal() and len(clave) < 19 else None

    def destino(self, objeto):
        return objeto.riesgo.get_absolute_url()

    def miga_superior(self, objeto):
        migas = super().miga_superior(objeto)
        return [*migas, (str(objeto.riesgo), objeto.riesgo.get_absolute_url())] if len(migas) > 1 else migas


class TratamientoPaginas(HijaDeRiesgo):
    modelo = Tratamiento
    tabla = tables.TratamientoTabla
    filtro = filters.TratamientoFiltro
    formulario = forms.TratamientoForm
    recurso = resources.TratamientoRecurso
    busca = ("descripcion", "riesgo__nombre")
    ayuda = "Las acciones con que se trata cada riesgo, con sus fechas y quien responde."
    detalle = (
        "riesgo",
        "numero",
        "descripcion",
        "inicio",
        "termino",
        "area_responsable",
        "estado",
        "concluido_el",
        ("Situación", lambda t: consultas.situacion(t, hoy()).texto),
    )

    def consulta(self, usuario):
        return consultas.tratamientos()

    def inicial(self, request):
        """El número que sigue y el área que responde del riesgo."""
        riesgo = self.riesgo_pedido(request)
        if riesgo is None:
            return {"numero": 1}
        ultimo = riesgo.tratamientos.order_by("-numero").first()
        return {"numero": ultimo.numero + 1 if ultimo else 1, "area_responsable": riesgo.area_responsable_id}

    def guardar(self, *, formulario, por):
        return acciones.guardar_tratamiento(tratamiento=formulario.instance, por=por)


class SeguimientoPaginas(HijaDeRiesgo):
    modelo = SeguimientoDeRiesgo
    tabla = tables.SeguimientoTabla
    filtro = filters.SeguimientoFiltro
    formulario = forms.SeguimientoForm
    recurso = resources.SeguimientoRecurso
    busca = ("nota", "riesgo__nombre")
    ayuda = "Qué pasó con cada riesgo en cada trimestre."
    femenino = True
    capturar_otra = False
    detalle = (
        "riesgo",
        "trimestre",
        "nota",
        "se_materializo",
        "probabilidad",
        "impacto",
        ("Nivel observado", lambda s: tables.con_severidad(s.nivel) if s.nivel else "Sin cambio"),
    )

    @property
    def nombre(self):
        return "nota de seguimiento"

    @property
    def plural(self):
        return "notas de seguimiento"

    def consulta(self, usuario):
        return consultas.seguimientos()

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto, hoy())

    impedimentos_para_eliminar = impedimentos_para_editar

    def inicial(self, request):
        riesgo = self.riesgo_pedido(request)
        if riesgo is None:
            return {}
        return {"trimestre": consultas.trimestre_exigible(riesgo.programa.anio, hoy()) or 1}

    def guardar(self, *, formulario, por):
        return acciones.guardar_seguimiento(seguimiento=formulario.instance, por=por)
