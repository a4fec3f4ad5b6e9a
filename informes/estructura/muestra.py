"""Con qué datos se enseña un apartado o una sección: los del informe o, en una plantilla, los de una muestra."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError

from vinculacion.comision.consultas import comision_vigente
from vinculacion.comision.models import Comision
from vinculacion.nucleo.bloques import Columna, hay_contenido
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.periodos import Periodo, Trimestre, hoy
from vinculacion.nucleo.secciones import Contexto

from .. import arbol, armado
from ..models import Apartado, Informe, Plantilla, UsoDeSeccion
from .presentacion import columnas_de


@dataclass(frozen=True)
class Muestra:
    informe: Informe
    nota: str = ""

    @property
    def contexto(self) -> Contexto:
        return armado.contexto_de(self.informe)


def de(documento: Informe | Plantilla) -> Muestra | None:
    """Una plantilla se ve con el último informe que salió de ella; ``None`` si aún no hay ni comisión."""
    if isinstance(documento, Informe):
        return Muestra(documento)
    ultimo = documento.informes.select_related("comision", "punto__sesion", "acuerdo").order_by("-fin").first()
    if ultimo is not None:
        return Muestra(ultimo, f"Con los datos de «{ultimo}», que salió de esta plantilla.")
    comision = comision_vigente() or Comision.objects.order_by("-desde").first()
    if comision is None:
        return None
    trimestre = Trimestre.de(hoy()).anterior()
    supuesto = Informe(
        clave="muestra", titulo=documento.nombre, comision=comision, inicio=trimestre.inicio, fin=trimestre.fin
    )
    return Muestra(supuesto, f"Con los datos de {supuesto.periodo}, sólo para ver cómo queda.")


@dataclass(frozen=True)
class Columnas:
    """Las que da una sección; ``nota`` dice de dónde salieron o por qué no hay."""

    columnas: tuple[Columna, ...] = ()
    nota: str = ""


def columnas_de_uso(uso: UsoDeSeccion) -> Columnas:
    """Las del periodo del informe o, si en él no hay renglones, las de otros años."""
    muestra = de(uso.apartado.documento)
    if muestra is None:
        return Columnas(nota="Registre la comisión para ver qué columnas da.")
    suelto = UsoDeSeccion(seccion=uso.seccion, parametros=uso.parametros)  # sin presentación: todo lo que hay
    propio = muestra.contexto.periodo
    notas = {
        propio: muestra.nota,
        Periodo(date(propio.fin.year - 2, 1, 1), date(propio.fin.year, 12, 31)): "",
        Periodo(date(2000, 1, 1), date(max(hoy().year, propio.fin.year), 12, 31)): "",
    }
    with memoria():
        for periodo, nota in notas.items():
            try:
                contexto = replace(muestra.contexto, periodo=periodo, completo=True)
                bloques = [bloque for _, suyos in armado.correr(suelto, contexto) for bloque in suyos]
            except ValidationError as error:
                return Columnas(nota=" ".join(error.messages))
            if columnas := columnas_de(bloques):
                ajena = f"En {propio} no hay renglones: estas columnas son las de {periodo}."
                return Columnas(tuple(columnas), nota if periodo == propio else ajena)
            if hay_contenido(bloques):
                return Columnas(nota="Esta sección no da una tabla con columnas: sólo lleva orden y notas propios.")
    return Columnas(nota="Todavía no hay registros de los que salgan sus columnas: guárdela y vuelva cuando los haya.")


def armado_de(apartado: Apartado, documento: Informe | Plantilla) -> tuple[armado.Armado | None, str]:
    """El apartado solo, con su número y los anexos que llama, como se imprime."""
    muestra = de(documento)
    if muestra is None:
        return None, "Registre la comisión para ver cómo queda."
    nodo = next((n for n in arbol.en_orden(documento) if n.apartado.pk == apartado.pk), None)
    if nodo is None:
        return None, ""
    nodo = replace(nodo, apartado=apartado)
    armada = armado.armar_nodos(
        muestra.informe, [replace(nodo, hijos=[])], muestra.contexto, con_hijos=bool(nodo.hijos)
    )
    anexos = tuple(replace(a, nivel=nodo.nivel) for a in armada.documento.apartados[1:])
    armada.documento = replace(armada.documento, apartados=(armada.documento.apartados[0], *anexos))
    return armada, muestra.nota
