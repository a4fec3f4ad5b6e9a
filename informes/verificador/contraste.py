"""Lo que el verificador pregunta a las salas para contrastar lo que el informe dice."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from convenios.models import Convenio
from informes import armado
from informes.models import Informe
from vinculacion.comision.estados import ClaseDeAviso
from vinculacion.comision.models import Comision, Convocatoria, Sesion
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.salida.documento import Documento
from vinculacion.nucleo.salida.json import desde_datos
from vinculacion.nucleo.secciones import CIFRAS
from vinculacion.nucleo.texto import llano


def sesiones_por_clave(comision: Comision) -> dict[tuple[int, str, int], Sesion]:
    """(número, tipo, año) → sesión, de las que la comisión tiene registradas."""
    return {(s.numero, s.tipo, s.anio): s for s in Sesion.objects.filter(comision=comision)}


@dataclass(frozen=True)
class AvisoDistinto:
    sesion: Sesion
    anunciada: date


def avisos_de_otro_dia(comision: Comision, periodo: Periodo) -> list[AvisoDistinto]:
    """Sesiones del periodo cuyo último aviso anunció un día que no es el suyo."""
    avisos = (
        Convocatoria.objects.filter(sesion__comision=comision)
        .exclude(clase=ClaseDeAviso.CANCELACION)
        .select_related("sesion")
        .order_by("emitida_el", "pk")
    )
    ultimos = {aviso.sesion_id: aviso for aviso in avisos}
    return [
        AvisoDistinto(a.sesion, a.fecha_de_la_sesion)
        for a in ultimos.values()
        if a.sesion.fecha in periodo and a.fecha_de_la_sesion != a.sesion.fecha
    ]


def folios_de_convenios() -> set[str]:
    return set(Convenio.objects.exclude(folio="").values_list("folio", flat=True))


def nombres_del_directorio(minimo: int) -> dict[str, str]:
    """De cómo se llaman sin acentos a cómo se llaman; los que el directorio mismo escribe de dos modos no están."""
    nombres: dict[str, str] = {}
    dudosos = set()
    for modelo in (Organismo, Area):
        anteriores = modelo._meta.get_field("nombres").related_model
        for consulta in (modelo._default_manager, anteriores._default_manager):
            for nombre in consulta.values_list("nombre", flat=True):
                if len(nombre) >= minimo and nombres.setdefault(llano(nombre), nombre) != nombre:
                    dudosos.add(llano(nombre))
    return {clave: nombre for clave, nombre in nombres.items() if clave not in dudosos}


def informe_anterior(informe: Informe) -> Informe | None:
    return (
        Informe.objects.filter(comision=informe.comision, fin__lt=informe.inicio)
        .select_related("comision")
        .order_by("-fin", "-pk")
        .first()
    )


def documento_de(informe: Informe) -> Documento:
    """Lo que ese informe decía: su última versión guardada o, si no tiene, lo que hoy dice."""
    version = informe.versiones.order_by("-numero").first()
    if version is not None:
        try:
            return desde_datos(version.documento)
        except (ValueError, KeyError, TypeError):
            pass  # una versión que ya no se entiende no impide verificar
    return armado.armar(informe).documento


def cifras_por_sustantivo(informe: Informe, sustantivos: Set[str]) -> dict[str, set[int]]:
    """Lo que las cifras vivas sin parámetros dicen hoy de cada cosa: «convenios» → {1, 37}."""
    contexto = armado.contexto_de(informe)
    valores: dict[str, set[int]] = {}
    sin_saber = set()
    for cifra in CIFRAS.values():
        plural = llano(cifra.plural)
        if cifra.tipo != "numero" or plural not in sustantivos:
            continue
        try:
            valores.setdefault(plural, set()).add(int(cifra.valor(contexto)))
        except (TypeError, ValueError):
            sin_saber.add(plural)  # pide parámetros: no se sabe cuál vale
    return {plural: suyos for plural, suyos in valores.items() if plural not in sin_saber}
