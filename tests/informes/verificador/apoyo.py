"""Fragmentos hechos a mano para probar una regla sola."""

from informes.verificador.fragmentos import Fragmento
from informes.verificador.hallazgos import Hallazgo, Regla, Revision
from vinculacion.nucleo.bloques import Bloque, Columna, Parrafo, Tabla
from vinculacion.nucleo.periodos import Periodo, Trimestre

T4 = Trimestre(2020, 4).periodo


def correr(regla: Regla, *bloques: Bloque | str, periodo: Periodo | None = T4, apartado: str = "A) Reuniones"):
    """Lo que ``regla`` halla en un apartado con esos bloques; un texto suelto es un párrafo."""
    piezas = [Parrafo(bloque) if isinstance(bloque, str) else bloque for bloque in bloques]
    return list(regla.revisar(Revision([Fragmento(apartado, pieza) for pieza in piezas], periodo)))


def tabla(encabezado: str, *filas: tuple, **mas) -> Tabla:
    return Tabla(tuple(Columna(titulo) for titulo in encabezado.split("|")), tuple(filas), **mas)


def explicaciones(hallazgos: list[Hallazgo]) -> str:
    return " ".join(h.explicacion for h in hallazgos)
