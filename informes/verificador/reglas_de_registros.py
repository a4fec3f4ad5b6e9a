"""Lo que sólo se sabe preguntando a los registros."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from convenios.estados import EstadoDeOpinion
from informes import consultas as de_informes
from informes.arbol import Nodo
from programas.mir.consultas import Medicion
from programas.models import Indicador
from vinculacion.nucleo.palabras import cuenta, enumera, fecha_larga, numero
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.salida.documento import con_numero
from vinculacion.nucleo.texto import llano

from . import consultas
from .fragmentos import cita, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .reglas_de_tablas import mismas_palabras, mismo_titulo, palabras_de


class ReglaDeRegistros(Regla):
    """Su lugar es un apartado del árbol, no un bloque del documento."""

    @staticmethod
    def periodo(revision: Revision) -> Periodo:
        """Un informe siempre tiene periodo; sólo un texto ajeno puede no tenerlo."""
        return revision.exigir(revision.periodo)

    def en_nodo(self, nodo: Nodo, gravedad: Gravedad, explicacion: str, cita: str = "", url: str = "") -> Hallazgo:
        return Hallazgo(
            self.clave,
            gravedad.value,
            encabezado(nodo),
            explicacion,
            cita,
            url or reverse("informes:apartado_editar", args=[nodo.apartado.pk]),
            f"apartado-{nodo.apartado.pk}",
        )


def encabezado(nodo: Nodo) -> str:
    """Igual que en el documento: «I. Sesiones», «A) Convenios»."""
    return con_numero(nodo.numero, nodo.apartado.titulo)


class Armado(ReglaDeRegistros):
    clave = "informe.armado"
    nombre = "El apartado no se puede armar"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        nodos = {nodo.apartado.pk: nodo for nodo in revision.nodos}
        for problema in revision.problemas:
            if nodo := nodos.get(problema.apartado.pk):
                yield self.en_nodo(nodo, Gravedad.ERROR, problema.mensaje)


class ApartadoVacio(ReglaDeRegistros):
    clave = "informe.apartado_vacio"
    nombre = "El apartado no dice nada"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for nodo in revision.nodos:
            apartado = nodo.apartado
            if not (
                nodo.hijos
                or apartado.accion_id
                or apartado.narrativa.strip()
                or apartado.explicacion.strip()
                or apartado.secciones.all()
            ):
                yield self.en_nodo(
                    nodo,
                    Gravedad.ADVERTENCIA,
                    "No tiene texto, tablas, acción ni apartados dentro; dirá que no se reportan actividades.",
                )


def actividades(n: int) -> str:
    return cuenta(n, "actividad", "actividades")


class Registros(ReglaDeRegistros):
    """Un hallazgo por apartado y acción, con cuántos son y la lista ya filtrada."""

    clave = "registros.estado"
    nombre = "Registros por atender"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        por_nodo = consultas.acciones_por_nodo(revision.nodos)
        estados = consultas.registros_por_accion(
            [accion for acciones in por_nodo.values() for accion in acciones], self.periodo(revision)
        )
        dichas: set[int] = set()
        for nodo in revision.nodos:
            for accion in por_nodo[nodo.apartado.pk]:
                for estado in estados.get(accion.pk, ()):
                    if estado.accion.pk not in dichas:
                        dichas.add(estado.accion.pk)
                        yield from self.de_accion(nodo, estado, revision)

    def de_accion(self, nodo: Nodo, estado: consultas.EstadoDeRegistros, revision: Revision) -> Iterator[Hallazgo]:
        sin_validar = f"{actividades(estado.en_borrador)} sin validar, que ya se cuentan"
        rechazadas = f"{cuenta(estado.rechazados, 'actividad rechazada', 'actividades rechazadas')}, fuera de la cuenta"
        sin_evidencia = f"{actividades(estado.sin_evidencia)} sin evidencia, de {numero(estado.que_cuentan)}"
        casos = (
            (estado.en_borrador, Gravedad.ADVERTENCIA, sin_validar, "borrador"),
            (estado.rechazados, Gravedad.NOTA, rechazadas, "rechazada"),
            (estado.sin_evidencia, Gravedad.NOTA, sin_evidencia, ""),
        )
        for cuantos, gravedad, explicacion, filtro in casos:
            if not cuantos:
                continue
            parametros = {
                "accion": estado.accion.pk,
                **({"estado": filtro} if filtro else {}),
                "desde": self.periodo(revision).inicio.isoformat(),
                "hasta": self.periodo(revision).fin.isoformat(),
            }
            yield self.en_nodo(
                nodo,
                gravedad,
                f"{explicacion}.",
                "" if estado.accion.nombre == nodo.apartado.titulo else str(estado.accion),
                f"{reverse('programas:actividad_lista')}?{urlencode(parametros)}",
            )


_RAZON = re.compile(
    r"debido|derivado|contingencia|emergencia|cancel|pospus|pospuest|reprogram|suspend|imposib|no fue posible|"
    r"por (?:lo que|causa|motivo)|en virtud|toda vez|a causa|limit|retras|diferi|no se alcanz|pendiente"
)


class MetaSinExplicacion(ReglaDeRegistros):
    clave = "metas.sin_explicacion"
    nombre = "No se alcanzó lo programado y no se dice por qué"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        dados: dict[int, Nodo] = {}
        acciones = []
        for nodo in revision.nodos:
            accion = nodo.apartado.accion
            if accion is not None and accion.pk not in dados:
                dados[accion.pk] = nodo
                acciones.append(accion)
        en_curso = self.periodo(revision).fin >= hoy()
        for falta in consultas.metas_incumplidas(acciones, self.periodo(revision)):
            nodo = dados[falta.accion.pk]
            if self.se_explica(nodo):
                continue
            yield self.en_nodo(
                nodo,
                Gravedad.NOTA if en_curso else Gravedad.ADVERTENCIA,
                f"Se programó {numero(falta.programado)} y se alcanzó {numero(falta.alcanzado)} "
                f"({falta.accion.unidad.lower()}){'; el periodo no ha terminado' if en_curso else ''}.",
                str(falta.accion),
            )

    @staticmethod
    def se_explica(nodo: Nodo) -> bool:
        apartado = nodo.apartado
        textos = [apartado.narrativa, *(uso.texto_previo for uso in apartado.secciones.all())]
        return bool(apartado.explicacion.strip()) or bool(_RAZON.search(llano(" ".join(textos))))


class IndicadorSinExplicar(Regla):
    """Un hallazgo por indicador, con todos sus periodos; lleva a donde se explica el primero."""

    clave = "indicadores.sin_explicar"
    nombre = "Un indicador salió del verde y no se explica"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.informe is None:
            return
        por_indicador: dict[Indicador, list[Medicion]] = {}
        for medicion in de_informes.por_explicar(revision.informe):
            por_indicador.setdefault(medicion.indicador, []).append(medicion)
        for indicador, mediciones in por_indicador.items():
            por_luz: dict[str, list[str]] = {}
            for medicion in mediciones:
                por_luz.setdefault(medicion.luz.texto, []).append(medicion.rotulo)
            como = enumera(f"«{luz}» ({enumera(cuando)})" for luz, cuando in por_luz.items())
            yield Hallazgo(
                self.clave,
                Gravedad.ERROR.value,
                "",
                f"El indicador {indicador.clave} de {indicador.programa.clave} quedó en {como} "
                "y nadie ha dicho su causa, acción y pronóstico.",
                str(indicador),
                f"{indicador.get_absolute_url()}#p{mediciones[0].numero}",
            )


class AcuerdoInexistente(Regla):
    """Sólo juzga los años cuyos acuerdos están registrados, y de ellos, del primer número en adelante."""

    clave = "acuerdos.inexistente"
    nombre = "El acuerdo que se cita no está en los registros"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        comision = revision.informe.comision
        patron, registrados = consultas.patron_de_folios(comision.serie), consultas.folios_por_anio(comision)
        for fragmento, trozo in revision.trozos:
            for hallado in patron.finditer(trozo.texto):
                del_anio = registrados.get(consultas.anio_de(hallado), {})
                n = int(hallado["numero"])
                if not del_anio or n < min(del_anio) or del_anio.get(n) == hallado[0]:
                    continue
                lugar = cita(trozo.texto, hallado.start(), hallado.end())
                if n in del_anio:
                    explicacion = f"El acuerdo se escribe {del_anio[n]}."
                    yield self.hallazgo(fragmento, Gravedad.ADVERTENCIA, explicacion, lugar)
                else:
                    explicacion = f"No hay un acuerdo {hallado[0]} en los registros de {comision.siglas}."
                    yield self.hallazgo(fragmento, Gravedad.ERROR, explicacion, lugar)


class OpinionInexistente(Regla):
    """Como la de los acuerdos, en cada serie de opiniones; también señala la que se canceló."""

    clave = "opiniones.inexistente"
    nombre = "La opinión que se cita no está en los registros"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        series = consultas.series_de_opiniones()
        for fragmento in revision.fragmentos if series else ():
            for trozo in trozos(fragmento):
                for serie in series:
                    for hallado in serie.patron.finditer(trozo.texto):
                        if falla := self.falla(hallado, serie.por_anio.get(consultas.anio_de(hallado), {})):
                            yield self.hallazgo(fragmento, *falla, cita(trozo.texto, hallado.start(), hallado.end()))

    @staticmethod
    def falla(
        hallado: re.Match[str], del_anio: dict[tuple[int, str], consultas.OpinionDada]
    ) -> tuple[Gravedad, str] | None:
        n = int(hallado["numero"])
        if not del_anio or n < min(del_anio)[0]:
            return None
        opinion = del_anio.get((n, llano(hallado["sufijo"] or "")))
        if opinion is None:
            return Gravedad.ERROR, f"No hay una opinión {hallado[0]} en los registros."
        if opinion.estado == EstadoDeOpinion.CANCELADA:
            return Gravedad.ADVERTENCIA, f"La opinión {opinion.folio} está cancelada."
        if opinion.folio != hallado[0]:
            return Gravedad.ADVERTENCIA, f"La opinión se escribe {opinion.folio}."
        return None


class ConvenioRepetido(ReglaDeRegistros):
    """Tipo, contrapartes y fecha iguales; con títulos distintos pueden ser dos anexos, y sólo se anota."""

    clave = "convenios.repetido"
    nombre = "El mismo convenio parece registrado dos veces"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        nodo = next((n for n in revision.nodos if self.los_cuenta(n)), None)
        for grupo in consultas.convenios_repetidos(self.periodo(revision)):
            primero, *demas = grupo
            iguales = any(mismo_titulo(primero.titulo, otro.titulo) for otro in demas)
            con = enumera(str(o) for o in primero.contrapartes.all()) or "sin contraparte"
            dia = fecha_larga(primero.fecha_firma) if primero.fecha_firma else ""
            explicacion = (
                f"{len(grupo)} de tipo «{primero.tipo}» con {con}, firmados el {dia}: "
                f"folios {enumera(c.folio for c in grupo)}."
            )
            gravedad = Gravedad.ERROR if iguales else Gravedad.NOTA
            url, dicho = demas[-1].get_absolute_url(), cita(demas[-1].titulo, 0, 140)
            if nodo:
                yield self.en_nodo(nodo, gravedad, explicacion, dicho, url)
            else:
                yield Hallazgo(self.clave, gravedad.value, "", explicacion, dicho, url)

    @staticmethod
    def los_cuenta(nodo: Nodo) -> bool:
        return any(uso.seccion == "convenios.suscritos" for uso in nodo.apartado.secciones.all())


_DICE_FIRMA = re.compile(r"\b(?:firma|firman|firmaron|suscri\w+)\b")


class EventoConDosFechas(ReglaDeRegistros):
    """La firma y su acto, o el acto y la actividad de la bitácora que lleva su mismo título."""

    clave = "actos.dos_fechas"
    nombre = "El mismo evento tiene dos fechas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        actos = consultas.actos_celebrados(self.periodo(revision))
        nodo = next((n for n in revision.nodos if self.los_cuenta(n)), None)
        de_la_bitacora = [(palabras_de(a.titulo), a) for a in consultas.actividades_junto_a(actos)]
        for acto in actos:
            otras = [
                f"{c.folio} consta como firmado el {fecha_larga(c.fecha_firma)}"
                for c in acto.convenios.all()
                if c.fecha_firma and c.fecha_firma != acto.fecha and _DICE_FIRMA.search(llano(acto.titulo))
            ]
            palabras = palabras_de(acto.titulo)
            otras += [
                f"la bitácora lo tiene el {fecha_larga(a.fecha_inicio)}"
                for suyas, a in de_la_bitacora
                if self.es_otro_dia(acto, a) and mismas_palabras(palabras, suyas)
            ]
            if not otras:
                continue
            explicacion = f"El acto se celebró el {fecha_larga(acto.fecha)} y {enumera(otras)}."
            dicho, url = cita(acto.titulo, 0, 140), acto.get_absolute_url()
            if nodo:
                yield self.en_nodo(nodo, Gravedad.ADVERTENCIA, explicacion, dicho, url)
            else:
                yield Hallazgo(self.clave, Gravedad.ADVERTENCIA.value, "", explicacion, dicho, url)

    @staticmethod
    def es_otro_dia(acto, actividad) -> bool:
        """Cerca, pero no ese día: con el mismo título y lejos es otro evento."""
        if actividad.fecha_inicio <= acto.fecha <= actividad.fecha_fin:
            return False
        if acto.fecha.isoformat() in actividad.fechas_sueltas:
            return False
        return abs((actividad.fecha_inicio - acto.fecha).days) <= consultas.DIAS_DEL_MISMO_EVENTO

    @staticmethod
    def los_cuenta(nodo: Nodo) -> bool:
        return any(uso.seccion == "convenios.actos" for uso in nodo.apartado.secciones.all())


REGLAS = (
    Armado(),
    ApartadoVacio(),
    Registros(),
    MetaSinExplicacion(),
    IndicadorSinExplicar(),
    AcuerdoInexistente(),
    OpinionInexistente(),
    ConvenioRepetido(),
    EventoConDosFechas(),
)
