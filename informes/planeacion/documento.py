"""El Programa Específico o el PAT como documento, armado de sus datos.

Los capítulos van en orden fijo y los que no tienen nada que decir no aparecen: la
numeración se hace después de quitarlos.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from programas.avance.secciones import bloques_calendario
from programas.diagnostico.secciones import bloques_alternativas, bloques_estructura, bloques_involucramiento
from programas.diagnostico.secciones_arbol import bloques_arbol
from programas.estados import Arbol, EstadoDePrograma, Involucra, LugarDelTexto, TipoDePrograma
from programas.metas.secciones import bloques_cronograma, bloques_reprogramaciones
from programas.mir.secciones import bloques_mir
from programas.models import Eje, Programa
from programas.riesgos.secciones import bloques_mapa, bloques_riesgos
from vinculacion.nucleo.bloques import Bloque, Columna, Lista, Matriz, Parrafo, Tabla, Titulo, hay_contenido
from vinculacion.nucleo.palabras import capitaliza, enumera, mes, romano
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, membrete_de_la_casa

BANDAS = (
    (Involucra.BAJO, "1 a 10", "Poca injerencia y fuerza; se espera, si acaso, su colaboración eventual."),
    (Involucra.MEDIO, "11 a 19", "Interés o fuerza medios; se cuenta con su participación y colaboración."),
    (Involucra.ALTO, "20 a 25", "Competencia, interés y fuerza altos; su participación es necesaria."),
)


@dataclass(frozen=True)
class Capitulo:
    titulo: str
    bloques: tuple[Bloque, ...] = ()
    hijos: tuple["Capitulo", ...] = ()
    hoja: str = ""

    @property
    def dice_algo(self) -> bool:
        return hay_contenido(self.bloques) or any(hijo.dice_algo for hijo in self.hijos)


def documento(programa: Programa) -> Documento:
    capitulos = DE_CADA_TIPO[TipoDePrograma(programa.tipo)](programa)
    membrete = membrete_de_la_casa()
    return Documento(
        clave=programa.clave,
        portada=portada(programa, membrete.institucion),
        apartados=_numerados(capitulos, programa.tipo == TipoDePrograma.PAT),
        autor=unidad(programa) or membrete.institucion,
        creado=programa.modificado,
        membrete=membrete,
    )


def unidad(programa: Programa) -> str:
    """La unidad responsable, con el nombre que tenía al empezar el año del programa."""
    return programa.area.nombre_en(date(programa.anio, 1, 1)) if programa.area else ""


def portada(programa: Programa, institucion: str) -> Portada:
    acuerdo = programa.acuerdo if programa.estado != EstadoDePrograma.BORRADOR else None
    sesion = acuerdo.sesion if acuerdo else None
    return Portada(
        titulo=programa.nombre,
        institucion=institucion,
        unidad=unidad(programa),
        organo=programa.comision.nombre if programa.comision else "",
        periodo=str(programa.anio) if str(programa.anio) not in programa.nombre else "",
        punto=str(acuerdo.punto.numero) if acuerdo and acuerdo.punto else "",
        sesion=sesion.en_palabras if sesion else "",
        fecha_sesion=sesion.fecha if sesion else None,
        acuerdo=acuerdo.folio if acuerdo else "",
        estado="" if acuerdo else programa.get_estado_display(),
    )


def _numerados(
    capitulos: Iterable[Capitulo], romanos: bool, nivel: int = 1, prefijo: str = ""
) -> tuple[ApartadoArmado, ...]:
    """Con su número ya escrito: 3.1 en el Programa Específico; en el PAT, romanos y, dentro, 1, 2, 3."""
    armados = []
    for lugar, capitulo in enumerate((c for c in capitulos if c.dice_algo), 1):
        numero = romano(lugar) if romanos and nivel == 1 else f"{prefijo}{lugar}"
        armados.append(
            ApartadoArmado(
                numero=numero,
                titulo=capitulo.titulo,
                nivel=nivel,
                bloques=tuple(_con_titulos(capitulo)),
                hijos=_numerados(capitulo.hijos, romanos, nivel + 1, "" if romanos else f"{numero}."),
                ancla=f"capitulo-{prefijo}{lugar}",
                hoja=capitulo.hoja,
            )
        )
    return tuple(armados)


def _con_titulos(capitulo: Capitulo) -> Iterable[Bloque]:
    """Una tabla sin título toma el del capítulo y el del subtítulo que la antecede, para que lleve número."""
    subtitulo, sobra = "", min((b.nivel for b in capitulo.bloques if isinstance(b, Titulo)), default=2) - 2
    for bloque in capitulo.bloques:
        if isinstance(bloque, Titulo):
            subtitulo = bloque.texto
            bloque = replace(bloque, nivel=bloque.nivel - sobra)  # ningún encabezado se salta un nivel
        elif isinstance(bloque, Tabla | Matriz) and not bloque.titulo:
            bloque = replace(bloque, titulo=": ".join(filter(None, (capitulo.titulo, subtitulo.lower()))))
        yield bloque


# -- los capítulos, en su orden --------------------------------------------------


def del_especifico(programa: Programa) -> list[Capitulo]:
    return [
        *_textos(programa, LugarDelTexto.ANTES),
        _objetivo(programa),
        *_marco_logico(programa),
        Capitulo(
            "Actividades institucionales",
            hijos=tuple(Capitulo(eje.nombre, tuple(_actividad_institucional(eje))) for eje in _ejes(programa)),
        ),
        Capitulo("Cronograma de acciones sustantivas", tuple(bloques_cronograma(programa)), hoja="apaisada"),
        _reprogramaciones(programa),
        *_anexos(programa),
    ]


def del_pat(programa: Programa) -> list[Capitulo]:
    ejes = _ejes(programa)
    return [
        *_textos(programa, LugarDelTexto.ANTES),
        _objetivo(programa),
        Capitulo(
            "Objetivos específicos",
            hijos=tuple(Capitulo(eje.nombre, tuple(_objetivo_especifico(eje))) for eje in ejes),
        ),
        *_marco_logico(programa),
        Capitulo(
            "Acciones a supervisar",
            hijos=tuple(Capitulo(eje.nombre, tuple(_acciones_por_meses(eje))) for eje in ejes),
        ),
        Capitulo("Tabla resumen de las acciones", tuple(bloques_calendario(programa)), hoja="apaisada"),
        _reprogramaciones(programa),
        Capitulo("Calendario de sesiones", tuple(_calendario_de_sesiones(programa))),
        *_anexos(programa),
    ]


DE_CADA_TIPO: dict[TipoDePrograma, Callable[[Programa], list[Capitulo]]] = {
    TipoDePrograma.ESPECIFICO: del_especifico,
    TipoDePrograma.PAT: del_pat,
}


def _ejes(programa: Programa) -> list[Eje]:
    return list(programa.ejes.order_by("numero").prefetch_related("acciones__metas"))


def _textos(programa: Programa, lugar: str) -> list[Capitulo]:
    textos = programa.textos.filter(lugar=lugar).order_by("orden", "pk")
    return [
        Capitulo(t.titulo, (Parrafo(t.texto, "markdown"),), hoja="seguida" if n else "") for n, t in enumerate(textos)
    ]


def _objetivo(programa: Programa) -> Capitulo:
    hoja = "seguida" if programa.textos.filter(lugar=LugarDelTexto.ANTES).exists() else ""
    return Capitulo("Objetivo general", (Parrafo(programa.objetivo),) if programa.objetivo.strip() else (), hoja=hoja)


def _marco_logico(programa: Programa) -> list[Capitulo]:
    con_arboles = programa.nodos.exists()
    return [
        Capitulo(
            "Metodología del marco lógico",
            hijos=(
                Capitulo("Población involucrada", tuple(bloques_involucramiento(programa))),
                Capitulo("Árbol de problemas", tuple(bloques_arbol(programa, Arbol.PROBLEMAS))),
                Capitulo("Árbol de objetivos", tuple(bloques_arbol(programa, Arbol.OBJETIVOS))),
                Capitulo("Alternativas de solución", tuple(bloques_alternativas(programa))),
                # Sin árboles, sólo repetiría los ejes.
                Capitulo("Estructura analítica", tuple(bloques_estructura(programa)) if con_arboles else ()),
            ),
        ),
        Capitulo("Matriz de indicadores para resultados", tuple(bloques_mir(programa)), hoja="apaisada"),
        Capitulo(
            "Matriz de gestión de riesgos",
            (*bloques_riesgos(programa), *bloques_mapa(programa)),
            hoja="apaisada",
        ),
    ]


def _reprogramaciones(programa: Programa) -> Capitulo:
    return Capitulo(
        "Reprogramaciones", tuple(bloques_reprogramaciones(programa, Periodo.anual(programa.anio))), hoja="apaisada"
    )


def _anexos(programa: Programa) -> list[Capitulo]:
    anexos = _textos(programa, LugarDelTexto.DESPUES)
    if programa.involucrados.exists():
        columnas = (Columna("Involucramiento", ancho=18), Columna("Rango", "centro", 12), Columna("Qué se espera"))
        filas = tuple((banda.label, rango, texto) for banda, rango, texto in BANDAS)
        anexos.append(Capitulo("Bandas de involucramiento", (Tabla(columnas, filas, "Bandas de involucramiento"),)))
    return [Capitulo("Anexos", hijos=tuple(anexos))]


def _renglones(texto: str) -> tuple[str, ...]:
    return tuple(renglon.strip() for renglon in texto.splitlines() if renglon.strip())


def _actividad_institucional(eje: Eje) -> Iterable[Bloque]:
    if eje.objetivo.strip():
        yield Titulo("Objetivo específico")
        yield Parrafo(eje.objetivo)
    if eje.justificacion.strip():
        yield Titulo("Justificación")
        yield Parrafo(eje.justificacion)
    acciones = sorted(eje.acciones.all(), key=lambda a: a.inciso)
    if acciones:
        columnas = (
            Columna("Acción"),
            Columna("Unidad de medida", ancho=22),
            Columna("Cantidad anual", "numero", 13),
            Columna("Frecuencia", ancho=16),
        )
        filas = tuple((f"{a.numeral} {a.nombre}", a.unidad, a.programado, a.get_frecuencia_display()) for a in acciones)
        yield Tabla(columnas, filas, f"Acciones de la actividad institucional {eje.numero}")
    if lineas := _renglones(eje.lineas):
        yield Lista(lineas, titulo="Líneas estratégicas")


def _objetivo_especifico(eje: Eje) -> Iterable[Bloque]:
    if eje.objetivo.strip():
        yield Parrafo(eje.objetivo)
    if lineas := _renglones(eje.lineas):
        numeradas = tuple(f"{eje.numero}.{n} {linea}" for n, linea in enumerate(lineas, 1))
        yield Lista(numeradas, titulo="Líneas estratégicas")


def _acciones_por_meses(eje: Eje) -> Iterable[Bloque]:
    if acciones := sorted(eje.acciones.all(), key=lambda a: a.inciso):
        columnas = (Columna("Acción a supervisar"), Columna("Periodo de ejecución", ancho=30))
        filas = tuple((f"{a.numeral} {a.nombre}", periodo_de_ejecucion(a.meses)) for a in acciones)
        yield Tabla(columnas, filas, f"Acciones del eje {eje.numero}")


def periodo_de_ejecucion(meses: Iterable[int]) -> str:
    """«Enero a diciembre», «Febrero y mayo a julio»; vacío si no tiene meses."""
    tramos: list[list[int]] = []
    for numero in sorted(meses):
        if tramos and tramos[-1][-1] == numero - 1:
            tramos[-1].append(numero)
        else:
            tramos.append([numero])
    return capitaliza(enumera(mes(t[0]) if len(t) == 1 else f"{mes(t[0])} a {mes(t[-1])}" for t in tramos))


def _calendario_de_sesiones(programa: Programa) -> Iterable[Bloque]:
    if programa.comision is None:
        return
    sesiones = programa.comision.sesiones.filter(anio=programa.anio).order_by("fecha_programada", "numero")
    filas = tuple((capitaliza(s.ordinal), s.get_tipo_display(), s.fecha_programada) for s in sesiones)
    if filas:
        columnas = (Columna("Número"), Columna("Tipo"), Columna("Fecha", "fecha"))
        yield Tabla(
            columnas,
            filas,
            f"Sesiones de {programa.anio}",
            notas=("El calendario es indicativo: la presidencia puede convocar en otra fecha.",),
        )
