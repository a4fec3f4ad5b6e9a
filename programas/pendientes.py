"""Lo que a los planes y a la bitácora les quedaba por hacer al terminar un periodo."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.palabras import enumera, mes
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.renglones import Propuesta, clave_de, literal, pendientes
from vinculacion.nucleo.secciones import Contexto

from . import consultas
from .estados import EstadoDePrograma, TipoDePrograma
from .models import Accion, Programa


@pendientes
def metas_del_trimestre_que_sigue(contexto: Contexto) -> Iterator[Propuesta]:
    """Lo programado en los planes aprobados de ese año.

    De dos acciones alineadas sale una, la del plan que da cantidades: es el mismo trabajo.
    """
    trimestre = Trimestre.de(contexto.periodo.fin).siguiente()
    suyas = consultas.acciones().filter(
        eje__programa__anio=trimestre.anio,
        eje__programa__estado__in=(EstadoDePrograma.APROBADO, EstadoDePrograma.CERRADO),
    )
    dichas: set[int] = set()
    for accion in sorted(suyas, key=_en_orden):
        if dichas & {accion.pk, *(a.pk for a in accion.alineadas.all())}:
            continue
        if texto := _meta(accion, trimestre):
            dichas.add(accion.pk)
            yield Propuesta(
                clave=clave_de(accion, trimestre.clave),
                rubro=accion.eje.nombre,
                texto=f"{literal(accion.nombre)}: {texto} en el {trimestre}.",
                url=accion.get_absolute_url(),
            )


def _en_orden(accion: Accion) -> tuple:
    return (accion.eje.programa.tipo != TipoDePrograma.ESPECIFICO, accion.eje.programa_id, accion.eje.numero)


def _meta(accion: Accion, trimestre: Trimestre) -> str:
    """La meta viva o, si el plan sólo dice cuándo, los meses; vacío si ese trimestre no toca."""
    if accion.programado is None:
        meses = [m for m in accion.meses if (m + 2) // 3 == trimestre.numero]
        return f"programada para {enumera(mes(m) for m in meses)}" if meses else ""
    if not any(m.trimestre == trimestre.numero and m.cantidad for m in accion.metas.all()):
        return ""
    cifra = f'{{{{ programas.meta accion="{accion.clave}" trimestre="{trimestre.clave}" }}}}'
    return f"meta de {cifra} ({literal(accion.unidad).lower()})"


@pendientes
def metas_que_faltaron(contexto: Contexto) -> Iterator[Propuesta]:
    """En los planes del año en que termina el periodo, lo programado hasta entonces que no se alcanzó."""
    fin = contexto.periodo.fin
    hasta = consultas.cortes_concluidos(fin.year, fin)
    if not hasta:
        return
    aprobados = consultas.programas_de(fin.year).filter(
        estado__in=(EstadoDePrograma.APROBADO, EstadoDePrograma.CERRADO)
    )
    for programa in aprobados:
        for eje in consultas.avance(programa, fin):
            for renglon in eje.acciones:
                cuenta = renglon.avance.acumulado(hasta)
                if cuenta.diferencia < 0:
                    yield Propuesta(
                        clave=clave_de(renglon.accion, f"{fin.year}-{hasta}-rezago"),
                        rubro=eje.eje.nombre,
                        texto=f"{literal(renglon.accion.nombre)}: de lo programado hasta el {Trimestre(fin.year, hasta)} "
                        f'falta {{{{ programas.por_alcanzar accion="{renglon.accion.clave}" }}}} '
                        f"({literal(renglon.accion.unidad).lower()}).",
                        url=renglon.accion.get_absolute_url(),
                    )


@pendientes
def por_validar(contexto: Contexto) -> Iterator[Propuesta]:
    """Registros del periodo que siguen en borrador."""
    if consultas.por_validar(contexto.periodo).exists():
        yield Propuesta(
            clave="programas.por_validar",
            rubro="Bitácora",
            texto='Validar {{ programas.por_validar | concuerda:"registro,registros,m" }} de actividades del periodo.',
            url=reverse("programas:actividad_por_validar"),
        )


@pendientes
def planes_en_borrador(contexto: Contexto) -> Iterator[Propuesta]:
    """Los del año que sigue al periodo que todavía no se aprueban."""
    siguiente = Trimestre.de(contexto.periodo.fin).siguiente().anio
    for programa in Programa.objects.filter(anio=siguiente, estado=EstadoDePrograma.BORRADOR).order_by("tipo", "pk"):
        yield Propuesta(
            clave=clave_de(programa),
            rubro="Planeación",
            texto=f"Concluir y aprobar el {literal(programa.nombre)}.",
            url=programa.get_absolute_url(),
        )
