"""Lo que hace el proceso de segundo plano con un trabajo; puede morir a la mitad y volver a empezar."""

import logging
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from informes import armado
from informes.estados import EstadoDeTrabajo
from informes.exportacion import escribir
from informes.models import Trabajo
from vinculacion.nucleo.salida.imprenta.taller import Cancelado

from . import consultas

registro = logging.getLogger(__name__)
CADA = 0.7  # segundos entre una señal y otra: más seguido sólo estorba a quien captura


def deposito() -> Path:
    """Donde quedan las piezas impresas, para no imprimir otra vez lo que no cambió."""
    carpeta = Path(settings.MEDIA_ROOT, "informes", "imprenta")
    carpeta.mkdir(parents=True, exist_ok=True, mode=0o700)
    return carpeta


def hacer(clave: int) -> str:
    """Idempotente: un trabajo listo o cancelado no se repite, y dos procesos no hacen el mismo."""
    if not consultas.apartar(clave, timezone.now()):
        return "Ya lo hace otro proceso, o ya no hace falta."
    trabajo = Trabajo.objects.select_related("informe").get(pk=clave)
    try:
        contenido = _contenido(trabajo)
    except Cancelado:
        _termina(trabajo, EstadoDeTrabajo.CANCELADO, paso="Se canceló.")
        return "Cancelado."
    except armado.InformeConProblemas as error:
        _termina(trabajo, EstadoDeTrabajo.FALLIDO, error=str(error))
        return "El informe tiene problemas."
    except Exception:
        registro.exception("No se pudo hacer el trabajo %s", clave)
        _termina(trabajo, EstadoDeTrabajo.FALLIDO, error="La imprenta falló; quedó anotado para Administración.")
        raise
    if Trabajo.objects.filter(pk=clave, cancelar=True).exists():
        _termina(trabajo, EstadoDeTrabajo.CANCELADO, paso="Se canceló.")
        return "Cancelado."
    nombre = f"{trabajo.informe.clave}-{trabajo.huella[:12]}.{trabajo.formato}"
    trabajo.archivo.save(nombre, ContentFile(contenido), save=False)
    _termina(trabajo, EstadoDeTrabajo.LISTO, avance=100, archivo=trabajo.archivo.name, paso="")
    limpiar()
    return "Listo."


def _contenido(trabajo: Trabajo) -> bytes:
    avisar = _Avisador(trabajo)
    avisar.fase("Se reúnen los registros", 2)
    documento = armado.armar(consultas.informe_de(trabajo), lambda titulo: avisar.fase(titulo, 5)).exigir()
    # Lo que se entrega es lo que hoy dicen los registros, aunque haya cambiado desde que se pidió.
    huella = consultas.huella(documento, trabajo.formato)
    if huella != trabajo.huella and not consultas.vivos().filter(huella=huella, formato=trabajo.formato).exists():
        trabajo.huella = huella
        Trabajo.objects.filter(pk=trabajo.pk).update(huella=huella)
    avisar.fase("Se imprime" if trabajo.formato == "pdf" else "Se escribe", 10)
    contenido = escribir(documento, trabajo.formato, avisar=avisar.piezas, deposito=deposito())
    avisar.fase("Se guarda", 98)
    return contenido


class _Avisador:
    """Anota en qué va y se entera de si ya no lo quieren."""

    def __init__(self, trabajo: Trabajo):
        self.trabajo, self.ultima = trabajo, 0.0

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
        trabajos = Trabajo.objects.filter(pk=self.trabajo.pk)
        trabajos.update(paso=paso[:300], avance=avance, latido=timezone.now())
        if trabajos.filter(cancelar=True).exists():
            raise Cancelado


def _termina(trabajo: Trabajo, estado: str, **datos) -> None:
    ahora = timezone.now()
    Trabajo.objects.filter(pk=trabajo.pk).update(estado=estado, terminado=ahora, latido=ahora, **datos)


def limpiar(ahora: datetime | None = None) -> int:
    """Descargas y piezas de imprenta que nadie ha usado en una semana. Devuelve cuántas descargas quitó."""
    limite = (ahora or timezone.now()) - timedelta(days=consultas.DIAS)
    viejos = Trabajo.objects.filter(pedido__lt=limite).exclude(pk__in=consultas.vivos().values("pk"))
    for trabajo in viejos:
        if trabajo.archivo:
            trabajo.archivo.delete(save=False)
        trabajo.delete()
    for ruta in deposito().iterdir():
        if ruta.stat().st_mtime < limite.timestamp():
            ruta.unlink(missing_ok=True)
    return len(viejos)
