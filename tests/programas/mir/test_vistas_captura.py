"""Escribir indicadores, supuestos, datos, ajustes y explicaciones en sus páginas."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from programas.estados import OrigenDeVariable as Origen
from programas.metas.acciones import cerrar_trimestre
from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto
from tests.fabricas import mir as fabrica
from tests.fabricas import programas as planes
from tests.fabricas.base import con_papel
from tests.fabricas.riesgos import riesgo
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db
ANIO = 2021


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    return persona


@pytest.fixture
def accion():
    return planes.accion(planes.eje(planes.programa(ANIO)), metas={1: 4})


def hoja(*renglones: dict, iniciales: int = 0, **campos) -> dict:
    """Lo que envía el navegador: los campos del indicador y los renglones de sus variables."""
    base = {
        "clave": "A1", "nivel": "actividad", "orden": "1", "nombre": "Noticias", "resumen": "Se publican noticias",
        "tipo": "eficacia", "formula": "eficacia", "frecuencia": "trimestral", "unidad": "Razón", "meta": "1",
        "sentido": "ascendente", "ambar_desde": "80", "verde_desde": "100", "rebasada_desde": "130",
        "variables-TOTAL_FORMS": str(len(renglones)), "variables-INITIAL_FORMS": str(iniciales),
    }  # fmt: skip
    for n, renglon in enumerate(renglones):
        base |= {f"variables-{n}-{campo}": valor for campo, valor in renglon.items()}
    return {**base, **campos}


def arriba(accion=None, **mas) -> dict:
    propio = {"papel": "logrado", "simbolo": "L", "nombre": "Hechas", "origen": "avance"}
    return {**propio, "acciones": [accion.pk] if accion else [], **mas}


def abajo(accion=None, **mas) -> dict:
    propio = {"papel": "programado", "simbolo": "M", "nombre": "Programadas", "origen": "meta"}
    return {**propio, "acciones": [accion.pk] if accion else [], **mas}


def nuevo(programa) -> str:
    return f"{reverse('programas:indicador_nuevo')}?programa={programa.pk}"


def error_de(respuesta, renglon: int, campo: str) -> list[str]:
    conjunto = next(c for prefijo, _, c in respuesta.context["conjuntos"] if prefijo == "variables")
    return conjunto.forms[renglon].errors.get(campo, [])


# -- el indicador ----------------------------------------------------------------------
def test_se_escribe_un_indicador_con_sus_variables(client, direccion, accion):
    programa = accion.eje.programa
    supuesto = fabrica.supuesto(programa)
    respuesta = client.post(nuevo(programa), hoja(arriba(accion), abajo(accion), supuestos=[supuesto.pk]))
    indicador = Indicador.objects.get()
    assert respuesta.url == indicador.get_absolute_url()
    assert indicador.programa == programa
    assert list(indicador.supuestos.all()) == [supuesto]
    assert [(v.simbolo, list(v.acciones.all())) for v in indicador.variables.all()] == [
        ("L", [accion]),
        ("M", [accion]),
    ]
    assert indicador.history.first().history_user == direccion
    assert indicador.version == 1


def test_el_error_de_una_variable_se_anuncia_arriba(client, direccion, accion):
    respuesta = client.post(nuevo(accion.eje.programa), hoja(arriba(), abajo(accion)))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "Hay un dato por corregir" in pagina and "<title>Corregir: " in pagina
    assert '<a href="#id_variables-0-acciones">' in pagina


def test_el_formulario_abre_con_lo_suyo(client, direccion, accion):
    ajena = planes.accion(nombre="De otro programa")
    fabrica.indicador(accion=accion, orden=7)
    respuesta = client.get(nuevo(accion.eje.programa))
    pagina = respuesta.content.decode()
    assert accion.nombre in pagina
    assert ajena.nombre not in pagina
    assert respuesta.context["formulario"]["orden"].value() == 8


def test_sin_programa_en_la_direccion_se_elige(client, direccion, accion):
    programa = accion.eje.programa
    pagina = client.get(reverse("programas:indicador_nuevo"))
    assert pagina.status_code == 200
    respuesta = client.post(
        reverse("programas:indicador_nuevo"), hoja(arriba(accion), abajo(accion), programa=programa.pk)
    )
    assert respuesta.status_code == 302
    assert Indicador.objects.get().programa == programa


@pytest.mark.parametrize("programa", ["", "abc", "99999999999999999999999", "999999"])
def test_un_programa_que_no_existe_se_dice(client, direccion, accion, programa):
    respuesta = client.post(
        reverse("programas:indicador_nuevo"), hoja(arriba(accion), abajo(accion), programa=programa)
    )
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["programa"]
    assert client.get(f"{reverse('programas:indicador_nuevo')}?programa={programa}").status_code == 200


@pytest.mark.parametrize("escrito", ["abc", "1e400", "NaN", "0.5"])
def test_la_direccion_puede_traer_cualquier_meta(client, direccion, accion, escrito):
    datos = {"programa": accion.eje.programa_id, "meta": escrito, "linea_base": escrito}
    assert client.get(reverse("programas:indicador_nuevo"), datos).status_code == 200


@pytest.mark.parametrize(
    ("renglon", "campo"),
    [
        ({"acciones": []}, "acciones"),
        ({"origen": "fijo"}, "valor"),
        ({"origen": "fijo", "valor": "-3"}, "valor"),
        ({"origen": "fijo", "valor": "mucho"}, "valor"),
        ({"origen": "cifra"}, "cifra"),
        ({"origen": "cifra", "cifra": "no.existe"}, "cifra"),
        ({"origen": "cifra", "cifra": "programas.actividades", "parametros_escritos": "tipo"}, "parametros_escritos"),
        (
            {"origen": "cifra", "cifra": "programas.actividades", "parametros_escritos": "color: x"},
            "parametros_escritos",
        ),
        ({"simbolo": "M"}, "simbolo"),
        ({"simbolo": "Tr"}, "simbolo"),
        ({"simbolo": ""}, "simbolo"),
        ({"origen": "inventado"}, "origen"),
    ],
)
def test_cada_error_va_en_su_renglon_y_no_se_pierde_nada(client, direccion, accion, renglon, campo):
    respuesta = client.post(nuevo(accion.eje.programa), hoja(abajo(accion), arriba(accion, **renglon)))
    assert respuesta.status_code == 422
    assert error_de(respuesta, 1, campo)
    pagina = respuesta.content.decode()
    assert 'value="Hechas"' in pagina
    assert 'value="Programadas"' in pagina
    assert not Indicador.objects.exists()


def test_una_accion_que_ya_cuenta_en_otra_variable(client, direccion, accion):
    respuesta = client.post(
        nuevo(accion.eje.programa), hoja(arriba(accion), arriba(accion, simbolo="L2"), abajo(accion))
    )
    assert respuesta.status_code == 422
    assert "ya cuenta en L" in error_de(respuesta, 1, "acciones")[0]


def test_una_formula_lleva_algo_arriba_y_algo_abajo(client, direccion, accion):
    respuesta = client.post(nuevo(accion.eje.programa), hoja(arriba(accion)))
    assert respuesta.status_code == 422
    assert "Falta una variable de papel" in respuesta.content.decode()
    assert not Indicador.objects.exists()


def test_los_errores_del_indicador_y_de_sus_variables_salen_juntos(client, direccion, accion):
    datos = hoja(arriba(accion), abajo(), meta="-1", ambar_desde="120")
    respuesta = client.post(nuevo(accion.eje.programa), datos)
    assert {"meta", "verde_desde"} <= set(respuesta.context["formulario"].errors)
    assert error_de(respuesta, 1, "acciones") == ["Elija al menos una acción."]


def test_la_clave_repetida_se_dice(client, direccion, accion):
    fabrica.indicador(accion=accion, clave="A1")
    respuesta = client.post(nuevo(accion.eje.programa), hoja(arriba(accion), abajo(accion), clave="a1"))
    assert respuesta.status_code == 422
    assert "Ya hay un indicador con esa clave" in respuesta.content.decode()


def test_ni_supuestos_ni_acciones_de_otro_programa(client, direccion, accion):
    otro = fabrica.supuesto()
    ajena = planes.accion()
    datos = hoja(arriba(ajena), abajo(accion), supuestos=[otro.pk], accion=ajena.pk)
    respuesta = client.post(nuevo(accion.eje.programa), datos)
    assert {"supuestos", "accion"} <= set(respuesta.context["formulario"].errors)
    assert error_de(respuesta, 0, "acciones")


def test_editar_renombra_agrega_y_quita_variables(client, direccion, accion):
    otra = planes.accion(accion.eje, metas={1: 2})
    indicador = fabrica.indicador(accion=accion, clave="A1")
    ele, eme = indicador.variables.all()
    datos = hoja(
        arriba(accion, id=ele.pk, simbolo="L1", nombre="Notas"),
        abajo(accion, id=eme.pk, DELETE="on"),
        abajo(accion, simbolo="M1"),
        arriba(otra, simbolo="L2"),
        iniciales=2,
        version=indicador.version,
        nombre="Notas publicadas",
    )
    respuesta = client.post(reverse("programas:indicador_editar", args=[indicador.pk]), datos)
    assert respuesta.status_code == 302
    indicador.refresh_from_db()
    assert indicador.nombre == "Notas publicadas"
    assert [v.simbolo for v in indicador.variables.all()] == ["L1", "M1", "L2"]
    assert indicador.variables.get(simbolo="L1").pk == ele.pk


def test_una_variable_con_datos_no_se_quita(client, direccion, accion):
    indicador = fabrica.indicador(
        accion=accion, variables=[fabrica.logrado(origen=Origen.DATO), fabrica.programado(acciones=[accion])]
    )
    ele, eme = indicador.variables.all()
    fabrica.dato(ele)
    datos = hoja(
        arriba(id=ele.pk, origen="dato", DELETE="on"), abajo(accion, id=eme.pk), arriba(accion, simbolo="X"),
        iniciales=2, version=indicador.version,
    )  # fmt: skip
    respuesta = client.post(reverse("programas:indicador_editar", args=[indicador.pk]), datos)
    assert respuesta.status_code == 422
    assert "bórrelos antes" in respuesta.content.decode()
    assert indicador.variables.count() == 2


def test_la_cifra_del_sistema_con_sus_parametros(client, direccion, accion):
    cifra = arriba(origen="cifra", cifra="programas.unidades", parametros_escritos=f"accion: {accion.clave}", valor="5")
    assert client.post(nuevo(accion.eje.programa), hoja(cifra, abajo(accion))).status_code == 302
    variable = Indicador.objects.get().variables.first()
    assert (variable.cifra, variable.parametros, variable.valor) == (
        "programas.unidades",
        {"accion": accion.clave},
        None,
    )
    pagina = client.get(reverse("programas:indicador_editar", args=[variable.indicador_id])).content.decode()
    assert f'value="accion: {accion.clave}"' in pagina


def test_quien_guarda_segundo_ve_las_dos_versiones(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion, clave="A1")
    ele, eme = indicador.variables.all()
    datos = hoja(arriba(accion, id=ele.pk), abajo(accion, id=eme.pk), iniciales=2, version=0, nombre="Lo mío")
    respuesta = client.post(reverse("programas:indicador_editar", args=[indicador.pk]), datos)
    assert respuesta.status_code == 409
    assert "Lo mío" in respuesta.content.decode()
    assert indicador.nombre in respuesta.content.decode()


def test_un_indicador_explicado_no_se_borra(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    fabrica.explicacion(indicador)
    borrar = reverse("programas:indicador_eliminar", args=[indicador.pk])
    assert client.post(borrar).status_code == 409
    Explicacion.objects.all().delete()
    assert client.post(borrar).status_code == 302
    assert not Indicador.objects.exists()


# -- supuestos -------------------------------------------------------------------------
def test_un_supuesto_dice_quien_lo_usa_y_asi_no_se_borra(client, direccion, accion):
    programa = accion.eje.programa
    alta = f"{reverse('programas:supuesto_nuevo')}?programa={programa.pk}"
    assert client.post(alta, {"clave": "S1", "texto": "Hay recursos"}).status_code == 302
    supuesto = Supuesto.objects.get()
    assert supuesto.programa == programa
    indicador = fabrica.indicador(accion=accion, supuestos=[supuesto], nombre="Lo usa")
    riesgo(programa, supuestos=[supuesto], nombre="Lo pone en duda")
    detalle = client.get(supuesto.get_absolute_url()).content.decode()
    assert indicador.nombre in detalle
    assert "Lo pone en duda" in detalle
    respuesta = client.post(reverse("programas:supuesto_eliminar", args=[supuesto.pk]))
    assert respuesta.status_code == 409
    assert indicador.clave in respuesta.content.decode()


# -- ajustes y explicaciones -----------------------------------------------------------
def de_periodo(ruta: str, indicador, periodo) -> str:
    return f"{reverse(f'programas:{ruta}_nuevo')}?indicador={indicador.pk}&periodo={periodo}"


def test_fijar_el_tr_muestra_el_que_se_deduce(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    for dia in (date(ANIO, 2, 1), date(ANIO, 4, 20)):
        planes.actividad(accion, el=dia)
    alta = de_periodo("ajustedetiempo", indicador, 1)
    pagina = client.get(alta).content.decode()
    assert "0.3014" in pagina
    assert client.post(alta, {"tr": "0.5", "razon": ""}).status_code == 422
    assert client.post(alta, {"tr": "0", "razon": "Porque sí"}).status_code == 422
    assert client.post(alta, {"tr": "3", "razon": "Porque sí"}).status_code == 422
    respuesta = client.post(alta, {"tr": "0.5", "razon": "La publicó otra área"})
    assert respuesta.url == f"{indicador.get_absolute_url()}#p1"
    ajuste = AjusteDeTiempo.objects.get()
    assert (ajuste.indicador, ajuste.periodo, ajuste.tr) == (indicador, 1, Decimal("0.5"))
    assert ajuste.history.first().history_user == direccion
    repetido = client.post(alta, {"tr": "0.4", "razon": "Otra vez"})
    assert repetido.status_code == 422


def test_explicar_ensena_la_cifra_y_guarda_lo_dicho(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    planes.actividad(accion, el=date(ANIO, 2, 1))
    alta = de_periodo("explicacion", indicador, 1)
    assert "A = (1 × 0.25) / (4 × 0.25) = 0.25" in client.get(alta).content.decode()
    incompleta = client.post(alta, {"causa": "Faltó personal", "medida": "", "pronostico": ""})
    assert incompleta.status_code == 422
    assert "Faltó personal" in incompleta.content.decode()
    assert "A = (1 × 0.25)" in incompleta.content.decode()
    datos = {"causa": "Faltó personal", "medida": "Contratar", "pronostico": "1 en junio"}
    assert client.post(alta, datos).status_code == 302
    explicacion = Explicacion.objects.get()
    detalle = client.get(reverse("programas:explicacion_detalle", args=[explicacion.pk])).content.decode()
    assert "Contratar" in detalle
    editar = reverse("programas:explicacion_editar", args=[explicacion.pk])
    assert client.post(editar, {**datos, "causa": "Huelga", "version": explicacion.version}).status_code == 302
    explicacion.refresh_from_db()
    assert (explicacion.causa, explicacion.history.count()) == ("Huelga", 2)
    assert client.post(reverse("programas:explicacion_eliminar", args=[explicacion.pk])).status_code == 302
    assert not Explicacion.objects.exists()


@pytest.mark.parametrize("cola", ["", "?indicador=x", "?indicador=99999999999999999999", "?indicador=1&periodo=abc"])
def test_sin_indicador_en_la_direccion_se_elige(client, direccion, accion, cola):
    for ruta in ("ajustedetiempo_nuevo", "explicacion_nuevo"):
        assert client.get(reverse(f"programas:{ruta}") + cola).status_code == 200


def test_un_periodo_que_no_existe_se_dice(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    alta = de_periodo("explicacion", indicador, 7)
    assert client.get(alta).status_code == 200
    respuesta = client.post(alta, {"periodo": "7", "causa": "a", "medida": "b", "pronostico": "c"})
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["periodo"]


def test_un_trimestre_cerrado_dice_por_que_en_vez_del_formulario(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    ajuste = fabrica.ajuste(indicador)
    cerrar_trimestre(programa=indicador.programa, trimestre=1, razon="Informe aprobado", por=direccion)
    for direccion_de in (
        de_periodo("explicacion", indicador, 1),
        de_periodo("ajustedetiempo", indicador, 1),
        reverse("programas:ajustedetiempo_editar", args=[ajuste.pk]),
    ):
        respuesta = client.get(direccion_de)
        assert respuesta.status_code == 403
        assert "Informe aprobado" in respuesta.content.decode()
    assert client.get(de_periodo("explicacion", indicador, 2)).status_code == 200
    pagina = client.get(indicador.get_absolute_url()).content.decode()
    assert "nadie lo ha explicado. El primer trimestre de 2021" in pagina


# -- datos -----------------------------------------------------------------------------
@pytest.fixture
def con_dato(accion):
    return fabrica.indicador(
        accion=accion, variables=[fabrica.logrado(origen=Origen.DATO), fabrica.programado(acciones=[accion])]
    )


def celda(variable, periodo: int, valor="", procedencia="", visto="") -> dict:
    prefijo = f"d-{variable.pk}-{periodo}"
    return {f"{prefijo}-valor": valor, f"{prefijo}-procedencia": procedencia, f"{prefijo}-visto": visto}


def capturar(client, indicador, *celdas: dict):
    return client.post(
        reverse("programas:mir_datos", args=[indicador.programa_id]), {k: v for c in celdas for k, v in c.items()}
    )


def test_se_capturan_varios_periodos_de_una_vez(client, direccion, con_dato):
    variable = con_dato.variables.first()
    respuesta = capturar(client, con_dato, celda(variable, 1, "3", "Oficio 12"), celda(variable, 2, "0", "Oficio 13"))
    assert respuesta.status_code == 302
    assert list(DatoDeVariable.objects.values_list("periodo", "valor", "procedencia")) == [
        (1, 3, "Oficio 12"),
        (2, 0, "Oficio 13"),
    ]
    dato = DatoDeVariable.objects.get(periodo=1)
    capturar(client, con_dato, celda(variable, 1, "", "", dato.version), celda(variable, 2, "0", "Oficio 13", 1))
    assert not DatoDeVariable.objects.filter(periodo=1).exists()
    assert DatoDeVariable.history.filter(periodo=1, history_type="-", history_user=direccion).exists()
    assert DatoDeVariable.objects.get(periodo=2).version == 1  # lo que no cambió no se reescribe


@pytest.mark.parametrize(
    ("valor", "procedencia", "campo"),
    [("-3", "Oficio", "valor"), ("tres", "Oficio", "valor"), ("3", "", "procedencia"), ("", "Oficio", "valor"),
     ("1e400", "Oficio", "valor"), ("NaN", "Oficio", "valor"), ("99999999999", "Oficio", "valor")],
)  # fmt: skip
def test_un_renglon_malo_no_guarda_ninguno_ni_pierde_lo_escrito(client, direccion, con_dato, valor, procedencia, campo):
    variable = con_dato.variables.first()
    respuesta = capturar(
        client, con_dato, celda(variable, 1, valor, procedencia), celda(variable, 2, "7", "Oficio bueno")
    )
    assert respuesta.status_code == 422
    malas = respuesta.context["con_error"]
    assert [(c.periodo, list(c.errors)) for c in malas] == [(1, [campo])]
    assert "Oficio bueno" in respuesta.content.decode()
    assert not DatoDeVariable.objects.exists()


def test_lo_que_otra_persona_guardo_no_se_pisa_sin_saberlo(client, direccion, con_dato):
    variable = con_dato.variables.first()
    dato = fabrica.dato(variable, valor=5, procedencia="Oficio suyo")
    respuesta = capturar(client, con_dato, celda(variable, 1, "3", "Oficio mío", visto=""))
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "Otra persona acaba de guardar 5 (Oficio suyo)" in pagina
    assert 'value="Oficio mío"' in pagina
    assert capturar(client, con_dato, celda(variable, 1, "3", "Oficio mío", visto=dato.version)).status_code == 302
    dato.refresh_from_db()
    assert dato.valor == 3


def test_ni_lo_cerrado_ni_lo_futuro_se_captura(client, direccion, con_dato):
    variable = con_dato.variables.first()
    with time_machine.travel(date(ANIO, 5, 10)):
        cerrar_trimestre(programa=con_dato.programa, trimestre=1, razon="Informe aprobado", por=direccion)
        client.force_login(direccion, backend="django.contrib.auth.backends.ModelBackend")
        pagina = client.get(reverse("programas:mir_datos", args=[con_dato.programa_id])).content.decode()
        assert "Informe aprobado" in pagina
        assert "todavía no empieza" in pagina
        assert f"d-{variable.pk}-1-valor" not in pagina
        assert f"d-{variable.pk}-2-valor" in pagina
        capturar(client, con_dato, celda(variable, 1, "3", "x"), celda(variable, 4, "3", "x"))
    assert not DatoDeVariable.objects.exists()


def test_sin_variables_de_captura_la_hoja_lo_dice(client, direccion, accion):
    indicador = fabrica.indicador(accion=accion)
    pagina = client.get(reverse("programas:mir_datos", args=[indicador.programa_id])).content.decode()
    assert "No hay datos que capturar" in pagina


def test_el_dato_tiene_su_pagina_con_historia(client, direccion, con_dato):
    dato = fabrica.dato(con_dato.variables.first(), valor="2.5")
    detalle = client.get(reverse("programas:datodevariable_detalle", args=[dato.pk])).content.decode()
    assert "2.5" in detalle
    editar = reverse("programas:datodevariable_editar", args=[dato.pk])
    assert 'value="2.5"' in client.get(editar).content.decode()
    assert client.post(editar, {"valor": "4", "procedencia": "Oficio", "version": dato.version}).status_code == 302
    dato.refresh_from_db()
    assert (dato.valor, dato.periodo) == (4, 1)
    assert client.post(reverse("programas:datodevariable_eliminar", args=[dato.pk])).status_code == 302


def test_un_dato_de_lo_cerrado_no_estorba_a_lo_que_se_captura(client, direccion, con_dato):
    variable = con_dato.variables.first()
    fabrica.dato(variable, valor=5, procedencia="Oficio de enero")
    with time_machine.travel(date(ANIO, 5, 10)):
        cerrar_trimestre(programa=con_dato.programa, trimestre=1, razon="Informe aprobado", por=direccion)
        client.force_login(direccion, backend="django.contrib.auth.backends.ModelBackend")
        # La página no pinta casillas en lo cerrado: el navegador no las manda.
        respuesta = capturar(client, con_dato, celda(variable, 2, "7", "Oficio de mayo"))
    assert respuesta.status_code == 302
    assert dict(DatoDeVariable.objects.values_list("periodo", "valor")) == {1: 5, 2: 7}
