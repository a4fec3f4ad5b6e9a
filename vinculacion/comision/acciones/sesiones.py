"""Lo que se escribe en la comisión: integración, sesiones, estado y orden del día."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from simple_history.utils import bulk_update_with_history

from vinculacion.nucleo.modelos import borra, guarda
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.propuestas import desligar

from .. import reglas
from ..estados import ASISTIERON, ORDEN_DE_ROL, EstadoDeSesion
from ..models import CambioDeSesion, Comision, Integracion, Punto, Sesion, Tema

APARTE = 10_000  # números donde los puntos esperan mientras se renumeran


def bloquear(sesion: Sesion) -> Sesion:
    """La sesión tal como está guardada; quien la pide después espera a que termine esta transacción."""
    return Sesion.objects.select_for_update(of=("self",)).select_related("comision__serie").get(pk=sesion.pk)


# -- comisión, integración y temas ---------------------------------------------


@transaction.atomic
def crear_comision(*, por, **datos: Any) -> Comision:
    return guardar_comision(comision=Comision(**datos), por=por)


@transaction.atomic
def guardar_comision(*, comision: Comision, por) -> Comision:
    if comision.pk:
        previa = Comision.objects.get(pk=comision.pk)
        if previa.serie_id != comision.serie_id and comision.acuerdos.exists():
            raise ValidationError(
                {"serie": "Ya hay acuerdos con la serie anterior; para numerar con otra, cree una comisión nueva."}
            )
    return guarda(comision, por)


@transaction.atomic
def crear_integracion(*, comision: Comision, rol: str, nombre: str, desde: date, por, orden=None, **datos):
    integracion = Integracion(comision=comision, rol=rol, nombre=nombre, desde=desde, orden=orden, **datos)
    return guardar_integracion(integracion=integracion, por=por)


@transaction.atomic
def guardar_integracion(*, integracion: Integracion, por) -> Integracion:
    """Sin orden de protocolo va al final de su calidad; sus fechas no dejan fuera una asistencia ya anotada."""
    if integracion.orden is None:
        mismas = Integracion.objects.filter(comision_id=integracion.comision_id, rol=integracion.rol)
        ultimo = mismas.aggregate(m=Max("orden"))["m"]
        integracion.orden = ultimo + 1 if ultimo is not None else ORDEN_DE_ROL.get(integracion.rol, 0) * 100 + 1
    integracion.full_clean()
    _exigir_sesiones_cerradas(integracion)
    if integracion.pk:
        _exigir_lo_que_consta(integracion)
        asistio = Q(asistencias__integracion=integracion, asistencias__estado__in=ASISTIERON)
        voto = Q(puntos__votos__integracion=integracion)
        for asistida in Sesion.objects.filter(asistio | voto).distinct():
            if not reglas.estaba_vigente(integracion, asistida.fecha):
                campo = "desde" if asistida.fecha < integracion.desde else "hasta"
                raise ValidationError({campo: f"Asistió fuera de esas fechas: {asistida}."})
    return guarda(integracion, por)


def _exigir_sesiones_cerradas(integracion: Integracion) -> None:
    """Quiénes integraban la comisión en una sesión cerrada ya no cambia: de ahí salen su quórum y su matriz."""
    previa = Integracion.objects.filter(pk=integracion.pk).first()
    distintas = [
        sesion.clave
        for sesion in Sesion.objects.filter(comision_id=integracion.comision_id, cerrada=True).order_by(
            "fecha_programada"
        )
        if reglas.estaba_vigente(integracion, sesion.fecha)
        != (previa is not None and reglas.estaba_vigente(previa, sesion.fecha))
        or (previa is not None and previa.rol != integracion.rol and reglas.estaba_vigente(previa, sesion.fecha))
    ]
    if distintas:
        mas = f" y {len(distintas) - 4} más" if len(distintas) > 4 else ""
        raise ValidationError(
            f"Cambiaría quiénes integraban la comisión en sesiones cerradas: {', '.join(distintas[:4])}{mas}. "
            "Revise las fechas o reabra antes esas sesiones."
        )


def _exigir_lo_que_consta(integracion: Integracion) -> None:
    """Lo que una capacidad ya hizo en las sesiones fija su comisión y, si votó, que tenga voto."""
    previa = Integracion.objects.get(pk=integracion.pk)
    consta = previa.asistencias.exists() or previa.entregas.exists() or previa.votos.exists()
    if previa.comision_id != integracion.comision_id and consta:
        raise ValidationError({"comision": "Ya consta en las sesiones de su comisión: agréguela aparte en la otra."})
    if integracion.rol not in reglas.CON_VOTO and previa.votos.exists():
        raise ValidationError({"rol": "Ya votó en una sesión: ponga su fecha final y agregue la otra calidad aparte."})


@transaction.atomic
def crear_tema(*, nombre: str, por, activo: bool = True) -> Tema:
    return guarda(Tema(nombre=nombre, activo=activo), por)


# -- sesiones ------------------------------------------------------------------


def siguiente_numero(comision: Comision, tipo: str, anio: int) -> int:
    """El que sigue dentro del tipo y el año."""
    ultimo = Sesion.objects.filter(comision=comision, tipo=tipo, anio=anio).aggregate(m=Max("numero"))["m"]
    return (ultimo or 0) + 1


@transaction.atomic
def crear_sesion(*, comision: Comision, fecha_programada: date, por, anio=None, numero=None, **datos) -> Sesion:
    sesion = Sesion(comision=comision, fecha_programada=fecha_programada, anio=anio, numero=numero, **datos)
    return guardar_sesion(sesion=sesion, por=por)


@transaction.atomic
def guardar_sesion(*, sesion: Sesion, por, motivo: str = "") -> Sesion:
    """Crea o edita. Sin año toma el de la fecha programada; sin número, el que sigue en su tipo y año."""
    if sesion.anio is None and sesion.fecha_programada:
        sesion.anio = sesion.fecha_programada.year
    if sesion.pk is None and sesion.numero is None and sesion.comision_id and sesion.anio:
        # La fila de la comisión se bloquea: dos que crean a la vez no proponen el mismo número.
        comision = Comision.objects.select_for_update(of=("self",)).get(pk=sesion.comision_id)
        sesion.numero = siguiente_numero(comision, sesion.tipo, sesion.anio)
    previa = bloquear(sesion) if sesion.pk else None
    motivo = motivo or getattr(sesion, "_change_reason", "") or ""
    if previa and (razones := reglas.impedimentos_por_cierre(previa)):
        raise ValidationError(razones)
    if previa and previa.comision_id != sesion.comision_id:
        raise ValidationError({"comision": "Una sesión no cambia de comisión."})
    impedimentos = reglas.impedimentos_para_cambiar_estado(
        previa.estado if previa else EstadoDeSesion.PROGRAMADA,
        sesion.estado,
        fecha_celebrada=sesion.fecha_celebrada,
        hoy=hoy(),
        motivo=motivo or ("" if previa else "captura"),
        con_acuerdos=previa is not None and sesion.acuerdos.exists(),
    )
    if previa:
        impedimentos |= reglas.impedimentos_para_mover(previa, sesion, motivo)
        impedimentos |= reglas.impedimentos_para_fechar(previa, sesion)
    if impedimentos:
        raise ValidationError(impedimentos)
    guarda(sesion, por, motivo)
    _anotar_cambio(previa, sesion, por, motivo)
    return sesion


def _anotar_cambio(previa: Sesion | None, sesion: Sesion, por, motivo: str) -> None:
    """Deja escrito cada cambio de estado, de fecha o de hora, con su razón."""
    if previa and not reglas.se_mueve(previa, sesion):
        if (previa.estado, previa.fecha_celebrada) == (sesion.estado, sesion.fecha_celebrada):
            return
    elif previa and (antes := reglas.hora_prevista(previa)) != (despues := reglas.hora_prevista(sesion)):
        horas = f"Hora: {antes:%H:%M} → " if antes else "Hora: "
        motivo = f"{motivo} ({horas}{f'{despues:%H:%M}' if despues else 'por definir'})".strip()
    cambio = CambioDeSesion(
        sesion=sesion,
        antes=previa.estado if previa else "",
        despues=sesion.estado,
        fecha_antes=previa.fecha if previa else None,
        fecha_despues=sesion.fecha,
        razon=motivo[:500],
        por=por,
    )
    cambio.full_clean()
    cambio.save()


@transaction.atomic
def cambiar_estado_sesion(
    *, sesion: Sesion, estado: str, por, fecha_celebrada: date | None = None, motivo: str = "", **datos: Any
) -> Sesion:
    """Pasa a ``estado``. ``datos`` puede traer fecha_programada, hora_programada, hora_inicio y hora_fin."""
    actual = bloquear(sesion)
    actual.estado = estado
    if fecha_celebrada is not None:
        actual.fecha_celebrada = fecha_celebrada
    elif estado not in (EstadoDeSesion.CELEBRADA, EstadoDeSesion.EN_CURSO):
        actual.fecha_celebrada = None
    for campo, valor in datos.items():
        setattr(actual, campo, valor)
    return guardar_sesion(sesion=actual, por=por, motivo=motivo)


@transaction.atomic
def eliminar_sesion(*, sesion: Sesion, por) -> None:
    """Se van con ella sus puntos y su asistencia; con acuerdos no se elimina."""
    if razones := reglas.impedimentos_para_eliminar_sesion(bloquear(sesion)):
        raise ValidationError(razones)
    borra(sesion, por)


# -- orden del día -------------------------------------------------------------


def _acomodar(puntos: list[Punto], por) -> None:
    """Numera 1, 2, 3… en el orden dado; sólo toca los que cambian."""
    movidos = []
    for numero, punto in enumerate(puntos, start=1):
        if punto.numero != numero:
            punto.numero = numero
            punto.version += 1
            movidos.append(punto)
    if movidos:
        # El número es único en la sesión: primero se apartan y luego toman su lugar.
        Punto.objects.filter(pk__in=[p.pk for p in movidos]).update(numero=F("numero") + APARTE)
        bulk_update_with_history(
            movidos,
            Punto,
            ["numero", "version"],
            default_user=por,
            default_change_reason="Se renumeró el orden del día",
        )


@transaction.atomic
def agregar_punto(*, sesion: Sesion, titulo: str, por, numero: int | None = None, **datos: Any) -> Punto:
    if numero is not None:
        datos["numero"] = numero
    return insertar_punto(punto=Punto(sesion=sesion, titulo=titulo, **datos), por=por)


@transaction.atomic
def insertar_punto(*, punto: Punto, por) -> Punto:
    """Al final, o en el lugar ``numero`` recorriendo los demás."""
    sesion = bloquear(punto.sesion)
    if razones := reglas.impedimentos_para_orden_del_dia(sesion):
        raise ValidationError(razones)
    otros = list(sesion.puntos.order_by("numero"))
    lugar = punto.numero or len(otros) + 1
    if lugar > len(otros) + 1:
        raise ValidationError(
            {"numero": f"El orden del día llega al punto {len(otros)}: el que sigue es el {len(otros) + 1}."}
        )
    punto.numero = len(otros) + 1
    guarda(punto, por)
    if lugar <= len(otros):
        otros.insert(lugar - 1, punto)
        _acomodar(otros, por)
    return punto


@transaction.atomic
def editar_punto(*, punto: Punto, por) -> Punto:
    if razones := reglas.impedimentos_para_orden_del_dia(bloquear(punto.sesion)):
        raise ValidationError(razones)
    previo = Punto.objects.get(pk=punto.pk)
    if previo.sesion_id != punto.sesion_id:
        raise ValidationError({"sesion": "Un punto no cambia de sesión."})
    if previo.solicitud != punto.solicitud and previo.votos.exists():
        raise ValidationError({"solicitud": "Ya se votó: deshaga antes la votación."})
    lugar, punto.numero = punto.numero, previo.numero
    guarda(punto, por)
    if lugar != previo.numero:
        mover_punto(punto=punto, a=lugar, por=por)
    return punto


@transaction.atomic
def mover_punto(*, punto: Punto, a: int, por) -> Punto:
    """Lo lleva al lugar ``a``; fuera de rango queda en el extremo."""
    sesion = bloquear(punto.sesion)
    if razones := reglas.impedimentos_para_orden_del_dia(sesion):
        raise ValidationError(razones)
    puntos = list(sesion.puntos.order_by("numero"))
    movido = next(p for p in puntos if p.pk == punto.pk)
    puntos.remove(movido)
    puntos.insert(max(0, min(a - 1, len(puntos))), movido)
    _acomodar(puntos, por)
    punto.numero, punto.version = movido.numero, movido.version
    return punto


@transaction.atomic
def eliminar_punto(*, punto: Punto, por) -> None:
    """Los que siguen cierran el hueco; lo que se había incluido en él vuelve a estar por presentarse."""
    sesion = punto.sesion = bloquear(punto.sesion)
    if razones := reglas.impedimentos_para_eliminar_punto(punto):
        raise ValidationError(razones)
    desligar(punto, por)
    borra(punto, por)
    _acomodar(list(sesion.puntos.order_by("numero")), por)
