"""Aprobar no vuelve a imprimir lo que un borrador ya imprimió."""

import io

import pytest
from pypdf import PdfReader

from informes import armado, exportacion
from informes.congelado import consultas
from informes.estados import EstadoDeInforme
from tests.fabricas import congelado as fabrica
from tests.fabricas.congelado import HASTA_PRESENTADO, llevar

pytestmark = pytest.mark.django_db


def test_solo_se_imprime_lo_que_cambia(settings, tmp_path):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    borrador = exportacion.escribir(armado.armar(informe).exigir(), "pdf", deposito=exportacion.deposito())
    antes = set(exportacion.deposito().glob("*.pdf"))
    informe = llevar(informe, EstadoDeInforme.APROBADO)
    nuevas = set(exportacion.deposito().glob("*.pdf")) - antes
    assert len(nuevas) == 4  # portada, índice, colofón y la letra del pie
    aprobado = exportacion.exportar(informe, "pdf")
    assert "PRESENTADO" in PdfReader(io.BytesIO(borrador)).pages[2].extract_text()
    pie = f"Aprobado mediante acuerdo {informe.acuerdo.folio}"
    assert pie in PdfReader(io.BytesIO(aprobado)).pages[2].extract_text()
    assert consultas.vigente(informe).clase == "aprobada"
