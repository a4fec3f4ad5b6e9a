"""Páginas del diagnóstico: la que lo reúne, la captura rápida y las de cada registro."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import permisos
from programas.consultas import programas
from programas.estados import Arbol
from programas.models import Alternativa, Involucramiento, Programa
from programas.planes.views import migas_de
from vinculacion.nucleo.graficas import en_uri
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas
from vinculacion.nucleo.palabras import cuenta

from . import acciones_poblacion as acciones
from . import consultas, dibujo, filters, forms, graficas, reglas, resources, secciones, tables
from .cuadricula import Cuadricula


def diagnostico_de(programa: Programa | None) -> str:
    return reverse("programas:diagnostico", args=[programa.pk]) if programa else ""


def migas_del_diagnostico(programa: Programa | None) -> list[tuple[str, str]]:
    migas = migas_de(programa)
    return [*migas, ("Diagnóstico", diagnostico_de(programa))] if programa else migas


def figuras(dibujos: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    """``[(título, svg, descripción)]`` como los pinta la página."""
    return [{"titulo": titulo, "uri": en_uri(svg), "descripcion": dicho} for titulo, svg, dicho in dibujos]


class Diagnostico(ConPermiso, View):
    """Todo el diagnóstico de un programa en una página que se imprime."""

    permiso = permisos.VER_PROGRAMA

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        programa = get_object_or_404(programas(), pk=pk)
        alternativas = consultas.alternativas_de(programa)
        contexto = {
            "titulo": f"Diagnóstico: {programa}",
            "programa": programa,
            "migas": [("Inicio", reverse("inicio")), *migas_de(programa), ("Diagnóstico", "")],
            "edita": request.user.has_perm(permisos.CAMBIAR_INVOLUCRAMIENTO)
            and not reglas.impedimentos_para_planear(programa),
            **self.poblacion(programa),
            "arboles": [
                {
                    "clave": cual.value,
                    "titulo": cual.label,
                    "url": reverse("programas:arbol", args=[programa.pk, cual.value]),
                    "figuras": figuras(dibujo.svg_del_arbol(programa, cual.value)),
                }
                for cual in Arbol
            ],
            "medios": consultas.por_medio(alternativas),
            **self.estructura(programa, alternativas),
        }
        return render(request, "programas/diagnostico.html", contexto)

    def poblacion(self, programa: Programa) -> dict:
        filas = consultas.involucrados(programa)
        grupos = consultas.por_grupo(filas)
        celdas = consultas.celdas(filas)
        lista = f"{reverse('programas:involucramiento_lista')}?programa={programa.pk}"
        svg, descripcion = graficas.poder_e_interes(filas) if filas else ("", "")
        return {
            "grupos": [
                {"grupo": g, "resumen": secciones.resumen(g), "url": f"{lista}&grupo={g.clave}"} for g in grupos
            ],
            "bandas": [(b, secciones.rango(p)) for b, p in consultas.PRODUCTOS.items()],
            "resumen_por_banda": [
                (g.titulo, f"{lista}&grupo={g.clave}", [(b, n) for b, n in g.bandas.items()], len(g.filas))
                for g in grupos
            ],
            "totales": [*consultas.cuentas(filas).values(), len(filas)],
            "poder": {"uri": en_uri(svg), "descripcion": descripcion} if filas else None,
            "titulo_poder": secciones.titulo_de_grafica(),
            "cruces": [
                (
                    f,
                    [
                        {
                            "cuantos": celdas.get((i, f), 0),
                            "interes": i,
                            "fuerza": f,
                            "banda": consultas.banda(i * f),
                            "url": f"{lista}&interes={i}&fuerza={f}",
                        }
                        for i in range(1, 6)
                    ],
                )
                for f in range(5, 0, -1)
            ],
            "lista_de_poblacion": lista,
        }

    def estructura(self, programa: Programa, alternativas: list[Alternativa]) -> dict:
        una = consultas.estructura(programa, alternativas)
        return {"estructura": una, "dibujos": figuras(graficas.dibujos_de_estructura(una) if una.componentes else [])}


class Poblacion(ConPermiso, View):
    """La captura rápida: muchas áreas u organismos a la vez."""

    permiso = permisos.CAMBIAR_INVOLUCRAMIENTO

    def prepara(self, pk: int) -> Cuadricula:
        programa = get_object_or_404(programas(), pk=pk)
        return Cuadricula(programa, self.request.GET)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pinta(self.prepara(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        cuadricula = self.prepara(pk)
        if reglas.impedimentos_para_planear(cuadricula.programa):
            return self.pinta(cuadricula, status=409)
        try:
            cuantos = cuadricula.guardar(request.POST, request.user)
        except IntegrityError:
            # Otra persona agregó al mismo entre que se leyó y se guardó: se vuelve a comparar con lo que hay.
            cuadricula = self.prepara(pk)
            cuantos = cuadricula.guardar(request.POST, request.user)
        if cuadricula.errores:
            return self.pinta(cuadricula, status=422)
        if cuadricula.chocan:
            return self.pinta(cuadricula, status=409)
        hecho = f"{'Se guardó' if cuantos == 1 else 'Se guardaron'} {cuenta(cuantos, 'cambio', 'cambios')}."
        hecho = hecho if cuantos else "No había cambios que guardar."
        messages.success(request, hecho, extra_tags="guardado")
        return HttpResponseRedirect(request.get_full_path())

    def pinta(self, cuadricula: Cuadricula, status: int = 200) -> HttpResponse:
        programa = cuadricula.programa
        contexto = {
            "titulo": "Capturar población involucrada",
            "programa": programa,
            "cuadricula": cuadricula,
            "impedimentos": reglas.impedimentos_para_planear(programa),
            "grupos": [(clave, titulo) for clave, (titulo, _) in consultas.GRUPOS.items()],
            "puede_registrar": self.request.user.has_perm(
                "directorio.add_area" if cuadricula.campo == "area" else "directorio.add_organismo"
            ),
            "regreso": diagnostico_de(programa),
            "migas": [("Inicio", reverse("inicio")), *migas_del_diagnostico(programa), ("Capturar población", "")],
        }
        return render(self.request, "programas/diagnostico_poblacion.html", contexto, status=status)


class DelDiagnostico(Paginas):
    """Lo común de involucramientos y alternativas: un plan cerrado no cambia, y se vuelve a su diagnóstico."""

    def eliminar(self, *, objeto, por):
        acciones.eliminar(registro=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_planear(objeto.programa)

    impedimentos_para_eliminar = impedimentos_para_editar

    def miga_superior(self, objeto):
        return migas_del_diagnostico(objeto.programa if objeto is not None and objeto.pk else None)

    def acciones_de(self, objeto, usuario):
        yield Boton("Ver el diagnóstico", diagnostico_de(objeto.programa))


class InvolucramientoPaginas(DelDiagnostico):
    modelo = Involucramiento
    tabla = tables.InvolucramientoTabla
    filtro = filters.InvolucramientoFiltro
    formulario = forms.InvolucramientoForm
    recurso = resources.InvolucramientoRecurso
    busca = ("area__nombre", "area__siglas", "organismo__nombre", "organismo__siglas", "papel")
    plantilla_lista = "programas/diagnostico/lista.html"
    ayuda = "Áreas y organismos que participan en cada programa; involucramiento = interés × fuerza."
    detalle = (
        "programa",
        ("Área u organismo", "quien"),
        ("Grupo", lambda i: consultas.GRUPOS[consultas.grupo_de(i)][0]),
        "interes",
        "fuerza",
        ("Involucramiento", lambda i: f"{i.interes} × {i.fuerza} = {i.valor}"),
        ("Nivel", lambda i: i.banda.label),
        "papel",
    )

    @property
    def plural(self) -> str:
        return "áreas y organismos involucrados"

    def consulta(self, usuario):
        return consultas.involucramientos().order_by("-programa__anio", "programa__clave", "-producto", "nombre")

    def guardar(self, *, formulario, por):
        return acciones.guardar_involucramiento(involucramiento=formulario.instance, por=por)


class AlternativaPaginas(DelDiagnostico):
    modelo = Alternativa
    tabla = tables.AlternativaTabla
    filtro = filters.AlternativaFiltro
    formulario = forms.AlternativaForm
    recurso = resources.AlternativaRecurso
    busca = ("nombre", "razon", "medio__texto")
    femenino = True
    ayuda = "Lo que podría hacerse para alcanzar cada medio, cuánto vale y qué se eligió."
    detalle = (
        "programa",
        "numero",
        "nombre",
        ("Medio", lambda a: str(a.medio)),
        "incidencia",
        "viabilidad",
        ("Valor", secciones.valor_escrito),
        "elegida",
        "razon",
        "accion",
    )

    def consulta(self, usuario):
        return consultas.alternativas()

    def guardar(self, *, formulario, por):
        return acciones.guardar_alternativa(alternativa=formulario.instance, por=por)

    def advertencias(self, *, formulario, usuario):
        return reglas.dudas_de_alternativa(formulario.instance)

    def argumentos_formulario(self, request):
        pk = request.POST.get("programa") or request.GET.get("programa") or ""
        return {"programa": Programa.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None}

    def inicial(self, request):
        """El número que sigue, si ya se sabe en qué programa."""
        programa = self.argumentos_formulario(request)["programa"]
        ultimo = programa.alternativas.aggregate(ultimo=Max("numero"))["ultimo"] if programa else None
        return {"numero": (ultimo or 0) + 1}
