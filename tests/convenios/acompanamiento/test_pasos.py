"""Los pasos pendientes: quién anota qué, su hoja y sus avisos."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.acompanamiento import acciones
from convenios.acompanamiento.resources import PasoPendienteRecurso
from convenios.models import PasoPendiente
from tests.fabricas import camino as fabrica
from tests.fabricas import convenios, directorio
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, hojas
from vinculacion.nucleo.periodos import hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return directorio.area(nombre="Área propia", siglas="AP")


@pytest.fixture
def captura():
    return fabrica.con_papel(roles.CAPTURA)


@pytest.fixture
def enlace(area):
    return fabrica.con_papel(roles.AREA, area=area)


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


def ruta(nombre: str, paso: PasoPendiente | None = None) -> str:
    return reverse(f"convenios:pasopendiente_{nombre}", args=[paso.pk] if paso else [])


# -- reglas y acciones -------------------------------------------------------------


def test_marcar_hecho_con_nota_y_evidencia_y_reabrir(captura):
    paso = fabrica.pendiente(dias=-1, nota="Se pidió.")
    hecho = acciones.marcar_hecho(paso=paso, fecha=hoy(), enlace="https://iecm.example/oficio", por=captura)
    assert (hecho.hecho, hecho.nota, hecho.evidencias.count()) == (hoy(), "Se pidió.", 1)
    with pytest.raises(ValidationError, match="ya está hecho"):
        acciones.marcar_hecho(paso=paso, fecha=hoy(), por=captura)
    assert acciones.reabrir_pendiente(paso=paso, por=captura).hecho is None
    assert [h.history_change_reason for h in paso.history.all()][:2] == ["Se reabrió", "Paso hecho"]


def test_no_se_hace_en_el_futuro_ni_se_repite_ni_se_muda():
    paso = fabrica.pendiente()
    with pytest.raises(ValidationError, match="todavía no llega"):
        acciones.marcar_hecho(paso=paso, fecha=hoy() + timedelta(days=1), por=None)
    with pytest.raises(ValidationError, match="ya está anotado"):
        fabrica.pendiente(paso.convenio, que=f"  {paso.que.upper()} ")
    paso.refresh_from_db()
    paso.convenio = convenios.convenio()
    with pytest.raises(ValidationError, match="no cambia de instrumento"):
        acciones.guardar_pendiente(paso=paso, por=None)


def test_lo_terminado_ya_no_espera_pasos():
    terminado = fabrica.recorrido("no_requerido")
    with pytest.raises(ValidationError, match="ya no espera pasos"):
        fabrica.pendiente(terminado)
    assert fabrica.pendiente(terminado, hecho=date(2024, 1, 20)).pk


def test_un_area_agrega_a_sus_instrumentos_y_toca_solo_lo_suyo(enlace, area):
    propio, ajeno = convenios.convenio(areas=[area]), convenios.convenio()
    suyo = fabrica.pendiente(propio, area=area, por=enlace)
    de_otra = fabrica.pendiente(propio, area=directorio.area(siglas="OA"))
    de_la_contraparte = fabrica.pendiente(propio, area=None)
    acciones.marcar_hecho(paso=suyo, fecha=hoy(), por=enlace)
    for paso, quien in ((de_otra, "lo tiene OA"), (de_la_contraparte, "en la contraparte")):
        with pytest.raises(ValidationError, match=quien):
            acciones.marcar_hecho(paso=paso, fecha=hoy(), por=enlace)
    with pytest.raises(ValidationError, match="no es de su área"):
        fabrica.pendiente(ajeno, area=area, por=enlace)
    with pytest.raises(ValidationError, match="sólo anota los pasos que ella tiene"):
        fabrica.pendiente(propio, area=None, por=enlace)
    # Lo que la unidad le asignó en el instrumento de otra área también es suyo.
    asignado = fabrica.pendiente(ajeno, area=area)
    assert acciones.marcar_hecho(paso=asignado, fecha=hoy(), por=enlace).hecho == hoy()


# -- páginas -------------------------------------------------------------------------


def test_captura_anota_corrige_marca_y_reabre(entra, captura):
    convenio, client = convenios.convenio(), entra(captura)
    detalle = client.get(convenio.get_absolute_url()).content.decode()
    assert "No hay pasos por hacer." in detalle and "Agregar un paso" in detalle
    datos = {"convenio": convenio.pk, "que": "Enviar el proyecto", "fecha_limite": "2030-01-01"}
    client.post(ruta("nuevo"), datos)
    paso = PasoPendiente.objects.get()
    assert paso.area is None
    client.post(ruta("editar", paso), {"version": paso.version, "que": "Enviar el anexo", "area": ""})
    paso.refresh_from_db()
    assert paso.que == "Enviar el anexo"
    respuesta = client.post(
        ruta("hecho", paso),
        {"version": paso.version, "fecha": str(hoy()), "nota": "Listo", "archivo": fabrica.archivo()},
    )
    assert respuesta.status_code == 302
    paso.refresh_from_db()
    assert paso.hecho == hoy() and paso.evidencias.exists()
    assert "Pasos hechos" in client.get(convenio.get_absolute_url()).content.decode()
    client.post(ruta("reabrir", paso))
    paso.refresh_from_db()
    assert paso.hecho is None


def test_un_area_ve_lo_de_otros_con_la_razon_de_no_tocarlo(entra, enlace, area):
    propio = convenios.convenio(areas=[area])
    suyo = fabrica.pendiente(propio, area=area)
    de_otra = fabrica.pendiente(propio, area=directorio.area(siglas="OA"))
    ajeno = fabrica.pendiente(convenios.convenio())
    client = entra(enlace)
    detalle = client.get(propio.get_absolute_url()).content.decode()
    assert "lo tiene OA: su área sólo anota los suyos" in detalle and ruta("hecho", suyo) in detalle
    assert ruta("hecho", de_otra) not in detalle
    assert "lo tiene OA" in client.get(de_otra.get_absolute_url()).content.decode()
    for accion in ("editar", "hecho"):
        assert client.get(ruta(accion, suyo)).status_code == 200
        assert client.get(ruta(accion, de_otra)).status_code == 403
        assert client.get(ruta(accion, ajeno)).status_code == 404
    assert client.post(ruta("reabrir", de_otra)).status_code == 403
    assert client.post(ruta("eliminar", suyo)).status_code == 403
    formulario = client.get(f"{ruta('nuevo')}?convenio={propio.pk}").content.decode()
    assert 'name="area"' not in formulario
    client.post(ruta("nuevo"), {"convenio": propio.pk, "que": "Lo nuestro", "area": ""})
    assert PasoPendiente.objects.get(que="Lo nuestro").area == area
    assert client.post(ruta("nuevo"), {"convenio": ajeno.convenio_id, "que": "Ajeno"}).status_code == 422
    lista = client.get(ruta("lista")).content.decode()
    assert ruta("detalle", de_otra) in lista and ruta("detalle", ajeno) not in lista


def test_al_area_que_le_toca_un_paso_ajeno_no_se_le_abre_el_instrumento(entra, enlace, area):
    ajeno = convenios.convenio(titulo="Instrumento de otra área")
    paso = fabrica.pendiente(ajeno, area=area)
    client = entra(enlace)
    texto = client.get(paso.get_absolute_url()).content.decode()
    assert "Instrumento de otra área" in texto and f'href="{ajeno.get_absolute_url()}"' not in texto
    assert client.get(ajeno.get_absolute_url()).status_code == 404


def test_quien_solo_ve_no_anota(entra):
    paso = fabrica.pendiente()
    client = entra(fabrica.con_papel(roles.CONSEJERIA))
    detalle = client.get(paso.convenio.get_absolute_url()).content.decode()
    assert paso.que in detalle and "Marcar como hecho" not in detalle and "Agregar un paso" not in detalle
    for accion in ("editar", "hecho", "reabrir"):
        assert client.post(ruta(accion, paso)).status_code == 403
    assert entra(persona()).get(paso.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(
    "malo",
    [
        {"fecha": "31/02/2026"},
        {"fecha": "2199-01-01"},
        {"enlace": "x"},
        {"nota": "\x00"},
        {"version": ""},
        {"fecha": ""},
    ],
)
def test_lo_que_no_vale_al_marcar_se_dice_junto_a_su_campo(entra, captura, malo):
    paso = fabrica.pendiente()
    datos = {"version": paso.version, "fecha": str(hoy()), "nota": "Mi nota"} | malo
    respuesta = entra(captura).post(ruta("hecho", paso), datos)
    assert respuesta.status_code in (409, 422)
    if "nota" not in malo:
        assert "Mi nota" in respuesta.content.decode()
    if malo.get("fecha", "").startswith("2199"):
        assert respuesta.context["formulario"].errors["fecha"] == ["Esa fecha todavía no llega."]
    paso.refresh_from_db()
    assert paso.hecho is None


def test_dos_personas_marcan_el_mismo_paso(entra, captura):
    paso = fabrica.pendiente()
    leido = {"version": paso.version, "fecha": str(hoy()), "nota": "Lo mío"}
    acciones.marcar_hecho(paso=paso, fecha=hoy(), nota="De otra persona", por=None)
    respuesta = entra(captura).post(ruta("hecho", paso), leido)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 409 and "Lo mío" in texto and "Ya está hecho" in texto


@pytest.mark.parametrize("estado", ["abiertos", "vencidos", "hechos", "inventado"])
def test_los_filtros_de_la_lista(entra, captura, estado):
    fabrica.pendiente(que="Vencido", dias=-3)
    fabrica.pendiente(que="Por venir", dias=3)
    fabrica.pendiente(que="Hecho", hecho=date(2024, 1, 1))
    esperados = {"abiertos": {"Vencido", "Por venir"}, "vencidos": {"Vencido"}, "hechos": {"Hecho"}}
    respuesta = entra(captura).get(ruta("lista"), {"estado": estado})
    vistos = {f.record.que for f in respuesta.context["tabla"].rows}
    assert vistos == esperados.get(estado, vistos)


def test_las_mismas_consultas_con_uno_y_con_treinta(entra, captura):
    client, convenio = entra(captura), convenios.convenio()

    def cuenta(url):
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(url).status_code == 200
        return len(hechas)

    urls = (ruta("lista"), convenio.get_absolute_url())
    fabrica.pendiente(convenio, dias=3)
    [cuenta(u) for u in urls]
    con_uno = [cuenta(u) for u in urls]
    for _ in range(29):
        fabrica.pendiente(convenio, dias=3)
    assert [cuenta(u) for u in urls] == con_uno


# -- avisos y hoja ---------------------------------------------------------------------


def avisados(usuario) -> list[str]:
    return [a.titulo.split(" (")[0] for a in avisos.reunir(usuario, hoy()) if a.clase.startswith("Paso pendiente")]


def test_lo_vencido_se_avisa_al_area_y_a_quien_lo_lleva(captura, enlace, area):
    otra = fabrica.con_papel(roles.CAPTURA)
    suyo = convenios.convenio(areas=[area], responsable=captura)
    fabrica.pendiente(suyo, que="Del área", area=area, dias=-5)
    fabrica.pendiente(suyo, que="De la contraparte", area=None, dias=2)
    fabrica.pendiente(suyo, que="Con tiempo", dias=30)
    fabrica.pendiente(convenios.convenio(), que="Sin responsable", area=None, dias=-1)
    hecho = fabrica.pendiente(suyo, que="Hecho", area=area, dias=-9)
    acciones.marcar_hecho(paso=hecho, fecha=hoy(), por=None)
    assert avisados(enlace) == ["Del área"]
    assert avisados(captura) == ["Del área", "Sin responsable", "De la contraparte"]
    assert avisados(otra) == ["Sin responsable"]
    assert not avisados(fabrica.con_papel(roles.CONSEJERIA))


def test_la_hoja_va_y_vuelve_sin_cambios_y_respeta_al_area(tmp_path, enlace, area):
    propio = convenios.convenio(areas=[area])
    fabrica.pendiente(propio, area=area, dias=3, nota="Nota")
    ajeno = fabrica.pendiente(convenios.convenio(titulo="De otra"), area=area)
    fabrica.pendiente(propio, area=None, hecho=date(2024, 1, 1))
    invisible = fabrica.pendiente(convenios.convenio(), que="Invisible", area=None)
    archivo = tmp_path / "pasos.csv"
    archivo.write_bytes(hojas.exportar(PasoPendienteRecurso, PasoPendiente.objects.all(), "csv"))
    resultado = hojas.importar_archivo("pasos_pendientes", archivo)
    assert (resultado.iguales, resultado.errores) == (4, [])
    lo_suyo = PasoPendienteRecurso(por=enlace).consulta()
    assert ajeno in lo_suyo and invisible not in lo_suyo


def test_la_hoja_de_un_area_no_toca_lo_ajeno(tmp_path, enlace, area):
    propio = convenios.convenio(folio="PROPIO", areas=[area])
    de_otra = fabrica.pendiente(propio, area=directorio.area(siglas="OA"), que="De otra")
    archivo = tmp_path / "pasos.csv"
    archivo.write_text(
        "Convenio,Qué falta,Área que lo tiene,Nota\nPROPIO,De otra,OA,Mía ahora\nPROPIO,Nuevo,AP,\n", encoding="utf-8"
    )
    resultado = hojas.importar_archivo("pasos_pendientes", archivo, por=enlace)
    assert "lo tiene OA" in str(resultado.errores[0]) and len(resultado.errores) == 1
    de_otra.refresh_from_db()
    assert not de_otra.nota and PasoPendiente.objects.count() == 1
