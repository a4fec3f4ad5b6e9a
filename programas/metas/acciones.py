"""Lo que se escribe en las metas de un plan: fijarlas, reprogramarlas, pesarlas y cerrar sus trimestres."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programas.estados import EstadoDePrograma
from programas.models import Accion, Candado, Meta, Programa, Reprogramacion, TextoDePrograma
from programas.reglas import impedimentos_para_planear
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy

from . import consultas, reglas

Meses = tuple[int, ...]  # los tres del trimestre
# Lo que se programa en un trimestre: una cantidad, sus tres meses o nada (quita la meta).
Programada = int | Meses | None


def _exigir(razones) -> None:
    if razones:
        raise ValidationError(razones)


def _en_fila(programa: Programa) -> Programa:
    """Quien cambia lo aprobado de un plan espera a quien llegó primero."""
    return Programa.objects.select_for_update(of=("self",)).get(pk=programa.pk)


def _al_dia(accion: Accion) -> Programa:
    """El plan como está en la base: el que la acción recuerda pudo leerse antes de que se aprobara.

    Bloqueado, para que no se apruebe mientras sus metas se escriben.
    """
    return Programa.objects.select_for_update(of=("self",), no_key=True).get(ejes=accion.eje_id)


# -- metas -------------------------------------------------------------------------
@transaction.atomic
def fijar_metas(
    *, accion: Accion, metas: Mapping[int, Programada], por, meses: Mapping[int, Meses] | None = None
) -> None:
    """Deja las metas de ``{trimestre: cantidad}`` o ``{trimestre: (mes, mes, mes)}``.

    ``None`` quita la del trimestre y 0 es una meta de cero; el trimestre que no se nombra queda igual.
    Con el plan aprobado sólo pasa lo que no cambia nada.
    """
    programa = _al_dia(accion)
    _exigir(impedimentos_para_planear(programa))
    dichas = _leidas(metas, meses)
    if programa.estado == EstadoDePrograma.APROBADO:
        actuales = _actuales(accion)
        _exigir({f"meta_{n}": reglas.CON_REPROGRAMACION for n, m in dichas.items() if actuales.get(n) != m})
        return
    _dejar(accion, dichas, por)


def _leidas(metas: Mapping[int, Programada], meses: Mapping[int, Meses] | None) -> dict[int, Any]:
    """Todas como ``(cantidad, meses)`` o ``None``; ``ValidationError`` en ``meta_N``."""
    meses = meses or {}
    leidas: dict[int, tuple[int, Meses | None] | None] = {}
    for trimestre in {**metas, **meses}:
        if trimestre not in (1, 2, 3, 4):
            raise ValidationError(f"No hay trimestre {trimestre}: van del 1 al 4.")
        dicha, reparto = metas.get(trimestre), meses.get(trimestre)
        if isinstance(dicha, tuple):
            reparto, dicha = dicha, sum(dicha)
        if reparto and len(reparto) != 3:
            raise ValidationError({f"meta_{trimestre}": "Un trimestre se reparte en sus tres meses."})
        if dicha is None and reparto:
            dicha = sum(reparto)
        leidas[trimestre] = None if dicha is None else (dicha, tuple(reparto) if reparto else None)
    _exigir(reglas.faltas_de_metas(leidas))
    return leidas


def _actuales(accion: Accion) -> dict[int, tuple[int, Meses | None]]:
    return {m.trimestre: (m.cantidad, m.meses) for m in Meta.objects.filter(accion=accion)}


def _dejar(accion: Accion, dichas: Mapping[int, tuple[int, Meses | None] | None], por, motivo: str = "") -> None:
    actuales = {m.trimestre: m for m in Meta.objects.filter(accion=accion)}
    for trimestre, dicha in dichas.items():
        meta = actuales.get(trimestre)
        if dicha is None:
            if meta:
                borra(meta, por)
        elif meta is None or (meta.cantidad, meta.meses) != dicha:
            meta = meta or Meta(accion=accion, trimestre=trimestre)
            meta.cantidad, meses = dicha
            meta.mes_1, meta.mes_2, meta.mes_3 = meses or (None, None, None)
            guarda(meta, por, motivo)
    accion._prefetched_objects_cache = {}


@transaction.atomic
def guardar_meta(*, meta: Meta, por) -> Meta:
    """Una sola meta, como llega de una hoja de cálculo; con el plan aprobado no cambia."""
    programa = _al_dia(meta.accion)
    _exigir(impedimentos_para_planear(programa))
    if programa.estado == EstadoDePrograma.APROBADO:
        actual = _actuales(meta.accion).get(meta.trimestre)
        _exigir([] if actual == (meta.cantidad, meta.meses) else [reglas.CON_REPROGRAMACION])
        return meta
    return guarda(meta, por)


# -- reprogramación ------------------------------------------------------------------
@transaction.atomic
def reprogramar(
    *,
    accion: Accion,
    metas: Mapping[int, Programada],
    razon: str,
    acuerdo: Acuerdo | None,
    por,
    fecha: date | None = None,
    meses: Iterable[int] | None = None,
    vista: int | None = None,
) -> Reprogramacion:
    """Cambia las metas de un plan aprobado y deja dicho qué decían, por qué y con qué acuerdo.

    ``meses``: los que marca el cronograma; ``None`` los deja. ``vista``: la última reprogramación
    que vio quien escribe (0 si ninguna), para no encimarse a otra que acaba de hacerse.
    """
    programa = _en_fila(accion.eje.programa)
    accion = Accion.objects.select_related("eje").get(pk=accion.pk)
    _exigir(reglas.impedimentos_para_reprogramar(programa))
    ultima = accion.reprogramaciones.order_by("-pk").values_list("pk", flat=True).first() or 0
    if vista is not None and vista != ultima:
        raise ValidationError("Otra persona acaba de reprogramar esta acción: revise las metas vigentes y decida.")
    fecha = fecha or hoy()
    faltas = reglas.faltas_de_reprogramacion(programa, razon, acuerdo, fecha, hoy())
    try:
        dichas = _leidas(metas, None)
    except ValidationError as error:
        raise ValidationError({**faltas, **error.error_dict} if hasattr(error, "error_dict") else error) from error
    _exigir(faltas)
    antes = consultas.foto(accion)
    _dejar(accion, dichas, por, f"Reprogramación: {razon}")
    if meses is not None and sorted(set(meses)) != sorted(accion.meses):
        accion.meses = sorted(set(meses))
        guarda(accion, por, f"Reprogramación: {razon}")
    despues = consultas.foto(accion)
    if antes == despues:
        raise ValidationError("Las metas quedarían igual: cambie al menos una.")
    _exigir(_cerradas(programa, antes, despues))
    return guarda(
        Reprogramacion(accion=accion, fecha=fecha, razon=razon.strip(), acuerdo=acuerdo, antes=antes, despues=despues),
        por,
    )


def _cerradas(programa: Programa, antes: dict, despues: dict) -> dict[str, str]:
    cerrados = {n: reglas.por_que_cerrado(c) for n, c in consultas.cerrados(programa).items()}
    por_mes = reglas.meses_cambiados(antes, despues)
    por_meta = reglas.cambiados({**antes, "meses": []}, {**despues, "meses": []})
    errores = {f"meta_{n}": cerrados[n] for n in sorted(por_meta & cerrados.keys())}
    if en_meses := sorted(por_mes & cerrados.keys()):
        errores["meses"] = cerrados[en_meses[0]]
    return errores


# -- candados ------------------------------------------------------------------------
@transaction.atomic
def cerrar_trimestre(*, programa: Programa, trimestre: int, razon: str, por) -> Candado:
    """Desde aquí ni sus metas ni su bitácora cambian. Si ya estaba cerrado, queda con su primera razón."""
    programa = _en_fila(programa)
    candado = Candado.objects.filter(programa=programa, trimestre=trimestre).first()
    if candado is None:
        candado = Candado(programa=programa, trimestre=trimestre)
    elif candado.cerrado:
        return candado
    if not razon.strip():
        raise ValidationError({"razon": "Diga con qué informe se cierra."})
    candado.cerrado, candado.razon = True, razon.strip()
    return guarda(candado, por)


@transaction.atomic
def abrir_trimestre(*, programa: Programa, trimestre: int, razon: str, por) -> Candado:
    """Deja corregir un trimestre ya informado; quién, cuándo y por qué quedan en la historia."""
    programa = _en_fila(programa)
    candado = Candado.objects.filter(programa=programa, trimestre=trimestre).first()
    _exigir(reglas.impedimentos_para_abrir(programa, candado))
    if not razon.strip():
        raise ValidationError({"razon": "Diga por qué se abre."})
    candado.cerrado, candado.razon = False, razon.strip()
    return guarda(candado, por)


# -- pesos -----------------------------------------------------------------------------
@transaction.atomic
def fijar_pesos(
    *,
    programa: Programa,
    ejes: Mapping[int, int | None],
    acciones: Mapping[int, int | None],
    por,
    razon: str = "",
) -> None:
    """Los pesos de ejes y acciones por su llave. En un plan aprobado piden ``razon``, que queda en la historia."""
    programa = _en_fila(programa)
    _exigir(impedimentos_para_planear(programa))
    todos = [*programa.ejes.order_by("numero")]
    todas = [*Accion.objects.filter(eje__programa=programa).select_related("eje")]
    cambian = [*_con_su_peso(todos, ejes), *_con_su_peso(todas, acciones)]
    _exigir(reglas.faltas_de_pesos(todos, todas))
    if cambian and programa.estado == EstadoDePrograma.APROBADO and not razon.strip():
        raise ValidationError({"razon": "El plan está aprobado: diga por qué cambian sus pesos."})
    for registro in cambian:
        guarda(registro, por, f"Pesos: {razon.strip()}" if razon.strip() else "Pesos")


def _con_su_peso(registros: Iterable[Any], pesos: Mapping[int, int | None]) -> list[Any]:
    """Les pone el peso nuevo y devuelve los que cambian."""
    cambian = [r for r in registros if pesos.get(r.pk, r.peso) != r.peso]
    for registro in cambian:
        registro.peso = pesos[registro.pk]
    return cambian


# -- textos ----------------------------------------------------------------------------
@transaction.atomic
def guardar_texto(*, texto: TextoDePrograma, por) -> TextoDePrograma:
    _exigir(impedimentos_para_planear(texto.programa))
    if texto.pk:
        anterior = TextoDePrograma.objects.select_related("programa").get(pk=texto.pk)
        _exigir(impedimentos_para_planear(anterior.programa))
    return guarda(texto, por)


@transaction.atomic
def eliminar_texto(*, texto: TextoDePrograma, por) -> None:
    _exigir(impedimentos_para_planear(texto.programa))
    borra(texto, por)
