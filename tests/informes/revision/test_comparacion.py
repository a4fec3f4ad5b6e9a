"""De una versión a otra, o a hoy: apartados, textos, secciones y cuadros."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from informes import acciones as de_informes
from informes import arbol
from informes.models import Apartado, UsoDeSeccion
from informes.revision import acciones
from informes.revision.comparacion import AGREGADO, CAMBIADO, QUITADO, comparar
from informes.revision.versiones import lado_de, lado_de_hoy
from tests.fabricas import informes
from tests.fabricas.personas import persona
from tests.fabricas.revision import direccion, en_estado, en_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return en_revision()


@pytest.fixture
def version(informe):
    return acciones.guardar_version(informe=informe, nota="Antes", por=None)


def apartado(informe, titulo) -> Apartado:
    return informe.apartados.get(titulo=titulo)


def cambios(informe, version):
    return comparar(lado_de(version), lado_de_hoy(informe)).cambios


def test_la_misma_no_tiene_diferencias(informe, version):
    assert cambios(informe, version) == []


def test_un_texto_cambiado_y_un_nombre(informe, version):
    sesiones = apartado(informe, "Sesiones")
    sesiones.titulo, sesiones.narrativa = "Sesiones celebradas", "Se celebraron cuatro sesiones."
    de_informes.guardar_apartado(apartado=sesiones, por=None)
    (cambio,) = cambios(informe, version)
    assert (cambio.clase, cambio.titulo) == (CAMBIADO, "2. Sesiones celebradas")
    assert cambio.hechos == ["Se llamaba «Sesiones»."]
    assert cambio.textos[0].rotulo == "Narrativa"
    assert cambio.recuperable


def test_agregados_quitados_y_movidos(informe, version):
    de_informes.quitar_apartado(apartado=apartado(informe, "Introducción"), por=None)
    informes.apartado(informe, "Resultados", narrativa="Hubo resultados.")
    hallados = {c.titulo: c for c in cambios(informe, version)}
    assert {t: c.clase for t, c in hallados.items()} == {
        "1. Introducción": QUITADO, "1. Sesiones": CAMBIADO, "2. Resultados": AGREGADO,
    }  # fmt: skip
    assert hallados["1. Sesiones"].hechos == ["Tenía el número 2 y ahora 1."]
    assert hallados["1. Introducción"].recuperable


def test_lo_movido_dice_de_donde_a_donde(informe, version):
    arbol.mover(apartado(informe, "Sesiones"), "mete")
    (cambio,) = cambios(informe, version)
    assert cambio.hechos == ["Se movió: estaba en el primer nivel y ahora está en «1. Introducción»."]


def test_intercambiados_solo_se_dice_de_uno(informe, version):
    arbol.mover(apartado(informe, "Sesiones"), "sube")
    movidos = [c for c in cambios(informe, version) if any("Cambió de lugar" in h for h in c.hechos)]
    assert len(movidos) == 1


def test_los_parametros_de_una_seccion_en_palabras(informe):
    uso = UsoDeSeccion(
        apartado=apartado(informe, "Sesiones"), seccion="informes.observaciones", parametros={"agrupar": "oficina"}
    )
    de_informes.guardar_uso(uso=uso, por=None)
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    uso.parametros = {"agrupar": "apartado"}
    uso.presentacion = {"columnas": [{"titulo": "Oficina", "encabezado": "Quién"}], "totales": True}
    de_informes.guardar_uso(uso=uso, por=None)
    (cambio,) = cambios(informe, version)
    assert cambio.hechos == [
        "Sección «Observaciones al informe y sus respuestas», cómo se reparten: "
        "antes «Una tabla por oficina», ahora «Una tabla por apartado».",
        "Sección «Observaciones al informe y sus respuestas», columnas: antes «nada», ahora «Oficina (como «Quién»)».",
        "Sección «Observaciones al informe y sus respuestas», totales: antes «nada», ahora «sí».",
    ]


def test_las_cifras_vivas_cambian_sin_que_nadie_toque_el_texto(informe):
    intro = apartado(informe, "Introducción")
    intro.narrativa = "Informa la {{ comision }}."
    de_informes.guardar_apartado(apartado=intro, por=None)
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    informe.comision.nombre = "Comisión Provisional"
    informe.comision.save()
    hallado = next(c for c in cambios(type(informe).objects.get(pk=informe.pk), version) if c.textos)
    assert [t.rotulo for t in hallado.textos] == ["Lo que se lee, con sus cifras"]


def test_como_se_lee_va_sin_marcas(informe):
    intro = apartado(informe, "Introducción")
    intro.narrativa = "Informa la **{{ comision }}**[^c].\n\n[^c]: Según su *acuerdo*."
    de_informes.guardar_apartado(apartado=intro, por=None)
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    informe.comision.nombre = "Comisión Provisional"
    informe.comision.save()
    hallado = next(c for c in cambios(type(informe).objects.get(pk=informe.pk), version) if c.textos)
    dicho = "".join(t.texto for r in hallado.textos[0].renglones for t in r.ahora)
    assert dicho.startswith("Informa la Comisión Provisional (CVOE)[1].")
    assert "*" not in dicho
    assert "[^" not in dicho


def test_comparar_cuesta_lo_mismo_con_dos_que_con_treinta_apartados(informe, version):
    def consultas():
        with CaptureQueriesContext(connection) as captura:
            comparar(lado_de(version), lado_de_hoy(informe))
        return len(captura)

    consultas()  # la identidad gráfica se lee una vez y se recuerda
    antes = consultas()
    for n in range(28):
        informes.apartado(informe, f"Apartado {n}", narrativa="Algo que decir.")
    assert consultas() == antes


# -- recuperar -------------------------------------------------------------------------------------


def test_recuperar_es_un_cambio_nuevo_que_queda_en_la_historia(informe, version):
    sesiones = apartado(informe, "Sesiones")
    sesiones.narrativa = "Otra cosa."
    de_informes.guardar_apartado(apartado=sesiones, por=None)
    quien = direccion()
    recuperado = acciones.recuperar_apartado(version=version, clave=sesiones.pk, por=quien)
    assert recuperado.narrativa == "Se celebraron tres sesiones."
    ultimo, previo = recuperado.history.all()[:2]
    assert (ultimo.history_user, ultimo.history_change_reason) == (
        quien, "Texto recuperado de la versión de trabajo 1",
    )  # fmt: skip
    assert previo.narrativa == "Otra cosa."


def test_recuperar_no_pisa_lo_que_otra_persona_acaba_de_guardar(informe, version):
    sesiones = apartado(informe, "Sesiones")
    vista = sesiones.version
    sesiones.narrativa = "Lo de otra persona."
    de_informes.guardar_apartado(apartado=sesiones, por=None)
    with pytest.raises(ValidationError, match="Otra persona cambió"):
        acciones.recuperar_apartado(version=version, clave=sesiones.pk, por=None, vista=vista)
    assert apartado(informe, "Sesiones").narrativa == "Lo de otra persona."


def test_un_apartado_quitado_vuelve_con_sus_secciones(informe):
    sesiones = apartado(informe, "Sesiones")
    de_informes.guardar_uso(
        uso=UsoDeSeccion(apartado=sesiones, seccion="informes.observaciones", parametros={"agrupar": "oficina"}),
        por=None,
    )
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    clave = sesiones.pk
    de_informes.quitar_apartado(apartado=sesiones, por=None)
    vuelto = acciones.recuperar_apartado(version=version, clave=clave, por=None)
    assert (vuelto.titulo, vuelto.narrativa) == ("Sesiones", "Se celebraron tres sesiones.")
    assert vuelto.secciones.get().parametros == {"agrupar": "oficina"}


def test_lo_aprobado_no_se_recupera_ni_se_fotografia(informe, version):
    en_estado(informe, "aprobado")
    version.informe.refresh_from_db()
    with pytest.raises(ValidationError, match="aprobado"):
        acciones.recuperar_apartado(version=version, clave=apartado(informe, "Sesiones").pk, por=None)
    with pytest.raises(ValidationError, match="aprobado"):
        acciones.guardar_version(informe=informe, nota="", por=persona())
