"""Columnas de los vencimientos y de las renovaciones."""

from datetime import date

import django_tables2 as tables
from django.utils.html import format_html, format_html_join

from vinculacion.nucleo.palabras import fecha_corta, numero

from ..models import Convenio, Renovacion
from ..tables import CORTO, instrumento
from . import botones, consultas, reglas
from .consultas import COLORES, EstadoDeRenovacion

ANCHA = {"td": {"class": "columna-instrumento"}}


def insignia(estado: EstadoDeRenovacion):
    color = COLORES[estado]
    return format_html('<span class="estado{}">{}</span>', f" estado-{color}" if color else "", estado.label)


def plazo_escrito(hasta: date | None, fecha: date) -> str:
    if hasta is None:
        return ""
    dias = (hasta - fecha).days
    if dias == 0:
        return "Hoy"
    return (
        f"{numero(dias)} días" if dias > 1 else "1 día" if dias == 1 else f"Hace {numero(-dias)} día{'s' * (dias < -1)}"
    )


def con_dato(principal, *datos):
    """Lo principal y, debajo de él, cada dato que haya."""
    debajo = format_html_join("", '<span class="columna-folio">{}</span>', [(d,) for d in datos if d])
    return format_html("<span>{}{}</span>", principal, debajo)


def nombres(registros) -> str:
    return ", ".join(r.corto for r in registros)


class VencimientoTabla(tables.Table):
    """Un grupo de la página; ``al`` es el día desde el que se cuenta."""

    titulo = tables.Column(verbose_name="Instrumento", attrs=ANCHA)
    partes = tables.Column(empty_values=(), verbose_name="Contraparte y área")
    hasta = tables.Column(empty_values=(), verbose_name="Vigente hasta")
    renovacion = tables.Column(empty_values=(), verbose_name="Renovación")
    sigue = tables.Column(empty_values=(), verbose_name="Qué sigue")

    class Meta:
        model = Convenio
        fields = ("titulo", "partes", "hasta", "renovacion", "sigue")
        orderable = False

    def __init__(self, data, *, al: date, usuario, regreso: str = "", **kwargs):
        self.al, self.usuario, self.regreso = al, usuario, regreso
        super().__init__(data, empty_text="", **kwargs)

    def render_titulo(self, record):
        return con_dato(instrumento(record.get_absolute_url(), record), record.tipo)

    def render_partes(self, record):
        return con_dato(nombres(record.contrapartes.all()), nombres(record.areas.all()))

    def render_hasta(self, record):
        hasta = record.vigencia_hasta
        escrita = fecha_corta(hasta) if hasta else record.get_vigencia_display()
        return con_dato(escrita, plazo_escrito(hasta, self.al), record.vigencia_texto)

    def render_renovacion(self, record):
        estado = consultas.estado_de(record)
        if estado == EstadoDeRenovacion.NO_APLICA:
            return estado.label
        if record.vigencia_hasta is None:
            abiertos = record.abiertos
            texto = f"{abiertos} compromiso{'s' if abiertos > 1 else ''} por cumplir" if abiertos else "Sin compromisos"
            return texto if estado == EstadoDeRenovacion.SIN_INICIAR else con_dato(insignia(estado), texto)
        sucesor = reglas.sucesor_de(record)
        if sucesor is None or not consultas.puede_ver(self.usuario, sucesor):
            return insignia(estado)
        return con_dato(insignia(estado), format_html('<a href="{}">{}</a>', sucesor.get_absolute_url(), sucesor.folio))

    def render_sigue(self, record):
        siguiente = consultas.que_sigue(record, self.al, record.abiertos)
        texto = format_html("<p>{}</p>", siguiente.texto) if siguiente.texto else ""
        enlaces = format_html_join(
            " ",
            '<a class="btn btn-sm btn-outline-primary no-imprime" href="{}" aria-label="{}: {}">{}</a>',
            [
                (boton.url, boton.etiqueta, record.folio, boton.etiqueta)
                for boton in botones.de(record, siguiente.pasos, self.usuario, self.regreso)
            ],
        )
        return format_html("<div>{}{}</div>", texto, enlaces)


ENCABEZADOS = [
    "Grupo",
    "Folio",
    "Instrumento",
    "Tipo",
    "Contraparte",
    "Área",
    "Quien lo lleva",
    "Vigente hasta",
    "Cómo lo dice el instrumento",
    "Días que faltan",
    "Compromisos abiertos",
    "Renovación",
    "Sucesor",
    "Qué sigue",
]


def fila_de_hoja(convenio, al: date, usuario) -> list:
    """Un renglón de la hoja de cálculo, con sus fechas y números como tales."""
    hasta, sucesor = convenio.vigencia_hasta, reglas.sucesor_de(convenio)
    return [
        consultas.grupo(convenio, al).label,
        convenio.folio,
        convenio.titulo,
        str(convenio.tipo),
        nombres(convenio.contrapartes.all()),
        nombres(convenio.areas.all()),
        str(convenio.responsable or ""),
        hasta or convenio.get_vigencia_display(),
        convenio.vigencia_texto,
        (hasta - al).days if hasta else None,
        convenio.abiertos,
        consultas.estado_de(convenio).label,
        sucesor.folio if sucesor and consultas.puede_ver(usuario, sucesor) else "",
        consultas.que_sigue(convenio, al, convenio.abiertos).texto,
    ]


class RenovacionTabla(tables.Table):
    convenio = tables.Column(verbose_name="Instrumento que vence", attrs=ANCHA)
    vence = tables.DateColumn(
        accessor="convenio__vigencia_hasta", format="d/m/Y", verbose_name="Vence", attrs=CORTO, default=""
    )
    estado = tables.Column(empty_values=(), verbose_name="Estado", orderable=False)
    fecha_decision = tables.DateColumn(format="d/m/Y", verbose_name="Decidida", attrs=CORTO)
    sucesor = tables.Column(empty_values=(), verbose_name="Sucesor", orderable=False)

    class Meta:
        model = Renovacion
        fields = ("convenio", "vence", "estado", "fecha_decision", "sucesor")

    def render_convenio(self, record):
        return instrumento(record.get_absolute_url(), record.convenio)

    def render_estado(self, record):
        return insignia(consultas.estado_de(record.convenio))

    def value_estado(self, record):
        return consultas.estado_de(record.convenio).label

    def render_sucesor(self, record):
        if record.sucesor is None:
            return "—"
        if not consultas.puede_ver(self.request.user, record.sucesor):
            return "De otra área"
        return instrumento(record.sucesor.get_absolute_url(), record.sucesor)
