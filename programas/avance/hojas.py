"""El avance en una hoja de cálculo: un renglón por acción, con sus trimestres y sus meses."""

from vinculacion.nucleo.palabras import capitaliza, mes

from .consultas import Panorama, Renglon, area_de

_DE_TRIMESTRE = ("programado", "alcanzado", "diferencia", "programado acumulado", "alcanzado acumulado", "situación")
ENCABEZADOS = [
    "Eje", "Clave", "Acción", "Unidad", "Área responsable", "De dónde cuenta",
    *(f"T{n} {dato}" for n in range(1, 5) for dato in _DE_TRIMESTRE),
    "Año programado", "Año alcanzado", "Año diferencia", "% de la meta del año", "Situación", "Por validar",
    *(f"{capitaliza(mes(n))}: {dato}" for n in range(1, 13) for dato in ("unidades", "calendario")),
]  # fmt: skip


def filas(panorama: Panorama) -> list[list]:
    return [_fila(r, panorama) for r in panorama.renglones]


def _fila(renglon: Renglon, panorama: Panorama) -> list:
    accion, avance = renglon.accion, renglon.avance.avance
    con_meta = accion.programado is not None
    fila: list = [
        str(accion.eje), accion.clave, accion.nombre, accion.unidad, str(area_de(accion) or ""),
        accion.get_fuente_display(),
    ]  # fmt: skip
    for numero, (cuenta, luz) in enumerate(zip(avance.trimestres, renglon.luces(panorama.fecha), strict=True), 1):
        acumulado = avance.acumulado(numero)
        fila += [
            _si(con_meta, cuenta.programado), cuenta.alcanzado, _si(con_meta, cuenta.diferencia),
            _si(con_meta, acumulado.programado), acumulado.alcanzado, luz.texto,
        ]  # fmt: skip
    cumplido = renglon.avance.cumplido
    anual = avance.anual
    fila += [
        _si(con_meta, anual.programado), anual.alcanzado, _si(con_meta, anual.diferencia),
        None if cumplido is None else round(float(cumplido), 1), renglon.luz.texto, renglon.avance.por_validar,
    ]  # fmt: skip
    for uno in renglon.meses:
        fila += [uno.alcanzado, uno.marca.texto]
    return fila


def _si(hay: bool, valor: int) -> int | None:
    """Un plan sin cantidades no programó cero: no dijo cuánto."""
    return valor if hay else None
