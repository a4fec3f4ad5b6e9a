"""Documentos al azar, con bloques de todas las clases, para comparar los formatos entre sí."""

import base64
import struct
import zlib
from datetime import date
from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from vinculacion.nucleo.bloques import (
    Bloque,
    Cifra,
    Colofon,
    Columna,
    Frase,
    Grafica,
    Grupo,
    Imagen,
    Lista,
    Matriz,
    Parrafo,
    Referencia,
    SinActividades,
    Tabla,
    Titulo,
)
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Membrete, Portada

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="9" height="9"/></svg>'
PALABRAS = ["Reunión", "Convenio", "Órgano", "Ñandú", "Sesión", "Consejería", "Acuerdo", "Difusión"]


def png(ancho: int = 60, alto: int = 40) -> bytes:
    def trozo(tipo: bytes, datos: bytes) -> bytes:
        return struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))

    renglones = b"".join(b"\0" + bytes((40, 80, 120)) * ancho for _ in range(alto))
    cabeza = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + trozo(b"IHDR", cabeza) + trozo(b"IDAT", zlib.compress(renglones)) + trozo(b"IEND", b"")
    )


PNG = f"data:image/png;base64,{base64.b64encode(png()).decode()}"


class _Fabrica:
    """Cada texto que da es único y no se parte: así se halla, y en orden, en cualquier formato."""

    def __init__(self, draw):
        self.draw, self.numero = draw, count(1)

    def clave(self) -> str:
        return f"Z{next(self.numero)}Z"

    def texto(self) -> str:
        return f"{self.clave()} {self.draw(st.sampled_from(PALABRAS))}"

    def cantidad(self) -> int | Decimal:
        return self.draw(st.one_of(st.integers(0, 99_999), st.decimals(0, 999, places=1, allow_nan=False).map(Decimal)))

    def celda(self, clase: str):
        if clase == "numero":
            return self.draw(st.one_of(st.none(), st.just(0), st.integers(1, 99_999)))
        if clase == "fecha":
            return self.draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
        return self.texto()

    def tabla(self) -> Tabla:
        clases = ("texto", *self.draw(st.lists(st.sampled_from(["texto", "numero", "fecha", "centro"]), max_size=4)))
        filas = tuple(tuple(self.celda(c) for c in clases) for _ in range(self.draw(st.integers(1, 9))))
        repetida = self.draw(st.booleans())
        if repetida:
            comun = self.texto()
            filas = tuple((comun, *fila[1:]) for fila in filas)
        totales = self.draw(st.booleans())
        grupos: tuple[Grupo, ...] = ()
        if self.draw(st.booleans()):
            corte = self.draw(st.integers(1, len(filas)))
            partes = [n for n in (corte, len(filas) - corte) if n]
            grupos = tuple(
                Grupo(self.texto(), n, (self.texto(), *(self.cierre(c) for c in clases[1:])) if totales else None)
                for n in partes
            )
        return Tabla(
            tuple(Columna(self.texto(), clase) for clase in clases),
            filas,
            titulo=self.draw(st.sampled_from(["", self.texto()])),
            totales=(self.texto(), *(self.cierre(c) for c in clases[1:])) if totales else None,
            notas=(self.texto(),),
            combinar=(0,) if repetida else (),
            grupos=grupos,
            agrupada_por="Rubro" if grupos else "",
        )

    def cierre(self, clase: str):
        return self.cantidad() if clase == "numero" else None

    def matriz(self) -> Matriz:
        columnas = tuple(self.texto() for _ in range(self.draw(st.integers(1, 9))))
        filas = tuple((self.texto(), tuple("X" for _ in columnas)) for _ in range(self.draw(st.integers(1, 4))))
        return Matriz(self.texto(), columnas, filas, titulo=self.texto(), notas=(self.texto(),))

    def bloque(self) -> Bloque:
        nota = self.clave()
        hechos = {
            "titulo": lambda: Titulo(self.texto()),
            "parrafo": lambda: Parrafo(self.texto()),
            "markdown": lambda: Parrafo(
                f"**{self.texto()}**[^{nota}] sigue.\n\n[^{nota}]: {self.texto()}.", "markdown"
            ),
            "cifra": lambda: Cifra(self.texto(), self.cantidad(), self.texto()),
            "frase": lambda: Frase(("Se dieron ", Cifra(self.texto(), self.cantidad()), " en el año.")),
            "tabla": self.tabla,
            "matriz": self.matriz,
            "grafica": lambda: Grafica(self.texto(), self.texto(), SVG),
            "imagen": lambda: Imagen(self.texto(), PNG, self.texto(), self.texto(), 50),
            "lista": lambda: Lista((self.texto(), self.texto()), titulo=self.texto()),
            "sin": lambda: SinActividades(self.texto()),
            "referencia": lambda: Referencia(self.texto(), "anexo"),
            "colofon": lambda: Colofon(((self.texto(), self.texto()),), "ab" * 32, "https://ejemplo.example/v", SVG),
        }
        return hechos[self.draw(st.sampled_from(sorted(hechos)))]()


@st.composite
def documentos(draw) -> Documento:
    fabrica = _Fabrica(draw)

    def apartado(numero: str, ancla: str, nivel: int = 1, hijos: tuple[ApartadoArmado, ...] = ()) -> ApartadoArmado:
        bloques = tuple(fabrica.bloque() for _ in range(draw(st.integers(1, 4))))
        hoja = draw(st.sampled_from(["", "apaisada", "seguida"]))
        return ApartadoArmado(numero, fabrica.texto(), nivel, bloques, hijos, ancla, hoja=hoja)

    raices = (apartado("I", "uno", hijos=(apartado("A)", "dos", 2),)), apartado("Anexo 1", "anexo"))
    membrete = Membrete(letra=draw(st.sampled_from(["sans", "serif"])))
    return Documento("azar", Portada(fabrica.texto(), institucion="Instituto"), raices, membrete=membrete)
