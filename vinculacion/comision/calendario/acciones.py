"""Capturar y aprobar el calendario de un año, y las direcciones secretas con que cada quien lo lee."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from ..acciones import guardar_sesion
from ..estados import TipoDeSesion
from ..models import Comision, Sesion, SuscripcionDeCalendario, secreto
from . import consultas, reglas
from .reglas import Fecha

APRUEBA = "Se aprobó el calendario"


class CalendarioConErrores(ValidationError):
    """``renglones``: (número, campo) → razón. ``chocan`` dice si es porque alguien guardó antes."""

    def __init__(self, renglones: dict[tuple[int, str], str], chocan: bool = False):
        self.renglones, self.chocan = renglones, chocan
        super().__init__(list(renglones.values()))


@transaction.atomic
def capturar_calendario(
    *, comision: Comision, anio: int, fechas: Sequence[Fecha], por, razon: str = "", aprobar: bool = False
) -> list[Sesion]:
    """Guarda de una vez las ordinarias del año y devuelve las que cambiaron; o todo o nada."""
    # La fila de la comisión se bloquea: dos que capturan a la vez pasan de una en una.
    Comision.objects.select_for_update(of=("self",)).get(pk=comision.pk)
    existentes = consultas.ordinarias_del_anio(comision, anio)
    fechas = [f for f in fechas if reglas.se_captura(existentes.get(f.numero)) or _llego_tarde(f, existentes)]
    if choques := _choques(fechas, existentes):
        raise CalendarioConErrores(choques, chocan=True)
    if errores := reglas.errores_de_fechas(fechas, existentes, anio):
        raise CalendarioConErrores(errores)
    cambiadas, malas = [], {}
    for renglon in sorted(fechas, key=lambda f: f.numero):
        sesion = existentes.get(renglon.numero)
        if renglon.fecha is None or (sesion and renglon.igual_a(sesion)):
            continue
        if sesion is None:
            sesion = Sesion(comision=comision, anio=anio, tipo=TipoDeSesion.ORDINARIA, numero=renglon.numero)
        sesion.fecha_programada, sesion.hora_programada = renglon.fecha, renglon.hora
        sesion.modalidad = renglon.modalidad
        try:
            cambiadas.append(guardar_sesion(sesion=sesion, por=por, motivo=razon))
        except ValidationError as error:
            malas[renglon.numero, "fecha"] = " ".join(error.messages)
    if malas:
        raise CalendarioConErrores(malas)
    if aprobar:
        aprobar_calendario(comision=comision, anio=anio, por=por)
    return cambiadas


def _llego_tarde(renglon: Fecha, existentes: dict[int, Sesion]) -> bool:
    """Se capturó una fecha para una sesión que mientras tanto se convocó."""
    sesion = existentes[renglon.numero]
    return renglon.fecha is not None and not renglon.igual_a(sesion)


def _choques(fechas: Sequence[Fecha], existentes: dict[int, Sesion]) -> dict[tuple[int, str], str]:
    choques = {}
    for renglon in fechas:
        sesion = existentes.get(renglon.numero)
        if sesion is None and renglon.version:
            choques[renglon.numero, "fecha"] = (
                "Otra persona eliminó esta sesión; guarde otra vez para crearla de nuevo."
            )
        if sesion is None or sesion.version == renglon.version or renglon.igual_a(sesion):
            continue
        hora = reglas.hora_prevista(sesion)
        guardado = f"{sesion.fecha_programada:%d/%m/%Y}{f', {hora:%H:%M}' if hora else ''}"
        estado = sesion.get_estado_display().lower()
        choques[renglon.numero, "fecha"] = f"Otra persona la guardó mientras usted capturaba: {guardado} ({estado})."
    return choques


@transaction.atomic
def aprobar_calendario(*, comision: Comision, anio: int, por) -> list[Sesion]:
    """Copia la fecha programada de cada ordinaria a la del calendario; lo ya aprobado no se toca."""
    Comision.objects.select_for_update(of=("self",)).get(pk=comision.pk)
    ordinarias = list(consultas.ordinarias_del_anio(comision, anio).values())
    if razones := reglas.impedimentos_para_aprobar(ordinarias):
        raise ValidationError(razones)
    aprobadas = [s for s in ordinarias if s.fecha_calendario is None and not s.cerrada]
    for sesion in aprobadas:
        sesion.fecha_calendario = sesion.fecha_programada
        guardar_sesion(sesion=sesion, por=por, motivo=APRUEBA)
    return aprobadas


# -- la dirección secreta de cada quien ----------------------------------------


@transaction.atomic
def suscribir(*, usuario) -> SuscripcionDeCalendario:
    """La que ya tenía, si la tenía."""
    _hacer_fila(usuario)
    return SuscripcionDeCalendario.objects.get_or_create(usuario=usuario)[0]


@transaction.atomic
def renovar(*, usuario) -> SuscripcionDeCalendario:
    """Otra dirección; la de antes deja de servir."""
    _hacer_fila(usuario)
    SuscripcionDeCalendario.objects.filter(usuario=usuario).delete()
    return SuscripcionDeCalendario.objects.create(usuario=usuario, secreto=secreto())


@transaction.atomic
def revocar(*, usuario) -> None:
    SuscripcionDeCalendario.objects.filter(usuario=usuario).delete()


def _hacer_fila(usuario) -> None:
    get_user_model()._base_manager.select_for_update(no_key=True).filter(pk=usuario.pk).first()
