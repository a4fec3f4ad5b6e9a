"""Lo que rodea a un instrumento: documentos, pendientes, actos, compromisos, renovaciones y avances en sesión."""

from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from convenios.acompanamiento.acciones import guardar_pendiente, marcar_hecho
from convenios.actos.acciones import guardar_acto, guardar_invitados
from convenios.actualizaciones.acciones import registrar_actualizaciones
from convenios.compromisos.acciones import anotar_avance, cancelar_compromiso, guardar_compromiso
from convenios.documentos.acciones import agregar_version
from convenios.models import (
    ActoProtocolario,
    AvanceDeCompromiso,
    Compromiso,
    DocumentoDeConvenio,
    InvitadoDeActo,
    PasoPendiente,
    Renovacion,
)
from convenios.vigencia.acciones import crear_sucesor, guardar_renovacion

from .mundo import Mundo

# Una página en blanco con su texto: se arma a mano porque cargar un generador de PDF costaría más que todo lo demás.
_PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length {largo}>>stream
{dibujo}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj
"""


def dia(texto: str) -> date | None:
    return date.fromisoformat(texto) if texto else None


def archivo(texto: str) -> SimpleUploadedFile:
    """Un PDF de una página que dice ``texto`` y que es de muestra."""
    escrito = f"{texto} (documento de muestra)".replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    dibujo = f"BT /F 12 Tf 72 720 Td ({escrito}) Tj ET"
    largo = len(dibujo.encode("cp1252", "replace"))
    cuerpo = _PDF.format(largo=largo, dibujo=dibujo).encode("cp1252", "replace")
    lugares = [cuerpo.index(f"\n{n} 0 obj".encode()) + 1 for n in range(1, 6)]
    tabla = "".join(f"{lugar:010} 00000 n \n" for lugar in lugares)
    pie = f"xref\n0 6\n0000000000 65535 f \n{tabla}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(cuerpo)}\n%%EOF\n"
    return SimpleUploadedFile("documento.pdf", cuerpo + pie.encode())


def documentos(mundo: Mundo, fichas: list[dict[str, Any]]) -> None:
    for ficha in fichas:
        agregar_version(
            documento=DocumentoDeConvenio(
                convenio=mundo.convenios[ficha["folio"]],
                clase=ficha["clase"],
                titulo=ficha["titulo"],
                fecha=date.fromisoformat(ficha["fecha"]),
                nota=ficha["nota"],
            ),
            archivo=archivo(f"{ficha['folio']}, {ficha['titulo'].lower()}, {ficha['fecha']}"),
            por=mundo.captura,
        )


def pendientes(mundo: Mundo, fichas: list[dict[str, Any]]) -> None:
    for ficha in fichas:
        paso = guardar_pendiente(
            paso=PasoPendiente(
                convenio=mundo.convenios[ficha["folio"]],
                que=ficha["que"],
                area=mundo.areas[ficha["area"]] if ficha["area"] else None,
                fecha_limite=dia(ficha["limite"]),
                nota="" if ficha["hecho"] else ficha["nota"],
            ),
            por=mundo.captura,
        )
        if ficha["hecho"]:
            marcar_hecho(paso=paso, fecha=date.fromisoformat(ficha["hecho"]), nota=ficha["nota"], por=mundo.captura)


def actos(mundo: Mundo, fichas: list[dict[str, Any]]) -> None:
    for ficha in fichas:
        inicio, fin = map(time.fromisoformat, ficha["horas"])
        acto = guardar_acto(
            acto=ActoProtocolario(
                titulo=ficha["titulo"],
                fecha=date.fromisoformat(ficha["fecha"]),
                hora=inicio,
                hora_fin=fin,
                modalidad=ficha["modalidad"],
                lugar=ficha["lugar"],
                estado=ficha["estado"],
                motivo=ficha["motivo"],
            ),
            convenios=[mundo.convenios[f] for f in ficha["folios"]],
            por=mundo.captura,
        )
        _invitar(mundo, acto, ficha)


def _invitar(mundo: Mundo, acto: ActoProtocolario, ficha: dict[str, Any]) -> None:
    celebrado = ficha["estado"] == "celebrado"
    invitados = [
        InvitadoDeActo(cargo=cargo, area=mundo.areas[siglas], calidad=calidad)
        for cargo, siglas, calidad in ficha["invitados"]
    ] + [
        InvitadoDeActo(cargo="Titular de la institución", organismo=mundo.organismos[o], calidad="firmante")
        for o in ficha["contrapartes"]
    ]
    for lugar, invitado in enumerate(invitados if celebrado else ()):
        invitado.asistio = "suplente" if lugar == 1 else "si"
    guardar_invitados(acto=acto, invitados=invitados, por=mundo.captura)


def compromisos(mundo: Mundo, fichas: list[dict[str, Any]]) -> None:
    """Primero todos: el instrumento que termina con ellos concluiría al cumplirse el único que tuviera."""
    guardados = [(_compromiso(mundo, ficha), ficha) for ficha in fichas]
    for compromiso, ficha in guardados:
        for fecha, porcentaje, cumple, nota in ficha["avances"]:
            _avance(mundo, compromiso, compromiso.fecha_limite, date.fromisoformat(fecha), porcentaje, cumple, nota)
        if ficha["al_corriente"]:
            _al_corriente(mundo, compromiso, date.fromisoformat(ficha["al_corriente"]))
        if ficha["cancelado"]:
            cancelar_compromiso(compromiso=compromiso, razon=ficha["cancelado"], por=mundo.direccion)


def _compromiso(mundo: Mundo, ficha: dict[str, Any]) -> Compromiso:
    return guardar_compromiso(
        compromiso=Compromiso(
            convenio=mundo.convenios[ficha["folio"]],
            clausula=ficha["clausula"],
            que=ficha["que"],
            parte=ficha["parte"],
            area=mundo.areas[ficha["area"]],
            contraparte=mundo.organismos[ficha["contraparte"]] if ficha["contraparte"] else None,
            recurrencia=ficha["recurrencia"],
            fecha_limite=dia(ficha["limite"]),
        ),
        por=mundo.captura,
    )


def _al_corriente(mundo: Mundo, compromiso: Compromiso, hasta: date) -> None:
    while compromiso.proxima is not None and compromiso.proxima <= hasta:
        vez = compromiso.proxima
        _avance(mundo, compromiso, vez, vez, 100, True, "Se cumplió en su fecha.")
        compromiso = Compromiso.objects.get(pk=compromiso.pk)


def _avance(mundo: Mundo, compromiso: Compromiso, vez, fecha: date, porcentaje: int, cumple: bool, nota: str) -> None:
    avance = AvanceDeCompromiso(
        compromiso=compromiso, vez=vez, fecha=fecha, porcentaje=porcentaje, cumple=cumple, nota=nota
    )
    anotar_avance(avance=avance, por=mundo.captura)


def renovaciones(mundo: Mundo, fichas: list[dict[str, Any]]) -> None:
    for ficha in fichas:
        renovacion = guardar_renovacion(
            renovacion=Renovacion(
                convenio=mundo.convenios[ficha["folio"]],
                decision=ficha["decision"],
                fecha_decision=dia(ficha["fecha"]),
                razon=ficha["razon"],
            ),
            por=mundo.direccion,
        )
        if ficha["sucesor"]:
            folio, titulo = ficha["sucesor"]
            mundo.convenios[folio] = crear_sucesor(
                renovacion=renovacion, folio=folio, titulo=titulo, por=mundo.direccion
            )


def actualizaciones(mundo: Mundo, agregar: list[tuple]) -> None:
    registrar_actualizaciones(agregar=agregar, por=mundo.captura)
