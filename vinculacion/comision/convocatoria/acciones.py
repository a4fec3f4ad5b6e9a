"""Lo que se escribe antes de la sesión: puntos de trámite, propuestas incluidas y convocatorias."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.archivo.validadores import tamano
from vinculacion.nucleo.modelos import guarda
from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.propuestas import Propuesta
from vinculacion.nucleo.salida import pdf
from vinculacion.nucleo.texto import llano

from ..acciones import agregar_punto, cambiar_estado_sesion
from ..acciones.sesiones import bloquear
from ..estados import EstadoDeEntrega, EstadoDeSesion, Solicitud, TipoDeSesion
from ..models import Convocatoria, Entrega, Punto, Sesion, Tema
from ..reglas import hora_prevista, impedimentos_para_orden_del_dia
from . import consultas, documentos, reglas

TAREA = "vinculacion.comision.convocatoria.envio.enviar"
LECTURA = "Lectura y, en su caso, aprobación del orden del día"
GENERALES = "Asuntos generales"

# -- orden del día -------------------------------------------------------------


def _tema(nombre: str) -> Tema | None:
    return Tema.objects.filter(nombre=nombre, activo=True).first() if nombre else None


def tramites_que_faltan(sesion: Sesion, puntos: list[Punto]) -> list[str]:
    """De lo que toda sesión lleva; las extraordinarias y urgentes no tienen asuntos generales."""
    faltan = []
    if not any("orden del dia" in llano(p.titulo) for p in puntos):
        faltan.append(LECTURA)
    if sesion.tipo == TipoDeSesion.ORDINARIA and not any(p.solicitud == Solicitud.GENERALES for p in puntos):
        faltan.append(GENERALES)
    return faltan


@transaction.atomic
def agregar_tramites(*, sesion: Sesion, por) -> list[Punto]:
    """Los de siempre que todavía no están: el orden del día va primero y los asuntos generales al último."""
    if razones := impedimentos_para_orden_del_dia(bloquear(sesion)):
        raise ValidationError(razones)
    agregados = []
    for titulo in tramites_que_faltan(sesion, list(sesion.puntos.all())):
        es_lectura = titulo == LECTURA
        agregados.append(
            agregar_punto(
                sesion=sesion,
                titulo=titulo,
                numero=1 if es_lectura else None,
                solicitud=Solicitud.APROBACION if es_lectura else Solicitud.GENERALES,
                tema=_tema("Orden del día" if es_lectura else GENERALES),
                presenta="Secretaría técnica" if es_lectura else "",
                de_tramite=True,
                por=por,
            )
        )
    return agregados


@transaction.atomic
def incluir(*, sesion: Sesion, propuesta: Propuesta, por) -> Punto:
    """La vuelve un punto y deja que su sala anote dónde quedó; las minutas van tras el orden del día."""
    bloquear(sesion)
    lugar = consultas.lugar_propuesto(sesion)
    if propuesta.de_tramite:
        primero = sesion.puntos.order_by("numero").first()
        lugar = 2 if primero and "orden del dia" in llano(primero.titulo) else 1
    punto = agregar_punto(
        sesion=sesion,
        titulo=propuesta.titulo,
        numero=lugar,
        solicitud=propuesta.solicitud,
        presenta=propuesta.presenta[:150],
        tema=_tema(propuesta.tema),
        de_tramite=propuesta.de_tramite,
        por=por,
    )
    propuesta.al_incluir(punto, por)
    return punto


# -- convocatoria --------------------------------------------------------------


@dataclass(frozen=True)
class Expediente:
    """Los adjuntos ya hechos y la huella de lo que dicen, para no mandar algo que cambió entretanto."""

    huella: tuple
    adjuntos: tuple[tuple[str, bytes], ...]


def _huella(sesion: Sesion) -> tuple:
    puntos = sesion.puntos.order_by("numero").values_list("pk", "numero", "version")
    ultima = sesion.convocatorias.values_list("pk", flat=True).first()  # otra persona pudo emitir el mismo aviso
    return (ultima, sesion.fecha_programada, hora_prevista(sesion), sesion.modalidad, sesion.lugar, *puntos)


def preparar(*, sesion: Sesion, clase: str, con_orden: bool, con_carpeta: bool, calendario: bytes = b"") -> Expediente:
    """Imprime los PDF. Tarda: va fuera de la transacción, que en SQLite detiene a las demás."""
    huella = _huella(sesion)
    carta = pdf.crear(documentos.convocatoria(sesion, clase, sesion.convocatorias.first()))
    adjuntos = [(documentos.nombre_de_archivo(sesion, clase), carta)]
    for pedido, clave in ((con_orden, "orden"), (con_carpeta, "carpeta")):
        if pedido:
            contenido = documentos.DOCUMENTOS[clave][1](sesion)
            if len(contenido) > settings.ARCHIVO_TAMANO_MAXIMO:
                razon = f"Pesa {tamano(len(contenido))} y no cabe en un correo: quítelo y comparta los documentos por enlace."
                raise ValidationError({f"con_{clave}": razon})
            adjuntos.append((documentos.nombre_de_archivo(sesion, clave), contenido))
    if calendario:
        adjuntos.append((f"sesion-{sesion.codigo}-{sesion.anio}.ics", calendario))
    return Expediente(huella, tuple(adjuntos))


@transaction.atomic
def emitir(
    *, sesion: Sesion, clase: str, asunto: str, mensaje: str, expediente: Expediente, por, confirmada: bool = False
) -> Convocatoria:
    """Deja el aviso con sus documentos y un renglón por integrante; los correos salen después, uno por uno.

    ``confirmada``: se sabe que va fuera de plazo; queda escrito en la historia del aviso y de la sesión.
    """
    sesion = bloquear(sesion)
    ahora = timezone.now()
    razones = reglas.impedimentos_para_avisar(sesion, clase, ahora)
    integran = consultas.destinatarios(sesion, clase)
    if not integran:
        razones.append("Nadie integra la comisión en la fecha de la sesión: no hay a quién convocar.")
    if expediente.huella != _huella(sesion):
        razones.append(
            "El orden del día, los datos de la sesión o sus avisos cambiaron mientras se preparaba: revise y emita otra "
            "vez."
        )
    con_fecha = reglas.anuncia_fecha(sesion, clase, sesion.convocatorias.first())
    tarde = reglas.advertencias_de_plazo(sesion, ahora) if con_fecha else []
    if tarde and not confirmada:
        razones += tarde
    if razones:
        raise ValidationError(razones)
    convocatoria = Convocatoria(
        sesion=sesion,
        clase=clase,
        asunto=" ".join(asunto.split()),
        mensaje=mensaje.replace("\r\n", "\n"),
        fecha_de_la_sesion=sesion.fecha_programada,
        hora_de_la_sesion=hora_prevista(sesion),
        emitida_el=ahora,
        por=por,
    )
    guarda(convocatoria, por, tarde[0] if tarde else "")
    for nombre, contenido in expediente.adjuntos:
        agregar_evidencia(registro=convocatoria, archivo=ContentFile(contenido, name=nombre), por=por)
    Entrega.objects.bulk_create(
        Entrega(
            convocatoria=convocatoria,
            integracion=integracion,
            correo=integracion.correo,
            estado=EstadoDeEntrega.PENDIENTE if integracion.correo else EstadoDeEntrega.SIN_CORREO,
        )
        for integracion in integran
    )
    if con_fecha and sesion.estado in (EstadoDeSesion.PROGRAMADA, EstadoDeSesion.DIFERIDA):
        motivo = tarde[0] if tarde else ""
        cambiar_estado_sesion(sesion=sesion, estado=EstadoDeSesion.CONVOCADA, por=por, motivo=motivo)
    transaction.on_commit(lambda: async_task(TAREA, convocatoria.pk))
    return convocatoria


@transaction.atomic
def volver_a_pendientes(*, convocatoria: Convocatoria, por, entrega: Entrega | None = None) -> int:
    """Alista las que no salieron, al correo que la persona tenga hoy; las dudosas, sólo de una en una."""
    bloqueadas = Convocatoria.objects.select_for_update(of=("self",)).select_related("sesion")
    convocatoria = bloqueadas.get(pk=convocatoria.pk)
    if reglas.falta_avisar(convocatoria.sesion, convocatoria):
        raise ValidationError("La sesión cambió después de este aviso: avise el cambio en lugar de reintentarlo.")
    candidatas = convocatoria.entregas.select_related("integracion").filter(
        estado__in=(EstadoDeEntrega.FALLIDA, EstadoDeEntrega.SIN_CORREO)
    )
    if entrega is not None:
        candidatas = candidatas.filter(pk=entrega.pk)
    else:
        candidatas = candidatas.exclude(error=consultas.INTERRUMPIDA)
    listas = []
    for candidata in candidatas:
        if candidata.integracion.correo:
            candidata.correo = candidata.integracion.correo
            candidata.estado, candidata.error, candidata.cuando = EstadoDeEntrega.PENDIENTE, "", None
            listas.append(candidata)
    Entrega.objects.bulk_update(listas, ["correo", "estado", "error", "cuando"])
    if listas:
        guarda(convocatoria, por, f"Se reintentó con {cuenta(len(listas), 'integrante', 'integrantes')}")
    return len(listas)
