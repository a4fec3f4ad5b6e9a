"""Los documentos de una sesión en PDF: convocatoria, orden del día, lista para firmar y carpeta."""

from collections.abc import Callable
from dataclasses import dataclass

from vinculacion.archivo.models import Evidencia
from vinculacion.nucleo.bloques import Bloque, Columna, Lista, Parrafo, Tabla
from vinculacion.nucleo.palabras import capitaliza, fecha_larga
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.salida import pdf, union
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, membrete_de_la_casa

from ..consultas import integracion_en
from ..estados import ClaseDeAviso, Rol
from ..models import Convocatoria, Punto, Sesion
from ..reglas import hora_prevista
from . import consultas, redaccion

TITULO_DE_AVISO = {
    ClaseDeAviso.CONVOCATORIA: "Convocatoria",
    ClaseDeAviso.CAMBIO: "Aviso de cambio",
    ClaseDeAviso.CANCELACION: "Aviso de cancelación",
}


def _portada(sesion: Sesion, titulo: str, subtitulo: str, institucion: str) -> Portada:
    return Portada(
        titulo=titulo,
        subtitulo=subtitulo,
        institucion=institucion,
        organo=sesion.comision.nombre,
        leyenda=f"{sesion.en_palabras} de {sesion.anio}",
    )


def _nombre(sesion: Sesion) -> str:
    return f"{sesion.en_palabras} de {sesion.anio}"


def _documento(sesion: Sesion, clave: str, titulo: str, bloques: list[Bloque], *, subtitulo="", presentacion="oficio"):
    membrete = membrete_de_la_casa()
    return Documento(
        clave=f"{clave}-{sesion.codigo}-{sesion.anio}",
        portada=_portada(sesion, titulo, subtitulo, membrete.institucion),
        apartados=(ApartadoArmado("", "", 1, tuple(bloques)),),
        autor=sesion.comision.nombre,
        membrete=membrete,
        presentacion=presentacion,
    )


def convocatoria(
    sesion: Sesion, clase: str = ClaseDeAviso.CONVOCATORIA, ultima: Convocatoria | None = None
) -> Documento:
    """La carta: a quiénes, qué sesión, cuándo y dónde; al calce, quien convoca."""
    integran = list(integracion_en(sesion.comision, sesion.fecha_programada))
    firma = next((i for i in integran if i.rol == Rol.SECRETARIA_TECNICA), None)
    lugar = f"Ciudad de México, {fecha_larga(hoy(), dia_semana=False)}"
    bloques: list[Bloque] = [Parrafo(lugar), Parrafo("A quienes integran la comisión:")]
    bloques += [Parrafo(texto) for texto in redaccion.parrafos(sesion, clase, ultima)]
    if clase == ClaseDeAviso.CONVOCATORIA:
        titulos = tuple(sesion.puntos.order_by("numero").values_list("titulo", flat=True))
        bloques.append(Lista(titulos, ordenada=True, titulo="Orden del día"))
    bloques += [Parrafo("Atentamente"), Parrafo(firma.nombre if firma else "Secretaría técnica")]
    return _documento(sesion, "convocatoria", TITULO_DE_AVISO[ClaseDeAviso(clase)], bloques, subtitulo=_nombre(sesion))


def orden_del_dia(sesion: Sesion) -> Documento:
    filas = tuple(
        (
            punto.numero,
            punto.titulo + (f"\nTema: {punto.tema}" if punto.tema else ""),
            punto.presenta,
            punto.get_solicitud_display(),
            "\n".join(str(e) for e in punto.evidencias.all()),
        )
        for punto in consultas.puntos_con_documentos(sesion)
    )
    columnas = (
        Columna("No.", "centro", 7),
        Columna("Asunto", ancho=43),
        Columna("Presenta", ancho=17),
        Columna("Se pide", ancho=14),
        Columna("Documentos", ancho=19),
    )
    cita = f"{capitaliza(redaccion.cuando_fue(sesion.fecha_programada, hora_prevista(sesion)))}; {redaccion.donde(sesion)}."
    cuerpo: Bloque = Tabla(columnas, filas) if filas else Parrafo("El orden del día está vacío.")
    return _documento(sesion, "orden-del-dia", "Orden del día", [Parrafo(cita), cuerpo], subtitulo=_nombre(sesion))


def lista_de_asistencia(sesion: Sesion) -> Documento:
    """Para firmar: las capacidades vigentes el día de la sesión, en orden de protocolo."""
    filas = tuple(
        (n, i.nombre + (f"\n{i.persona}" if i.persona else ""), i.get_rol_display(), "")
        for n, i in enumerate(integracion_en(sesion.comision, sesion.fecha), start=1)
    )
    columnas = (
        Columna("No.", "centro", 7),
        Columna("Nombre", ancho=41),
        Columna("Calidad", ancho=20),
        Columna("Firma", ancho=32),
    )
    cita = f"{capitaliza(redaccion.cuando_fue(sesion.fecha, hora_prevista(sesion)))}; {redaccion.donde(sesion)}."
    cuerpo: Bloque = Tabla(columnas, filas) if filas else Parrafo("Nadie integraba la comisión en esa fecha.")
    return _documento(
        sesion,
        "lista-de-asistencia",
        "Lista de asistencia",
        [Parrafo(cita), cuerpo],
        subtitulo=_nombre(sesion),
        presentacion="firmas",
    )


# -- carpeta -------------------------------------------------------------------


@dataclass
class Pieza:
    """Un documento de un punto: con su PDF si entra en la carpeta, o por qué no entra."""

    punto: Punto
    documento: Evidencia
    contenido: bytes = b""
    paginas: int = 0
    fuera: str = ""


def _aparte(documento: Evidencia) -> str:
    if not documento.enlace:
        return f"se entrega aparte, {documento.nombre_original}"
    return f"se consulta en {documento.enlace}" if documento.titulo else "se consulta en línea"


def _pieza(punto: Punto, documento: Evidencia) -> Pieza:
    if not consultas.es_pdf(documento):
        return Pieza(punto, documento, fuera=_aparte(documento))
    try:
        with documento.archivo.open("rb") as archivo:
            contenido = archivo.read()
    except OSError:
        return Pieza(punto, documento, fuera="el archivo no está en el almacén")
    paginas = union.paginas(contenido)
    if not paginas:
        return Pieza(punto, documento, fuera="el PDF está dañado o pide contraseña")
    return Pieza(punto, documento, contenido, paginas)


def _indice(sesion: Sesion, puntos: list[Punto], piezas: list[Pieza], primera: int) -> Documento:
    """Portada e índice; ``primera`` es la página en que empieza el primer documento."""
    de_punto: dict[int, list[Pieza]] = {}
    for pieza in piezas:
        de_punto.setdefault(pieza.punto.pk, []).append(pieza)
    filas, pagina = [], primera
    for punto in puntos:
        suyas = de_punto.get(punto.pk)
        if not suyas:
            filas.append((punto.numero, punto.titulo, "Sin documentos", ""))
            continue
        for pieza in suyas:
            filas.append((punto.numero, punto.titulo, str(pieza.documento), "—" if pieza.fuera else str(pagina)))
            pagina += pieza.paginas
    columnas = (
        Columna("Punto", "centro", 9),
        Columna("Asunto", ancho=44),
        Columna("Documento", ancho=35),
        Columna("Página", "centro", 12),
    )
    bloques: list[Bloque] = [Tabla(columnas, tuple(filas), combinar=(0, 1))]
    fuera = [p for p in piezas if p.fuera]
    if fuera:
        renglones = tuple(f"Punto {p.punto.numero}, {p.documento}: {p.fuera}" for p in fuera)
        bloques.append(Lista(renglones, titulo="No se incluyen en esta carpeta"))
    membrete = membrete_de_la_casa()
    return Documento(
        clave=f"carpeta-{sesion.codigo}-{sesion.anio}",
        portada=Portada(
            titulo="Carpeta de documentos",
            subtitulo=_nombre(sesion),
            institucion=membrete.institucion,
            organo=sesion.comision.nombre,
            periodo=capitaliza(redaccion.cuando_fue(sesion.fecha_programada, hora_prevista(sesion))),
            leyenda=capitaliza(redaccion.donde(sesion)),
        ),
        apartados=(ApartadoArmado("", "Índice de documentos", 1, tuple(bloques)),),
        autor=sesion.comision.nombre,
        membrete=membrete,
        presentacion="carpeta",
    )


def carpeta(sesion: Sesion) -> bytes:
    """Portada, índice con páginas y los documentos en PDF de cada punto, en orden."""
    puntos = consultas.puntos_con_documentos(sesion)
    piezas = [_pieza(punto, documento) for punto in puntos for documento in punto.evidencias.all()]
    indice = pdf.crear(_indice(sesion, puntos, piezas, primera=100))
    # Las páginas se saben hasta que el índice está impreso: se imprime otra vez con ellas.
    indice = pdf.crear(_indice(sesion, puntos, piezas, primera=union.paginas(indice) + 1))
    partes = [("Índice", indice)]
    partes += [(f"{p.punto.numero}. {p.documento}", p.contenido) for p in piezas if not p.fuera]
    return union.unir(partes, titulo=f"Carpeta de documentos. {_nombre(sesion)}")


def _impreso(haz: Callable[[Sesion], Documento]) -> Callable[[Sesion], bytes]:
    return lambda sesion: pdf.crear(haz(sesion))


# dirección → (nombre, cómo se hace)
DOCUMENTOS: dict[str, tuple[str, Callable[[Sesion], bytes]]] = {
    "convocatoria": ("Convocatoria", _impreso(convocatoria)),
    "orden": ("Orden del día", _impreso(orden_del_dia)),
    "lista": ("Lista de asistencia", _impreso(lista_de_asistencia)),
    "carpeta": ("Carpeta de documentos", carpeta),
}


def nombre_de_archivo(sesion: Sesion, documento: str) -> str:
    return f"{documento}-{sesion.codigo}-{sesion.anio}-{sesion.comision.siglas}.pdf"
