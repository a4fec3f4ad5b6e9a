"""Une las piezas en un PDF que es a la vez PDF/UA-1 y PDF/A-2a.

Conserva páginas, marcadores, destinos y el árbol de etiquetas de cada una; numera las hojas y
enlaza el índice con apartados que están en otras piezas.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .folios import Foliador

DESTINO = "ancla:"  # con lo que el índice nombra a un apartado de otra pieza


@dataclass(frozen=True)
class Ficha:
    """Lo que el PDF dice de sí mismo."""

    titulo: str
    autor: str = ""
    descripcion: str = ""
    idioma: str = "es-MX"
    creado: datetime | None = None


class Lugar(NamedTuple):
    """Antes de qué página, etiqueta y marcador de primer nivel entra una pieza."""

    pagina: int
    etiqueta: int
    marcador: int


def _pares(arbol) -> Iterator[tuple[str, Any]]:
    """Lo que hay en un árbol de nombres de PDF."""
    nombres = list(arbol.get("/Names", ()))
    return zip(map(str, nombres[::2]), nombres[1::2], strict=True)


def _arbol(pares: Mapping[str, Any]) -> Dictionary:
    ordenados = sorted(pares.items(), key=lambda par: par[0].encode())
    return Dictionary(Names=Array([parte for nombre, valor in ordenados for parte in (String(nombre), valor)]))


def _destinos(raiz) -> Dictionary:
    return raiz.get("/Names", Dictionary()).get("/Dests", Dictionary())


class Libro:
    """Un PDF al que se le van agregando piezas; se cierra con ``with``."""

    def __init__(self, primera: Path):
        self._abiertas = ExitStack()
        self.libro = libro = self._abiertas.enter_context(pikepdf.open(primera))
        arbol = libro.Root.StructTreeRoot
        self.documento = arbol.K[0]
        self.claves: list = list(arbol.ParentTree.Nums)
        self.siguiente = self._tope(self.claves)
        self.destinos = dict(_pares(_destinos(libro.Root)))
        self.encabezados = dict(_pares(arbol.get("/IDTree", Dictionary())))
        self.marcadores = self._cadena(libro.Root.get("/Outlines"))

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        self._abiertas.close()

    @property
    def final(self) -> Lugar:
        """Dónde entra lo que se agregue ahora, para guardar el lugar de una pieza que aún no está."""
        return Lugar(len(self.libro.pages), len(self.documento.K), len(self.marcadores))

    @staticmethod
    def _tope(claves: Sequence) -> int:
        return max((int(n) for n in claves[::2]), default=-1) + 1

    @staticmethod
    def _cadena(raiz) -> list:
        eslabon, cadena = raiz.get("/First") if raiz is not None else None, []
        while eslabon is not None:
            cadena.append(eslabon)
            eslabon = eslabon.get("/Next")
        return cadena

    def agrega(self, ruta: Path, en: Lugar | None = None) -> None:
        """Al final, o en un lugar guardado."""
        pieza = self._abiertas.enter_context(pikepdf.open(ruta))
        lugar = en or self.final
        for n, pagina in enumerate(pieza.pages):
            self.libro.pages.insert(lugar.pagina + n, pagina)
        nuevas = [self.libro.pages[lugar.pagina + n] for n in range(len(pieza.pages))]
        # Después de las páginas: lo que se copia las nombra, y así apunta a las que ya están en el libro.
        raiz = self.libro.copy_foreign(
            pieza.make_indirect(
                Dictionary(
                    Arbol=pieza.Root.StructTreeRoot,
                    Marcas=pieza.Root.get("/Outlines", Dictionary()),
                    Destinos=_destinos(pieza.Root),
                )
            )
        )
        for pagina in nuevas:
            if "/StructParents" in pagina:
                pagina.StructParents = int(pagina.StructParents) + self.siguiente
            for nota in pagina.get("/Annots", ()):
                if "/StructParent" in nota:
                    nota.StructParent = int(nota.StructParent) + self.siguiente
        claves = list(raiz.Arbol.ParentTree.Nums)
        for numero, valor in zip(claves[::2], claves[1::2], strict=True):
            self.claves += [int(numero) + self.siguiente, valor]
        self.siguiente += self._tope(claves)
        for n, hijo in enumerate(raiz.Arbol.K[0].K):
            hijo.P = self.documento
            self.documento.K.insert(lugar.etiqueta + n, hijo)
        self.marcadores[lugar.marcador : lugar.marcador] = self._cadena(raiz.Marcas)
        self.destinos |= dict(_pares(raiz.Destinos))
        self.encabezados |= dict(_pares(raiz.Arbol.get("/IDTree", Dictionary())))

    def encuadernar(self, ficha: Ficha, foliador: Foliador, etiquetas: Mapping[str, str]) -> bytes:
        """``etiquetas``: ancla → cómo se lee en voz alta el enlace que lleva a ella («Convenios, página 12»)."""
        self._enlaza(etiquetas)
        self._cierra(ficha)
        foliador.foliar(self.libro)
        salida = BytesIO()
        self.libro.save(
            salida, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, deterministic_id=True
        )
        return salida.getvalue()

    def _enlaza(self, etiquetas: Mapping[str, str]) -> None:
        """Un enlace del índice nombra un apartado de otra pieza como si fuera una dirección: aquí se vuelve destino."""
        for pagina in self.libro.pages:
            for nota in pagina.get("/Annots", ()):
                direccion = str(nota.get("/A", Dictionary()).get("/URI", ""))
                ancla = direccion.removeprefix(DESTINO) if direccion.startswith(DESTINO) else str(nota.get("/Dest", ""))
                if direccion.startswith(DESTINO):
                    del nota["/A"]
                    nota.Dest = String(ancla)
                if ancla in etiquetas:
                    nota.Contents = String(etiquetas[ancla])

    def _cierra(self, ficha: Ficha) -> None:
        libro, raiz = self.libro, self.libro.Root
        arbol = raiz.StructTreeRoot
        arbol.ParentTree = libro.make_indirect(Dictionary(Nums=Array(self.claves)))
        arbol.ParentTreeNextKey = self.siguiente
        if self.encabezados:
            arbol.IDTree = libro.make_indirect(_arbol(self.encabezados))
        raiz.Names = Dictionary(Dests=libro.make_indirect(_arbol(self.destinos)))
        self._marca()
        raiz.Lang = String(ficha.idioma)
        raiz.MarkInfo = Dictionary(Marked=True)
        raiz.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        raiz.PageMode = Name.UseOutlines if self.marcadores else Name.UseNone
        self._describe(ficha)

    def _marca(self) -> None:
        if not self.marcadores:
            return
        raiz = self.libro.make_indirect(Dictionary(Type=Name.Outlines))
        for n, marca in enumerate(self.marcadores):
            marca.Parent = raiz
            for clave, otro in (("/Prev", n - 1), ("/Next", n + 1)):
                if 0 <= otro < len(self.marcadores):
                    marca[clave] = self.marcadores[otro]
                elif clave in marca:
                    del marca[clave]
        raiz.First, raiz.Last = self.marcadores[0], self.marcadores[-1]
        raiz.Count = len(self.marcadores)
        self.libro.Root.Outlines = raiz

    def _describe(self, ficha: Ficha) -> None:
        """A mano, porque PDF/A pide que el XMP describa el esquema de PDF/UA, que no conoce."""
        # Lo mismo que el XMP y nada más: PDF/A pide que coincidan.
        self.libro.trailer.Info = self.libro.make_indirect(
            Dictionary({"/Title": String(ficha.titulo), "/Author": String(ficha.autor)})
        )
        fecha = ficha.creado.isoformat(timespec="seconds") if ficha.creado else ""
        datos = {
            "titulo": ficha.titulo,
            "idioma": ficha.idioma,
            "autor": ficha.autor,
            "descripcion": ficha.descripcion,
            "fecha": fecha,
        }
        xmp = XMP.format(**{clave: escape(valor) for clave, valor in datos.items()})
        self.libro.Root.Metadata = self.libro.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titulo}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{autor}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{descripcion}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{idioma}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>vinculación</xmp:CreatorTool>
<xmp:CreateDate>{fecha}</xmp:CreateDate>
<xmp:ModifyDate>{fecha}</xmp:ModifyDate>
<pdf:Producer>WeasyPrint y pikepdf</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
