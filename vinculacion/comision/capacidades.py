"""Cómo se nombra una capacidad en una hoja de cálculo."""

import re

from vinculacion.nucleo import hojas
from vinculacion.nucleo.hojas.celdas import normaliza

from .models import Integracion, Sesion
from .reglas import estaba_vigente


def _sin_aire(texto: str) -> str:
    """«CVOE: Presidencia» y «CVOE:Presidencia» son lo mismo."""
    return re.sub(r"\s*:\s*", ":", normaliza(texto))


class CapacidadDeLaSesion(hojas.RelacionPorNombre):
    """Quien dice «Presidencia» habla de la que había el día de la sesión de esa fila."""

    formato = "Nombre de la capacidad como está en la integración"
    columna_sesion = "Sesión"

    def __init__(self):
        super().__init__(Integracion, consulta=lambda: Integracion.objects.select_related("comision"))
        self.sesiones = hojas.RelacionPorNombre(Sesion, consulta=lambda: Sesion.objects.select_related("comision"))

    def olvida(self):
        super().olvida()
        if hasattr(self, "sesiones"):
            self.sesiones.olvida()

    def sesion_de(self, row) -> Sesion:
        return self.sesiones.busca(hojas.a_texto(row.get(self.columna_sesion)))

    def clean(self, value, row=None, **kwargs):
        texto = hojas.a_texto(value)
        if not texto:
            return None
        try:
            sesion = self.sesion_de(row or {})
        except ValueError:
            return self.busca(texto)  # el error de la sesión sale en su columna
        self._carga()
        buscado = _sin_aire(texto)
        suyas = [
            i
            for i in self._objetos.values()
            if i.comision_id == sesion.comision_id
            and buscado in (_sin_aire(i.nombre), _sin_aire(f"{i.comision.siglas}:{i.nombre}"))
        ]
        ese_dia = [i for i in suyas if estaba_vigente(i, sesion.fecha)]
        candidatas = ese_dia or suyas
        if len(candidatas) > 1 and not ese_dia:
            # Se le anotó antes de saber que ya no integraba la comisión: es quien tiene la marca.
            con_marca = set(sesion.asistencias.order_by().values_list("integracion", flat=True))
            candidatas = [i for i in suyas if i.pk in con_marca] or suyas
        if len(candidatas) > 1:
            raise ValueError(f"«{texto}» nombra a varias capacidades el día de la sesión; distinga sus nombres.")
        return candidatas[0] if candidatas else self.busca(texto)

    def nombre(self, pk):
        self._carga()
        return self._objetos[pk].nombre
