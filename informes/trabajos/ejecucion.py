"""Lo que hace el proceso de segundo plano con un trabajo; puede morir a la mitad y volver a empezar."""

import logging
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from informes import acciones as de_informes
from informes import armado
from informes.congelado.acciones import anotar_errata
from informes.congelado.preparacion import Encargo, Errata
from informes.estados import CONGELADOS, ClaseDeTrabajo, EstadoDeInforme, EstadoDeTrabajo
from informes.exportacion import deposito, escribir
from informes.models import Trabajo, VersionDeInforme
from vinculacion.nucleo.salida.imprenta import taller
from vinculacion.nucleo.salida.imprenta.taller import Cancelado

from . import consultas

registro = logging.getLogger(__name__)
CADA = 0.7  # segundos entre una señal y otra: más seguido sólo estorba a quien captura


def hacer(clave: int) -> str:
    """Idempotente: un trabajo listo o cancelado no se repite, y dos procesos no hacen el mismo."""
    if not consultas.apartar(clave, timezone.now()):
        return "Ya lo hace otro proceso, o ya no hace falta."
    return continuar(Trabajo.objects.select_related("informe", "por").get(pk=clave))


def continuar(trabajo: Trabajo) -> str:
    """Hace el que ya se apartó. Un acto queda hecho y dicho en la misma transacción, o no queda nada."""
    try:
        if trabajo.clase == ClaseDeTrabajo.APROBACION:
            _aprobar(trabajo)
        elif trabajo.clase == ClaseDeTrabajo.ERRATA:
            _anotar_errata(trabajo)
        else:
            _entregar(trabajo)
    except Cancelado:
        _termina(trabajo, EstadoDeTrabajo.CANCELADO)
        return "Cancelado."
    except armado.InformeConProblemas as error:
        _termina(trabajo, EstadoDeTrabajo.FALLIDO, error=str(error))
        return "El informe tiene problemas."
    except ValidationError as error:
        _termina(trabajo, EstadoDeTrabajo.FALLIDO, error="\n".join(error.messages))
        return "No se puede."
    except Exception:
        registro.exception("No se pudo hacer el trabajo %s", trabajo.pk)
        _termina(trabajo, EstadoDeTrabajo.FALLIDO, error="La imprenta falló; quedó anotado para Administración.")
        raise
    limpiar()
    return "Listo."


def _aprobar(trabajo: Trabajo) -> None:
    de_informes.pasar_informe(
        informe=trabajo.informe,
        estado=EstadoDeInforme.APROBADO,
        por=trabajo.por,
        nota=trabajo.datos["nota"],
        encargo=_Avisador(trabajo),
    )


def _anotar_errata(trabajo: Trabajo) -> None:
    version = VersionDeInforme.objects.select_related("informe").get(pk=trabajo.datos["version"])
    erratas = [Errata(**datos) for datos in trabajo.datos["erratas"]]
    anotar_errata(version=version, erratas=erratas, por=trabajo.por, encargo=_Avisador(trabajo))


def _entregar(trabajo: Trabajo) -> None:
    contenido = _contenido(trabajo)
    if Trabajo.objects.filter(pk=trabajo.pk, cancelar=True).exists():
        raise Cancelado
    nombre = f"{trabajo.informe.clave}-{trabajo.huella[:12]}.{trabajo.formato}"
    trabajo.archivo.save(nombre, ContentFile(contenido), save=False)
    _termina(trabajo, EstadoDeTrabajo.LISTO, avance=100, archivo=trabajo.archivo.name, paso="")


def _contenido(trabajo: Trabajo) -> bytes:
    avisar = _Avisador(trabajo)
    avisar.fase("Se reúnen los registros", 2)
    informe = consultas.informe_de(trabajo)
    if informe.estado in CONGELADOS:  # armado otra vez parecería el aprobado, y no lo es
        raise ValidationError("El informe se aprobó mientras tanto: descárguelo otra vez, como quedó congelado.")
    if trabajo.formato == "pdf":
        taller.encender()
    documento = armado.armar(informe, lambda titulo: avisar.fase(titulo, 5)).exigir()
    # Lo que se entrega es lo que hoy dicen los registros, aunque haya cambiado desde que se pidió.
    huella = consultas.huella(documento, trabajo.formato)
    iguales = informe.trabajos.filter(huella=huella, formato=trabajo.formato, estado__in=consultas.SIN_TERMINAR)
    if huella != trabajo.huella and not iguales.exists():
        trabajo.huella = huella
        Trabajo.objects.filter(pk=trabajo.pk).update(huella=huella)
    avisar.fase("Se imprime" if trabajo.formato == "pdf" else "Se escribe", 10)
    contenido = escribir(documento, trabajo.formato, avisar=avisar.piezas, deposito=deposito())
    avisar.fase("Se guarda", 98)
    return contenido


class _Avisador(Encargo):
    """Anota en qué va y se entera de si ya no lo quieren."""

    def __init__(self, trabajo: Trabajo):
        self.trabajo, self.ultima = trabajo, 0.0
        self.visto = trabajo.huella

    def al_guardar(self, version: VersionDeInforme) -> None:
        """Lo último antes de confirmar: si se canceló, o se dio por muerto, no se guarda."""
        trabajo = Trabajo.objects.select_for_update().get(pk=self.trabajo.pk)
        if trabajo.cancelar or trabajo.estado != EstadoDeTrabajo.EN_CURSO:
            raise Cancelado
        _termina(self.trabajo, EstadoDeTrabajo.LISTO, avance=100, paso="")

    def piezas(self, hechas: int, total: int) -> None:
        paso = f"Van {hechas} de {total} partes" if hechas < total else "Se encuaderna"
        self._anota(paso, 10 + round(85 * hechas / max(total, 1)), hechas == total)

    def fase(self, paso: str, avance: int) -> None:
        self._anota(paso, avance, forzar=False)

    def _anota(self, paso: str, avance: int, forzar: bool) -> None:
        ahora = time.monotonic()
        if ahora - self.ultima < CADA and not forzar:
            return
        self.ultima = ahora
        trabajo = Trabajo.objects.filter(pk=self.trabajo.pk, cancelar=False)
        if not trabajo.update(paso=paso[:300], avance=avance, latido=timezone.now()):
            raise Cancelado


def _termina(trabajo: Trabajo, estado: str, **datos) -> None:
    """Lo que ya terminó, o se dio por muerto, se queda como está."""
    ahora = timezone.now()
    en_curso = Trabajo.objects.filter(pk=trabajo.pk, estado=EstadoDeTrabajo.EN_CURSO)
    en_curso.update(estado=estado, terminado=ahora, latido=ahora, **datos)


def limpiar(ahora: datetime | None = None) -> int:
    """Descargas y piezas de imprenta que nadie ha usado en una semana. Devuelve cuántas descargas quitó.

    También los archivos de descargas que ningún trabajo nombra: se canceló, o se eliminó su informe.
    """
    limite = (ahora or timezone.now()) - timedelta(days=consultas.DIAS)
    viejos = Trabajo.objects.filter(pedido__lt=limite).exclude(pk__in=consultas.vivos().values("pk"))
    for trabajo in viejos:
        if trabajo.archivo:
            trabajo.archivo.delete(save=False)
        trabajo.delete()
    descargas = Path(settings.MEDIA_ROOT, str(Trabajo._meta.get_field("archivo").upload_to))
    for ruta in (*deposito().glob("*"), *descargas.glob("*")):
        with suppress(FileNotFoundError):  # otro proceso imprime o limpia al mismo tiempo
            if ruta.is_file() and ruta.stat().st_mtime < limite.timestamp():
                ruta.unlink()
    return len(viejos)
