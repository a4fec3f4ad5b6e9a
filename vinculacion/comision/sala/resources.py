"""Los votos en hojas de cálculo: punto, capacidad y sentido."""

from vinculacion.nucleo import hojas

from ..capacidades import CapacidadDeLaSesion
from ..models import Punto, Voto
from . import acciones


class CapacidadDelPunto(CapacidadDeLaSesion):
    """La que había el día de la sesión del punto de esa fila."""

    columna_punto = "Punto"

    def __init__(self):
        super().__init__()
        self.puntos = hojas.RelacionPorNombre(Punto, consulta=lambda: Punto.objects.select_related("sesion__comision"))

    def olvida(self):
        super().olvida()
        if hasattr(self, "puntos"):
            self.puntos.olvida()

    def sesion_de(self, row):
        return self.puntos.busca(hojas.a_texto(row.get(self.columna_punto))).sesion


class VotoRecurso(hojas.Recurso):
    clave = "votos"
    titulo = "Votos en las sesiones"
    comision = hojas.Columna(attribute="punto__sesion__comision__siglas", column_name="Comisión", readonly=True)
    sesion = hojas.Columna(attribute="punto__sesion__clave", column_name="Sesión", readonly=True)
    integracion = hojas.Columna(attribute="integracion", column_name="Capacidad", widget=CapacidadDelPunto())

    class Meta:
        model = Voto
        import_id_fields = ("punto", "integracion")
        fields = ("comision", "sesion", "punto", "integracion", "sentido")

    def consulta(self):
        return Voto.objects.select_related("punto__sesion__comision", "integracion").order_by(
            "punto__sesion__fecha_programada", "punto__sesion", "punto__numero", "integracion__orden", "pk"
        )

    def guardar(self, instancia, por):
        acciones.anotar_voto(voto=instancia, por=por)
