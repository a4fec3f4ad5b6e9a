"""La cuadrícula instrumento × sesión tal como se pinta: qué casillas hay y cuáles se pueden tocar."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from vinculacion.comision.models import Comision, Sesion
from vinculacion.nucleo.bloques import Celda, Columna, Tabla
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.texto import busca

from .. import permisos
from ..models import Actualizacion, Convenio
from . import consultas, reglas
from .forms import CuadriculaForm

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ConvenioDeCuadricula = WithAnnotations[Convenio, consultas.ConCuadricula]

# Con más filas por página, un POST pasaría del tope de campos que Django acepta (1,000).
POR_PAGINA = 40


@dataclass(frozen=True)
class Casilla:
    clave: str
    etiqueta: str
    marcada: bool
    fija: str  # por qué no se puede tocar; vacío si se puede
    url: str
    avance: str = ""
    reporto: str = ""


@dataclass(frozen=True)
class Fila:
    convenio: "ConvenioDeCuadricula"
    casillas: list[Casilla]

    @property
    def total(self) -> int:
        return sum(casilla.marcada for casilla in self.casillas)


class Cuadricula:
    """Lo que pide la dirección (comisión, año, tipo, área) y sus casillas, según lo que la persona puede.

    ``marcas`` y ``antes``: lo que la persona envió y no se guardó. Se conserva, junto con
    lo que otra persona anotó o quitó mientras tanto, para no deshacerlo al guardar.
    """

    def __init__(self, request, marcas: set[str] | None = None, antes: Iterable[str] = ()):
        usuario = request.user
        self.puede_agregar = usuario.has_perm(permisos.REPORTAR)
        self.puede_quitar = usuario.has_perm(permisos.QUITAR_ACTUALIZACION)
        self.formulario, datos = self._pedido(request)
        if permisos.solo_su_area(usuario):
            del self.formulario.fields["area"]
        self.comision, self.anio = datos["comision"], datos["anio"]
        self.sesiones = consultas.sesiones_de_cuadricula(self.comision, self.anio) if self.comision else []
        todos = consultas.convenios_de_cuadricula(usuario, self.sesiones, datos.get("todos", False))
        if datos.get("area"):
            todos = todos.filter(areas=datos["area"])
        if datos.get("tipo"):
            todos = todos.filter(tipo=datos["tipo"])
        self.todos = busca(todos, ("folio", "titulo", "contrapartes__nombre"), datos.get("texto", ""))
        self.pagina = Paginator(self.todos, POR_PAGINA).get_page(datos.get("pagina") or 1)
        self.convenios: list[ConvenioDeCuadricula] = list(self.pagina)
        self.marcas = marcas
        if marcas is not None:
            conocidas, hoy_guardadas = set(antes), self._guardadas
            self.marcas = (marcas | (hoy_guardadas - conocidas)) - (conocidas - hoy_guardadas)

    def _pedido(self, request) -> tuple[CuadriculaForm, dict]:
        ultima = Sesion.objects.filter(fecha_celebrada__isnull=False).order_by("-fecha_celebrada").first()
        costumbre = {
            "comision": ultima.comision if ultima else Comision.objects.first(),
            "anio": ultima.anio if ultima else hoy().year,
        }
        pedidos = {"comision": costumbre["comision"] and costumbre["comision"].pk, "anio": costumbre["anio"]}
        pedidos |= {k: v for k, v in request.GET.items() if k in CuadriculaForm.base_fields and v}
        formulario = CuadriculaForm(pedidos)
        formulario.is_valid()
        return formulario, {**costumbre, **formulario.cleaned_data}

    @cached_property
    def filas(self) -> list[Fila]:
        return [Fila(c, [self._casilla(c, s) for s in self.sesiones]) for c in self.convenios]

    def _casilla(self, convenio: "ConvenioDeCuadricula", sesion: Sesion) -> Casilla:
        clave = f"{convenio.pk}-{sesion.pk}"
        guardada = next((a for a in convenio.de_la_cuadricula if a.sesion_id == sesion.pk), None)
        fija = ""
        if guardada is not None:
            if guardada.avance.strip():
                fija = "Tiene avance escrito"
            elif not self.puede_quitar:
                fija = "Ya anotado"
        elif razones := reglas.impedimentos_para_reportar(convenio, sesion):
            fija = " ".join(razones)
        elif not self.puede_agregar:
            fija = "Sin avance"
        return Casilla(
            clave=clave,
            etiqueta=f"{convenio.titulo}, {sesion}",
            marcada=guardada is not None if self.marcas is None or fija else clave in self.marcas,
            fija=fija,
            url=guardada.get_absolute_url() if guardada else "",
            avance=guardada.avance if guardada else "",
            reporto=str(guardada.reporto) if guardada and guardada.reporto else "",
        )

    @cached_property
    def _guardadas(self) -> set[str]:
        return {f"{c.pk}-{a.sesion_id}" for c in self.convenios for a in c.de_la_cuadricula}

    @property
    def antes(self) -> str:
        """Las casillas que estaban marcadas y se pueden desmarcar: sólo se guarda lo que cambió respecto a ellas."""
        vivas = {casilla.clave for fila in self.filas for casilla in fila.casillas if not casilla.fija}
        return ",".join(sorted(vivas & self._guardadas))

    @cached_property
    def columnas(self) -> list[tuple[Sesion, int, bool]]:
        """Cada sesión, cuántos instrumentos reportaron en ella (en todas las páginas) y si hay otra de que copiar."""
        reportes = Actualizacion.objects.filter(
            sesion__in=self.sesiones, convenio__in=self.todos.order_by().values("pk")
        )
        cuantos = Counter(reportes.order_by().values_list("sesion", flat=True))
        for fila in self.filas:
            for sesion, casilla in zip(self.sesiones, fila.casillas, strict=True):
                cuantos[sesion.pk] += casilla.marcada - bool(casilla.url)
        return [(s, cuantos[s.pk], lugar > 0) for lugar, s in enumerate(self.sesiones)]

    @property
    def total(self) -> int:
        return sum(cuantos for _, cuantos, _ in self.columnas)

    def pares(self, claves: set[str]) -> list[tuple[Convenio, Sesion]]:
        """Los pares que nombran ``claves`` entre lo que esta página enseña; lo demás se ignora."""
        return [(c, s) for c in self.convenios for s in self.sesiones if f"{c.pk}-{s.pk}" in claves]

    def copia(self, clave: str) -> int | None:
        """Marca en la sesión ``clave`` lo que está marcado en la anterior. Devuelve cuántas; ``None`` si no hay de cuál."""
        lugar = next((n for n, s in enumerate(self.sesiones) if str(s.pk) == clave), 0)
        if not lugar or self.marcas is None:
            return None
        nuevas = {
            fila.casillas[lugar].clave
            for fila in self.filas
            if fila.casillas[lugar - 1].marcada and not fila.casillas[lugar].marcada and not fila.casillas[lugar].fija
        }
        self.marcas |= nuevas
        del self.filas  # se pintan otra vez, ya con lo copiado
        return len(nuevas)

    def tabla(self) -> Tabla:
        """Todos los instrumentos, no sólo los de esta página, con su total por fila y por sesión."""
        filas: list[tuple[Celda, ...]] = []
        totales = [0] * len(self.sesiones)
        for convenio in self.todos:
            en = {a.sesion_id for a in convenio.de_la_cuadricula}
            marcas = [s.pk in en for s in self.sesiones]
            totales = [t + m for t, m in zip(totales, marcas, strict=True)]
            filas.append((convenio.folio, convenio.titulo, *("X" if m else "" for m in marcas), sum(marcas)))
        sesiones = (Columna(f"{s.codigo} {s.fecha:%d/%m/%Y}", "centro") for s in self.sesiones)
        return Tabla(
            columnas=(Columna("Folio"), Columna("Instrumento"), *sesiones, Columna("Total", "numero")),
            filas=tuple(filas),
            totales=("", "Total", *totales, sum(totales)),
        )
