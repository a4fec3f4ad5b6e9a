"""Las versiones de un documento: su número, lo que no se vale y quitar la última."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios.documentos import acciones, consultas
from convenios.models import DocumentoDeConvenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import documentos
from vinculacion.archivo.models import Evidencia
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def test_el_numero_sigue_por_documento_aunque_se_escriba_distinto():
    convenio = fabrica.convenio()
    primera = documentos.version(convenio)
    segunda = documentos.version(convenio, titulo="  PROYECTO  de convénio ")
    otra = documentos.version(convenio, titulo="Anexo")
    de_otra_clase = documentos.version(convenio, clase="validado")
    assert [d.numero for d in (primera, segunda, otra, de_otra_clase)] == [1, 2, 1, 1]
    assert segunda.titulo == "Proyecto de convenio"
    grupos = consultas.grupos(convenio)
    assert [(g.ultima.titulo, g.ultima.numero, len(g.anteriores)) for g in grupos] == [
        ("Anexo", 1, 0),
        ("Proyecto de convenio", 2, 1),
        ("Proyecto de convenio", 1, 0),
    ]


def test_pide_archivo_o_enlace_pero_no_los_dos():
    convenio = fabrica.convenio()
    with pytest.raises(ValidationError, match="Elija un archivo"):
        documentos.version(convenio, enlace="")
    with pytest.raises(ValidationError, match="de uno en uno"):
        acciones.agregar_version(
            documento=DocumentoDeConvenio(convenio=convenio, clase="otro", titulo="X", fecha=hoy()),
            archivo=documentos.pdf(),
            enlace="https://a.example",
            por=None,
        )
    with pytest.raises(ValidationError):
        documentos.version(convenio, enlace="no es un enlace")
    assert not DocumentoDeConvenio.objects.exists()


def test_el_firmado_pide_un_instrumento_suscrito_y_una_fecha_que_no_lo_contradiga():
    with pytest.raises(ValidationError, match="páselo primero a «Suscrito»"):
        documentos.version(fabrica.convenio(), clase="firmado")
    suscrito = fabrica.convenio(fecha_firma=date(2026, 1, 20))
    with pytest.raises(ValidationError, match="20 de enero de 2026"):
        documentos.version(suscrito, clase="firmado", fecha=date(2026, 1, 19))
    assert consultas.firmado(suscrito) is None
    bueno = documentos.version(suscrito, clase="firmado", fecha=date(2026, 1, 20))
    assert consultas.firmado(suscrito) == bueno


def test_un_documento_no_es_del_futuro():
    with pytest.raises(ValidationError, match="todavía no llega"):
        documentos.version(fabrica.convenio(), fecha=hoy() + timedelta(days=1))


def test_solo_se_quita_la_ultima_y_su_archivo_se_va_con_ella():
    convenio = fabrica.convenio()
    primera = documentos.version(convenio)
    segunda = documentos.version(convenio, archivo=documentos.pdf())
    with pytest.raises(ValidationError, match="última versión"):
        acciones.quitar_version(documento=primera, por=None)
    acciones.quitar_version(documento=segunda, por=None)
    acciones.quitar_version(documento=primera, por=None)
    assert not DocumentoDeConvenio.objects.exists() and not Evidencia.objects.exists()
    assert DocumentoDeConvenio.history.filter(history_type="-").count() == 2


def test_de_una_version_guardada_solo_cambian_fecha_y_nota():
    documento = documentos.version(fabrica.convenio())
    documento.nota = "Con el visto bueno jurídico"
    acciones.corregir_documento(documento=documento, por=None)
    documento.titulo = "Otro"
    with pytest.raises(ValidationError, match="sólo se corrigen"):
        acciones.corregir_documento(documento=documento, por=None)
