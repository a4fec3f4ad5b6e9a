"""La cuadrícula instrumento × sesión tal como se pinta: qué casillas hay y cuáles se pueden tocar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from vinculacion.comision.models import Comision, Sesion
from vinculacion.nucleo.periodos import hoy

from . import consultas, permisos, reglas
from .forms import CuadriculaForm
from .models import Convenio

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


class Cuadricula:
    """Lo que pide la dirección (comisión, año, área) y sus casillas, según lo que la persona puede.

    ``marcas``: las que la persona envió y no se pudieron guardar; se conservan en la página.
    """

    def __init__(self, request, marcas: set[str] | None = None):
        usuario = request.user
        self.marcas = marcas
        self.puede_agregar = usuario.has_perm(permisos.REPORTAR)
        self.puede_quitar = usuario.has_perm(permisos.QUITAR_ACTUALIZACION)
        self.formulario, datos = self._pedido(request)
        if permisos.solo_su_area(usuario):
            del self.formulario.fields["area"]
        self.comision, self.anio = datos["comision"], datos["anio"]
        self.sesiones = consultas.sesiones_de_cuadricula(self.comision, self.anio) if self.comision else []
        convenios = consultas.convenios_de_cuadricula(usuario, self.sesiones, datos.get("todos", False))
        if datos.get("area"):
            convenios = convenios.filter(areas=datos["area"])
        self.pagina = Paginator(convenios, POR_PAGINA).get_page(datos.get("pagina") or 1)
        self.convenios: list[ConvenioDeCuadricula] = list(self.pagina)
        self.filas = [(c, [self._casilla(c, s) for s in self.sesiones]) for c in self.convenios]

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
        marcada = guardada is not None if self.marcas is None or fija else clave in self.marcas
        return Casilla(
            clave=clave,
            etiqueta=f"{convenio.titulo}, {sesion}",
            marcada=marcada,
            fija=fija,
            url=guardada.get_absolute_url() if guardada else "",
        )

    @property
    def antes(self) -> str:
        """Las casillas que estaban marcadas y se pueden desmarcar: sólo se guarda lo que cambió respecto a ellas."""
        vivas = {casilla.clave for _, casillas in self.filas for casilla in casillas if not casilla.fija}
        guardadas = {f"{c.pk}-{a.sesion_id}" for c in self.convenios for a in c.de_la_cuadricula}
        return ",".join(sorted(vivas & guardadas))

    def pares(self, claves: set[str]) -> list[tuple[Convenio, Sesion]]:
        """Los pares que nombran ``claves`` entre lo que esta página enseña; lo demás se ignora."""
        return [(c, s) for c in self.convenios for s in self.sesiones if f"{c.pk}-{s.pk}" in claves]
