"""La familia de un instrumento: quién puede derivar de quién y qué llama la atención en ella."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .consultas import Nodo
from .estados import DERIVADOS, Nivel
from .models import Convenio, TipoInstrumento
from .reglas import dia

RANGO = {nivel: n for n, nivel in enumerate(Nivel.values)}
GENERACIONES = 20
MUCHAS = 6  # de ahí en adelante, las hojas se dibujan en columnas


def impedimentos_de_padre(tipo: TipoInstrumento, padre: Convenio | None) -> list[str]:
    """De general a adenda: de un instrumento sólo deriva otro de su mismo lugar o de uno posterior."""
    if padre is None:
        return []
    razones = []
    if RANGO[padre.tipo.nivel] > RANGO[tipo.nivel]:
        razones.append(
            f"«{padre.tipo}» ({padre.tipo.get_nivel_display().lower()}) no puede encabezar a "
            f"«{tipo}» ({tipo.get_nivel_display().lower()}): sería al revés."
        )
    generaciones, ancestro = 1, padre
    while ancestro.padre is not None and generaciones <= GENERACIONES:
        generaciones, ancestro = generaciones + 1, ancestro.padre
    if generaciones >= GENERACIONES:
        razones.append(f"Una familia llega hasta {GENERACIONES} generaciones.")
    return razones


def impedimentos_de_hijos(tipo: TipoInstrumento, hijos: Iterable[Convenio]) -> list[str]:
    return [
        f"De él deriva «{hijo}» ({hijo.folio}), que es «{hijo.tipo}»: con ese tipo ya no podría encabezarlo."
        for hijo in hijos
        if RANGO[tipo.nivel] > RANGO[hijo.tipo.nivel]
    ]


def dudas_al_mover_tipo(tipo: TipoInstrumento) -> list[str]:
    """Cambiar el lugar de un tipo no toca lo registrado, pero puede dejarlo al revés."""
    mayores = [nivel for nivel in RANGO if RANGO[nivel] > RANGO[tipo.nivel]]
    menores = [nivel for nivel in RANGO if RANGO[nivel] < RANGO[tipo.nivel]]
    al_reves = (
        Convenio.objects.filter(tipo=tipo, padre__tipo__nivel__in=mayores).count()
        + Convenio.objects.filter(padre__tipo=tipo, tipo__nivel__in=menores).count()
    )
    if not al_reves:
        return []
    return [f"Con ese lugar, {al_reves} instrumentos ya registrados quedarían en una familia al revés."]


def falta_padre(tipo: TipoInstrumento, padre: Convenio | None) -> str:
    if padre is not None or tipo.nivel not in DERIVADOS:
        return ""
    return f"Sin instrumento de origen: «{tipo}» suele derivar de otro."


def firmado_antes_que_su_padre(firma: date | None, padre: Convenio | None) -> str:
    """Pasa en lo histórico (el marco se volvió a firmar, se perdió el primero): se avisa, no se impide."""
    if firma is None or padre is None:
        return ""
    if padre.fecha_firma is None:
        return f"Firmado antes que su origen: «{padre}» ({padre.folio}) todavía no se suscribe."
    if firma < padre.fecha_firma:
        return f"Firmado antes que su origen: «{padre}» ({padre.folio}) es del {dia(padre.fecha_firma)}."
    return ""


def firmados_despues_que_sus_hijos(firma: date | None, hijos: Iterable[Convenio]) -> list[str]:
    return [
        f"Un instrumento que deriva de éste se firmó antes, el {dia(hijo.fecha_firma)}: «{hijo}» ({hijo.folio})."
        for hijo in hijos
        if firma is not None and hijo.fecha_firma is not None and hijo.fecha_firma < firma
    ]


# -- el árbol que se dibuja ----------------------------------------------------------


@dataclass(frozen=True)
class Rama:
    """Un instrumento, los que derivan de él sin descendencia y los que la tienen."""

    convenio: Convenio
    hojas: tuple["Rama", ...]
    ramas: tuple["Rama", ...]

    @property
    def clase_de_hojas(self) -> str:
        """Para que el tronco siga hasta las ramas, y si van en columnas."""
        clases = ["familia-sigue"] if self.ramas else []
        return " ".join([*clases, "familia-muchos"] if len(self.hojas) >= MUCHAS else clases)


def arbol(nodo: Nodo) -> Rama:
    hijos = [arbol(n) for n in sorted(nodo.hijos, key=lambda n: RANGO[n.convenio.tipo.nivel])]
    hojas = tuple(h for h in hijos if not h.hojas and not h.ramas)
    return Rama(nodo.convenio, hojas, tuple(h for h in hijos if h not in hojas))


def _todos(nodo: Nodo) -> Iterable[Convenio]:
    yield nodo.convenio
    for hijo in nodo.hijos:
        yield from _todos(hijo)


def cuenta(nodo: Nodo) -> str:
    """«5 instrumentos: Convenio general, 1; Anexo técnico, 4.»"""
    todos = list(_todos(nodo))
    tipos = Counter(c.tipo for c in sorted(todos, key=lambda c: (RANGO[c.tipo.nivel], c.tipo.nombre)))
    return f"{len(todos)} instrumentos: {'; '.join(f'{tipo}, {n}' for tipo, n in tipos.items())}."
