"""Lo que los registros suman por día, ya sumado: así el avance tarda lo mismo con mil que con un millón."""

from django.db import models

from programas.estados import EstadoDeActividad

from .planes import Accion


class SumaDiaria(models.Model):
    """La escribe la base misma, con disparadores (``programas/sumas.py``); nadie más."""

    calculado = True  # no se respalda: se vuelve a sumar al restaurar

    accion = models.ForeignKey(Accion, models.CASCADE, related_name="+")
    fecha = models.DateField("día en que concluyeron")
    estado = models.CharField("estado", max_length=10, choices=EstadoDeActividad.choices)
    registros = models.PositiveIntegerField("registros")
    unidades = models.PositiveBigIntegerField("unidades")

    class Meta:
        verbose_name = "suma de un día"
        verbose_name_plural = "sumas por día"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["accion", "fecha", "estado"], name="suma_diaria_unica")]

    def __str__(self) -> str:
        return f"{self.accion} {self.fecha:%d/%m/%Y} ({self.estado}): {self.unidades}"
