"""Lo que no vale en un calendario, contestado con razones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from ..estados import EstadoDeSesion
from ..models import Sesion
from ..reglas import hora_prevista

# Lo ya convocado se mueve en su página, que pide la razón y dice a quién se avisó.
EN_LA_CUADRICULA = frozenset({EstadoDeSesion.PROGRAMADA})


@dataclass(frozen=True)
class Fecha:
    """Un renglón capturado; ``version`` es la de la sesión cuando se leyó, 0 si no había."""

    numero: int
    fecha: date | None
    hora: time | None
    modalidad: str
    version: int = 0

    def igual_a(self, sesion: Sesion) -> bool:
        return (self.fecha, self.hora, self.modalidad) == (
            sesion.fecha_programada,
            hora_prevista(sesion),
            sesion.modalidad,
        )


def se_captura(sesion: Sesion | None) -> bool:
    return sesion is None or (sesion.estado in EN_LA_CUADRICULA and not sesion.cerrada)


def errores_de_fechas(
    fechas: Iterable[Fecha], existentes: Mapping[int, Sesion], anio: int
) -> dict[tuple[int, str], str]:
    """(número, campo) → razón. Sólo se revisa lo que cambia: lo de antes pudo moverse con su razón."""
    errores = {}
    dias = {s.fecha_programada: n for n, s in existentes.items() if not se_captura(s)}
    anterior: Fecha | None = None
    for renglon in sorted(fechas, key=lambda f: f.numero):
        sesion = existentes.get(renglon.numero)
        if renglon.fecha is None:
            if sesion is not None:
                errores[renglon.numero, "fecha"] = "Esta sesión ya existe: para quitarla, elimínela en su página."
            elif renglon.hora:
                errores[renglon.numero, "fecha"] = "Falta la fecha."
            continue
        cambia = sesion is None or sesion.fecha_programada != renglon.fecha
        if cambia and renglon.fecha.year != anio:
            errores[renglon.numero, "fecha"] = f"La fecha no es de {anio}."
        elif cambia and renglon.fecha in dias:
            errores[renglon.numero, "fecha"] = f"Es la misma fecha que la de la {dias[renglon.fecha]:02}SO."
        elif anterior and anterior.fecha and renglon.fecha <= anterior.fecha:
            previa = existentes.get(anterior.numero)
            if cambia or previa is None or previa.fecha_programada != anterior.fecha:
                que = "Es la misma fecha que" if renglon.fecha == anterior.fecha else "Es anterior a"
                errores[renglon.numero, "fecha"] = f"{que} la de la {anterior.numero:02}SO."
        anterior = renglon
    return errores


def impedimentos_para_aprobar(sesiones: Iterable[Sesion]) -> list[str]:
    todas = list(sesiones)
    if not todas:
        return ["No hay sesiones que aprobar: escriba primero sus fechas."]
    if all(s.fecha_calendario for s in todas):
        return ["Todas las sesiones ya tienen su fecha aprobada."]
    return []
