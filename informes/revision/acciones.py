"""Lo que se escribe al revisar un borrador: observaciones, sus respuestas y versiones de trabajo."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vinculacion.nucleo.modelos import firma, guarda
from vinculacion.nucleo.palabras import fecha_larga

from .. import acciones, arbol
from ..congelado.acciones import fotografiar, retratar
from ..estados import EstadoDeObservacion
from ..models import Apartado, Informe, Observacion, UsoDeSeccion, VersionDeInforme
from ..reglas import impedimentos_para_editar
from . import reglas
from .consultas import REABIERTA
from .referencia import con_referencia
from .versiones import Retrato


@transaction.atomic
def guardar_observacion(*, observacion: Observacion, por) -> Observacion:
    """Nueva, queda a nombre de ``por`` y de su oficina; después sólo esa persona la corrige."""
    observacion.informe = _bloqueado(observacion.informe_id)
    nueva = observacion.pk is None
    impedimentos = (
        reglas.impedimentos_para_observar(observacion.informe)
        if nueva
        else reglas.impedimentos_para_corregir(observacion, por)
    )
    if impedimentos:
        raise ValidationError(impedimentos)
    apartado = observacion.apartado
    if apartado is not None and apartado.informe_id != observacion.informe_id:
        raise ValidationError({"apartado": "Ese apartado es de otro informe."})
    if nueva:
        observacion.autor = por
        observacion.oficina = por.area or observacion.oficina
        observacion.version_vista = observacion.informe.versiones.order_by("-numero").first()
    if observacion.oficina is None:
        raise ValidationError({"oficina": "Diga de qué oficina es la observación."})
    if apartado is not None:
        observacion.lugar = lugar_de(apartado)
    elif nueva:
        observacion.lugar = ""
    observacion.texto = observacion.texto.strip()
    return guarda(observacion, por)


def lugar_de(apartado: Apartado) -> str:
    return arbol.nodo_de(apartado).nombre[:500]


@transaction.atomic
def responder(
    *,
    observacion: Observacion,
    estado: str,
    respuesta: str,
    por,
    apartado: Apartado | None = None,
    version: int | None = None,
) -> Observacion:
    """``apartado``: el que cambió para atenderla; ``version``: la que se leyó, para no contestar otra cosa."""
    _bloqueado(observacion.informe_id)
    observacion = _vigente(observacion)
    if version is not None and observacion.version != version:
        raise ValidationError("La observación o su respuesta acaba de cambiar: léala otra vez antes de responder.")
    if faltas := reglas.impedimentos_para_responder(observacion):
        raise ValidationError(faltas)
    if estado not in reglas.RESPUESTAS:
        raise ValidationError({"estado": "Diga si se atiende o no procede."})
    if not respuesta.strip():
        raise ValidationError({"respuesta": "Escriba qué se hizo, o por qué no procede."})
    if apartado is not None and apartado.informe_id != observacion.informe_id:
        raise ValidationError({"apartado": "Ese apartado es de otro informe."})
    observacion.estado = estado
    observacion.respuesta = con_referencia(respuesta, apartado if estado == EstadoDeObservacion.ATENDIDA else None)
    observacion.respondio, observacion.respondida = por, timezone.now()
    return guarda(observacion, por, "Se respondió")


@transaction.atomic
def reabrir(*, observacion: Observacion, razon: str, por) -> Observacion:
    """La razón se agrega a la observación; la respuesta anterior queda escrita hasta que haya otra."""
    _bloqueado(observacion.informe_id)
    observacion = _vigente(observacion)
    if faltas := reglas.impedimentos_para_reabrir(observacion, por):
        raise ValidationError(faltas)
    if not razon.strip():
        raise ValidationError({"razon": "Diga por qué la reabre."})
    hoy = fecha_larga(timezone.localdate(), dia_semana=False)
    observacion.estado = EstadoDeObservacion.ABIERTA
    observacion.texto = f"{observacion.texto}\n\n{REABIERTA}{hoy}: {razon.strip()}"
    return guarda(observacion, por, "Se reabrió")


@transaction.atomic
def retirar(*, observacion: Observacion, por) -> Observacion:
    _bloqueado(observacion.informe_id)
    observacion = _vigente(observacion)
    if faltas := reglas.impedimentos_para_corregir(observacion, por):
        raise ValidationError(faltas)
    observacion.estado = EstadoDeObservacion.RETIRADA
    return guarda(observacion, por, "Se retiró")


def _bloqueado(pk: int) -> Informe:
    """Hasta el fin de la transacción nadie aprueba el informe mientras se le observa."""
    return Informe.objects.select_for_update(of=("self",)).get(pk=pk)


def _vigente(observacion: Observacion) -> Observacion:
    return (
        Observacion.objects.select_for_update(of=("self",))
        .select_related("informe", "autor", "apartado")
        .get(pk=observacion.pk)
    )


def retratar_version(*, informe: Informe, nota: str) -> dict:
    """Lo que tarda de guardar una versión, para hacerlo sin tener a nadie esperando."""
    if razones := impedimentos_para_editar(informe):
        raise ValidationError(razones)
    if len(nota.strip()) > 500:
        raise ValidationError({"nota": f"La nota tiene {len(nota.strip())} caracteres; caben 500."})
    return retratar(informe)


def guardar_version(*, informe: Informe, nota: str, por, retrato: dict | None = None) -> VersionDeInforme:
    """``retrato``: el de ``retratar_version``, si ya se tomó. Se bloquea el informe sólo al guardarla."""
    retrato = retrato or retratar_version(informe=informe, nota=nota)
    return fotografiar(informe=informe, por=por, nota=nota.strip(), retrato=retrato)


@transaction.atomic
def recuperar_apartado(*, version: VersionDeInforme, clave: int, por, vista: int | None = None) -> Apartado:
    """El texto que el apartado tenía en ``version``, como un cambio nuevo; si ya no existe, se vuelve a poner.

    ``vista``: la versión del apartado que la persona tenía delante; si cambió, no se escribe nada.
    """
    informe = version.informe
    acciones.exigir_editable(informe)
    retrato = Retrato.de(version.estructura).apartados.get(clave)
    if retrato is None:
        raise ValidationError("Ese apartado no está en la versión.")
    apartado = informe.apartados.select_for_update(of=("self",)).filter(pk=clave).first()
    if apartado is not None and vista is not None and apartado.version != vista:
        raise ValidationError(
            "Otra persona cambió el apartado mientras usted lo miraba: revise otra vez qué se pierde."
        )
    nuevo = apartado is None
    if apartado is None:
        padre = informe.apartados.filter(pk=retrato.padre).first() if retrato.padre else None
        apartado = Apartado(informe=informe, padre=padre, titulo=retrato.titulo)
        if retrato.numeracion:
            apartado.numeracion = retrato.numeracion
    apartado.narrativa, apartado.explicacion = retrato.narrativa, retrato.explicacion
    firma(apartado, por, f"Texto recuperado de la {version.nombre}")
    acciones.guardar_apartado(apartado=apartado, por=por)
    if nuevo:
        for uso in retrato.secciones:
            acciones.guardar_uso(uso=UsoDeSeccion(apartado=apartado, **uso.campos), por=por)
    return apartado
