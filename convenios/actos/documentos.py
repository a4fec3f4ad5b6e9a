"""La lista de invitados, para firmar, como documento (PDF) y como hoja de cálculo."""

from collections.abc import Sequence

from vinculacion.comision.estados import Modalidad
from vinculacion.nucleo.bloques import Bloque, Columna, Parrafo, Tabla
from vinculacion.nucleo.hojas.escritura import TIPOS, a_xlsx
from vinculacion.nucleo.palabras import capitaliza, enumera, fecha_larga
from vinculacion.nucleo.salida.documento import INSTITUCION, ApartadoArmado, Documento, Portada

from ..models import ActoProtocolario, InvitadoDeActo

TITULO = "Lista de invitados"
SIN_INVITADOS = "La lista de invitados está vacía."


def cuando(acto: ActoProtocolario) -> str:
    """«Jueves 25 de enero de 2024, de 11:00 a 12:30 horas»."""
    texto = capitaliza(fecha_larga(acto.fecha))
    if acto.hora and acto.hora_fin:
        return f"{texto}, de {acto.hora:%H:%M} a {acto.hora_fin:%H:%M} horas"
    return f"{texto}, {acto.hora:%H:%M} horas" if acto.hora else texto


def donde(acto: ActoProtocolario) -> str:
    if acto.modalidad == Modalidad.PRESENCIAL:
        return acto.lugar
    return f"{acto.lugar} (modalidad {acto.get_modalidad_display().lower()})" if acto.lugar else "Modalidad virtual"


def de_donde(invitado: InvitadoDeActo) -> str:
    return str(invitado.organismo or invitado.area or "")


def lista_de_invitados(acto: ActoProtocolario, invitados: Sequence[InvitadoDeActo]) -> Documento:
    """``acto.convenios.all()`` trae sólo los instrumentos que puede ver quien la imprime."""
    filas = tuple(
        (n, "\n".join(filter(None, (i.cargo, de_donde(i)))), i.get_calidad_display(), "")
        for n, i in enumerate(invitados, start=1)
    )
    columnas = (
        Columna("No.", "centro", 7),
        Columna("Oficina o cargo", ancho=43),
        Columna("En calidad de", ancho=18),
        Columna("Firma", ancho=32),
    )
    folios = [c.folio for c in acto.convenios.all()]
    bloques: list[Bloque] = [Parrafo(f"{cuando(acto)}. {donde(acto)}.")]
    if folios:
        bloques.append(Parrafo(f"{'Instrumento' if len(folios) == 1 else 'Instrumentos'}: {enumera(folios)}."))
    bloques.append(Tabla(columnas, filas) if filas else Parrafo(SIN_INVITADOS))
    return Documento(
        clave=f"invitados-{acto.fecha:%Y-%m-%d}-{acto.pk}",
        portada=Portada(titulo=TITULO, subtitulo=acto.titulo, institucion=INSTITUCION, leyenda=acto.titulo),
        apartados=(ApartadoArmado("", "", 1, tuple(bloques)),),
        autor=INSTITUCION,
        presentacion="firmas",
    )


def en_pdf(acto: ActoProtocolario, invitados: Sequence[InvitadoDeActo]) -> bytes:
    from vinculacion.nucleo.salida import pdf  # tarda en cargar y casi ninguna página lo necesita

    return pdf.crear(lista_de_invitados(acto, invitados))


def en_hoja(acto: ActoProtocolario, invitados: Sequence[InvitadoDeActo]) -> bytes:
    encabezados = ("No.", "Oficina o cargo", "Organismo o área", "En calidad de", "Asistió", "Firma")
    filas = [
        (n, i.cargo, de_donde(i), i.get_calidad_display(), i.get_asistio_display(), "")
        for n, i in enumerate(invitados, start=1)
    ]
    return a_xlsx(encabezados, filas, TITULO)


FORMATOS = {"pdf": ("application/pdf", en_pdf), "xlsx": (TIPOS["xlsx"], en_hoja)}
