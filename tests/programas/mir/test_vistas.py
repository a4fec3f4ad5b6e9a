"""La matriz de un programa y la página de un indicador."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from programas.acciones import cerrar_programa
from programas.estados import Formula, Frecuencia, NivelMIR
from programas.estados import OrigenDeVariable as Origen
from programas.models import Indicador
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
ANIO = 2021


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    return persona


@pytest.fixture
def programa():
    return planes.programa(ANIO)


@pytest.fixture
def medido(programa):
    """Cuatro programadas en el primer trimestre y cuatro hechas: dos a tiempo y dos el 20 de abril."""
    accion = planes.accion(planes.eje(programa), metas={1: 4, 2: 4})
    for dia in (date(ANIO, 2, 1), date(ANIO, 3, 1), date(ANIO, 4, 20), date(ANIO, 4, 20)):
        planes.actividad(accion, el=dia)
    return fabrica.indicador(accion=accion, nombre="Noticias publicadas", clave="A1")


def url(programa, **parametros) -> str:
    cola = "&".join(f"{k}={v}" for k, v in parametros.items())
    return f"{reverse('programas:mir', args=[programa.pk])}?{cola}"


# -- la matriz -----------------------------------------------------------------------
def test_la_matriz_dice_valor_luz_y_operacion(client, direccion, programa, medido):
    pagina = client.get(url(programa, al="2021-06-30")).content.decode()
    assert "Noticias publicadas" in pagina
    assert "A = (L × Tp) / (M × Tr)" in pagina
    # 20 de abril es el día 110: A = (4 × 0.25) / (4 × 110/365) = 0.83.
    assert "0.83" in pagina
    assert "En riesgo" in pagina
    assert "Rezago" in pagina  # el segundo trimestre
    assert "No programada" in pagina  # el tercero y el cuarto
    assert "Sin explicar: 2" in pagina


def test_el_corte_cambia_lo_que_se_ve(client, direccion, programa, medido):
    marzo = client.get(url(programa, al="2021-03-15")).content.decode()
    assert "Por iniciar" in marzo
    assert "En curso" in marzo
    assert "0.83" not in marzo


@pytest.mark.parametrize("al", ["2021-02-30", "ayer", "0001-01-01", "9999-12-31", "%00", "2021-06-30T00:00"])
def test_un_corte_que_no_es_fecha_se_dice(client, direccion, programa, medido, al):
    respuesta = client.get(url(programa, al=al))
    assert respuesta.status_code == 422
    assert "Se muestra al día de hoy" in respuesta.content.decode()
    respuesta = client.get(f"{medido.get_absolute_url()}?al={al}")
    assert respuesta.status_code == 200
    assert "Se muestra al día de hoy" in respuesta.content.decode()


def test_filtra_por_nivel_situacion_y_area(client, direccion, programa, medido):
    otro = fabrica.indicador(
        programa, nivel=NivelMIR.FIN, nombre="Personas alcanzadas", area_responsable=direccion.area
    )
    corte = {"al": "2021-06-30"}
    solo_fin = client.get(url(programa, **corte, nivel="fin")).content.decode()
    assert otro.nombre in solo_fin
    assert medido.nombre not in solo_fin
    de_area = client.get(url(programa, **corte, area=direccion.area_id)).content.decode()
    assert otro.nombre in de_area
    assert medido.nombre not in de_area
    rojos = client.get(url(programa, **corte, luz="rojo")).content.decode()
    assert medido.nombre in rojos
    nada = client.get(url(programa, **corte, nivel="componente")).content.decode()
    assert "Ningún indicador coincide" in nada


@pytest.mark.parametrize("filtro", ["nivel=nada", "luz=arcoiris", "area=99999999999999999999", "area=x"])
def test_un_filtro_que_no_existe_no_tira_la_pagina(client, direccion, programa, medido, filtro):
    respuesta = client.get(f"{reverse('programas:mir', args=[programa.pk])}?{filtro}")
    assert respuesta.status_code == 200
    assert medido.nombre in respuesta.content.decode()


def test_la_definicion_trae_medios_y_supuestos(client, direccion, programa, medido):
    supuesto = fabrica.supuesto(programa, texto="Hay voluntad institucional")
    fabrica.indicador(programa, supuestos=[supuesto], medios_verificacion="Informes trimestrales")
    pagina = client.get(url(programa, ver="definicion")).content.decode()
    assert "Hay voluntad institucional" in pagina
    assert "Informes trimestrales" in pagina
    assert "Resumen narrativo" in pagina


def test_una_matriz_vacia_invita_a_escribirla(client, direccion, programa):
    pagina = client.get(url(programa)).content.decode()
    assert "todavía no tiene indicadores" in pagina
    assert f"{reverse('programas:indicador_nuevo')}?programa={programa.pk}" in pagina


def test_las_consultas_no_crecen_con_los_indicadores(client, direccion, django_assert_max_num_queries, medido):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    programa = medido.programa

    def cuantas(direccion_de: str) -> int:
        client.get(direccion_de)
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert client.get(direccion_de).status_code == 200
        return len(consultas)

    paginas = [
        url(programa, al="2021-12-31"),
        url(programa, ver="definicion"),
        reverse("programas:indicador_lista"),
        reverse("programas:variable_lista"),
        reverse("programas:supuesto_lista"),
        reverse("programas:explicacion_lista"),
        reverse("programas:ajustedetiempo_lista"),
        reverse("programas:datodevariable_lista"),
        reverse("programas:mir_datos", args=[programa.pk]),
    ]
    supuesto = fabrica.supuesto(programa)
    _completo(programa, supuesto)
    antes = [cuantas(p) for p in paginas]
    for _ in range(29):
        _completo(programa, supuesto)
    assert [cuantas(p) for p in paginas] == antes


def _completo(programa, supuesto) -> Indicador:
    indicador = fabrica.indicador(
        programa,
        supuestos=[supuesto],
        variables=[
            fabrica.logrado(acciones=[planes.accion(planes.eje(programa), metas={1: 2})]),
            fabrica.programado(origen=Origen.DATO),
        ],
    )
    fabrica.ajuste(indicador)
    fabrica.explicacion(indicador)
    fabrica.dato(indicador.variables.get(origen=Origen.DATO))
    return indicador


# -- el indicador ----------------------------------------------------------------------
def test_el_detalle_ensena_la_cuenta_para_rehacerla(client, direccion, medido):
    pagina = client.get(f"{medido.get_absolute_url()}?al=2021-06-30").content.decode()
    assert "A = (4 × 0.25) / (4 × 0.3014) = 0.83" in pagina
    assert "Hechas en el periodo: 2." in pagina
    assert "Llegaron tarde, después de terminado: 2; la última, el 20 de abril de 2021." in pagina
    assert "Logrado = 2 + 2 = 4." in pagina
    assert "De ellas, cubrieron atrasos de periodos anteriores: 2." in pagina
    assert "no hay nada programado, no se divide entre cero" in pagina
    accion = medido.variables.first().acciones.get()
    # Los registros detrás de L llegan hasta el último que contó.
    assert f"acciones={accion.pk}&amp;desde=2021-01-01&amp;hasta=2021-04-20" in pagina
    assert f"#accion-{accion.pk}" in pagina
    assert 'src="data:image/svg+xml;base64,' in pagina


def test_el_tr_fijado_se_marca_con_su_razon(client, direccion, medido):
    fabrica.ajuste(medido, tr="0.5", razon="La publicó otra área")
    pagina = client.get(f"{medido.get_absolute_url()}?al=2021-06-30").content.decode()
    assert "A = (4 × 0.25) / (4 × 0.5) = 0.5" in pagina
    assert "La publicó otra área" in pagina
    assert "0.3014" in pagina  # el que se deduce, al lado


def test_la_explicacion_se_ve_y_el_boton_se_va(client, direccion, medido):
    boton = f"{reverse('programas:explicacion_nuevo')}?indicador={medido.pk}&amp;periodo=1"
    corte = f"{medido.get_absolute_url()}?al=2021-06-30"
    assert boton in client.get(corte).content.decode()
    fabrica.explicacion(medido, causa="Faltó personal")
    pagina = client.get(corte).content.decode()
    assert "Faltó personal" in pagina
    assert boton not in pagina


@pytest.mark.parametrize(
    ("formula", "dice"), [(Formula.IMPACTO, "I = 1 / 4 × 100 = 25 %"), (Formula.RAZON, "1 / 4 = 0.25")]
)
def test_cada_formula_escribe_su_operacion(client, direccion, programa, formula, dice):
    accion = planes.accion(planes.eje(programa), metas={1: 4})
    planes.actividad(accion, el=date(ANIO, 2, 1))
    indicador = fabrica.indicador(accion=accion, formula=formula)
    assert dice in client.get(indicador.get_absolute_url()).content.decode()


@pytest.mark.parametrize("frecuencia", Frecuencia.values)
def test_todas_las_frecuencias_se_pintan(client, direccion, programa, frecuencia):
    indicador = fabrica.indicador(programa, frecuencia=frecuencia)
    assert client.get(indicador.get_absolute_url()).status_code == 200
    assert client.get(url(programa)).status_code == 200


def test_sin_variables_se_pinta_igual(client, direccion, programa):
    indicador = fabrica.indicador(programa, variables=())
    assert client.get(indicador.get_absolute_url()).status_code == 200
    assert client.get(url(programa)).status_code == 200


@pytest.mark.parametrize("papel", [roles.CAPTURA, roles.SECRETARIA, roles.CONSEJERIA])
def test_los_demas_papeles_leen_y_no_tocan(client, medido, papel):
    client.force_login(con_papel(papel), backend="django.contrib.auth.backends.ModelBackend")
    matriz = client.get(url(medido.programa)).content.decode()
    assert medido.nombre in matriz
    assert "Nuevo indicador" not in matriz
    assert "Capturar datos" not in matriz
    detalle = client.get(medido.get_absolute_url()).content.decode()
    assert "Explicar<" not in detalle
    assert "Fijar el tiempo real" not in detalle
    for ruta in ("indicador_nuevo", "explicacion_nuevo", "ajustedetiempo_nuevo", "supuesto_nuevo"):
        assert client.get(reverse(f"programas:{ruta}")).status_code == 403
    assert client.get(reverse("programas:mir_datos", args=[medido.programa_id])).status_code == 403


def test_area_no_entra(client, medido):
    client.force_login(con_papel(roles.AREA), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url(medido.programa)).status_code == 403
    assert client.get(medido.get_absolute_url()).status_code == 403


def test_de_un_programa_cerrado_no_se_ofrece_nada(client, direccion, medido):
    for actividad in planes.Actividad.objects.all():
        planes.acciones.validar_actividad(actividad=actividad, por=direccion)
    with time_machine.travel(date(2022, 2, 1)):
        cerrar_programa(programa=medido.programa, por=None)
    assert "Nuevo indicador" not in client.get(url(medido.programa)).content.decode()
    detalle = client.get(medido.get_absolute_url()).content.decode()
    assert "Editar" not in detalle
    assert "explicaciones/nueva" not in detalle
    for direccion_de in (
        f"{reverse('programas:indicador_nuevo')}?programa={medido.programa_id}",
        f"{reverse('programas:explicacion_nuevo')}?indicador={medido.pk}&periodo=1",
        reverse("programas:indicador_editar", args=[medido.pk]),
    ):
        respuesta = client.get(direccion_de)
        assert respuesta.status_code == 403
        assert "está cerrado" in respuesta.content.decode()
