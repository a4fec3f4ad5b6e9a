"""La captura rápida de la población: todo el directorio de un grupo, con sus dos cifras por renglón."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.paginator import Paginator

from programas.models import Involucramiento, Programa, banda
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.texto import busca

from . import acciones_poblacion as acciones
from . import consultas
from .forms import FiltroDePoblacion

# Tres campos por renglón: con más, un POST pasaría del tope de campos que Django acepta (1,000).
POR_PAGINA = 100
CAMPOS = ("interes", "fuerza")


@dataclass
class Renglon:
    """Una persona moral del directorio; ``escrito`` es lo que la página muestra en sus dos casillas."""

    quien: Area | Organismo
    guardado: Involucramiento | None
    escrito: dict[str, str]
    errores: list[str] = field(default_factory=list)
    choca: str = ""  # lo que otra persona guardó mientras se capturaba

    @property
    def clave(self) -> str:
        return str(self.quien.pk)

    @property
    def antes(self) -> str:
        """Lo que había al pintar la página: con ello se sabe qué cambió y si alguien más lo tocó."""
        return f"{self.guardado.interes},{self.guardado.fuerza}" if self.guardado else ""

    @property
    def casillas(self) -> list[tuple[str, str, str]]:
        rotulos = {"interes": "interés", "fuerza": "fuerza"}
        return [(c, f"{self.quien}, {rotulos[c]}", self.escrito[c]) for c in CAMPOS]

    @property
    def resultado(self) -> str:
        if self.guardado is None:
            return ""
        return f"{self.guardado.valor} · {banda(self.guardado.valor).label}"


class Cuadricula:
    """Los renglones de ``?grupo=``, primero quienes ya participan; ``guardar`` sólo escribe lo que cambió."""

    def __init__(self, programa: Programa, direccion: Mapping[str, str]):
        pedido = FiltroDePoblacion(direccion)
        pedido.is_valid()
        datos = pedido.cleaned_data
        self.programa = programa
        self.grupo = datos.get("grupo") or consultas.AREAS
        self.texto = datos.get("q") or ""
        self.campo = "area" if self.grupo == consultas.AREAS else "organismo"
        self.guardados = {
            getattr(i, f"{self.campo}_id"): i
            for i in consultas.involucramientos().filter(**{"programa": programa, f"{self.campo}__isnull": False})
        }
        self.pagina = Paginator(self._directorio(), POR_PAGINA).get_page(datos.get("pagina") or 1)
        self.renglones = [self._renglon(quien) for quien in self.pagina]

    def _directorio(self) -> list[Area | Organismo]:
        modelo, activo = (Area, "activa") if self.campo == "area" else (Organismo, "activo")
        todos = busca(modelo._default_manager.order_by("nombre"), ("nombre", "siglas"), self.texto)
        if self.campo == "organismo":
            todos = todos.filter(ambito=consultas.GRUPOS[self.grupo][1])
        vigentes = [q for q in todos if getattr(q, activo) or q.pk in self.guardados]
        return sorted(vigentes, key=lambda q: q.pk not in self.guardados)  # estable: dentro sigue el nombre

    def _renglon(self, quien: Area | Organismo) -> Renglon:
        guardado = self.guardados.get(quien.pk)
        return Renglon(quien, guardado, {c: str(getattr(guardado, c)) if guardado else "" for c in CAMPOS})

    @property
    def errores(self) -> list[tuple[str, str]]:
        return [(str(r.quien), mensaje) for r in self.renglones for mensaje in r.errores]

    @property
    def chocan(self) -> bool:
        return any(r.choca for r in self.renglones)

    def guardar(self, enviado: Mapping[str, str], por) -> int:
        """Cuántos renglones cambiaron; si alguno no vale o choca no se guarda ninguno, y aquí queda lo escrito."""
        poner: dict[str, Involucramiento] = {}
        quitar: list[Involucramiento] = []
        for renglon in self.renglones:
            escrito = {c: enviado.get(f"{c}-{renglon.clave}", "").strip() for c in CAMPOS}
            antes, ahora = enviado.get(f"antes-{renglon.clave}"), ",".join(escrito.values())
            # No venía en la página, nadie lo tocó, o ya quedó así (el mismo envío dos veces).
            if antes is None or ahora in (antes or ",", renglon.antes or ","):
                continue
            renglon.escrito = escrito
            if antes != renglon.antes:
                renglon.choca = renglon.resultado or "ya no está en la población"
                continue
            if renglon.guardado is not None and not any(escrito.values()):
                quitar.append(renglon.guardado)
                if renglon.guardado.papel.strip():
                    renglon.errores.append("Tiene escrito su papel en el programa: elimine el registro en su página.")
            elif registro := self._leido(renglon):
                poner[renglon.clave] = registro
        if self.errores or self.chocan:
            return 0
        for clave, mensajes in acciones.capturar_poblacion(guardados=poner, quitados=quitar, por=por).items():
            next(r for r in self.renglones if r.clave == clave).errores += mensajes
        return 0 if self.errores else len(poner) + len(quitar)

    def _leido(self, renglon: Renglon) -> Involucramiento | None:
        valores = {}
        for campo in CAMPOS:
            escrito = renglon.escrito[campo]
            rotulo = Involucramiento._meta.get_field(campo).verbose_name
            if not escrito:
                renglon.errores.append(
                    f"Falta {'el' if campo == 'interes' else 'la'} {rotulo}; o deje las dos en blanco."
                )
            elif escrito not in {"1", "2", "3", "4", "5"}:
                renglon.errores.append(f"{str(rotulo).capitalize()}: «{escrito[:20]}» no es un número de 1 a 5.")
            else:
                valores[campo] = int(escrito)
        if renglon.errores:
            return None
        registro = renglon.guardado or Involucramiento(programa=self.programa, **{self.campo: renglon.quien})
        for campo, valor in valores.items():
            setattr(registro, campo, valor)
        return registro
