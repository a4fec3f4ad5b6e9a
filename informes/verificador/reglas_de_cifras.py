"""Lo que la narrativa dice que hay contra lo que su tabla enseña."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from vinculacion.nucleo.bloques import Bloque, Lista, Matriz, Tabla, Titulo
from vinculacion.nucleo.palabras import cuenta, numero
from vinculacion.nucleo.texto import llano

from .cantidades import Cuenta, cuentas, numero_de, numeros
from .fragmentos import Fragmento, cita, escrita, limpio, parrafo_y_lista, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones
from .reglas_de_tablas import columna_con_texto, es_columna_de_numero, es_total, se_suma

_ANUNCIA = re.compile(
    r"siguientes?\b|a continuacion|se enlistan|se listan|se relacionan|se detallan|se desglosan|\btablas?\b|\bcuadros?\b|"
    r"estas fechas"
)
_TOTALIZA = re.compile(r"\b(?:suman|sumaron|sumando|en total,?(?: son| fueron| hubo)?) $")
_ABRE_LISTA = re.compile(r"siguientes?\b|a continuacion")
_SON_RENGLONES_DE_LISTA = {"apartados", "rubros", "partes", "capitulos", "secciones"}
_NO_SON_RENGLONES = {
    *("personas", "asistentes", "integrantes", "participantes", "mujeres", "hombres", "funcionarias", "funcionarios"),
    *("observadoras", "observadores", "ciudadanas", "ciudadanos", "horas", "dias", "semanas", "meses", "minutos"),
    *("trimestres", "anios", "anos", "veces", "puntos", "pesos", "dolares", "votos", "apartados", "rubros", "partes"),
    *("paginas", "fojas", "municipios", "paises", "estados", "entidades", "alcaldias", "distritos", "organizaciones"),
    *("otros", "otras", "grandes", "principales", "primeros", "primeras", "ultimos", "ultimas", "ambitos", "objetivos"),
}


@dataclass
class Contado:
    """Lo que se puede contar en lo que sigue a un párrafo."""

    de_tablas: int = 0
    elementos: int = 0
    con_lista: bool = False  # hay una lista antes de la tabla
    fechas: int = 0
    otros: set[Decimal] = field(default_factory=set)
    vocabulario: set[str] = field(default_factory=set)
    hay_tabla: bool = False
    primera: str = ""
    claro: bool = True

    def agrega(self, bloque: Bloque) -> None:
        match bloque:
            case Titulo(texto=texto):
                self.vocabulario |= raices(limpio(texto))
            case Tabla() as tabla:
                self.hay_tabla = True
                self._tabla(tabla)
            case Lista(elementos=elementos, titulo=titulo):
                # Un elemento que abre otra lista deja sin saber cuáles son los de arriba.
                self.claro &= not any(elemento.rstrip().endswith(":") for elemento in elementos)
                self._elementos(len(elementos))
                self.vocabulario |= raices(titulo)
            case Matriz() as matriz:
                self.hay_tabla = True
                self._renglones(len(matriz.filas))
                self.primera = self.primera or cuenta(len(matriz.filas), "renglón", "renglones")
                self.otros.add(Decimal(len(matriz.columnas)))
                self.vocabulario |= raices(f"{matriz.titulo} {matriz.esquina}")

    def agrega_en_medio(self, elementos: Sequence[str]) -> None:
        """Una lista escrita entre la oración y su tabla: la oración puede ser de ella, o de lo que sus números suman."""
        if not elementos:
            return
        self.con_lista = True
        partes = [next((n.n for n in numeros(elemento)), 0) for elemento in elementos]
        self.otros |= {Decimal(len(elementos)), Decimal(sum(partes))}

    def _elementos(self, cuantos: int) -> None:
        """Los de una lista no se suman a los renglones de una tabla: son de otra cosa."""
        self.elementos += cuantos
        self.otros |= {Decimal(cuantos), Decimal(self.elementos)}

    def _renglones(self, cuantos: int) -> None:
        """Cada tabla por sí sola y todas las que van juntas."""
        self.de_tablas += cuantos
        self.otros |= {Decimal(cuantos), Decimal(self.de_tablas)}

    @property
    def renglones(self) -> int:
        return self.de_tablas + self.elementos

    def _tabla(self, tabla: Tabla) -> None:
        filas = tuple(
            fila for fila in tabla.filas if not es_total(fila) and any(celda not in (None, "") for celda in fila)
        )
        self._renglones(len(filas))
        por_columnas = len(filas) == 1 and len(tabla.columnas) > 1
        if por_columnas:
            self.otros.add(Decimal(len(tabla.columnas)))  # una columna por sesión
        renglones = cuenta(len(filas), "renglón", "renglones")
        columnas = f" y {cuenta(len(tabla.columnas), 'columna', 'columnas')}" if por_columnas else ""
        self.primera = self.primera or f"{renglones}{columnas}"
        self.vocabulario |= raices(f"{tabla.titulo} {' '.join(columna.titulo for columna in tabla.columnas)}")
        for i, columna in enumerate(tabla.columnas):
            if es_columna_de_numero(columna.titulo):
                continue
            celdas = [fila[i] for fila in filas]
            self.fechas += sum(1 if isinstance(c, date) else len(menciones(escrita(c))) for c in celdas)
            if celdas:
                self.otros.add(Decimal(len({str(c) for c in celdas if c not in (None, "")})))
            if not columna_con_texto(filas, i):
                valores = [v for c in celdas if (v := numero_de(c)) is not None]
                if se_suma(columna.titulo) and valores:
                    self.otros.add(sum(valores, Decimal(0)))
                if len(filas) <= 3:
                    self.otros.update(valores)
        if tabla.totales:
            self.otros.update(v for celda in tabla.totales if (v := numero_de(celda)) is not None)

    @property
    def dicho(self) -> str:
        """Lo que se tiene a la vista: la primera tabla o, si sólo hay listas, todos sus elementos."""
        if not self.hay_tabla:
            return f"la lista tiene {cuenta(self.renglones, 'elemento', 'elementos')}"
        return f"la tabla tiene {self.primera}"

    def incluye(self, n: int) -> bool:
        return Decimal(n) in self.otros


def raices(texto: str) -> set[str]:
    return {palabra[:6] for palabra in re.findall(r"[a-zñ]{5,}", llano(texto))}


def abre_otra_lista(fragmento: Fragmento) -> bool:
    """«Décima segunda sesión ordinaria:» en medio de una enumeración, que sigue después."""
    texto = " ".join(trozo.texto for trozo in trozos(fragmento))
    return len(texto) <= LARGO_DE_ENTRADILLA and texto.endswith(":") and not any(cuentas(texto))


LARGO_DE_ENTRADILLA = 90


class CuentaContraTabla(Regla):
    """«16 correos:» y una tabla de 15 renglones.

    Sólo se compara el párrafo que anuncia la tabla, y sólo si ninguno de sus números
    coincide con nada que la tabla pueda contar: renglones, fechas, sumas o columnas.
    """

    clave = "cifra.contra_tabla"
    nombre = "El texto dice una cantidad y su tabla, otra"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        fragmentos = revision.fragmentos
        for i, fragmento in enumerate(fragmentos):
            if not fragmento.es_texto:
                continue
            texto, en_medio = parrafo_y_lista(fragmento.bloque.texto)
            if not any(cuentas(texto)):
                continue  # nada anuncia
            contado = self.lo_que_sigue(fragmentos, i)
            if contado.renglones and contado.claro:
                contado.agrega_en_medio(en_medio)
                yield from self.compara(fragmento, texto, contado)

    @staticmethod
    def lo_que_sigue(fragmentos: Sequence[Fragmento], i: int) -> Contado:
        """Las tablas y listas del mismo apartado hasta el siguiente párrafo."""
        contado = Contado()
        for j in range(i + 1, len(fragmentos)):
            siguiente = fragmentos[j]
            if (siguiente.apartado, siguiente.ancla) != (fragmentos[i].apartado, fragmentos[i].ancla):
                break
            if siguiente.es_texto:
                if contado.renglones and abre_otra_lista(siguiente):
                    continue
                break
            contado.agrega(siguiente.bloque)
        return contado

    def compara(self, fragmento: Fragmento, texto: str, contado: Contado) -> Iterator[Hallazgo]:
        oracion = re.split(r"(?<=[a-záéíóú\d)»”])\.\s+(?=[A-ZÁÉÍÓÚ¿«“])", texto)[-1]
        anunciadas = [
            dicha
            for dicha in cuentas(oracion)
            if (
                llano(dicha.sustantivo) not in _NO_SON_RENGLONES
                or (llano(dicha.sustantivo) in _SON_RENGLONES_DE_LISTA and not contado.hay_tabla)
            )
            and not 1900 <= dicha.n <= 2199
            # La que puso el sistema es la de los registros: su tabla, si no coincide, es de otra cosa.
            and (fragmento.tecleadas is None or llano(dicha.texto) in fragmento.tecleadas)
            and not re.search(r":\s*\S", oracion[dicha.fin :])  # «tres niveles: bajo, medio y alto» ya los dijo
        ]
        # «Dos nacionales y uno internacional suman tres convenios»: manda el total.
        totales = [dicha for dicha in anunciadas if _TOTALIZA.search(llano(oracion[: dicha.inicio]))]
        anunciadas = totales or anunciadas
        if not anunciadas or any(contado.incluye(dicha.n) for dicha in totales or cuentas(oracion)):
            return
        dicha = self.la_que_anuncia(oracion, anunciadas, contado)
        if dicha is None:
            return
        en_fechas = contado.fechas == dicha.n
        yield self.hallazgo(
            fragmento,
            Gravedad.ADVERTENCIA if en_fechas else Gravedad.ERROR,
            f"El texto dice «{dicha.texto}» y {contado.dicho}"
            + (f", con {numero(contado.fechas)} fechas: aclare qué se cuenta." if en_fechas else "."),
            cita(oracion, dicha.inicio, dicha.fin),
        )

    @staticmethod
    def la_que_anuncia(oracion: str, anunciadas: list[Cuenta], contado: Contado) -> Cuenta | None:
        """La cuenta cuyo sustantivo está en la tabla; o la única, si la oración la anuncia."""
        if not contado.hay_tabla and not (oracion.rstrip().endswith(":") or _ABRE_LISTA.search(llano(oracion))):
            return None  # la lista que sigue puede ser de otra cosa
        afines = [dicha for dicha in anunciadas if raices(dicha.sustantivo) & contado.vocabulario]
        if len(afines) == 1:
            return afines[0]
        anuncia = oracion.rstrip().endswith(":") or _ANUNCIA.search(llano(oracion))
        if contado.con_lista:
            return None
        resto = raices(oracion[anunciadas[0].fin :]) & contado.vocabulario
        return anunciadas[0] if len(anunciadas) == 1 and (anuncia or (contado.hay_tabla and resto)) else None


_PORCENTAJE_EN_TEXTO = re.compile(
    r"(?<![\d,.])(\d[\d,]{0,12}) (?:de|de entre) (?:las |los |un total de )?(\d[\d,]{0,12})(?: [\w-]+){0,4} \((?:el |un )?(\d{1,3}(?:\.\d{1,6})?) ?%\)"
)


class PorcentajeEnTexto(Regla):
    clave = "cifra.porcentaje"
    nombre = "El porcentaje del texto no es el de sus partes"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            for hallado in _PORCENTAJE_EN_TEXTO.finditer(trozo.texto):
                parte, todo = (Decimal(hallado[i].replace(",", "")) for i in (1, 2))
                dicho = Decimal(hallado[3])
                cifras = -int(dicho.as_tuple().exponent)
                if todo and abs(parte * 100 / todo - dicho) >= Decimal(1).scaleb(-cifras):
                    yield self.hallazgo(
                        fragmento,
                        Gravedad.ERROR,
                        f"Dice {dicho}% y {hallado[1]} de {hallado[2]} es {numero(parte * 100 / todo, max(1, cifras))}%.",
                        cita(trozo.texto, hallado.start(), hallado.end()),
                    )


_ENTRE_PARENTESIS = re.compile(r" ?\(([^()]{1,40})\)")


class CifraYLetra(Regla):
    """«Tres (4) convenios»: el número con letra y, entre paréntesis, otro con cifras; o al revés."""

    clave = "cifra.con_letra"
    nombre = "El número con letra y con cifras no es el mismo"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            if "(" in trozo.texto:
                yield from self.en_texto(fragmento, trozo.texto)

    def en_texto(self, fragmento: Fragmento, texto: str) -> Iterator[Hallazgo]:
        dichos = {n.fin: n for n in numeros(texto)}
        for hallado in _ENTRE_PARENTESIS.finditer(texto):
            fuera, dentro = dichos.get(hallado.start()), next(numeros(hallado[1]), None)
            if fuera is None or dentro is None or dentro.fin - dentro.inicio != len(hallado[1].strip()):
                continue
            con_letra = texto[fuera.inicio].isalpha()
            compuesto = re.search(r"\b(?:mil|y)\s*$", texto[: fuera.inicio][-8:])  # «dos mil veinte (2020)»
            if con_letra != hallado[1].strip()[0].isalpha() and fuera.n != dentro.n and not compuesto:
                dicho = texto[fuera.inicio : hallado.end()]
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ERROR,
                    f"«{dicho}»: son {numero(fuera.n)} o son {numero(dentro.n)}.",
                    cita(texto, fuera.inicio, hallado.end()),
                )


REGLAS = (CuentaContraTabla(), PorcentajeEnTexto(), CifraYLetra())
