"""Las cuentas puestas en tablas y gráficas: las mismas para la página, el informe y la hoja de cálculo."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from convenios.consultas import corte_de
from convenios.estados import Ambito, Etapa, Gestion, Situacion, Vigencia
from convenios.models import TipoInstrumento
from convenios.reglas import DIAS_POR_VENCER
from vinculacion.directorio.models import Area, Organismo, paises
from vinculacion.nucleo.barras import barras
from vinculacion.nucleo.bloques import Celda, Columna, Tabla
from vinculacion.nucleo.cuadros import EN_GRAFICA, Cruce, Cuadro, Enlace, Enlaces, Filas, numeros, porcentaje
from vinculacion.nucleo.palabras import fecha_corta
from vinculacion.nucleo.periodos import Periodo

from . import consultas
from .consultas import NINGUNA, Convenios, Dias, Suscritos
from .mapa import mapa, sin_dibujar

REGISTROS, ESTANCIAS = "convenios:registros_lista", "convenios:estancias_lista"
CORTES_EN_COLUMNAS = 6  # con más años que éstos, la tabla da sólo el total
# Encabezados que se suman: «fecha» en uno lo haría parecer de fechas.
VIGENCIAS = {Vigencia.INDEFINIDA: "Indefinida", Vigencia.FECHA: "Con plazo", Vigencia.COMPROMISOS: "Hasta cumplirse"}
DE_LA_UNIDAD, PORCENTAJE = "De la unidad", "% de la unidad"


def entre(periodo: Periodo) -> Enlace:
    return {"desde": periodo.inicio.isoformat(), "hasta": periodo.fin.isoformat()}


# -- suscritos -----------------------------------------------------------------


def _fila(s: Suscritos) -> tuple[Celda, ...]:
    return (s.etiqueta, s.nacionales, s.internacionales, s.total, s.de_la_unidad, s.porcentaje_de_la_unidad)


def _enlaces(s: Suscritos) -> tuple[Enlace | None, ...]:
    suyos = entre(s.periodo)
    por_ambito = (suyos | {"ambito": ambito} for ambito in Ambito.values)
    return (None, *por_ambito, suyos, suyos | {"gestion": Gestion.PROPIA.value}, None)


def por_anio(consulta: Convenios, periodo: Periodo) -> Cuadro:
    anios = consultas.por_anio(consulta, periodo)
    if not any(a.total for a in anios):
        anios = []
    total = consultas.total_suscritos(consulta, periodo)
    columnas = (Columna("Año"), *numeros("Nacionales", "Internacionales", "Total", DE_LA_UNIDAD, PORCENTAJE))
    dibujo = barras(
        "Convenios suscritos por año y ámbito",
        [(a.etiqueta, {"Nacionales": a.nacionales, "Internacionales": a.internacionales}) for a in anios],
    ) if anios else None  # fmt: skip
    notas = ("De la unidad: los que lleva la propia unidad; en los demás acompaña a otra área.",)
    tabla = Tabla(columnas, tuple(map(_fila, anios)), totales=_fila(total) if len(anios) > 1 else None, notas=notas)
    return Cuadro("por-anio", "Suscritos por año", tabla, dibujo, REGISTROS, tuple(map(_enlaces, [*anios, total])))


def por_ambito(consulta: Convenios, periodo: Periodo) -> Cuadro:
    """Ámbito × gestión, con la parte que lleva la propia unidad."""
    partes = [
        (a.label, a.value, consultas.total_suscritos(consultas.acotados(consulta, ambito=a), periodo)) for a in Ambito
    ]
    partes = [(nombre, ambito, s) for nombre, ambito, s in partes if s.total]
    total = consultas.total_suscritos(consulta, periodo)
    filas: Filas = tuple(
        (nombre, s.de_la_unidad, s.acompanados, s.total, s.porcentaje_de_la_unidad) for nombre, _, s in partes
    )
    suyos: list[Enlace] = [entre(periodo) | {"ambito": ambito} for _, ambito, _ in partes] + [entre(periodo)]
    enlaces: Enlaces = tuple((None, *(e | {"gestion": g} for g in Gestion.values), e, None) for e in suyos)
    tabla = Tabla(
        (Columna("Ámbito"), *numeros(DE_LA_UNIDAD, "Acompañados", "Total", PORCENTAJE)),
        filas,
        totales=("Total", total.de_la_unidad, total.acompanados, total.total, total.porcentaje_de_la_unidad)
        if len(filas) > 1
        else None,
    )
    series = [(nombre, {DE_LA_UNIDAD: s.de_la_unidad, "Acompañados": s.acompanados}) for nombre, _, s in partes]
    dibujo = barras("Convenios suscritos por ámbito y gestión", series) if series else None
    return Cuadro("por-ambito", "Suscritos por ámbito y gestión", tabla, dibujo, REGISTROS, enlaces)


def _por_valor(
    clave: str,
    titulo: str,
    primera: str,
    cruce: Cruce,
    consulta: Convenios,
    periodo: Periodo,
    nombre: Callable[[Any], str],
    enlace: Callable[[Any], Enlace],
    varios: str = "",
    corto: Callable[[Any], str] | None = None,
) -> Cuadro:
    """Un renglón por valor; por año si son pocos. ``varios`` dice por qué la suma puede pasar del total."""
    cortes = periodo.por_anio()
    cortes = cortes if 1 < len(cortes) <= CORTES_EN_COLUMNAS else []
    distintos = consultas.por_anio(consulta, periodo) if cortes else []
    total = consultas.total_suscritos(consulta, periodo).total
    columnas = (Columna(primera, ancho=40 if not cortes else None), *numeros(*(n for n, _ in cortes), "Convenios", "%"))
    filas: Filas = tuple(
        (
            nombre(v),
            *(cruce.en(v, corte.inicio.year) for _, corte in cortes),
            cruce.de_fila(v),
            porcentaje(cruce.de_fila(v), total),
        )
        for v in cruce.filas
    )
    enlaces = [
        (None, *(entre(corte) | enlace(v) for _, corte in cortes), entre(periodo) | enlace(v), None)
        for v in cruce.filas
    ]
    enlaces.append((None, *(entre(corte) for _, corte in cortes), entre(periodo), None))
    totales: tuple[Celda, ...] | None = ("Total", *(a.total for a in distintos), total, porcentaje(total, total))
    notas: tuple[str, ...] = ()
    if cruce.total != total:
        # Un renglón de totales que no suma parecería un error.
        totales = None
        por_corte = f" ({'; '.join(f'{a.etiqueta}: {a.total}' for a in distintos)})" if distintos else ""
        notas = (f"{varios} Los renglones suman {cruce.total}; los convenios distintos son {total}{por_corte}.",)
    tabla = Tabla(columnas, filas, totales=totales if len(filas) > 1 else None, notas=notas)
    dibujo = None
    if 0 < len(filas) <= EN_GRAFICA:
        dibujo = barras(titulo, [((corto or nombre)(v), {"Convenios": cruce.de_fila(v)}) for v in cruce.filas])
    return Cuadro(clave, titulo, tabla, dibujo, REGISTROS, tuple(enlaces) if totales else tuple(enlaces[:-1]))


def por_contraparte(consulta: Convenios, periodo: Periodo) -> Cuadro:
    clases = dict(Organismo.Clase.choices)
    return _por_valor(
        "por-contraparte",
        "Suscritos por clase de contraparte",
        "Clase de contraparte",
        consultas.por_contraparte(consulta, periodo),
        consulta,
        periodo,
        lambda v: str(clases.get(v, v)) if v else "Sin contraparte",
        lambda v: {"clase": v or NINGUNA},
        "El convenio con contrapartes de varias clases cuenta una vez en cada una.",
    )


def por_area(consulta: Convenios, periodo: Periodo) -> Cuadro:
    cruce = consultas.por_area(consulta, periodo)
    areas = Area.objects.in_bulk([a for a in cruce.filas if a])
    return _por_valor(
        "por-area",
        "Suscritos por área responsable",
        "Área responsable",
        cruce,
        consulta,
        periodo,
        lambda v: str(areas[v]) if v else "Sin área responsable",
        lambda v: {"con_area": v or NINGUNA},
        "El convenio de varias áreas cuenta una vez en cada una.",
        lambda v: areas[v].corto if v else "Sin área responsable",
    )


def por_tipo(consulta: Convenios, periodo: Periodo) -> Cuadro:
    cruce = consultas.por_tipo(consulta, periodo)
    tipos = TipoInstrumento.objects.in_bulk(cruce.filas)
    return _por_valor(
        "por-tipo",
        "Suscritos por tipo de instrumento",
        "Tipo",
        cruce,
        consulta,
        periodo,
        lambda v: tipos[v].nombre,
        lambda v: {"tipo": v},
    )


def por_pais(consulta: Convenios, periodo: Periodo) -> Cuadro:
    """El mapa, o barras si no hay mapa que pintar."""
    cruce = consultas.por_pais(consulta, periodo)
    nombres = dict(paises())
    cuadro = _por_valor(
        "por-pais",
        "Suscritos por país de la contraparte",
        "País",
        cruce,
        consulta,
        periodo,
        lambda v: nombres.get(v, v) if v else "Sin contraparte",
        lambda v: {"pais": v or NINGUNA},
        "El convenio con contrapartes de varios países cuenta una vez en cada uno.",
    )
    cuentas = {pais: cruce.de_fila(pais) for pais in cruce.filas if pais}
    if (dibujo := mapa(cuadro.titulo, nombres, cuentas)) is None:
        return cuadro
    notas = cuadro.tabla.notas
    if fuera := sin_dibujar(cuentas):
        nombrados = ", ".join(nombres.get(pais, pais) for pais in fuera)
        notas += (f"Por su tamaño no se dibuja en el mapa: {nombrados}.",)
    t = cuadro.tabla
    tabla = Tabla(t.columnas, t.filas, totales=t.totales, notas=notas)
    return Cuadro(cuadro.clave, cuadro.titulo, tabla, dibujo, REGISTROS, cuadro.enlaces)


# -- en vigor ------------------------------------------------------------------


def en_vigor(consulta: Convenios, al: date) -> Cuadro:
    cruce = consultas.en_vigor(consulta, al)
    ambitos = [a for a in Ambito if cruce.de_fila(a.value)]
    dia: Enlace = {"en_vigor_al": al.isoformat()}
    filas: Filas = tuple(
        (a.label, *(cruce.en(a.value, v) for v in cruce.columnas), cruce.de_fila(a.value)) for a in ambitos
    )
    suyos: list[Enlace] = [dia | {"ambito": a.value} for a in ambitos] + [dia]
    enlaces: Enlaces = tuple((None, *(e | {"vigencia": v} for v in cruce.columnas), e) for e in suyos)
    titulo = f"En vigor al {fecha_corta(al)}"
    tabla = Tabla(
        (Columna("Ámbito"), *numeros(*VIGENCIAS.values(), "Total")),
        filas,
        totales=("Total", *(cruce.de_columna(v) for v in cruce.columnas), cruce.total) if len(filas) > 1 else None,
    )
    series = [(a.label, {nombre: cruce.en(a.value, v) for v, nombre in VIGENCIAS.items()}) for a in ambitos]
    return Cuadro("en-vigor", titulo, tabla, barras(titulo, series) if series else None, REGISTROS, enlaces)


def en_vigor_por_anio(consulta: Convenios, fechas: Sequence[date]) -> Cuadro:
    serie = consultas.serie_en_vigor(consulta, fechas)
    if not any(n + i for _, n, i in serie):
        serie = []
    filas: Filas = tuple((fecha_corta(f), n, i, n + i) for f, n, i in serie)
    enlaces: list[tuple[Enlace | None, ...]] = []
    for f, _, _ in serie:
        dia: Enlace = {"en_vigor_al": f.isoformat()}
        enlaces.append((None, *(dia | {"ambito": a} for a in Ambito.values), dia))
    tabla = Tabla((Columna("Al"), *numeros("Nacionales", "Internacionales", "Total")), filas)
    dibujo = barras(
        "Convenios en vigor al cierre de cada año",
        [(fecha_corta(f), {"Nacionales": n, "Internacionales": i}) for f, n, i in serie],
    ) if serie else None  # fmt: skip
    return Cuadro("en-vigor-por-anio", "En vigor al cierre de cada año", tabla, dibujo, REGISTROS, tuple(enlaces))


def al_dia(usuario, fecha: date) -> list[tuple[str, int, str]]:
    """(qué, cuántos, adónde lleva) para el inicio: en trámite por etapa, en vigor y por vencer."""
    cuentas = consultas.al_dia(consultas.del_usuario(usuario), fecha)
    lista, registros = reverse("convenios:convenio_lista"), reverse(REGISTROS)
    return [
        *((Etapa(e).label, n, f"{lista}?etapa={e}") for e, n in cuentas.en_etapa.items()),
        ("En vigor", cuentas.en_vigor, f"{registros}?en_vigor_al={fecha.isoformat()}"),
        (
            f"Por vencer en {DIAS_POR_VENCER} días",
            cuentas.por_vencer,
            f"{lista}?situacion={Situacion.POR_VENCER.value}",
        ),
    ]


# -- días ----------------------------------------------------------------------


def dias_por_etapa(consulta: Convenios, periodo: Periodo) -> Cuadro:
    etapas = [d for d in consultas.dias_por_etapa(consulta, periodo) if d.terminadas.cuantos or d.abiertas.cuantos]
    columnas = (
        Columna("Etapa"),
        *numeros("Terminadas", "Promedio de días", "Mediana", "La más larga", "Abiertas", "Llevan en promedio"),
    )
    filas: Filas = tuple(
        (d.etapa.label, d.terminadas.cuantos, *_medidas(d.terminadas), d.abiertas.cuantos, d.abiertas.promedio)
        for d in etapas
    )
    enlaces: Enlaces = tuple(
        (
            None,
            entre(periodo) | {"etapa": d.etapa.value, "terminada": "true"},
            None,
            None,
            None,
            entre(periodo) | {"etapa": d.etapa.value, "terminada": "false"},
            None,
        )
        for d in etapas
    )
    notas = (
        "Cada vez que un instrumento estuvo en la etapa. Terminadas: las que acabaron en el periodo. Abiertas: las "
        f"que seguían al {fecha_corta(corte_de(periodo))}, con los días que llevaban.",
    )
    series = [(d.etapa.label, {"Días en promedio": int(d.terminadas.promedio or 0)}) for d in etapas]
    dibujo = barras("Días en cada etapa, en promedio", series) if series else None
    return Cuadro(
        "dias-por-etapa", "Días en cada etapa del trámite", Tabla(columnas, filas, notas=notas), dibujo, ESTANCIAS, enlaces
    )  # fmt: skip


def _medidas(dias: Dias) -> tuple[Celda, ...]:
    return dias.promedio, dias.mediana, dias.mas


def dias_hasta_firmar(consulta: Convenios, periodo: Periodo) -> Cuadro:
    por_anio = consultas.dias_hasta_firmar(consulta, periodo)
    todos = consultas.junta(por_anio.values())
    cortes = [(nombre, corte) for nombre, corte in periodo.por_anio() if corte.inicio.year in por_anio]
    filas: Filas = tuple((nombre, (d := por_anio[corte.inicio.year]).cuantos, *_medidas(d)) for nombre, corte in cortes)
    enlaces: Enlaces = tuple(
        (None, entre(corte) | {"tramitados": "true"}, None, None, None) for corte in [*(c for _, c in cortes), periodo]
    )
    ya_firmados = consultas.total_suscritos(consulta, periodo).total - todos.cuantos
    notas = ["Días que cada convenio pasó en negociación, validación y suscripción, contados al año de su firma."]
    if ya_firmados:
        notas.append(f"No cuentan {ya_firmados} que se registraron ya firmados: de su trámite no consta nada.")
    columnas = (Columna("Año de firma"), *numeros("Convenios", "Promedio de días", "Mediana", "El más largo"))
    totales = ("Total", todos.cuantos, todos.promedio, todos.mediana, None) if len(filas) > 1 else None
    series = [
        (nombre, {"Días en promedio": int(por_anio[corte.inicio.year].promedio or 0)}) for nombre, corte in cortes
    ]
    return Cuadro(
        "dias-hasta-firmar",
        "Días de trámite hasta la firma",
        Tabla(columnas, filas, totales=totales, notas=tuple(notas)),
        barras("Días de trámite hasta la firma, en promedio", series) if series else None,
        REGISTROS,
        enlaces,
    )
