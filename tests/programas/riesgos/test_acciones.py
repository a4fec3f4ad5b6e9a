"""Lo que se puede escribir de un riesgo, y lo que no."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from programas.estados import EstadoDePrograma
from programas.metas.reglas import por_que_cerrado
from programas.models import Candado, Riesgo, SeguimientoDeRiesgo, Supuesto, Tratamiento
from programas.riesgos import acciones, reglas
from tests.fabricas import programas as de_programas
from tests.fabricas import riesgos as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


def errores(caso, **datos) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as info:
        caso(**datos)
    error = info.value
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}


def cerrar(programa):
    programa.estado = EstadoDePrograma.CERRADO
    programa.save()


# -- riesgos ------------------------------------------------------------------------
def test_el_residual_lleva_probabilidad_e_impacto():
    assert "impacto_residual" in errores(fabrica.riesgo, probabilidad_residual=1)
    assert "probabilidad_residual" in errores(fabrica.riesgo, impacto_residual=1)


@pytest.mark.parametrize("campo", ["probabilidad", "impacto", "probabilidad_residual", "impacto_residual"])
@pytest.mark.parametrize("valor", [0, 4, 10**9])
def test_la_escala_es_de_1_a_3(campo, valor):
    otro = "impacto_residual" if campo == "probabilidad_residual" else "probabilidad_residual"
    datos = {otro: 1} if "residual" in campo else {}
    assert campo in errores(fabrica.riesgo, **datos, **{campo: valor})
    assert not Riesgo.objects.exists()


def test_no_hay_dos_con_el_mismo_numero():
    primero = fabrica.riesgo()
    assert errores(fabrica.riesgo, de=primero.programa, numero=primero.numero)["__all__"] == [
        "Ya hay un riesgo con ese número en el programa."
    ]


def test_amenaza_solo_a_lo_de_su_programa():
    programa, otro = de_programas.programa(2021), de_programas.programa(2021)
    accion, ajena = (de_programas.accion(de_programas.eje(p)) for p in (programa, otro))
    supuesto, ajeno = (Supuesto.objects.create(programa=p, clave="S1", texto="Presupuesto") for p in (programa, otro))
    riesgo = fabrica.riesgo(programa, acciones_=[accion], supuestos=[supuesto])
    assert (list(riesgo.acciones.all()), list(riesgo.supuestos.all())) == ([accion], [supuesto])
    hallados = errores(fabrica.riesgo, de=programa, acciones_=[accion, ajena], supuestos=[ajeno])
    assert hallados == {
        "acciones": [f"«{ajena.clave}» es de otro programa."],
        "supuestos": ["«S1» es de otro programa."],
    }
    assert programa.riesgos.count() == 1


def test_no_se_pasa_a_otro_programa():
    riesgo = fabrica.riesgo()
    riesgo.programa = de_programas.programa(2021)
    assert "programa" in errores(acciones.guardar_riesgo, riesgo=riesgo, por=None)


def test_queda_en_la_historia_quien_y_lo_que_no_se_da_no_se_toca():
    direccion = con_papel(roles.DIRECCION)
    accion = de_programas.accion(de_programas.eje(de_programas.programa(2021)))
    riesgo = fabrica.riesgo(accion.eje.programa, acciones_=[accion])
    riesgo.nombre = "Otro nombre"
    acciones.guardar_riesgo(riesgo=riesgo, por=direccion)
    assert riesgo.history.first().history_user == direccion
    assert list(riesgo.acciones.all()) == [accion]


def test_un_residual_mayor_que_el_inicial_se_advierte_y_se_guarda():
    riesgo = fabrica.riesgo(probabilidad=1, impacto=1, probabilidad_residual=2, impacto_residual=3)
    (duda,) = reglas.advertencias_de_riesgo(riesgo)
    assert "residual (6, alto) es mayor que el inicial (1, bajo)" in duda
    assert not reglas.advertencias_de_riesgo(fabrica.riesgo(probabilidad_residual=1, impacto_residual=1))


# -- tratamientos ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("datos", "campo", "mensaje"),
    [
        ({"inicio": date(2021, 5, 2), "termino": date(2021, 5, 1)}, "termino", "Termina antes de empezar."),
        ({"estado": "concluido"}, "concluido_el", "Diga cuándo se concluyó."),
        ({"concluido_el": date(2021, 3, 1)}, "concluido_el", "Sólo un tratamiento concluido lleva esta fecha."),
        ({"estado": "concluido", "concluido_el": date(2020, 12, 31)}, "concluido_el", "Es anterior al inicio."),
        ({"estado": "concluido", "concluido_el": date(2199, 1, 1)}, "concluido_el", "Esa fecha todavía no llega."),
        ({"estado": "en_pausa"}, "estado", None),
        ({"descripcion": ""}, "descripcion", None),
    ],
)
def test_un_tratamiento_que_no_puede_ser(datos, campo, mensaje):
    hallados = errores(fabrica.tratamiento, **datos)
    assert list(hallados) == [campo]
    assert mensaje is None or hallados[campo] == [mensaje]
    assert not Tratamiento.objects.exists()


def test_un_tratamiento_no_se_pasa_a_otro_riesgo():
    tratamiento = fabrica.tratamiento()
    tratamiento.riesgo = fabrica.riesgo()
    assert "riesgo" in errores(acciones.guardar_tratamiento, tratamiento=tratamiento, por=None)


# -- seguimiento ----------------------------------------------------------------------
@time_machine.travel("2021-05-10 12:00-06:00")
def test_no_hay_nota_de_un_trimestre_que_no_empieza():
    riesgo = fabrica.riesgo()
    assert fabrica.seguimiento(riesgo, 2).pk
    assert errores(fabrica.seguimiento, de=riesgo, trimestre=3)["trimestre"] == [
        "El tercer trimestre de 2021 todavía no empieza."
    ]


def test_una_nota_por_trimestre_y_trimestres_de_1_a_4():
    riesgo = fabrica.riesgo()
    fabrica.seguimiento(riesgo, 1)
    assert errores(fabrica.seguimiento, de=riesgo, trimestre=1)["__all__"] == ["Ese trimestre ya tiene su nota."]
    assert "trimestre" in errores(fabrica.seguimiento, de=riesgo, trimestre=5)
    assert "impacto" in errores(fabrica.seguimiento, de=riesgo, trimestre=2, probabilidad=1)


def test_en_un_trimestre_cerrado_no_se_escribe_ni_se_borra():
    nota = fabrica.seguimiento(trimestre=1)
    programa = nota.riesgo.programa
    candado = Candado.objects.create(programa=programa, trimestre=1, razon="Informe del 1T")
    cerrado = [por_que_cerrado(candado)]
    nota.nota = "Otra"
    assert errores(acciones.guardar_seguimiento, seguimiento=nota, por=None)["trimestre"] == cerrado
    nota.trimestre = 2  # tampoco se saca de él
    assert errores(acciones.guardar_seguimiento, seguimiento=nota, por=None)["trimestre"] == cerrado
    nota.refresh_from_db()
    assert errores(acciones.eliminar, registro=nota, por=None)["__all__"] == cerrado
    assert errores(fabrica.seguimiento, trimestre=1, de=fabrica.riesgo(programa))["trimestre"] == cerrado
    candado.cerrado = False
    candado.save()
    acciones.eliminar(registro=nota, por=None)
    assert not SeguimientoDeRiesgo.objects.exists()


# -- borrar y plan cerrado ----------------------------------------------------------------
def test_un_riesgo_con_algo_no_se_borra_y_dice_que():
    riesgo = fabrica.riesgo()
    fabrica.tratamiento(riesgo)
    fabrica.seguimiento(riesgo, 1)
    fabrica.seguimiento(riesgo, 2)
    assert errores(acciones.eliminar, registro=riesgo, por=None)["__all__"] == [
        "Tiene un tratamiento: 1.1.",
        "Tiene notas de seguimiento: 1T y 2T.",
    ]
    for hijo in (*riesgo.tratamientos.all(), *riesgo.seguimientos.all(), riesgo):
        acciones.eliminar(registro=hijo, por=None)
    assert not Riesgo.objects.exists()


def test_en_un_plan_cerrado_no_se_escribe_nada():
    riesgo = fabrica.riesgo()
    tratamiento, nota = fabrica.tratamiento(riesgo), fabrica.seguimiento(riesgo, 1)
    cerrar(riesgo.programa)
    for accion, argumento, registro in (
        (acciones.guardar_riesgo, "riesgo", riesgo),
        (acciones.guardar_tratamiento, "tratamiento", tratamiento),
        (acciones.guardar_seguimiento, "seguimiento", nota),
        *((acciones.eliminar, "registro", r) for r in (riesgo, tratamiento, nota)),
    ):
        registro.refresh_from_db()
        (razon,) = errores(accion, **{argumento: registro}, por=None)["__all__"]
        assert "está cerrado" in razon
