"""Un programa, entero o por partes, copiado a otro año; y una plantilla de informe apuntada a la copia.

La copia nace en borrador y sin lo que es del año: ni acuerdo, ni registros, ni
reprogramaciones, ni candados, ni lo que se anotó de sus indicadores y riesgos.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from informes.acciones import guardar_apartado, guardar_plantilla, guardar_uso
from informes.estructura.apuntado import ETIQUETAS_VIVAS, cambiados, patron
from informes.models import Plantilla
from programas import acciones as de_programas
from programas import consultas
from programas.diagnostico.acciones import guardar_nodo
from programas.diagnostico.acciones_poblacion import guardar_alternativa, guardar_involucramiento
from programas.estados import EstadoDeTratamiento, RolDeNodo
from programas.metas.acciones import fijar_pesos, guardar_texto
from programas.mir.acciones import guardar_indicador, guardar_supuesto
from programas.mir.reglas import CON_ACCIONES, impedimentos_de_papeles
from programas.models import (
    Accion,
    Alternativa,
    Eje,
    Indicador,
    Involucramiento,
    Meta,
    Nodo,
    Programa,
    Riesgo,
    Supuesto,
    TextoDePrograma,
    Tratamiento,
    Variable,
)
from programas.riesgos.acciones import guardar_riesgo, guardar_tratamiento

PARTES = {
    "metas": "Metas y meses programados",
    "pesos": "Pesos",
    "diagnostico": "Diagnóstico: población involucrada, árboles y alternativas",
    "mir": "Matriz de indicadores (sin sus datos ni explicaciones)",
    "riesgos": "Riesgos y sus tratamientos (con las fechas del año nuevo)",
    "textos": "Textos del documento",
    "alineacion": "Alineación con el otro plan del año, si ya existe",
}
# Primero los nodos de los que otros cuelgan o a los que otros responden.
_ORDEN_DE_ROL = list(RolDeNodo)


@dataclass
class Copia:
    programa: Programa
    plantilla: Plantilla | None = None
    avisos: list[str] = field(default_factory=list)  # lo que hay que terminar a mano


@transaction.atomic
def copiar_programa(
    *,
    origen: Programa,
    nuevo: Programa,
    partes: set[str],
    por,
    plantilla: Plantilla | None = None,
    plantilla_nueva: Plantilla | None = None,
) -> Copia:
    """Guarda ``nuevo`` (clave, nombre, año y comisión) con lo de ``origen``; ``ValidationError`` por campo."""
    nuevo.tipo, nuevo.area, nuevo.objetivo, nuevo.ficticio = origen.tipo, origen.area, origen.objetivo, origen.ficticio
    de_programas.guardar_programa(programa=nuevo, por=por)
    copiador = _Copiador(origen, Copia(nuevo), partes, por)
    try:
        copiador.ejes_y_acciones()
        for parte in ("diagnostico", "mir", "riesgos", "textos", "alineacion"):
            if parte in partes:
                getattr(copiador, parte)()
    except ValidationError as error:
        # Sin sus campos: son de un registro de adentro, no de lo que aquí se escribe.
        raise ValidationError([f"«{origen}» tiene algo que no se puede copiar: {m}" for m in error.messages]) from error
    if plantilla is not None and plantilla_nueva is not None:
        copiador.plantilla(plantilla, plantilla_nueva)
    return copiador.copia


def fecha_en(fecha: date, anio: int) -> date:
    """El mismo día de otro año; el 29 de febrero pasa al 28 cuando no existe."""
    try:
        return fecha.replace(year=anio)
    except ValueError:
        return fecha.replace(year=anio, day=28)


class _Copiador:
    def __init__(self, origen: Programa, copia: Copia, partes: set[str], por):
        self.origen, self.copia, self.partes, self.por = origen, copia, partes, por
        self.nuevo = copia.programa
        self.corrimiento = self.nuevo.anio - origen.anio
        self.ejes: dict[int, Eje] = {}
        self.acciones: dict[int, Accion] = {}
        self.supuestos: dict[int, Supuesto] = {}
        self._equivalentes: dict[int, Accion | None] = {}

    # -- el plan
    def ejes_y_acciones(self) -> None:
        con_metas, con_pesos = "metas" in self.partes, "pesos" in self.partes
        for eje in self.origen.ejes.order_by("numero"):
            datos = _datos(eje, "numero", "nombre", "objetivo", "justificacion", "lineas")
            self.ejes[eje.pk] = de_programas.guardar_eje(eje=Eje(programa=self.nuevo, **datos), por=self.por)
            for accion in eje.acciones.order_by("inciso").prefetch_related("metas"):
                datos = _datos(accion, "inciso", "nombre", "unidad", "frecuencia", "fuente", "area_responsable")
                copia = Accion(eje=self.ejes[eje.pk], meses=list(accion.meses) if con_metas else [], **datos)
                self.acciones[accion.pk] = de_programas.guardar_accion(accion=copia, por=self.por)
                for meta in accion.metas.all() if con_metas else ():
                    datos = _datos(meta, "trimestre", "cantidad", "mes_1", "mes_2", "mes_3")
                    de_programas.guardar_meta(meta=Meta(accion=copia, **datos), por=self.por)
        if con_pesos:
            self._pesos()

    def _pesos(self) -> None:
        originales = {eje.pk: eje for eje in self.origen.ejes.all()}
        acciones = Accion.objects.filter(pk__in=self.acciones)
        if not any(e.peso for e in originales.values()) and not any(a.peso for a in acciones):
            return
        fijar_pesos(
            programa=self.nuevo,
            ejes={copia.pk: originales[pk].peso for pk, copia in self.ejes.items()},
            acciones={self.acciones[a.pk].pk: a.peso for a in acciones},
            por=self.por,
        )

    def equivalente(self, accion: Accion) -> Accion | None:
        """La misma acción en el año nuevo: la copia o, si es de otro plan, la de igual eje e inciso."""
        if accion.pk in self.acciones:
            return self.acciones[accion.pk]
        if accion.pk not in self._equivalentes:
            programa = accion.eje.programa
            self._equivalentes[accion.pk] = (
                Accion.objects.select_related("eje__programa")
                .filter(
                    eje__programa__anio=programa.anio + self.corrimiento,
                    eje__programa__tipo=programa.tipo,
                    eje__programa__ficticio=programa.ficticio,
                    eje__numero=accion.eje.numero,
                    inciso=accion.inciso,
                )
                .exclude(eje__programa=self.nuevo)
                .order_by("eje__programa__pk")
                .first()
            )
        return self._equivalentes[accion.pk]

    def _equivalentes_de(self, acciones, de_que: str) -> list[Accion]:
        nuevas = []
        for accion in acciones:
            if (nueva := self.equivalente(accion)) is None:
                self._falta(de_que, accion.clave)
            else:
                nuevas.append(nueva)
        return nuevas

    def alineacion(self) -> None:
        for accion in (
            Accion.objects.filter(pk__in=self.acciones)
            .select_related("eje")
            .prefetch_related("alineadas__eje__programa")
        ):
            copia = self.acciones[accion.pk]
            if con := self._equivalentes_de(accion.alineadas.all(), f"Alineación de {copia.numeral}"):
                de_programas.alinear(accion=copia, con=con, por=self.por)

    # -- lo que cuelga del plan
    def diagnostico(self) -> None:
        for uno in self.origen.involucrados.all():
            datos = _datos(uno, "area", "organismo", "interes", "fuerza", "papel")
            guardar_involucramiento(involucramiento=Involucramiento(programa=self.nuevo, **datos), por=self.por)
        nodos: dict[int, Nodo] = {}
        pendientes = sorted(self.origen.nodos.all(), key=lambda n: (_ORDEN_DE_ROL.index(RolDeNodo(n.rol)), n.orden))
        while pendientes:
            listos = [n for n in pendientes if n.padre_id is None or n.padre_id in nodos]
            for nodo in listos:
                datos = _datos(nodo, "clave", "rol", "orden", "texto")
                copia = Nodo(
                    programa=self.nuevo,
                    padre=nodos.get(nodo.padre_id or 0),
                    contraparte=nodos.get(nodo.contraparte_id or 0),
                    **datos,
                )
                nodos[nodo.pk] = guardar_nodo(nodo=copia, por=self.por)
            pendientes = [n for n in pendientes if n.pk not in nodos]
            if not listos:
                raise ValidationError("El árbol del programa original da vueltas: corríjalo antes de copiarlo.")
        for una in self.origen.alternativas.all():
            datos = _datos(una, "numero", "nombre", "incidencia", "viabilidad", "elegida", "razon")
            copia_de_una = Alternativa(
                programa=self.nuevo, medio=nodos[una.medio_id], accion=self.acciones.get(una.accion_id or 0), **datos
            )
            guardar_alternativa(alternativa=copia_de_una, por=self.por)

    def mir(self) -> None:
        for supuesto in self.origen.supuestos.all():
            copia = Supuesto(programa=self.nuevo, clave=supuesto.clave, texto=supuesto.texto)
            self.supuestos[supuesto.pk] = guardar_supuesto(supuesto=copia, por=self.por)
        campos = [
            "clave",
            "nivel",
            "resumen",
            "nombre",
            "tipo",
            "formula",
            "frecuencia",
            "unidad",
            "linea_base",
            "linea_base_anio",
            "meta",
            "sentido",
            "verde_desde",
            "ambar_desde",
            "rebasada_desde",
            "medios_verificacion",
            "area_responsable",
            "orden",
        ]
        for indicador in self.origen.indicadores.prefetch_related("supuestos", "variables__acciones__eje__programa"):
            nuevo = Indicador(
                programa=self.nuevo,
                eje=self.ejes.get(indicador.eje_id or 0),
                accion=self.acciones.get(indicador.accion_id or 0),
                **_datos(indicador, *campos),
            )
            guardar_indicador(
                indicador=nuevo,
                supuestos=[self.supuestos[s.pk] for s in indicador.supuestos.all()],
                variables=self._variables(indicador),
                por=self.por,
            )

    def _variables(self, indicador: Indicador) -> list[dict[str, Any]] | None:
        """``None`` si lo que se puede copiar no da para calcularlo: se avisa y se completa a mano."""
        variables = [self._variable(indicador, v) for v in indicador.variables.all()]
        completas = all(v["acciones"] or v["origen"] not in CON_ACCIONES for v in variables)
        if not variables or (completas and not impedimentos_de_papeles(Variable(papel=v["papel"]) for v in variables)):
            return variables or None
        self.copia.avisos.append(f"Indicador {indicador.clave}: complete en la MIR sus variables, que no se copiaron.")
        return None

    def _variable(self, indicador: Indicador, variable) -> dict[str, Any]:
        return {
            **_datos(variable, "papel", "simbolo", "nombre", "origen", "cifra", "valor"),
            "parametros": self._apuntado(variable.parametros),
            "acciones": self._equivalentes_de(variable.acciones.all(), f"Indicador {indicador.clave}"),
        }

    def riesgos(self) -> None:
        campos = [
            "numero",
            "nombre",
            "proceso",
            "descripcion",
            "afectados",
            "probabilidad",
            "impacto",
            "respuesta",
            "area_responsable",
            "probabilidad_residual",
            "impacto_residual",
            "respuesta_final",
        ]
        for riesgo in self.origen.riesgos.prefetch_related("acciones__eje__programa", "supuestos", "tratamientos"):
            supuestos = [self.supuestos[s.pk] for s in riesgo.supuestos.all() if s.pk in self.supuestos]
            if len(supuestos) < len(riesgo.supuestos.all()):
                self.copia.avisos.append(f"Riesgo {riesgo.numero}: sus supuestos están en la MIR, que no se copió.")
            copia = guardar_riesgo(
                riesgo=Riesgo(programa=self.nuevo, **_datos(riesgo, *campos)),
                acciones=self._equivalentes_de(riesgo.acciones.all(), f"Riesgo {riesgo.numero}"),
                supuestos=supuestos,
                por=self.por,
            )
            for tratamiento in riesgo.tratamientos.all():
                datos = _datos(tratamiento, "numero", "descripcion", "area_responsable")
                nuevo = Tratamiento(
                    riesgo=copia,
                    inicio=fecha_en(tratamiento.inicio, tratamiento.inicio.year + self.corrimiento),
                    termino=fecha_en(tratamiento.termino, tratamiento.termino.year + self.corrimiento),
                    estado=EstadoDeTratamiento.PENDIENTE,
                    **datos,
                )
                guardar_tratamiento(tratamiento=nuevo, por=self.por)

    def textos(self) -> None:
        for texto in self.origen.textos.all():
            datos = _datos(texto, "lugar", "orden", "titulo", "texto")
            guardar_texto(texto=TextoDePrograma(programa=self.nuevo, **datos), por=self.por)

    # -- la plantilla de informe
    def plantilla(self, original: Plantilla, nueva: Plantilla) -> None:
        try:
            guardar_plantilla(plantilla=nueva, por=self.por, copia_de=original)
        except ValidationError as error:
            raise ValidationError({f"plantilla_{campo}": m for campo, m in error.message_dict.items()}) from error
        self.copia.plantilla = nueva
        for apartado in nueva.apartados.select_related("accion__eje__programa").prefetch_related("secciones"):
            antes = (apartado.accion_id, apartado.narrativa, apartado.explicacion)
            if apartado.accion is not None and apartado.accion.eje.programa.anio == self.origen.anio:
                equivalente = self.equivalente(apartado.accion)
                if equivalente is None:
                    self._falta(f"«{apartado.titulo}»", apartado.accion.clave)
                else:
                    apartado.accion = equivalente
            apartado.narrativa = self._narrativa(apartado.narrativa, apartado.titulo)
            apartado.explicacion = self._narrativa(apartado.explicacion, apartado.titulo)
            if antes != (apartado.accion_id, apartado.narrativa, apartado.explicacion):
                guardar_apartado(apartado=apartado, por=self.por)
            for uso in apartado.secciones.all():
                parametros = self._apuntado(uso.parametros, apartado.titulo)
                previo = self._narrativa(uso.texto_previo, apartado.titulo)
                if (parametros, previo) != (uso.parametros, uso.texto_previo):
                    uso.parametros, uso.texto_previo = parametros, previo
                    guardar_uso(uso=uso, por=self.por)

    def _narrativa(self, texto: str, lugar: str) -> str:
        """Sólo dentro de las cifras vivas: la prosa que cite al plan anterior sigue diciendo lo que decía."""
        return ETIQUETAS_VIVAS.sub(lambda m: self._claves(m[0], lugar), texto)

    def _apuntado(self, valor, lugar: str = ""):
        return cambiados(valor, lambda texto: self._claves(texto, lugar))

    def _claves(self, texto: str, lugar: str) -> str:
        """Cambia las claves de planes y acciones del año anterior por las del nuevo."""

        def cambia(hallado: re.Match) -> str:
            clave, numeral = hallado[1], hallado[2]
            if numeral is None:
                programa = self.programas[clave]
                if programa is None:
                    self._falta(f"«{lugar}»", clave)
                return programa.clave if programa else clave
            try:
                equivalente = self.equivalente(consultas.accion_por_clave(hallado[0]))
            except Accion.DoesNotExist:
                equivalente = None
            if equivalente is None:
                self._falta(f"«{lugar}»", hallado[0])
                return hallado[0]
            return equivalente.clave

        return patron(self.programas).sub(cambia, texto)

    def _falta(self, lugar: str, clave: str) -> None:
        """Un aviso por lugar o, si falta el plan entero, uno por plan."""
        plan = clave.partition(":")[0]
        if self.programas.get(plan) is None:
            aviso = f"No hay en {self.nuevo.anio} un plan como {plan}: lo que lo nombraba queda por revisar."
        else:
            aviso = f"{lugar}: no hay en {self.nuevo.anio} una acción como {clave}."
        if aviso not in self.copia.avisos:
            self.copia.avisos.append(aviso)

    @property
    def programas(self) -> dict[str, Programa | None]:
        """Cada plan del año anterior con el que le corresponde en el nuevo."""
        if not hasattr(self, "_programas"):
            nuevos = {p.tipo: p for p in Programa.objects.filter(anio=self.nuevo.anio, ficticio=self.origen.ficticio)}
            self._programas = {
                p.clave: self.nuevo if p.pk == self.origen.pk else nuevos.get(p.tipo)
                for p in Programa.objects.filter(anio=self.origen.anio)
            }
        return self._programas


def _datos(registro, *campos: str) -> dict[str, Any]:
    return {campo: getattr(registro, campo) for campo in campos}
