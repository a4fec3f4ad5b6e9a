"""Las secciones que un informe puede usar, en el orden en que el editor las ofrece.

Se escriben a mano: si una sala deja de dar una de éstas, el sistema no arranca,
en vez de que el informe salga con un hueco.
"""

import inspect

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from vinculacion.nucleo.secciones import SECCIONES, Seccion

CLAVES = (
    "comision.sesiones_celebradas",
    "comision.asistencia",
    "comision.acuerdos_por_sesion",
    "comision.puntos_presentados",
    "comision.seguimiento_de_acuerdos",
    "comision.asistencia_por_persona",
    "comision.sesiones_por_tipo",
    "comision.puntos_por_tema",
    "comision.acuerdos_por_estado",
    "comision.calendario",
    "comision.votaciones",
    "programas.actividades",
    "programas.por_anio",
    "programas.avance",
    "programas.avance_por_area",
    "programas.calendario",
    "programas.cronograma",
    "programas.reprogramaciones",
    "programas.indicadores",
    "programas.mir",
    "programas.riesgos",
    "programas.mapa_de_riesgos",
    "programas.involucramiento",
    "programas.arbol",
    "programas.alternativas",
    "programas.estructura",
    "convenios.suscritos",
    "convenios.actualizaciones",
    "convenios.opiniones",
    "convenios.opiniones_por_anio",
    "convenios.acompanamientos",
    "convenios.actos",
    "convenios.compromisos",
    "convenios.pendientes",
    "convenios.vencimientos",
    "convenios.por_anio",
    "convenios.por_contraparte",
    "convenios.por_area",
    "convenios.por_pais",
    "convenios.vigentes",
    "convenios.dias_por_etapa",
    "observacion.asistencia",
    "migrantes.envios",
    "informes.observaciones",
    "informes.balance",
    "informes.pendientes",
)


def revisar() -> None:
    """Lanza ``ImproperlyConfigured`` si falta una sección del catálogo o sobra una en las salas."""
    faltan = [clave for clave in CLAVES if clave not in SECCIONES]
    sobran = [clave for clave in SECCIONES if clave not in CLAVES]
    if faltan or sobran:
        raise ImproperlyConfigured(
            f"Catálogo de secciones: faltan en las salas {faltan or 'ninguna'}; faltan en el catálogo {sobran or 'ninguna'}."
        )


def secciones() -> list[Seccion]:
    return [SECCIONES[clave] for clave in CLAVES if clave in SECCIONES]


def por_sala() -> list[tuple[str, list[tuple[Seccion, str]]]]:
    """Las secciones de cada sala con lo que cuentan, como las dice su propia función."""
    salas: dict[str, list[tuple[Seccion, str]]] = {}
    for una in secciones():
        sala = str(apps.get_app_config(una.clave.partition(".")[0]).verbose_name)
        salas.setdefault(sala, []).append((una, descripcion(una)))
    return list(salas.items())


def descripcion(seccion: Seccion) -> str:
    """El primer párrafo del docstring de quien la hace, en texto llano."""
    parrafo = (inspect.getdoc(seccion.funcion) or "").partition("\n\n")[0]
    return " ".join(parrafo.replace("``", "").split())
