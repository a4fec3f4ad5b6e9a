"""Imprimir una versión antes de guardarla.

El PDF tarda segundos y no debe tener esperando a los demás: se imprime fuera de la transacción, con
lo que los registros dicen en ese momento. Al guardar se vuelve a armar (sin imprimir) y se compara.
"""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from informes import armado, exportacion
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.models import Informe, VersionDeInforme
from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Colofon, Columna, Parrafo, Tabla
from vinculacion.nucleo.salida import json
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento
from vinculacion.nucleo.salida.imprenta import taller

from . import consultas
from .huellas import ANCLA_DE_ERRATA, COLOFON, huella_de, version_del_sistema

NOTA_DEL_COLOFON = (
    "La huella se calcula sobre el contenido, sin esta hoja. En la dirección de arriba se confirma también la de "
    "este archivo y se sabe si otra versión lo corrigió."
)

CAMBIO = (
    "Desde que se pidió cambió algo de lo que el informe cuenta: no se aprobó nada. Revíselo y vuelva a intentarlo."
)


class Encargo:
    """Quien pide imprimir. Éste espera ahí mismo; el de un trabajo dice en qué va y puede arrepentirse.

    ``visto``: la huella del contenido que se quiso aprobar; vacía, el que haya al imprimir.
    """

    visto = ""

    def fase(self, paso: str, avance: int) -> None:
        """Puede lanzar ``taller.Cancelado``."""

    def piezas(self, hechas: int, total: int) -> None:
        """Puede lanzar ``taller.Cancelado``."""

    def al_guardar(self, version: VersionDeInforme) -> None:
        """Dentro de la transacción que la guarda; si lanza ``taller.Cancelado``, no se guarda nada."""


@dataclass(frozen=True)
class Errata:
    lugar: str
    dice: str
    debe_decir: str


@dataclass(frozen=True)
class Preparada:
    """Una versión ya impresa que todavía no existe en la base."""

    clase: str
    documento: Documento
    huella: str
    clave_publica: str
    ordinal: int
    sustituye_a: VersionDeInforme | None
    archivos: dict[str, bytes]

    def nombre(self, formato: str) -> str:
        return f"{slugify(self.documento.clave)}-v{self.ordinal}.{formato}"


def documento_por_aprobar(informe: Informe, avisar: Callable[[str], None] | None = None) -> Documento:
    """El informe como quedará aprobado, con su acuerdo en la portada; ``ValidationError`` si no se puede armar."""
    aprobado = Informe.objects.select_related("comision", "punto__sesion", "acuerdo", "identidad").get(pk=informe.pk)
    aprobado.estado = EstadoDeInforme.APROBADO
    try:
        return armado.armar(aprobado, avisar).exigir()
    except armado.InformeConProblemas as error:
        raise ValidationError([f"No se puede armar: {problema}" for problema in error.problemas]) from error


def huella_por_aprobar(informe: Informe) -> str:
    """La de lo que se aprobaría ahora: la página la lleva para que no se apruebe otra cosa que la leída."""
    return huella_de(json.a_datos(documento_por_aprobar(informe)))


def preparar(informe: Informe, clase: str, encargo: Encargo) -> Preparada:
    """La primera versión aprobada o su corrección, impresa en todos los formatos."""
    documento = documento_por_aprobar(informe, lambda titulo: encargo.fase(titulo, 3))
    if encargo.visto and encargo.visto != huella_de(json.a_datos(documento)):
        raise ValidationError(CAMBIO)
    return _imprimir(documento, clase, consultas.ultima_congelada(informe), encargo)


def preparar_errata(version: VersionDeInforme, erratas: list[Errata], encargo: Encargo) -> Preparada:
    """El documento de ``version`` tal cual, con un anexo más."""
    documento = sin_colofon(consultas.documento_de(version))
    numero = 1 + sum(a.ancla.startswith(ANCLA_DE_ERRATA) for a in documento.apartados)
    anexo = ApartadoArmado(
        numero="",
        titulo="Fe de erratas" if numero == 1 else f"Fe de erratas {numero}",
        nivel=1,
        bloques=(
            Parrafo(f"Corrige la versión {version.lugar} de este documento, que en lo demás queda igual."),
            Tabla(
                (Columna("No.", "centro", 6), Columna("Lugar", ancho=24), Columna("Dice"), Columna("Debe decir")),
                tuple((n, e.lugar, e.dice, e.debe_decir) for n, e in enumerate(erratas, start=1)),
            ),
        ),
        ancla=f"{ANCLA_DE_ERRATA}-{numero}",
    )
    con_anexo = replace(documento, apartados=(*documento.apartados, anexo))
    return _imprimir(con_anexo, ClaseDeVersion.ERRATA, version, encargo)


def sin_colofon(documento: Documento) -> Documento:
    return replace(documento, apartados=tuple(a for a in documento.apartados if a.ancla != COLOFON))


def _imprimir(documento: Documento, clase: str, anterior: VersionDeInforme | None, encargo: Encargo) -> Preparada:
    if exportacion.tarda(documento, "pdf"):
        taller.encender()  # se alista mientras se escriben los demás formatos
    momento = timezone.now().replace(microsecond=0)
    clave_publica = secrets.token_hex(10)
    numero = anterior.lugar + 1 if anterior else 1
    huella = huella_de(json.a_datos(documento))
    pie = ApartadoArmado(
        "", "Colofón", 1, (_colofon(documento, clase, numero, huella, clave_publica, momento),), ancla=COLOFON
    )
    entero = replace(documento, creado=momento, apartados=(*documento.apartados, pie))
    escritos = {}
    for formato in sorted(exportacion.FORMATOS, key=lambda f: f == "pdf"):  # el PDF al final: es el que dice en qué va
        encargo.fase(f"Se escribe: {exportacion.FORMATOS[formato].nombre}", 6)
        escritos[formato] = exportacion.escribir(
            entero, formato, avisar=encargo.piezas, deposito=exportacion.deposito()
        )
    archivos = {formato: escritos[formato] for formato in exportacion.FORMATOS}
    return Preparada(clase, entero, huella, clave_publica, numero, anterior, archivos)


def direccion_publica(clave: str) -> str:
    return f"{settings.DIRECCION_PUBLICA.rstrip('/')}{reverse('constancia:ver', args=[clave])}"


def qr_de(direccion: str) -> str:
    """El código como SVG suelto, con su margen blanco, que las cámaras necesitan."""
    salida = io.BytesIO()
    segno.make(direccion, error="m").save(salida, kind="svg", xmldecl=False, scale=4, dark="#000", light="#fff")
    return salida.getvalue().decode().strip()


def _colofon(documento: Documento, clase: str, numero: int, huella: str, clave: str, momento: datetime) -> Colofon:
    portada = documento.portada
    local = timezone.localtime(momento)
    direccion = direccion_publica(clave)
    datos = (
        ("Versión", f"{numero} ({ClaseDeVersion(clase).label.lower()})"),
        ("Congelada el", f"{palabras.fecha_larga(local.date())}, {local:%H:%M} horas"),
        ("Sesión", ", ".join(filter(None, (portada.sesion, portada.fecha_sesion_escrita.lower())))),
        ("Punto del orden del día", str(portada.punto)),
        ("Acuerdo", portada.acuerdo),
        ("Corrige a", f"versión {numero - 1}" if numero > 1 else ""),
        ("Sistema", version_del_sistema()),
    )
    return Colofon(
        datos=tuple((rotulo, valor) for rotulo, valor in datos if valor),
        huella=huella,
        direccion=direccion,
        qr=qr_de(direccion),
        nota=NOTA_DEL_COLOFON,
    )
