"""Lo que una lectura atenta corrige en cualquier texto: palabras repetidas, artículos que no concuerdan, signos sin pareja."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from vinculacion.nucleo.bloques import Titulo
from vinculacion.nucleo.texto import llano

from .fragmentos import cita
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .reglas_de_nombres import VECES_DE_LO_USUAL, Dicho, dichos

_REPETIDA = re.compile(
    r"(?<![\w-])(de|del|la|el|los|las|en|con|por|para|que|se|su|sus|y|a|al|un|una|como|es|[a-záéíóúñ]{5,}) \1(?![\w-])"
)


class PalabraRepetida(Regla):
    """«el el informe», «de de la Comisión»."""

    clave = "palabra.repetida"
    nombre = "La misma palabra está dos veces seguidas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for dicho in dichos(revision, _REPETIDA):
            yield self.hallazgo(dicho.fragmento, Gravedad.ADVERTENCIA, f"Dice «{dicho.forma}».", dicho.cita)


_FEMENINAS = r"\w{2,}(?:ci|si)ón|unidad|ciudad|secretaría|red|minuta|reunión|convocatoria"
_MASCULINAS = r"\w{2,}miento|comité|consejo|instituto|acuerdo|convenio|informe|programa|trimestre|calendario|reglamento"
_EN_PLURAL = r"\w{2,}(?:ciones|siones|mientos)|consejos|comités|institutos|acuerdos|convenios|informes|programas"
_EN_SINGULAR = rf"{_FEMENINAS}|{_MASCULINAS}"
_ANTES = r"(?<![\w-])"
_DESPUES = r"(?![\w-])"
# «la 1.ª sesión del Comité»: sólo el artículo que va pegado, y nunca el pronombre de «los publica».
_NO_CONCUERDAN = re.compile(
    rf"{_ANTES}(?:(?:el|del|al|los|dichos?|estos?) (?:{_FEMENINAS})|(?:la|las|dichas?|estas?) (?:{_MASCULINAS})"
    rf"|(?:el|del|al|la|una|un|dich[oa]|est[ea]) (?:{_EN_PLURAL})"
    rf"|(?:los|las|unos|unas|dich[oa]s|diversas|diversos|algunas|algunos) (?:{_EN_SINGULAR})){_DESPUES}",
    re.IGNORECASE,
)
_UNO_DE_VARIOS = re.compile(rf"{_ANTES}(?:el|del|al|la|una) ([A-Za-záéíóúñÁÉÍÓÚ]+[aeo]s){_DESPUES}", re.IGNORECASE)
_VARIOS = re.compile(r"\b(?:los|las|unos|unas) (\w+)")
_IGUAL_EN_PLURAL = {
    *("lunes", "martes", "miercoles", "jueves", "viernes", "antes", "menos", "demas", "mas", "entonces", "lejos"),
    *("atras", "detras", "ademas", "apenas", "dos", "tres", "mes", "interes", "ingles", "frances", "japones", "otros"),
    *("pais", "paraguas", "cumpleanos", "portavoces", "compas", "traves", "reves", "cuales", "ambas", "veces"),
}


class ArticuloQueNoConcuerda(Regla):
    """«De la Comité», «los procedimiento»; o «la Mujeres», donde en otra parte dice «las Mujeres»."""

    clave = "palabra.concordancia"
    nombre = "El artículo no concuerda con lo que sigue"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for dicho in dichos(revision, _NO_CONCUERDAN):
            yield self.hallazgo(dicho.fragmento, Gravedad.ADVERTENCIA, f"Dice «{dicho.forma}».", dicho.cita)
        sospechosos = [
            dicho
            for dicho in dichos(revision, _UNO_DE_VARIOS)
            if llano(dicho.forma.split()[-1]) not in _IGUAL_EN_PLURAL and not _NO_CONCUERDAN.fullmatch(dicho.forma)
        ]
        if not sospechosos:
            return
        plurales = self.en_plural(revision, {llano(d.forma.split()[-1]) for d in sospechosos})
        for dicho in sospechosos:
            if llano(dicho.forma.split()[-1]) in plurales:
                yield self.hallazgo(dicho.fragmento, Gravedad.ADVERTENCIA, f"Dice «{dicho.forma}».", dicho.cita)

    @staticmethod
    def en_plural(revision: Revision, palabras: set[str]) -> set[str]:
        """Las que el mismo texto usa con «los», «las», «unos»."""
        return palabras & {h for _, trozo in revision.trozos for h in _VARIOS.findall(llano(trozo.texto))}


_PARES = (("“", "”"), ("«", "»"), ("¿", "?"), ("¡", "!"))


class SignoSinPareja(Regla):
    """Unas comillas que se abren y no se cierran; si se cierran en el párrafo de junto, no falta ninguna."""

    clave = "signo.sin_pareja"
    nombre = "Un signo no tiene pareja"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        textos = [
            (fragmento, trozo.texto) for fragmento, trozo in revision.trozos if not isinstance(fragmento.bloque, Titulo)
        ]
        for i, (fragmento, texto) in enumerate(textos):
            for abre, cierra in _PARES:
                sobran = texto.count(abre) - texto.count(cierra)
                if not sobran:
                    continue
                junto = [
                    t.count(abre) - t.count(cierra) for _, t in (*textos[max(0, i - 3) : i], *textos[i + 1 : i + 4])
                ]
                if any(otro * sobran < 0 for otro in junto):
                    continue
                lugar = texto.find(abre if sobran > 0 else cierra)
                yield self.hallazgo(
                    fragmento,
                    Gravedad.NOTA,
                    f"Falta un «{cierra if sobran > 0 else abre}»." if cierra not in "»" else "Falta una comilla.",
                    cita(texto, lugar, lugar + 1),
                )


_COMPUESTA = re.compile(r"(?<![\w-])([a-záéíóúñ]{5,})- ?([a-záéíóúñ]{5,})(?![\w-])")


class CompuestaDeDosFormas(Regla):
    """«Derechos políticos-electorales» entre muchos «político-electorales»."""

    clave = "palabra.compuesta"
    nombre = "La misma palabra compuesta se escribe de dos formas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        formas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        primeros: dict[str, Dicho] = {}
        for patron in (_COMPUESTA, self.separadas(revision)):
            for dicho in dichos(revision, patron) if patron else ():
                primera = self.primera(dicho.forma)
                formas[self.clave_de(dicho.forma)][primera] += 1
                primeros.setdefault(dicho.forma, dicho)
        for forma, dicho in primeros.items():
            veces = formas[self.clave_de(forma)]
            usual, n = veces.most_common(1)[0]
            primera = self.primera(forma)
            if primera != usual and n >= VECES_DE_LO_USUAL * veces[primera] and usual.endswith("-"):
                explicacion = f"Aquí se lee «{forma}» y en lo demás, «{usual}{forma[len(primera) :]}»."
                yield self.hallazgo(dicho.fragmento, Gravedad.NOTA, explicacion, dicho.cita)

    @staticmethod
    def clave_de(forma: str) -> tuple[str, str]:
        uno, otro = (llano(parte) for parte in re.split(r"- ?| ", forma, maxsplit=1))
        return uno.rstrip("s"), otro.rstrip("s").removesuffix("e")

    @staticmethod
    def primera(forma: str) -> str:
        """Lo que debe ir igual: la primera parte con su signo; la segunda cambia de número."""
        return re.split(r"(?<=-)|(?<= )", forma, maxsplit=1)[0]

    @staticmethod
    def separadas(revision: Revision) -> re.Pattern[str] | None:
        """Las que van con guion, escritas sin él: «políticos electorales»."""
        con_guion = {tuple(re.split(r"- ?", d.forma)) for d in dichos(revision, _COMPUESTA)}
        if not con_guion:
            return None
        pares = "|".join(rf"{re.escape(a.rstrip('s'))}s {re.escape(b)}" for a, b in sorted(con_guion))
        return re.compile(rf"(?<![\w-])(?:{pares})(?![\w-])")


REGLAS: tuple[Regla, ...] = (PalabraRepetida(), ArticuloQueNoConcuerda(), SignoSinPareja(), CompuestaDeDosFormas())
