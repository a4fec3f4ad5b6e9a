"""La comisión del año en curso, llevada por las acciones de cada sala: antes, durante y después de sesionar."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from vinculacion.comision.acciones import (
    agregar_punto,
    cambiar_estado_sesion,
    crear_sesion,
    registrar_asistencia,
    tomar_acuerdo,
)
from vinculacion.comision.calendario.acciones import aprobar_calendario
from vinculacion.comision.convocatoria import redaccion
from vinculacion.comision.convocatoria.acciones import emitir, preparar
from vinculacion.comision.convocatoria.reglas import advertencias_de_plazo, impedimentos_para_avisar
from vinculacion.comision.estados import ClaseDeAviso, EstadoDeEntrega
from vinculacion.comision.minutas import acciones as minutas
from vinculacion.comision.models import Acuerdo, Comision, Integracion, Minuta, Punto, Sesion
from vinculacion.comision.reglas import estaba_vigente
from vinculacion.comision.sala import acciones as sala
from vinculacion.comision.sala.consultas import votantes
from vinculacion.comision.seguimiento.acciones import dar_seguimiento

from . import comision as de_la_comision
from .mundo import Mundo

HORA = time(11)
LUGAR = "Sala de sesiones"


def cargar(mundo: Mundo, anio: dict[str, Any]) -> None:
    de_la_comision.temas(mundo)
    comision = de_la_comision.nueva(mundo, anio["comision"])
    asientos = [
        (
            fila["asiento"],
            de_la_comision.capacidad(mundo, comision, **{k: v for k, v in fila.items() if k != "asiento"}),
        )
        for fila in anio["capacidades"]
    ]
    fichas = anio["sesiones"]
    creadas = [_programar(mundo, comision, ficha) for ficha in fichas]
    for de_quien in sorted({s.anio for s in creadas}):
        aprobar_calendario(comision=comision, anio=de_quien, por=mundo.secretaria)
    anterior: Sesion | None = None
    encargos: list[tuple[Acuerdo, list]] = []
    for ficha, creada in zip(fichas, creadas, strict=True):
        sesion = Sesion.objects.get(pk=creada.pk)
        if ficha["estado"] == "celebrada":
            sesion = _celebrar(mundo, sesion, ficha)
            _asistencia(mundo, sesion, ficha, asientos)
            _tratar(mundo, sesion, ficha, anterior)
            for acuerdo, pasos in encargos:
                _seguir(mundo, acuerdo, pasos, sesion)
            encargos = [_encargar(mundo, sesion, ficha)] if ficha["encargo"] else []
            minutas.cerrar(sesion=sesion, por=mundo.secretaria)
            minutas.redactar(sesion=sesion, por=mundo.secretaria)
            anterior = sesion
        elif ficha["estado"] == "convocada":
            _convocar(mundo, sesion, ficha)
        if ficha["tipo"] == "ordinaria":
            mundo.sesiones[comision.siglas, sesion.anio, sesion.numero] = Sesion.objects.get(pk=sesion.pk)
    for acuerdo, pasos in encargos:
        _seguir(mundo, acuerdo, pasos, None)


def _programar(mundo: Mundo, comision: Comision, ficha: dict[str, Any]) -> Sesion:
    return crear_sesion(
        comision=comision,
        tipo=ficha["tipo"],
        anio=ficha["anio"],
        numero=ficha["numero"],
        fecha_programada=date.fromisoformat(ficha["calendario"] or ficha["fecha"]),
        hora_programada=HORA,
        modalidad=ficha["modalidad"],
        lugar="" if ficha["modalidad"] == "virtual" else LUGAR,
        por=mundo.secretaria,
    )


# -- durante la sesión ---------------------------------------------------------


def _celebrar(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any]) -> Sesion:
    dia = date.fromisoformat(ficha["fecha"])
    if ficha["razon"]:
        sesion = cambiar_estado_sesion(
            sesion=sesion, estado="diferida", motivo=ficha["razon"], fecha_programada=dia, por=mundo.secretaria
        )
    programada, inicio, fin = (time.fromisoformat(hora) for hora in ficha["horas"])
    return cambiar_estado_sesion(
        sesion=sesion,
        estado="celebrada",
        fecha_celebrada=dia,
        hora_programada=programada,
        hora_inicio=inicio,
        hora_fin=fin,
        por=mundo.secretaria,
    )


def _asistencia(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any], asientos: list[tuple[int, Integracion]]) -> None:
    de_quien = {c.pk: ficha["marcas"][n] for n, c in asientos if estaba_vigente(c, sesion.fecha)}
    registrar_asistencia(
        sesion=sesion,
        estados={pk: estado for pk, (estado, _, _) in de_quien.items()},
        motivos={pk: motivo for pk, (_, motivo, _) in de_quien.items() if motivo},
        suplentes={pk: suplente for pk, (_, _, suplente) in de_quien.items() if suplente},
        por=mundo.secretaria,
    )


def _por_aprobar(sesion: Sesion):
    return Minuta.objects.filter(sesion__comision=sesion.comision, estado="borrador").order_by(
        "sesion__fecha_celebrada"
    )


def _puntos(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any]) -> list[Punto]:
    # Con su nombre, para que el orden del día no la proponga otra vez.
    minutas_por_aprobar = " y ".join(str(m) if n == 0 else str(m).lower() for n, m in enumerate(_por_aprobar(sesion)))
    return [
        agregar_punto(
            sesion=sesion,
            titulo=minutas_por_aprobar if tema == "Minutas" else titulo,
            tema=mundo.temas[tema],
            solicitud=solicitud,
            de_tramite=tramite,
            presenta="" if solicitud == "generales" else "Secretaría técnica",
            por=mundo.secretaria,
        )
        for tema, titulo, solicitud, tramite in ficha["puntos"]
    ]


def _tratar(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any], anterior: Sesion | None) -> None:
    """Cada punto se vota o se da por presentado; de lo aprobado sale su acuerdo."""
    por = mundo.secretaria
    por_aplazar = ficha["aplazado"]
    for punto in _puntos(mundo, sesion, ficha):
        if punto.solicitud == "presentacion" and por_aplazar:
            sala.resolver(punto=punto, resolucion="aplazado", nota="El informe se entregó tarde.", por=por)
            por_aplazar = False
        elif punto.solicitud != "aprobacion":
            sala.resolver(punto=punto, resolucion="presentado", por=por)
        else:
            _votar(mundo, sesion, punto, ficha)
            tomar_acuerdo(
                sesion=sesion,
                punto=punto,
                texto=f"Se aprueba: {punto.titulo.lower()} (datos ficticios).",
                estado="cumplido",
                cumplido_en=sesion,
                por=por,
            )
            if punto.tema.nombre == "Minutas" and anterior is not None:
                _aprobar_minutas(mundo, sesion, punto)


def _votar(mundo: Mundo, sesion: Sesion, punto: Punto, ficha: dict[str, Any]) -> None:
    if ficha["voto"] and punto.numero == 1:
        votan = list(votantes(sesion))
        votos = {i.pk: "favor" for i in votan}
        votos[votan[-1].pk] = ficha["voto"]
        sala.votar(punto=punto, votos=votos, por=mundo.secretaria)
        return
    resolucion = None if punto.de_tramite else "con_cambios"
    sala.por_unanimidad(punto=punto, resolucion=resolucion, por=mundo.secretaria)


def _aprobar_minutas(mundo: Mundo, sesion: Sesion, punto: Punto) -> None:
    """Todas las que estaban por aprobarse: también la de una extraordinaria intermedia."""
    punto = Punto.objects.get(pk=punto.pk)
    for minuta in _por_aprobar(sesion):
        minutas.aprobar(minuta=minuta, punto=punto, por=mundo.secretaria)


# -- acuerdos ------------------------------------------------------------------


def _encargar(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any]) -> tuple[Acuerdo, list]:
    encargo = ficha["encargo"]
    acuerdo = tomar_acuerdo(
        sesion=sesion,
        punto=sesion.puntos.order_by("numero").last(),
        texto=encargo["texto"],
        area_responsable=mundo.areas[encargo["area"]],
        fecha_limite=date.fromisoformat(encargo["limite"]),
        por=mundo.secretaria,
    )
    return acuerdo, ficha["seguimiento"]


def _seguir(mundo: Mundo, acuerdo: Acuerdo, pasos: list[tuple[str, str, str]], siguiente: Sesion | None) -> None:
    """Un paso sin fecha se informa en la sesión que siguió a la del acuerdo."""
    for fecha, estado, nota in pasos:
        if fecha or siguiente:
            dar_seguimiento(
                acuerdo=acuerdo,
                estado=estado,
                nota=nota,
                fecha=date.fromisoformat(fecha) if fecha else siguiente.fecha,
                sesion=None if fecha else siguiente,
                por=mundo.secretaria,
            )


# -- la que viene --------------------------------------------------------------


def _convocar(mundo: Mundo, sesion: Sesion, ficha: dict[str, Any]) -> None:
    """Con su aviso ya entregado. Si se carga con una fecha que ya pasó, sólo cambia de estado."""
    _puntos(mundo, sesion, ficha)
    clase, ahora = ClaseDeAviso.CONVOCATORIA, timezone.now()
    if impedimentos_para_avisar(sesion, clase, ahora) or advertencias_de_plazo(sesion, ahora):
        cambiar_estado_sesion(sesion=sesion, estado="convocada", por=mundo.secretaria)
        return
    convocatoria = emitir(
        sesion=sesion,
        clase=clase,
        asunto=redaccion.asunto(sesion, clase),
        mensaje=redaccion.mensaje(sesion, clase),
        expediente=preparar(sesion=sesion, clase=clase, con_orden=True, con_carpeta=False),
        por=mundo.secretaria,
    )
    # Las direcciones son inventadas: se dan por entregadas para que nada salga de verdad.
    pendientes = convocatoria.entregas.filter(estado=EstadoDeEntrega.PENDIENTE)
    pendientes.update(estado=EstadoDeEntrega.ENVIADA, cuando=ahora + timedelta(minutes=1))
