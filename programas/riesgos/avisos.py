"""Tratamientos vencidos o por vencer y notas de seguimiento que faltan."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from programas.models import Tratamiento
from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import capitaliza, concuerda
from vinculacion.nucleo.periodos import Trimestre

from . import consultas

UNO_POR_UNO = 5  # de ahí en adelante se cuentan juntos


@avisos
def tratamientos_vencidos(usuario, fecha):
    """A Dirección, que los atiende, y a la Secretaría técnica, que da seguimiento al plan."""
    de_secretaria = usuario.has_perm("programas.view_riesgo") and usuario.has_perm("programas.abrir_candado")
    if not (usuario.has_perm("programas.change_riesgo") or de_secretaria):
        return
    # Lo de hace dos años o más ya no se atiende: se ve en su plan, que debería estar cerrado.
    hallados = list(consultas.vencidos(fecha).filter(riesgo__programa__anio__gte=fecha.year - 1))
    yield from _de_cada_uno("Tratamiento de riesgo vencido", hallados[:UNO_POR_UNO], "vencido")
    if otros := hallados[UNO_POR_UNO:]:
        yield Aviso(
            "Tratamiento de riesgo vencido",
            capitaliza(f"{concuerda(len(otros), 'tratamiento', 'tratamientos')} más sin concluir"),
            _lista("vencidos"),
            otros[0].termino,
            "vencido",
        )


@avisos
def tratamientos_por_vencer(usuario, fecha):
    if not usuario.has_perm("programas.change_riesgo"):
        return
    hallados = list(consultas.tratamientos_por_vencer(fecha))
    yield from _de_cada_uno("Tratamiento de riesgo por vencer", hallados[:UNO_POR_UNO], "atencion")
    if otros := hallados[UNO_POR_UNO:]:
        yield Aviso(
            "Tratamiento de riesgo por vencer",
            capitaliza(f"{concuerda(len(otros), 'tratamiento', 'tratamientos')} más por concluir"),
            _lista("pronto"),
            otros[0].termino,
            "atencion",
        )


@avisos
def notas_que_faltan(usuario, fecha):
    """Terminado un trimestre, los riesgos de los que nadie ha dicho qué pasó; uno por programa."""
    if not usuario.has_perm("programas.change_riesgo"):
        return
    trimestre = Trimestre.de(fecha).anterior()
    for programa, riesgos in consultas.sin_nota(fecha).items():
        cuantos = concuerda(len(riesgos), "riesgo", "riesgos")
        yield Aviso(
            "Seguimiento de riesgos",
            f"{programa.clave}: {cuantos} sin nota del {trimestre}",
            f"{reverse('programas:riesgos', args=[programa.pk])}?estado=sin_nota",
            gravedad="atencion",
        )


def _de_cada_uno(clase: str, tratamientos: list[Tratamiento], gravedad: str) -> Iterator[Aviso]:
    for t in tratamientos:
        titulo = f"{t.riesgo.programa.clave}, riesgo {t.riesgo.numero}: {Truncator(t.descripcion).words(12)}"
        yield Aviso(clase, titulo, t.get_absolute_url(), t.termino, gravedad)


def _lista(vence: str) -> str:
    return f"{reverse('programas:tratamiento_lista')}?{urlencode({'vence': vence})}"
