"""El árbol de apartados: leerlo, numerarlo, moverlo y copiarlo."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Prefetch

from vinculacion.nucleo.modelos import firma
from vinculacion.nucleo.palabras import letra, romano

from .estados import Numeracion
from .models import Apartado, ImagenDeApartado, Informe, Plantilla, UsoDeSeccion

NIVEL_MAXIMO = 9  # los niveles de título que distingue un documento de Word
ANTES, DESPUES, DENTRO = "antes", "despues", "dentro"
LUGARES = {ANTES: "Antes de", DESPUES: "Después de", DENTRO: "Dentro de, al final"}

# Lo que se copia, se guarda en una versión y se recupera; aparte, la acción, que fuera se nombra por su clave.
DE_APARTADO = ("titulo", "numeracion", "narrativa", "explicacion", "hoja", "en_indice")
DE_USO = ("orden", "seccion", "titulo", "parametros", "presentacion", "lugar", "texto_previo")
DE_IMAGEN = ("orden", "archivo", "sha256", "titulo", "alternativo", "nota", "ancho")

Pieza = UsoDeSeccion | ImagenDeApartado


def valores(registro: Model, campos: Iterable[str]) -> dict[str, Any]:
    return {campo: getattr(registro, campo) for campo in campos}


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

    @property
    def nombre(self) -> str:
        return f"{self.numero} {self.apartado.titulo}".strip()

    @property
    def rotulo(self) -> str:
        """Para elegirlo de una lista: con su número y sangrado según su nivel."""
        return f"{'— ' * (self.nivel - 1)}{self.nombre}"


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
    """Los nodos de primer nivel, con sus hijos ya numerados; tres consultas en total."""
    apartados = documento.apartados.select_related("accion__eje__programa").prefetch_related(
        Prefetch("secciones", UsoDeSeccion.objects.order_by("orden", "pk")),
        Prefetch("imagenes", ImagenDeApartado.objects.order_by("orden", "pk")),
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


def nodo_de(apartado: Apartado) -> Nodo:
    return next(nodo for nodo in en_orden(apartado.documento) if nodo.apartado.pk == apartado.pk)


def piezas(apartado: Apartado) -> list[Pieza]:
    """Secciones e imágenes en el orden en que van."""
    todas: list[Pieza] = [*apartado.secciones.all(), *apartado.imagenes.all()]
    return sorted(todas, key=lambda p: (p.orden, isinstance(p, ImagenDeApartado), p.pk))


def siguiente_lugar(apartado: Apartado) -> int:
    """El que tomaría una sección o una imagen nueva."""
    return max((pieza.orden for pieza in piezas(apartado)), default=-1) + 1


def hermanos(apartado: Apartado) -> list[Apartado]:
    return list(apartado.documento.apartados.filter(padre=apartado.padre_id))


def renumerar(apartados: Iterable[Apartado], por=None, motivo: str = "Cambió de lugar al moverse otro") -> None:
    """Deja el orden de la fila; lo que cambió queda en la historia de cada uno.

    No sube su versión: quien esté escribiendo en un apartado no choca porque otro se movió.
    """
    cambiados = []
    for lugar, apartado in enumerate(apartados):
        if apartado.orden != lugar:
            apartado.orden = lugar
            cambiados.append(apartado)
    _anotar(cambiados, por, motivo)


def _anotar(apartados: list[Apartado], por, motivo: str) -> None:
    Apartado.objects.bulk_update(apartados, ["orden", "padre"])
    Apartado.history.bulk_history_create(apartados, update=True, default_user=por, default_change_reason=motivo)


@transaction.atomic
def mover(apartado: Apartado, hacia: str, por=None) -> None:
    """``sube``, ``baja``, ``mete`` (dentro del hermano anterior) o ``saca`` (junto a su padre).

    ``ValidationError`` si no hay adónde.
    """
    poner_al_dia(apartado)
    profundidad(apartado)  # rehúsa un árbol que da vueltas antes de recorrerlo
    fila = hermanos(apartado)
    lugar = fila.index(apartado)
    if hacia == "sube" and lugar > 0:
        colocar(apartado, ANTES, fila[lugar - 1], por)
    elif hacia == "baja" and lugar < len(fila) - 1:
        colocar(apartado, DESPUES, fila[lugar + 1], por)
    elif hacia == "mete" and lugar > 0:
        colocar(apartado, DENTRO, fila[lugar - 1], por)
    elif hacia == "saca" and (padre := apartado.padre) is not None:
        colocar(apartado, DESPUES, padre, por)
    else:
        raise ValidationError("El apartado no se puede mover hacia ahí.")


@transaction.atomic
def colocar(apartado: Apartado, donde: str, referencia: Apartado | None, por=None) -> None:
    """Lo lleva con su rama ``antes`` o ``despues`` de ``referencia``, o ``dentro`` de ella (al final).

    Sin ``referencia``, dentro del documento: al final del primer nivel.
    """
    poner_al_dia(apartado)
    if referencia is not None:
        poner_al_dia(referencia)
    nuevo_padre = exigir_lugar(apartado.documento, donde, referencia, altura(apartado))
    ascendiente = nuevo_padre
    while ascendiente is not None:
        if ascendiente.pk == apartado.pk:
            raise ValidationError("Un apartado no se puede llevar dentro de sí mismo.")
        ascendiente = ascendiente.padre
    deja = [a for a in hermanos(apartado) if a != apartado]
    misma_fila = apartado.padre_id == (nuevo_padre.pk if nuevo_padre else None)
    fila = deja if misma_fila else list(apartado.documento.apartados.filter(padre=nuevo_padre))
    lugar = len(fila)
    if donde != DENTRO and referencia is not None:
        if referencia == apartado:
            return
        lugar = fila.index(referencia) + (donde == DESPUES)
    if not misma_fila:
        apartado.padre = nuevo_padre
        renumerar(deja, por)
    elif apartado.orden == lugar:
        return
    apartado.orden = lugar
    _anotar([apartado], por, "Se movió de lugar")
    renumerar([*fila[:lugar], apartado, *fila[lugar:]], por)


def poner_al_dia(apartado: Apartado) -> None:
    """Donde está ahora: quien esperó el candado lo leyó antes de que otra persona lo moviera o lo quitara."""
    try:
        apartado.refresh_from_db(fields=["padre", "orden"])
    except Apartado.DoesNotExist as error:
        raise ValidationError(f"El apartado «{apartado}» ya no existe: recargue la página.") from error


def exigir_lugar(
    documento: Plantilla | Informe, donde: str, referencia: Apartado | None, altura_: int = 1
) -> Apartado | None:
    """El padre que tendría lo que se ponga ahí; ``ValidationError`` si ahí no cabe."""
    if donde not in LUGARES:
        raise ValidationError("Diga si va antes, después o dentro.")
    if referencia is None:
        return None
    if referencia.documento != documento:
        raise ValidationError("El apartado de referencia es de otro documento.")
    padre = referencia if donde == DENTRO else referencia.padre
    if (profundidad(padre) if padre else 0) + altura_ > NIVEL_MAXIMO:
        raise ValidationError(f"El árbol admite hasta {NIVEL_MAXIMO} niveles.")
    return padre


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
def copiar(origen: Plantilla | Informe, destino: Plantilla | Informe, por=None) -> None:
    """Copia el árbol entero de ``origen``, con secciones e imágenes, a un ``destino`` que no tiene apartados."""
    if destino.apartados.exists():
        raise ValidationError("El destino ya tiene apartados.")
    for lugar, nodo in enumerate(arbol(origen)):
        copiar_rama(nodo, destino, None, lugar, por)


def copiar_rama(nodo: Nodo, destino: Plantilla | Informe, padre: Apartado | None, lugar: int, por=None) -> Apartado:
    """Otro apartado igual, con lo que lleva y con sus hijos."""
    original = nodo.apartado
    copia = Apartado(padre=padre, orden=lugar, accion=original.accion, **valores(original, DE_APARTADO))
    setattr(copia, destino._meta.model_name or "", destino)
    _crear(copia, por)
    for uso in original.secciones.all():
        _crear(UsoDeSeccion(apartado=copia, **valores(uso, DE_USO)), por)
    for imagen in original.imagenes.all():
        # El archivo es el mismo: se va del disco con el último apartado que lo lleve.
        _crear(ImagenDeApartado(apartado=copia, **valores(imagen, DE_IMAGEN)), por)
    for orden, hijo in enumerate(nodo.hijos):
        copiar_rama(hijo, destino, copia, orden, por)
    return copia


def _crear(registro, por) -> None:
    firma(registro, por)
    registro.save()
