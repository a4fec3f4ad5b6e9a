"""Las cuentas puestas en tablas: las mismas para la página, el informe y la hoja de cálculo."""

from collections.abc import Sequence

from vinculacion.comision.estados import EstadoDeAcuerdo, Resolucion, SentidoDelVoto, TipoDeSesion
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.barras import barras
from vinculacion.nucleo.bloques import Celda, Columna, Tabla
from vinculacion.nucleo.cuadros import EN_GRAFICA, Cuadro, Enlace, Enlaces, Filas, numeros

from . import consultas
from .consultas import Participacion

# -- asistencia ----------------------------------------------------------------


def asistencia(sesiones: Sequence[Sesion], *, por_capacidad: bool = False, titulo: str = "") -> Cuadro:
    """Qué parte de las sesiones de su periodo asistió cada quien; las ausencias justificadas van aparte."""
    cuenta = consultas.participacion_por_capacidad if por_capacidad else consultas.participacion_por_persona
    todas = cuenta(sesiones)
    con_suplente = any(p.por_suplente for p in todas)
    sin_anotar = any(p.sin_anotar for p in todas)
    primera = "Capacidad" if por_capacidad else "Persona, oficina o partido"
    columnas = (
        Columna(primera, ancho=34 if con_suplente or sin_anotar else 40),
        Columna("Calidad"),
        *numeros("Sesiones", "Asistió", *(["Por suplente"] if con_suplente else [])),
        *numeros("Justificadas", "Ausente", *(["Sin anotar"] if sin_anotar else []), "% de asistencia"),
    )
    filas: Filas = tuple(_fila_de_asistencia(p, con_suplente, sin_anotar) for p in todas)
    notas = ["Sesiones: las celebradas mientras cada quien integraba la comisión."]
    if sin_anotar:
        notas.append("El porcentaje se saca de las sesiones cuya asistencia ya se anotó.")
    dibujo = None
    if len(todas) <= EN_GRAFICA:
        series = [
            (p.nombre, {"Asistió": p.asistio, "Justificadas": p.justificadas, "Ausente": p.ausentes}) for p in todas
        ]
        dibujo = barras("Asistencia a las sesiones de su periodo", series)
    nombre = "asistencia-por-capacidad" if por_capacidad else "asistencia"
    encabezado = "Asistencia por capacidad" if por_capacidad else "Asistencia por persona, oficina o partido"
    return Cuadro(nombre, encabezado, Tabla(columnas, filas, titulo=titulo, notas=tuple(notas)), dibujo)


def _fila_de_asistencia(p: Participacion, con_suplente: bool, sin_anotar: bool) -> tuple[Celda, ...]:
    return (
        p.nombre,
        ", luego ".join(p.calidades),
        p.sesiones,
        p.asistio,
        *([p.por_suplente] if con_suplente else []),
        p.justificadas,
        p.ausentes,
        *([p.sin_anotar] if sin_anotar else []),
        p.porcentaje,
    )


# -- sesiones y puntos ---------------------------------------------------------


def sesiones_por_tipo(sesiones: Sequence[Sesion], titulo: str = "") -> Cuadro:
    cruce = consultas.sesiones_por_tipo(sesiones)
    columnas = (Columna("Año"), *numeros(*(f"{tipo.label}s" for tipo in TipoDeSesion), "Total"))
    filas: Filas = tuple((str(a), *(cruce.en(a, t) for t in cruce.columnas), cruce.de_fila(a)) for a in cruce.filas)
    totales: tuple[Celda, ...] = ("Total", *(cruce.de_columna(t) for t in cruce.columnas), cruce.total)
    enlaces: Enlaces = tuple(
        (None, *({"tipo": t, "anio_celebrada": a} for t in cruce.columnas), {"anio_celebrada": a}) for a in cruce.filas
    )
    dibujo = barras(
        "Sesiones celebradas por tipo y año",
        [(str(a), {f"{TipoDeSesion(t).label}s": cruce.en(a, str(t)) for t in cruce.columnas}) for a in cruce.filas],
    )
    tabla = Tabla(columnas, filas, titulo=titulo, totales=totales if len(filas) > 1 else None)
    return Cuadro("sesiones", "Sesiones por tipo y año", tabla, dibujo, "comision:sesion_lista", enlaces)


def puntos_por_tema(sesiones: Sequence[Sesion], *, con_tramite: bool = True, titulo: str = "") -> Cuadro:
    cruce = consultas.puntos_por_tema(sesiones, con_tramite=con_tramite)
    varios = len(cruce.columnas) > 1
    nombres = [str(tema or "Sin tema") for tema in cruce.filas]
    anios = cruce.columnas if varios else ()
    columnas = (Columna("Tema"), *numeros(*map(str, anios), "Total" if varios else "Puntos"))
    filas: Filas = tuple(
        (nombre, *(cruce.en(tema, a) for a in anios), cruce.de_fila(tema))
        for nombre, tema in zip(nombres, cruce.filas, strict=True)
    )
    totales: tuple[Celda, ...] = ("Total", *(cruce.de_columna(a) for a in anios), cruce.total)
    aparte = {} if con_tramite else {"de_tramite": "false"}
    enlaces: list[tuple[Enlace | None, ...]] = []
    for tema in cruce.filas:
        suyos: Enlace = {"tema": tema.pk if tema else "null", **aparte}
        enlaces.append((None, *(suyos | {"anio_celebrada": a} for a in anios), suyos))
    dibujo = barras(
        "Puntos por tema", [(n, {"Puntos": cruce.de_fila(t)}) for n, t in zip(nombres, cruce.filas, strict=True)]
    )
    tabla = Tabla(columnas, filas, titulo=titulo, totales=totales if len(filas) > 1 else None)
    return Cuadro("puntos", "Puntos por tema", tabla, dibujo, "comision:punto_lista", tuple(enlaces))


# -- acuerdos ------------------------------------------------------------------


def acuerdos_por_estado(sesiones: Sequence[Sesion], titulo: str = "") -> Cuadro:
    """Estado × año en que se tomaron; el estado es el de hoy."""
    cruce = consultas.acuerdos_por_estado(sesiones).por_anio
    varios = len(cruce.columnas) > 1
    anios = cruce.columnas if varios else ()
    columnas = (Columna("Estado"), *numeros(*map(str, anios), "Total" if varios else "Acuerdos"))
    estados = [e for e in cruce.filas if cruce.de_fila(e)]
    filas: Filas = tuple(
        (EstadoDeAcuerdo(e).label, *(cruce.en(e, a) for a in anios), cruce.de_fila(e)) for e in estados
    )
    totales: tuple[Celda, ...] = ("Total", *(cruce.de_columna(a) for a in anios), cruce.total)
    enlaces: Enlaces = tuple(
        (None, *({"estado": e, "anio_celebrada": a} for a in anios), {"estado": e}) for e in estados
    )
    dibujo = barras(
        "Acuerdos por estado", [(EstadoDeAcuerdo(e).label, {"Acuerdos": cruce.de_fila(e)}) for e in estados]
    )
    tabla = Tabla(columnas, filas, titulo=titulo, totales=totales if len(filas) > 1 else None)
    return Cuadro("acuerdos", "Acuerdos por estado", tabla, dibujo, "comision:acuerdo_lista", enlaces)


def acuerdos_por_area(sesiones: Sequence[Sesion], titulo: str = "") -> Cuadro:
    acuerdos = consultas.acuerdos_por_estado(sesiones)
    cruce, vencidos = acuerdos.por_area, acuerdos.vencidos
    columnas = (
        Columna("Área responsable", ancho=36),
        *numeros(*(e.label for e in EstadoDeAcuerdo), "Total", "Vencidos"),
    )
    filas: list[tuple[Celda, ...]] = []
    enlaces: list[tuple[Enlace | None, ...]] = []
    for area in cruce.filas:
        suyos: Enlace = {"area_responsable": area.pk if area else "null"}
        nombre = str(area or "Sin área responsable")
        filas.append((nombre, *(cruce.en(area, e) for e in cruce.columnas), cruce.de_fila(area), vencidos.get(area, 0)))
        por_estado = (suyos | {"estado": str(e)} for e in cruce.columnas)
        enlaces.append((None, *por_estado, suyos, suyos | {"vencidos": "true"}))
    totales: tuple[Celda, ...] = (
        "Total",
        *(cruce.de_columna(e) for e in cruce.columnas),
        cruce.total,
        sum(vencidos.values()),
    )
    series = [
        (
            area.siglas or area.nombre if area else "Sin área",
            {EstadoDeAcuerdo(e).label: cruce.en(area, str(e)) for e in cruce.columnas},
        )
        for area in cruce.filas
    ]
    tabla = Tabla(columnas, tuple(filas), titulo=titulo, totales=totales if len(filas) > 1 else None)
    dibujo = barras("Acuerdos por área responsable", series) if len(series) <= EN_GRAFICA else None
    return Cuadro(
        "acuerdos-por-area", "Acuerdos por área responsable", tabla, dibujo, "comision:acuerdo_lista", tuple(enlaces)
    )


# -- votos ---------------------------------------------------------------------


def resoluciones(sesiones: Sequence[Sesion]) -> Cuadro:
    votos = consultas.votos(sesiones)
    conteo = tuple((str(Resolucion(r).label) if r else "Sin resolver", n) for r, n in votos.resoluciones.items())
    enlaces: Enlaces = tuple(
        (None, {"solicitud": "aprobacion", "resolucion": r or "pendiente"}) for r in votos.resoluciones
    )
    notas = (
        f"Por unanimidad: {votos.unanimes}. Con votos divididos: {votos.divididos}. "
        f"Sin votos anotados: {votos.sin_votos}.",
    )
    tabla = Tabla(
        (Columna("Resolución"), *numeros("Puntos")), conteo, totales=("Total", votos.por_aprobar), notas=notas
    )
    dibujo = barras("Puntos que pedían aprobación", [(str(r), {"Puntos": n}) for r, n in conteo])
    return Cuadro("resoluciones", "Puntos que pedían aprobación", tabla, dibujo, "comision:punto_lista", enlaces)


def votos(sesiones: Sequence[Sesion]) -> Cuadro:
    emitidos = consultas.votos(sesiones).por_integrante
    filas: Filas = tuple((quien, *(n[s] for s in SentidoDelVoto.values), sum(n.values())) for quien, n in emitidos)
    dibujo = barras(
        "Votos por integrante", [(quien, {s.label: n[s.value] for s in SentidoDelVoto}) for quien, n in emitidos]
    )
    tabla = Tabla((Columna("Integrante"), *numeros(*(s.label for s in SentidoDelVoto), "Total")), filas)
    return Cuadro("votos", "Votos por integrante", tabla, dibujo)
