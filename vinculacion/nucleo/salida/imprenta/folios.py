"""El pie de cada hoja ya encuadernada: a la izquierda el del documento, a la derecha «Página 7 de 184».

El total sólo se sabe al final; imprimirlo con contadores obliga a repetir el trabajo. Lo de la izquierda
cambia al presentar y al aprobar, y lo demás no. La letra sale de un molde: una hoja impresa con los signos
que hacen falta.
"""

import re
from html import escape
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary

SIGNOS = "Página de 0123456789"
TAMANO = 8.2  # puntos, como el resto del pie
TINTA, TENUE = "0.137 0.125 0.165 rg", "0.294 0.286 0.322 rg"
MM = 72 / 25.4
# Lo que mide el pie en informe-impreso.css: margen izquierdo, derecho e inferior, de pie y apaisada.
MARGENES = {False: (25 * MM, 22 * MM, 23 * MM), True: (20 * MM, 20 * MM, 20 * MM)}
CAIDA = 5 * MM + TAMANO * 1.02  # del borde del texto a la línea base del pie
RENGLON = TAMANO * 1.25
A_LA_IZQUIERDA = 0.7  # del ancho del texto


def molde(pie: str) -> str:
    """Los signos van sueltos: juntos, la letra uniría algunos en uno solo."""
    signos = escape(" ".join(sorted({*SIGNOS, *pie} - {" "})))
    return (
        '<!doctype html><html lang="es-MX"><head><title>Molde</title></head><body class="molde">'
        f'<div class="documento"><p>{signos}</p></div></body></html>'
    )


class Foliador:
    """``molde``: el PDF de ``molde(pie)``; ``de_total``: si se dice de cuántas; ``primera``: la primera hoja que se numera (0 es la portada)."""

    def __init__(self, molde: Path, pie: str = "", *, de_total: bool = True, primera: int = 0):
        self.pie, self.de_total, self.primera = pie, de_total, primera
        self.molde = pikepdf.open(BytesIO(molde.read_bytes()))
        # Un signo que la letra de la casa no tenga trae la suya, con muy pocos.
        self.fuente = max(self.molde.pages[0].Resources.Font.values(), key=lambda f: len(f.ToUnicode.read_bytes()))
        self.signos = self._signos()
        self.anchos = self._anchos()

    def _signos(self) -> dict[str, str]:
        """Cada signo y su clave en la letra, que la propia letra dice en su tabla ToUnicode."""
        tabla = self.fuente.ToUnicode.read_bytes().decode()
        pares = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*$", tabla, re.MULTILINE)
        return {chr(int(signo, 16)): clave for clave, signo in pares}

    def _anchos(self) -> dict[str, float]:
        anchos: dict[int, float] = {}
        piezas = list(self.fuente.DescendantFonts[0].W)
        while piezas:
            desde, segundo = int(piezas.pop(0)), piezas.pop(0)
            if isinstance(segundo, pikepdf.Array):
                anchos |= {desde + n: float(ancho) for n, ancho in enumerate(segundo)}
            else:
                ancho = float(piezas.pop(0))
                anchos |= dict.fromkeys(range(desde, int(segundo) + 1), ancho)
        return {signo: anchos.get(int(clave, 16), 0) * TAMANO / 1000 for signo, clave in self.signos.items()}

    def foliar(self, libro: pikepdf.Pdf) -> None:
        fuente = libro.copy_foreign(self.fuente)
        total = len(libro.pages)
        abre = libro.make_stream(b"q ")
        for numero, pagina in enumerate(libro.pages, start=1):
            if numero <= self.primera:
                continue
            texto = f"Página {numero} de {total}" if self.de_total else f"Página {numero}"
            recursos = pagina.Resources
            if "/Font" not in recursos:
                recursos.Font = Dictionary()
            recursos.Font["/Folio"] = fuente
            pagina.Contents = pikepdf.Array([abre, *_contenidos(pagina), libro.make_stream(self._pie(pagina, texto))])

    def _pie(self, pagina, folio: str) -> bytes:
        _, _, ancho, alto = (float(n) for n in pagina.MediaBox)
        izquierdo, derecho, inferior = MARGENES[ancho > alto]
        y = inferior - CAIDA
        renglones = self._renglones((ancho - izquierdo - derecho) * A_LA_IZQUIERDA)
        escrito = "".join(self._texto(r, izquierdo, y - n * RENGLON) for n, r in enumerate(renglones))
        escrito += f" {TINTA}" + self._texto(folio, ancho - derecho - self._ancho(folio), y)
        return (
            f" Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC q {TENUE} BT /Folio {TAMANO} Tf{escrito} ET Q EMC"
        ).encode()

    def _texto(self, texto: str, x: float, y: float) -> str:
        claves = "".join(self.signos[signo] for signo in texto if signo in self.signos)
        return f" 1 0 0 1 {x:.2f} {y:.2f} Tm <{claves}> Tj"

    def _ancho(self, texto: str) -> float:
        return sum(self.anchos.get(signo, 0) for signo in texto)

    def _renglones(self, ancho: float) -> list[str]:
        """El pie del documento, partido por palabras en lo que cabe a la izquierda."""
        renglones: list[str] = []
        for palabra in self.pie.split():
            junto = f"{renglones[-1]} {palabra}" if renglones else palabra
            if renglones and self._ancho(junto) <= ancho:
                renglones[-1] = junto
            else:
                renglones.append(palabra)
        return renglones


def _contenidos(pagina) -> list:
    contenidos = pagina.Contents
    return list(contenidos) if isinstance(contenidos, pikepdf.Array) else [contenidos]
