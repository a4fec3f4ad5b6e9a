"""Guardar, dar pasos y anotar avances."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios import acciones
from convenios.models import Actualizacion, Convenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def test_corregir_la_firma_mueve_su_paso():
    convenio = fabrica.convenio(fecha_firma=date(2020, 10, 9))
    convenio.fecha_firma = date(2020, 10, 8)
    acciones.guardar_convenio(convenio=convenio, por=None)
    assert [c.fecha for c in convenio.cambios.all()] == [date(2020, 10, 8)]


def test_la_firma_no_se_mueve_despues_de_un_avance_ni_de_su_final():
    s10, *_ = fabrica.sesiones_de_2020()
    convenio = fabrica.convenio(fecha_firma=date(2020, 10, 9))
    acciones.registrar_actualizacion(convenio=convenio, sesion=s10, por=None)
    convenio.fecha_firma = date(2020, 12, 1)
    with pytest.raises(ValidationError, match="sesión anterior a esa fecha"):
        acciones.guardar_convenio(convenio=convenio, por=None)
    concluido = fabrica.convenio(fecha_firma=date(2020, 1, 1), etapa="concluido", fecha=date(2020, 6, 30))
    concluido.fecha_firma = date(2020, 7, 1)
    with pytest.raises(ValidationError, match="antes de esa firma"):
        acciones.guardar_convenio(convenio=concluido, por=None)


def test_no_se_firma_en_el_futuro_ni_se_nace_concluido_sin_fecha():
    with pytest.raises(ValidationError, match="todavía no llega"):
        fabrica.convenio(fecha_firma=hoy() + timedelta(days=1))
    with pytest.raises(ValidationError, match="desde qué fecha está concluido"):
        fabrica.convenio(fecha_firma=date(2020, 1, 1), etapa="concluido")
    with pytest.raises(ValidationError, match="antes de haberse firmado"):
        fabrica.convenio(fecha_firma=date(2020, 1, 1), etapa="concluido", fecha=date(2019, 1, 1))
    with pytest.raises(ValidationError, match="al menos una contraparte"):
        fabrica.convenio(contrapartes=[])
    assert not Convenio.objects.exists()


def test_guardar_no_salta_etapas():
    convenio = fabrica.convenio()
    convenio.etapa, convenio.fecha_firma = "suscrito", date(2026, 1, 1)
    with pytest.raises(ValidationError, match="no se pasa a «Suscrito»"):
        acciones.guardar_convenio(convenio=convenio, por=None)
    convenio.refresh_from_db()
    assert convenio.etapa == "negociacion" and convenio.cambios.count() == 1


def test_lo_que_impide_el_paso_no_escribe_nada():
    convenio = fabrica.convenio(objeto="", fecha=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="Falta el objeto"):
        acciones.cambiar_etapa(convenio=convenio, etapa="suscripcion", fecha=date(2026, 2, 1), por=None)
    convenio.refresh_from_db()
    assert convenio.etapa == "negociacion" and convenio.cambios.count() == 1


def test_la_historia_dice_quien():
    quien = persona()
    convenio = fabrica.convenio(por=quien)
    assert {h.history_user for h in convenio.history.all()} == {quien}
    assert convenio.cambios.get().por == quien


def test_un_instrumento_no_deriva_de_si_mismo():
    abuelo = fabrica.convenio()
    nieto = fabrica.convenio(padre=fabrica.convenio(padre=abuelo))
    abuelo.padre = nieto
    with pytest.raises(ValidationError, match="derivar de sí mismo"):
        acciones.guardar_convenio(convenio=abuelo, por=None)


def test_anotar_un_avance_dos_veces_es_uno_y_conserva_el_texto():
    s10, *_ = fabrica.sesiones_de_2020()
    convenio = fabrica.convenio(fecha_firma=date(2020, 10, 9))
    acciones.registrar_actualizacion(convenio=convenio, sesion=s10, avance="Dos talleres", por=None)
    assert acciones.registrar_actualizaciones(agregar=[(convenio, s10)], por=None) == (0, 0)
    assert Actualizacion.objects.get().avance == "Dos talleres"
    with pytest.raises(ValidationError, match="tiene avance escrito"):
        acciones.registrar_actualizaciones(agregar=[], quitar=[(convenio, s10)], por=None)
    assert Actualizacion.objects.exists()


def test_no_reporta_quien_no_esta_firmado_o_firmo_despues():
    s10, *_ = fabrica.sesiones_de_2020()
    bueno = fabrica.convenio(fecha_firma=date(2020, 1, 1))
    with pytest.raises(ValidationError) as error:
        acciones.registrar_actualizaciones(
            agregar=[(bueno, s10), (fabrica.convenio(), s10), (fabrica.convenio(fecha_firma=date(2020, 11, 1)), s10)],
            por=None,
        )
    assert len(error.value.messages) == 2
    assert not Actualizacion.objects.exists()  # todo o nada


def test_un_area_solo_reporta_lo_suyo():
    s10, *_ = fabrica.sesiones_de_2020()
    propia = directorio.area()
    enlace = persona("convenios.view_convenio", "convenios.add_actualizacion", area=propia)
    suyo = fabrica.convenio(fecha_firma=date(2020, 1, 1), areas=[propia])
    ajeno = fabrica.convenio(fecha_firma=date(2020, 1, 1))
    assert acciones.registrar_actualizacion(convenio=suyo, sesion=s10, por=enlace).reporto == enlace
    with pytest.raises(ValidationError, match="no es de su área"):
        acciones.registrar_actualizacion(convenio=ajeno, sesion=s10, por=enlace)
