"""El lenguaje de cifras vivas: lo que escribe, lo que rechaza y lo que propone."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from unittest.mock import Mock, call

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from informes.narrativa import (
    Condicional,
    NarrativaInvalida,
    Texto,
    analizar,
    errores,
    redactar,
    sustituciones,
    tokens_usados,
    vocabulario,
)
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import CifraViva, Contexto


def cifra_falsa(dada, genero="m", singular="", plural="", parametros=()) -> CifraViva:
    funcion = Mock(side_effect=dada) if isinstance(dada, Exception) else Mock(return_value=dada)
    return CifraViva("falsa", "Una cifra", funcion, genero, singular, plural, parametros)


class Comision(SimpleNamespace):
    def __str__(self):
        return self.nombre


@pytest.fixture
def cifras():
    return {
        "convenios.suscritos": cifra_falsa(3, "m", "convenio", "convenios", ("ambito",)),
        "convenios.opiniones": cifra_falsa(0, "f", "opinión", "opiniones"),
        "comision.acuerdos": cifra_falsa(11, "m", "acuerdo", "acuerdos"),
        "actividades.unidades": cifra_falsa(21, "f", "actividad", "actividades", ("accion", "tipo")),
        "observacion.asistentes": cifra_falsa(1, "f", "persona", "personas"),
        "ine.folios": cifra_falsa(1765, "m", "folio", "folios"),
        "avance.porcentaje": cifra_falsa(Decimal("83.333")),
        "roto.objeto": cifra_falsa(ObjectDoesNotExist("No existe la acción «1Z».")),
        "roto.valor": cifra_falsa(ValueError("El ámbito «x» no existe.")),
        "roto.validacion": cifra_falsa(ValidationError("Escriba una acción.")),
        "roto.nada": cifra_falsa(None),
    }


@pytest.fixture
def contexto():
    return SimpleNamespace(
        periodo=Trimestre(2020, 4).periodo,
        comision=Comision(nombre="Comisión de Vinculación", siglas="CVOE"),
        titulo="Cuarto informe trimestral",
    )


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("", ""),
        ("Sin cifras, con {llaves} y 50 % sueltos.", "Sin cifras, con {llaves} y 50 % sueltos."),
        ("Hubo {{ convenios.suscritos }}.", "Hubo 3."),
        ("{{convenios.suscritos}}", "3"),
        ("{{ ine.folios | numero }}", "1,765"),
        ('{{ avance.porcentaje | numero:"2" }}', "83.33"),
        ("{{ convenios.suscritos | en_palabras }}", "tres"),
        ("{{ actividades.unidades | en_palabras }}", "veintiuna"),
        ('{{ actividades.unidades | en_palabras:"m" }}', "veintiuno"),
        ('{{ comision.acuerdos | en_palabras:"f" }}', "once"),
        ("{{ convenios.suscritos | en_palabras | capitaliza }} convenios", "Tres convenios"),
        ('{{ convenios.suscritos | concuerda:"convenio,convenios" }}', "tres convenios"),
        ("{{ convenios.suscritos | concuerda:“convenio, convenios” }}", "tres convenios"),
        ("{{ convenios.suscritos | concuerda }}", "tres convenios"),
        ("{{ convenios.opiniones | concuerda | capitaliza }}", "Ninguna opinión"),
        (
            '{{ convenios.opiniones | concuerda:"opinión,opiniones,sin opiniones, por ahora" }}',
            "sin opiniones, por ahora",
        ),
        ('{{ actividades.unidades | concuerda:"boletín,boletines,m" }}', "veintiún boletines"),
        ('{{ convenios.opiniones | concuerda:"dictamen,dictámenes,m,sin dictámenes" }}', "sin dictámenes"),
        ('{{ observacion.asistentes | cuenta:"persona,personas" }}', "1 persona"),
        ('Se {{ convenios.suscritos | elige:"suscribió,suscribieron" }}', "Se suscribieron"),
        ('{{ observacion.asistentes | elige:"asistió,asistieron" }}', "asistió"),
        ('{{ convenios.opiniones | elige:"emitió,emitieron" }}', "emitió"),
        ('{{ convenios.opiniones | elige:"se emitió,se emitieron,no se emitió" }}', "no se emitió"),
        ("{{ periodo.trimestre }}", "cuarto trimestre de 2020"),
        ("{{ ine.folios | cuenta }}", "1,765 folios"),
        ("{{ convenios.opiniones | cuenta }}", "0 opiniones"),
        ('{{ comision.acuerdos | ordinal:"f" }} sesión', "décima primera sesión"),
        ("{{ avance.porcentaje | porcentaje }}", "83.3%"),
        ('{{ avance.porcentaje | porcentaje:"0" }}', "83%"),
        ('{{ actividades.unidades accion="pat-2020:1B" tipo="nota-ejecutiva" | numero }}', "21"),
        ('{{ actividades.unidades accion="a | b }} c" }}', "21"),
        ("{{ periodo }}", "octubre a diciembre de 2020"),
        ("{{ periodo | capitaliza }}", "Octubre a diciembre de 2020"),
        (
            "Del {{ periodo.inicio | fecha }} al {{ periodo.fin }}",
            "Del 1° de octubre de 2020 al 31 de diciembre de 2020",
        ),
        ('{{ periodo.inicio | fecha:"larga" | capitaliza }}', "Jueves 1° de octubre de 2020"),
        ('{{ periodo.fin | fecha:"corta" }}', "31/12/2020"),
        ("{{ trimestre }}; {{ trimestre.ordinal }}; {{ trimestre.numero }}", "cuarto trimestre de 2020; cuarto; 4"),
        ("{{ anio }}", "2020"),
        ("{{ comision }} ({{ comision.siglas }})", "Comisión de Vinculación (CVOE)"),
        ("{{ titulo }}", "Cuarto informe trimestral"),
        ("{% si convenios.suscritos %}Sí{% sino %}No{% fin %}.", "Sí."),
        ("{% si convenios.opiniones %}Sí{% sino %}No{% fin %}.", "No."),
        ("{% si convenios.opiniones %}Sí{% fin %}.", "."),
        ("{%si comision.acuerdos%}{{ comision.acuerdos | concuerda }}{%fin%}", "once acuerdos"),
        ("{% si convenios.opiniones %}a{% sino %}{% si ine.folios %}b{% fin %}c{% fin %}", "bc"),
        ('{% si convenios.suscritos ambito="nacional" %}Sí{% fin %}', "Sí"),
        ("- uno\n{% si ine.folios %}\n- dos\n{% sino %}\n- nada\n{% fin %}\n- tres", "- uno\n- dos\n- tres"),
        ("{% si trimestre %}del {{ trimestre }}{% sino %}de {{ periodo }}{% fin %}", "del cuarto trimestre de 2020"),
    ],
)
def test_redactar(texto, esperado, contexto, cifras):
    assert errores(texto, cifras) == []
    assert redactar(texto, contexto, cifras) == esperado


@pytest.mark.parametrize(
    ("texto", "mensaje", "lugar"),
    [
        (
            "a {{ convenios.suscrito }}",
            "No existe la cifra «convenios.suscrito»: ¿quiso decir «convenios.suscritos»?",
            "{{ convenios.suscrito }}",
        ),
        ("{{ zzzqqq }}", "No existe la cifra «zzzqqq».", "{{ zzzqqq }}"),
        ("{{ año }}", "No existe la cifra «año»: ¿quiso decir «anio»?", "{{ año }}"),
        (
            "{{ ine.folios | en_palabra }}",
            "No existe el filtro «en_palabra»: ¿quiso decir «en_palabras»?",
            "{{ ine.folios | en_palabra }}",
        ),
        ("{{ ine.folios | fecha }}", "El filtro «fecha» es para fechas, no para números.", None),
        ("{{ periodo.inicio | en_palabras }}", "El filtro «en_palabras» es para números, no para fechas.", None),
        ("{{ ine.folios | en_palabras | numero }}", "El filtro «numero» es para números, no para texto.", None),
        ('{{ ine.folios | en_palabras:"x" }}', "El filtro «en_palabras» no admite «x»; sólo m, f y apocope.", None),
        ('{{ ine.folios | numero:"muchos" }}', "El filtro «numero» no admite «muchos»", None),
        ('{{ ine.folios | capitaliza:"x" }}', "El filtro «capitaliza» no admite «x».", None),
        ('{{ ine.folios | concuerda:"folio" }}', "El filtro «concuerda» necesita singular y plural", None),
        ('{{ ine.folios | elige:"uno" }}', "El filtro «elige» necesita las formas en singular y plural", None),
        ("{{ ine.folios | elige }}", "El filtro «elige» necesita las formas en singular y plural", None),
        ("{{ avance.porcentaje | concuerda }}", "El filtro «concuerda» necesita el sustantivo", None),
        (
            '{{ actividades.unidades acion="1B" }}',
            "«actividades.unidades» no tiene el parámetro «acion»: ¿quiso decir «accion»?",
            None,
        ),
        ('{{ ine.folios anio="2020" }}', "«ine.folios» no tiene el parámetro «anio»; no admite ninguno.", None),
        ('{{ anio x="1" }}', "«anio» no tiene el parámetro «x»; no admite ninguno.", None),
        ('{{ convenios.suscritos zz="1" }}', "no tiene el parámetro «zz»; admite ambito.", None),
        (
            '{{ convenios.suscritos ambito="a" ambito="b" }}',
            "El parámetro «ambito» está dos veces",
            None,
        ),
        (
            "{{ convenios.suscritos ambito=nacional }}",
            ': el valor va entre comillas, ambito="nacional".',
            None,
        ),
        ("{{ ine.folios | en_palabras:f }}", ': lo que sigue a los dos puntos va entre comillas, :"f".', None),
        ("{{ }}", "Falta el nombre de la cifra", "{{ }}"),
        ("{{ 3 }}", "Falta el nombre de la cifra", None),
        ("{{ ine.folios + 1 }}", "No se entiende «+ 1»", None),
        ("{{ ine.folios | }}", "No se entiende «|»", None),
        ("x {{ ine.folios y sigue", "«{{» se abre y no se cierra con «}}».", "{{"),
        ("{{ ine.folios } }", "«{{» se abre y no se cierra", "{{"),
        ("{{ ine.folios {{ ine.folios }}", "«{{» se abre y no se cierra", "{{"),
        ("{{ ine.folios\n\n }}", "«{{» se abre y no se cierra", "{{"),
        ("ine.folios }}", "«}}» sobra: nada lo abre.", "}}"),
        ("sobra %}", "«%}» sobra: nada lo abre.", "%}"),
        ("{% si ine.folios %}a", "«{% si %}» no se cierra con «{% fin %}».", "{% si ine.folios %}"),
        ("a{% fin %}", "«{% fin %}» no tiene un «{% si %}» antes.", "{% fin %}"),
        ("a{% sino %}", "«{% sino %}» no tiene un «{% si %}» antes.", "{% sino %}"),
        ("{% si ine.folios %}{% sino %}{% sino %}{% fin %}", "Hay dos «{% sino %}»", None),
        ("{% si %}a{% fin %}", "Falta el nombre de la cifra en «{% si %}».", "{% si %}"),
        ("{% si ine.folios | numero %}a{% fin %}", "En «{% si %}» la cifra va sin filtros.", None),
        ("{% si ine.folios > 1 %}a{% fin %}", "No se entiende «> 1»", None),
        ("{% if ine.folios %}", "No existe la etiqueta «{% if ine.folios %}»", None),
        ("{% si ine.folios %}{% finsi %}{% fin %}", "¿quiso decir «fin»?", "{% finsi %}"),
        ("{% si ine.folios %}a{% fin ine.folios %}", "«{% fin %}» va solo: sobra «ine.folios».", None),
        ("{% si ine.folio %}a{% fin %}", "¿quiso decir «ine.folios»?", "{% si ine.folio %}"),
        ("{% include 'x' %}", "No existe la etiqueta", None),
        ("{{ ine.folios.__class__ }}", "No existe la cifra «ine.folios.__class__»", None),
        ("{% si ine.folios %}{{ nada.de.esto }}", "No existe la cifra «nada.de.esto»", "{{ nada.de.esto }}"),
    ],
)
def test_errores(texto, mensaje, lugar, contexto, cifras):
    hallados = errores(texto, cifras)
    error = next((e for e in hallados if mensaje in e.mensaje), None)
    assert error, [e.mensaje for e in hallados]
    if lugar is not None:
        assert texto[error.inicio : error.fin] == lugar
    with pytest.raises(NarrativaInvalida) as invalida:
        redactar(texto, contexto, cifras)
    assert invalida.value.errores == hallados


def test_todos_los_errores_con_su_renglon(cifras):
    texto = "Uno {{ nada }}\n\nDos }}\n{{ ine.folios | x }} y {{ abierta\n"
    assert [error.linea for error in errores(texto, cifras)] == [1, 3, 4, 4]


def test_un_error_de_lectura_no_tapa_los_demas_ni_se_duplica(cifras):
    texto = "{% si nada %}{{ tampoco }}{% fin %}"
    assert len(errores(texto, cifras)) == 2
    with pytest.raises(NarrativaInvalida, match="Renglón 1: Falta el nombre"):
        analizar("{{ }}")


@pytest.mark.parametrize(
    ("texto", "mensaje"),
    [
        ("{{ roto.objeto }}", "«{{ roto.objeto }}» no se puede escribir: No existe la acción «1Z»."),
        ("{{ roto.valor }}", "El ámbito «x» no existe."),
        ("{{ roto.validacion }}", "Escriba una acción."),
        ("{{ roto.nada }}", "la cifra no tiene valor en este periodo"),
        ("{% si roto.objeto %}a{% fin %}", "No existe la acción «1Z»."),
        ("{{ avance.porcentaje | en_palabras }}", "83.333 no es entero: no se escribe con letra."),
        ("{{ ine.folios | ordinal }}", "Sólo hay ordinales con letra del 1 al 99"),
    ],
)
def test_lo_que_no_se_puede_calcular_es_un_error_y_no_un_hueco(texto, mensaje, contexto, cifras):
    assert errores(texto, cifras) == []
    with pytest.raises(NarrativaInvalida) as invalida:
        redactar(texto, contexto, cifras)
    assert [mensaje in error.mensaje for error in invalida.value.errores] == [True]


def test_redactar_junta_los_errores_de_calculo(contexto, cifras):
    with pytest.raises(NarrativaInvalida) as invalida:
        redactar("{{ roto.objeto }}\n{{ ine.folios }}\n{{ roto.valor }}", contexto, cifras)
    assert [error.linea for error in invalida.value.errores] == [1, 3]


def test_la_rama_que_no_toca_no_se_calcula(contexto, cifras):
    assert redactar("{% si convenios.opiniones %}{{ roto.objeto }}{% fin %}", contexto, cifras) == ""


def test_cada_cifra_se_calcula_una_vez_por_texto(contexto, cifras):
    texto = (
        "{{ ine.folios }} {{ ine.folios | en_palabras }} "
        '{% si ine.folios %}{{ actividades.unidades tipo="a" }}{% fin %}{{ actividades.unidades tipo="b" }}'
    )
    redactar(texto, contexto, cifras)
    assert cifras["ine.folios"].funcion.mock_calls == [call(contexto)]
    assert cifras["actividades.unidades"].funcion.mock_calls == [call(contexto, tipo="a"), call(contexto, tipo="b")]


def test_un_informe_sin_trimestre_ni_comision(cifras):
    contexto = SimpleNamespace(periodo=Periodo(date(2020, 10, 1), date(2022, 8, 31)), comision=None, titulo="")
    texto = "{% si trimestre %}del {{ trimestre }}{% sino %}de {{ periodo }} ({{ anio }}){% fin %}"
    assert redactar(texto, contexto, cifras) == "de octubre de 2020 a agosto de 2022 (2020 a 2022)"
    assert redactar("{% si comision %}x{% fin %}", contexto, cifras) == ""
    with pytest.raises(NarrativaInvalida) as invalida:
        redactar("{{ trimestre.ordinal }} {{ comision.siglas }}", contexto, cifras)
    assert "no es un trimestre" in str(invalida.value)
    assert "no tiene comisión" in str(invalida.value)


def test_analizar_y_tokens_usados():
    nodos = analizar('Hay {{ a.b x="1" | numero:"2" }}.{% si c %}{{ d }}{% fin %}')
    assert nodos[0] == Texto("Hay ")
    assert isinstance(nodos[3], Condicional)
    dato = nodos[1]
    assert (dato.clave, dato.parametros) == ("a.b", (("x", "1"),))
    assert (dato.filtros[0].nombre, dato.filtros[0].argumento) == ("numero", "2")
    usados = tokens_usados('{{ a.b x="1" }}{% si c %}{{ d }}{% sino %}{{ a.b }}{% fin %} {{ mal')
    assert [dato.clave for dato in usados] == ["a.b", "c", "d", "a.b"]


def test_sustituciones(contexto, cifras):
    texto = (
        "{{ convenios.suscritos | concuerda }} {{ ine.folios }} {{ ine.folios }} {{ mal }} {{ roto.valor }}"
        "{% si convenios.opiniones %}{{ convenios.opiniones }}{% sino %}{{ anio }}{% fin %} {{ abierta"
    )
    assert sustituciones(texto, contexto, cifras) == [
        ("{{ convenios.suscritos | concuerda }}", "tres convenios"),
        ("{{ ine.folios }}", "1,765"),
        ("{{ roto.valor }}", "Sin valor: El ámbito «x» no existe."),
        ("{% si convenios.opiniones %}", "no se cumple"),
        ("{{ convenios.opiniones }}", "0"),
        ("{{ anio }}", "2020"),
    ]


def test_vocabulario_para_el_editor(cifras):
    palabras = vocabulario(cifras)
    assert {
        "clave": "periodo.inicio",
        "nombre": "Primer día del periodo",
        "tipo": "fecha",
        "parametros": [],
    } in palabras["datos"]
    assert "concuerda" in [filtro["nombre"] for filtro in palabras["filtros"]]
    assert [etiqueta["nombre"] for etiqueta in palabras["etiquetas"]] == ["si", "uno", "sino", "fin"]


TROZOS = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        " si ",
        " sino ",
        " fin ",
        "ine.folios",
        "|",
        " concuerda",
        ':"a,b"',
        '"',
        "\n",
        "\n\n",
        "x",
        "“",
    ]
)


@given(st.lists(TROZOS | st.text(max_size=5), max_size=20).map("".join))
def test_cualquier_texto_se_redacta_o_se_explica(texto):
    cifras = {"ine.folios": cifra_falsa(2)}
    contexto = SimpleNamespace(periodo=Trimestre(2020, 4).periodo, comision=None, titulo="")
    hallados = errores(texto, cifras)
    assert all(0 <= e.inicio < e.fin <= len(texto) and e.linea >= 1 for e in hallados)
    try:
        redactado = redactar(texto, contexto, cifras)
    except NarrativaInvalida as error:
        assert error.errores
    else:
        assert not hallados
        assert "{{" not in redactado and "{%" not in redactado
    sustituciones(texto, contexto, cifras)


def test_en_un_mismo_documento_cada_cifra_se_calcula_una_vez(cifras):
    contexto, folios = Contexto(Trimestre(2020, 4).periodo), cifras["ine.folios"]
    with memoria():
        assert [redactar("{{ ine.folios }}", contexto, cifras) for _ in range(2)] == ["1,765"] * 2
    assert folios.funcion.call_count == 1
    with pytest.raises(ValueError, match="no tiene el parámetro «color»"):
        folios.valor(contexto, {"color": "rojo"})
