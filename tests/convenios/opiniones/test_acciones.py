"""De borrador a emitida, con su número; complementos, históricas y canceladas."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from convenios.models import Opinion
from convenios.opiniones import acciones, consultas, reglas
from tests.fabricas import convenios as de_convenios
from tests.fabricas import directorio
from tests.fabricas import opiniones as fabrica
from tests.fabricas.personas import persona
from vinculacion.archivo.acciones import evidencias_de
from vinculacion.archivo.models import Contador
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


def mensajes(hacer, **datos) -> dict:
    with pytest.raises(ValidationError) as caso:
        hacer(**datos)
    return caso.value.message_dict


class TestBorrador:
    def test_toma_las_areas_del_instrumento_y_el_texto_de_la_plantilla(self):
        area = directorio.area()
        convenio = de_convenios.convenio(areas=[area], titulo="Convenio con *asteriscos*")
        opinion = fabrica.borrador(convenio, texto="", plantilla=fabrica.plantilla())
        assert list(opinion.areas.all()) == [area]
        assert opinion.texto == "Se revisó «Convenio con \\*asteriscos\\*»: sentido {{ sentido }}."
        assert opinion.folio is None and opinion.numero is None

    def test_lo_escrito_no_se_reemplaza_y_el_complemento_usa_la_serie_de_su_base(self):
        base = fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 1))
        otra = fabrica.serie("opiniones-dvoe", "IECM/SE/DVOE/OP/{numero:02}/{anio}")
        opinion = fabrica.borrador(serie=otra, complementa=base, texto="Lo mío", plantilla=fabrica.plantilla())
        assert opinion.serie == base.serie and opinion.texto == "Lo mío"

    def test_lo_que_no_vale_va_junto(self):
        sin_emitir = fabrica.borrador()
        errores = mensajes(
            fabrica.borrador, complementa=sin_emitir, solicitada=hoy() + timedelta(days=1), texto="{{ nada }}"
        )
        assert set(errores) == {"complementa", "solicitada", "texto"}

    def test_volver_a_generar_pide_la_version_y_deja_el_texto_anterior_en_la_historia(self):
        opinion, plantilla = fabrica.borrador(texto="Lo mío"), fabrica.plantilla()
        with pytest.raises(ValidationError, match="Otra persona"):
            acciones.volver_a_generar(opinion=opinion, plantilla=plantilla, version=99, por=None)
        nueva = acciones.volver_a_generar(opinion=opinion, plantilla=plantilla, version=opinion.version, por=None)
        assert nueva.texto.startswith("Se revisó") and nueva.history.filter(texto="Lo mío").exists()

    def test_eliminar_sólo_un_borrador(self):
        acciones.eliminar_opinion(opinion=fabrica.borrador(), por=None)
        emitida = fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 1))
        with pytest.raises(ValidationError, match="no se elimina"):
            acciones.eliminar_opinion(opinion=emitida, por=None)
        assert Opinion.objects.count() == 1


class TestEmitir:
    def test_numero_texto_fijo_y_pdf_con_su_huella(self):
        quien = persona()
        convenio = de_convenios.convenio(titulo="Convenio con la Universidad")
        opinion = fabrica.emitida(
            convenio, texto="Opinión {{ numero }} del {{ fecha }}: {{ sentido }} sobre {{ instrumento }}.", por=quien
        )
        assert opinion.folio == "IECM/UTVOE/OP/001/2020" and opinion.emitio == quien
        assert opinion.texto == (
            "Opinión IECM/UTVOE/OP/001/2020 del 13 de marzo de 2020: favorable sobre Convenio con la Universidad."
        )
        (pdf,) = evidencias_de(opinion)
        contenido = pdf.archivo.read()
        assert contenido.startswith(b"%PDF") and hashlib.sha256(contenido).hexdigest() == pdf.sha256
        assert consultas.pdf_emitido(opinion) == pdf

    def test_dice_junto_todo_lo_que_falta_y_no_gasta_numero(self):
        convenio = de_convenios.convenio(areas=[])
        opinion = fabrica.borrador(convenio, texto=" ", solicitada=date(2020, 3, 2))
        errores = mensajes(acciones.emitir, opinion=opinion, sentido="", fecha=date(2020, 3, 1), por=None)
        assert set(errores) == {"areas", "texto", "sentido", "fecha"}
        assert "no se emitió antes" in errores["fecha"][0]
        assert not Contador.objects.filter(ultimo__gt=0).exists()
        assert mensajes(acciones.emitir, opinion=opinion, sentido="", fecha=None, por=None)["fecha"] == [
            "Falta la fecha."
        ]
        futura = mensajes(acciones.emitir, opinion=opinion, sentido="", fecha=hoy() + timedelta(days=1), por=None)
        assert futura["fecha"] == ["Esa fecha todavía no llega."]

    def test_si_el_pdf_falla_no_se_gasta_el_numero(self, monkeypatch):
        def falla(*_):
            raise ValueError("Sin tinta")

        opinion = fabrica.borrador()
        monkeypatch.setattr(acciones.documentos, "crear", falla)
        with pytest.raises(ValueError, match="Sin tinta"):
            acciones.emitir(opinion=opinion, sentido="favorable", fecha=date(2020, 3, 13), por=None)
        monkeypatch.undo()
        assert fabrica.emitida().folio == "IECM/UTVOE/OP/001/2020"
        opinion.refresh_from_db()
        assert opinion.estado == "borrador" and opinion.folio is None

    def test_posterior_a_la_firma_sólo_con_su_número_histórico(self):
        firmado = de_convenios.convenio(fecha_firma=date(2020, 3, 10))
        opinion = fabrica.borrador(firmado)
        datos = {"opinion": opinion, "sentido": "favorable", "fecha": date(2020, 3, 13), "por": None}
        (razon,) = mensajes(acciones.emitir, **datos)["fecha"]
        assert "se firmó el 10 de marzo de 2020" in razon
        assert acciones.emitir(**datos, folio="IECM/UTVOE/OP/004/2020").numero == 4

    def test_ya_emitida_no_cambia_ni_se_emite_otra_vez(self):
        opinion = fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 1))
        opinion.texto = "Otro"
        with pytest.raises(ValidationError, match="ya no cambia"):
            acciones.guardar_opinion(opinion=opinion, por=None)
        with pytest.raises(ValidationError, match="ya está emitida"):
            acciones.emitir(opinion=opinion, sentido="favorable", fecha=date(2020, 3, 1), por=None)

    def test_avisa_si_las_fechas_no_siguen_a_los_numeros(self):
        fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 20))
        opinion = fabrica.borrador()
        (duda,) = reglas.advertencias_al_emitir(opinion, fecha=date(2020, 3, 13))
        assert "IECM/UTVOE/OP/001/2020, es del 20 de marzo de 2020" in duda
        assert not reglas.advertencias_al_emitir(opinion, fecha=date(2020, 3, 20))


class TestHistoricas:
    def test_se_escribe_como_manda_el_patron_y_la_siguiente_no_lo_repite(self):
        opinion = fabrica.historica("iecm/utvoe/op/23 BIS/2020", date(2020, 5, 4))
        assert (opinion.folio, opinion.numero, opinion.sufijo) == ("IECM/UTVOE/OP/023bis/2020", 23, "bis")
        assert not evidencias_de(opinion)
        assert fabrica.historica("IECM/UTVOE/OP/1quater/2020", date(2020, 5, 4)).folio == "IECM/UTVOE/OP/001quáter/2020"
        assert consultas.ultimo_numero(opinion.serie, 2020) == 23

    def test_la_bis_se_liga_sola_a_su_base(self):
        base = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4))
        assert fabrica.historica("IECM/UTVOE/OP/023bis/2020", date(2021, 1, 8)).complementa == base

    @pytest.mark.parametrize(
        ("folio", "dice"),
        [
            ("OP/1/2020", "no se escribe como los folios"),
            ("IECM/UTVOE/OP/1quinquies/2020", "no se escribe como los folios"),
            ("IECM/UTVOE/OP/0/2020", "entre 1 y 99999"),
            ("IECM/UTVOE/OP/" + "9" * 40 + "/2020", "entre 1 y 99999"),
            ("IECM/UTVOE/OP/1/20200", "El año del número"),
            ("IECM/UTVOE/OP/1/2019", "de 2019 y la fecha de 2020"),
            ("IECM/UTVOE/OP/1bis/2021", "posterior a la fecha"),
            ("IECM/UTVOE/OP/007/2020", "Ya hay una opinión con el número IECM/UTVOE/OP/007/2020"),
        ],
    )
    def test_lo_que_no_vale(self, folio, dice):
        fabrica.historica("IECM/UTVOE/OP/007/2020", date(2020, 3, 1))
        datos = {"sentido": "favorable", "fecha": date(2020, 3, 13), "por": None}
        errores = mensajes(acciones.emitir, opinion=fabrica.borrador(), folio=folio, **datos)
        assert list(errores) == ["folio"] and dice in errores["folio"][0]
        assert consultas.ultimo_numero(fabrica.serie(), 2020) == 7

    def test_avisa_si_deja_numeros_sin_usar(self):
        (duda,) = reglas.advertencias_al_emitir(
            fabrica.borrador(), fecha=date(2020, 3, 13), folio="IECM/UTVOE/OP/3/2020"
        )
        assert "salta 2 números" in duda


class TestComplementos:
    def emitir(self, base, **datos):
        opinion = fabrica.borrador(base.convenio, complementa=base, solicitada=None)
        return acciones.emitir(opinion=opinion, sentido="favorable", fecha=date(2021, 1, 8), por=None, **datos)

    def test_bis_ter_y_quater_del_mismo_numero(self, monkeypatch):
        monkeypatch.setattr(acciones, "_guardar_pdf", lambda *_: None)
        base = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4))
        bis = self.emitir(base)
        assert bis.folio == "IECM/UTVOE/OP/023bis/2020"
        assert self.emitir(bis).folio == "IECM/UTVOE/OP/023ter/2020"
        assert self.emitir(base).folio == "IECM/UTVOE/OP/023quáter/2020"
        with pytest.raises(ValidationError, match="ya llegó a quáter"):
            self.emitir(base)
        lista = [o.sufijo for o in consultas.opiniones().exclude(numero=None)]
        assert lista == ["quater", "ter", "bis", ""]

    def test_el_numero_historico_debe_ser_el_de_su_base(self):
        base = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4))
        for folio, dice in (
            ("IECM/UTVOE/OP/022bis/2020", "lleva otro número"),
            ("IECM/UTVOE/OP/023/2020", "lleva bis"),
        ):
            with pytest.raises(ValidationError, match=dice):
                self.emitir(base, folio=folio)

    def test_puede_corregir_a_la_de_un_instrumento_ya_firmado(self, monkeypatch):
        monkeypatch.setattr(acciones, "_guardar_pdf", lambda *_: None)
        firmado = de_convenios.convenio(fecha_firma=date(2020, 6, 1))
        base = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4), firmado)
        assert self.emitir(base).sufijo == "bis"


class TestCancelar:
    def test_el_numero_queda_usado(self, monkeypatch):
        monkeypatch.setattr(acciones, "_guardar_pdf", lambda *_: None)
        primera = fabrica.emitida()
        with pytest.raises(ValidationError, match="por qué"):
            acciones.cancelar(opinion=primera, motivo=" ", por=None)
        cancelada = acciones.cancelar(opinion=primera, motivo="Se duplicó", por=None)
        assert cancelada.estado == "cancelada" and cancelada.folio == "IECM/UTVOE/OP/001/2020"
        assert fabrica.emitida().folio == "IECM/UTVOE/OP/002/2020"
        with pytest.raises(ValidationError, match="ya está cancelada"):
            acciones.cancelar(opinion=primera, motivo="Otra vez", por=None)
        with pytest.raises(ValidationError, match="borrador"):
            acciones.cancelar(opinion=fabrica.borrador(), motivo="x", por=None)

    def test_no_si_otra_la_complementa(self):
        base = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4))
        fabrica.historica("IECM/UTVOE/OP/023bis/2020", date(2020, 6, 4))
        with pytest.raises(ValidationError, match="023bis"):
            acciones.cancelar(opinion=base, motivo="x", por=None)

    def test_avisa_si_el_instrumento_se_queda_sin_favorable(self):
        firmado = de_convenios.convenio(fecha_firma=date(2020, 6, 1))
        opinion = fabrica.historica("IECM/UTVOE/OP/023/2020", date(2020, 5, 4), firmado)
        assert "sin una opinión favorable" in reglas.advertencias_al_cancelar(opinion)[0]
        fabrica.historica("IECM/UTVOE/OP/024/2020", date(2020, 5, 5), firmado)
        assert not reglas.advertencias_al_cancelar(opinion)


def test_los_dias_habiles_y_las_demoradas():
    lunes = date(2020, 3, 2)
    assert consultas.dias_habiles(lunes, date(2020, 3, 16)) == 10
    assert consultas.dias_habiles(lunes, lunes) == 0
    opinion = fabrica.borrador(solicitada=lunes)
    fabrica.historica("IECM/UTVOE/OP/001/2020", date(2020, 3, 3), solicitada=lunes)
    assert consultas.demoradas(consultas.opiniones(), date(2020, 3, 17)) == [opinion]
    assert not consultas.demoradas(consultas.opiniones(), date(2020, 3, 16))
