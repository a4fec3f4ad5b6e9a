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
def tratamientos(usuario, fecha):
    """A Dirección, que los atiende, y, los vencidos, a la Secretaría técnica, que da seguimiento al plan."""
    atiende = usuario.has_perm("programas.change_riesgo")
    if not (atiende or (usuario.has_perm("programas.view_riesgo") and usuario.has_perm("programas.abrir_candado"))):
        return
    hallados = list(consultas.por_atender(fecha))
    # Lo de hace dos años o más ya no se atiende: se ve en su plan, que debería estar cerrado.
    vencidos = [t for t in hallados if t.termino < fecha and t.riesgo.programa.anio >= fecha.year - 1]
    yield from _de_una_clase("Tratamiento de riesgo vencido", vencidos, "sin concluir", "vencidos", "vencido")
    if atiende:
        pronto = [t for t in hallados if t.termino >= fecha]
        yield from _de_una_clase("Tratamiento de riesgo por vencer", pronto, "por concluir", "pronto", "atencion")


def _de_una_clase(asunto, hallados, que, filtro, grado):
    yield from _de_cada_uno(asunto, hallados[:UNO_POR_UNO], grado)
    if otros := hallados[UNO_POR_UNO:]:
        cuantos = concuerda(len(otros), "tratamiento", "tratamientos")
        yield Aviso(asunto, capitaliza(f"{cuantos} más {que}"), _lista(filtro), otros[0].termino, grado)


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
