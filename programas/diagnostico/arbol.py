"""Los árboles del marco lógico tal como se recorren: cada nodo con lo que cuelga de él."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from programas.estados import Arbol, RolDeNodo
from programas.models import Nodo, Programa

R = RolDeNodo
# De cada árbol: el centro, lo que va debajo y lo que va encima.
ROLES: dict[str, tuple[RolDeNodo, RolDeNodo, RolDeNodo]] = {
    Arbol.PROBLEMAS: (R.PROBLEMA, R.CAUSA, R.EFECTO),
    Arbol.OBJETIVOS: (R.OBJETIVO, R.MEDIO, R.FIN),
}
ENCIMA = (R.EFECTO, R.FIN)
LETRAS = {R.PROBLEMA: "P", R.CAUSA: "C", R.EFECTO: "E", R.OBJETIVO: "O", R.MEDIO: "M", R.FIN: "F"}
RESPUESTA: dict[str, RolDeNodo] = {R.PROBLEMA: R.OBJETIVO, R.CAUSA: R.MEDIO, R.EFECTO: R.FIN}
PLURAL = {R.CAUSA: "Causas", R.EFECTO: "Efectos", R.MEDIO: "Medios", R.FIN: "Fines"}
NIVELES = 6  # el centro y cinco más: con otros, ni la clave cabe ni el dibujo se lee


@dataclass(frozen=True)
class Rama:
    nodo: Nodo
    hijos: tuple["Rama", ...] = ()

    @property
    def encima(self) -> tuple["Rama", ...]:
        return tuple(h for h in self.hijos if h.nodo.rol in ENCIMA)

    @property
    def debajo(self) -> tuple["Rama", ...]:
        return tuple(h for h in self.hijos if h.nodo.rol not in ENCIMA)

    @property
    def por_redactar(self) -> bool:
        """Un objetivo que todavía dice lo mismo que el problema al que responde."""
        contraparte = self.nodo.contraparte
        return contraparte is not None and contraparte.texto == self.nodo.texto

    def todas(self) -> Iterator["Rama"]:
        yield self
        for hijo in self.hijos:
            yield from hijo.todas()


def arbol(programa: Programa, cual: str) -> list[Rama]:
    """Los nodos centrales con todo lo que cuelga de ellos, en una consulta."""
    hijos: dict[int | None, list[Nodo]] = {}
    for nodo in Nodo.objects.filter(programa=programa, rol__in=ROLES[cual]).select_related("contraparte"):
        hijos.setdefault(nodo.padre_id, []).append(nodo)

    def ramas(de: int | None) -> tuple[Rama, ...]:
        return tuple(Rama(nodo, ramas(nodo.pk)) for nodo in sorted(hijos.get(de, ()), key=lugar))

    return list(ramas(None))


def lugar(nodo: Nodo) -> tuple:
    """Por su orden y, si empatan, por su clave: C2 antes que C10."""
    letras = nodo.clave.rstrip("0123456789.")
    return nodo.orden, letras, [int(n) for n in nodo.clave[len(letras) :].split(".") if n], nodo.pk


def hermanos(nodo: Nodo) -> list[Nodo]:
    """Los que cuelgan de lo mismo en el mismo lado, ``nodo`` entre ellos, en su orden."""
    juntos = Nodo.objects.filter(programa=nodo.programa_id, padre=nodo.padre_id, rol=nodo.rol)
    return sorted(juntos, key=lugar)


def padres(programa_id: int) -> dict[int, int | None]:
    return dict(Nodo.objects.filter(programa=programa_id).values_list("pk", "padre"))


def descendientes(nodo: Nodo) -> set[int]:
    de = padres(nodo.programa_id)
    hallados: set[int] = set()
    nuevos = {nodo.pk}
    while nuevos:
        nuevos = {pk for pk, padre in de.items() if padre in nuevos} - hallados
        hallados |= nuevos
    return hallados


def claves(programa: Programa | int) -> set[str]:
    return set(Nodo.objects.filter(programa=programa).values_list("clave", flat=True))


def siguiente_clave(rol: str, padre: Nodo | None, usadas: Collection[str]) -> str:
    """P1, C1, C1.1…: bajo un nodo de su mismo rol se numera dentro de él."""
    largo = Nodo._meta.get_field("clave").max_length or 0
    raices = [LETRAS[RolDeNodo(rol)]]
    if padre is not None and padre.rol == rol:
        raices.insert(0, f"{padre.clave}.")
    for raiz in raices:
        clave = next(c for n in count(1) if (c := f"{raiz}{n}") not in usadas)
        if len(clave) <= largo:
            break
    return clave


def por_niveles(consulta: QuerySet[Nodo]) -> QuerySet[Nodo]:
    """El árbol de problemas antes que el otro y cada padre antes que lo suyo: así una hoja vuelve a entrar."""
    cuelga = [Q(**{f"{'padre__' * n}isnull": False}) for n in range(1, NIVELES)]
    criterios = [
        ExpressionWrapper(q, output_field=BooleanField()) for q in (Q(rol__in=ROLES[Arbol.OBJETIVOS]), *cuelga)
    ]
    return consulta.order_by("programa", *criterios, "orden", "clave")
