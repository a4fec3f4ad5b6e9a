"""El árbol de apartados: numerarlo, moverlo y copiarlo sin perder nada."""

import pytest
from django.core.exceptions import ValidationError

from informes import acciones, arbol
from informes.estados import EstadoDeInforme, Numeracion
from informes.models import Apartado, UsoDeSeccion
from tests.fabricas import informes as fabrica

pytestmark = pytest.mark.django_db


def dibujo(documento) -> list[str]:
    return [f"{'-' * (n.nivel - 1)}{n.numero} {n.apartado.titulo}".strip() for n in arbol.en_orden(documento)]


@pytest.fixture
def plantilla():
    plantilla = fabrica.plantilla(titulos=())
    fabrica.apartado(plantilla, "Introducción", numeracion=Numeracion.NINGUNA)
    uno = fabrica.apartado(plantilla, "Sesiones", numeracion=Numeracion.ROMANO)
    dos = fabrica.apartado(plantilla, "Resultados", numeracion=Numeracion.ROMANO)
    rubro = fabrica.apartado(plantilla, "INE", dos)
    for titulo in ("Convenio", "Notas"):
        fabrica.apartado(plantilla, titulo, rubro, numeracion=Numeracion.MAYUSCULA)
    acciones.guardar_uso(uso=UsoDeSeccion(apartado=uno, seccion="comision.asistencia", titulo="Asistencia"), por=None)
    return plantilla


def uno(documento, titulo) -> Apartado:
    return documento.apartados.get(titulo=titulo)


def test_numera_por_hermanos(plantilla):
    assert dibujo(plantilla) == [
        "Introducción",
        "I Sesiones",
        "II Resultados",
        "-1 INE",
        "--A) Convenio",
        "--B) Notas",
    ]


@pytest.mark.parametrize(
    ("titulo", "hacia", "esperado"),
    [
        ("Notas", "sube", ["Introducción", "I Sesiones", "II Resultados", "-1 INE", "--A) Notas", "--B) Convenio"]),
        ("Sesiones", "baja", ["Introducción", "I Resultados", "-1 INE", "--A) Convenio", "--B) Notas", "II Sesiones"]),
        ("Notas", "saca", ["Introducción", "I Sesiones", "II Resultados", "-1 INE", "--A) Convenio", "-A) Notas"]),
        (
            "Resultados",
            "mete",
            ["Introducción", "I Sesiones", "-I Resultados", "--1 INE", "---A) Convenio", "---B) Notas"],
        ),
    ],
)
def test_mueve(plantilla, titulo, hacia, esperado):
    arbol.mover(uno(plantilla, titulo), hacia)
    assert dibujo(plantilla) == esperado


@pytest.mark.parametrize(
    ("titulo", "hacia"),
    [("Introducción", "sube"), ("Resultados", "baja"), ("Introducción", "saca"), ("Convenio", "mete"), ("INE", "nada")],
)
def test_no_se_mueve_adonde_no_hay(plantilla, titulo, hacia):
    antes = dibujo(plantilla)
    with pytest.raises(ValidationError):
        arbol.mover(uno(plantilla, titulo), hacia)
    assert dibujo(plantilla) == antes


def test_no_pasa_de_los_niveles_que_word_distingue(plantilla):
    padre = uno(plantilla, "Notas")
    for nivel in range(4, 10):
        padre = fabrica.apartado(plantilla, f"Nivel {nivel}", padre)
    with pytest.raises(ValidationError, match="9 niveles"):
        fabrica.apartado(plantilla, "Nivel 10", padre)


def test_un_informe_nace_con_copia_independiente(plantilla):
    informe = fabrica.informe(plantilla)
    assert dibujo(informe) == dibujo(plantilla)
    assert uno(informe, "Sesiones").secciones.get().titulo == "Asistencia"
    acciones.quitar_apartado(apartado=uno(informe, "Resultados"), por=None)
    assert "II Resultados" in dibujo(plantilla)
    assert dibujo(informe) == ["Introducción", "I Sesiones"]


def test_un_informe_aprobado_ya_no_se_edita(plantilla):
    informe = fabrica.informe(plantilla)
    informe.estado = EstadoDeInforme.APROBADO
    informe.save()
    apartado = uno(informe, "Sesiones")
    for escribir in (
        lambda: acciones.guardar_informe(informe=informe, por=None),
        lambda: acciones.guardar_apartado(apartado=apartado, por=None),
        lambda: acciones.quitar_apartado(apartado=apartado, por=None),
        lambda: acciones.mover_apartado(apartado=apartado, hacia="sube", por=None),
        lambda: acciones.guardar_uso(uso=apartado.secciones.get(), por=None),
        lambda: acciones.quitar_uso(uso=apartado.secciones.get(), por=None),
    ):
        with pytest.raises(ValidationError, match="aprobado"):
            escribir()


def test_para_aprobar_se_dice_junto_todo_lo_que_falta(plantilla):
    informe = fabrica.informe(plantilla, estado=EstadoDeInforme.PRESENTADO)
    with pytest.raises(ValidationError) as error:
        acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.APROBADO, por=None)
    assert error.value.messages == [
        "Falta el punto de la sesión en que se presenta.",
        "Falta el acuerdo que lo aprueba.",
    ]


def test_no_se_salta_estados(plantilla):
    informe = fabrica.informe(plantilla)
    with pytest.raises(ValidationError, match="no se pasa"):
        acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.APROBADO, por=None)


def test_leer_el_arbol_no_depende_de_cuantos_apartados(plantilla, django_assert_num_queries):
    with django_assert_num_queries(3):
        arbol.en_orden(plantilla)
    for numero in range(20):
        fabrica.apartado(plantilla, f"Otro {numero}")
    with django_assert_num_queries(3):
        arbol.en_orden(plantilla)


def test_quien_espero_el_candado_ve_lo_que_otra_persona_movio(plantilla):
    sesiones, resultados = uno(plantilla, "Sesiones"), uno(plantilla, "Resultados")
    rezagado, referencia = uno(plantilla, "Resultados"), uno(plantilla, "Sesiones")
    arbol.colocar(sesiones, arbol.DENTRO, resultados)
    with pytest.raises(ValidationError, match="dentro de sí mismo"):
        arbol.colocar(rezagado, arbol.DENTRO, referencia)
    arbol.mover(referencia, "saca")
    assert dibujo(plantilla)[-1] == "II Sesiones"
    acciones.quitar_apartado(apartado=uno(plantilla, "Sesiones"), por=None)
    with pytest.raises(ValidationError, match="ya no existe"):
        arbol.mover(referencia, "sube")
