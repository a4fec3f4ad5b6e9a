"""Folios: el que se escribe distinto que los de su serie, el que salta y el que se repite."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from vinculacion.nucleo.bloques import Lista, Tabla
from vinculacion.nucleo.palabras import enumera

from .fragmentos import Fragmento, cita, escrita, limpio
from .hallazgos import Gravedad, Hallazgo, Regla, Revision

_FOLIO = re.compile(r"(?<![\w/-])([A-ZÁÉÍÓÚÑ]{2,20}(?:[/-][A-ZÁÉÍÓÚÑ]{1,20}){0,5})/(\d{1,4})/(\d{4}|\d{2})\b")
MAYORIA = 3
PREFIJOS_COMPARADOS = 200


@dataclass(frozen=True, slots=True)
class FolioDicho:
    fragmento: Fragmento
    texto: str
    hallado: re.Match[str]

    @property
    def prefijo(self) -> str:
        return self.hallado[1]

    @property
    def cita(self) -> str:
        return cita(self.texto, self.hallado.start(), self.hallado.end())


def folios(revision: Revision) -> list[FolioDicho]:
    return [
        FolioDicho(fragmento, trozo.texto, hallado)
        for fragmento, trozo in revision.trozos
        for hallado in _FOLIO.finditer(trozo.texto)
    ]


class FolioDeOtraForma(Regla):
    """«CVOE/50/20» entre «CVOE/049/20» y «CVOE/051/20»; «CVOE/028/2019» entre los de dos cifras."""

    clave = "folio.forma"
    nombre = "El folio está escrito de otra forma que los demás"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        dichos = folios(revision)
        formas: dict[str, Counter[tuple[int, int]]] = {}
        for dicho in dichos:
            formas.setdefault(dicho.prefijo, Counter())[self.forma(dicho.hallado)] += 1
        vistos = set()
        for dicho in dichos:
            usual, veces = formas[dicho.prefijo].most_common(1)[0]
            clave = (dicho.fragmento.apartado, dicho.hallado[0])
            if self.forma(dicho.hallado) == usual or veces < MAYORIA or clave in vistos:
                continue
            vistos.add(clave)
            anio = dicho.hallado[3][-2:] if usual[1] == 2 else f"20{dicho.hallado[3][-2:]}"
            yield self.hallazgo(
                dicho.fragmento,
                Gravedad.ADVERTENCIA,
                f"Los demás de su serie se escriben como {dicho.prefijo}/{int(dicho.hallado[2]):0{usual[0]}}/{anio}.",
                dicho.cita,
            )

    @staticmethod
    def forma(hallado: re.Match[str]) -> tuple[int, int]:
        return len(hallado[2]), len(hallado[3])


class PrefijoParecido(Regla):
    """«CVEO/045/20» donde todos los demás son «CVOE»."""

    clave = "folio.prefijo_parecido"
    nombre = "El prefijo del folio parece mal escrito"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        dichos = folios(revision)
        veces = Counter(dicho.prefijo for dicho in dichos)
        frecuentes = [
            (otro, n) for otro, n in veces.most_common(PREFIJOS_COMPARADOS) if n >= MAYORIA and len(otro) >= 4
        ]
        usuales = {
            prefijo: next(
                (o for o, n in frecuentes if n > 3 * suyas and DamerauLevenshtein.distance(o, prefijo) == 1), ""
            )
            for prefijo, suyas in veces.items()
        }
        for dicho in dichos:
            if usual := usuales[dicho.prefijo]:
                yield self.hallazgo(
                    dicho.fragmento,
                    Gravedad.ADVERTENCIA,
                    f"El prefijo dice {dicho.prefijo}; los demás folios dicen {usual}.",
                    dicho.cita,
                )


_CON_SEPARADORES = re.compile(
    r"(?<![\w/-])[A-ZÁÉÍÓÚÑ]{2,20}(?:[/-][A-ZÁÉÍÓÚÑ]{2,20}){1,5}(?:[/-]\d{1,4}){2,3}(?![\w/-])"
)


class PrefijoDeDosFormas(Regla):
    """«IECM-ACU-CG-075-2020» y «IECM/ACU-CG-031/2020»: las mismas siglas con otros signos."""

    clave = "folio.prefijo_de_dos_formas"
    nombre = "El mismo prefijo se escribe de dos formas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        series: dict[tuple, dict[str, list[tuple[Fragmento, str, re.Match[str]]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for fragmento, trozo in revision.trozos:
            for hallado in _CON_SEPARADORES.finditer(trozo.texto):
                signos = re.sub(r"[^/-]", "", hallado[0])
                series[tuple(re.findall(r"[A-ZÁÉÍÓÚÑ]+", hallado[0]))][signos].append((fragmento, trozo.texto, hallado))
        for formas in series.values():
            if len(formas) < 2:
                continue
            usual, *otras = sorted(formas.values(), key=len, reverse=True)
            for dichos in otras:
                fragmento, texto, hallado = dichos[0]
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    f"Aquí se escribe {hallado[0]} y en otro lugar, {usual[0][2][0]}.",
                    cita(texto, hallado.start(), hallado.end()),
                )


class FoliosQueSaltan(Regla):
    """Una lista de acuerdos en orden: «CVOE/045/20» y luego «CVOE/047/20»."""

    clave = "folio.numeracion"
    nombre = "Los folios de la lista saltan o se repiten"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        corridas: dict[tuple[str, str], list[tuple[int, Fragmento, str]]] = defaultdict(list)
        for fragmento in revision.fragmentos:
            for texto in self.renglones(fragmento):
                hallado = _FOLIO.match(texto)
                if hallado:
                    corridas[hallado[1], hallado[3][-2:]].append((int(hallado[2]), fragmento, texto))
        for folios_seguidos in corridas.values():
            yield from self.recorre(folios_seguidos)

    @staticmethod
    def renglones(fragmento: Fragmento) -> list[str]:
        """Con qué empieza cada renglón, pasado su número."""
        match fragmento.bloque:
            case Lista(elementos=elementos):
                return [limpio(elemento) for elemento in elementos]
            case Tabla() as tabla:
                return [
                    next((t for celda in fila[:2] if _FOLIO.match(t := escrita(celda))), "") for fila in tabla.filas
                ]
        return []

    def recorre(self, seguidos: list[tuple[int, Fragmento, str]]) -> Iterator[Hallazgo]:
        """Sólo si lo usual en ella es ir de uno en uno."""
        pasos = list(zip(seguidos, seguidos[1:], strict=False))
        de_uno = sum(1 for antes, n in pasos if n[0] == antes[0] + 1)
        if de_uno < MAYORIA or de_uno < 0.7 * len(pasos):
            return
        dichos = {n for n, _, _ in seguidos}
        for (antes, _, _), (n, fragmento, texto) in pasos:
            faltan = [falta for falta in range(antes + 1, n) if falta not in dichos]
            if n == antes:
                explicacion = f"Se repite el {n}."
            elif faltan:
                cuales = enumera(faltan) if len(faltan) <= 4 else f"{len(faltan)} números"
                explicacion = f"Del {antes} se pasa al {n}: {'falta' if len(faltan) == 1 else 'faltan'} {cuales}."
            else:
                continue
            yield self.hallazgo(fragmento, Gravedad.ADVERTENCIA, explicacion, cita(texto, 0, 60))


REGLAS = (FolioDeOtraForma(), PrefijoParecido(), PrefijoDeDosFormas(), FoliosQueSaltan())
