"""Compromisos vencidos o por vencer, para quien los atiende; si son muchos, en un solo renglón."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import concuerda, fecha_larga

from . import consultas
from .situacion import Situacion, situacion_de

DE_UNO_EN_UNO = 4
GRAVEDAD = {Situacion.VENCIDO: "vencido", Situacion.POR_VENCER: "atencion"}


@avisos
def de_compromisos(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm("convenios.view_compromiso"):
        return
    pendientes = consultas.por_atender(usuario, fecha).order_by("proxima", "pk")
    for situacion, grupo in groupby(pendientes, key=lambda c: situacion_de(c, fecha)):
        suyos = list(grupo)
        if len(suyos) > DE_UNO_EN_UNO:
            vencido = situacion == Situacion.VENCIDO
            cuantos = concuerda(len(suyos), "compromiso", "compromisos")
            verbo = "con el plazo vencido" if vencido else "por vencer en treinta días"
            url = f"{reverse('convenios:compromiso_lista')}?situacion={situacion}&atiendo=on"
            yield Aviso("Compromisos", f"{cuantos} {verbo}".capitalize(), url, suyos[0].proxima, GRAVEDAD[situacion])
            continue
        for c in suyos:
            quien = f" · {c.area.corto}" if c.area else ""
            verbo = "venció" if situacion == Situacion.VENCIDO else "vence"
            titulo = f"{c}{quien}: {verbo} el {fecha_larga(c.proxima or fecha)}"
            yield Aviso("Compromiso", titulo, c.get_absolute_url(), c.proxima, GRAVEDAD[situacion])
