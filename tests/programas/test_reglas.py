"""Las preguntas puras de planes y bitácora: qué impide qué, y con qué razón."""

from datetime import date

import pytest

from programas import reglas
from programas.estados import EstadoDeActividad, EstadoDePrograma
from programas.models import Accion, Actividad, Eje, Programa
from tests.fabricas import diagnostico as fabrica_diagnostico
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

HOY = date(2020, 12, 31)


def sin_guardar(inicio: date, fin: date | None = None, anio: int = 2020) -> Actividad:
    accion = Accion(eje=Eje(programa=Programa(anio=anio)))
    return Actividad(accion=accion, fecha_inicio=inicio, fecha_fin=fin or inicio)


@pytest.mark.parametrize(
    ("inicio", "fin", "campo", "razon"),
    [
        (date(2020, 10, 5), None, None, ""),
        (date(2020, 10, 19), date(2020, 11, 22), None, ""),
        (date(2019, 12, 28), date(2020, 1, 3), None, ""),  # cuenta cuando concluye
        (date(2012, 10, 5), None, "fecha_inicio", "Concluye en 2012"),
        (date(2019, 12, 1), date(2019, 12, 2), "fecha_fin", "Concluye en 2019"),
        (date(2021, 1, 1), None, "fecha_inicio", "todavía no llega"),
        (date(2020, 12, 30), date(2021, 1, 4), "fecha_fin", "todavía no llega"),
    ],
)
def test_la_bitacora_guarda_hechos_del_anio_de_su_programa(inicio, fin, campo, razon):
    errores = reglas.impedimentos_de_fecha(sin_guardar(inicio, fin), HOY)
    assert list(errores) == ([campo] if campo else [])
    assert not campo or razon in errores[campo]


@pytest.mark.parametrize(
    ("uno", "otro", "iguales"),
    [
        ("Plática en la UACM: derecho electoral", "Platica en la UACM, Derecho Electoral", True),
        ("Reunión de trabajo con la Red", "Reunión de trabajo con la Red.", True),
        ("Curso de observación electoral", "Observación electoral, curso de", True),
        ("Plática en la UACM", "Presentación del libro de la Red", False),
        ("Nota internacional", "Noticias de la semana", False),
    ],
)
def test_dos_titulos_parecidos_pueden_ser_el_mismo_hecho(uno, otro, iguales):
    assert reglas.mismo_hecho(uno, otro) is iguales


@pytest.mark.django_db
def test_aprobar_pide_todo_junto():
    programa = fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR)
    assert reglas.impedimentos_para_aprobar(programa) == ["No tiene acciones."]
    eje = fabrica.eje(programa)
    fabrica.eje(programa, nombre="Vacío")
    fabrica.accion(eje)
    con_meses, con_metas = fabrica.accion(eje, meses=[1, 2]), fabrica.accion(eje, metas={1: 0})
    assert reglas.impedimentos_para_aprobar(programa) == [
        "El eje «2. Vacío» no tiene acciones.",
        "La acción 1A no tiene metas ni meses.",
    ]
    assert con_meses.programado is None
    assert con_metas.programado == 0


@pytest.mark.django_db
def test_cerrar_pide_que_el_anio_termine_y_que_nada_quede_por_validar():
    programa = fabrica.programa(2020)
    actividad = fabrica.actividad(fabrica.accion(fabrica.eje(programa)))
    assert reglas.impedimentos_para_cerrar(programa, date(2020, 12, 31)) == [
        "El año 2020 todavía no termina.",
        "Quedan actividades por validar: 1.",
    ]
    actividad.estado = EstadoDeActividad.VALIDADA
    actividad.save()
    assert reglas.impedimentos_para_cerrar(programa, date(2021, 1, 1)) == []
    programa.estado = EstadoDePrograma.BORRADOR
    assert reglas.impedimentos_para_cerrar(programa, date(2021, 1, 1)) == ["Sólo se cierra un programa aprobado."]


@pytest.mark.django_db
def test_lo_validado_lo_cambia_quien_puede_validar_y_no_lo_borra_nadie():
    captura, direccion = con_papel(roles.CAPTURA), con_papel(roles.DIRECCION)
    actividad = fabrica.actividad(por=captura)
    for persona in (captura, direccion, None):
        assert reglas.impedimentos_para_editar_actividad(actividad, persona) == []
        assert reglas.impedimentos_para_eliminar_actividad(actividad, persona) == []
    actividad.estado = EstadoDeActividad.VALIDADA
    assert reglas.impedimentos_para_editar_actividad(actividad, direccion) == []
    for persona in (captura, None):
        assert "ya está validada" in reglas.impedimentos_para_editar_actividad(actividad, persona)[0]
    for persona in (captura, direccion, None):
        assert "está validada" in reglas.impedimentos_para_eliminar_actividad(actividad, persona)[0]


@pytest.mark.django_db
def test_un_programa_cerrado_no_se_toca():
    programa = fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR)
    accion = fabrica.accion(fabrica.eje(programa))
    programa.estado = EstadoDePrograma.CERRADO
    accion.eje.programa = programa
    assert "cerrado" in reglas.impedimentos_para_planear(programa)[0]
    assert "cerrado" in reglas.impedimentos_para_capturar(accion)[0]


@pytest.mark.django_db
def test_lo_que_cuelga_se_cuenta_en_buen_espanol():
    programa = fabrica.programa()
    for _ in range(2):
        fabrica_diagnostico.involucramiento(programa)
    assert any(f.startswith("Dependen de aquí 2 involucramientos: «") for f in reglas.cuelgan_de(programa))
