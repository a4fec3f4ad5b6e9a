"""Qué cambió de un informe entre dos de sus versiones, o entre una y hoy."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from vinculacion.nucleo.bloques import (
    Bloque,
    Cifra,
    Colofon,
    Frase,
    Grafica,
    Imagen,
    Lista,
    Matriz,
    Parrafo,
    SinActividades,
    Tabla,
    Titulo,
)
from vinculacion.nucleo.palabras import cuenta, enumera
from vinculacion.nucleo.salida import html
from vinculacion.nucleo.salida.documento import ApartadoArmado, celda_escrita

from . import cuadros, secciones_dichas, textos
from .cuadros import CambioDeCuadro
from .textos import Renglon
from .versiones import Lado, RetratoDeApartado

AGREGADO, QUITADO, CAMBIADO = "agregado", "quitado", "cambiado"
Cuadro = Tabla | Matriz | Lista


@dataclass(frozen=True)
class CambioDeTexto:
    rotulo: str
    renglones: list[Renglon]


@dataclass
class Cambio:
    """Lo que cambió en un apartado; ``clave`` es nula en un anexo, que no tiene texto propio que recuperar."""

    clase: str
    ancla: str
    titulo: str
    clave: int | None = None
    hechos: list[str] = field(default_factory=list)
    textos: list[CambioDeTexto] = field(default_factory=list)
    cuadros: list[CambioDeCuadro] = field(default_factory=list)
    recuperable: bool = False

    def __bool__(self) -> bool:
        return self.clase != CAMBIADO or bool(self.hechos or self.textos or self.cuadros)


@dataclass
class Comparacion:
    antes: Lado
    ahora: Lado
    cambios: list[Cambio]

    @property
    def resumen(self) -> str:
        """«Un apartado agregado, dos quitados y cinco con cambios.»"""
        cuantos = {clase: sum(c.clase == clase for c in self.cambios) for clase in (AGREGADO, QUITADO, CAMBIADO)}
        partes = [
            cuenta(n, uno, varios)
            for n, uno, varios in (
                (cuantos[AGREGADO], "apartado agregado", "apartados agregados"),
                (cuantos[QUITADO], "apartado quitado", "apartados quitados"),
                (cuantos[CAMBIADO], "apartado con cambios", "apartados con cambios"),
            )
            if n
        ]
        return f"{enumera(partes)}." if partes else ""


@dataclass(frozen=True)
class _Lugar:
    armado: ApartadoArmado
    padre: str
    clave: str  # con qué se halla en el otro lado: el apartado, por su llave; el anexo, por su título


def comparar(antes: Lado, ahora: Lado) -> Comparacion:
    viejos, nuevos = _lugares(antes), _lugares(ahora)
    movidos = _movidos(viejos, nuevos)
    cambios: list[Cambio] = []
    for clave, lugar in nuevos.items():
        if clave in viejos:
            cambios.append(_cambiado(antes, ahora, viejos[clave], lugar, clave in movidos, viejos, nuevos))
        else:
            cambios.append(_entero(AGREGADO, ahora, lugar))
    # Lo quitado se dice donde estaba: tras el que lo antecedía.
    for clave, lugar in _quitados(viejos, nuevos):
        donde = next((n for n, c in enumerate(cambios) if _clave(c.ancla, c.titulo) == clave), -1)
        cambios.insert(donde + 1, _entero(QUITADO, antes, lugar))
    return Comparacion(antes, ahora, [c for c in cambios if c])


def _lugares(lado: Lado) -> dict[str, _Lugar]:
    def baja(armados: Iterable[ApartadoArmado], padre: str) -> Iterator[_Lugar]:
        for armado in armados:
            clave = _clave(armado.ancla, armado.titulo)
            yield _Lugar(armado, padre, clave)
            yield from baja(armado.hijos, clave)

    return {lugar.clave: lugar for lugar in baja(lado.armados, "")}


def _clave(ancla: str, titulo: str) -> str:
    return ancla if _llave(ancla) else f"título {titulo}"


def _llave(ancla: str) -> int | None:
    hallada = re.fullmatch(r"apartado-(\d+)", ancla)
    return int(hallada[1]) if hallada else None


def _quitados(viejos: dict[str, _Lugar], nuevos: dict[str, _Lugar]) -> Iterator[tuple[str, _Lugar]]:
    anterior = ""
    for clave, lugar in viejos.items():
        if clave not in nuevos:
            yield anterior, lugar
        anterior = clave


def _movidos(viejos: dict[str, _Lugar], nuevos: dict[str, _Lugar]) -> set[str]:
    """Los que cambiaron de padre, o de lugar entre los hermanos que siguen siéndolo."""
    comunes = [c for c in nuevos if c in viejos]
    movidos = {c for c in comunes if viejos[c].padre != nuevos[c].padre}
    filas: dict[str, tuple[list[str], list[str]]] = {}
    for lado, lugares in enumerate((viejos, nuevos)):
        for clave, lugar in lugares.items():
            if clave in viejos and clave in nuevos and clave not in movidos:
                filas.setdefault(lugar.padre, ([], []))[lado].append(clave)
    for unos, otros in filas.values():
        fijos = {
            clave
            for bloque in SequenceMatcher(None, unos, otros, autojunk=False).get_matching_blocks()
            for clave in otros[bloque.b : bloque.b + bloque.size]
        }
        movidos |= set(otros) - fijos
    return movidos


def _entero(clase: str, lado: Lado, lugar: _Lugar) -> Cambio:
    """Un apartado que sólo está en uno de los dos: se enseña lo que dice y se cuentan sus cuadros."""
    retrato = _retrato(lado, lugar)
    cambio = Cambio(
        clase, lugar.armado.ancla, lugar.armado.encabezado, _llave(lugar.armado.ancla), recuperable=clase == QUITADO
    )
    texto = _leido(lugar.armado.bloques) or (retrato.narrativa if retrato else "")
    par = (texto, "") if clase == QUITADO else ("", texto)
    if renglones := textos.comparar(*par):
        cambio.textos.append(CambioDeTexto("Texto", renglones))
    cambio.hechos += [
        f"Llevaba «{c.titulo or nombre}» ({cuenta(len(c.filas), 'fila', 'filas')})."
        if clase == QUITADO
        else f"Lleva «{c.titulo or nombre}» ({cuenta(len(c.filas), 'fila', 'filas')})."
        for nombre, c in ((n, cuadros.como_tabla(b)) for n, b in _cuadros(lugar.armado.bloques).items())
    ]
    return cambio


def _cambiado(
    antes: Lado, ahora: Lado, viejo: _Lugar, nuevo: _Lugar, movido: bool, viejos: dict, nuevos: dict
) -> Cambio:
    cambio = Cambio(CAMBIADO, nuevo.armado.ancla, nuevo.armado.encabezado, _llave(nuevo.armado.ancla))
    uno, otro = viejo.armado, nuevo.armado
    if uno.titulo != otro.titulo:
        cambio.hechos.append(f"Se llamaba «{uno.titulo}».")
    if movido:
        cambio.hechos.append(_mudanza(viejo, nuevo, viejos, nuevos))
    elif uno.numero != otro.numero:
        cambio.hechos.append(f"Tenía el número {uno.numero or '(ninguno)'} y ahora {otro.numero or '(ninguno)'}.")
    era, es = _retrato(antes, viejo), _retrato(ahora, nuevo)
    if era and es:
        _texto_propio(cambio, era, es)
        cambio.hechos += secciones_dichas.cambios(era, es)
    if uno.bloques != otro.bloques:
        if renglones := textos.comparar(_leido(uno.bloques), _leido(otro.bloques)):
            # Con la misma redacción, lo que cambió son las cifras que salen de los registros.
            misma = not cambio.textos
            cambio.textos.append(CambioDeTexto("Lo que se lee, con sus cifras" if misma else "Cómo se lee", renglones))
        _comparar_cuadros(cambio, uno.bloques, otro.bloques)
        cambio.hechos += _figuras(uno.bloques, otro.bloques)
    return cambio


def _texto_propio(cambio: Cambio, antes: RetratoDeApartado, ahora: RetratoDeApartado) -> None:
    for rotulo, campo in (("Narrativa", "narrativa"), ("Explicación si no hay actividades", "explicacion")):
        if renglones := textos.comparar(getattr(antes, campo), getattr(ahora, campo)):
            cambio.textos.append(CambioDeTexto(rotulo, renglones))
            cambio.recuperable = True


def _mudanza(viejo: _Lugar, nuevo: _Lugar, viejos: dict[str, _Lugar], nuevos: dict[str, _Lugar]) -> str:
    if viejo.padre == nuevo.padre:
        return f"Cambió de lugar: era {viejo.armado.numero or 'otro'} y ahora es {nuevo.armado.numero or 'otro'}."
    de, a = viejos.get(viejo.padre), nuevos.get(nuevo.padre)
    return (
        f"Se movió: estaba {f'en «{de.armado.encabezado}»' if de else 'en el primer nivel'} "
        f"y ahora está {f'en «{a.armado.encabezado}»' if a else 'en el primer nivel'}."
    )


def _retrato(lado: Lado, lugar: _Lugar) -> RetratoDeApartado | None:
    llave = _llave(lugar.armado.ancla)
    return lado.retrato.apartados.get(llave) if llave is not None else None


def _leido(bloques: Iterable[Bloque]) -> str:
    """Lo que no es cuadro ni figura, como texto corrido."""
    return "\n".join(filter(None, (_texto(b) for b in bloques)))


def _texto(bloque: Bloque) -> str:
    match bloque:
        case Parrafo():
            return html.leido(bloque)
        case SinActividades(texto=texto) | Titulo(texto=texto):
            return texto
        case Cifra():
            return f"{bloque.etiqueta}: {celda_escrita(bloque.valor)} {bloque.detalle}".strip()
        case Frase(partes=partes):
            return "".join(celda_escrita(p.valor) if isinstance(p, Cifra) else p for p in partes)
        case Colofon(datos=datos):
            return "\n".join(f"{rotulo}: {valor}" for rotulo, valor in datos)
    return ""  # un «véase» cambia de número con sus anexos: no es noticia


def _cuadros(bloques: Iterable[Bloque]) -> dict[str, Cuadro]:
    """Por su título; los que no llevan, por la clase y el lugar que ocupan."""
    salida: dict[str, Cuadro] = {}
    for bloque in bloques:
        if isinstance(bloque, Tabla | Matriz | Lista):
            base = bloque.titulo or ("Lista" if isinstance(bloque, Lista) else "Cuadro sin título")
            nombre, vez = base, 1
            while nombre in salida:
                vez += 1
                nombre = f"{base} ({vez})"
            salida[nombre] = bloque
    return salida


def _comparar_cuadros(cambio: Cambio, antes: Iterable[Bloque], ahora: Iterable[Bloque]) -> None:
    viejos, nuevos = _cuadros(antes), _cuadros(ahora)
    se_fueron = [n for n in viejos if n not in nuevos]
    llegaron = [n for n in nuevos if n not in viejos]
    # Uno que se fue y uno que llegó, los dos solos: es el mismo con otro título.
    if len(se_fueron) == len(llegaron) == 1:
        nuevos[se_fueron[0]] = nuevos.pop(llegaron[0])
        se_fueron, llegaron = [], []
    cambio.hechos += [f"Ya no lleva «{nombre}»." for nombre in se_fueron]
    cambio.hechos += [
        f"Ahora lleva «{nombre}» ({cuenta(len(cuadros.como_tabla(nuevos[nombre]).filas), 'fila', 'filas')})."
        for nombre in llegaron
    ]
    for nombre, viejo in viejos.items():
        if (
            nombre in nuevos
            and nuevos[nombre] != viejo
            and (hallado := cuadros.comparar(viejo, nuevos[nombre], nombre))
        ):
            cambio.cuadros.append(hallado)


def _figuras(antes: Iterable[Bloque], ahora: Iterable[Bloque]) -> Iterator[str]:
    viejas, nuevas = ([b for b in bloques if isinstance(b, Grafica | Imagen)] for bloques in (antes, ahora))
    for lugar in range(max(len(viejas), len(nuevas))):
        vieja = viejas[lugar] if lugar < len(viejas) else None
        nueva = nuevas[lugar] if lugar < len(nuevas) else None
        if vieja == nueva:
            continue
        if vieja is None or nueva is None:
            yield f"{'Ahora lleva' if vieja is None else 'Ya no lleva'} la figura «{_figura(nueva or vieja)}»."
        elif _figura(vieja) == _figura(nueva):
            yield f"La figura «{_figura(nueva)}» es otra."
        else:
            yield f"La figura decía «{_figura(vieja)}» y ahora «{_figura(nueva)}»."


def _figura(figura: Bloque | None) -> str:
    match figura:
        case Grafica(titulo=titulo, descripcion=descripcion):
            return f"{titulo}. {descripcion}".strip(". ")
        case Imagen(titulo=titulo, alternativo=alternativo):
            return titulo or alternativo
    return ""
