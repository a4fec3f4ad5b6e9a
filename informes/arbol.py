"""El árbol de apartados: leerlo, numerarlo, moverlo y copiarlo."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from vinculacion.nucleo.palabras import letra, romano

from .estados import Numeracion
from .models import Apartado, Informe, Plantilla, UsoDeSeccion

NIVEL_MAXIMO = 5


@dataclass
class Nodo:
    apartado: Apartado
    numero: str
    nivel: int
    hijos: list["Nodo"] = field(default_factory=list)

    def recorrer(self) -> Iterator["Nodo"]:
        yield self
        for hijo in self.hijos:
            yield from hijo.recorrer()


def numero_escrito(numeracion: str, lugar: int) -> str:
    """«I», «1», «A)» o «a)» para el ``lugar`` (desde 1) entre sus hermanos numerados."""
    match numeracion:
        case Numeracion.ROMANO:
            return romano(lugar)
        case Numeracion.ARABIGO:
            return str(lugar)
        case Numeracion.MAYUSCULA:
            return f"{letra(lugar)})"
        case Numeracion.MINUSCULA:
            return f"{letra(lugar).lower()})"
    return ""


def arbol(documento: Plantilla | Informe) -> list[Nodo]:
    """Los nodos de primer nivel, con sus hijos ya numerados; dos consultas en total."""
    apartados = documento.apartados.select_related("accion__eje__programa").prefetch_related(
        Prefetch("secciones", UsoDeSeccion.objects.order_by("orden", "pk"))
    )
    por_padre: dict[int | None, list[Apartado]] = {}
    for apartado in apartados:
        por_padre.setdefault(apartado.padre_id, []).append(apartado)

    def rama(padre: int | None, nivel: int) -> list[Nodo]:
        nodos, cuenta = [], dict.fromkeys(Numeracion.values, 0)
        for apartado in por_padre.get(padre, ()):
            cuenta[apartado.numeracion] += 1
            numero = numero_escrito(apartado.numeracion, cuenta[apartado.numeracion])
            nodos.append(Nodo(apartado, numero, nivel, rama(apartado.pk, nivel + 1)))
        return nodos

    return rama(None, 1)


def en_orden(documento: Plantilla | Informe) -> list[Nodo]:
    return [nodo for raiz in arbol(documento) for nodo in raiz.recorrer()]


def hermanos(apartado: Apartado) -> list[Apartado]:
    return list(apartado.documento.apartados.filter(padre=apartado.padre_id))


def renumerar(apartados: list[Apartado]) -> None:
    for lugar, apartado in enumerate(apartados):
        if apartado.orden != lugar:
            Apartado.objects.filter(pk=apartado.pk).update(orden=lugar)


@transaction.atomic
def mover(apartado: Apartado, hacia: str) -> None:
    """``sube``, ``baja``, ``mete`` (dentro del hermano anterior) o ``saca`` (junto a su padre).

    ``ValidationError`` si no hay adónde.
    """
    profundidad(apartado)  # rehúsa un árbol que da vueltas antes de recorrerlo
    fila = hermanos(apartado)
    lugar = fila.index(apartado)
    if hacia == "sube" and lugar > 0:
        fila[lugar - 1], fila[lugar] = fila[lugar], fila[lugar - 1]
        renumerar(fila)
    elif hacia == "baja" and lugar < len(fila) - 1:
        fila[lugar + 1], fila[lugar] = fila[lugar], fila[lugar + 1]
        renumerar(fila)
    elif hacia == "mete" and lugar > 0:
        nuevo_padre = fila[lugar - 1]
        if profundidad(nuevo_padre) + altura(apartado) > NIVEL_MAXIMO:
            raise ValidationError(f"El árbol admite hasta {NIVEL_MAXIMO} niveles.")
        hijos = list(nuevo_padre.hijos.all())
        Apartado.objects.filter(pk=apartado.pk).update(padre=nuevo_padre, orden=len(hijos))
        renumerar([a for a in fila if a != apartado])
    elif hacia == "saca" and (padre := apartado.padre) is not None:
        tios = hermanos(padre)
        tios.insert(tios.index(padre) + 1, apartado)
        Apartado.objects.filter(pk=apartado.pk).update(padre=padre.padre_id)
        apartado.padre_id = padre.padre_id
        for posicion, tio in enumerate(tios):
            Apartado.objects.filter(pk=tio.pk).update(orden=posicion)
        renumerar([a for a in fila if a != apartado])
    else:
        raise ValidationError("El apartado no se puede mover hacia ahí.")


def profundidad(apartado: Apartado) -> int:
    """Desde 1; ``ValidationError`` si el árbol da vueltas, que por pantalla no puede pasar."""
    nivel, padre, vistos = 1, apartado.padre, {apartado.pk}
    while padre is not None:
        if padre.pk in vistos:
            raise ValidationError(f"El apartado «{padre}» quedó dentro de sí mismo: avise a Administración.")
        vistos.add(padre.pk)
        nivel, padre = nivel + 1, padre.padre
    return nivel


def altura(apartado: Apartado) -> int:
    return 1 + max((altura(hijo) for hijo in apartado.hijos.all()), default=0)


@transaction.atomic
def copiar(origen: Plantilla | Informe, destino: Plantilla | Informe) -> None:
    """Copia el árbol entero de ``origen``, con sus secciones, a un ``destino`` que no tiene apartados."""
    if destino.apartados.exists():
        raise ValidationError("El destino ya tiene apartados.")
    duenio = {"plantilla": destino} if isinstance(destino, Plantilla) else {"informe": destino}

    def rama(nodos: list[Nodo], padre: Apartado | None) -> None:
        for lugar, nodo in enumerate(nodos):
            original = nodo.apartado
            copia = Apartado.objects.create(
                **duenio,
                padre=padre,
                orden=lugar,
                titulo=original.titulo,
                numeracion=original.numeracion,
                narrativa=original.narrativa,
                explicacion=original.explicacion,
                accion=original.accion,
            )
            for uso in original.secciones.all():
                UsoDeSeccion.objects.create(
                    apartado=copia,
                    orden=uso.orden,
                    seccion=uso.seccion,
                    titulo=uso.titulo,
                    parametros=uso.parametros,
                    texto_previo=uso.texto_previo,
                )
            rama(nodo.hijos, copia)

    rama(arbol(origen), None)
