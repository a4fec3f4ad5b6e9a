"""Cada número de la página lleva a una lista que cuenta lo mismo, y cada total es la suma de sus renglones."""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from convenios.cifras import cuadros, mapa, views
from convenios.cifras.filters import EstanciasFiltro, RegistrosFiltro
from convenios.cifras.forms import CifrasForm
from convenios.models import CambioDeEtapa, Convenio, TipoInstrumento
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.cifras_de_convenios import poblar
from tests.fabricas.personas import persona
from vinculacion.directorio.models import Area
from vinculacion.nucleo.cuadros import para_la_pagina
from vinculacion.nucleo.periodos import Periodo

pytestmark = pytest.mark.django_db
MESES = Periodo(date(2020, 10, 1), date(2022, 8, 31))


@pytest.fixture
def quien():
    return persona("convenios.view_convenio", "convenios.ver_todos")


def cuantos(url, usuario):
    ruta, _, consulta = url.partition("?")
    pedido = SimpleNamespace(user=usuario)
    if "estancias" in ruta:
        return EstanciasFiltro(QueryDict(consulta), queryset=CambioDeEtapa.objects.all(), request=pedido).qs.count()
    assert {k for k, _ in parse_qsl(consulta)} <= set(RegistrosFiltro.base_filters)
    return RegistrosFiltro(QueryDict(consulta), queryset=Convenio.objects.all(), request=pedido).qs.count()


def paginas(datos, usuario):
    formulario = CifrasForm(datos, usuario)
    assert formulario.is_valid(), formulario.errors
    armados = views._cuadros(formulario)
    resumen = [(r.valor, r.url) for r in views._balance(formulario) if r.url]
    return resumen, [para_la_pagina(c, lambda e, c=c: views._url(formulario, c.lista, e)) for c in armados]


@pytest.mark.parametrize(
    "datos",
    [
        {},
        {"anio": "2012"},
        {"desde": "2020-10-01", "hasta": "2022-08-31"},
        {"desde": "2015-01-01", "hasta": "2020-08-31", "ambito": "nacional", "gestion": "propia"},
        {"area": "la primera", "tipo": "el primero", "al": "2019-06-30"},
    ],
)
def test_cada_numero_lleva_a_la_lista_que_lo_cuenta(datos, quien):
    poblar(120, 5)
    if "area" in datos:
        datos = datos | {
            "area": str(Area.objects.filter(convenios__isnull=False).first().pk),
            "tipo": str(TipoInstrumento.objects.filter(nombre__startswith="Tipo de cifras").first().pk),
        }
    resumen, partes = paginas(datos, quien)
    con_enlace = list(resumen)
    for parte in partes:
        for fila in [*parte["filas"], parte["totales"]]:
            con_enlace += [(c["valor"], c["url"]) for c in fila if c["url"]]
    assert len(con_enlace) > 10
    for valor, url in con_enlace:
        assert cuantos(url, quien) == valor, url


@pytest.mark.parametrize("periodo", [MESES, Periodo.anual(2012), Periodo(date(1999, 1, 1), date(2026, 12, 31))])
def test_los_totales_son_la_suma_de_sus_renglones(periodo):
    """Donde un convenio cuenta en varios renglones no hay total que parezca mal sumado: lo explica la nota."""
    poblar(120, 6)
    todos = Convenio.objects.all()
    for armar in (
        cuadros.por_anio, cuadros.por_ambito, cuadros.por_contraparte, cuadros.por_area, cuadros.por_tipo,
        cuadros.por_pais, cuadros.dias_hasta_firmar,
    ):  # fmt: skip
        tabla = armar(todos, periodo).tabla
        if tabla.totales is None:
            continue
        for i, columna in enumerate(tabla.columnas):
            if columna.titulo in ("Nacionales", "Total", "Convenios", "De la unidad", "2021"):
                assert sum(fila[i] for fila in tabla.filas) == tabla.totales[i], (armar, columna.titulo)


def test_la_nota_dice_por_que_la_suma_pasa_del_total():
    una, otra = directorio.area(siglas="UNA"), directorio.area()
    fabrica.convenio(areas=[una, otra], fecha_firma=date(2020, 11, 1))
    fabrica.convenio(areas=[una], fecha_firma=date(2021, 11, 1))
    cuadro = cuadros.por_area(Convenio.objects.all(), MESES)
    assert cuadro.tabla.totales is None
    (nota,) = cuadro.tabla.notas
    assert (
        "suman 3; los convenios distintos son 2 (2020 (octubre–diciembre): 1; 2021: 1; 2022 (enero–agosto): 0)" in nota
    )
    assert "UNA, 2" in cuadro.grafica.descripcion
    assert cuadros.por_tipo(Convenio.objects.all(), MESES).tabla.notas == ()


def test_los_anios_partidos_lo_dicen():
    fabrica.convenio(fecha_firma=date(2020, 11, 1))
    tabla = cuadros.por_anio(Convenio.objects.all(), MESES).tabla
    assert [fila[0] for fila in tabla.filas] == ["2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)"]
    assert tabla.filas[1] == ("2021", 0, 0, 0, 0, None)


def test_los_nacidos_firmados_se_dicen():
    fabrica.convenio(fecha_firma=date(2020, 11, 1))
    cuadro = cuadros.dias_hasta_firmar(Convenio.objects.all(), MESES)
    assert "No cuentan 1 que se registraron ya firmados" in cuadro.tabla.notas[1]


def test_el_mapa_y_lo_que_no_se_dibuja():
    for pais in ("MX", "FR", "AD"):
        fabrica.convenio(contrapartes=[directorio.organismo(pais=pais)], fecha_firma=date(2021, 1, 1))
    cuadro = cuadros.por_pais(Convenio.objects.all(), Periodo.anual(2021))
    assert {fila[0] for fila in cuadro.tabla.filas} == {"México", "Francia", "Andorra"}
    assert "Por su tamaño no se dibuja en el mapa: Andorra." in cuadro.tabla.notas
    assert "Francia, 1" in cuadro.grafica.descripcion and "Andorra" not in cuadro.grafica.descripcion
    assert cuadro.grafica.svg.startswith("<svg") and len(cuadro.grafica.svg) < 200_000


def test_sin_el_atlas_salen_barras(monkeypatch, tmp_path):
    fabrica.convenio(contrapartes=[directorio.organismo(pais="FR")], fecha_firma=date(2021, 1, 1))
    monkeypatch.setattr(mapa, "ARCHIVO", tmp_path / "no-esta.json")
    mapa._atlas.cache_clear()
    mapa._en_el_atlas.cache_clear()
    try:
        cuadro = cuadros.por_pais(Convenio.objects.all(), Periodo.anual(2021))
        assert cuadro.grafica is not None and "Francia, 1" in cuadro.grafica.descripcion
        assert cuadro.tabla.notas == ()
    finally:
        mapa._atlas.cache_clear()
        mapa._en_el_atlas.cache_clear()
