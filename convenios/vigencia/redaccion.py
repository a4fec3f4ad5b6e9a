"""El resumen escrito: un solo correo por persona, en texto y en HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from vinculacion.nucleo.palabras import cuenta, enumera

from ..models import Compromiso, Convenio
from ..reglas import dia
from . import consultas, reglas
from .destinatarios import Vencimiento

POR_APARTADO = 40
DE_INSTRUMENTOS = {
    reglas.VENCIDO: "Instrumentos vencidos sin concluir",
    30: "Instrumentos que vencen en 30 días o menos",
    60: "Instrumentos que vencen en 60 días o menos",
    90: "Instrumentos que vencen en 90 días o menos",
}
DE_COMPROMISOS = {
    reglas.VENCIDO: "Compromisos con el plazo vencido",
    7: "Compromisos que vencen en 7 días o menos",
    30: "Compromisos que vencen en 30 días o menos",
}


@dataclass(frozen=True)
class Renglon:
    titulo: str
    datos: str
    cuando: str
    sigue: str
    url: str


@dataclass(frozen=True)
class Apartado:
    titulo: str
    renglones: list[Renglon]
    demas: int
    url: str


def absoluta(ruta: str) -> str:
    return f"{settings.SITIO}{ruta}"


def cuando(vence: date, fecha: date) -> str:
    """«Vence el 3 de mayo de 2026, en 12 días»."""
    dias = (vence - fecha).days
    if dias == 0:
        return f"Vence hoy, {dia(vence)}."
    if dias < 0:
        return f"Venció el {dia(vence)}, hace {cuenta(-dias, 'día', 'días')}."
    return f"Vence el {dia(vence)}, en {cuenta(dias, 'día', 'días')}."


def _de_convenio(convenio: Convenio, fecha: date) -> Renglon:
    con = enumera([o.corto for o in convenio.contrapartes.all()])
    estado = consultas.estado_de(convenio)
    sigue = consultas.que_sigue(convenio, fecha, getattr(convenio, "abiertos", 0)).texto
    return Renglon(
        convenio.titulo,
        f"{convenio.folio} · {convenio.tipo} · con {con}" if con else f"{convenio.folio} · {convenio.tipo}",
        cuando(convenio.vigencia_hasta, fecha) if convenio.vigencia_hasta else "",
        f"Renovación: {estado.label.lower()}. {sigue}".strip(),
        absoluta(convenio.get_absolute_url()),
    )


def _de_compromiso(compromiso: Compromiso, fecha: date) -> Renglon:
    quienes = [o.corto for o in (compromiso.area, compromiso.contraparte) if o]
    datos = [compromiso.convenio.folio, compromiso.clausula, enumera(quienes)]
    return Renglon(
        str(compromiso),
        " · ".join(d for d in datos if d),
        cuando(compromiso.proxima, fecha) if compromiso.proxima else "",
        "",
        absoluta(compromiso.get_absolute_url()),
    )


def apartados(vencimientos: Sequence[Vencimiento], fecha: date) -> list[Apartado]:
    todos = absoluta(reverse("convenios:vencimientos"))
    lista = absoluta(f"{reverse('convenios:compromiso_lista')}?atiendo=on")
    hechos = []
    for clase, titulos, url in ((Convenio, DE_INSTRUMENTOS, todos), (Compromiso, DE_COMPROMISOS, lista)):
        for plazo, titulo in titulos.items():
            suyos = [v.objeto for v in vencimientos if isinstance(v.objeto, clase) and v.plazo == plazo]
            if suyos:
                renglones = [_renglon(o, fecha) for o in suyos[:POR_APARTADO]]
                hechos.append(Apartado(titulo, renglones, len(suyos) - len(renglones), url))
    return hechos


def _renglon(objeto: Convenio | Compromiso, fecha: date) -> Renglon:
    return _de_convenio(objeto, fecha) if isinstance(objeto, Convenio) else _de_compromiso(objeto, fecha)


def asunto(vencimientos: Sequence[Vencimiento]) -> str:
    instrumentos = sum(isinstance(v.objeto, Convenio) for v in vencimientos)
    partes = [
        cuenta(n, *palabras)
        for n, palabras in (
            (instrumentos, ("instrumento", "instrumentos")),
            (len(vencimientos) - instrumentos, ("compromiso", "compromisos")),
        )
        if n
    ]
    return f"Vencimientos: {enumera(partes)}"


def correo(
    persona, vencimientos: Sequence[Vencimiento], fecha: date, sello: str, conexion=None
) -> EmailMultiAlternatives:
    """``sello`` hace fijo el Message-ID: si llegara dos veces, el programa de correo lo reconoce como el mismo."""
    contexto = {
        "asunto": asunto(vencimientos),
        "nombre": persona.get_full_name() or persona.username,
        "dia": dia(fecha),
        "apartados": apartados(vencimientos, fecha),
        "todos": absoluta(reverse("convenios:vencimientos")),
    }
    dominio = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
    mensaje = EmailMultiAlternatives(
        contexto["asunto"],
        render_to_string("convenios/vigencia/resumen.txt", contexto),
        to=[persona.email],
        connection=conexion,
        headers={"Message-ID": f"<vencimientos-{sello}@{dominio}>", "Auto-Submitted": "auto-generated"},
    )
    mensaje.attach_alternative(render_to_string("convenios/vigencia/resumen.html", contexto), "text/html")
    return mensaje
