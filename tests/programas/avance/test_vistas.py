"""Las páginas del avance: quién entra, qué se lee, y que de toda cifra se llegue a sus registros."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programas.avance import consultas, hojas, secciones
from programas.estados import EstadoDePrograma
from programas.models import Candado
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo.bloques import Matriz

pytestmark = pytest.mark.django_db
FIN = "2021-01-15"


@pytest.fixture
def persona(client):
    quien = con_papel(roles.CONSEJERIA)
    client.force_login(quien)
    return quien


def avance(plan, **datos) -> str:
    direccion = reverse("programas:avance", args=[plan.programa.pk])
    return direccion + "?" + "&".join(f"{k}={v}" for k, v in {"al": FIN, **datos}.items())


def sin_captura(mes="") -> str:
    return reverse("programas:sin_captura") + (f"?mes={mes}" if mes else "")


# -- quién ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papel", "codigo"),
    [(roles.DIRECCION, 200), (roles.CAPTURA, 200), (roles.CONSEJERIA, 200), (roles.SECRETARIA, 200), (roles.AREA, 403)],
)
def test_todos_menos_area(client, plan, papel, codigo):
    client.force_login(con_papel(papel))
    registros = f"{reverse('programas:registros')}?acciones={plan.mezcla.pk}&desde=2020-01-01&hasta=2020-12-31"
    for direccion in (avance(plan), avance(plan, _export="csv"), sin_captura("2020-11"), registros):
        assert client.get(direccion).status_code == codigo


# -- la página ---------------------------------------------------------------------------
def test_de_toda_cifra_se_llega_a_los_registros_que_la_suman(client, persona, plan):
    pagina = client.get(avance(plan)).content.decode()
    enlaces = re.findall(r'<a [^>]*href="(/programas/registros/[^"]+)"[^>]*>(.*?)</a>', pagina, re.DOTALL)
    assert len(enlaces) > 25
    cifras = 0
    for direccion, dentro in enlaces:
        respuesta = client.get(unescape(direccion))
        assert respuesta.status_code == 200
        visto = re.match(r"\s*\+?(\d+)", re.sub(r"<[^>]+>", "", dentro))
        if visto:
            cifras += 1
            assert respuesta.context["total"] == int(visto[1]), direccion
            assert sum(n for _, _, n in respuesta.context["origenes"]) == int(visto[1])
    assert cifras > 25


def test_una_fecha_que_no_existe_se_dice_y_la_pagina_sigue(client, persona, plan):
    for mala in ("2020-02-30", "ayer", "0001-01-01"):
        respuesta = client.get(avance(plan, al=mala))
        assert respuesta.status_code == 422
        assert respuesta.context["formulario"].errors["al"]
        assert "1A Acción A de prueba" in respuesta.content.decode()
    assert client.get(avance(plan, eje=999, luz="MORADO", area="x")).status_code == 422
    assert client.get(avance(plan, al="2020-02-30", _export="csv"))["Content-Type"].startswith("text/html")
    assert client.get(reverse("programas:avance", args=[999])).status_code == 404


def test_sin_fecha_es_hoy_y_los_filtros_se_dicen(client, persona, plan):
    respuesta = client.get(reverse("programas:avance", args=[plan.programa.pk]))
    assert respuesta.status_code == 200
    texto = client.get(avance(plan, luz="SIN_CANTIDAD")).content.decode()
    assert "Se muestran 1 de 3 acciones (Situación: Sin cantidad)" in texto
    assert "Ninguna acción cumple" in client.get(avance(plan, luz="REBASADA")).content.decode()


def test_lo_programado_lleva_a_la_meta(client, persona, plan):
    fila = client.get(avance(plan)).context["acciones"][0][1][0]
    assert fila["metas"].partition("#")[0] == reverse("programas:metas", args=[plan.programa.pk])
    assert f'id="{fila["metas"].partition("#")[2]}"' in client.get(fila["metas"]).content.decode()


def test_un_plan_sin_acciones(client, persona):
    programa = fabrica.eje().programa
    respuesta = client.get(reverse("programas:avance", args=[programa.pk]))
    assert "Este eje todavía no tiene acciones" in respuesta.content.decode()
    vacio = fabrica.programa(2020)
    assert "todavía no tiene ejes" in client.get(reverse("programas:avance", args=[vacio.pk])).content.decode()


# -- la misma cifra en todas partes ------------------------------------------------------------
def test_pagina_hoja_y_seccion_dicen_lo_mismo(client, persona, plan):
    panorama = consultas.panorama(plan.programa, date(2021, 1, 15))
    texto = client.get(avance(plan, _export="csv")).content.decode("utf-8-sig")
    renglones = list(csv.DictReader(io.StringIO(texto)))
    libro = load_workbook(io.BytesIO(client.get(avance(plan, _export="xlsx")).content))
    valores = list(libro.active.values)
    assert list(valores[0]) == hojas.ENCABEZADOS
    assert len(renglones) == len(valores) - 1 == 3
    de_pagina = [f for _, filas in client.get(avance(plan)).context["acciones"] for f in filas]
    calendario = [fila for m in secciones.bloques_calendario(plan.programa, panorama.fecha) for fila in m.filas]
    for r, escrito, hoja, fila, (nombre, celdas) in zip(
        panorama.renglones, renglones, valores[1:], de_pagina, calendario, strict=True
    ):
        assert escrito["Clave"] == r.accion.clave
        assert nombre == str(r.accion)
        for n, cuenta in enumerate(r.avance.avance.trimestres, 1):
            assert int(escrito[f"T{n} alcanzado"]) == cuenta.alcanzado == fila["celdas"][n - 1]["cuenta"].alcanzado
            assert hoja[hojas.ENCABEZADOS.index(f"T{n} alcanzado")] == cuenta.alcanzado
            if r.accion.programado is not None:
                assert int(escrito[f"T{n} programado"]) == cuenta.programado
        assert escrito["Situación"] == r.luz.texto == fila["luz"].texto
        for mes, celda in zip(r.meses, celdas, strict=True):
            escrita = int(str(celda).rstrip("*")) if str(celda).rstrip("*").isdigit() else 0
            assert escrita == mes.alcanzado
    assert renglones[2]["Año programado"] == ""  # sin cantidad no es cero


def test_la_hoja_lleva_el_filtro(client, persona, plan):
    texto = client.get(avance(plan, eje=plan.dos.pk, _export="csv")).content.decode("utf-8-sig")
    assert [r["Clave"] for r in csv.DictReader(io.StringIO(texto))] == ["pat-2020:2A"]


# -- los registros ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("datos", "razon"),
    [
        ("", "obligatorio"),
        ("acciones=a&desde=2020-01-01&hasta=2020-01-02", "no dice de qué acciones"),
        ("acciones=99999999999999999999&desde=2020-01-01&hasta=2020-01-02", "no dice de qué acciones"),
        ("acciones=999999&desde=2020-01-01&hasta=2020-01-02", "ya no existe"),
        ("acciones={pk}&desde=2020-13-01&hasta=2020-01-02", "fecha"),
        ("acciones={pk}&desde=2020-02-01&hasta=2020-01-02", "antes de empezar"),
    ],
)
def test_una_direccion_mala_se_explica(client, persona, plan, datos, razon):
    respuesta = client.get(f"{reverse('programas:registros')}?{datos.format(pk=plan.mezcla.pk)}")
    assert respuesta.status_code == 422
    assert razon in respuesta.content.decode()


def test_los_registros_de_varias_acciones(client, persona, plan):
    claves = f"{plan.mezcla.pk},{plan.por_mes.pk}"
    direccion = f"{reverse('programas:registros')}?acciones={claves}&desde=2020-01-01&hasta=2020-12-31"
    respuesta = client.get(direccion)
    assert respuesta.context["total"] == 11 + 3
    assert "aparece en las dos" in respuesta.content.decode()


def test_la_bitacora_filtrada_es_la_parte_que_sale_de_ella(client, persona, plan):
    # Lo registrado en la acción que cuenta de otra fuente no suma, y tampoco debe verse.
    fabrica.actividad(plan.de_fuente, titulo="No suma")
    direccion = f"{reverse('programas:registros')}?acciones={plan.mezcla.pk}&desde=2020-01-01&hasta=2020-12-31"
    respuesta = client.get(direccion)
    bitacora = client.get(respuesta.context["bitacora"])
    de_bitacora = [r for r in respuesta.context["pagina"] if r.origen.startswith("Bitácora")]
    assert bitacora.context["total"] == len(de_bitacora) == 5
    assert "No suma" not in bitacora.content.decode()


# -- quién no ha capturado ------------------------------------------------------------------------------
def test_capturar_es_para_quien_puede(client, plan):
    client.force_login(con_papel(roles.CAPTURA))
    pagina = client.get(sin_captura("2020-11")).content.decode()
    assert f"{reverse('programas:actividad_nuevo')}?accion={plan.sin_cantidad.pk}" in pagina
    assert "hace 3 meses" in pagina
    assert "6 en el trimestre" in pagina
    Candado.objects.create(programa=plan.programa, trimestre=4, razon="Informado")
    assert f"?accion={plan.sin_cantidad.pk}" not in client.get(sin_captura("2020-11")).content.decode()
    client.force_login(con_papel(roles.CONSEJERIA))
    assert "actividades/nueva" not in client.get(sin_captura("2020-11")).content.decode()


def test_sin_captura_por_area_y_programa(client, persona, plan):
    areas = client.get(sin_captura("2020-12")).context["areas"]
    assert [(nombre, [p.clave for p, _ in planes]) for nombre, planes in areas] == [("Otra", ["pat-2020"])]
    fabrica.accion(fabrica.eje(fabrica.programa(2020, estado=EstadoDePrograma.BORRADOR)), meses=[12])
    assert client.get(sin_captura("2020-12")).context["cuantas"] == 1
    assert "No falta nadie" in client.get(sin_captura("2020-07")).content.decode()


@pytest.mark.parametrize("mes", ["2020-13", "noviembre", "2020", "1900-01", "2199-12", "9999-12"])
def test_un_mes_que_no_existe(client, persona, mes):
    respuesta = client.get(sin_captura(mes))
    assert respuesta.status_code == 422
    assert "Escriba el mes" in respuesta.content.decode()


def test_el_mes_siguiente_solo_si_ya_empezo(client, persona):
    assert client.get(sin_captura("2020-12")).context["siguiente_mes"] == "2021-01"
    assert client.get(sin_captura()).context["siguiente_mes"] == ""


# -- costo ----------------------------------------------------------------------------------------------
def test_las_paginas_cuestan_lo_mismo_con_1_que_con_30(client, persona, plan):
    registros = f"{reverse('programas:registros')}?acciones={plan.sin_cantidad.pk}&desde=2020-01-01&hasta=2020-12-31"
    direcciones = (avance(plan), avance(plan, _export="xlsx"), sin_captura("2020-11"), registros)
    antes = [_cuantas(client, d) for d in direcciones]
    for n in range(22):
        nueva = fabrica.accion(plan.dos, meses=[11])
        fabrica.actividad(nueva if n % 2 else plan.sin_cantidad, el=date(2020, 4, 1))
    assert [_cuantas(client, d) for d in direcciones] == antes
    assert max(antes) < 25


def _cuantas(client, direccion) -> int:
    with CaptureQueriesContext(connection) as hechas:
        assert client.get(direccion).status_code == 200
    return len(hechas)


# -- las secciones ----------------------------------------------------------------------------------------
def test_el_calendario_de_un_informe(plan):
    cuadros = secciones.bloques_calendario(plan.programa, date(2020, 11, 15))
    assert all(isinstance(c, Matriz) for c in cuadros)
    assert [c.titulo for c in cuadros] == [f"Eje {e.numero}: {e.nombre}" for e in (plan.uno, plan.dos)]
    por_mes, sin_cantidad = cuadros[0].filas[1][1], cuadros[1].filas[0][1]
    assert por_mes == (1, 0, "", "", "1*", "", "", "", "", 1, "", "X")
    assert sin_cantidad == ("", 2, "", "", 0, "", "", "1*", "", "", "X", "")
    solo_plan = secciones.bloques_calendario(plan.programa)
    assert solo_plan[1].filas[0][1] == ("", "X", "", "", "X", "", "", "", "", "", "X", "")
    assert solo_plan[0].filas[1][1] == (1, 1, "", "", "", "", "", "", "", 2, "", 1)
    assert (solo_plan[0].notas, len(solo_plan[1].notas)) == ((), 1)
    assert secciones.bloques_calendario(fabrica.eje().programa) == []


def test_el_avance_por_area_de_un_informe(plan):
    (tabla,) = secciones.bloques_avance_por_area(plan.programa, date(2021, 1, 15))
    assert [fila[0] for fila in tabla.filas] == ["Otra", "Unidad de prueba"]
    assert tabla.filas[0] == ("Otra", 1, "rezago: 1", 2, "60%")
    assert tabla.totales[:2] == ("Todo el programa", 3)
    assert secciones.bloques_avance_por_area(fabrica.programa(2020)) == []
