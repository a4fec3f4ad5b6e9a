"""El avance listo para pintarse: cada cifra con su luz y la dirección de los registros que la forman."""

from programas.consultas import CERO
from vinculacion.nucleo.palabras import capitaliza, mes, numero, porcentaje
from vinculacion.nucleo.periodos import Periodo, Trimestre

from .consultas import Grupo, Marca, Panorama, Renglon
from .enlaces import metas_de, registros_de

MESES_CORTOS = tuple(capitaliza(mes(n))[:3] for n in range(1, 13))


def fila_de_accion(renglon: Renglon, panorama: Panorama) -> dict:
    accion, avance, anio, al = renglon.accion, renglon.avance.avance, panorama.programa.anio, panorama.fecha
    enero = Periodo.anual(anio).inicio
    celdas = []
    for n, (cuenta, luz) in enumerate(zip(avance.trimestres, renglon.luces(al), strict=True), 1):
        trimestre = Trimestre(anio, n)
        empezo, acumulado = trimestre.inicio <= al, avance.acumulado(n)
        celdas.append(
            {
                "titulo": f"{n}T",
                "nombre": f"{trimestre.ordinal} trimestre",
                "cuenta": cuenta,
                "diferencia": con_signo(cuenta.diferencia),
                "luz": luz,
                "url": registros_de([accion], trimestre.periodo, al),
                "acumulado": acumulado if empezo and n > 1 and acumulado != CERO else None,
                "url_acumulado": registros_de([accion], Periodo(enero, trimestre.fin), al),
                "vacia": not cuenta.programado and not cuenta.alcanzado,
            }
        )
    cumplido = renglon.avance.cumplido
    return {
        "accion": accion,
        "con_meta": accion.programado is not None,
        "fuente": "" if accion.fuente == "bitacora" else accion.get_fuente_display(),
        "celdas": celdas,
        "anual": avance.anual,
        "diferencia": con_signo(avance.anual.diferencia),
        "cumplido": "" if cumplido is None else porcentaje(cumplido),
        "por_validar": renglon.avance.por_validar,
        "luz": renglon.luz,
        "url": registros_de([accion], Periodo.anual(anio), al),
        "metas": metas_de(accion),
    }


def fila_de_grupo(grupo: Grupo, panorama: Panorama, eje=None) -> dict:
    return {
        "grupo": grupo,
        "eje": eje,
        "anual": grupo.avance.anual if grupo.avance else None,
        "unidad": grupo.unidad,
        "cumplido": "" if grupo.cumplido is None else porcentaje(grupo.cumplido),
        "url": registros_de([r.accion for r in grupo.renglones], Periodo.anual(panorama.programa.anio), panorama.fecha),
    }


def fila_de_calendario(renglon: Renglon, panorama: Panorama) -> dict:
    anio = panorama.programa.anio
    return {
        "accion": renglon.accion,
        "meses": [
            {
                "mes": uno,
                "nombre": mes(uno.numero),
                "corto": MESES_CORTOS[uno.numero - 1],
                "inicia_trimestre": uno.numero % 3 == 1,
                "url": registros_de([renglon.accion], Periodo.mes(anio, uno.numero), panorama.fecha)
                if uno.alcanzado
                else "",
            }
            for uno in renglon.meses
        ],
    }


def leyenda() -> list[tuple[str, Marca]]:
    ejemplo = {Marca.HECHO: "3", Marca.FUERA: "+2"}
    return [(ejemplo.get(marca, marca.signo), marca) for marca in Marca if marca is not Marca.NADA]


def con_signo(diferencia: int) -> str:
    """«+3», «−2», «0»: con el signo menos de verdad."""
    return "0" if not diferencia else f"{'+' if diferencia > 0 else '−'}{numero(abs(diferencia))}"
