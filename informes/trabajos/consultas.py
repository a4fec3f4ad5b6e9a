"""Qué trabajos hay y cómo van."""

import hashlib
import json
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from informes import consultas as de_informes
from informes.estados import EstadoDeTrabajo
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


def apartar(clave: int, ahora: datetime) -> bool:
    """Lo toma quien llegue primero: está en espera, o quien lo hacía dejó de dar señales."""
    libre = Q(estado=EstadoDeTrabajo.EN_COLA) | Q(estado=EstadoDeTrabajo.EN_CURSO, latido__lt=ahora - SIN_SENAL)
    return bool(
        Trabajo.objects.filter(libre, pk=clave, cancelar=False).update(estado=EstadoDeTrabajo.EN_CURSO, latido=ahora)
    )


def de(usuario) -> QuerySet[Trabajo]:
    """Los que pidió ``usuario``; nadie ve los de otros."""
    return Trabajo.objects.filter(personas=usuario).select_related("informe")
