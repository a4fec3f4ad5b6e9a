"""Lo que la bitácora y los planes cuentan a un informe."""

from dataclasses import replace
from datetime import date, time

import pytest
from django import forms

from informes.estructura.presentacion import aplicar
from programas import acciones
from programas.consultas import hay_registros
from programas.estados import ColumnaDeActividad
from programas.secciones import aviso_sin_actividades
from tests.fabricas import programas as fabrica
from tests.fabricas.directorio import organismo
from vinculacion.directorio.models import NombreDeOrganismo
from vinculacion.nucleo.bloques import Lista, Parrafo, Tabla, a_json, desde_json
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
CUARTO = Contexto(Trimestre(2020, 4).periodo)


@pytest.fixture
def plan():
    return fabrica.programa(2020, clave="pat-2020")


@pytest.fixture
def accion(plan):
    return fabrica.accion(fabrica.eje(plan), metas={4: 3})


def armar(contexto=CUARTO, clave="programas.actividades", **parametros):
    return SECCIONES[clave].bloques(contexto, parametros)


def tabla(**parametros) -> Tabla:
    (unica,) = armar(**parametros)
    assert isinstance(unica, Tabla)
    assert desde_json(a_json([unica])) == (unica,)
    return unica


def elegidas(*columnas: str, contexto=CUARTO, **mas) -> Tabla:
    """La tabla completa, con las columnas que un informe elegiría."""
    parametros = {k: mas.pop(k) for k in ("accion", "tipo") if k in mas}
    (unica,) = armar(replace(contexto, completo=True), **parametros)
    titulos = [str(ColumnaDeActividad(c).label) for c in columnas]
    (puesta,) = aplicar([unica], {"columnas": [{"titulo": t} for t in titulos], **mas})
    assert isinstance(puesta, Tabla)
    return puesta


def celdas(t: Tabla, columna: int) -> list:
    return [fila[columna] for fila in t.filas]


def test_la_tabla_lleva_las_columnas_pedidas_en_su_orden_con_fechas_de_verdad(accion):
    curso = fabrica.tipo(clave="curso")
    suelta = fabrica.actividad(accion, titulo="Dos días", tipo=curso, fechas_sueltas=["2020-12-07", "2020-12-09"])
    rango = fabrica.actividad(
        accion, titulo="Un mes", tipo=curso, el=date(2020, 10, 19), fecha_fin=date(2020, 11, 22),
        hora_inicio=time(10), hora_fin=time(12, 30), mujeres=10, hombres=6, modalidad="virtual",
        lugar="Sede", ciudad="Puebla", pais="ES",
    )  # fmt: skip
    fabrica.actividad(accion, titulo="Un día", tipo=curso, el=date(2020, 10, 1))
    t = elegidas(
        "numero", "fecha", "titulo", "horario", "modalidad", "lugar", "asistencia", accion="pat-2020:1A", tipo="curso"
    )
    titulos = ["No.", "Fecha", "Actividad", "Horario", "Modalidad", "Lugar", "Asistentes"]
    assert [c.titulo for c in t.columnas] == titulos
    assert celdas(t, 0) == [1, 2, 3]
    assert celdas(t, 1) == [
        date(2020, 10, 1),
        "Lunes 19 de octubre al domingo 22 de noviembre de 2020",
        "Lunes 7 y miércoles 9 de diciembre de 2020",
    ]
    assert t.filas[1][2:] == ("Un mes", "10:00 a 12:30 horas", "Virtual", "Sede, Puebla, España", 16)
    assert t.filas[0][6] is None
    assert t.enlaces[1:] == (rango.get_absolute_url(), suelta.get_absolute_url())


def test_sin_columnas_usa_las_del_tipo(accion):
    fabrica.actividad(accion, tipo=fabrica.tipo(clave="nota", columnas=["titulo", "fecha"]))
    assert [c.titulo for c in tabla(accion="pat-2020:1A").columnas] == ["Actividad", "Fecha"]
    fabrica.actividad(accion, tipo=fabrica.tipo(clave="otra", columnas=["organo"]))
    assert [c.titulo for c in tabla(accion="pat-2020:1A").columnas] == ["No.", "Fecha", "Actividad"]


def test_ordenada_por_organo_no_repite_el_nombre_y_numera_seguido(accion):
    local, nacional = organismo(nombre="Órgano local"), organismo(nombre="Comisión nacional")
    for organo, dia in ((local, 3), (nacional, 4), (local, 1)):
        fabrica.actividad(accion, el=date(2020, 11, dia), organo=organo)
    junta = {"orden": [{"columna": "Órgano"}], "combinar": ["Órgano"]}
    t = elegidas("numero", "fecha", "organo", accion="pat-2020:1A", **junta)
    assert celdas(t, 2) == ["Comisión nacional", "Órgano local", "Órgano local"]
    assert celdas(t, 1) == [date(2020, 11, 4), date(2020, 11, 1), date(2020, 11, 3)]
    assert (celdas(t, 0), t.combinar) == ([1, 2, 3], (2,))


def test_las_unidades_suman_y_los_organismos_llevan_el_nombre_de_entonces(accion):
    escuela = organismo(nombre="Universidad nueva")
    NombreDeOrganismo.objects.create(organismo=escuela, nombre="Universidad vieja", hasta=date(2021, 1, 1))
    fabrica.actividad(accion, unidades=20, organismos=[escuela])
    fabrica.actividad(accion, unidades=35, cifras={"Vistas": 1765})
    t = elegidas("numero", "titulo", "organismos", "cifras", "unidades", accion="pat-2020:1A")
    assert t.totales == ("", "Total", "", "", 55)
    assert celdas(t, 2) == ["Universidad vieja", ""]
    assert celdas(t, 3) == ["", "Vistas: 1,765"]


def test_lista_y_parrafos(accion):
    fabrica.actividad(
        accion, titulo="Foro", objetivo="Compartir experiencias.", mujeres=1500, organismos=[organismo(nombre="La Red")]
    )
    frase = "Foro: lunes 5 de octubre de 2020, con La Red, 1,500 asistentes. Compartir experiencias."
    assert armar(accion="pat-2020:1A", formato="lista", numerar=True) == [Lista((frase,), ordenada=True)]
    assert armar(accion="pat-2020:1A", formato="parrafos") == [Parrafo(frase)]


def test_por_varias_acciones(accion):
    otra = fabrica.accion(accion.eje)
    fabrica.actividad(accion, titulo="Zapoteca", el=date(2020, 10, 1))
    fabrica.actividad(otra, titulo="Ámbito", el=date(2020, 10, 2))
    for claves in (["pat-2020:1A", "pat-2020:1B"], "pat-2020:1A, pat-2020:1B"):
        assert celdas(elegidas("titulo", accion=claves), 0) == ["Zapoteca", "Ámbito"]


def test_lo_de_fuera_y_lo_rechazado_no_sale_y_sin_filas_no_hay_bloques(accion):
    fabrica.actividad(accion, el=date(2020, 9, 30))
    acciones.rechazar_actividad(actividad=fabrica.actividad(accion), razon="No", por=None)
    for formato in ("tabla", "lista", "parrafos"):
        assert armar(accion="pat-2020:1A", formato=formato) == []


@pytest.mark.parametrize(
    ("parametros", "mensaje"),
    [
        ({"accion": "pat-2020:9Z"}, "No existe la acción «pat-2020:9Z»"),
        ({"tipo": "inventado"}, "inventado"),
    ],
)
def test_un_parametro_que_no_vale_lo_dice(plan, parametros, mensaje):
    with pytest.raises(forms.ValidationError, match=mensaje):
        armar(**parametros)


def test_avance_del_periodo_y_acumulado(plan, accion):
    fabrica.fijar_metas(accion, {1: 2, 4: 3})
    fabrica.actividad(accion, el=date(2020, 2, 1))
    fabrica.actividad(accion, el=date(2020, 11, 1), unidades=4)
    t = armar(clave="programas.avance", programa="pat-2020")[0]
    assert t.filas == ((str(accion.eje), str(accion), "Actividad", 3, 4, 1, 5, 5),)
    assert sum(columna.ancho for columna in t.columnas) == 100
    por_trimestre = armar(clave="programas.avance", programa="pat-2020", corte="trimestres")[0]
    assert por_trimestre.filas[0][1:] == ("1 de 2", "0 de 0", "0 de 0", "4 de 3", "5 de 5")
    mayo = armar(Contexto(Periodo(date(2020, 4, 1), date(2020, 5, 31))), clave="programas.avance", programa="pat-2020")
    assert mayo[0].filas[0][3:] == (0, 0, 0, 2, 1)
    hasta_junio = armar(
        Contexto(Periodo(date(2020, 4, 1), date(2020, 6, 30))),
        clave="programas.avance",
        programa="pat-2020",
        corte="trimestres",
    )
    assert hasta_junio[0].filas[0][1:] == ("1 de 2", "0 de 0", "0 de 0", "0 de 3", "1 de 5")  # lo posterior no cuenta
    assert armar(clave="programas.avance", programa="pat-2020", eje=7) == []
    assert armar(Contexto(Periodo.anual(2019)), clave="programas.avance", programa="pat-2020") == []


def test_lo_que_un_apartado_dice_solo(accion):
    assert not hay_registros(accion, CUARTO.periodo)
    assert aviso_sin_actividades(accion, CUARTO).texto == "No se reportan actividades en el periodo."
    fabrica.fijar_metas(accion, {1: 1, 4: 0})
    fabrica.actividad(accion, el=date(2020, 2, 1))
    assert aviso_sin_actividades(accion, CUARTO).texto == ("La meta anual se cumplió en el primer trimestre de 2020.")
    fabrica.actividad(accion, unidades=0)
    assert hay_registros(accion, CUARTO.periodo)  # no suma unidades, pero hay qué enlistar


def test_cifras_vivas(plan, accion):
    curso = fabrica.tipo(clave="curso")
    organo = organismo()
    fabrica.actividad(accion, tipo=curso, mujeres=60, hombres=50, organo=organo, cifras={"Inscritas": 46})
    fabrica.actividad(accion, unidades=20, organismos=[organo, organismo()], organo=organo)
    esperado = {"actividades": 2, "unidades": 21, "asistentes": 110, "organismos": 2, "organos": 1}
    for clave, valor in esperado.items():
        cifra = CIFRAS[f"programas.{clave}"]
        assert cifra.funcion(CUARTO, accion="pat-2020:1A") == valor, clave
        assert cifra.singular
        assert cifra.plural
    assert CIFRAS["programas.unidades"].funcion(CUARTO, accion="pat-2020:1A", tipo="curso") == 1
    assert CIFRAS["programas.cifra"].funcion(CUARTO, accion="pat-2020:1A", etiqueta="Inscritas") == 46
    assert CIFRAS["programas.actividades"].genero == "f"
    for clave in ("actividades", "unidades", "asistentes"):
        with pytest.raises(forms.ValidationError, match="9Z"):
            CIFRAS[f"programas.{clave}"].funcion(CUARTO, accion="pat-2020:9Z")


def test_por_anio_cruza_los_organos_con_los_anios_del_periodo():
    acciones_de = {anio: fabrica.accion(fabrica.eje(fabrica.programa(anio))) for anio in (2020, 2021)}
    dos_anios = Contexto(Periodo(date(2020, 10, 1), date(2021, 3, 31)))
    nota = fabrica.tipo(nombre="Nota")
    uno, otro = organismo(nombre="Consejo General"), organismo(nombre="Comisión de Vinculación")
    for organo, el, unidades in (
        (uno, date(2020, 10, 5), 2),
        (uno, date(2021, 1, 8), 1),
        (otro, date(2020, 12, 31), 3),
        (uno, date(2021, 4, 1), 9),
        (None, date(2020, 11, 3), 5),
    ):
        fabrica.actividad(acciones_de[el.year], tipo=nota, organo=organo, el=el, unidades=unidades)
    (tabla,) = armar(dos_anios, "programas.por_anio", renglones="organo")
    assert tabla.filas == (("Comisión de Vinculación", 3, 0, 3), ("Consejo General", 2, 1, 3))
    assert tabla.totales == ("Total", 5, 1, 6)
    (por_tipo,) = armar(dos_anios, "programas.por_anio", renglones="tipo")
    assert por_tipo.filas == (("Nota", 10, 1, 11),)
    assert armar(Contexto(Trimestre(2019, 1).periodo), "programas.por_anio", renglones="tipo") == []
