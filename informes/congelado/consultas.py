"""Lo que un informe tiene guardado: su estructura de hoy, sus versiones y cómo llegó a su estado."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from informes.arbol import DE_APARTADO, DE_IMAGEN, DE_USO, Nodo, arbol, valores
from informes.estados import CONGELADOS, ClaseDeVersion, EstadoDeInforme
from informes.models import ArchivoDeVersion, Informe, VersionDeInforme
from vinculacion.nucleo.salida import json
from vinculacion.nucleo.salida.documento import Documento


def estructura_de(informe: Informe) -> dict:
    """El árbol como datos que ``json.dumps`` acepta: lo que hace falta para compararlo o rehacerlo."""
    return {
        "informe": {
            "clave": informe.clave,
            "titulo": informe.titulo,
            "comision": informe.comision_id,
            "unidad": informe.unidad,
            "inicio": informe.inicio.isoformat(),
            "fin": informe.fin.isoformat(),
            "identidad": informe.identidad_id,
            "punto": informe.punto_id,
            "acuerdo": informe.acuerdo_id,
        },
        "apartados": [_nodo(nodo) for nodo in arbol(informe)],
        "renglones": list(
            informe.renglones.order_by("clase", "orden", "pk").values(
                "pk", "clase", "clave", "rubro", "texto", "orden", "incluido"
            )
        ),
    }


def _nodo(nodo: Nodo) -> dict:
    apartado = nodo.apartado
    return {
        "pk": apartado.pk,
        "numero": nodo.numero,
        "accion": apartado.accion.clave if apartado.accion else "",
        **valores(apartado, DE_APARTADO),
        "secciones": [{"pk": uso.pk, **valores(uso, DE_USO)} for uso in apartado.secciones.all()],
        "imagenes": [
            {"pk": imagen.pk, **valores(imagen, DE_IMAGEN), "archivo": imagen.archivo.name}
            for imagen in apartado.imagenes.all()
        ],
        "hijos": [_nodo(hijo) for hijo in nodo.hijos],
    }


# -- versiones -----------------------------------------------------------------


def congeladas(informe: Informe) -> QuerySet[VersionDeInforme]:
    """De la más nueva a la primera, sin traer sus documentos."""
    return (
        informe.versiones.exclude(clase=ClaseDeVersion.TRABAJO)
        .select_related("por", "informe", "sustituye_a")
        .prefetch_related(Prefetch("archivos", ArchivoDeVersion.objects.order_by("pk")))  # el PDF, primero
        .defer("documento", "estructura", "evidencias")
        .order_by("-numero")
    )


def ultima_congelada(informe: Informe) -> VersionDeInforme | None:
    return congeladas(informe).first()


def vigente(informe: Informe) -> VersionDeInforme | None:
    """La que manda mientras el informe está aprobado o publicado; ``None`` si hoy es un borrador."""
    return ultima_congelada(informe) if informe.estado in CONGELADOS else None


def en_correccion(informe: Informe) -> VersionDeInforme | None:
    """La versión que se está corrigiendo: el informe volvió a revisión después de aprobado."""
    return None if informe.estado in CONGELADOS else ultima_congelada(informe)


def numeradas(versiones: Iterable[VersionDeInforme]) -> list[VersionDeInforme]:
    """Todas las de un informe, de la más nueva a la primera, con su lugar ya puesto: sin preguntar por cada una."""
    suyas, cuentas = list(versiones), Counter[bool]()
    for version in reversed(suyas):
        cuentas[version.congelada] += 1
        version.lugar = cuentas[version.congelada]
    return suyas


def documento_de(version: VersionDeInforme) -> Documento:
    return json.desde_datos(version.documento)


def archivo_de(version: VersionDeInforme, formato: str) -> ArchivoDeVersion | None:
    return next((archivo for archivo in version.archivos.all() if archivo.formato == formato), None)


class ArchivoPerdido(LookupError):
    """Lo congelado no está en el almacén: se dice, en vez de dar otro documento en su lugar."""

    def __init__(self, archivo: ArchivoDeVersion):
        super().__init__(f"El archivo congelado «{archivo.nombre}» no está en el almacén: recupérelo del respaldo.")


def contenido(version: VersionDeInforme, formato: str) -> bytes | None:
    """Los bytes que se congelaron; ``None`` si ese formato no se guardó. ``ArchivoPerdido`` si falta."""
    archivo = archivo_de(version, formato)
    if archivo is None:
        return None
    try:
        with archivo.archivo.open("rb") as abierto:
            return abierto.read()
    except OSError as error:
        raise ArchivoPerdido(archivo) from error


# -- cómo llegó hasta aquí -------------------------------------------------------


@dataclass(frozen=True)
class Cambio:
    """Un paso de un estado a otro, con quién, cuándo y la nota que dejó."""

    estado: str
    cuando: datetime
    por: str
    nota: str
    atras: bool

    @property
    def texto(self) -> str:
        return str(EstadoDeInforme(self.estado).label)


def pasos_dados(informe: Informe) -> list[Cambio]:
    """Del primero al último; salen de la historia del informe, que nadie puede reescribir."""
    orden = list(EstadoDeInforme.values)
    dados: list[Cambio] = []
    for registro in informe.history.select_related("history_user").order_by("history_date", "history_id"):
        previo = dados[-1].estado if dados else ""
        if registro.estado != previo:
            atras = bool(previo) and orden.index(registro.estado) < orden.index(previo)
            quien = str(registro.history_user or "")
            dados.append(
                Cambio(registro.estado, registro.history_date, quien, registro.history_change_reason or "", atras)
            )
    return dados
