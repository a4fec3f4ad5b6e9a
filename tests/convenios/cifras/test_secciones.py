"""Lo que las cifras dicen a un informe es lo que dice su página, y el verificador no le halla tacha."""

from datetime import date
from decimal import Decimal

import pytest

from convenios.cifras import cuadros
from convenios.models import Convenio
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.cifras_de_convenios import poblar
from vinculacion.nucleo.bloques import Grafica, Tabla, Titulo, a_json, desde_json
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
MESES = Periodo(date(2020, 10, 1), date(2022, 8, 31))
CLAVES = ("por_anio", "por_contraparte", "por_area", "por_pais", "vigentes", "dias_por_etapa")


def bloques(clave, periodo=MESES, **parametros):
    return SECCIONES[f"convenios.{clave}"].bloques(Contexto(periodo), parametros)


@pytest.mark.parametrize("clave", CLAVES)
def test_tabla_grafica_o_ambas(clave):
    poblar(80, 5)
    assert [type(b) for b in bloques(clave)] == [Tabla]
    assert [type(b) for b in bloques(clave, forma="grafica")] == [Grafica]
    ambas = bloques(clave, forma="ambas")
    assert [type(b) for b in ambas] == [Tabla, Grafica]
    assert desde_json(a_json(ambas)) == tuple(ambas)


@pytest.mark.parametrize("clave", CLAVES)
def test_sin_nada_que_contar_no_dicen_nada(clave):
    assert bloques(clave, forma="ambas") == []


def test_la_seccion_y_la_pagina_dicen_lo_mismo():
    poblar(80, 5)
    assert bloques("por_area") == [cuadros.por_area(Convenio.objects.all(), MESES).tabla]
    assert bloques("vigentes") == [cuadros.en_vigor(Convenio.objects.all(), MESES.fin).tabla]


def test_los_anios_del_informe_final():
    fabrica.convenio(fecha_firma=date(2020, 9, 30))
    fabrica.convenio(fecha_firma=date(2020, 10, 1))
    fabrica.convenio(fecha_firma=date(2022, 8, 31), ambito="internacional", gestion="acompanada")
    [tabla] = bloques("por_anio")
    assert tabla.filas == (
        ("2020 (octubre–diciembre)", 1, 0, 1, 1, Decimal("100.0")),
        ("2021", 0, 0, 0, 0, None),
        ("2022 (enero–agosto)", 0, 1, 1, 0, Decimal("0.0")),
    )
    assert tabla.totales == ("Total", 1, 1, 2, 1, Decimal("50.0"))
    [por_clase] = bloques("por_contraparte")
    assert [c.titulo for c in por_clase.columnas][1:4] == ["2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)"]
    assert por_clase.filas == (("Academia", 1, 0, 1, 2, Decimal("100.0")),)
    [cierres] = bloques("vigentes", por="anio")
    assert [(f[0], f[3]) for f in cierres.filas] == [("31/12/2020", 2), ("31/12/2021", 2), ("31/08/2022", 3)]
    [suyos] = bloques("por_anio", ambito="internacional")
    assert suyos.totales[3] == 1


def test_dias_de_las_dos_maneras():
    poblar(80, 5)
    assert len(bloques("dias_por_etapa", por="todo")) == 2
    [hasta_firmar] = bloques("dias_por_etapa", por="firma")
    assert hasta_firmar.columnas[0].titulo == "Año de firma"


def test_las_cifras_vivas():
    fabrica.convenio(fecha_firma=date(2021, 5, 1), gestion="propia")
    fabrica.convenio(fecha_firma=date(2021, 5, 1), gestion="acompanada", ambito="internacional")
    contexto, vacio = Contexto(MESES), Contexto(Periodo.anual(2019))
    de_la_unidad = CIFRAS["convenios.suscritos_de_la_unidad"].funcion
    assert (de_la_unidad(contexto), de_la_unidad(contexto, ambito="internacional"), de_la_unidad(vacio)) == (1, 0, 0)
    assert CIFRAS["convenios.porcentaje_de_la_unidad"].funcion(contexto) == Decimal("50.0")
    assert CIFRAS["convenios.vigentes"].funcion(contexto, ambito="nacional") == 1
    for clave in ("porcentaje_de_la_unidad", "dias_de_tramite"):
        with pytest.raises(ValueError, match=r"ninguno|no consta"):
            CIFRAS[f"convenios.{clave}"].funcion(vacio)
    with pytest.raises(ValueError, match="«local» no vale como ambito"):
        de_la_unidad(contexto, ambito="local")
    convenio = fabrica.convenio(fecha=date(2022, 1, 1))
    Convenio.objects.filter(pk=convenio.pk).update(etapa="suscrito", fecha_firma=date(2022, 1, 31))
    convenio.cambios.create(etapa="suscrito", fecha=date(2022, 1, 31))
    assert CIFRAS["convenios.dias_de_tramite"].funcion(contexto) == Decimal("30.0")


def test_el_verificador_no_halla_sumas_ni_porcentajes_mal():
    from informes.verificador.fragmentos import Fragmento
    from informes.verificador.reglas_de_tablas import Porcentajes, Totales

    poblar(150, 8)
    for periodo in (MESES, Periodo(date(2010, 1, 1), date(2026, 12, 31))):
        for clave in CLAVES:
            for parametros in ({}, {"por": "anio"}, {"por": "todo"}):
                if parametros and clave not in ("vigentes", "dias_por_etapa"):
                    continue
                if parametros.get("por") == ("todo" if clave == "vigentes" else "anio"):
                    continue
                for tabla in bloques(clave, periodo, **parametros):
                    fragmento = Fragmento.__new__(Fragmento)
                    revision = type("Revision", (), {"fragmentos": [fragmento]})()
                    object.__setattr__(fragmento, "bloque", tabla)
                    for regla in (Totales(), Porcentajes()):
                        regla.hallazgo = lambda fragmento, gravedad, que, *mas, **otros: que
                        assert list(regla.revisar(revision)) == [], (clave, parametros)


# -- la lista de suscritos -----------------------------------------------------


def test_suscritos_con_columnas_de_mas():
    area = directorio.area(siglas="UTAJ")
    fabrica.convenio(
        folio="A-1", areas=[area], fecha_firma=date(2021, 5, 1), vigencia="fecha", vigencia_hasta=date(2022, 5, 1)
    )
    [tabla] = bloques("suscritos", columnas=["vigencia", "areas", "folio", "tipo"])
    assert [c.titulo for c in tabla.columnas] == [
        "No.", "Folio", "Tipo", "Instrumento e institución", "Objeto", "Fecha de suscripción", "Área responsable",
        "Vigencia",
    ]  # fmt: skip
    assert tabla.filas[0][1:3] == ("A-1", "Apoyo y colaboración")
    assert tabla.filas[0][6:] == ("UTAJ", "Hasta el 1° de mayo de 2022")


def test_suscritos_por_anio_y_por_ambito():
    fabrica.convenio(fecha_firma=date(2020, 11, 1), titulo="Uno")
    fabrica.convenio(fecha_firma=date(2022, 1, 1), titulo="Dos", ambito="internacional", gestion="acompanada")

    def titulos(**parametros):
        return [b.texto for b in bloques("suscritos", **parametros) if isinstance(b, Titulo)]

    assert titulos(agrupar="anio") == ["2020 (octubre–diciembre)", "2022 (enero–agosto)"]
    assert titulos(agrupar="ambito") == ["Nacional", "Internacional"]
    assert titulos(agrupar="gestion") == ["Lo lleva la unidad", "Se acompaña a otra área"]
    assert titulos() == []
    tablas = [b for b in bloques("suscritos", agrupar="anio") if isinstance(b, Tabla)]
    assert [t.filas[0][0] for t in tablas] == [1, 1]
