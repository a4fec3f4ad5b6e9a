"""Dos listas o dos tablas del mismo informe que debieran decir lo mismo."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from vinculacion.nucleo.bloques import Lista, Tabla
from vinculacion.nucleo.palabras import enumera, numero
from vinculacion.nucleo.texto import llano

from .cantidades import numero_de
from .fragmentos import Fragmento, cita, escrita, limpio
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones
from .reglas_de_tablas import es_total, tablas

ELEMENTOS_MINIMOS = 4
LARGO_MEDIO = 14
EN_COMUN = 0.66
CASI_IGUAL = 92
LISTAS_COMPARADAS = 300  # las de antes: ningún informe trae tantas


def comparable(nombre: str) -> str:
    sin_numero = re.sub(r"^\s*\d{1,3}[.)]\s*", "", nombre)
    return " ".join(re.sub(r"\([^)]*\)", " ", llano(sin_numero)).strip(" .;:,").removesuffix("; y").split())


@dataclass(frozen=True)
class Nombres:
    fragmento: Fragmento
    nombres: dict[str, str]  # comparable → como se escribió
    filas: dict[str, int]

    @property
    def tabla(self) -> Tabla:
        assert isinstance(self.fragmento.bloque, Tabla)  # noqa: S101
        return self.fragmento.bloque

    @cached_property
    def titulos(self) -> list[str]:
        return [llano(limpio(columna.titulo)) for columna in self.tabla.columnas]


def nombres_de(fragmento: Fragmento) -> Nombres | None:
    """Los nombres que enlista: los elementos, o la columna de texto de una tabla."""
    match fragmento.bloque:
        case Lista(elementos=elementos):
            dichos = [(limpio(e), i) for i, e in enumerate(elementos)]
        case Tabla() as tabla if tabla.columnas:
            columna = columna_de_nombres(tabla)
            if columna is None:
                return None
            dichos = [(escrita(f[columna]), i) for i, f in enumerate(tabla.filas) if not es_total(f)]
        case _:
            return None
    dichos = [(d, i) for d, i in dichos if d and not menciones(d)]
    if len(dichos) < 2:
        return None
    return Nombres(fragmento, {comparable(d): d for d, _ in dichos}, {comparable(d): i for d, i in dichos})


def columna_de_nombres(tabla: Tabla) -> int | None:
    """La primera columna de texto cuyos valores no se repiten."""
    for i in range(len(tabla.columnas)):
        valores = [t for fila in tabla.filas if (t := escrita(fila[i])) and numero_de(t) is None]
        if len(valores) > 0.8 * len(tabla.filas) and len(set(valores)) == len(valores):
            return i
    return None


class ListasQueNoCoinciden(Regla):
    """Las 27 áreas de una lista y las 27 de su cuadro, y una se llama distinto."""

    clave = "lista.no_coincide"
    nombre = "Dos listas de lo mismo no coinciden"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return  # las de un informe salen de los mismos registros
        listas = [n for f in revision.fragmentos if (n := nombres_de(f)) and self.sirve(n)]
        dichos: set[str] = set()
        for i, una in enumerate(listas):
            for otra in listas[max(0, i - LISTAS_COMPARADAS) : i]:
                for hallazgo in self.compara(una, otra):
                    if hallazgo.fragmento not in dichos:  # la tercera vez que se enlista, no se repite
                        dichos.add(hallazgo.fragmento)
                        yield hallazgo

    @staticmethod
    def sirve(lista: Nombres) -> bool:
        nombres = list(lista.nombres)
        return len(nombres) >= ELEMENTOS_MINIMOS and sum(map(len, nombres)) / len(nombres) >= LARGO_MEDIO

    def compara(self, una: Nombres, otra: Nombres) -> Iterator[Hallazgo]:
        comunes = una.nombres.keys() & otra.nombres.keys()
        mayor = max(len(una.nombres), len(otra.nombres))
        if len(comunes) < max(3, EN_COMUN * mayor) or len(comunes) == mayor:
            return
        aqui, alla = (
            [n for n in a.nombres if n not in comunes and not parecido(n, b.nombres)]
            for a, b in ((una, otra), (otra, una))
        )
        if (not aqui and not alla) or len(aqui) + len(alla) > max(2, len(comunes) / 4):
            return
        partes = []
        if aqui:
            partes.append(f"aquí está {enumera(f'«{cita(una.nombres[n], 0, 90)}»' for n in aqui)}")
        if alla:
            donde = f" de «{cita(otra.fragmento.apartado, 0, 60)}»" if otra.fragmento.apartado else ""
            partes.append(f"en la otra{donde}, {enumera(f'«{cita(otra.nombres[n], 0, 90)}»' for n in alla)}")
        yield self.hallazgo(
            una.fragmento,
            Gravedad.ADVERTENCIA,
            f"Comparte {numero(len(comunes))} nombres con otra lista, pero {' y '.join(partes)}.",
            cita(una.nombres[aqui[0]] if aqui else next(iter(una.nombres.values())), 0, 120),
        )


def parecido(nombre: str, otros: dict[str, str]) -> bool:
    return any(fuzz.ratio(nombre, otro) >= CASI_IGUAL for otro in otros)


class MismoRenglonOtroValor(Regla):
    """La misma acción con «Cantidad anual» 12 en una tabla y «Cantidad» 15 en otra."""

    clave = "tabla.otro_valor"
    nombre = "El mismo renglón tiene dos valores"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return
        listas = [n for f, _ in tablas(revision) if (n := nombres_de(f))]
        for i, una in enumerate(listas):
            for otra in listas[max(0, i - LISTAS_COMPARADAS) : i]:
                yield from self.compara(una, otra)

    def compara(self, una: Nombres, otra: Nombres) -> Iterator[Hallazgo]:
        comunes = [n for n in una.nombres if n in otra.nombres and len(n) >= LARGO_MEDIO]
        if len(comunes) < max(2, min(len(una.nombres), len(otra.nombres)) / 2):
            return  # de poblaciones distintas: un mismo nombre puede valer otra cosa
        for i, titulo in enumerate(una.titulos):
            iguales = (k for k, suyo in enumerate(otra.titulos) if titulo == suyo or suyo.startswith(f"{titulo} "))
            j = next(iguales, None) if len(titulo) > 3 else None
            if j is None:
                continue
            pares = [
                (n, a, b)
                for n in comunes
                if (a := numero_de(una.tabla.filas[una.filas[n]][i])) is not None
                and (b := numero_de(otra.tabla.filas[otra.filas[n]][j])) is not None
            ]
            distintos = [par for par in pares if par[1] != par[2]]
            if distintos and len(distintos) < len(pares) / 2:
                for n, aqui, alla in distintos:
                    yield self.hallazgo(
                        una.fragmento,
                        Gravedad.ERROR,
                        f"Aquí dice {numero(aqui)} en «{limpio(una.tabla.columnas[i].titulo)}» y en otra tabla, "
                        f"{numero(alla)}.",
                        cita(una.nombres[n], 0, 140),
                    )


class TablaRepetida(Regla):
    """La misma tabla, renglón por renglón, en dos apartados."""

    clave = "tabla.repetida"
    nombre = "La misma tabla está dos veces"
    RENGLONES = 3

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        vistas: dict[tuple, Fragmento] = {}
        for fragmento, tabla in tablas(revision):
            if len(tabla.filas) < self.RENGLONES or len(tabla.columnas) < 2:
                continue
            antes = vistas.setdefault((tuple(c.titulo for c in tabla.columnas), tabla.filas), fragmento)
            if antes is not fragmento:
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    f"Es igual a la de «{cita(antes.apartado, 0, 80)}».",
                    tabla.titulo or " · ".join(limpio(c.titulo) for c in tabla.columnas),
                )


_ROTULO = re.compile(r"([A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-Za-záéíóúñ]+)?) (\d{1,2})[.:] (?=[A-ZÁÉÍÓÚÑ])")
LARGO_DE_ROTULO = 40


class RotuloConDosTextos(Regla):
    """«Actividad institucional 5: …» con un texto en un apartado y con otro más adelante."""

    clave = "rotulo.dos_textos"
    nombre = "El mismo rótulo lleva dos textos"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return
        primeros: dict[tuple[str, str], tuple[str, str]] = {}
        dichos: set[tuple[str, str]] = set()
        for fragmento, trozo in revision.trozos:
            hallado = _ROTULO.match(trozo.texto)
            resto = trozo.texto[hallado.end() :] if hallado else ""
            if hallado is None or trozo.de_tabla or len(resto) < LARGO_DE_ROTULO:
                continue
            clave = (llano(hallado[1]), hallado[2])
            antes, apartado = primeros.setdefault(clave, (resto, fragmento.apartado))
            a, b = comparable(antes), comparable(resto)
            if clave in dichos or a.startswith(b) or b.startswith(a) or fuzz.ratio(a, b) < MISMO_ASUNTO:
                continue  # la página pudo cortar uno; y si en nada se parecen, son de dos listas
            dichos.add(clave)
            donde = f" en «{cita(apartado, 0, 60)}»" if apartado != fragmento.apartado else ""
            yield self.hallazgo(
                fragmento,
                Gravedad.ADVERTENCIA,
                f"Antes{donde} decía «{cita(antes, 0, 160)}».",
                cita(trozo.texto, 0, 200),
            )


MISMO_ASUNTO = 55


class RenglonCasiIgual(Regla):
    """«…observadora de la jornada consultiva» en una tabla y «…de la jornada electoral» en la otra."""

    clave = "renglon.casi_igual"
    nombre = "El mismo renglón se escribe de dos formas"
    PALABRAS = 10
    DISTINTAS = 2
    COMPARADOS = 60  # con los últimos que empiezan igual

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return
        vistos: dict[str, dict[tuple[str, ...], tuple[Fragmento, str]]] = defaultdict(dict)
        for fragmento in revision.fragmentos:
            for texto in self.renglones(fragmento):
                palabras = tuple(re.sub(r"(\w)- (?=\w)", r"\1-", comparable(texto)).replace(",", "").split())
                if len(palabras) < self.PALABRAS or not texto[:1].isalpha() or _FORMULA.search(texto):
                    continue
                iguales = vistos[palabras[0]]
                if palabras in iguales:
                    continue
                for otras, (otro, dicho) in list(iguales.items())[-self.COMPARADOS :]:
                    if otro is not fragmento and (difieren := self.difieren(palabras, otras)):
                        yield self.hallazgo(
                            fragmento,
                            Gravedad.NOTA,
                            f"En otro lugar se lee «{difieren[1]}» donde aquí «{difieren[0]}»: «{cita(dicho, 0, 160)}».",
                            cita(texto, 0, 200),
                        )
                        break
                iguales[palabras] = (fragmento, texto)

    @staticmethod
    def renglones(fragmento: Fragmento) -> list[str]:
        match fragmento.bloque:
            case Lista(elementos=elementos):
                return [limpio(elemento) for elemento in elementos]
            case Tabla() as tabla:
                return [t for fila in tabla.filas for celda in fila if (t := escrita(celda))]
        return []

    def difieren(self, unas: tuple[str, ...], otras: tuple[str, ...]) -> tuple[str, str] | None:
        """Las palabras que cambian, si son una o dos seguidas y ninguna es un número."""
        if abs(len(unas) - len(otras)) > self.DISTINTAS:
            return None
        desde = next(
            (i for i, (a, b) in enumerate(zip(unas, otras, strict=False)) if a != b), min(len(unas), len(otras))
        )
        fin = 0
        while fin < min(len(unas), len(otras)) - desde and unas[-1 - fin] == otras[-1 - fin]:
            fin += 1
        aqui, alla = unas[desde : len(unas) - fin], otras[desde : len(otras) - fin]
        if max(len(aqui), len(alla)) > self.DISTINTAS or desde + fin < self.PALABRAS - 2:
            return None
        if not desde or (not fin and len(aqui) != len(alla)):
            return None  # otro principio es otra cosa; y si a uno le falta el final, pudo cortarlo la página
        if any(re.search(r"\d", palabra) or palabra in _CUENTAN for palabra in (*aqui, *alla)):
            return None
        dichas = [" ".join((unas[desde - 1], *cambian, *unas[len(unas) - fin :][:1])) for cambian in (aqui, alla)]
        return dichas[0], dichas[1]


_FORMULA = re.compile(r"[*=]|\bN\b|\.\d|\. ")  # ni fórmulas ni lo que ya son dos oraciones
_CUENTAN = {
    *("primer", "primera", "segundo", "segunda", "tercer", "tercera", "cuarto", "cuarta", "quinta", "sexta", "septima"),
    *("octava", "novena", "decima", "ordinaria", "extraordinaria", "urgente", "i", "ii", "iii", "iv", "v", "vi"),
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
    *("noviembre", "diciembre", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
}

REGLAS = (ListasQueNoCoinciden(), MismoRenglonOtroValor(), TablaRepetida(), RotuloConDosTextos(), RenglonCasiIgual())
