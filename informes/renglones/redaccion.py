"""De un renglón guardado a lo que el informe dice de él."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError

from informes import narrativa
from informes.models import Renglon
from vinculacion.nucleo import palabras
from vinculacion.nucleo.secciones import CIFRAS, Contexto

SIN_RUBRO = "Otros"
_NOTA = re.compile(r"\[\^([\w-]+)\]")
# Con separador de miles: «1,765 folios», y no el año con que empieza una oración.
_TECLEADO = re.compile(r"(?P<numero>\d{1,3}(?:,\d{3})*) (?P<etiqueta>[^\d\W][^.;:|{}]{2,79})\.?")
_DEFINICION = re.compile(r"^[ ]{0,3}\[\^[\w-]+\]:.*(?:\n[ \t]+\S.*)*", re.MULTILINE)


@dataclass(frozen=True)
class Escrito:
    """Un renglón con sus cifras de hoy.

    ``valor`` y ``etiqueta`` («24», «sesiones celebradas») cuando abre con su cifra en números; así
    puede ir en grande o en una tabla. ``cuenta``: la cifra viva de la que sale.
    """

    renglon: Renglon
    texto: str
    detalle: str = ""
    valor: int | Decimal | None = None
    etiqueta: str = ""
    cuenta: narrativa.Dato | None = None


def escribir(renglones: Iterable[Renglon], contexto: Contexto) -> list[Escrito]:
    """``ValidationError`` con todos los renglones que hoy no se pueden escribir: nunca se omite uno."""
    escritos, fallas = [], []
    for renglon in renglones:
        try:
            escritos.append(_escrito(renglon, contexto))
        except narrativa.NarrativaInvalida as error:
            # Sin el número de línea, que aquí no ayuda; y en una sola oración por error.
            fallas += [f"El renglón «{renglon.texto[:60]}»: {e.mensaje}" for e in error.errores]
    if fallas:
        raise ValidationError(fallas)
    return escritos


def _escrito(renglon: Renglon, contexto: Contexto) -> Escrito:
    texto = narrativa.redactar(renglon.texto, contexto, CIFRAS).strip()
    frase, _, detalle = (parte.strip() for parte in texto.partition("\n"))
    llano = frase.replace("**", "")
    vivas = narrativa.tokens_usados(renglon.texto)
    for dato in vivas:
        valor = valor_de(dato, contexto)
        if valor is None:
            continue
        numero = palabras.numero(valor)
        if llano.startswith(f"{numero} "):
            etiqueta = llano[len(numero) :].strip().rstrip(".")
        elif llano.rstrip(".").endswith(f": {numero}"):
            etiqueta = llano.rstrip(".")[: -len(numero) - 2].strip()
        else:
            break
        return Escrito(renglon, texto, detalle, valor, etiqueta, dato)
    if not vivas and (tecleado := _TECLEADO.fullmatch(llano)):
        return Escrito(renglon, texto, detalle, int(tecleado["numero"].replace(",", "")), tecleado["etiqueta"])
    return Escrito(renglon, texto, detalle)


def valor_de(dato: narrativa.Dato, contexto: Contexto) -> int | Decimal | None:
    """El número de una cifra viva; ``None`` si no es un número o hoy no lo tiene."""
    cifra = CIFRAS.get(dato.clave)
    if cifra is None or cifra.tipo != "numero":
        return None
    try:
        valor = cifra.valor(contexto, dict(dato.parametros))
    except ValueError:
        return None
    return Decimal(str(valor)) if isinstance(valor, float) else valor


def por_rubro(escritos: Iterable[Escrito]) -> list[tuple[str, list[Escrito]]]:
    """En el orden en que aparece cada rubro; los que no tienen, al final."""
    grupos: dict[str, list[Escrito]] = {}
    for escrito in escritos:
        grupos.setdefault(escrito.renglon.rubro.strip(), []).append(escrito)
    con_rubro = [(rubro, suyos) for rubro, suyos in grupos.items() if rubro]
    return [*con_rubro, *([(SIN_RUBRO if con_rubro else "", grupos[""])] if "" in grupos else [])]


def lista_en_markdown(escritos: Iterable[Escrito]) -> str:
    """Una viñeta por renglón; sus notas al pie van al final y no se confunden con las de otro."""
    puntos, notas = [], []
    for escrito in escritos:
        texto = _NOTA.sub(rf"[^r{escrito.renglon.pk}-\1]", escrito.texto)
        notas += _DEFINICION.findall(texto)
        puntos.append("- " + _DEFINICION.sub("", texto).strip().replace("\n", "\n    "))
    return "\n".join(puntos) + "".join(f"\n\n{nota}" for nota in notas)


def anual(escritos: Iterable[Escrito], contexto: Contexto) -> list[tuple[Escrito, list[int | Decimal | None]]]:
    """Lo de cada año del periodo, de los renglones que llevan una cifra."""
    partes = [replace(contexto, periodo=periodo) for _, periodo in contexto.periodo.por_anio()]
    return [
        (escrito, [valor_de(escrito.cuenta, parte) for parte in partes])
        for escrito in escritos
        if escrito.cuenta is not None
    ]
