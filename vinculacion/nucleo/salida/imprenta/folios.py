"""«Página 7 de 184» al pie de cada hoja ya encuadernada.

El total sólo se sabe al final; imprimirlo con contadores obliga a repetir el trabajo. La letra sale de
un molde: una hoja impresa con los signos que hacen falta.
"""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary

SIGNOS = "Página de 0123456789"
MOLDE = (
    '<!doctype html><html lang="es-MX"><head><title>Molde</title></head><body class="molde">'
    f'<div class="documento"><p>{SIGNOS}</p></div></body></html>'
)
TAMANO = 8.2  # puntos, como el resto del pie
TINTA = "0.137 0.125 0.165 rg"
MM = 72 / 25.4
# Lo que mide el pie en informe-impreso.css: margen derecho e inferior, de pie y apaisada.
MARGENES = {False: (22 * MM, 23 * MM), True: (20 * MM, 20 * MM)}
CAIDA = 5 * MM + TAMANO * 1.02  # del borde del texto a la línea base del pie


class Foliador:
    """``molde``: el PDF de ``MOLDE``; ``de_total``: si se dice de cuántas; ``primera``: la primera hoja que se numera (0 es la portada)."""

    def __init__(self, molde: Path, *, de_total: bool = True, primera: int = 0):
        self.de_total, self.primera = de_total, primera
        self.molde = pikepdf.open(BytesIO(molde.read_bytes()))
        self.fuente = next(iter(self.molde.pages[0].Resources.Font.values()))
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

    def _pie(self, pagina, texto: str) -> bytes:
        _, _, ancho, alto = (float(n) for n in pagina.MediaBox)
        derecho, inferior = MARGENES[ancho > alto]
        x = ancho - derecho - sum(self.anchos[signo] for signo in texto)
        y = inferior - CAIDA
        claves = "".join(self.signos[signo] for signo in texto)
        return (
            f" Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC q {TINTA} BT /Folio {TAMANO} Tf "
            f"1 0 0 1 {x:.2f} {y:.2f} Tm <{claves}> Tj ET Q EMC"
        ).encode()


def _contenidos(pagina) -> list:
    contenidos = pagina.Contents
    return list(contenidos) if isinstance(contenidos, pikepdf.Array) else [contenidos]
