"""La página de cifras vivas, su uso, y las frases que cambian con el número."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from informes.narrativa import NarrativaInvalida, errores, redactar
from informes.narrativa.usos import fallas_de, usos
from tests.fabricas import informes as informes_fabrica
from tests.fabricas import programas
from tests.fabricas import renglones as fabrica
from tests.fabricas.personas import persona
from vinculacion.nucleo.palabras import en_palabras
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.renglones import literal
from vinculacion.nucleo.secciones import CIFRAS, TIPOS_DE_CIFRA, CifraViva, Contexto

MODELO = "django.contrib.auth.backends.ModelBackend"
DEL_TRIMESTRE = Contexto(Periodo(date(2020, 10, 1), date(2020, 12, 31)))
FRASE = (
    '{% si convenios.n %}Se suscribieron {{ convenios.n | en_palabras:"apocope" }} convenios.'
    "{% uno %}Se suscribió un convenio.{% sino %}No se reportan convenios.{% fin %}"
)


def falsa(valor, tipo: str = "numero") -> CifraViva:
    return CifraViva("convenios.n", "Una", lambda _contexto: valor, "m", "convenio", "convenios", tipo=tipo)


def dice(texto, valor, tipo="numero"):
    return redactar(texto, DEL_TRIMESTRE, {"convenios.n": falsa(valor, tipo)})


@given(st.integers(0, 5000))
@settings(deadline=None)
def test_la_frase_sigue_al_numero(n):
    esperado = {0: "No se reportan convenios.", 1: "Se suscribió un convenio."}
    assert dice(FRASE, n) == esperado.get(n, f"Se suscribieron {en_palabras(n, apocope=True)} convenios.")


def test_sin_rama_de_uno_vale_la_de_varios():
    assert dice("{% si convenios.n %}hay{% sino %}no hay{% fin %}", 1) == "hay"


@pytest.mark.parametrize(
    ("texto", "mensaje"),
    [
        ("{% si convenios.n %}a{% uno %}b{% uno %}c{% fin %}", "Hay dos «{% uno %}»"),
        ("{% uno %}", "no tiene un «{% si %}» antes"),
        ("Hubo[^1].", "La llamada [^1] no tiene su nota al pie."),
        ("Hubo.\n\n[^2]: Nadie.", "Nadie llama a la nota al pie [^2]."),
        ("{{ convenios.n | rango }}", "es para varias fechas, no para números"),
    ],
)
def test_errores(texto, mensaje):
    assert any(mensaje in str(e) for e in errores(texto, {"convenios.n": falsa(3)}))


def test_el_error_de_una_nota_dice_su_renglon():
    (error,) = errores("Uno.\n\nDos[^7].", {})
    assert error.linea == 3
    assert "Uno.\n\nDos[^7]."[error.inicio : error.fin] == "[^7]"


def test_una_nota_que_se_queda_en_la_rama_que_no_toca_es_un_error():
    with pytest.raises(NarrativaInvalida, match="no tiene su nota"):
        dice("Hubo[^1].\n\n{% si convenios.n %}\n[^1]: Sólo si hay.\n{% fin %}", 0)


@pytest.mark.parametrize(
    ("escrito", "esperado"),
    [
        ("{{ convenios.n }}", "7 y 9 de diciembre de 2020"),
        ('{{ convenios.n | fechas:"larga" }}', "lunes 7 y miércoles 9 de diciembre de 2020"),
        ("{{ convenios.n | rango }}", "del 7 al 9 de diciembre de 2020"),
        ("{{ convenios.n | rango | capitaliza }}", "Del 7 al 9 de diciembre de 2020"),
        ("{{ periodo.dias | rango }}", "del 1° de octubre al 31 de diciembre de 2020"),
    ],
)
def test_fechas(escrito, esperado):
    assert dice(escrito, [date(2020, 12, 9), date(2020, 12, 7)], "fechas") == esperado


def test_listas():
    assert dice("con {{ convenios.n }}", ["UNAM", "UAM", "IPN"], "lista") == "con UNAM, UAM e IPN"
    with pytest.raises(NarrativaInvalida, match="no hay ninguno en el periodo"):
        dice("con {{ convenios.n }}", [], "lista")
    assert dice("{% si convenios.n %}con {{ convenios.n }}{% sino %}sola{% fin %}", [], "lista") == "sola"


@given(st.text(max_size=80))
@settings(deadline=None)
def test_lo_capturado_en_un_registro_nunca_es_una_cifra(texto):
    assert not [e for e in errores(literal(texto), {}) if "{" in e.mensaje or "%" in e.mensaje]
    assert "{{" not in literal(texto) and "{%" not in literal(texto)


def test_tres_mil_palabras_se_redactan_y_se_revisan():
    parrafo = "En el periodo {{ convenios.n | concuerda }} con **organismos** de la Ciudad[^{n}]. " * 1
    texto = "\n\n".join(parrafo.replace("{n}", str(n)) for n in range(300))
    texto += "\n\n" + "\n".join(f"[^{n}]: Nota {n}." for n in range(300))
    assert len(texto.split()) > 3000
    redactado = dice(texto, 3)
    assert redactado.count("tres convenios") == 300
    malo = texto + "\n\n{{ convenios.m }}"
    assert len(errores(malo, {"convenios.n": falsa(3)})) == 1


@pytest.mark.django_db
class TestDeVerdad:
    def test_cada_cifra_dice_su_tipo_y_se_calcula_o_explica(self):
        informe = informes_fabrica.informe()
        contexto = Contexto(informe.periodo, informe.comision, informe=informe)
        for clave, cifra in CIFRAS.items():
            assert cifra.tipo in TIPOS_DE_CIFRA, clave
            try:
                redactar(f"{{{{ {clave} }}}}", contexto, CIFRAS)
            except NarrativaInvalida as error:
                assert "no se puede escribir" in str(error), clave

    def test_fechas_nombres_y_metas_de_la_bitacora(self):
        accion = programas.accion(programas.eje(programas.programa(2020, clave="pe-2020")), metas={4: 3})
        tipo = programas.tipo(clave="curso", nombre="Curso")
        for dia in (date(2020, 10, 5), date(2020, 10, 9)):
            programas.actividad(accion, tipo=tipo, fecha_inicio=dia, mujeres=3, hombres=1)
        texto = (
            '{{ programas.fechas tipo="curso" | rango }}; {{ programas.mujeres tipo="curso" }}, '
            f'{{{{ programas.hombres }}}}; {{{{ programas.meta accion="{accion.clave}" }}}}; '
            f'{{{{ programas.por_alcanzar accion="{accion.clave}" | concuerda }}}}'
        )
        assert redactar(texto, DEL_TRIMESTRE, CIFRAS) == "del 5 al 9 de octubre de 2020; 6, 2; 3; una unidad"
        with pytest.raises(NarrativaInvalida, match="es de un plan de 2020"):
            redactar(f'{{{{ programas.meta accion="{accion.clave}" trimestre="2021-1" }}}}', DEL_TRIMESTRE, CIFRAS)

    def test_usos_y_apartados_con_error(self):
        informe = informes_fabrica.informe()
        informes_fabrica.apartado(informe, "Bien", narrativa="{{ comision.sesiones }}")
        mal = informes_fabrica.apartado(informe, "Mal", narrativa="ok")
        type(mal).objects.filter(pk=mal.pk).update(explicacion="{{ comision.ya_no_existe }}")
        fabrica.renglon(informe, "{{ comision.sesiones }} sesiones", "balance", rubro="Comisión")
        citadas = usos(informe)
        assert [t.donde for t in citadas["comision.sesiones"]] == ["Bien", "Balance: Comisión"]
        assert [a.titulo for a in informe.apartados.all() if fallas_de(a)] == ["Mal"]

    def test_la_pagina_de_cifras(self, client):
        informe = informes_fabrica.informe()
        informes_fabrica.apartado(informe, "Introducción", narrativa="{{ comision.sesiones }}")
        direccion = reverse("informes:informe_cifras", args=[informe.pk])
        client.force_login(persona("informes.view_informe"), backend=MODELO)
        pagina = client.get(direccion).content.decode()
        assert "{{ comision.sesiones }}" in pagina and "Introducción" in pagina
        assert client.get(f"{direccion}?json").json()["comision.sesiones"] == "0"
        client.force_login(persona(), backend=MODELO)
        assert client.get(direccion).status_code == 403

    @pytest.mark.parametrize(
        ("texto", "esperado"),
        [
            ("{{ comision.sesiones | en_palabras }}", {"texto": "cero"}),
            ("{{ comision.seciones }}", {"errores": [{"linea": 1}]}),
            ("**Nada**[^c].\n\n[^c]: Del acta.", {"texto": "Nada[1].\n[1] Del acta."}),
            ("", {"texto": ""}),
        ],
    )
    def test_el_valor_de_un_texto(self, client, texto, esperado):
        informe = informes_fabrica.informe()
        client.force_login(persona("informes.view_informe"), backend=MODELO)
        direccion = reverse("informes:informe_cifras_valor", args=[informe.pk])
        dicho = client.post(direccion, {"texto": texto}).json()
        if "texto" in esperado:
            assert dicho["texto"] == esperado["texto"]
        else:
            assert "¿quiso decir" in dicho["errores"][0]["mensaje"]
        assert client.post(direccion, {"texto": "a" * 70_000}).status_code == 422
        assert client.get(direccion).status_code == 405


def test_un_parametro_entre_parentesis_se_explica():
    (error,) = errores('{{ programas.unidades(accion="pat-2020:1A") | numero }}', CIFRAS)
    assert "los parámetros van sin paréntesis" in error.mensaje
