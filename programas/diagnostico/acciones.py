"""Lo que se escribe en el diagnóstico. Todas reciben ``por``, quien actúa."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from programas.estados import Arbol
from programas.models import Nodo, Programa
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.modelos import borra, guarda

from . import reglas_arbol
from .acciones_poblacion import capturar_poblacion, eliminar, guardar_alternativa, guardar_involucramiento
from .arbol import LETRAS, RESPUESTA, ROLES, Rama, arbol, claves, hermanos, siguiente_clave

ULTIMO = 999  # el mayor orden que se admite


def _exigir(razones, campo: str = "") -> None:
    if razones:
        raise ValidationError({campo: razones} if campo else razones)


def _abierto(programa_id: int, nodos: QuerySet[Nodo] | None = None) -> Programa:
    """El programa, bloqueado: dos cambios a la vez en un mismo árbol podrían formar un círculo.

    Los nodos que se van a escribir, antes: en ese orden los bloquea el formulario, y al revés se esperarían sin fin.
    """
    if nodos is not None:
        list(nodos.select_for_update(no_key=True).order_by("pk"))
    programa = Programa.objects.select_for_update(no_key=True).get(pk=programa_id)
    _exigir(impedimentos_para_planear(programa))
    return programa


@transaction.atomic
def guardar_nodo(*, nodo: Nodo, por, al_final: bool = False) -> Nodo:
    """Guarda un nodo; con ``al_final``, el nuevo y el que cambia de lugar quedan después de sus hermanos."""
    _abierto(nodo.programa_id)
    nodo.clave = nodo.clave.strip().upper()
    nodo.texto = " ".join(nodo.texto.split())
    anterior = Nodo.objects.get(pk=nodo.pk) if nodo.pk else None
    if nodo.padre_id:
        nodo.padre = Nodo.objects.get(pk=nodo.padre_id)  # lo que diga la base ahora, ya con el candado puesto
    nodo.full_clean()
    _exigir([] if nodo.orden <= ULTIMO else [f"No puede ser mayor que {ULTIMO}."], "orden")
    if anterior is not None:
        _exigir(reglas_arbol.impedimentos_para_cambiar_rol(nodo, anterior), "rol")
    _exigir(reglas_arbol.impedimentos_de_nivel(nodo), "padre")
    if al_final and (anterior is None or anterior.padre_id != nodo.padre_id):
        nodo.orden = min(max((h.orden for h in hermanos(nodo) if h.pk != nodo.pk), default=0) + 1, ULTIMO)
    return guarda(nodo, por)


@transaction.atomic
def mover_nodo(*, nodo: Nodo, sentido: str, por) -> None:
    """Un lugar ``arriba`` o ``abajo`` entre sus hermanos."""
    _abierto(nodo.programa_id, Nodo.objects.filter(programa=nodo.programa_id, padre=nodo.padre_id, rol=nodo.rol))
    nodo = Nodo.objects.get(pk=nodo.pk)
    juntos = hermanos(nodo)
    aqui = juntos.index(nodo)
    alla = aqui + (-1 if sentido == "arriba" else 1)
    if not 0 <= alla < len(juntos):
        raise ValidationError(f"«{nodo}» ya es el {'primero' if alla < 0 else 'último'}.")
    juntos[aqui], juntos[alla] = juntos[alla], juntos[aqui]
    for orden, hermano in enumerate(juntos, 1):
        if hermano.orden != orden:
            hermano.orden = orden
            guarda(hermano, por)


@transaction.atomic
def eliminar_nodo(*, nodo: Nodo, por) -> None:
    """``ValidationError`` con lo que cuelga de él o lo nombra."""
    _abierto(nodo.programa_id, Nodo.objects.filter(pk=nodo.pk))
    _exigir(reglas_arbol.impedimentos_para_quitar(nodo))
    borra(nodo, por)


@transaction.atomic
def proponer_objetivos(*, programa: Programa, por) -> list[Nodo]:
    """Copia el árbol de problemas como árbol de objetivos, por redactar en positivo; sólo si éste está vacío."""
    programa = _abierto(programa.pk)
    if Nodo.objects.filter(programa=programa, rol__in=ROLES[Arbol.OBJETIVOS]).exists():
        raise ValidationError("El árbol de objetivos ya tiene nodos.")
    problemas = arbol(programa, Arbol.PROBLEMAS)
    if not problemas:
        raise ValidationError("El árbol de problemas está vacío: no hay de qué proponer objetivos.")
    usadas = claves(programa)
    hechos: list[Nodo] = []

    def copia(rama: Rama, padre: Nodo | None) -> None:
        origen = rama.nodo
        rol = RESPUESTA[origen.rol]
        letra, resto = LETRAS[rol], origen.clave.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        clave = f"{letra}{resto}" if f"{letra}{resto}" not in usadas else siguiente_clave(rol, padre, usadas)
        usadas.add(clave)
        nodo = Nodo(
            programa=programa, clave=clave, rol=rol, padre=padre, orden=origen.orden,
            texto=origen.texto, contraparte=origen,
        )  # fmt: skip
        hechos.append(guarda(nodo, por))
        for hija in rama.hijos:
            copia(hija, nodo)

    for rama in problemas:
        copia(rama, None)
    return hechos


__all__ = [
    "capturar_poblacion",
    "eliminar",
    "eliminar_nodo",
    "guardar_alternativa",
    "guardar_involucramiento",
    "guardar_nodo",
    "mover_nodo",
    "proponer_objetivos",
]
