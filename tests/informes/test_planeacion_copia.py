"""Un año nuevo: la copia de un programa, lo que no se copia y la plantilla apuntada a la copia."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes.acciones import guardar_uso
from informes.copia import PARTES, copiar_programa, fecha_en
from informes.models import Plantilla, UsoDeSeccion
from programas.diagnostico.acciones import guardar_nodo
from programas.estados import EstadoDePrograma, EstadoDeTratamiento, TipoDePrograma
from programas.metas.acciones import cerrar_trimestre
from programas.models import Accion, Nodo, Programa
from tests.fabricas import informes as de_informes
from tests.fabricas import mir
from tests.fabricas import programas as fabrica
from tests.fabricas import riesgos as de_riesgos
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"
TODO = set(PARTES)


@pytest.fixture
def pe():
    programa = fabrica.programa(2020, TipoDePrograma.ESPECIFICO, clave="pe-2020", nombre="Programa Específico 2020")
    accion = fabrica.accion(fabrica.eje(programa), metas={1: (1, 1, 2), 2: 3}, inciso="1")
    supuesto = mir.supuesto(programa)
    indicador = mir.indicador(programa, accion, supuestos=[supuesto], clave="A1")
    mir.explicacion(indicador)
    riesgo = de_riesgos.riesgo(programa, acciones_=[accion], supuestos=[supuesto])
    de_riesgos.tratamiento(riesgo, inicio=date(2020, 1, 15), termino=date(2020, 2, 29))
    de_riesgos.seguimiento(riesgo)
    problema = guardar_nodo(nodo=Nodo(programa=programa, clave="P1", rol="problema", texto="Un problema"), por=None)
    guardar_nodo(nodo=Nodo(programa=programa, clave="C1", rol="causa", padre=problema, texto="Una causa"), por=None)
    fabrica.actividad(accion)
    cerrar_trimestre(programa=programa, trimestre=1, razon="Informe", por=None)
    return programa


def copia(origen, anio=2021, partes=TODO, clave="pe-2021", **mas):
    nuevo = Programa(clave=clave, nombre=f"Copia {anio}", anio=anio, comision=origen.comision)
    return copiar_programa(origen=origen, nuevo=nuevo, partes=set(partes), por=None, **mas)


def test_todo_pasa_al_anio_nuevo_menos_lo_que_es_del_anio(pe):
    hecha = copia(pe)
    nuevo = hecha.programa
    assert hecha.avisos == []
    assert (nuevo.estado, nuevo.acuerdo, nuevo.tipo) == (EstadoDePrograma.BORRADOR, None, pe.tipo)
    accion = Accion.objects.get(eje__programa=nuevo)
    assert [(m.trimestre, m.cantidad, m.meses) for m in accion.metas.all()] == [(1, 4, (1, 1, 2)), (2, 3, None)]
    assert (accion.actividades.count(), nuevo.candados.count(), accion.reprogramaciones.count()) == (0, 0, 0)
    indicador = nuevo.indicadores.get()
    assert indicador.explicaciones.count() == 0
    assert {v.acciones.get() for v in indicador.variables.all()} == {accion}
    assert indicador.supuestos.get().programa == nuevo
    riesgo = nuevo.riesgos.get()
    tratamiento = riesgo.tratamientos.get()
    assert (riesgo.seguimientos.count(), riesgo.acciones.get(), riesgo.supuestos.get().programa) == (0, accion, nuevo)
    assert (tratamiento.inicio, tratamiento.termino) == (date(2021, 1, 15), date(2021, 2, 28))
    assert tratamiento.estado == EstadoDeTratamiento.PENDIENTE
    assert nuevo.nodos.get(clave="C1").padre == nuevo.nodos.get(clave="P1")


def test_sin_partes_solo_ejes_y_acciones(pe):
    nuevo = copia(pe, partes=()).programa
    accion = Accion.objects.get(eje__programa=nuevo)
    assert (accion.metas.count(), accion.meses) == (0, [])
    assert not (nuevo.indicadores.exists() or nuevo.riesgos.exists() or nuevo.nodos.exists())


def test_los_riesgos_sin_la_mir_dicen_lo_que_falta(pe):
    hecha = copia(pe, partes={"riesgos"})
    assert hecha.programa.riesgos.get().supuestos.count() == 0
    assert hecha.avisos == ["Riesgo 1: sus supuestos están en la MIR, que no se copió."]


def test_un_indicador_que_no_se_puede_calcular_en_el_anio_nuevo_pasa_sin_variables(pe):
    """El denominador sale de otro plan, del que todavía no hay copia: el resto se copia y se avisa."""
    ajena = fabrica.accion(fabrica.eje(fabrica.programa(2020)), metas={1: 4})
    variable = pe.indicadores.get().variables.get(papel="programado")
    variable.acciones.set([ajena])
    hecha = copia(pe)
    assert hecha.programa.indicadores.get().variables.count() == 0
    assert "Indicador A1: complete en la MIR sus variables, que no se copiaron." in hecha.avisos


@pytest.mark.parametrize(
    ("fecha", "anio", "esperada"),
    [
        (date(2020, 2, 29), 2021, date(2021, 2, 28)),
        (date(2020, 2, 29), 2024, date(2024, 2, 29)),
        (date(2021, 12, 31), 2022, date(2022, 12, 31)),
    ],
)
def test_el_29_de_febrero(fecha, anio, esperada):
    assert fecha_en(fecha, anio) == esperada


def test_la_alineacion_pasa_a_la_copia_del_otro_plan(pe):
    pat = fabrica.programa(2020, TipoDePrograma.PAT, clave="pat-2020")
    accion = Accion.objects.get(eje__programa=pe)
    fabrica.accion(fabrica.eje(pat), metas={1: 1}, alineadas=[accion])
    sin_par = copia(pe)
    assert sin_par.avisos == ["No hay en 2021 un plan como pat-2020: lo que lo nombraba queda por revisar."]
    copia(pat, clave="pat-2021")
    de_pat, de_pe = (Accion.objects.get(eje__programa__clave=c) for c in ("pat-2021", "pe-2021"))
    assert de_pat.alineadas.get() == de_pe


def test_la_plantilla_nombra_las_acciones_nuevas(pe):
    accion = Accion.objects.get(eje__programa=pe)
    plantilla = de_informes.plantilla("trimestral-2020", titulos=())
    apartado = de_informes.apartado(
        plantilla,
        "Notas",
        accion=accion,
        narrativa='El plan pe-2020 tuvo {{ programas.unidades accion="pe-2020:1.1" | en_palabras }} notas.',
        explicacion='Véase {{ programas.unidades accion="pe-2020:9Z" }}.',
    )
    for parametros in ({"accion": ["pe-2020:1.1"]}, {"programa": "pe-2020"}):
        uso = UsoDeSeccion(apartado=apartado, seccion="programas.actividades", parametros=parametros)
        guardar_uso(uso=uso, por=None)
    nueva = Plantilla(clave="trimestral-2021", nombre="Trimestral 2021")
    hecha = copia(pe, plantilla=plantilla, plantilla_nueva=nueva)
    copiado = hecha.plantilla.apartados.get()
    assert copiado.accion.eje.programa == hecha.programa
    assert copiado.narrativa == (
        'El plan pe-2020 tuvo {{ programas.unidades accion="pe-2021:1.1" | en_palabras }} notas.'
    )
    assert [u.parametros for u in copiado.secciones.all()] == [{"accion": ["pe-2021:1.1"]}, {"programa": "pe-2021"}]
    assert hecha.avisos == ["«Notas»: no hay en 2021 una acción como pe-2020:9Z."]
    apartado.refresh_from_db()
    assert apartado.accion == accion  # la original no cambia


def test_si_algo_falla_no_queda_nada(pe):
    de_informes.plantilla("trimestral-2021")
    repetida = Plantilla(clave="trimestral-2021", nombre="Otra")
    with pytest.raises(ValidationError) as error:
        copia(pe, plantilla=de_informes.plantilla("trimestral-2020"), plantilla_nueva=repetida)
    assert "plantilla_clave" in error.value.message_dict
    assert not Programa.objects.filter(anio=2021).exists()


# -- la página -------------------------------------------------------------------


def enviar(client, pe, **cambios):
    datos = {"nombre": "Programa Específico 2021", "clave": "pe-2021", "anio": "2021", "partes": list(PARTES)}
    return client.post(reverse("informes:programa_copiar", args=[pe.pk]), {**datos, **cambios})


@pytest.fixture
def direccion(client):
    permisos = ("programas.add_programa", "programas.view_programa", "informes.add_plantilla")
    client.force_login(persona(*permisos), backend=MODELO)
    return client


def test_la_pagina_propone_y_copia(direccion, pe):
    pagina = direccion.get(reverse("informes:programa_copiar", args=[pe.pk])).content.decode()
    assert 'value="Programa Específico 2021"' in pagina and 'value="pe-2021"' in pagina
    respuesta = enviar(direccion, pe)
    nuevo = Programa.objects.get(clave="pe-2021")
    assert respuesta["Location"] == nuevo.get_absolute_url()
    assert nuevo.indicadores.count() == 1


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"clave": "pe-2020"}, "clave"),
        ({"anio": "1200"}, "anio"),
        ({"nombre": ""}, "nombre"),
        ({"anio": "2020", "clave": "otro"}, "de_todos_modos"),
        ({"anio": "x"}, "anio"),
        ({"plantilla_nombre": "Trimestral de 2021"}, "plantilla"),
        ({"plantilla_clave": "trimestral-2021"}, "plantilla"),
    ],
)
def test_los_errores_van_junto_a_su_campo_y_no_se_guarda_nada(direccion, pe, cambios, campo):
    respuesta = enviar(direccion, pe, **cambios)
    assert respuesta.status_code == 422
    assert f'id="error_1_id_{campo}"' in respuesta.content.decode()
    assert Programa.objects.count() == 1


def test_otro_del_mismo_anio_pide_confirmacion(direccion, pe):
    assert enviar(direccion, pe, anio="2020", clave="pe-2020-b", de_todos_modos="on").status_code == 302
    assert Programa.objects.filter(anio=2020).count() == 2


def test_la_plantilla_pide_su_clave(direccion, pe):
    plantilla = de_informes.plantilla("trimestral-2020")
    respuesta = enviar(direccion, pe, plantilla=plantilla.pk)
    assert respuesta.status_code == 422
    assert "Falta este dato para copiar la plantilla." in respuesta.content.decode()
    respuesta = enviar(
        direccion, pe, plantilla=plantilla.pk, plantilla_clave="trimestral-2020", plantilla_nombre="La misma"
    )
    assert respuesta.status_code == 422
    assert 'id="error_1_id_plantilla_clave"' in respuesta.content.decode()


def test_sin_permiso_de_plantillas_no_se_ofrecen(client, pe):
    client.force_login(persona("programas.add_programa", "programas.view_programa"), backend=MODELO)
    plantilla = de_informes.plantilla("trimestral-2020")
    assert "plantilla_clave" not in client.get(reverse("informes:programa_copiar", args=[pe.pk])).content.decode()
    enviar(client, pe, plantilla=plantilla.pk, plantilla_clave="nueva", plantilla_nombre="Nueva")
    assert Programa.objects.filter(clave="pe-2021").exists() and Plantilla.objects.count() == 1


def test_sin_permiso_no_se_copia(client, pe):
    client.force_login(persona("programas.view_programa"), backend=MODELO)
    assert enviar(client, pe).status_code == 403
    assert Programa.objects.count() == 1


def test_un_registro_que_ya_no_vale_se_dice_sin_confundir_campos(pe):
    pe.riesgos.update(nombre="")
    with pytest.raises(ValidationError) as error:
        copia(pe)
    assert not hasattr(error.value, "error_dict")
    assert error.value.messages[0].startswith("«Programa Específico 2020» tiene algo que no se puede copiar")
    assert not Programa.objects.filter(anio=2021).exists()
