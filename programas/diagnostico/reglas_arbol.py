"""Preguntas sobre los nodos de los árboles, contestadas con razones."""

from programas.models import Nodo
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.palabras import enumera

from .arbol import NIVELES, padres


def impedimentos_para_tocar(nodo: Nodo) -> list[str]:
    return impedimentos_para_planear(nodo.programa)


def impedimentos_para_quitar(nodo: Nodo) -> list[str]:
    """Lo que cuelga de él o lo nombra: se quita o se cambia antes."""
    return impedimentos_para_tocar(nodo) or dependientes(nodo)


def dependientes(nodo: Nodo) -> list[str]:
    grupos = (
        ("De él cuelga", "De él cuelgan", nodo.hijos.all()),
        ("Es la contraparte de", "Es la contraparte de", nodo.contrapartes.all()),
        ("Lo alcanza la alternativa", "Lo alcanzan las alternativas", nodo.alternativas.all()),
    )
    razones = []
    for una, varias, registros in grupos:
        if nombres := [f"«{r}»" for r in registros]:
            razones.append(f"{una if len(nombres) == 1 else varias} {enumera(nombres)}.")
    return razones


def impedimentos_para_cambiar_rol(nodo: Nodo, anterior: Nodo) -> list[str]:
    """Una causa no se vuelve fin mientras haya quien la tome por causa."""
    return [] if nodo.rol == anterior.rol else dependientes(anterior)


def impedimentos_de_nivel(nodo: Nodo) -> list[str]:
    """El árbol tiene un fondo; al pasar una rama a otro lugar cuenta también lo que cuelga de ella."""
    de = padres(nodo.programa_id)

    def hondura(pk: int | None) -> int:
        niveles = 0
        while pk is not None:
            niveles, pk = niveles + 1, de.get(pk)
        return niveles

    propia = hondura(nodo.pk) if nodo.pk else 1
    ramas = [hondura(pk) - propia for pk in de if nodo.pk and _cuelga(pk, nodo.pk, de)]
    if hondura(nodo.padre_id) + 1 + max(ramas, default=0) > NIVELES:
        return [f"El árbol llega hasta {NIVELES} niveles: cuélguelo de más arriba."]
    return []


def _cuelga(pk: int, de_quien: int, de: dict[int, int | None]) -> bool:
    visto = de.get(pk)
    while visto is not None and visto != de_quien:
        visto = de.get(visto)
    return visto is not None
