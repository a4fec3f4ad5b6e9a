"""Los 853 instrumentos desde 1999, en una hoja: entran de una vez, con el informe de lo raro."""

import io
import json
from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.consultas import convenios_visibles
from convenios.models import CambioDeEtapa, Convenio
from convenios.resources import ConvenioRecurso
from tests.fabricas import historico
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db
RAROS = {
    "Posible duplicado": {2, 3},
    "Firma en fin de semana": {2, 3},
    "Vencido y sin concluir": {4},
    "Sin instrumento de origen": {5},
    "Ámbito dudoso": {6},
    "Sin objeto.": {7},
    "Sin área responsable.": {8},
    "Sin redacción de la vigencia": {9},
    "Fecha poco común": {10},
    "Folio distinto a los demás": {11},
    "Firmado antes que su origen": {12},
}


def importa(contenido: bytes, **mas):
    return hojas.importar_archivo("convenios", io.BytesIO(contenido), nombre="convenios.csv", **mas)


@pytest.fixture
def catalogos():
    historico.catalogos()


@pytest.fixture
def captura():
    usuario = persona(username="quien-captura")
    usuario.groups.add(Group.objects.get(name=roles.CAPTURA))
    return usuario


def test_entra_todo_con_su_informe_y_la_segunda_vez_nada_cambia(catalogos, captura):
    hoja = historico.a_csv(historico.enrarece(historico.filas(120, en_vigor=20)))
    primera = importa(hoja, por=captura)
    assert (primera.nuevos, primera.errores) == (120, [])
    por_motivo: dict[str, set[int]] = {}
    for rareza in primera.rarezas:
        por_motivo.setdefault(rareza.motivo.split(":")[0], set()).add(rareza.fila)
    for motivo, filas in RAROS.items():
        assert filas <= por_motivo[motivo], motivo
    sabado = next(r for r in primera.rarezas if r.fila == 2 and "fin de semana" in r.motivo)
    assert (sabado.columna, sabado.valor) == ("Fecha de suscripción", "11/01/2020")
    pasos, historia = CambioDeEtapa.objects.count(), Convenio.history.count()
    segunda = importa(hoja, por=captura)
    assert (segunda.iguales, segunda.cambiados, segunda.nuevos) == (120, 0, 0)
    assert [str(r) for r in segunda.rarezas] == [str(r) for r in primera.rarezas]
    assert (CambioDeEtapa.objects.count(), Convenio.history.count()) == (pasos, historia) and historia == 120


def test_los_122_en_vigor_se_cuentan_bien(catalogos, captura):
    importa(historico.a_csv(historico.filas(200, en_vigor=122)), por=captura)
    en_vigor = convenios_visibles(captura).filter(situacion__in=("vigente", "por_vencer"))
    assert en_vigor.count() == 122 and not Convenio.objects.filter(fecha_firma__gt=hoy()).exists()


def test_con_un_error_no_entra_nada_y_lo_raro_tambien_se_dice(catalogos, captura):
    filas = historico.enrarece(historico.filas(30, en_vigor=5))
    filas[20]["Contrapartes"] = "No existe tal organismo"
    filas[21]["Fecha de suscripción"] = "31/02/2020"
    resultado = importa(historico.a_csv(filas), por=captura)
    assert {e.fila for e in resultado.errores} == {22, 23}
    assert not Convenio.objects.exists() and resultado.rarezas


def test_un_posible_duplicado_con_lo_que_ya_estaba(catalogos, captura):
    filas = historico.filas(10, en_vigor=0)
    importa(historico.a_csv(filas), por=captura)
    otra = {**filas[3], "Folio": "OTRO-FOLIO", "Instrumento del que deriva": ""}
    resultado = importa(historico.a_csv([otra]), por=captura, simular=True)
    (rareza,) = [r for r in resultado.rarezas if "duplicado" in r.motivo]
    assert filas[3]["Folio"] in rareza.motivo


def test_las_consultas_por_fila_no_crecen(catalogos, captura):
    filas = historico.filas(90, en_vigor=0)

    def cuantas(trozo) -> int:
        with CaptureQueriesContext(connection) as hechas:
            resultado = importa(historico.a_csv(trozo), por=captura)
        assert not resultado.errores
        return len(hechas)

    for fila in filas:
        fila["Instrumento del que deriva"] = ""
    diez, veinte, cuarenta = (cuantas(filas[a:b]) for a, b in ((0, 10), (10, 30), (30, 70)))
    assert cuarenta - veinte < 20 * 32 and veinte - diez < 10 * 32


def test_ida_y_vuelta_de_lo_importado(catalogos, captura):
    importa(historico.a_csv(historico.filas(40, en_vigor=10)), por=captura)
    for formato in ("csv", "xlsx"):
        contenido = hojas.exportar(ConvenioRecurso, convenios_visibles(captura), formato)
        vuelta = hojas.importar_archivo("convenios", io.BytesIO(contenido), nombre=f"c.{formato}", por=captura)
        assert (vuelta.iguales, vuelta.errores) == (40, [])


def test_la_pagina_separa_lo_raro_de_los_errores_y_lo_deja_descargar(client, catalogos, captura):
    client.force_login(captura, backend="django.contrib.auth.backends.ModelBackend")
    hoja = historico.a_csv(historico.enrarece(historico.filas(40, en_vigor=5)))
    url = reverse("convenios:convenio_importar")
    ensayo = client.post(url, {"archivo": SimpleUploadedFile("convenios.csv", hoja)})["Location"]
    texto = client.get(ensayo).content.decode()
    assert "Se importará, pero llama la atención" in texto and "Firma en fin de semana" in texto
    assert "Confirmar e importar" in texto and not Convenio.objects.exists()
    lista = client.get(ensayo + "&rarezas=csv")
    assert lista.content.decode("utf-8-sig").startswith("Fila,Columna,Valor,Motivo")
    assert client.get(ensayo + "&rarezas=xlsx").content[:2] == b"PK"
    respuesta = client.post(url, {"ficha": ensayo.partition("ficha=")[2]})
    assert Convenio.objects.count() == 40
    despues = client.get(respuesta["Location"]).content.decode()
    assert "ya está importada" in despues and "Llama la atención" in despues and "cosas llaman la atención" in despues


def test_la_orden_lo_escribe_como_texto_y_como_json(catalogos, captura, tmp_path):
    archivo = tmp_path / "convenios.csv"
    archivo.write_bytes(historico.a_csv(historico.enrarece(historico.filas(30, en_vigor=5))))
    salida = io.StringIO()
    call_command("importar", "convenios", str(archivo), simular=True, usuario=captura.username, stdout=salida)
    assert "Llama la atención (" in salida.getvalue() and "Fila 7, columna «Objeto»: Sin objeto." in salida.getvalue()
    salida = io.StringIO()
    call_command("importar", "convenios", str(archivo), json=True, usuario=captura.username, stdout=salida)
    datos = json.loads(salida.getvalue())
    assert datos["correcto"] and Counter(r["motivo"] for r in datos["rarezas"])["Sin objeto."] == 1
