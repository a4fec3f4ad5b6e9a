"""Los renglones de un informe con su historia: qué se propuso, qué escribió una persona y qué cambió en los registros."""

from dataclasses import dataclass

from django.db.models import QuerySet

from informes import narrativa
from informes.armado import contexto_de
from informes.models import Informe, Renglon
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.renglones import Propuesta
from vinculacion.nucleo.secciones import CIFRAS

from . import origen

PROPUESTO = "Propuesto de los registros"


def renglones(informe: Informe, clase: str) -> QuerySet[Renglon]:
    return Renglon.objects.filter(informe=informe, clase=clase).order_by("orden", "pk")


def propuesto(lista: list[Renglon]) -> dict[int, str]:
    """Lo último que el sistema propuso para cada uno: si dice otra cosa, lo escribió una persona."""
    historia = Renglon.history.filter(id__in=[r.pk for r in lista], history_change_reason=PROPUESTO)
    return dict(historia.order_by("history_id").values_list("id", "texto"))


@dataclass(frozen=True)
class Estado:
    """Un renglón como se ve en su página."""

    renglon: Renglon
    propuesta: Propuesta | None
    url: str
    editado: bool
    hoy: str
    errores: tuple[str, ...]

    @property
    def a_mano(self) -> bool:
        return not self.renglon.clave

    @property
    def ya_no(self) -> bool:
        """Salió de un registro que ya no lo sostiene."""
        return bool(self.renglon.clave) and self.propuesta is None

    @property
    def otra_propuesta(self) -> str:
        """Lo que hoy se propondría, cuando no es lo que dice ni lo que ya se propuso."""
        if self.propuesta is None or not self.editado or self.propuesta.texto == self.renglon.texto:
            return ""
        return self.propuesta.texto


def estados(informe: Informe, clase: str, lista: list[Renglon] | None = None) -> list[Estado]:
    lista = list(renglones(informe, clase)) if lista is None else lista
    vigentes = origen.propuestas(informe, clase)
    antes, urls, contexto = propuesto(lista), origen.direcciones(lista, vigentes), contexto_de(informe)
    salida = []
    with memoria():
        for renglon in lista:
            errores: tuple[str, ...] = ()
            try:
                dice = narrativa.redactar(renglon.texto, contexto, CIFRAS)
            except narrativa.NarrativaInvalida as error:
                dice, errores = "", tuple(str(e) for e in error.errores)
            salida.append(
                Estado(
                    renglon,
                    vigentes.get(renglon.clave),
                    urls.get(renglon.pk, ""),
                    bool(renglon.clave) and antes.get(renglon.pk) != renglon.texto,
                    dice,
                    errores,
                )
            )
    return salida


def por_proponer(informe: Informe, clase: str, lista: list[Renglon]) -> int:
    """Cuántas propuestas de hoy no están todavía."""
    puestas = {r.clave for r in lista}
    nuevas = {c: p for c, p in origen.propuestas(informe, clase).items() if c not in puestas}
    return len(origen.dicen_algo(informe, nuevas))
