"""Fechas que no existen, que no son de ese día de la semana o que no son del periodo."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.texto import llano

from .fragmentos import Fragmento, cita, enlace_de_fila, escrita, fila_citada, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import Mencion, menciones

ANIO_MAS_ANTIGUO = 1900
ANIOS_POR_VENIR = 10


@dataclass(frozen=True, slots=True)
class Mencionada:
    """Una mención con el lugar donde está."""

    mencion: Mencion
    fragmento: Fragmento
    texto: str
    fila: int | None

    @property
    def cita(self) -> str:
        return cita(self.texto, self.mencion.inicio, self.mencion.fin)

    @property
    def url(self) -> str:
        bloque = self.fragmento.bloque
        return enlace_de_fila(bloque, self.fila) if isinstance(bloque, Tabla) else ""


def mencionadas(revision: Revision) -> Iterator[Mencionada]:
    for fragmento, trozo in revision.trozos:
        for mencion in menciones(trozo.texto):
            yield Mencionada(mencion, fragmento, trozo.texto, trozo.fila)


def anio_parecido(fecha: date, periodo: Periodo | None) -> int | None:
    """El año del periodo que tiene las mismas cifras en otro orden: 2021 si se escribió 2012."""
    if periodo is None or fecha.year in periodo.anios():
        return None
    for anio in periodo.anios():
        if (
            abs(anio - fecha.year) > 1
            and sorted(str(anio)) == sorted(str(fecha.year))
            and _con_anio(fecha, anio) in periodo
        ):
            return anio
    return None


def _con_anio(fecha: date, anio: int) -> date | None:
    try:
        return fecha.replace(year=anio)
    except ValueError:
        return None


class DiaDeLaSemana(Regla):
    clave = "fecha.dia_semana"
    nombre = "El día de la semana no es el de la fecha"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for hallada in mencionadas(revision):
            m = hallada.mencion
            fecha = m.fecha
            if fecha is None or m.dia_semana is None or m.dia_semana == fecha.weekday():
                continue
            if anio_parecido(fecha, revision.periodo):
                continue  # lo señala la regla del año
            yield self.hallazgo(
                hallada.fragmento,
                Gravedad.ERROR,
                f"Dice {palabras.DIAS[m.dia_semana]}, pero el {palabras.fecha_larga(fecha, dia_semana=False)} fue "
                f"{palabras.dia_de_la_semana(fecha)}.",
                hallada.cita,
                hallada.url,
            )


class FechaImposible(Regla):
    clave = "fecha.imposible"
    nombre = "La fecha no existe"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for hallada in mencionadas(revision):
            m = hallada.mencion
            if not m.existe:
                de_anio = f" de {m.anio}" if m.anio else ""
                que = f"El {m.dia} de {palabras.mes(m.mes)}{de_anio}" if m.mes in palabras.MESES else f"El mes {m.mes}"
                yield self.hallazgo(
                    hallada.fragmento,
                    Gravedad.ERROR,
                    f"{que} no existe en el calendario.",
                    hallada.cita,
                    hallada.url,
                )


class AnioInverosimil(Regla):
    clave = "fecha.anio"
    nombre = "El año parece mal escrito"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        ultimo = (revision.periodo.fin if revision.periodo else hoy()).year + ANIOS_POR_VENIR
        for hallada in mencionadas(revision):
            m = hallada.mencion
            if m.anio is None:
                continue
            if not ANIO_MAS_ANTIGUO <= m.anio <= ultimo:
                yield self.hallazgo(
                    hallada.fragmento, Gravedad.ERROR, f"El año {m.anio} no es creíble.", hallada.cita, hallada.url
                )
            elif m.fecha and (anio := anio_parecido(m.fecha, revision.periodo)):
                yield self.hallazgo(
                    hallada.fragmento,
                    Gravedad.ERROR if hallada.fila is not None else Gravedad.ADVERTENCIA,
                    f"Dice {m.anio}; con las mismas cifras, {anio} sí es del periodo del informe.",
                    hallada.cita,
                    hallada.url,
                )


_SESION_CON_ANIO = re.compile(
    r"\bsesi[oó]n\s+(?:ordinaria|extraordinaria|urgente)\s+(?:de|del)\s+(\d{4})\b[^.;]{0,60}?\b(?:celebrada|realizada|efectuada)\s+el\s+",
    re.IGNORECASE,
)


class SesionDeOtroAnio(Regla):
    """«La novena sesión ordinaria de 2020, celebrada el 28 de septiembre de 2018»."""

    clave = "fecha.sesion_de_otro_anio"
    nombre = "La sesión es de un año y su fecha, de otro"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            for hallada in _SESION_CON_ANIO.finditer(trozo.texto):
                seguidas = menciones(trozo.texto[hallada.end() :])
                fecha = next((m for m in seguidas if m.inicio <= len("miércoles ")), None)
                if fecha is None or fecha.anio is None or fecha.anio == int(hallada[1]):
                    continue
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    f"La sesión se dice de {hallada[1]} y su fecha es de {fecha.anio}.",
                    cita(trozo.texto, hallada.start(), hallada.end() + fecha.fin),
                )


_COLUMNA_DE_FECHA = re.compile(
    r"(?:dia|fechas?)(?: (?:de |del )?(?:la |el )?(?:envio|suscripcion|firma|realizacion|celebracion|sesion|actividad|evento|reunion))?$"
)
_DE_OTRO_TIEMPO = re.compile(
    r"pendiente|proxim|calendario|programad|antecedente|introducci|marco (?:legal|juridico)|indice|historic"
)
_REFERENCIA = re.compile(
    r"acuerdo|decreto|ley\b|codigo|reglament|reform|public|gaceta|diario oficial|aprob|design|ratific|vigen|convenio|"
    r"proceso electoral|eleccion|jornada|desde|hasta|partir|previ|anterior|seguimiento|proxim|antecedente|\b[a-z]+/\d"
)


class FueraDelPeriodo(Regla):
    """En las tablas de actividades se advierte; en el texto, que suele citar antecedentes, sólo se anota."""

    clave = "fecha.fuera_del_periodo"
    nombre = "La fecha no es del periodo"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.periodo is None:
            return
        for fragmento in revision.fragmentos:
            if _DE_OTRO_TIEMPO.search(llano(fragmento.apartado)) or not fragmento.apartado:
                continue
            if isinstance(fragmento.bloque, Tabla):
                yield from self.en_tabla(fragmento, fragmento.bloque, revision.periodo)
            elif fragmento.es_texto:
                yield from self.en_texto(fragmento, revision.periodo)

    def en_tabla(self, fragmento: Fragmento, tabla: Tabla, periodo: Periodo) -> Iterator[Hallazgo]:
        if _DE_OTRO_TIEMPO.search(llano(tabla.titulo)):
            return
        columnas = [i for i, c in enumerate(tabla.columnas) if _COLUMNA_DE_FECHA.fullmatch(llano(c.titulo).strip(" ."))]
        for numero, fila in enumerate(tabla.filas):
            for columna in columnas:
                fechas = self.fechas(fila[columna])
                if not fechas or any(fecha in periodo or anio_parecido(fecha, periodo) for fecha in fechas):
                    continue
                cercano = next((a for a in periodo.anios() if _con_anio(fechas[0], a) in periodo), None)
                consejo = f" Si el año fuera {cercano}, lo sería." if cercano else ""
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    f"{palabras.capitaliza(palabras.lista_fechas(fechas))}: no es del periodo que se informa ({periodo}).{consejo}",
                    fila_citada(fila),
                    enlace_de_fila(tabla, numero),
                )

    @staticmethod
    def fechas(celda) -> list[date]:
        if isinstance(celda, date):
            return [celda]
        return [m.fecha for m in menciones(escrita(celda)) if m.fecha]

    def en_texto(self, fragmento: Fragmento, periodo: Periodo) -> Iterator[Hallazgo]:
        """Una nota por párrafo, y sólo si la oración no cita una norma ni un antecedente."""
        for trozo in trozos(fragmento):
            for oracion in re.split(r"(?<=[a-z)»”])\.\s+(?=[A-ZÁÉÍÓÚ])", trozo.texto):
                fuera = [
                    m
                    for m in menciones(oracion)
                    if m.fecha and m.fecha not in periodo and not anio_parecido(m.fecha, periodo)
                ]
                dentro = any(m.fecha in periodo for m in menciones(oracion))
                if not fuera or dentro or _REFERENCIA.search(llano(oracion)):
                    continue
                yield self.hallazgo(
                    fragmento,
                    Gravedad.NOTA,
                    f"La fecha no es del periodo que se informa ({periodo}).",
                    cita(oracion, fuera[0].inicio, fuera[-1].fin),
                )


_HORA = re.compile(r"(?<![\d:/.])(\d{1,2}):(\d{2})(?![\d:])(?=\s*(?:horas|hrs?\b|h\b|[ap]\.?\s?m\b))", re.IGNORECASE)
_HORARIO = re.compile(
    r"(?:de|desde)(?: las)? (\d{1,2}):(\d{2})(?: horas| hrs\.?)? (?:a|hasta)(?: las)? (\d{1,2}):(\d{2})(?: horas| hrs\.?)",
    re.IGNORECASE,
)


class HoraImposible(Regla):
    """«25:30 horas», o un acto que termina antes de empezar."""

    clave = "fecha.hora"
    nombre = "La hora no existe o termina antes de empezar"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            for hallada in _HORA.finditer(trozo.texto):
                if int(hallada[1]) > 24 or int(hallada[2]) > 59:
                    dicho = cita(trozo.texto, hallada.start(), hallada.end())
                    yield self.hallazgo(fragmento, Gravedad.ERROR, f"Las {hallada[0]} no es una hora.", dicho)
            for hallado in _HORARIO.finditer(trozo.texto):
                desde, hasta = (int(hallado[i]) * 60 + int(hallado[i + 1]) for i in (1, 3))
                if hasta < desde and hasta >= 6 * 60:  # a la una de la mañana sí se puede terminar
                    dicho = cita(trozo.texto, hallado.start(), hallado.end())
                    yield self.hallazgo(fragmento, Gravedad.ADVERTENCIA, "Termina antes de empezar.", dicho)


_HASTA_LA_OTRA = re.compile(r"\s*,?\s*(?:al?|hasta)\s+(?:el\s+)?(?:d[ií]a\s+)?", re.IGNORECASE)


_ANIOS_AL_REVES = re.compile(
    r"\b(?:periodo|proceso|ordinario|local|electoral|concurrente|ejercicios?|plan|programa)\s+((?:19|20)\d\d)-((?:19|20)\d\d)(?![\w/-])",
    re.IGNORECASE,
)


class RangoInvertido(Regla):
    """«Del 22 de noviembre al 19 de octubre de 2020»; «el periodo 2022-2020»."""

    clave = "fecha.rango"
    nombre = "El rango de fechas va hacia atrás"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            for hallado in _ANIOS_AL_REVES.finditer(trozo.texto):
                if hallado[2] < hallado[1]:
                    dicho = cita(trozo.texto, hallado.start(), hallado.end())
                    yield self.hallazgo(fragmento, Gravedad.ERROR, "El año en que termina va primero.", dicho)
            halladas = menciones(trozo.texto)
            for uno, otro in zip(halladas, halladas[1:], strict=False):
                if not (uno.fecha and otro.fecha and otro.fecha < uno.fecha):
                    continue
                antes = llano(trozo.texto[max(0, uno.inicio - 12) : uno.inicio])
                enlaza = _HASTA_LA_OTRA.fullmatch(trozo.texto[uno.fin : otro.inicio])
                if enlaza and re.search(r"\b(?:del?|desde)\b", antes):
                    dicho = cita(trozo.texto, uno.inicio, otro.fin)
                    yield self.hallazgo(
                        fragmento, Gravedad.ERROR, "La fecha en que termina es anterior a la que empieza.", dicho
                    )


REGLAS = (
    DiaDeLaSemana(),
    FechaImposible(),
    AnioInverosimil(),
    SesionDeOtroAnio(),
    FueraDelPeriodo(),
    HoraImposible(),
    RangoInvertido(),
)
