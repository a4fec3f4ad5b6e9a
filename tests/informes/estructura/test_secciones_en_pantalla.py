"""Elegir una sección, sus parámetros y cómo se presenta; lo malo se dice y nada se pierde."""

from datetime import date

import pytest
from django.urls import reverse

from informes import acciones, armado
from informes.models import UsoDeSeccion
from tests.fabricas import informes as fabrica
from tests.fabricas import programas as fabrica_de_planes
from tests.fabricas.estructura import editora

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def cliente(client):
    client.force_login(editora(), backend=MODELO)
    return client


@pytest.fixture
def apartado():
    accion = fabrica_de_planes.accion(fabrica_de_planes.eje(fabrica_de_planes.programa(2020, clave="pat-2020")))
    for dia, titulo in ((5, "Foro"), (6, "Ámbito")):
        fabrica_de_planes.actividad(accion, el=date(2020, 10, dia), titulo=titulo, lugar="Sede")
    return fabrica.apartado(fabrica.informe(), "Actividades")


def columnas(*elegidas: str, **mas) -> dict:
    """Lo que manda la página: una fila por columna."""
    datos = {"c-TOTAL_FORMS": len(elegidas), "c-INITIAL_FORMS": len(elegidas), **mas}
    for n, elegida in enumerate(elegidas):
        titulo, _, encabezado = elegida.partition("=")
        datos |= {
            f"c-{n}-titulo": titulo,
            f"c-{n}-incluir": "on",
            f"c-{n}-lugar": n + 1,
            f"c-{n}-encabezado": encabezado,
        }
    return datos


def agregar(cliente, apartado, **mas) -> UsoDeSeccion:
    nueva = f"{reverse('informes:uso_nuevo', args=[apartado.pk])}?seccion=programas.actividades"
    respuesta = cliente.post(nueva, {"titulo": "Mis actividades", "p-formato": "tabla", **mas})
    uso = apartado.secciones.get()
    assert respuesta["Location"] == reverse("informes:uso_editar", args=[uso.pk]) + "#presentacion"
    return uso


def guardar(cliente, uso, **mas):
    datos = {"titulo": uso.titulo, "p-formato": "tabla", "vista": uso.history.first().history_id, **mas}
    return cliente.post(reverse("informes:uso_editar", args=[uso.pk]), datos)


def tabla(apartado):
    return armado.armar(apartado.informe).documento.apartados[0].bloques[0]


def test_el_catálogo_agrupa_por_sala_y_dice_qué_cuenta_cada_una(cliente, apartado):
    pagina = cliente.get(reverse("informes:uso_nuevo", args=[apartado.pk])).content.decode()
    assert "?seccion=programas.actividades" in pagina
    assert "Las actividades que concluyeron en el periodo, como tabla, lista o párrafos." in pagina
    assert cliente.post(reverse("informes:uso_nuevo", args=[apartado.pk])).status_code == 422


def test_se_eligen_columnas_orden_notas_y_lugar(cliente, apartado):
    uso = agregar(cliente, apartado)
    pagina = cliente.get(reverse("informes:uso_editar", args=[uso.pk])).content.decode()
    assert 'value="Lugar"' in pagina  # todas las que la sección tiene, no sólo las de siempre
    respuesta = guardar(
        cliente,
        uso,
        lugar="cuerpo",
        **columnas("Actividad=Evento", "Lugar", "Fecha"),
        **{"v-orden_1": "Actividad", "v-totales": "on", "v-notas": "Una nota.\n\nOtra."},
    )
    assert respuesta.status_code == 302
    puesta = tabla(apartado)
    assert [c.titulo for c in puesta.columnas] == ["Evento", "Lugar", "Fecha"]
    assert [f[0] for f in puesta.filas] == ["Ámbito", "Foro"]
    assert puesta.notas == ("Una nota.", "Otra.")
    assert puesta.titulo == "Mis actividades"


def test_una_columna_que_ya_no_existe_se_señala_en_el_formulario(cliente, apartado):
    uso = agregar(cliente, apartado)
    UsoDeSeccion.objects.filter(pk=uso.pk).update(presentacion={"columnas": [{"titulo": "Costo"}, {"titulo": "Fecha"}]})
    pagina = cliente.get(reverse("informes:uso_editar", args=[uso.pk])).content.decode()
    assert "Ya no existe en la sección: «Costo»" in pagina
    assert armado.armar(apartado.informe).problemas
    uso.refresh_from_db()
    guardar(cliente, uso, **columnas("Fecha"))
    assert not armado.armar(apartado.informe).problemas


def test_en_un_informe_sin_renglones_se_ofrecen_las_de_otros_años(cliente, apartado):
    otro = fabrica.apartado(fabrica.informe(clave="2021-1", inicio=date(2021, 1, 1), fin=date(2021, 3, 31)), "Vacío")
    uso = agregar(cliente, otro)
    pagina = cliente.get(reverse("informes:uso_editar", args=[uso.pk])).content.decode()
    assert "En enero a marzo de 2021 no hay renglones" in pagina
    assert 'value="Lugar"' in pagina


@pytest.mark.parametrize(("campo", "valor"), [("encabezado", "Evento"), ("ancho", "30")])
def test_lo_escrito_en_una_columna_sin_marcar_no_se_pierde_callado(cliente, apartado, campo, valor):
    uso = agregar(cliente, apartado)
    sin_marcar = {"c-0-incluir": "", f"c-0-{campo}": valor}
    respuesta = guardar(cliente, uso, **columnas("Actividad", "Fecha") | sin_marcar)
    assert respuesta.status_code == 422
    assert "Marque que la columna va" in respuesta.content.decode()
    assert f'value="{valor}"' in respuesta.content.decode()
    # Desmarcar una que ya se llamaba así es quitarla, sin reparo.
    guardar(cliente, uso, **columnas("Actividad", "Fecha") | {f"c-0-{campo}": valor})
    uso.refresh_from_db()
    assert guardar(cliente, uso, **columnas("Actividad", "Fecha") | sin_marcar).status_code == 302
    assert [c.titulo for c in tabla(apartado).columnas] == ["Fecha"]


def test_lo_que_no_vale_se_dice_y_no_se_pierde(cliente, apartado):
    uso = agregar(cliente, apartado)
    malo = columnas("Actividad=Evento", "Fecha") | {"c-0-ancho": "300", "v-encabezado": "Mi encabezado"}
    respuesta = guardar(cliente, uso, **malo)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "No puede ser mayor que 100" in pagina
    assert "Mi encabezado" in pagina
    assert 'value="Evento"' in pagina
    uso.refresh_from_db()
    assert uso.presentacion == {}
    assert guardar(cliente, uso, **columnas("Fecha"), **{"v-agrupar": "Inventada"}).status_code == 422


def test_dos_pestañas_no_se_pisan(cliente, apartado):
    uso = agregar(cliente, apartado)
    vista = uso.history.first().history_id
    acciones.guardar_uso(uso=uso, por=None)
    respuesta = guardar(cliente, uso, **{**columnas("Fecha"), "vista": vista})
    assert respuesta.status_code == 409
    assert "Otra persona cambió esta sección" in respuesta.content.decode()


def test_doble_clic_al_guardar_no_dice_que_alguien_más_la_cambió(cliente, apartado):
    uso = agregar(cliente, apartado)
    vista = uso.history.first().history_id
    envios = [guardar(cliente, uso, vista=vista, titulo="Otro", envio="sello-1") for _ in range(2)]
    assert [(r.status_code, r["Location"]) for r in envios] == [(302, envios[0]["Location"])] * 2
    assert uso.history.count() == 2


def test_quien_no_manda_la_presentación_no_la_borra(cliente, apartado):
    uso = agregar(cliente, apartado)
    uso.presentacion = {"notas": ["Queda."]}
    acciones.guardar_uso(uso=uso, por=None)
    guardar(cliente, uso)
    uso.refresh_from_db()
    assert uso.presentacion == {"notas": ["Queda."]}


def test_una_lista_no_ofrece_columnas(cliente, apartado):
    uso = agregar(cliente, apartado, **{"p-formato": "lista"})
    pagina = cliente.get(reverse("informes:uso_editar", args=[uso.pk])).content.decode()
    assert "no da una tabla con columnas" in pagina


@pytest.mark.parametrize(
    ("anchos", "dice"),
    [(("60", "60"), "Los anchos suman 120, y no caben más de 100."), (("100", ""), "no dejan lugar a las demás")],
)
def test_los_anchos_no_pasan_de_la_hoja_ni_dejan_a_otra_sin_lugar(cliente, apartado, anchos, dice):
    uso = agregar(cliente, apartado)
    puestos = {f"c-{n}-ancho": ancho for n, ancho in enumerate(anchos)}
    respuesta = guardar(cliente, uso, **columnas("Actividad", "Fecha"), **puestos)
    assert respuesta.status_code == 422
    assert dice in respuesta.content.decode()
    assert guardar(cliente, uso, **columnas("Actividad", "Fecha"), **{"c-0-ancho": "70"}).status_code == 302


@pytest.mark.parametrize(
    ("lugares", "quedan"),
    [(("1", "2", "1"), ["Lugar", "Actividad", "Fecha"]), (("3", "2", "3"), ["Fecha", "Lugar", "Actividad"])],
)
def test_el_lugar_que_se_escribe_gana_al_que_ya_lo_tenía(cliente, apartado, lugares, quedan):
    uso = agregar(cliente, apartado)
    guardar(cliente, uso, **columnas("Actividad", "Fecha", "Lugar"))
    uso.refresh_from_db()
    puestos = {f"c-{n}-lugar": lugar for n, lugar in enumerate(lugares)}
    guardar(cliente, uso, **columnas("Actividad", "Fecha", "Lugar") | puestos)
    assert [c.titulo for c in tabla(apartado).columnas] == quedan


@pytest.mark.parametrize("seccion", ["informes.balance", "informes.pendientes", "informes.observaciones"])
def test_en_una_plantilla_sin_informes_se_ve_lo_que_es_de_cada_informe(cliente, seccion):
    fabrica.comision()
    suelto = fabrica.apartado(fabrica.plantilla("nueva"), "Balance")
    uso = UsoDeSeccion.objects.create(apartado=suelto, seccion=seccion)
    assert cliente.get(reverse("informes:apartado_editar", args=[suelto.pk])).status_code == 200
    assert cliente.get(reverse("informes:uso_editar", args=[uso.pk])).status_code == 200
