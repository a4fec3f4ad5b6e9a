"""El documento de un programa: capítulos, portada, páginas, descargas y órdenes."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from informes.exportacion import escribir
from informes.planeacion.documento import documento, periodo_de_ejecucion
from programas.estados import EstadoDePrograma, LugarDelTexto, TipoDePrograma
from programas.metas.acciones import guardar_texto
from programas.models import TextoDePrograma
from tests.fabricas import comision as de_comision
from tests.fabricas import mir
from tests.fabricas import programas as fabrica
from tests.fabricas import riesgos as de_riesgos
from tests.fabricas.personas import persona
from vinculacion.directorio.models import Area, NombreDeArea
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.salida import json as en_json

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


def texto(programa, titulo="Introducción", lugar=LugarDelTexto.ANTES, **mas):
    uno = TextoDePrograma(programa=programa, titulo=titulo, lugar=lugar, texto="Una línea.", **mas)
    return guardar_texto(texto=uno, por=None)


def titulos(apartados) -> list[str]:
    return [f"{a.numero} {a.titulo}" for a in apartados]


@pytest.mark.parametrize(
    ("meses", "dicho"),
    [
        (range(1, 13), "Enero a diciembre"),
        ([5, 6, 7, 8, 9, 10, 11], "Mayo a noviembre"),
        ([8], "Agosto"),
        ([1, 2], "Enero a febrero"),
        ([2, 5, 6, 7], "Febrero y mayo a julio"),
        ([], ""),
    ],
)
def test_los_meses_se_dicen_en_palabras(meses, dicho):
    assert periodo_de_ejecucion(meses) == dicho


def test_lo_que_no_tiene_datos_no_aparece_y_la_numeracion_sigue():
    programa = fabrica.programa(2021, TipoDePrograma.ESPECIFICO)
    assert documento(programa).apartados == ()
    accion = fabrica.accion(fabrica.eje(programa, objetivo="Vincular"), metas={1: 4, 2: 4})
    antes = titulos(documento(programa).apartados)
    assert antes == ["1 Actividades institucionales", "2 Cronograma de acciones sustantivas"]
    texto(programa)
    de_riesgos.riesgo(programa, acciones_=[accion])
    mir.indicador(programa, accion)
    assert titulos(documento(programa).apartados) == [
        "1 Introducción",
        "2 Matriz de indicadores para resultados",
        "3 Matriz de gestión de riesgos",
        "4 Actividades institucionales",
        "5 Cronograma de acciones sustantivas",
    ]
    hijo = documento(programa).apartados[3].hijos[0]
    assert (hijo.numero, hijo.nivel) == ("4.1", 2)


def test_el_pat_lleva_periodos_en_palabras_y_su_calendario_de_sesiones():
    comision = de_comision.comision()
    programa = fabrica.programa(2021, TipoDePrograma.PAT, comision=comision, objetivo="Fortalecer al Instituto")
    eje = fabrica.eje(programa, objetivo="Acercar", lineas="Una línea\n\nOtra línea")
    fabrica.accion(eje, meses=[5, 6, 7])
    de_comision.sesion(comision, date(2021, 1, 21), numero=1)
    texto(programa, "Notas", LugarDelTexto.DESPUES)
    armado = documento(programa)
    assert titulos(armado.apartados) == [
        "I Objetivo general",
        "II Objetivos específicos",
        "III Acciones a supervisar",
        "IV Tabla resumen de las acciones",
        "V Calendario de sesiones",
        "VI Anexos",
    ]
    tabla = armado.apartados[2].hijos[0].bloques[0]
    assert isinstance(tabla, Tabla)
    assert tabla.filas[0][1] == "Mayo a julio"
    lineas = armado.apartados[1].hijos[0].bloques[1].elementos
    assert lineas == ("1.1 Una línea", "1.2 Otra línea")
    assert armado.apartados[3].hoja == "apaisada"


def test_la_portada_lleva_el_nombre_de_la_unidad_en_ese_anio():
    area = Area.objects.create(nombre="Dirección de hoy", siglas="DH", clase="direccion")
    NombreDeArea.objects.create(area=area, nombre="Unidad de entonces", siglas="UE", hasta=date(2022, 12, 31))
    de_2021 = documento(fabrica.programa(2021, area=area)).portada
    assert (de_2021.unidad, documento(fabrica.programa(2024, area=area)).portada.unidad) == (
        "Unidad de entonces",
        "Dirección de hoy",
    )
    borrador = fabrica.programa(2021, estado=EstadoDePrograma.BORRADOR)
    assert documento(borrador).portada.rotulo_estado == "Borrador"


def test_la_hoja_apaisada_sobrevive_al_json():
    programa = fabrica.programa(2021, TipoDePrograma.PAT)
    fabrica.accion(fabrica.eje(programa), meses=[1])
    armado = documento(programa)
    assert en_json.leer(en_json.crear(armado)) == armado


# -- páginas ---------------------------------------------------------------------


def con_datos():
    programa = fabrica.programa(2021, TipoDePrograma.ESPECIFICO)
    fabrica.accion(fabrica.eje(programa, objetivo="Acercar a la ciudadanía"), metas={1: 4})
    return programa


def test_la_pagina_y_sus_descargas(client):
    programa = con_datos()
    client.force_login(persona("programas.view_programa"), backend=MODELO)
    pagina = client.get(reverse("informes:programa_documento", args=[programa.pk])).content.decode()
    assert "Acercar a la ciudadanía" in pagina
    assert "Copiar a otro año" not in pagina  # no tiene permiso de agregar
    for formato, inicio in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")):
        respuesta = client.get(reverse("informes:programa_descargar", args=[programa.pk, formato]))
        assert respuesta.content.startswith(inicio)
        assert f"{programa.clave}.{formato}" in respuesta["Content-Disposition"]
    assert client.get(reverse("informes:programa_descargar", args=[programa.pk, "exe"])).status_code == 404


def test_quien_no_ve_programas_no_ve_su_documento(client):
    client.force_login(persona(), backend=MODELO)
    programa = con_datos()
    for nombre, mas in (("programa_documento", []), ("programa_descargar", ["pdf"]), ("programa_copiar", [])):
        assert client.get(reverse(f"informes:{nombre}", args=[programa.pk, *mas])).status_code == 403


def test_un_programa_vacio_tiene_portada(client):
    programa = fabrica.programa(2021)
    client.force_login(persona("programas.view_programa"), backend=MODELO)
    pagina = client.get(reverse("informes:programa_documento", args=[programa.pk]))
    assert "todavía sólo tiene portada" in pagina.content.decode()
    pdf = client.get(reverse("informes:programa_descargar", args=[programa.pk, "pdf"]))
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) >= 1


def test_el_documento_cuesta_lo_mismo_con_1_o_con_30_acciones(django_assert_max_num_queries):
    chico, grande = con_datos(), con_datos()
    for _ in range(25):
        fabrica.accion(grande.ejes.get(), metas={1: 1})
    with django_assert_max_num_queries(200) as contadas:
        documento(chico)
    con_una = len(contadas)
    with django_assert_max_num_queries(con_una):
        documento(grande)


# -- órdenes ---------------------------------------------------------------------


def test_la_orden_informe_escribe_tambien_programas(tmp_path):
    programa = con_datos()
    salida = tmp_path / "programa.json"
    call_command("informe", programa.clave, salida=salida)
    assert json.loads(salida.read_text())["clave"] == programa.clave
    with pytest.raises(CommandError, match=f"ni el programa «otro».*{programa.clave}"):
        call_command("informe", "otro", salida=salida)


def test_el_catalogo_los_lista_con_su_clase(capsys):
    programa = con_datos()
    call_command("catalogo", "--json")
    informes = json.loads(capsys.readouterr().out)["informes"]
    assert [(i["clave"], i["clase"]) for i in informes] == [(programa.clave, "programa")]


def test_el_word_lleva_las_hojas_apaisadas_en_su_seccion():
    programa = fabrica.programa(2021, TipoDePrograma.PAT, objetivo="Acercar")
    fabrica.accion(fabrica.eje(programa), meses=[1])
    texto(programa)
    with zipfile.ZipFile(io.BytesIO(escribir(documento(programa), "docx"))) as partes:
        xml = partes.read("word/document.xml").decode()
    secciones = re.findall(r"<w:sectPr.*?</w:sectPr>", xml, flags=re.S)
    assert ["landscape" in s for s in secciones] == [False, True]
    assert ["titlePg" in s for s in secciones] == [True, False]
    assert xml.count('<w:pageBreakBefore w:val="0"/>') == 1  # el objetivo, que sigue al texto
