"""Observar, responder, reabrir y retirar; lo que se cuenta y se avisa."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from informes import acciones as de_informes
from informes.estados import EstadoDeObservacion
from informes.models import Observacion
from informes.revision import acciones, avisos, consultas, documentos, secciones
from informes.revision.referencia import escrita, separar
from tests.fabricas.personas import persona
from tests.fabricas.revision import consejeria, direccion, en_estado, en_revision, observacion, oficina
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.secciones import Contexto

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return en_revision()


@pytest.fixture
def autora():
    return consejeria()


def responder(suya, por=None, estado="atendida", **mas):
    return acciones.responder(
        observacion=suya, estado=estado, respuesta="Se precisó la sesión.", por=por or direccion(), **mas
    )


def test_nace_abierta_a_nombre_de_su_autora_y_de_su_oficina(informe, autora):
    version = acciones.guardar_version(informe=informe, nota="", por=None)
    suya = observacion(informe, autora, apartado=informe.apartados.get(titulo="Sesiones"), oficina=oficina("CE9"))
    assert (suya.estado, suya.autor, suya.oficina, suya.lugar) == ("abierta", autora, autora.area, "2 Sesiones")
    assert suya.version_vista == version


def test_quien_no_tiene_area_dice_su_oficina(informe):
    nadie = persona("informes.add_observacion")
    with pytest.raises(ValidationError, match="qué oficina"):
        observacion(informe, nadie)
    assert observacion(informe, nadie, oficina=oficina()).oficina == oficina()


@pytest.mark.parametrize(("estado", "razon"), [("borrador", "borrador"), ("aprobado", "ya está aprobado")])
def test_sólo_en_revision_o_presentado(informe, autora, estado, razon):
    en_estado(informe, estado)
    with pytest.raises(ValidationError, match=razon):
        observacion(informe, autora)
    en_estado(informe, "presentado")
    assert observacion(informe, autora).pk


def test_el_apartado_es_del_mismo_informe(informe, autora):
    otro = en_revision(clave="otro")
    with pytest.raises(ValidationError) as error:
        observacion(informe, autora, apartado=otro.apartados.first())
    assert "apartado" in error.value.message_dict


def test_sobrevive_al_apartado_y_dice_donde_estaba(informe, autora):
    sesiones = informe.apartados.get(titulo="Sesiones")
    suya = observacion(informe, autora, apartado=sesiones)
    de_informes.quitar_apartado(apartado=sesiones, por=None)
    suya = consultas.observaciones().get(pk=suya.pk)
    assert consultas.donde(suya) == "2 Sesiones (ya no está en el informe)"
    # Y todavía se puede corregir, sin perder de dónde era.
    suya.texto = "Otra redacción."
    assert acciones.guardar_observacion(observacion=suya, por=autora).lugar == "2 Sesiones"


def test_la_corrige_sólo_quien_la_escribio_y_mientras_esta_abierta(informe, autora):
    suya = observacion(informe, autora)
    colega = consejeria("CE2")
    with pytest.raises(ValidationError, match="La escribió"):
        acciones.guardar_observacion(observacion=suya, por=colega)
    responder(suya)
    with pytest.raises(ValidationError, match="reábrala"):
        acciones.guardar_observacion(observacion=Observacion.objects.get(pk=suya.pk), por=autora)


def test_se_responde_con_texto_y_lleva_al_apartado_que_cambio(informe, autora):
    intro = informe.apartados.get(titulo="Introducción")
    quien = direccion()
    hecha = responder(observacion(informe, autora), quien, apartado=intro)
    assert (hecha.estado, hecha.respondio) == ("atendida", quien)
    assert separar(hecha.respuesta) == ("Se precisó la sesión.", "Introducción", intro.pk)
    assert escrita(hecha.respuesta) == "Se precisó la sesión.\nVéase «Introducción»."


def test_una_respuesta_dice_algo_y_no_contesta_otra_cosa(informe, autora):
    suya = observacion(informe, autora)
    with pytest.raises(ValidationError) as error:
        acciones.responder(observacion=suya, estado="atendida", respuesta="  ", por=direccion())
    assert "respuesta" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        acciones.responder(observacion=suya, estado="abierta", respuesta="Sí.", por=direccion())
    assert "estado" in error.value.message_dict
    leida = suya.version
    suya.texto = "Cambió de parecer."
    acciones.guardar_observacion(observacion=suya, por=autora)
    with pytest.raises(ValidationError, match="acaba de cambiar"):
        responder(suya, version=leida)


def test_se_responde_también_en_borrador_pero_no_lo_aprobado(informe, autora):
    suya, otra = observacion(informe, autora), observacion(informe, autora)
    en_estado(informe, "borrador")
    assert responder(suya).estado == EstadoDeObservacion.ATENDIDA
    en_estado(informe, "aprobado")
    with pytest.raises(ValidationError, match="no cambian"):
        responder(otra)


def test_reabrir_pide_razon_y_conserva_la_respuesta_en_el_hilo(informe, autora):
    suya = responder(observacion(informe, autora))
    with pytest.raises(ValidationError, match="por qué"):
        acciones.reabrir(observacion=suya, razon=" ", por=autora)
    with pytest.raises(ValidationError, match="La escribió"):
        acciones.reabrir(observacion=suya, razon="No.", por=direccion())
    suya = acciones.reabrir(observacion=suya, razon="Sigue sin decirse.", por=autora)
    assert suya.estado == EstadoDeObservacion.ABIERTA
    responder(suya, estado="no_procede")
    assert [(p.que, p.texto.rpartition(": ")[2]) for p in consultas.hilo(suya)] == [
        ("Se observó", "Falta decir de qué sesión se trata."),
        ("Atendida", "Se precisó la sesión."),
        ("Se reabrió", "Sigue sin decirse."),
        ("No procede", "Se precisó la sesión."),
    ]


def test_retirada_no_cuenta_ni_se_responde(informe, autora):
    suya = acciones.retirar(observacion=observacion(informe, autora), por=autora)
    assert consultas.cuentas(informe).total == 0
    with pytest.raises(ValidationError, match="retiró"):
        responder(suya)


# -- avisos, sección y documento -----------------------------------------------------------------


def test_los_avisos_de_cada_quien(informe, autora):
    hoy, dir_ = timezone.localdate(), direccion()
    assert [a.titulo for a in avisos.en_revision(autora, hoy)] == [
        "Cuarto informe trimestral: puede leerlo y escribir observaciones"
    ]
    assert list(avisos.en_revision(dir_, hoy)) == []
    primera = observacion(informe, autora)
    observacion(informe, autora, "Otra.")
    assert list(avisos.en_revision(autora, hoy)) == []
    assert [a.titulo for a in avisos.por_responder(dir_, hoy)] == [
        "Cuarto informe trimestral: 2 observaciones por responder"
    ]
    assert list(avisos.por_responder(autora, hoy)) == []
    responder(primera, dir_)
    assert [a.titulo for a in avisos.respondidas(autora, hoy)] == [
        "Su observación a «Todo el informe» fue respondida: atendida"
    ]
    assert list(avisos.respondidas(autora, hoy + timedelta(days=30))) == []


def test_la_tabla_va_en_el_orden_del_informe(informe, autora):
    sesiones, intro = (informe.apartados.get(titulo=t) for t in ("Sesiones", "Introducción"))
    observacion(informe, autora, "De sesiones.", apartado=sesiones, cita="tres sesiones")
    responder(observacion(informe, autora, "De la introducción.", apartado=intro))
    observacion(informe, consejeria("CE2"), "De todo.")
    (tabla,) = secciones.observaciones(Contexto(informe.periodo, informe=informe))
    assert isinstance(tabla, Tabla)
    assert [fila[2:4] for fila in tabla.filas] == [
        ("Todo el informe", ""), ("1 Introducción", ""), ("2 Sesiones", "«tres sesiones»"),
    ]  # fmt: skip
    assert tabla.filas[1][6].startswith("Se precisó la sesión. (")
    por_oficina = secciones.observaciones(Contexto(informe.periodo, informe=informe), agrupar="oficina")
    assert [t.titulo for t in por_oficina] == ["Consejería CE1", "Consejería CE2"]
    solo = secciones.observaciones(Contexto(informe.periodo, informe=informe), estados=["atendida"])
    assert len(solo[0].filas) == 1


def test_sin_informe_o_sin_observaciones_no_hay_nada_que_contar(informe):
    assert secciones.observaciones(Contexto(informe.periodo)) == []
    assert secciones.observaciones(Contexto(informe.periodo, informe=informe)) == []
    (sin,) = documentos.documento(informe).apartados[0].bloques
    assert sin.texto == documentos.SIN_OBSERVACIONES


def test_el_documento_resume_y_no_cuesta_mas_con_mas(informe, autora, django_assert_max_num_queries):
    for n in range(12):
        observacion(informe, autora, f"Observación {n}.", apartado=informe.apartados.first())
    with django_assert_max_num_queries(6):
        hecho = documentos.documento(informe)
    assert hecho.apartados[0].bloques[0].texto == "Doce observaciones: doce por responder."
