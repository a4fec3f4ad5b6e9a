"""Lo que cambió en las secciones de un apartado y en cómo se presentan, dicho con las palabras de sus formularios."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vinculacion.nucleo import legible
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.secciones import SECCIONES

from ..estados import Hoja, Lugar
from .versiones import RetratoDeApartado, RetratoDeUso

NADA = "nada"
PRESENTACION = {
    "columnas": "columnas",
    "orden": "orden",
    "agrupar": "agrupar por",
    "subtotales": "subtotales",
    "combinar": "celdas combinadas",
    "totales": "totales",
    "por_anio": "por año",
    "encabezado": "encabezado",
    "notas": "notas al pie",
    "apaisada": "hoja apaisada",
}


def cambios(antes: RetratoDeApartado, ahora: RetratoDeApartado) -> Iterator[str]:
    if antes.accion != ahora.accion:
        yield f"Daba cuenta de la acción {antes.accion or '(ninguna)'} y ahora de {ahora.accion or '(ninguna)'}."
    if antes.hoja != ahora.hoja:
        yield f"La hoja era «{_hoja(antes.hoja)}» y ahora es «{_hoja(ahora.hoja)}»."
    if antes.en_indice != ahora.en_indice:
        yield "Ahora aparece en el índice." if ahora.en_indice else "Ya no aparece en el índice."
    viejas, nuevas = ({u.clave: u for u in a.secciones} for a in (antes, ahora))
    yield from (f"Se quitó la sección {_nombre(u)}." for clave, u in viejas.items() if clave not in nuevas)
    yield from (f"Se agregó la sección {_nombre(u)}{_con(u)}." for clave, u in nuevas.items() if clave not in viejas)
    for clave, uso in nuevas.items():
        if clave in viejas:
            yield from _de_una(viejas[clave], uso)
    comunes = [c for c in nuevas if c in viejas]
    if [c for c in viejas if c in nuevas] != comunes:
        yield f"Las secciones van ahora en este orden: {enumera(_nombre(nuevas[c]) for c in comunes)}."


def _hoja(valor: str) -> str:
    return str(Hoja(valor).label) if valor in Hoja.values else "de pie"


def _nombre(uso: RetratoDeUso) -> str:
    seccion = SECCIONES.get(uso.campos["seccion"])
    return f"«{uso.campos['titulo'] or (seccion.nombre if seccion else uso.campos['seccion'])}»"


def _con(uso: RetratoDeUso) -> str:
    dichos = [f"{rotulo}: {valor}" for rotulo, valor in _parametros(uso).items()]
    return f" ({'; '.join(dichos)})" if dichos else ""


def _de_una(antes: RetratoDeUso, ahora: RetratoDeUso) -> Iterator[str]:
    nombre = _nombre(ahora)
    if antes.campos["seccion"] != ahora.campos["seccion"]:
        yield f"En lugar de la sección {_nombre(antes)} va {nombre}."
        return
    if antes.campos["titulo"] != ahora.campos["titulo"]:
        yield f"La sección {nombre} se titulaba {_nombre(antes)}."
    if antes.campos["parametros"] != ahora.campos["parametros"]:
        yield from _distintos(nombre, _parametros(antes), _parametros(ahora))
    if antes.campos["presentacion"] != ahora.campos["presentacion"]:
        yield from _distintos(nombre, _presentacion(antes), _presentacion(ahora))
    if antes.campos["texto_previo"] != ahora.campos["texto_previo"]:
        yield f"Sección {nombre}: el texto que la antecede era «{antes.campos['texto_previo'] or NADA}»."
    if antes.campos["lugar"] != ahora.campos["lugar"]:
        yield f"Sección {nombre}: iba «{Lugar(antes.campos['lugar']).label}» y ahora «{Lugar(ahora.campos['lugar']).label}»."


def _distintos(nombre: str, antes: Mapping[str, str], ahora: Mapping[str, str]) -> Iterator[str]:
    for rotulo in dict.fromkeys([*antes, *ahora]):
        uno, otro = antes.get(rotulo, NADA), ahora.get(rotulo, NADA)
        if uno != otro:
            yield f"Sección {nombre}, {rotulo}: antes «{uno}», ahora «{otro}»."


def _parametros(uso: RetratoDeUso) -> dict[str, str]:
    """Con las etiquetas y opciones que la persona ve; los que su formulario ya no tiene, con su clave."""
    seccion = SECCIONES.get(uso.campos["seccion"])
    campos = seccion.formulario().fields if seccion and seccion.formulario else {}
    dichos = {}
    for clave, valor in _en_orden(uso.campos["parametros"], campos):
        if valor in (None, "", [], False):
            continue
        campo = campos.get(clave)
        rotulo = str(campo.label or clave).lower() if campo else clave
        dichos[rotulo] = legible.dato_de_formulario(campo, valor) if campo else legible.texto(valor)
    return dichos


def _presentacion(uso: RetratoDeUso) -> dict[str, str]:
    datos = _en_orden(uso.campos["presentacion"], PRESENTACION)
    return {PRESENTACION.get(clave, clave): dicho for clave, valor in datos if (dicho := _dicho(clave, valor))}


def _en_orden(datos: Mapping[str, Any] | None, orden: Iterable[str]) -> list[tuple[str, Any]]:
    """El de su formulario: la base no siempre guarda en cuál se escribieron."""
    puestas = datos or {}
    claves = [*(c for c in orden if c in puestas), *sorted(puestas.keys() - set(orden))]
    return [(c, puestas[c]) for c in claves]


def _dicho(clave: str, valor: Any) -> str:
    if clave == "columnas":
        return enumera(_columna(c) for c in valor)
    if clave == "orden":
        return enumera(f"{o.get('columna')}{' de mayor a menor' if o.get('descendente') else ''}" for o in valor)
    if isinstance(valor, bool):
        return "sí" if valor else ""
    if isinstance(valor, Iterable) and not isinstance(valor, str | Mapping):
        return enumera(str(v) for v in valor)
    return legible.texto(valor) if valor else ""


def _columna(columna: Mapping[str, Any]) -> str:
    texto = str(columna.get("titulo", ""))
    if columna.get("encabezado"):
        texto += f" (como «{columna['encabezado']}»)"
    if columna.get("ancho"):
        texto += f" al {columna['ancho']} %"
    return texto
