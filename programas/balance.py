"""Las cifras de la bitácora en el balance de un informe: una por tipo de actividad."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse

from vinculacion.nucleo.renglones import Propuesta, balance, literal
from vinculacion.nucleo.secciones import Contexto

from .consultas import que_cuentan_en


@balance
def por_tipo(contexto: Contexto) -> Iterator[Propuesta]:
    """En el rubro de la acción que más registros tiene de ese tipo."""
    cuentas = (
        que_cuentan_en(contexto.periodo)
        .order_by()
        .values_list("tipo__orden", "tipo__nombre", "tipo__clave", "accion__eje__nombre")
        .annotate(n=Count("pk"))
    )
    mayores: dict[tuple[int, str, str], tuple[int, str]] = {}
    for orden, nombre, clave, eje, n in cuentas:
        tipo = (orden, nombre, clave)
        mayores[tipo] = max(mayores.get(tipo, (0, "")), (n, eje))
    for (_, nombre, clave), (_, eje) in sorted(mayores.items()):
        yield Propuesta(
            clave=f"programas.tipo:{clave}",
            rubro=eje,
            texto=f'{literal(nombre)}: {{{{ programas.unidades tipo="{clave}" }}}}',
            url=f"{reverse('programas:actividad_lista')}?tipo={clave}",
        )


@balance
def asistencia(contexto: Contexto) -> Iterator[Propuesta]:
    yield Propuesta(
        clave="programas.asistentes",
        rubro="Participación",
        texto='{{ programas.asistentes | cuenta:"persona que asistió,personas que asistieron" }} a las actividades',
        url=reverse("programas:actividad_lista"),
    )
