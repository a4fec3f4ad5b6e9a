"""El índice, los encabezados y las referencias de un texto: que digan lo mismo y no salten."""

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz

from vinculacion.nucleo.bloques import Grafica, Lista, Matriz, Parrafo, Tabla, Titulo
from vinculacion.nucleo.palabras import letra, romano
from vinculacion.nucleo.texto import llano

from .fragmentos import Entrada, Fragmento, cita, limpio, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision

_NUMERO = re.compile(r"(?:([IVXLC]+)\.|(\d{1,2}(?:\.\d{1,2})*)\.?|([A-Z])\)|([a-z])\))\s+(?=\S)")
ENTRADAS_MINIMAS = 3
PARECIDO = 85


def numero_y_titulo(texto: str) -> tuple[str, str]:
    """«III», «Principales resultados»; el número, sin su punto ni su paréntesis."""
    hallado = _NUMERO.match(texto)
    if not hallado:
        return "", texto
    return next(g for g in hallado.groups() if g), texto[hallado.end() :]


def comparable(titulo: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", llano(titulo)).strip(" .:").split())


def encabezados(revision: Revision) -> list[Fragmento]:
    return [f for f in revision.fragmentos if isinstance(f.bloque, Titulo)]


class PaginasDelIndice(Regla):
    """«Introducción … 3» y después «I. Sesiones … 2»; o la página que no es donde el apartado está."""

    clave = "indice.paginas"
    nombre = "Las páginas del índice no cuadran"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        entradas = [e for e in revision.indice if not re.search(r"[A-Za-z]\d$", e.texto)]
        if len(entradas) < ENTRADAS_MINIMAS:
            return
        atras = [(a, e) for a, e in zip(entradas, entradas[1:], strict=False) if e.pagina < a.pagina]
        if len(atras) <= len(entradas) / 4:
            for antes, entrada in atras:
                yield self.de_entrada(
                    entrada,
                    f"Dice página {entrada.pagina} y la entrada anterior, «{cita(antes.texto, 0, 60)}», {antes.pagina}.",
                )
        yield from self.contra_el_texto(revision, entradas, {id(e) for _, e in atras} | {id(a) for a, _ in atras})

    def contra_el_texto(self, revision: Revision, entradas: list[Entrada], dichas: set[int]) -> Iterator[Hallazgo]:
        """Con páginas verdaderas: casi todas distan lo mismo de la que anuncian (la portada no se cuenta)."""
        paginas = {comparable(limpio(f.bloque.texto)): f.pagina for f in reversed(encabezados(revision)) if f.pagina}
        halladas = [(e, paginas[c]) for e in entradas if (c := comparable(e.texto)) in paginas]
        if len(halladas) < ENTRADAS_MINIMAS + 1:
            return
        distancias = Counter(pagina - e.pagina for e, pagina in halladas)
        usual, veces = distancias.most_common(1)[0]
        if veces < 0.6 * len(halladas):
            return
        for entrada, pagina in halladas:
            if pagina - entrada.pagina != usual:
                yield self.de_entrada(entrada, f"Dice página {entrada.pagina} y está en la {pagina - usual}.")

    def de_entrada(self, entrada: Entrada, explicacion: str) -> Hallazgo:
        return Hallazgo(
            self.clave,
            Gravedad.ADVERTENCIA.value,
            "Índice",
            explicacion,
            f"{cita(entrada.texto, 0, 140)} … {entrada.pagina}",
        )


class IndiceContraTitulos(Regla):
    """El índice dice «5. Actividades institucionales» y el apartado se titula «4. Actividades institucionales»."""

    clave = "indice.titulos"
    nombre = "El índice y los apartados no dicen lo mismo"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        titulos = [numero_y_titulo(limpio(f.bloque.texto)) for f in encabezados(revision)]
        por_titulo: dict[str, list[str]] = {}
        for numero, titulo in titulos:
            por_titulo.setdefault(comparable(titulo), []).append(numero)
        por_numero = {numero: titulo for numero, titulo in reversed(titulos) if numero}
        entradas = [numero_y_titulo(e.texto) for e in revision.indice]
        hallados = sum(1 for _, titulo in entradas if comparable(titulo) in por_titulo)
        if len(entradas) < ENTRADAS_MINIMAS or hallados < len(entradas) / 2:
            return  # no se leyeron bien los encabezados: no se sabe
        for numero, titulo in entradas:
            numeros = por_titulo.get(comparable(titulo))
            dicho = f"{numero}. {titulo}" if numero else titulo
            if numeros is not None:
                if numero and all(numeros) and numero not in numeros:
                    explicacion = f"El índice lo numera {numero} y en el texto es el {numeros[0]}."
                    yield self.de_indice(explicacion, dicho)
            elif numero.isdigit() or re.fullmatch(r"[IVXLC]+", numero or "-"):
                otro = por_numero.get(numero, "")
                parecidos = [c for c in por_titulo if fuzz.ratio(comparable(titulo), c) >= PARECIDO]
                suyos = {n for c in parecidos for n in por_titulo[c]}
                if parecidos and all(suyos) and numero not in suyos:
                    yield self.de_indice(f"El índice lo numera {numero} y en el texto es el {min(suyos)}.", dicho)
                elif otro and not parecidos:
                    yield self.de_indice(f"En el texto, el {numero} se titula «{cita(otro, 0, 120)}».", dicho)

    def de_indice(self, explicacion: str, dicho: str) -> Hallazgo:
        return Hallazgo(self.clave, Gravedad.ADVERTENCIA.value, "Índice", explicacion, cita(dicho, 0, 160))


class NumeracionDeApartados(Regla):
    """De «B)» a «D)», o dos apartados «3.» en el mismo rubro."""

    clave = "apartado.numeracion"
    nombre = "La numeración de los apartados salta o se repite"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        antes: dict[str, int] = {}  # por clase de número, el último
        jerarquia: list[str] = []
        for fragmento in encabezados(revision):
            titulo = limpio(fragmento.bloque.texto)
            numero, _ = numero_y_titulo(titulo)
            clase, n = clase_y_valor(numero)
            if not clase:
                continue
            if clase in jerarquia:
                for inferior in jerarquia[jerarquia.index(clase) + 1 :]:
                    antes.pop(inferior, None)
                jerarquia = jerarquia[: jerarquia.index(clase) + 1]
            else:
                jerarquia.append(clase)
            previo = antes.get(clase)
            antes[clase] = n
            if previo is None or n in (previo + 1, 1):
                continue
            if n == previo or n == previo + 2:
                que = f"Se repite el {numero}." if n == previo else f"Se pasa del {escrito(clase, previo)} al {numero}."
                yield self.hallazgo(fragmento, Gravedad.ADVERTENCIA, que, cita(titulo, 0, 140))


def clase_y_valor(numero: str) -> tuple[str, int]:
    if numero.isdigit():
        return "arabigo", int(numero)
    if re.fullmatch(r"[IVX]+", numero):
        valores = {romano(n): n for n in range(1, 40)}
        return ("romano", valores[numero]) if numero in valores else ("", 0)
    if len(numero) == 1 and numero.isalpha():
        return "mayuscula" if numero.isupper() else "minuscula", ord(numero.lower()) - 96
    return "", 0


def escrito(clase: str, n: int) -> str:
    match clase:
        case "romano":
            return romano(n)
        case "arabigo":
            return str(n)
        case "mayuscula":
            return letra(n)
    return letra(n).lower()


class ApartadoSinTexto(Regla):
    """Un encabezado numerado al que sigue, sin nada en medio, su hermano."""

    clave = "apartado.sin_texto"
    nombre = "El apartado no dice nada"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return  # de un informe lo dicen sus apartados
        fragmentos = revision.fragmentos
        for uno, otro in zip(fragmentos, fragmentos[1:], strict=False):
            if not (isinstance(uno.bloque, Titulo) and isinstance(otro.bloque, Titulo)):
                continue
            (clase, n), (otra, m) = (
                clase_y_valor(numero_y_titulo(limpio(b.texto))[0]) for b in (uno.bloque, otro.bloque)
            )
            if clase and clase == otra and m == n + 1:
                yield self.hallazgo(
                    uno,
                    Gravedad.ADVERTENCIA,
                    "Sigue otro apartado sin que éste diga nada.",
                    cita(uno.bloque.texto, 0, 140),
                )


# «…en modalidad virtual. Tabla 1. Sesiones celebradas»: un título que la lectura dejó pegado a otra cosa.
_TITULO_PEGADO = re.compile(
    r"(?:^|[.:;»)] )(Tabla|Cuadro|Gr[aá]fica|Figura)\s+(\d{1,2}(?:\.\d{1,2})?)\. (?=[A-ZÁÉÍÓÚÑ«])"
)
_CITA_DE_TABLA = re.compile(r"\b(tabla|cuadro|gr[aá]fica|figura)\s+(\d{1,2}(?:\.\d{1,2})?)\b", re.IGNORECASE)


class TablaCitada(Regla):
    """«(tabla 2.4)», y no hay una tabla con ese número."""

    clave = "tabla.citada"
    nombre = "Se cita una tabla que no está"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        if revision.propio:
            return  # las de un informe se numeran al armarlo
        hay: dict[str, set[str]] = {}
        citadas: list[tuple[Fragmento, str, re.Match[str]]] = []
        for fragmento in revision.fragmentos:
            titulo = self.titulo(fragmento)
            if hallado := _CITA_DE_TABLA.match(titulo):
                hay.setdefault(llano(hallado[1]), set()).add(hallado[2])
            for trozo in trozos(fragmento):
                for pegado in _TITULO_PEGADO.finditer(trozo.texto):
                    hay.setdefault(llano(pegado[1]), set()).add(pegado[2])
                if trozo.texto != titulo:
                    citadas += [(fragmento, trozo.texto, h) for h in _CITA_DE_TABLA.finditer(trozo.texto)]
        for fragmento, texto, hallado in citadas:
            suyas = hay.get(llano(hallado[1]), set())
            if len(suyas) >= 2 and hallado[2] not in suyas:
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    f"No hay {llano(hallado[1])} {hallado[2]} en el texto.",
                    cita(texto, hallado.start(), hallado.end()),
                )

    @staticmethod
    def titulo(fragmento: Fragmento) -> str:
        match fragmento.bloque:
            case Tabla(titulo=titulo) | Matriz(titulo=titulo) | Grafica(titulo=titulo) | Lista(titulo=titulo):
                return limpio(titulo)
            case Titulo(texto=texto):
                return limpio(texto)
            case Parrafo(texto=texto) if len(texto) < 160 and _CITA_DE_TABLA.match(texto):
                return limpio(texto)
        return ""


REGLAS = (PaginasDelIndice(), IndiceContraTitulos(), NumeracionDeApartados(), ApartadoSinTexto(), TablaCitada())
