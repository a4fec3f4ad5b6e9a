"""Cómo se escribe en una celda lo que es propio de un informe: su árbol, sus parámetros y su presentación."""

import re

from vinculacion.nucleo import hojas
from vinculacion.nucleo.hojas.celdas import a_texto, normaliza, quiso_decir

from ..arbol import NIVEL_MAXIMO
from ..estados import Numeracion
from ..models import Informe, Plantilla, UsoDeSeccion
from .consultas import CIFRAS_DE_UN_LUGAR
from .presentacion import ColumnaElegida, Orden, Presentacion, presentacion_guardada

ORDENES = 3
ENCABEZADO_MAXIMO = 200
_MAYOR_A_MENOR = " (de mayor a menor)"
_ELEGIDA = re.compile(r"(?P<titulo>.+?)(?:\s+=\s+(?P<encabezado>.+?))?(?:\s+\[(?P<ancho>\d+)\s*%\])?")


class DocumentoEscrito(hojas.Texto):
    """``plantilla:clave`` o ``informe:clave``; la clave sola, si no la comparten los dos."""

    formato = "«plantilla:» o «informe:» y su clave"
    ejemplo = "informe:trimestral-2020-4"

    def __init__(self):
        super().__init__()
        self._por_texto = self._documentos = None

    def _carga(self):
        if self._documentos is not None:
            return
        self._documentos = {f"{d._meta.model_name}:{d.clave}": d for m in (Plantilla, Informe) for d in m.objects.all()}
        solas = [d.clave for d in self._documentos.values()]
        self._por_texto = {normaliza(d.clave): t for t, d in self._documentos.items() if solas.count(d.clave) == 1}
        self._por_texto |= {normaliza(t): t for t in self._documentos}

    def documento(self, escrito: str) -> Plantilla | Informe:
        self._carga()
        return self._documentos[escrito]

    def clean(self, value, row=None, **kwargs):
        texto = super().clean(value, row, **kwargs)
        if not texto:
            return ""
        self._carga()
        buscado = ":".join(p.strip() for p in normaliza(texto).split(":"))
        if buscado not in self._por_texto:
            raise ValueError(
                f"No existe la plantilla ni el informe «{texto}».{quiso_decir(texto, [*self._documentos, *self._por_texto])}"
            )
        return self._por_texto[buscado]

    def permitidos(self):
        self._carga()
        return list(self._documentos)


class Ruta(hojas.Texto):
    """El lugar en el árbol: 1, 1.2, 1.2.3."""

    formato = "Lugar en el árbol, como 1.2.3; la celda, con formato de texto"
    ejemplo = "1.2"

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and not value.is_integer():
            # Excel guarda igual 1.1 que 1.10.
            raise ValueError(
                f"«{value}» está como número y no se sabe si es 1.1 o 1.10: dé a la columna formato de texto."
            )
        texto = super().clean(value, row, **kwargs)
        if not texto:
            return ""
        partes = texto.rstrip(".").split(".")
        if not all(re.fullmatch(rf"\d{{1,{CIFRAS_DE_UN_LUGAR - 1}}}", p) and int(p) for p in partes):
            raise ValueError(f"«{texto}» no es un lugar del árbol: escríbalo como 1.2.3, contando desde 1.")
        if len(partes) > NIVEL_MAXIMO:
            raise ValueError(f"El árbol admite hasta {NIVEL_MAXIMO} niveles y «{texto}» tiene {len(partes)}.")
        return ".".join(f"{int(p):0{CIFRAS_DE_UN_LUGAR}}" for p in partes)

    def render(self, value, obj=None, **kwargs):
        return ".".join(str(int(p)) for p in value.split(".")) if value else ""


class NumeracionEscrita(hojas.Opcion):
    """«A), B), C)» y «a), b), c)» sólo se distinguen tal como se escriben."""

    def __init__(self):
        super().__init__(Numeracion.choices)

    def clean(self, value, row=None, **kwargs):
        tal_cual = {etiqueta: valor for valor, etiqueta in self.opciones}
        return tal_cual.get(a_texto(value)) or super().clean(value, row, **kwargs)


class ClaveDeSeccion(hojas.Opcion):
    """Se acepta el nombre o la clave; sale la clave, que es la de ``manage.py catalogo``."""

    formato = "Clave o nombre de una sección del catálogo"

    def render(self, value, obj=None, **kwargs):
        return value or ""

    def permitidos(self):
        return [clave for clave, _nombre in self.opciones]


class Renglones(hojas.Texto):
    """Varios textos en una celda, uno por renglón."""

    formato = "Texto; si son varios, uno por renglón de la celda"

    def clean(self, value, row=None, **kwargs):
        return tuple(r.strip() for r in a_texto(value).splitlines() if r.strip())

    def render(self, value, obj=None, **kwargs):
        return "\n".join(value or ())


class Parametros(hojas.Texto):
    """``nombre: valor``, uno por renglón; la sección dice después de qué tipo es cada uno."""

    formato = "nombre: valor, uno por renglón de la celda; si un valor lleva varios, separados por coma"
    ejemplo = "accion: pat-2020:1B\ntipo: nota-ejecutiva"

    def clean(self, value, row=None, **kwargs):
        pares = {}
        # También de corrido: «accion: pat-2020:1B; tipo: nota-ejecutiva».
        for pieza in re.split(r"\n|;(?=\s*[\w ]+:)", a_texto(value)):
            if not pieza.strip():
                continue
            nombre, dos_puntos, valor = (parte.strip() for parte in pieza.partition(":"))
            if not dos_puntos or not nombre or not valor:
                raise ValueError(f"«{pieza.strip()}» no tiene la forma «nombre: valor».")
            if nombre in pares:
                raise ValueError(f"«{nombre}» está repetido.")
            pares[nombre] = valor
        return pares

    def render(self, value, obj=None, **kwargs):
        return "\n".join(f"{nombre}: {self._valor(v)}" for nombre, v in (value or {}).items())

    @staticmethod
    def _valor(valor) -> str:
        return ", ".join(map(str, valor)) if isinstance(valor, list | tuple) else " ".join(a_texto(valor).split())


class ColumnasElegidas(hojas.Texto):
    """``Título``, ``Título = Encabezado``, ``Título = Encabezado [30 %]``; una por renglón."""

    formato = "Título de la columna o «Título = Encabezado [30 %]», una por renglón de la celda"
    ejemplo = "No.\nActividad = Reunión [60 %]\nFecha"

    def clean(self, value, row=None, **kwargs):
        return tuple(self._elegida(renglon) for renglon in Renglones().clean(value))

    @staticmethod
    def _elegida(renglon: str) -> ColumnaElegida:
        partes = _ELEGIDA.fullmatch(renglon)
        encabezado = (partes and partes["encabezado"]) or ""
        ancho = int(partes["ancho"]) if partes and partes["ancho"] else None
        if ancho is not None and not 1 <= ancho <= 100:
            raise ValueError(f"El ancho de «{renglon}» va de 1 a 100 %.")
        if len(encabezado) > ENCABEZADO_MAXIMO:
            raise ValueError(f"El encabezado «{encabezado[:40]}…» pasa de {ENCABEZADO_MAXIMO} letras.")
        return ColumnaElegida(partes["titulo"] if partes else renglon, encabezado, ancho)

    def render(self, value, obj=None, **kwargs):
        return "\n".join(
            c.titulo + (f" = {c.encabezado}" if c.encabezado else "") + (f" [{c.ancho} %]" if c.ancho else "")
            for c in value or ()
        )


class OrdenEscrito(hojas.Texto):
    formato = "Título de la columna, y «(de mayor a menor)» si va al revés; hasta tres, una por renglón de la celda"
    ejemplo = f"Órgano\nFecha{_MAYOR_A_MENOR}"

    def clean(self, value, row=None, **kwargs):
        renglones = Renglones().clean(value)
        if len(renglones) > ORDENES:
            raise ValueError(f"Se ordena a lo más por {ORDENES} columnas.")
        return tuple(Orden(r.removesuffix(_MAYOR_A_MENOR), r.endswith(_MAYOR_A_MENOR)) for r in renglones)

    def render(self, value, obj=None, **kwargs):
        return "\n".join(o.columna + (_MAYOR_A_MENOR if o.descendente else "") for o in value or ())


class DePresentacion(hojas.Columna):
    """Una columna de la hoja que es un campo de ``Presentacion``."""

    def __init__(self, campo: str, column_name: str, widget, **mas):
        if isinstance(widget, hojas.SiNo):
            mas["default"] = False
        super().__init__(f"presentacion_{campo}", column_name, widget, virtual=True, **mas)
        self.campo = campo

    def get_value(self, instance: UsoDeSeccion):
        return getattr(presentacion_guardada(instance) or Presentacion(), self.campo)
