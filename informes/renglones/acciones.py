"""Lo que se escribe en el balance y en los pendientes de un informe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from informes.acciones import exigir_editable
from informes.models import Informe, Renglon
from vinculacion.nucleo.modelos import borra, firma, guarda

from . import consultas, origen
from .reglas import RENGLONES_MAXIMOS


@dataclass(frozen=True)
class Hecho:
    nuevos: int = 0
    actualizados: int = 0
    sin_registro: int = 0


@transaction.atomic
def proponer(*, informe: Informe, clase: str, por) -> Hecho:
    """Agrega lo nuevo y pone al día lo que nadie ha tocado; lo que una persona escribió u ordenó se queda.

    Lo que ya no sale de los registros no se quita: se cuenta, y la página lo señala.
    """
    exigir_editable(informe)
    lista = list(consultas.renglones(informe, clase))
    vigentes = origen.propuestas(informe, clase)
    antes = consultas.propuesto(lista)
    actualizados = 0
    for renglon in lista:
        propuesta = vigentes.get(renglon.clave)
        intacto = antes.get(renglon.pk) == renglon.texto
        if propuesta is not None and intacto and propuesta.texto != renglon.texto:
            renglon.texto = propuesta.texto
            guarda(renglon, por, consultas.PROPUESTO)
            actualizados += 1
    puestas = {r.clave for r in lista}
    faltan = origen.dicen_algo(informe, {c: p for c, p in vigentes.items() if c not in puestas})
    faltan = dict(list(faltan.items())[: max(RENGLONES_MAXIMOS - len(lista), 0)])
    for lugar, propuesta in enumerate(faltan.values(), start=_ultimo(informe, clase) + 1):
        nuevo = Renglon(
            informe=informe,
            clase=clase,
            clave=propuesta.clave,
            rubro=propuesta.rubro,
            texto=propuesta.texto,
            orden=lugar,
        )
        guarda(nuevo, por, consultas.PROPUESTO)
    if faltan:
        _junta_rubros(informe, clase, por)
    sin_registro = sum(1 for r in lista if r.clave and r.clave not in vigentes)
    return Hecho(len(faltan), actualizados, sin_registro)


@transaction.atomic
def guardar(
    *,
    informe: Informe,
    clase: str,
    cambiados: Iterable[Renglon] = (),
    nuevos: Sequence[Renglon] = (),
    quitados: Sequence[Renglon] = (),
    orden: Sequence[int] = (),
    por,
) -> None:
    """Todo lo de una página de una vez, o nada; ``orden``: las llaves como quedan, vacío si no se movió ninguno."""
    exigir_editable(informe)
    if consultas.renglones(informe, clase).count() - len(quitados) + len(nuevos) > RENGLONES_MAXIMOS:
        raise ValidationError(f"Caben {RENGLONES_MAXIMOS} renglones.")
    for renglon in cambiados:
        guarda(renglon, por)
    for renglon in quitados:
        if renglon.clave:
            raise ValidationError("Lo que sale de un registro no se elimina: desmárquelo para que no vaya.")
        borra(renglon, por)
    for lugar, renglon in enumerate(nuevos, start=_ultimo(informe, clase) + 1):
        renglon.informe, renglon.clase, renglon.clave = informe, clase, ""
        renglon.orden = lugar
        guarda(renglon, por)
    _junta_rubros(informe, clase, por, orden)


def _ultimo(informe: Informe, clase: str) -> int:
    ultimo = consultas.renglones(informe, clase).aggregate(n=Max("orden"))["n"]
    return -1 if ultimo is None else ultimo


def _junta_rubros(informe: Informe, clase: str, por, orden: Sequence[int] = ()) -> None:
    """Deja juntos los de un mismo rubro, en el orden en que aparecen, y numerados sin huecos.

    No sube la versión: quien esté escribiendo en un renglón no choca porque otro se movió.
    """
    lista = list(consultas.renglones(informe, clase))
    pedidos = {pk: lugar for lugar, pk in enumerate(orden)}
    lista.sort(key=lambda r: pedidos.get(r.pk, len(pedidos) + r.orden))
    lugares = {rubro: n for n, rubro in enumerate(dict.fromkeys(r.rubro for r in lista if r.rubro))}
    en_orden = sorted(lista, key=lambda r: lugares.get(r.rubro, len(lugares)))
    movidos = []
    for lugar, renglon in enumerate(en_orden):
        if renglon.orden != lugar:
            renglon.orden = lugar
            firma(renglon, por)
            movidos.append(renglon)
    Renglon.objects.bulk_update(movidos, ["orden"])
    Renglon.history.bulk_history_create(
        movidos, update=True, default_user=por, default_change_reason="Cambió de lugar al moverse otro"
    )
