"""Lo que sólo se sabe preguntando a los registros."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from convenios.opiniones import acciones as acciones_de_opiniones
from informes import acciones
from informes.models import UsoDeSeccion
from informes.verificador.consultas import patron_de_folios
from informes.verificador.hallazgos import Gravedad
from informes.verificador.revision import verificar
from programas.models import Actividad
from tests.fabricas import convenios as fabrica_convenios
from tests.fabricas import directorio
from tests.fabricas import informes as fabrica
from tests.fabricas import opiniones as fabrica_opiniones
from tests.fabricas import programas as fabrica_programas
from vinculacion.archivo.models import Evidencia, Serie
from vinculacion.comision.models import Acuerdo, Sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return fabrica.informe()


@pytest.fixture
def plan():
    return fabrica_programas.eje(fabrica_programas.programa(2020))


def de(informe, regla):
    return [h for h in verificar(informe) if h.regla == regla]


def actividad(accion, **datos):
    """En el periodo y, salvo que se diga, validada."""
    nueva = fabrica_programas.actividad(accion, el=datos.pop("el", date(2020, 11, 4)))
    Actividad.objects.filter(pk=nueva.pk).update(**{"estado": "validada", **datos})
    return nueva


def con_evidencia(registro):
    Evidencia.objects.create(registro=registro, enlace="https://ejemplo.example/prueba")
    return registro


class TestArmado:
    def test_una_cifra_que_no_existe_es_error_y_lleva_al_editor(self, informe):
        apartado = fabrica.apartado(informe, "Convenios", narrativa="Hay {{ nada.existe }}.")
        (hallazgo,) = de(informe, "informe.armado")
        assert (hallazgo.gravedad, hallazgo.apartado) == (Gravedad.ERROR, "1. Convenios")
        assert "nada.existe" in hallazgo.explicacion
        assert f"/apartados/{apartado.pk}/" in hallazgo.url


class TestApartadoVacio:
    def test_senala_el_que_no_tiene_nada(self, informe):
        fabrica.apartado(informe, "Vacío")
        assert de(informe, "informe.apartado_vacio")

    def test_calla_si_agrupa_explica_o_tiene_accion(self, informe, plan):
        rubro = fabrica.apartado(informe, "Rubro")
        fabrica.apartado(informe, "Con acción", rubro, accion=fabrica_programas.accion(plan))
        fabrica.apartado(informe, "Explicado", rubro, explicacion="Se canceló.")
        con_tabla = fabrica.apartado(informe, "Con tabla", rubro)
        acciones.guardar_uso(uso=UsoDeSeccion(apartado=con_tabla, seccion="convenios.suscritos"), por=None)
        assert not de(informe, "informe.apartado_vacio")


class TestRegistros:
    def test_junta_por_apartado_con_la_lista_filtrada(self, informe, plan):
        accion = fabrica_programas.accion(plan)
        fabrica.apartado(informe, "Notas", accion=accion)
        for _ in range(3):
            actividad(accion, estado="borrador")
        actividad(accion, estado="rechazada", razon_rechazo="Repetida.")
        con_evidencia(actividad(accion))
        hallazgos = {h.explicacion: h for h in de(informe, "registros.estado")}
        assert set(hallazgos) == {
            "3 actividades sin validar, que ya se cuentan.",
            "1 actividad rechazada, fuera de la cuenta.",
            "3 actividades sin evidencia, de 4.",
        }
        sin_validar = hallazgos["3 actividades sin validar, que ya se cuentan."]
        assert sin_validar.gravedad == Gravedad.ADVERTENCIA
        assert f"accion={accion.pk}&estado=borrador&desde=2020-10-01&hasta=2020-12-31" in sin_validar.url

    def test_la_accion_puede_venir_de_la_seccion(self, informe, plan):
        accion = fabrica_programas.accion(plan)
        apartado = fabrica.apartado(informe, "Notas", narrativa="Se hicieron.")
        acciones.guardar_uso(
            uso=UsoDeSeccion(apartado=apartado, seccion="programas.actividades", parametros={"accion": accion.clave}),
            por=None,
        )
        actividad(accion)
        assert [h.explicacion for h in de(informe, "registros.estado")] == ["1 actividad sin evidencia, de 1."]

    def test_calla_fuera_del_periodo_y_con_todo_en_orden(self, informe, plan):
        accion = fabrica_programas.accion(plan)
        fabrica.apartado(informe, "Notas", accion=accion)
        con_evidencia(actividad(accion))
        actividad(accion, el=date(2020, 9, 30), estado="borrador")
        assert not de(informe, "registros.estado")


class TestMetas:
    def test_senala_la_que_no_se_alcanzo(self, informe, plan):
        accion = fabrica_programas.accion(plan, metas={4: 3})
        fabrica.apartado(informe, "Notas", accion=accion, narrativa="Se hicieron notas.")
        actividad(accion)
        (hallazgo,) = de(informe, "metas.sin_explicacion")
        assert "Se programó 3 y se alcanzó 1" in hallazgo.explicacion

    @pytest.mark.parametrize(
        "textos", [{"explicacion": "Se canceló."}, {"narrativa": "La emergencia sanitaria limitó las visitas."}]
    )
    def test_calla_si_se_explica(self, informe, plan, textos):
        accion = fabrica_programas.accion(plan, metas={4: 3})
        fabrica.apartado(informe, "Notas", accion=accion, **textos)
        assert not de(informe, "metas.sin_explicacion")

    def test_calla_si_se_cumplio_o_se_adelanto(self, informe, plan):
        cumplida = fabrica_programas.accion(plan, metas={4: 1})
        adelantada = fabrica_programas.accion(plan, metas={3: 1, 4: 1})
        for accion in (cumplida, adelantada):
            fabrica.apartado(informe, "Notas", accion=accion, narrativa="Se hicieron notas.")
        actividad(cumplida)
        for _ in range(2):
            actividad(adelantada, el=date(2020, 8, 4))
        assert not de(informe, "metas.sin_explicacion")


class TestAcuerdos:
    @pytest.fixture
    def acuerdos(self, informe):
        sesion = Sesion.objects.create(
            comision=informe.comision, anio=2020, numero=10, fecha_programada=date(2020, 10, 26)
        )
        for n in (43, 44, 46):
            Acuerdo.objects.create(comision=informe.comision, sesion=sesion, folio=f"CVOE/{n:03}/20", texto="Algo.")

    def test_senala_el_que_no_existe_y_el_mal_escrito(self, informe, acuerdos):
        fabrica.apartado(informe, "A", narrativa="Se aprobó con el CVOE/045/20, el CVOE/047/20 y el CVOE/44/2020.")
        hallazgos = {h.explicacion: h.gravedad for h in de(informe, "acuerdos.inexistente")}
        assert hallazgos == {
            "No hay un acuerdo CVOE/045/20 en los registros de CVOE.": Gravedad.ERROR,
            "No hay un acuerdo CVOE/047/20 en los registros de CVOE.": Gravedad.ERROR,
            "El acuerdo se escribe CVOE/044/20.": Gravedad.ADVERTENCIA,
        }

    def test_no_se_dice_dos_veces(self, informe, acuerdos):
        fabrica.apartado(informe, "A", narrativa="El CVOE/043/20, el CVOE/044/20, el CVOE/046/20 y el CVOE/44/20.")
        assert [h.regla for h in verificar(informe)] == ["acuerdos.inexistente"]

    def test_calla_con_los_que_son_anteriores_a_los_registros(self, informe, acuerdos):
        fabrica.apartado(informe, "A", narrativa="CVOE/043/20, CVOE/003/20, CVOE/008/19 e IECM/ACU-CG-075/2020.")
        assert not de(informe, "acuerdos.inexistente")

    def test_el_patron_es_el_de_la_serie(self):
        patron = patron_de_folios(Serie(patron="IECM/COVIN-{numero:03}/{anio}"))
        assert patron.search("según el IECM/COVIN-7/2025.")["anio"] == "2025"
        assert not patron.search("XIECM/COVIN-007/20251")


class TestOpiniones:
    @pytest.fixture
    def opiniones(self):
        for folio in ("007/2020", "008/2020", "008bis/2020"):
            fabrica_opiniones.historica(f"IECM/UTVOE/OP/{folio}", date(2020, 11, 4))
        nula = fabrica_opiniones.historica("IECM/UTVOE/OP/009/2020", date(2020, 11, 4))
        acciones_de_opiniones.cancelar(opinion=nula, motivo="Se duplicó", por=None)

    def dichas(self, informe, *folios):
        fabrica.apartado(informe, "A", narrativa=f"Se emitió la IECM/UTVOE/OP/{', la IECM/UTVOE/OP/'.join(folios)}.")
        return {h.explicacion: h.gravedad for h in de(informe, "opiniones.inexistente")}

    def test_senala_la_que_no_existe_la_cancelada_y_la_mal_escrita(self, informe, opiniones):
        assert self.dichas(informe, "010/2020", "008ter/2020", "009/2020", "8bis/2020") == {
            "No hay una opinión IECM/UTVOE/OP/010/2020 en los registros.": Gravedad.ERROR,
            "No hay una opinión IECM/UTVOE/OP/008ter/2020 en los registros.": Gravedad.ERROR,
            "La opinión IECM/UTVOE/OP/009/2020 está cancelada.": Gravedad.ADVERTENCIA,
            "La opinión se escribe IECM/UTVOE/OP/008bis/2020.": Gravedad.ADVERTENCIA,
        }

    def test_calla_con_las_que_estan_y_con_las_anteriores_a_los_registros(self, informe, opiniones):
        assert not self.dichas(informe, "007/2020", "008bis/2020", "003/2020", "001/2019")

    def test_calla_si_no_hay_opiniones(self, informe):
        assert not self.dichas(informe, "007/2020")


class TestConvenios:
    def test_senala_el_mismo_firmado_dos_veces(self, informe):
        con = [directorio.organismo()]
        for titulo in ("Convenio de apoyo con la Contraloría", "Convenio de apoyo con la contraloria"):
            fabrica_convenios.convenio(titulo=titulo, contrapartes=con, fecha_firma=date(2020, 10, 9))
        (hallazgo,) = de(informe, "convenios.repetido")
        assert hallazgo.gravedad == Gravedad.ERROR
        assert "/convenios/" in hallazgo.url

    def test_dos_anexos_el_mismo_dia_solo_se_anotan(self, informe):
        con = [directorio.organismo()]
        for n in (1, 2):
            fabrica_convenios.convenio(
                titulo=f"Anexo técnico {n} del convenio", contrapartes=con, fecha_firma=date(2020, 10, 9)
            )
        assert [h.gravedad for h in de(informe, "convenios.repetido")] == [Gravedad.NOTA]

    def test_calla_con_otra_contraparte_o_fuera_del_periodo(self, informe):
        con = [directorio.organismo()]
        fabrica_convenios.convenio(contrapartes=con, fecha_firma=date(2020, 10, 9))
        fabrica_convenios.convenio(contrapartes=[directorio.organismo()], fecha_firma=date(2020, 10, 9))
        for _ in range(2):
            fabrica_convenios.convenio(contrapartes=con, fecha_firma=date(2020, 9, 9))
        assert not de(informe, "convenios.repetido")


def test_las_reglas_de_texto_revisan_el_documento_armado(informe):
    apartado = fabrica.apartado(informe, "Reunión", narrativa="Fue el **martes 26** de octubre de 2020.")
    (hallazgo,) = de(informe, "fecha.dia_semana")
    assert hallazgo.ancla == f"apartado-{apartado.pk}"
    assert f"/apartados/{apartado.pk}/" in hallazgo.url


def test_las_consultas_de_registros_no_crecen_con_los_registros(informe, plan):
    from django.db import connection

    from informes.verificador import consultas

    accion = fabrica_programas.accion(plan, metas={4: 3})

    def cuantas() -> int:
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            consultas.registros_por_accion([accion], informe.periodo)
            consultas.metas_incumplidas([accion], informe.periodo)
            consultas.convenios_repetidos(informe.periodo)
        return len(hechas)

    actividad(accion)
    fabrica_convenios.convenio(fecha_firma=date(2020, 10, 9))
    una = cuantas()
    for _ in range(10):
        actividad(accion, estado="borrador")
        fabrica_convenios.convenio(fecha_firma=date(2020, 10, 9))
    assert cuantas() == una
