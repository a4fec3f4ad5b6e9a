"""Lo que la matriz cuenta a un informe y a los avisos."""

import json
from datetime import date
from decimal import Decimal

import pytest

from programas.estados import EstadoDePrograma, Formula, Frecuencia, NivelMIR
from programas.estados import OrigenDeVariable as Origen
from programas.mir.secciones import bloques_indicadores, bloques_mir
from programas.models import Candado
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos
from vinculacion.nucleo.bloques import Tabla, Titulo, a_json, desde_json
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.secciones import SECCIONES, Contexto

pytestmark = pytest.mark.django_db
FIN = date(2021, 12, 31)


@pytest.fixture
def plan():
    return planes.programa(2021, "especifico", clave="pe-2021")


@pytest.fixture
def accion(plan):
    return planes.accion(planes.eje(plan), metas={1: 4, 2: 2})


def armar(clave, trimestre=4):
    bloques = SECCIONES[clave].bloques(Contexto(Trimestre(2021, trimestre).periodo), {"programa": "pe-2021"})
    assert desde_json(a_json(bloques)) == tuple(bloques)
    bloques = list(desde_json(json.loads(json.dumps(a_json(bloques)).replace("\\u00a0", " "))))
    for tabla in (b for b in bloques if isinstance(b, Tabla)):
        assert len(tabla.columnas) <= 7
        assert sum(c.ancho for c in tabla.columnas) == 100
    return bloques


def test_la_matriz_va_por_niveles_con_sus_variables_al_pie(plan, accion):
    recursos = fabrica.supuesto(plan, texto="Hay recursos")
    voluntad = fabrica.supuesto(plan, texto="No hay voluntad institucional.")
    actividad = fabrica.indicador(
        accion=accion, clave="A1", nombre="Eficacia", resumen="Difundir", supuestos=[recursos, voluntad],
        medios_verificacion="Informe",
    )  # fmt: skip
    fin = fabrica.indicador(
        plan, clave="F1", nivel=NivelMIR.FIN, nombre="Participación", resumen="Participan", formula=Formula.RAZON,
        frecuencia=Frecuencia.ANUAL,
        variables=[fabrica.logrado("N", Origen.DATO), fabrica.programado("D", Origen.FIJO, valor=100)],
    )  # fmt: skip
    titulo_fin, de_fin, titulo, tabla = armar("programas.mir")
    assert (titulo_fin, titulo) == (Titulo("Fin", nivel=3), Titulo("Actividad", nivel=3))
    assert tabla.filas == (
        (
            "Difundir",
            "A1 Eficacia",
            "Eficacia. Trimestral",
            "A = (L × Tp) / (M × Tr)",
            "Informe",
            "Hay recursos. No hay voluntad institucional.",
        ),
    )
    assert tabla.notas == ("A1: L = Variable L (avance de 1A); M = Variable M (meta de 1A).",)
    assert de_fin.filas[0][1:4] == ("F1 Participación", "Eficacia. Anual", "N / D")
    assert de_fin.notas == (
        "F1: N = Variable N (dato que se captura en cada periodo); D = Variable D (valor fijo: 100).",
    )
    assert (tabla.enlaces, de_fin.enlaces) == ((actividad.get_absolute_url(),), (fin.get_absolute_url(),))
    assert tabla.combinar == (0,)


def test_los_valores_del_periodo_del_informe_con_lo_acumulado_y_sus_explicaciones(plan, accion):
    indicador = fabrica.indicador(accion=accion, clave="A1", nombre="Eficacia")
    fabrica.explicacion(indicador, 1, causa="No hubo contraparte")
    planes.actividad(accion, el=date(2021, 2, 1), unidades=3)
    planes.actividad(accion, el=date(2021, 5, 1), unidades=3)
    (primero, explicaciones) = armar("programas.indicadores", 1)
    assert primero.filas == (
        (str(indicador), "Primer trimestre", "L = 3; M = 4", "Tp = 0.25; Tr = 0.25", Decimal("0.75"), 75, "Rezago"),
    )
    assert explicaciones.filas[0][1:3] == ("Primer trimestre", "No hubo contraparte")
    (segundo,) = armar("programas.indicadores", 2)
    assert [f[1:] for f in segundo.filas] == [
        ("Segundo trimestre", "L = 2; M = 2", "Tp = 0.25; Tr = 0.25", 1, 100, "En meta"),
        ("Acumulado", "L = 6; M = 6", "Tp = 0.5; Tr = 0.5", 1, 100, "En meta"),
    ]
    (tercero,) = armar("programas.indicadores", 3)
    assert tercero.filas[0][2:] == ("L = 0; M = 0", "Tp = 0.25; Tr = 0.25", None, None, "No programada")
    todo = bloques_indicadores(plan, FIN)[0]
    assert [f[1] for f in todo.filas] == [
        "Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre", "Acumulado",
    ]  # fmt: skip


def test_sin_indicadores_o_sin_periodos_concluidos_no_hay_bloques(plan, accion):
    assert armar("programas.mir") == armar("programas.indicadores") == []
    fabrica.indicador(accion=accion, frecuencia=Frecuencia.ANUAL)
    assert armar("programas.indicadores", 3) == []
    assert bloques_indicadores(plan, date(2020, 5, 1)) == []
    assert [f[1] for f in armar("programas.indicadores", 4)[0].filas] == ["Año"]


def test_un_informe_de_varios_anios_toma_lo_de_su_programa(plan, accion):
    fabrica.indicador(accion=accion)
    tabla = bloques_indicadores(plan, date(2022, 8, 31), date(2020, 10, 1))[0]
    assert len(tabla.filas) == 5


def test_bloques_con_consultas_fijas(plan, accion, django_assert_num_queries):
    fabrica.indicador(accion=accion)
    with django_assert_num_queries(9):
        bloques_mir(plan)
    for _ in range(10):
        fabrica.indicador(accion=accion, supuestos=[fabrica.supuesto(plan)])
    with django_assert_num_queries(9):
        bloques_mir(plan)


# -- avisos ------------------------------------------------------------------------
def mios(persona, fecha):
    return [a for a in avisos.reunir(persona, fecha) if a.clase == "Indicadores sin explicar"]


def test_avisa_una_vez_por_programa_a_quien_responde(plan, accion):
    direccion = con_papel(roles.DIRECCION)
    uno, otro = (fabrica.indicador(accion=accion, clave=clave) for clave in ("A1", "A2"))
    assert mios(direccion, date(2021, 3, 31)) == []  # todavía no termina
    (aviso,) = mios(direccion, date(2021, 4, 1))
    assert aviso.titulo == (
        "pe-2021: Dos resultados fuera del verde sin causa, acción y pronóstico: "
        "A1 (primer trimestre) y A2 (primer trimestre)"
    )
    assert aviso.url == f"/programas/{plan.pk}/mir/"
    fabrica.explicacion(uno)
    assert "Un resultado" in mios(direccion, date(2021, 4, 1))[0].titulo
    fabrica.explicacion(otro)
    assert mios(direccion, date(2021, 4, 1)) == []
    assert "Dos resultados" in mios(direccion, date(2022, 1, 10))[0].titulo  # los del segundo trimestre
    assert mios(direccion, date(2023, 1, 1)) == []
    Candado.objects.create(programa=plan, trimestre=2, razon="Informe aprobado")
    assert mios(direccion, date(2022, 1, 10)) == []  # ya se informó así
    Candado.objects.update(cerrado=False)
    assert len(mios(direccion, date(2022, 1, 10))) == 1
    for papel in (roles.CAPTURA, roles.CONSEJERIA, roles.AREA):
        assert mios(con_papel(papel), date(2022, 1, 10)) == []


def test_no_avisa_de_un_plan_sin_aprobar(plan, accion):
    fabrica.indicador(accion=accion)
    type(plan).objects.update(estado=EstadoDePrograma.BORRADOR)
    assert mios(con_papel(roles.DIRECCION), date(2021, 4, 1)) == []
