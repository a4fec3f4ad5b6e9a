"""Guardar lo que un informe decía en un momento: versiones de trabajo y versiones congeladas."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from informes import armado
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.models import ArchivoDeVersion, Informe, VersionDeInforme
from vinculacion.nucleo.salida import json

from . import consultas, reglas
from .evidencias import evidencias_de
from .huellas import huella_de, sha256, version_del_sistema
from .limpieza import CARPETA, quitar_huerfanos
from .preparacion import CAMBIO, Encargo, Errata, Preparada, documento_por_aprobar, preparar_errata

Rutas = dict[str, str]  # formato → nombre en el almacén


def fotografiar(*, informe: Informe, por, nota: str = "", retrato: dict | None = None) -> VersionDeInforme:
    """Guarda la versión de trabajo: la estructura y el documento armado con lo que hoy dicen los registros."""
    retrato = retrato or retratar(informe)
    with transaction.atomic():
        return guardar_retrato(informe=_en_fila(informe), retrato=retrato, por=por, nota=nota)


def retratar(informe: Informe, estado: str = "") -> dict:
    """Lo que tarda de fotografiar, para hacerlo sin tener a nadie esperando. ``estado``: como se verá al pasar a él."""
    informe = Informe.objects.select_related("comision", "punto__sesion", "acuerdo", "identidad").get(pk=informe.pk)
    informe.estado = estado or informe.estado
    return {
        "documento": json.a_datos(armado.armar(informe).documento),
        "estructura": consultas.estructura_de(informe),
    }


def guardar_retrato(*, informe: Informe, retrato: dict, por, nota: str = "") -> VersionDeInforme:
    """``informe`` ya está bloqueado por quien llama."""
    return _crear(informe, clase=ClaseDeVersion.TRABAJO, nota=nota, por=por, **retrato)


@contextmanager
def en_disco(preparada: Preparada) -> Iterator[Rutas]:
    """Escribe los archivos antes de abrir la transacción y los quita si ésta no llega a confirmarse.

    Se pregunta a la base: si la conexión se pierde al confirmar, la versión puede haber quedado, y sus archivos también.
    """
    quitar_huerfanos()
    rutas: Rutas = {}
    try:
        for formato, contenido in preparada.archivos.items():
            destino = f"{CARPETA}/{preparada.clave_publica}/{preparada.nombre(formato)}"
            rutas[formato] = default_storage.save(destino, ContentFile(contenido))
        yield rutas
    except BaseException:
        if not ArchivoDeVersion.objects.filter(archivo__in=rutas.values()).exists():
            for ruta in rutas.values():
                default_storage.delete(ruta)
        raise


def guardar_aprobada(*, preparada: Preparada, rutas: Rutas, informe: Informe, por, nota: str = "") -> VersionDeInforme:
    """Dentro de la transacción que aprueba: ``informe`` ya está bloqueado. Falla si lo impreso ya no es lo que hay."""
    hoy = documento_por_aprobar(informe)
    if huella_de(json.a_datos(hoy)) != preparada.huella:
        raise ValidationError(CAMBIO)
    return _guardar(
        preparada,
        rutas,
        informe,
        nota=nota,
        por=por,
        estructura=consultas.estructura_de(informe),
        evidencias=evidencias_de(informe, hoy),
    )


def anotar_errata(
    *, version: VersionDeInforme, erratas: list[Errata], por, encargo: Encargo | None = None
) -> VersionDeInforme:
    """Una fe de erratas: el mismo documento con la lista de lo que dice y debe decir. No toca registro alguno."""
    encargo = encargo or Encargo()
    reglas.exigir(reglas.impedimentos_para_anotar_errata(version, erratas))
    preparada = preparar_errata(version, erratas, encargo)
    with en_disco(preparada) as rutas, transaction.atomic():
        informe = _en_fila(version.informe)
        # Otra errata o una corrección pudo adelantarse mientras se imprimía.
        reglas.exigir(reglas.impedimentos_para_anotar_errata(version, erratas))
        nueva = _guardar(
            preparada,
            rutas,
            informe,
            por=por,
            estructura=version.estructura,
            evidencias=version.evidencias,
        )
        if informe.estado == EstadoDeInforme.PUBLICADO:  # el de ahora: pudo retirarse mientras se imprimía
            publicar(informe=informe)
            nueva.refresh_from_db(fields=["publicada"])
        encargo.al_guardar(nueva)
        return nueva


def publicar(*, informe: Informe) -> None:
    """Abre la página pública de todas sus versiones congeladas; la transacción es de quien llama."""
    pendientes = informe.versiones.exclude(clase=ClaseDeVersion.TRABAJO).filter(publicada=None)
    pendientes.update(publicada=timezone.now())


def retirar(*, informe: Informe) -> None:
    """Cierra la página pública de todas; sus archivos y huellas quedan."""
    informe.versiones.update(publicada=None)


def _en_fila(informe: Informe) -> Informe:
    """Bloqueado hasta el fin de la transacción: dos versiones no toman el mismo número."""
    return Informe.objects.select_for_update(of=("self",)).get(pk=informe.pk)


def _crear(informe: Informe, **datos) -> VersionDeInforme:
    ultimo = informe.versiones.aggregate(Max("numero"))["numero__max"] or 0
    datos.setdefault("sha256", huella_de(datos["documento"]))
    nueva = VersionDeInforme(informe=informe, numero=ultimo + 1, programa_version=version_del_sistema(), **datos)
    nueva.full_clean(exclude=["por", "estructura", "documento", "evidencias"])  # pueden ir vacíos
    nueva.save()
    return nueva


def _guardar(preparada: Preparada, rutas: Rutas, informe: Informe, **datos) -> VersionDeInforme:
    version = _crear(
        informe,
        clase=preparada.clase,
        documento=json.a_datos(preparada.documento),
        sha256=preparada.huella,
        clave_publica=preparada.clave_publica,
        sustituye_a=preparada.sustituye_a,
        **datos,
    )
    ArchivoDeVersion.objects.bulk_create(
        ArchivoDeVersion(
            version=version,
            formato=formato,
            nombre=preparada.nombre(formato),
            archivo=rutas[formato],
            sha256=sha256(contenido),
            tamano=len(contenido),
        )
        for formato, contenido in preparada.archivos.items()
    )
    return version
