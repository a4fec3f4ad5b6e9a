"""Quién deriva de quién, y el árbol que se dibuja."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse

from convenios import acciones, consultas, familia
from convenios.estados import Nivel
from convenios.models import Convenio, TipoInstrumento
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


def tipo(nivel: str) -> TipoInstrumento:
    return TipoInstrumento.objects.get_or_create(nombre=f"Tipo {nivel}", defaults={"nivel": nivel})[0]


def instrumento(nivel: str = Nivel.GENERAL, **datos) -> Convenio:
    return fabrica.convenio(tipo=tipo(nivel), **datos)


@pytest.fixture
def entra(client):
    def _entra(papel, **datos):
        usuario = persona(**datos)
        usuario.groups.add(Group.objects.get(name=papel))
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def test_la_familia_baja_de_general_a_adenda_y_nunca_al_reves():
    padre = instrumento()
    for nivel in Nivel.values[1:]:
        padre = instrumento(nivel, padre=padre)
    assert padre.tipo.nivel == Nivel.ADENDA
    with pytest.raises(ValidationError, match="sería al revés"):
        instrumento(Nivel.TECNICO, padre=padre)
    instrumento(Nivel.ADENDA, padre=padre)  # una adenda puede corregir a otra


def test_cambiar_el_tipo_de_quien_encabeza_se_revisa_pero_lo_de_antes_no_estorba():
    padre = instrumento()
    hijo = instrumento(Nivel.ESPECIFICO, padre=padre)
    padre.tipo = tipo(Nivel.ADENDA)
    with pytest.raises(ValidationError, match="ya no podría encabezarlo"):
        acciones.guardar_convenio(convenio=padre, por=None)
    TipoInstrumento.objects.filter(nivel=Nivel.GENERAL).update(nivel=Nivel.ADENDA)
    hijo.refresh_from_db()
    hijo.notas = "Se corrige otro dato"
    acciones.guardar_convenio(convenio=hijo, por=None)


def test_una_familia_tiene_un_limite_de_generaciones():
    padre = instrumento(Nivel.ADENDA)
    for _ in range(familia.GENERACIONES - 1):
        padre = instrumento(Nivel.ADENDA, padre=padre)
    with pytest.raises(ValidationError, match="generaciones"):
        instrumento(Nivel.ADENDA, padre=padre)


def test_el_arbol_separa_hojas_de_ramas_y_se_lee_desde_cualquiera(entra):
    raiz = instrumento(folio="RAIZ")
    rama = instrumento(Nivel.ESPECIFICO, padre=raiz, folio="RAMA")
    anexos = [instrumento(Nivel.TECNICO, padre=rama, folio=f"ANEXO-{n:02}") for n in range(40)]
    hija = instrumento(Nivel.FINANCIERO, padre=rama)
    for _ in range(12):
        hija = instrumento(Nivel.ADENDA, padre=hija)
    client = entra(roles.CAPTURA)
    nodo = consultas.familia(anexos[3], client.get("/").wsgi_request.user)
    arbol = familia.arbol(nodo)
    assert arbol.convenio == raiz and not arbol.hojas
    assert len(arbol.ramas[0].hojas) == 40 and arbol.ramas[0].clase_de_hojas == "familia-sigue familia-muchos"
    assert familia.cuenta(nodo).startswith("55 instrumentos: Tipo general, 1; Tipo especifico, 1; Tipo tecnico, 40")
    texto = client.get(anexos[3].get_absolute_url()).content.decode()
    assert texto.count("familia-nodo es-este") == 1 and "RAIZ" in texto and "ANEXO-39" in texto
    assert client.get(hija.get_absolute_url()).status_code == 200


def test_el_area_solo_ve_lo_suyo_de_la_familia(entra):
    area = directorio.area()
    raiz = instrumento(folio="AJENA", titulo="General ajeno")
    rama = instrumento(Nivel.ESPECIFICO, padre=raiz, folio="SUYA", areas=[area])
    instrumento(Nivel.TECNICO, padre=rama, folio="ANEXO-SUYO", areas=[area])
    instrumento(Nivel.TECNICO, padre=rama, folio="ANEXO-AJENO")
    texto = entra(roles.AREA, area=area).get(rama.get_absolute_url()).content.decode()
    assert "ANEXO-SUYO" in texto
    assert "AJENA" not in texto and "General ajeno" not in texto and "ANEXO-AJENO" not in texto


def test_mover_un_tipo_de_lugar_avisa_de_lo_que_quedaria_al_reves(entra):
    instrumento(Nivel.ESPECIFICO, padre=instrumento())
    client, general = entra(roles.ADMINISTRACION), tipo(Nivel.GENERAL)
    url = reverse("convenios:tipoinstrumento_editar", args=[general.pk])
    datos = {"nombre": general.nombre, "nivel": "adenda", "activo": "on", "version": general.version}
    respuesta = client.post(url, datos)
    assert respuesta.status_code == 422 and "quedarían en una familia al revés" in respuesta.content.decode()
    assert client.post(url, {**datos, "confirmo_advertencias": "1"}).status_code == 302


def test_firmar_antes_que_el_origen_se_avisa_y_no_se_impide():
    padre = instrumento(fecha_firma=date(2020, 1, 10), folio="P-1")
    hijo = instrumento(Nivel.TECNICO, padre=padre, fecha_firma=date(2019, 5, 10))
    motivo = familia.firmado_antes_que_su_padre(hijo.fecha_firma, padre)
    assert "P-1" in motivo and "10 de enero de 2020" in motivo
    assert familia.firmado_antes_que_su_padre(date(2020, 1, 10), padre) == ""
    assert "todavía no se suscribe" in familia.firmado_antes_que_su_padre(date(2020, 1, 10), instrumento())
    assert familia.firmados_despues_que_sus_hijos(date(2020, 1, 10), padre.derivados.all())
