"""Lo que una persona intenta y no debe tirar una página, perder lo escrito ni tocar lo aprobado."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes import acciones, arbol, reglas
from informes.estados import EstadoDeInforme
from informes.forms import sin_errores_de_narrativa
from informes.models import Apartado, Informe, UsoDeSeccion
from tests.fabricas import informes as fabrica
from tests.fabricas.personas import de_todo

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"
ASISTENCIA, AVANCE = "comision.asistencia", "programas.avance"


@pytest.fixture
def cliente(client):
    quien = de_todo("informes.informe")
    quien.user_permissions.add(*de_todo("informes.apartado").user_permissions.all())
    client.force_login(quien, backend=MODELO)
    return client


@pytest.fixture
def apartado():
    return fabrica.apartado(fabrica.informe(), "Resultados")


def poner(apartado, seccion, **mas):
    return acciones.guardar_uso(uso=UsoDeSeccion(apartado=apartado, seccion=seccion, **mas), por=None)


def aprobar(informe):
    Informe.objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)


@pytest.mark.parametrize("basura", [[], "hola", 5, {"programa": ["x"], "eje": {"a": 1}}, {"raro": 1}])
def test_parametros_que_no_se_entienden_se_dicen(cliente, apartado, basura):
    uso = poner(apartado, AVANCE)
    UsoDeSeccion.objects.filter(pk=uso.pk).update(parametros=basura)
    leido = cliente.get(reverse("informes:informe_documento", args=[apartado.informe_id]))
    assert "tiene parámetros que no" in leido.content.decode()
    for ruta in (
        reverse("informes:uso_editar", args=[uso.pk]),
        reverse("informes:apartado_editar", args=[apartado.pk]),
        reverse("informes:informe_detalle", args=[apartado.informe_id]),
    ):
        assert cliente.get(ruta).status_code == 200


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_una_seccion_que_ya_no_existe_no_se_edita(cliente, apartado, metodo):
    uso = poner(apartado, ASISTENCIA)
    UsoDeSeccion.objects.filter(pk=uso.pk).update(seccion="ya.no")
    respuesta = getattr(cliente, metodo)(reverse("informes:uso_editar", args=[uso.pk]), follow=True)
    assert "La sección «ya.no» ya no existe" in respuesta.content.decode()


def test_dos_personas_en_la_misma_seccion(cliente, apartado):
    uso = poner(apartado, ASISTENCIA, titulo="Como estaba")
    url = reverse("informes:uso_editar", args=[uso.pk])
    vista = cliente.get(url).context["formulario"]["vista"].value()
    assert cliente.post(url, {"titulo": "La primera", "vista": vista}).status_code == 302
    segunda = cliente.post(url, {"titulo": "La segunda", "vista": vista})
    assert segunda.status_code == 409
    assert "Otra persona cambió esta sección" in segunda.content.decode()
    assert 'value="La segunda"' in segunda.content.decode()
    assert UsoDeSeccion.objects.get(pk=uso.pk).titulo == "La primera"
    otra_vez = {"titulo": "La segunda", "vista": segunda.context["formulario"]["vista"].value()}
    assert cliente.post(url, otra_vez).status_code == 302


def test_el_doble_clic_no_agrega_dos_secciones(cliente, apartado):
    nueva = f"{reverse('informes:uso_nuevo', args=[apartado.pk])}?seccion={ASISTENCIA}"
    datos = {"titulo": "Una", "envio": cliente.get(nueva).context["envio"]}
    destinos = [cliente.post(nueva, datos).headers["Location"] for _ in range(2)]
    assert destinos[0] == destinos[1]
    assert apartado.secciones.count() == 1


def test_en_lo_aprobado_no_se_ofrece_lo_que_no_se_podra_guardar(cliente, apartado):
    uso = poner(apartado, ASISTENCIA)
    aprobar(apartado.informe)
    for ruta in (
        reverse("informes:uso_editar", args=[uso.pk]),
        reverse("informes:uso_nuevo", args=[apartado.pk]),
        reverse("informes:apartado_nuevo") + f"?informe={apartado.informe_id}",
        reverse("informes:apartado_editar", args=[apartado.pk]),
        reverse("informes:informe_editar", args=[apartado.informe_id]),
    ):
        for metodo in (cliente.get, cliente.post):
            respuesta = metodo(ruta)
            assert respuesta.status_code == 403, ruta
            assert "El informe está aprobado" in respuesta.content.decode()
    quita = cliente.post(reverse("informes:uso_mover", args=[uso.pk]), {"hacia": "quita"}, follow=True)
    assert quita.status_code == 200
    assert UsoDeSeccion.objects.filter(pk=uso.pk).exists()


def test_un_arbol_que_da_vueltas_se_rehusa():
    informe = fabrica.informe()
    padre = fabrica.apartado(informe, "Padre")
    hijo = fabrica.apartado(informe, "Hijo", padre)
    Apartado.objects.filter(pk=padre.pk).update(padre=hijo)
    for hacia in ("sube", "mete", "saca"):
        with pytest.raises(ValidationError, match="dentro de sí mismo"):
            arbol.mover(Apartado.objects.get(pk=hijo.pk), hacia)


def test_al_eliminar_un_apartado_se_dice_cuantos_se_van_con_el(cliente):
    informe = fabrica.informe()
    padre = fabrica.apartado(informe, "Padre")
    for titulo in ("A", "B"):
        fabrica.apartado(informe, titulo, padre)
    cuerpo = cliente.get(reverse("informes:apartado_eliminar", args=[padre.pk])).content.decode()
    assert "2 apartados" in cuerpo
    assert "También se eliminará lo que depende de él" in cuerpo


def test_regresar_a_borrador_no_pide_lo_de_la_presentacion(monkeypatch):
    informe = fabrica.informe()
    informe.estado = EstadoDeInforme.REVISION
    assert reglas.impedimentos_para_pasar(informe, EstadoDeInforme.BORRADOR) == []
    assert reglas.impedimentos_para_pasar(informe, EstadoDeInforme.PRESENTADO)


def test_el_informe_nuevo_abre_en_el_trimestre_que_corre(cliente, monkeypatch):
    previo = fabrica.informe(unidad="Unidad de Vinculación")
    formulario = cliente.get(reverse("informes:informe_nuevo")).context["form"]
    assert formulario["inicio"].value() is not None
    assert formulario["comision"].value() == previo.comision_id
    assert formulario["unidad"].value() == "Unidad de Vinculación"


def test_la_clave_se_explica_sin_jerga(cliente):
    fabrica.informe()
    url = reverse("informes:informe_nuevo")
    assert "sin espacios" in cliente.post(url, {"clave": "con espacios"}).content.decode()
    repetida = cliente.post(url, {"clave": "trimestral-2020-4"}).content.decode()
    assert "Ya lo usa otro registro." in repetida
    assert "un/a" not in repetida


@pytest.mark.parametrize(
    ("inicio", "fin", "razon"),
    [
        ("0001-01-01", "2026-12-31", "Revise el año: debe estar entre 1900 y 2199."),
        ("2026-01-01", "9999-12-31", "Revise el año: debe estar entre 1900 y 2199."),
        ("1900-01-01", "2199-12-31", "Un informe abarca a lo más 20 años"),
        ("2026-12-31", "2026-01-01", "El periodo termina antes de empezar."),
    ],
)
def test_un_periodo_imposible_se_rehusa(cliente, inicio, fin, razon):
    datos = {"titulo": "X", "clave": "x", "inicio": inicio, "fin": fin, "comision": fabrica.comision().pk}
    respuesta = cliente.post(reverse("informes:informe_nuevo"), datos)
    assert respuesta.status_code == 422
    assert razon in respuesta.content.decode()
    assert inicio in respuesta.content.decode()


SI_MUY_HONDO = "{% si comision.sesiones %}" * 1500 + "{% fin %}" * 1500


@pytest.mark.parametrize("texto", ["> " * 9 + "a", "texto\n" + ">" * 300, " " * 48 + "- a", "[" * 601, SI_MUY_HONDO])
def test_un_texto_que_detendria_la_imprenta_no_se_guarda_ni_se_enseña(cliente, texto):
    with pytest.raises(ValidationError, match=r"niveles|corchetes|uno dentro de otro"):
        sin_errores_de_narrativa(texto)
    apartado = fabrica.apartado(fabrica.informe(), "Hondo")
    previa = cliente.post(reverse("informes:apartado_previa", args=[apartado.pk]), {"narrativa": texto})
    assert "No se puede armar" in previa.content.decode()
    valor = cliente.post(reverse("informes:informe_cifras_valor", args=[apartado.informe_id]), {"texto": texto})
    assert len(valor.json()["errores"]) == 1


def test_las_citas_y_listas_de_siempre_si():
    for texto in ("> > > Cita", "- a\n    - b\n        - c", "Uno[^1] y [otro](https://x.example)\n\n[^1]: Nota"):
        assert sin_errores_de_narrativa(texto) == texto
