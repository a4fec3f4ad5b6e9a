"""Lo que la matriz de indicadores pide atender."""

from datetime import timedelta

from django.urls import reverse

from programas import consultas as planes
from programas.estados import EstadoDePrograma
from programas.metas.consultas import cerrados
from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import capitaliza, concuerda, enumera
from vinculacion.nucleo.periodos import Periodo, Trimestre

from . import consultas

NOMBRADAS = 4


@avisos
def sin_explicar(usuario, fecha):
    """A quien responde de los indicadores, los que concluyeron ayer o antes fuera del verde y sin explicación."""
    if not usuario.has_perm("programas.change_indicador"):
        return
    ayer = fecha - timedelta(days=1)  # el periodo que termina hoy todavía no se exige
    # En enero todavía se explica el último trimestre del año que terminó.
    vigentes = planes.programas().filter(anio__in=(fecha.year, fecha.year - 1), estado=EstadoDePrograma.APROBADO)
    for programa in vigentes.filter(indicadores__isnull=False).distinct():
        # Lo de un trimestre cerrado ya se informó así: no se puede explicar sin abrirlo.
        informados = cerrados(programa)
        pendientes = [
            m
            for m in consultas.sin_explicar([programa], Periodo.anual(programa.anio), ayer)
            if Trimestre.de(m.periodo.fin).numero not in informados
        ]
        if pendientes:
            nombres = enumera([f"{m.indicador.clave} ({m.rotulo})" for m in pendientes[:NOMBRADAS]])
            de_mas = f" y {len(pendientes) - NOMBRADAS} más" if len(pendientes) > NOMBRADAS else ""
            yield Aviso(
                "Indicadores sin explicar",
                f"{programa.clave}: {capitaliza(concuerda(len(pendientes), 'resultado', 'resultados'))}"
                f" fuera del verde sin causa, acción y pronóstico: {nombres}{de_mas}",
                reverse("programas:mir", args=[programa.pk]),
                gravedad="atencion",
            )
