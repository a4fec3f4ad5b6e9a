"""Qué cambió para atender una observación, sacado de la historia; y la versión que guarda cada paso."""

import pytest
from django.core.exceptions import ValidationError

from informes import acciones as de_informes
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.models import UsoDeSeccion
from informes.revision import acciones, atencion, consultas
from tests.fabricas import informes
from tests.fabricas.revision import consejeria, direccion, en_revision, observacion

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return en_revision()


@pytest.fixture
def sesiones(informe):
    return informe.apartados.get(titulo="Sesiones")


@pytest.fixture
def suya(informe, sesiones):
    return observacion(informe, consejeria(), apartado=sesiones)


def escribir(apartado, narrativa: str) -> None:
    apartado.narrativa = narrativa
    de_informes.guardar_apartado(apartado=apartado, por=None)


def responder(suya, estado="atendida", **mas):
    return acciones.responder(observacion=suya, estado=estado, respuesta="Se precisó.", por=direccion(), **mas)


def dicho(vista: atencion.Atencion) -> str:
    return " ".join(t.texto for c in vista.textos for r in c.renglones for t in r.ahora)


def test_sin_cambios_lo_dice_y_de_todo_el_informe_no_hay_que_mirar(informe, suya):
    assert not atencion.de_la_observacion(suya).cambio
    assert atencion.de_la_observacion(observacion(informe, consejeria("CE2"))) is None


def test_ensena_lo_que_cambio_hasta_que_se_respondio(suya, sesiones):
    escribir(sesiones, "Se celebraron tres sesiones, la última en diciembre.")
    responder(suya, apartado=sesiones)
    escribir(sesiones, "Lo que se escribió después.")
    suya.refresh_from_db()
    vista = atencion.de_la_observacion(suya)
    assert (vista.clave, vista.hasta, vista.vive) == (sesiones.pk, suya.respondida, True)
    assert "diciembre" in dicho(vista)
    assert "después" not in dicho(vista)


def test_mira_el_apartado_que_la_respuesta_senala_y_nunca_el_de_otro_informe(informe, suya, sesiones):
    nuevo = informes.apartado(informe, "Anexo", narrativa="Lo que faltaba.")
    responder(suya, apartado=nuevo)
    suya.refresh_from_db()
    vista = atencion.de_la_observacion(suya)
    assert (vista.titulo, vista.hechos) == ("Anexo", ["Se agregó al informe."])
    ajeno = informes.apartado(informes.informe(clave="otro"), "Ajeno", narrativa="Secreto.")
    assert atencion.entre(informe, ajeno.pk, suya.creado) is None


def test_dice_las_secciones_que_llegaron_se_fueron_o_cambiaron(suya, sesiones):
    vieja = UsoDeSeccion(apartado=sesiones, seccion="comision.sesiones_celebradas", titulo="Efímera")
    de_informes.guardar_uso(uso=vieja, por=None)
    de_informes.quitar_uso(uso=vieja, por=None)
    de_informes.guardar_uso(
        uso=UsoDeSeccion(apartado=sesiones, seccion="comision.sesiones_celebradas", titulo="Sesiones"), por=None
    )
    assert atencion.de_la_observacion(suya).hechos == ["Se agregó la sección «Sesiones»."]
    de_informes.quitar_apartado(apartado=sesiones, por=None)
    vista = atencion.entre(suya.informe, suya.apartado_id, suya.creado)
    assert (vista.hechos[0], vista.vive) == ("Se quitó del informe.", False)


def test_lo_que_no_procede_no_lleva_a_ningun_apartado(suya, sesiones):
    assert "Véase" not in responder(suya, estado="no_procede", apartado=sesiones).respuesta


def test_el_hilo_dice_la_razon_de_reabrir_sin_repetir_la_fecha(suya):
    suya = responder(suya)
    suya = acciones.reabrir(observacion=suya, razon="Sigue sin decirse: falta la fecha.", por=suya.autor)
    assert consultas.hilo(suya)[-1].texto == "Sigue sin decirse: falta la fecha."


def test_cada_paso_guarda_la_version_que_los_demas_van_a_leer():
    informe = informes.informe()
    informes.apartado(informe, "Introducción", narrativa="Texto.")
    informe = de_informes.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None, nota="Va completo")
    [version] = informe.versiones.all()
    assert (version.clase, version.nota) == (ClaseDeVersion.TRABAJO, "Al pasar a «En revisión»: Va completo")
    assert "En revisión" in str(version.documento["portada"])
    assert observacion(informe, consejeria()).version_vista == version


def test_un_segundo_clic_no_guarda_otra_version():
    informe = informes.informe()
    informes.apartado(informe, "Introducción", narrativa="Texto.")
    de_informes.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None)
    with pytest.raises(ValidationError):
        de_informes.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None)
    assert informe.versiones.count() == 1


def test_lo_que_se_edita_sin_respuesta_deja_solo_como_quedo(suya):
    suya.texto = "Falta la fecha."
    suya = acciones.guardar_observacion(observacion=suya, por=suya.autor)
    assert [(p.que, p.texto) for p in consultas.hilo(suya)] == [("Se observó", "Falta la fecha.")]
    suya = responder(suya)
    suya = acciones.reabrir(observacion=suya, razon="Sigue igual.", por=suya.autor)
    suya.texto = "Falta la fecha de la décima."
    suya = acciones.guardar_observacion(observacion=suya, por=suya.autor)
    assert [p.que for p in consultas.hilo(suya)] == ["Se observó", "Atendida", "Se reabrió", "Se corrigió"]
