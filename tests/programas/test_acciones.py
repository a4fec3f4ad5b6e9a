"""Las escrituras: con quién, con qué historia y qué no dejan hacer."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from programas import acciones
from programas.estados import EstadoDeActividad, EstadoDePrograma
from programas.models import META_MAXIMA, Accion, Actividad, Eje, Meta, Programa
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import organismo
from vinculacion.cuentas import roles
from vinculacion.nucleo.evidencia import almacen

pytestmark = pytest.mark.django_db


@pytest.fixture
def captura():
    return con_papel(roles.CAPTURA)


@pytest.fixture
def direccion():
    return con_papel(roles.DIRECCION)


def nueva(accion: Accion | None = None, **datos) -> Actividad:
    base = {"titulo": "Plática", "fecha_inicio": date(2020, 10, 5), "tipo": fabrica.tipo()}
    return Actividad(accion=accion or fabrica.accion(), **{**base, **datos})


# -- planes ----------------------------------------------------------------------
def test_fijar_metas_pone_cambia_y_quita_y_deja_historia(direccion):
    accion = fabrica.en_planeacion()
    acciones.fijar_metas(accion=accion, metas={1: 5, 2: 0, 3: None}, por=direccion)
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {1: 5, 2: 0}
    acciones.fijar_metas(accion=accion, metas={1: 5, 2: 7}, por=direccion)
    acciones.fijar_metas(accion=accion, metas={1: None}, por=direccion)
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {2: 7}
    pasos = Meta.history.order_by("history_id").values_list("history_type", "trimestre", "cantidad")
    assert list(pasos) == [("+", 1, 5), ("+", 2, 0), ("~", 2, 7), ("-", 1, 5)]
    assert set(Meta.history.values_list("history_user", flat=True)) == {direccion.pk}


@pytest.mark.parametrize("cantidad", [-3, 10**9, META_MAXIMA + 1])
def test_una_meta_imposible_no_cambia_nada(cantidad):
    accion = fabrica.accion(metas={1: 4})
    with pytest.raises(ValidationError) as error:
        acciones.fijar_metas(accion=accion, metas={1: 9, 2: cantidad}, por=None)
    assert "meta_2" in error.value.error_dict
    assert accion.metas.get().cantidad == 4


def test_una_accion_con_registros_no_cambia_de_eje(direccion):
    accion = fabrica.accion()
    otro = fabrica.eje(accion.eje.programa)
    accion.eje = otro
    acciones.guardar_accion(accion=accion, por=direccion)  # sin registros sí
    fabrica.actividad(accion)
    accion.eje = fabrica.eje(otro.programa)
    with pytest.raises(ValidationError) as error:
        acciones.guardar_accion(accion=accion, por=direccion)
    assert "eje" in error.value.error_dict
    assert Accion.objects.get(pk=accion.pk).eje == otro


def test_un_eje_con_acciones_no_cambia_de_programa():
    eje = fabrica.accion().eje
    eje.programa = fabrica.programa(2020)
    with pytest.raises(ValidationError, match="otro programa"):
        acciones.guardar_eje(eje=eje, por=None)


def test_se_alinea_con_el_otro_plan_del_mismo_anio():
    pat, especifico, viejo = fabrica.programa(2020), fabrica.programa(2020, "especifico"), fabrica.programa(2019)
    una, hermana = fabrica.accion(fabrica.eje(pat)), fabrica.accion(fabrica.eje(pat))
    otra, ajena = fabrica.accion(fabrica.eje(especifico)), fabrica.accion(fabrica.eje(viejo))
    acciones.alinear(accion=una, con=[otra], por=None)
    assert list(otra.alineadas.all()) == [una]
    for mala, razon in ((hermana, "mismo programa"), (ajena, "otro año")):
        with pytest.raises(ValidationError, match=razon):
            acciones.alinear(accion=una, con=[otra, mala], por=None)
    assert list(una.alineadas.all()) == [otra]


def test_el_camino_de_un_programa(direccion):
    programa = fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR)
    with pytest.raises(ValidationError, match="No tiene acciones"):
        acciones.aprobar_programa(programa=programa, por=direccion)
    accion = fabrica.accion(fabrica.eje(programa), metas={4: 1})
    programa = acciones.aprobar_programa(programa=programa, por=direccion)
    programa = acciones.cerrar_programa(programa=programa, por=direccion)
    assert programa.estado == EstadoDePrograma.CERRADO
    accion = Accion.objects.get(pk=accion.pk)
    for intento in (
        lambda: acciones.guardar_programa(programa=programa, por=direccion),
        lambda: acciones.guardar_eje(eje=Eje(programa=programa, numero=9, nombre="Nuevo"), por=direccion),
        lambda: acciones.guardar_accion(accion=accion, por=direccion),
        lambda: acciones.fijar_metas(accion=accion, metas={1: 1}, por=direccion),
        lambda: acciones.guardar_actividad(actividad=nueva(accion), por=direccion),
        lambda: acciones.eliminar(registro=accion, por=direccion),
    ):
        with pytest.raises(ValidationError, match="cerrado"):
            intento()
    programa = acciones.reabrir_programa(programa=programa, por=direccion)
    assert programa.estado == EstadoDePrograma.APROBADO
    assert programa.history.first().history_user == direccion


def test_el_anio_de_un_programa_con_actividades_no_cambia():
    programa = fabrica.actividad().accion.eje.programa
    programa.anio = 2019
    with pytest.raises(ValidationError) as error:
        acciones.guardar_programa(programa=programa, por=None)
    assert "anio" in error.value.error_dict


# -- bitácora --------------------------------------------------------------------
def test_capturar_deja_quien_y_todo_lo_suyo(captura):
    unam = organismo(nombre="Universidad de prueba")
    actividad = acciones.guardar_actividad(
        actividad=nueva(),
        organismos=[unam],
        cifras={"Personas registradas": 46},
        archivos=[SimpleUploadedFile("lista.txt", b"asistencia")],
        enlace="https://ejemplo.example/nota",
        por=captura,
    )
    assert (actividad.capturo, actividad.estado) == (captura, EstadoDeActividad.BORRADOR)
    assert actividad.fecha_fin == actividad.fecha_inicio
    assert list(actividad.organismos.all()) == [unam]
    assert actividad.cifras.get().numero == 46
    assert [str(e) for e in almacen().de(actividad)] == ["lista.txt", "https://ejemplo.example/nota"]
    assert actividad.history.earliest().history_user == captura


def test_una_evidencia_mala_no_deja_nada_a_medias(captura):
    with pytest.raises(ValidationError) as error:
        acciones.guardar_actividad(actividad=nueva(), archivos=[SimpleUploadedFile("vacio.pdf", b"")], por=captura)
    assert "«vacio.pdf»" in error.value.message_dict["archivos"][0]
    assert not Actividad.objects.exists()


def test_las_fechas_sueltas_mandan_sobre_el_rango(captura):
    actividad = acciones.guardar_actividad(actividad=nueva(fechas_sueltas=["2020-12-09", "2020-12-07"]), por=captura)
    assert (actividad.fecha_inicio, actividad.fecha_fin) == (date(2020, 12, 7), date(2020, 12, 9))
    assert actividad.fechas == "lunes 7 y miércoles 9 de diciembre de 2020"


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"fecha_fin": date(2020, 10, 1)}, "fecha_fin"),
        ({"titulo": "x" * 10_000}, "titulo"),
        ({"fecha_inicio": date(2012, 10, 5)}, "fecha_inicio"),
        ({"unidades": META_MAXIMA + 1}, "unidades"),
        ({"fechas_sueltas": ["2020-02-31"]}, "fechas_sueltas"),
    ],
)
def test_lo_imposible_se_rechaza_junto_a_su_campo(captura, datos, campo):
    with pytest.raises(ValidationError) as error:
        acciones.guardar_actividad(actividad=nueva(**datos), por=captura)
    assert campo in error.value.error_dict
    assert not Actividad.objects.exists()


def test_validar_rechazar_y_corregir(captura, direccion):
    actividad = fabrica.actividad(por=captura)
    with pytest.raises(ValidationError, match="por qué"):
        acciones.rechazar_actividad(actividad=actividad, razon="  ", por=direccion)
    actividad = acciones.rechazar_actividad(actividad=actividad, razon="Falta la lista", por=direccion)
    assert (actividad.estado, actividad.razon_rechazo) == (EstadoDeActividad.RECHAZADA, "Falta la lista")
    with pytest.raises(ValidationError, match="corregirla"):
        acciones.validar_actividad(actividad=actividad, por=direccion)
    actividad.titulo = "Plática corregida"
    actividad = acciones.guardar_actividad(actividad=actividad, por=captura)
    assert (actividad.estado, actividad.razon_rechazo) == (EstadoDeActividad.BORRADOR, "")
    actividad = acciones.validar_actividad(actividad=actividad, por=direccion)
    assert (actividad.valido, actividad.estado) == (direccion, EstadoDeActividad.VALIDADA)
    assert actividad.validada_el is not None
    with pytest.raises(ValidationError, match="ya está validada"):
        acciones.guardar_actividad(actividad=actividad, por=captura)
    with pytest.raises(ValidationError, match="validada"):
        acciones.eliminar_actividad(actividad=actividad, por=direccion)
    actividad = acciones.devolver_actividad(actividad=actividad, por=direccion)
    assert (actividad.valido, actividad.estado) == (None, EstadoDeActividad.BORRADOR)
    acciones.eliminar_actividad(actividad=actividad, por=captura)
    assert Actividad.history.first().history_type == "-"


def test_eliminar_una_actividad_se_lleva_su_evidencia(captura):
    actividad = acciones.guardar_actividad(
        actividad=nueva(), archivos=[SimpleUploadedFile("lista.txt", b"asistencia")], por=captura
    )
    evidencias = almacen().de(actividad)
    acciones.eliminar_actividad(actividad=actividad, por=captura)
    assert not evidencias.exists()


def test_las_cifras_se_reemplazan(captura):
    actividad = fabrica.actividad(cifras=[("Registradas", 46), ("Videos", 26)])
    acciones.guardar_actividad(actividad=actividad, cifras={"Registradas": 47}, por=captura)
    assert list(actividad.cifras.values_list("etiqueta", "numero")) == [("Registradas", 47)]
    acciones.guardar_actividad(actividad=actividad, por=captura)
    assert actividad.cifras.count() == 1


def test_borrar_una_accion_sin_registros_se_lleva_sus_metas(direccion):
    accion = fabrica.en_planeacion(metas={1: 2})
    acciones.eliminar(registro=accion, por=direccion)
    assert not Meta.objects.exists()
    assert Programa.objects.exists()
