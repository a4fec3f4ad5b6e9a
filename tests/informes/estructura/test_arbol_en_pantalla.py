"""El árbol se hace y se deshace en pantalla, y cada cambio de lugar queda en la historia."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes import arbol
from informes.estados import EstadoDeInforme
from informes.estructura import acciones
from informes.models import Apartado, ImagenDeApartado, UsoDeSeccion
from tests.fabricas import estructura as fabrica_propia
from tests.fabricas import informes as fabrica
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


def dibujo(documento) -> list[str]:
    return [f"{'-' * (n.nivel - 1)}{n.apartado.titulo}" for n in arbol.en_orden(documento)]


@pytest.fixture
def editora(client):
    client.quien = fabrica_propia.editora()
    client.force_login(client.quien, backend=MODELO)
    return client


@pytest.fixture
def informe():
    informe = fabrica.informe()
    uno = fabrica.apartado(informe, "Uno")
    fabrica.apartado(informe, "Hijo", uno)
    fabrica.apartado(informe, "Dos")
    return informe


def de(informe, titulo) -> Apartado:
    return informe.apartados.get(titulo=titulo)


def mover(cliente, apartado, **datos):
    return cliente.post(reverse("informes:apartado_mover", args=[apartado.pk]), datos, follow=True)


@pytest.mark.parametrize(
    ("donde", "junto_a", "esperado"),
    [
        ("antes", "Dos", ["Uno", "-Hijo", "Nuevo", "Dos"]),
        ("despues", "Hijo", ["Uno", "-Hijo", "-Nuevo", "Dos"]),
        ("dentro", "Dos", ["Uno", "-Hijo", "Dos", "-Nuevo"]),
        ("dentro", "", ["Uno", "-Hijo", "Dos", "Nuevo"]),
    ],
)
def test_se_agrega_antes_despues_o_dentro(editora, informe, donde, junto_a, esperado):
    respuesta = editora.post(
        f"{reverse('informes:apartado_nuevo')}?informe={informe.pk}",
        {
            "titulo": "Nuevo",
            "numeracion": "minuscula",
            "hoja": "apaisada",
            "donde": donde,
            "junto_a": de(informe, junto_a).pk if junto_a else "",
        },
    )
    nuevo = de(informe, "Nuevo")
    assert respuesta["Location"] == reverse("informes:apartado_editar", args=[nuevo.pk])
    assert dibujo(informe) == esperado
    assert (nuevo.hoja, nuevo.en_indice, nuevo.history.last().history_user) == ("apaisada", False, editora.quien)


@pytest.mark.parametrize(
    ("titulo", "datos", "esperado"),
    [
        ("Dos", {"donde": "antes", "junto_a": "Uno"}, ["Dos", "Uno", "-Hijo"]),
        ("Dos", {"donde": "dentro", "junto_a": "Hijo"}, ["Uno", "-Hijo", "--Dos"]),
        ("Uno", {"donde": "despues", "junto_a": "Dos"}, ["Dos", "Uno", "-Hijo"]),
        ("Hijo", {"donde": "despues", "junto_a": "Dos"}, ["Uno", "Dos", "Hijo"]),
    ],
)
def test_se_suelta_en_cualquier_lugar(editora, informe, titulo, datos, esperado):
    mover(editora, de(informe, titulo), **{**datos, "junto_a": de(informe, datos["junto_a"]).pk})
    assert dibujo(informe) == esperado


def test_moverse_queda_en_la_historia_sin_chocar_con_quien_escribe(editora, informe):
    uno, dos = de(informe, "Uno"), de(informe, "Dos")
    mover(editora, dos, hacia="sube")
    movido, recorrido = dos.history.first(), uno.history.first()
    assert (movido.orden, movido.history_user, movido.history_change_reason) == (0, editora.quien, "Se movió de lugar")
    assert (recorrido.orden, recorrido.history_change_reason) == (1, "Cambió de lugar al moverse otro")
    mover(editora, dos, donde="dentro", junto_a=uno.pk)
    assert dos.history.first().padre_id == uno.pk
    version = uno.version
    uno.refresh_from_db()
    assert uno.version == version


def test_no_se_lleva_dentro_de_si_mismo_ni_a_otro_documento(editora, informe):
    uno = de(informe, "Uno")
    ajeno = fabrica.apartado(fabrica.informe(clave="otro"), "Ajeno")
    for junto_a in (de(informe, "Hijo").pk, ajeno.pk, "9" * 30, "x", ""):
        antes = dibujo(informe)
        respuesta = mover(editora, uno, donde="dentro", junto_a=junto_a)
        assert respuesta.status_code == 200
        assert "aviso-danger" in respuesta.content.decode()
        assert dibujo(informe) == antes
    assert "aviso-danger" in mover(editora, uno, donde="arriba", junto_a=de(informe, "Dos").pk).content.decode()


def test_llevar_con_un_formulario_para_quien_no_arrastra(editora, informe):
    uno = de(informe, "Uno")
    url = reverse("informes:apartado_llevar", args=[uno.pk])
    opciones = editora.get(url).content.decode()
    assert "Dos</option>" in opciones
    assert "Hijo</option>" not in opciones  # ni él ni lo que cuelga de él
    editora.post(url, {"donde": "despues", "junto_a": de(informe, "Dos").pk})
    assert dibujo(informe) == ["Dos", "Uno", "-Hijo"]
    respuesta = editora.post(url, {"donde": "despues", "junto_a": de(informe, "Hijo").pk})
    assert respuesta.status_code == 422


def test_se_copia_con_su_rama_dentro_del_informe(editora, informe):
    uno = de(informe, "Uno")
    Apartado.objects.filter(pk=uno.pk).update(hoja="seguida", en_indice=False, explicacion="Porque sí.")
    UsoDeSeccion.objects.create(
        apartado=uno, seccion="comision.asistencia", presentacion={"notas": ["x"]}, lugar="anexo", parametros={"a": 1}
    )
    url = reverse("informes:informe_traer", args=[informe.pk])
    assert f'value="{uno.pk}" selected' in editora.get(f"{url}?apartado={uno.pk}").content.decode()
    editora.post(url, {"apartado": uno.pk, "donde": "despues", "junto_a": de(informe, "Dos").pk})
    assert dibujo(informe) == ["Uno", "-Hijo", "Dos", "Uno", "-Hijo"]
    copia = informe.apartados.filter(titulo="Uno").exclude(pk=uno.pk).get()
    uso = copia.secciones.get()
    assert (copia.hoja, copia.en_indice, copia.explicacion) == ("seguida", False, "Porque sí.")
    assert (uso.lugar, uso.presentacion, uso.parametros) == ("anexo", {"notas": ["x"]}, {"a": 1})
    assert copia.history.first().history_user == editora.quien


def test_dos_clics_copian_una_vez(editora, informe):
    uno = de(informe, "Uno")
    url = reverse("informes:informe_traer", args=[informe.pk])
    envio = re.search(r'name="envio" value="([^"]+)"', editora.get(url).content.decode())[1]
    datos = {"apartado": uno.pk, "donde": "despues", "junto_a": de(informe, "Dos").pk, "envio": envio}
    destinos = {editora.post(url, datos).url for _ in range(2)}
    assert dibujo(informe) == ["Uno", "-Hijo", "Dos", "Uno", "-Hijo"]
    assert len(destinos) == 1


def test_se_trae_de_una_plantilla_y_de_otro_informe(editora, informe):
    plantilla = fabrica.plantilla(titulos=("De la plantilla",))
    url = reverse("informes:informe_traer", args=[informe.pk])
    origen = plantilla.apartados.get()
    assert "De la plantilla</option>" in editora.get(f"{url}?de=plantilla-{plantilla.pk}").content.decode()
    editora.post(f"{url}?de=plantilla-{plantilla.pk}", {"apartado": origen.pk, "donde": "dentro", "junto_a": ""})
    assert dibujo(informe)[-1] == "De la plantilla"
    assert dibujo(plantilla) == ["De la plantilla"]
    assert editora.post(url, {"apartado": origen.pk, "donde": "dentro"}).status_code == 422  # no es de este documento
    assert editora.get(f"{url}?de=plantilla-999").status_code == 404


def test_al_eliminar_se_dice_qué_se_va_y_se_va(editora, informe):
    uno = de(informe, "Uno")
    UsoDeSeccion.objects.create(apartado=de(informe, "Hijo"), seccion="comision.asistencia", titulo="Asistencia")
    url = reverse("informes:apartado_eliminar", args=[uno.pk])
    pagina = editora.get(url).content.decode()
    assert "Hijo; sección «Asistencia»" in pagina
    editora.post(url)
    assert dibujo(informe) == ["Dos"]
    assert de(informe, "Dos").orden == 0


def test_copiar_no_pasa_de_la_profundidad_que_cabe(informe):
    padre = de(informe, "Dos")
    for n in range(arbol.NIVEL_MAXIMO - 1):
        padre = fabrica.apartado(informe, f"N{n}", padre)
    with pytest.raises(ValidationError, match="niveles"):
        acciones.copiar_apartado(origen=de(informe, "Uno"), documento=informe, donde="dentro", junto_a=padre, por=None)


def test_ni_quien_sólo_lee_ni_quien_no_entra_mueven_ni_copian(client, informe):
    uno = de(informe, "Uno")
    rutas = [
        reverse("informes:apartado_mover", args=[uno.pk]),
        reverse("informes:apartado_llevar", args=[uno.pk]),
        reverse("informes:informe_traer", args=[informe.pk]),
    ]
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    assert {client.post(r).status_code for r in rutas} == {403}
    client.logout()
    assert {client.post(r).status_code for r in rutas} == {302}


def test_un_informe_aprobado_no_se_toca(editora, informe):
    uno = de(informe, "Uno")
    informe.estado = EstadoDeInforme.APROBADO
    informe.save()
    assert editora.get(reverse("informes:apartado_llevar", args=[uno.pk])).status_code == 403
    assert editora.post(reverse("informes:informe_traer", args=[informe.pk])).status_code == 403
    for accion in (
        lambda: acciones.llevar_apartado(apartado=uno, donde="dentro", junto_a=None, por=None),
        lambda: acciones.copiar_apartado(origen=uno, documento=informe, donde="dentro", junto_a=None, por=None),
        lambda: acciones.quitar_apartado(apartado=uno, por=None),
        lambda: acciones.guardar_imagen(imagen=ImagenDeApartado(apartado=uno), por=None),
    ):
        with pytest.raises(ValidationError):
            accion()


def test_el_editor_enseña_el_apartado_como_queda_también_en_una_plantilla(editora, informe):
    plantilla = fabrica.plantilla(titulos=())
    apartado = fabrica.apartado(plantilla, "Presentación", narrativa="Abarca {{ periodo }}.", numeracion="romano")
    fabrica.informe(plantilla, clave="hijo")
    pagina = editora.get(reverse("informes:apartado_editar", args=[apartado.pk])).content.decode()
    assert "Abarca octubre a diciembre de 2020." in pagina
    assert "que salió de esta plantilla" in pagina
    previa = editora.post(
        reverse("informes:apartado_previa", args=[apartado.pk]), {"titulo": "Otro", "narrativa": "Sin guardar."}
    ).content.decode()
    assert "Otro" in previa
    assert "Sin guardar." in previa


def test_una_plantilla_sin_comisión_aún_se_edita(editora):
    from informes.models import Plantilla

    plantilla = Plantilla.objects.create(clave="sola", nombre="Sola")
    apartado = fabrica.apartado(plantilla, "Uno")
    pagina = editora.get(reverse("informes:apartado_editar", args=[apartado.pk]))
    assert pagina.status_code == 200
    assert "Registre la comisión" in pagina.content.decode()


def test_la_página_del_árbol_no_pregunta_más_con_más_apartados(editora, informe, django_assert_max_num_queries):
    url = informe.get_absolute_url()
    editora.get(url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as pocas:
        editora.get(url)
    for n in range(20):
        fabrica.apartado(informe, f"Más {n}")
    with CaptureQueriesContext(connection) as muchas:
        editora.get(url)
    assert len(muchas) == len(pocas)


def test_si_lo_escrito_no_sale_porque_no_hay_registros_se_dice_junto_al_editor(editora, informe):
    callado = fabrica.apartado(informe, "Misiones", narrativa="Hubo misiones.")
    UsoDeSeccion.objects.create(apartado=callado, seccion="comision.sesiones", orden=1)
    pagina = editora.get(reverse("informes:apartado_editar", args=[callado.pk])).content.decode()
    assert "Lo escrito en «Narrativa» no sale" in pagina
    suelto = fabrica.apartado(informe, "Introducción", narrativa="Abarca {{ periodo }}.")
    assert "no sale" not in editora.get(reverse("informes:apartado_editar", args=[suelto.pk])).content.decode()
