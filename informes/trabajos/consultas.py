"""Qué trabajos hay y cómo van."""

import hashlib
import json
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from informes import consultas as de_informes
from informes.estados import ClaseDeTrabajo, EstadoDeTrabajo
from informes.models import Informe, Trabajo
from vinculacion.nucleo.salida import json as salida_json
from vinculacion.nucleo.salida.documento import Documento

# Sin señal en este tiempo, el proceso que lo hacía murió: ningún paso tarda tanto.
SIN_SENAL = timedelta(minutes=3)
DIAS = 7  # lo que se guarda una descarga
SIN_TERMINAR = (EstadoDeTrabajo.EN_COLA, EstadoDeTrabajo.EN_CURSO)


def huella(documento: Documento, formato: str) -> str:
    """Cambia con todo lo que el documento dice; no con la hora en que se armó."""
    datos = {**salida_json.a_datos(documento), "creado": None, "escrito_como": formato}
    return hashlib.sha256(json.dumps(datos, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def informe_de(trabajo: Trabajo) -> Informe:
    return de_informes.informes().get(pk=trabajo.informe_id)


def vivos(ahora: datetime | None = None) -> QuerySet[Trabajo]:
    """En espera, o en curso y con señales recientes."""
    limite = (ahora or timezone.now()) - SIN_SENAL
    return Trabajo.objects.filter(
        Q(estado=EstadoDeTrabajo.EN_COLA) | Q(estado=EstadoDeTrabajo.EN_CURSO, latido__gte=limite)
    )


def interrumpidos(ahora: datetime | None = None) -> QuerySet[Trabajo]:
    limite = (ahora or timezone.now()) - SIN_SENAL
    return Trabajo.objects.filter(estado=EstadoDeTrabajo.EN_CURSO, latido__lt=limite)


def en_espera_de_mas(ahora: datetime | None = None) -> QuerySet[Trabajo]:
    """Nadie los ha tomado: la cola es larga, o el proceso de segundo plano no está andando."""
    limite = (ahora or timezone.now()) - SIN_SENAL
    return Trabajo.objects.filter(estado=EstadoDeTrabajo.EN_COLA, pedido__lt=limite)


def apartar(clave: int, ahora: datetime) -> bool:
    """Lo toma quien llegue primero: está en espera, o quien lo hacía dejó de dar señales."""
    libre = Q(estado=EstadoDeTrabajo.EN_COLA) | Q(estado=EstadoDeTrabajo.EN_CURSO, latido__lt=ahora - SIN_SENAL)
    return bool(
        Trabajo.objects.filter(libre, pk=clave, cancelar=False).update(estado=EstadoDeTrabajo.EN_CURSO, latido=ahora)
    )


def acto_en_marcha(informe: Informe) -> Trabajo | None:
    """Lo que se está congelando de ``informe``: nunca hay dos a la vez."""
    actos = Trabajo.objects.filter(informe=informe, estado__in=SIN_TERMINAR).exclude(clase=ClaseDeTrabajo.DESCARGA)
    return actos.select_related("por").first()


def de(usuario) -> QuerySet[Trabajo]:
    """Los que espera ``usuario``."""
    return Trabajo.objects.filter(personas=usuario).select_related("informe")


def lo_escrito(usuario, clave: str, **de) -> dict:
    """Lo que ``usuario`` puso en un acto que no se hizo, para no escribirlo otra vez."""
    if not clave.isdecimal() or len(clave) > 18:
        return {}
    trabajo = visibles(usuario).filter(pk=clave, **de).first()
    return trabajo.datos if trabajo else {}


def visibles(usuario) -> QuerySet[Trabajo]:
    """Los suyos; y los actos, que también sigue quien puede aprobar. Nadie ve las descargas de otros."""
    suyos = Q(pk__in=de(usuario).values("pk"))
    if usuario.has_perm("informes.aprobar_informe"):
        suyos |= ~Q(clase=ClaseDeTrabajo.DESCARGA)
    return Trabajo.objects.filter(suyos).select_related("informe", "por")
