"""De unos planes a otros: lo que se propone, lo que se confirma y lo que queda por revisar."""

import pytest
from django.urls import reverse

from informes import acciones
from informes.estados import EstadoDeInforme
from informes.estructura import apuntado
from informes.models import Informe, UsoDeSeccion
from tests.fabricas import informes as fabrica
from tests.fabricas import programas as fabrica_de_planes
from tests.fabricas.estructura import editora
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def planes():
    viejo, nuevo = (
        fabrica_de_planes.programa(2020, clave="pat-2020"),
        fabrica_de_planes.programa(2020, clave="pe-2020", tipo="especifico"),
    )
    eje_viejo = fabrica_de_planes.eje(viejo, numero=1)
    eje_nuevo = fabrica_de_planes.eje(nuevo, numero=1)
    crear = fabrica_de_planes.accion
    viejas = {
        "alineada": crear(eje_viejo, inciso="A", nombre="Pláticas en universidades"),
        "parecida": crear(eje_viejo, inciso="B", nombre="Reuniones del grupo de trabajo con el INE"),
        "sola": crear(eje_viejo, inciso="D", nombre="Misión de acompañamiento"),
    }
    nuevas = {
        "alineada": crear(eje_nuevo, inciso="C", nombre="Charlas", alineadas=[viejas["alineada"]]),
        "parecida": crear(eje_nuevo, inciso="A", nombre="Reuniones del grupo de trabajo con INE"),
    }
    return viejas, nuevas


@pytest.fixture
def plantilla(planes):
    viejas, _ = planes
    plantilla = fabrica.plantilla(titulos=())
    uno = fabrica.apartado(
        plantilla,
        "Universidades",
        accion=viejas["alineada"],
        narrativa='Hubo {{ programas.unidades accion="pat-2020:1A" }}, según el pat-2020:1A.',
    )
    fabrica.apartado(plantilla, "Misiones", accion=viejas["sola"])
    parametros = {"accion": ["pat-2020:1A", "pat-2020:1B"], "tipo": []}
    acciones.guardar_uso(
        uso=UsoDeSeccion(apartado=uno, seccion="programas.actividades", parametros=parametros), por=None
    )
    acciones.guardar_uso(
        uso=UsoDeSeccion(apartado=uno, seccion="programas.avance", parametros={"programa": "pat-2020"}), por=None
    )
    return plantilla


@pytest.fixture
def cliente(client):
    client.force_login(editora(), backend=MODELO)
    return client


def test_propone_la_alineada_la_parecida_o_ninguna(planes, plantilla):
    _, nuevas = planes
    destino = nuevas["alineada"].eje.programa
    menciones = apuntado.proponer(plantilla, {"pat-2020": destino})
    assert [(m.apartado.titulo, m.clave, m.propuesta) for m in menciones] == [
        ("Universidades", "pat-2020:1A", nuevas["alineada"]),
        ("Universidades", "pat-2020:1B", nuevas["parecida"]),
        ("Misiones", "pat-2020:1D", None),
    ]
    assert [m.razon for m in menciones] == [
        "Está alineada con ella.",
        "Tiene un nombre parecido.",
        "No se halló una equivalente.",
    ]
    assert menciones[0].lugares[0] == "la acción de la que da cuenta"


def test_el_plan_que_se_propone_es_el_del_mismo_tipo_que_le_sigue(planes):
    viejas, _ = planes
    de_hoy = viejas["sola"].eje.programa
    assert apuntado.programa_propuesto(de_hoy) is None
    anterior = fabrica_de_planes.programa(2018, clave="pat-2018")
    assert apuntado.programa_propuesto(de_hoy) == anterior
    siguiente = fabrica_de_planes.programa(2022, clave="pat-2022")
    fabrica_de_planes.programa(2024, clave="pat-2024")
    assert apuntado.programa_propuesto(de_hoy) == siguiente
    assert apuntado.programa_propuesto(anterior) == de_hoy


def test_de_un_año_a_otro_por_nombre_o_por_inciso(planes):
    viejas, _ = planes
    eje = fabrica_de_planes.eje(fabrica_de_planes.programa(2024, clave="pat-2024"), numero=1)
    otra = fabrica_de_planes.accion(eje, inciso="D", nombre="Publicaciones")
    misma = fabrica_de_planes.accion(eje, inciso="A", nombre="Pláticas en las universidades")
    candidatas = [otra, misma]
    assert apuntado.propuesta(viejas["alineada"], candidatas) == (misma, "Tiene el mismo inciso y un nombre parecido.")
    # Otra cosa en el mismo inciso no se deja puesta: se dice y la persona decide.
    assert apuntado.propuesta(viejas["sola"], candidatas) == (
        None,
        "En su inciso está «Publicaciones», que no se le parece: elíjala sólo si es la que sigue.",
    )
    assert apuntado.propuesta(None, candidatas)[0] is None


def test_se_confirma_en_pantalla_y_lo_que_falta_se_dice(cliente, planes, plantilla):
    viejas, nuevas = planes
    destino = nuevas["alineada"].eje.programa
    url = reverse("informes:plantilla_apuntar", args=[plantilla.pk])
    siguiente = fabrica_de_planes.programa(2021, clave="pat-2021")
    assert f'value="{siguiente.pk}" selected' in cliente.get(url).content.decode()
    elegir = f"{url}?elegir=1&programa-{viejas['sola'].eje.programa_id}={destino.pk}"
    pagina = cliente.get(elegir).content.decode()
    assert "Está alineada con ella." in pagina
    uno, dos = plantilla.apartados.order_by("orden")
    respuesta = cliente.post(
        elegir,
        {
            f"m-{uno.pk}-pat-2020:1A": "pe-2020:1C",
            f"m-{uno.pk}-pat-2020:1B": "pe-2020:1A",
            f"m-{dos.pk}-pat-2020:1D": "",
        },
    )
    assert "«Misiones»: sigue nombrando a pat-2020:1D" in respuesta.content.decode()
    uno.refresh_from_db()
    dos.refresh_from_db()
    assert (uno.accion, dos.accion) == (nuevas["alineada"], viejas["sola"])
    assert uno.narrativa == 'Hubo {{ programas.unidades accion="pe-2020:1C" }}, según el pat-2020:1A.'
    assert [u.parametros for u in uno.secciones.all()] == [
        {"accion": ["pe-2020:1C", "pe-2020:1A"], "tipo": []},
        {"programa": "pe-2020"},
    ]


def test_una_acción_de_otro_plan_no_se_acepta(cliente, planes, plantilla):
    viejas, nuevas = planes
    elegir = (
        f"{reverse('informes:plantilla_apuntar', args=[plantilla.pk])}"
        f"?elegir=1&programa-{viejas['sola'].eje.programa_id}={nuevas['alineada'].eje.programa_id}"
    )
    uno = plantilla.apartados.order_by("orden").first()
    assert cliente.post(elegir, {f"m-{uno.pk}-pat-2020:1A": "pat-2020:1B"}).status_code == 422
    assert cliente.post(elegir.replace("elegir=1&", "").split("?")[0] + "?programa-1=x").status_code in (200, 302, 422)


def test_quedarse_igual_no_es_apuntar(cliente, planes, plantilla):
    viejo = planes[0]["sola"].eje.programa
    url = reverse("informes:plantilla_apuntar", args=[plantilla.pk])
    pagina = cliente.get(f"{url}?elegir=1&programa-{viejo.pk}=").content.decode()
    assert "Elija al menos uno que cambie" in pagina and "Confirme o cambie cada acción" not in pagina
    assert f'<option value="{viejo.pk}"' not in pagina
    assert cliente.post(f"{url}?elegir=1").status_code == 422


def test_sin_planes_nombrados_no_hay_qué_apuntar(cliente):
    vacia = fabrica.plantilla("vacia")
    assert (
        "no hay nada que apuntar"
        in cliente.get(reverse("informes:plantilla_apuntar", args=[vacia.pk])).content.decode()
    )


def test_quien_sólo_lee_no_apunta(client, plantilla):
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    assert client.get(reverse("informes:plantilla_apuntar", args=[plantilla.pk])).status_code == 403


def test_el_botón_sale_a_quien_puede_y_donde_se_puede(cliente, client, plantilla):
    informe = fabrica.informe(plantilla)
    for documento in (plantilla, informe):
        url = reverse(f"informes:{documento._meta.model_name}_apuntar", args=[documento.pk])
        assert url in cliente.get(documento.get_absolute_url()).content.decode()
    Informe.objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)
    assert url not in cliente.get(informe.get_absolute_url()).content.decode()
    Informe.objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.BORRADOR)
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    assert url not in client.get(informe.get_absolute_url()).content.decode()
