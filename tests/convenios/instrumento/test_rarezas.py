"""Lo que llama la atención: los parecidos, las fechas, el ámbito y los folios."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from convenios import duplicados, rarezas
from convenios.models import Convenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
DIA = date(2020, 10, 9)


def motivos(pares) -> list[str]:
    return [motivo.split(":")[0].rstrip(".") for _, motivo in pares]


@pytest.mark.parametrize(
    ("datos", "esperado"),
    [
        ({"fecha_firma": date(2026, 10, 9)}, []),
        ({"fecha_firma": date(2026, 10, 10)}, ["Firma en fin de semana"]),
        ({"fecha_firma": date(2026, 9, 16)}, ["Firma en día de descanso"]),
        ({"fecha_firma": date(1920, 10, 5)}, ["Fecha poco común"]),
        ({"fecha_firma": DIA, "vigencia_hasta": date(2090, 1, 1)}, ["Vigencia muy larga"]),
        ({"fecha_firma": DIA, "vigencia_hasta": date(2020, 10, 20)}, ["Vigencia muy corta"]),
        (
            {"fecha_firma": DIA, "vigencia_desde": date(2021, 1, 1), "vigencia_hasta": date(2021, 1, 20)},
            ["Vigencia muy corta"],
        ),
        ({}, []),
    ],
)
def test_fechas_que_llaman_la_atencion(datos, esperado):
    assert motivos(rarezas.de_fechas(Convenio(**datos))) == esperado


def test_el_ambito_se_coteja_con_las_contrapartes():
    mexicana = directorio.organismo()
    de_fuera = directorio.organismo(pais="ES", ambito="internacional")
    internacional, nacional = Convenio(ambito="internacional"), Convenio(ambito="nacional")
    assert motivos(rarezas.de_ambito(internacional, [mexicana])) == ["Ámbito dudoso"]
    assert motivos(rarezas.de_ambito(nacional, [de_fuera])) == ["Ámbito dudoso"]
    for convenio, partes in ((internacional, [mexicana, de_fuera]), (nacional, [mexicana, de_fuera]), (nacional, [])):
        assert not list(rarezas.de_ambito(convenio, partes))


def test_un_folio_distinto_a_los_demas_se_nota_solo_si_hay_bastantes():
    folios = [f"IECM/CONV/{n:03}/2020" for n in range(100)]
    raro = rarezas.de_folios(["S/N", folios[0]], [*folios, "S/N"])
    assert list(raro) == ["S/N"] and "IECM/CONV/#/#" in raro["S/N"]
    assert rarezas.de_folios(["S/N"], [*folios[:5], "S/N"]) == {}


def test_parecidos_por_contraparte_tipo_y_fecha():
    una, otra = directorio.organismo(), directorio.organismo()
    a = fabrica.convenio(contrapartes=[una, otra], fecha_firma=DIA)
    b = fabrica.convenio(contrapartes=[otra], fecha_firma=DIA)
    fabrica.convenio(contrapartes=[una], fecha_firma=DIA, tipo=fabrica.tipo("Otro"))
    fabrica.convenio(contrapartes=[directorio.organismo()], fecha_firma=DIA)
    borrador = fabrica.convenio(contrapartes=[una], titulo="Título  Único")
    gemelo = fabrica.convenio(contrapartes=[una], titulo="titulo unico")
    fabrica.convenio(contrapartes=[una], titulo="Otro título")
    todos = Convenio.objects.order_by("pk").prefetch_related("contrapartes")
    assert duplicados.grupos(todos) == [[a, b], [borrador, gemelo]]
    hallados = duplicados.parecidos(tipo=a.tipo, contrapartes=[otra], firma=DIA, titulo="", excepto=a.pk)
    assert hallados == [b]
    sin_firma = duplicados.parecidos(tipo=a.tipo, contrapartes=[una], firma=None, titulo="TÍTULO ÚNICO")
    assert sin_firma == [borrador, gemelo]


# -- en el formulario ----------------------------------------------------------------


@pytest.fixture
def captura(client):
    usuario = persona()
    usuario.groups.add(Group.objects.get(name=roles.CAPTURA))
    client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    return client


def datos(**mas):
    return {
        "folio": "IECM/CONV/1/2026",
        "tipo": fabrica.tipo().pk,
        "titulo": "Convenio con la Universidad",
        "objeto": "Colaborar",
        "ambito": "nacional",
        "contrapartes": [directorio.organismo().pk],
        "areas": [directorio.area().pk],
        "gestion": "propia",
        "etapa": "suscrito",
        "fecha_firma": "2020-10-09",
        "vigencia": "indefinida",
        **mas,
    }


def test_las_dudas_se_dicen_juntas_con_enlace_y_se_confirman_una_vez(captura):
    organismo = directorio.organismo()
    otro = fabrica.convenio(fecha_firma=date(2020, 10, 10), contrapartes=[organismo], folio="YA-ESTABA")
    nuevo = datos(fecha_firma="2020-10-10", contrapartes=[organismo.pk], ambito="internacional")
    respuesta = captura.post(reverse("convenios:convenio_nuevo"), nuevo)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and f'href="{otro.get_absolute_url()}"' in texto and "YA-ESTABA" in texto
    assert "Firma en fin de semana" in texto and "Ámbito dudoso" in texto
    assert captura.post(reverse("convenios:convenio_nuevo"), {**nuevo, "confirmo_advertencias": "1"}).status_code == 302


def test_al_editar_solo_se_duda_de_lo_que_cambio(captura):
    convenio = fabrica.convenio(fecha_firma=date(2020, 10, 10))
    url = reverse("convenios:convenio_editar", args=[convenio.pk])
    igual = datos(
        folio=convenio.folio,
        titulo=convenio.titulo,
        contrapartes=[o.pk for o in convenio.contrapartes.all()],
        areas=[a.pk for a in convenio.areas.all()],
        fecha_firma="2020-10-10",
        notas="Una nota nueva",
        version=convenio.version,
    )
    assert captura.post(url, igual).status_code == 302
    convenio.refresh_from_db()
    assert convenio.notas == "Una nota nueva"


def test_fechas_contradictorias_van_a_su_campo(captura):
    casos = {
        "vigencia_hasta": {"vigencia": "fecha", "vigencia_hasta": "2020-10-08"},
        "vigencia_desde": {"vigencia_desde": "2020-10-08"},
        "fecha_firma": {"fecha_firma": "2090-01-01"},
    }
    for campo, mal in casos.items():
        respuesta = captura.post(reverse("convenios:convenio_nuevo"), datos() | mal)
        assert respuesta.status_code == 422 and list(respuesta.context["formulario"].errors) == [campo]
    assert not Convenio.objects.exists()


def test_lo_lleva_alguien_de_la_unidad_en_activo(captura):
    ajena, retirada, de_la_unidad = persona(), persona(is_active=False), persona()
    for usuario in (retirada, de_la_unidad):
        usuario.groups.add(Group.objects.get(name=roles.DIRECCION))
    for usuario in (ajena, retirada):
        respuesta = captura.post(reverse("convenios:convenio_nuevo"), datos(responsable=usuario.pk))
        assert "responsable" in respuesta.context["formulario"].errors
    captura.post(reverse("convenios:convenio_nuevo"), datos(responsable=de_la_unidad.pk))
    assert Convenio.objects.get().responsable == de_la_unidad


def test_la_historia_de_un_cambio_es_un_solo_paso_con_sus_partes(captura):
    antes, despues = directorio.organismo(nombre="La de antes"), directorio.organismo(nombre="La de después")
    convenio = fabrica.convenio(contrapartes=[antes])
    assert convenio.history.count() == 1
    igual = datos(
        folio=convenio.folio, titulo="Otro título", contrapartes=[despues.pk], version=convenio.version, fecha_firma=""
    )
    captura.post(
        reverse("convenios:convenio_editar", args=[convenio.pk]),
        igual | {"areas": [a.pk for a in convenio.areas.all()]},
    )
    assert convenio.history.count() == 2
    texto = captura.get(convenio.get_absolute_url()).content.decode()
    historia = texto[texto.index("historia-pasos") :]
    assert "La de antes" in historia and "La de después" in historia and "Otro título" in historia
