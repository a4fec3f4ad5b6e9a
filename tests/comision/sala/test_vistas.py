"""La sala en pantalla: quién entra, qué se envía, qué pasa si no vale y cuánto cuesta."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import comision as fabrica
from tests.fabricas import sala as fabrica_sala
from tests.fabricas.personas import persona
from vinculacion.archivo.models import Evidencia
from vinculacion.comision import acciones as de_la_comision
from vinculacion.comision import secciones
from vinculacion.comision.models import Acuerdo, Asistencia, Punto, Sesion, Voto
from vinculacion.comision.sala import acciones
from vinculacion.comision.sala.resources import VotoRecurso
from vinculacion.comision.sala.secciones import votaciones
from vinculacion.cuentas.roles import AREA, CONSEJERIA, SECRETARIA
from vinculacion.directorio.models import Area
from vinculacion.nucleo import hojas
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import CIFRAS, Contexto

pytestmark = pytest.mark.django_db


def con_papel(papel, **datos):
    quien = persona(**datos)
    quien.groups.add(Group.objects.get(name=papel))
    return quien


@pytest.fixture
def secretaria(client):
    quien = con_papel(SECRETARIA)
    client.force_login(quien)
    return quien


@pytest.fixture
def sesion():
    return fabrica_sala.en_curso()


def url(nombre, *args):
    return reverse(f"comision:{nombre}", args=args)


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


def test_quien_lleva_la_sesion_entra_y_los_demas_no(client, sesion):
    for papel, esperado in ((SECRETARIA, 200), (CONSEJERIA, 403), (AREA, 403)):
        client.force_login(con_papel(papel))
        assert client.get(url("sala", sesion.pk)).status_code == esperado
        hecho = client.post(url("sala_resolver", fabrica_sala.punto(sesion, 3).pk), {"hacer": "presentado"})
        assert hecho.status_code == (302 if esperado == 200 else 403)
    client.force_login(con_papel(CONSEJERIA))
    detalle = texto(client.get(sesion.get_absolute_url()))
    assert "Abrir la sala" not in detalle
    assert "Quórum y votaciones" in detalle
    client.force_login(con_papel(SECRETARIA))
    assert "Abrir la sala" in texto(client.get(sesion.get_absolute_url()))


def test_iniciar_sin_quorum_avisa_y_se_confirma(client, secretaria):
    sesion = fabrica_sala.sesion_de_hoy()
    respuesta = client.post(url("sala_iniciar", sesion.pk))
    assert respuesta.status_code == 422
    assert "Iniciar de todos modos" in texto(respuesta)
    respuesta = client.post(url("sala_iniciar", sesion.pk), {"confirmo": "1"})
    assert respuesta["Location"] == url("sala", sesion.pk) + "#iniciar"
    sesion.refresh_from_db()
    assert sesion.estado == "en_curso"
    respuesta = client.post(url("sala_terminar", sesion.pk))
    assert respuesta.status_code == 422
    assert "Terminar de todos modos" in texto(respuesta)
    assert client.post(url("sala_terminar", sesion.pk), {"confirmo": "1"}).status_code == 302
    assert "Para cerrarla falta" in texto(client.get(url("sala", sesion.pk)))


def test_la_asistencia_se_anota_de_una_en_una(client, secretaria):
    sesion = fabrica_sala.sesion_de_hoy()
    una, otra, *_ = fabrica_sala.capacidades(sesion.comision)
    ruta = url("sala_asistencia", sesion.pk, una.pk)
    respuesta = client.post(ruta, {"estado": "suplente", "antes": ""})
    assert respuesta["Location"].endswith(f"#fila-{una.pk}")
    assert client.post(ruta, {"estado": "suplente", "antes": "suplente||", "nota": "Oficina B"}).status_code == 302
    assert Asistencia.objects.get().suplente == "Oficina B"
    # Al pasar a presente, quién suplía ya no viene al caso.
    datos = {"estado": "presente", "antes": "suplente||Oficina B", "nota": "Oficina B"}
    assert client.post(ruta, datos).status_code == 302
    assert Asistencia.objects.get().suplente == ""
    respuesta = client.post(ruta, {"estado": "ausente", "antes": "ausente||"})
    assert respuesta.status_code == 409
    assert "Otra persona anotó «Presente»" in texto(respuesta)
    respuesta = client.post(
        url("sala_asistencia", sesion.pk, otra.pk),
        {"estado": "justificada", "antes": "justificada||", "nota": "x" * 251},
    )
    assert respuesta.status_code == 409  # nadie la había anotado así
    for malo in ({"estado": ""}, {"estado": "dormida"}, {}):
        assert client.post(ruta, malo).status_code in (409, 422)
    assert client.post(url("sala_asistencia", sesion.pk, 999_999), {"estado": "presente"}).status_code == 422
    assert client.post(url("sala_demas", sesion.pk), {"estado": "presente"}).status_code == 302
    assert Asistencia.objects.filter(estado="presente").count() == 6


def test_los_votos_que_faltan_se_dicen_y_lo_marcado_no_se_pierde(client, secretaria, sesion):
    punto = fabrica_sala.punto(sesion, 1)
    a, b, c, *_ = fabrica_sala.capacidades(sesion.comision)
    ruta = url("sala_resolver", punto.pk)
    respuesta = client.post(ruta, {"hacer": "votar", f"voto-{a.pk}": "favor", f"voto-{b.pk}": "contra"})
    assert respuesta.status_code == 422
    cuerpo = texto(respuesta)
    assert f"Falta el voto de {c}." in cuerpo
    assert f'id="v-{punto.pk}-{b.pk}-contra" checked' in cuerpo
    completa = {"hacer": "votar", f"voto-{a.pk}": "favor", f"voto-{b.pk}": "favor", f"voto-{c.pk}": "no_voto"}
    assert client.post(ruta, completa)["Location"].endswith(f"#punto-{punto.pk}")
    punto.refresh_from_db()
    assert (punto.resolucion, Voto.objects.count()) == ("aprobado", 2)
    assert client.post(ruta, {"hacer": "deshacer"}).status_code == 302
    assert client.post(ruta, {"hacer": "unanimidad", "con_cambios": "1"}).status_code == 302
    punto.refresh_from_db()
    assert punto.resolucion == "con_cambios"
    for malo in ({}, {"hacer": "cualquiera"}, {"hacer": "votar", "voto-x": "favor"}, {"hacer": "retirado"}):
        assert client.post(ruta, malo).status_code == 422


def test_aplazar_sin_decir_por_que(client, secretaria, sesion):
    punto = fabrica_sala.punto(sesion, 3)
    respuesta = client.post(url("sala_resolver", punto.pk), {"hacer": "aplazado", "nota": " "})
    assert respuesta.status_code == 422
    assert "Escriba por qué" in texto(respuesta)
    assert client.post(url("sala_resolver", punto.pk), {"hacer": "aplazado", "nota": "Faltó."}).status_code == 302


def test_dos_personas_escriben_la_misma_nota(client, secretaria, sesion):
    punto = fabrica_sala.punto(sesion, 1)
    ruta = url("sala_nota", punto.pk)
    antes = client.get(url("sala", sesion.pk)).context["pantalla"].puntos[0].huella
    acciones.anotar_intervenciones(punto=punto, texto="Lo de ella", por=None)
    respuesta = client.post(ruta, {"intervenciones": "Lo mío", "antes": antes})
    assert respuesta.status_code == 409
    cuerpo = texto(respuesta)
    for esperado in ("Lo de ella", "Lo mío", "Guardar lo mío encima"):
        assert esperado in cuerpo
    # Volver a enviar lo mismo, como hace el guardado solo, no pisa nada.
    assert client.post(ruta, {"intervenciones": "Lo mío", "antes": antes}).status_code == 409
    encima = respuesta.context["pantalla"].puntos[0].huella
    assert (
        client.post(ruta, {"intervenciones": "Lo mío\r\ny más\x00", "antes": antes, "encima": encima}).status_code
        == 302
    )
    punto.refresh_from_db()
    assert punto.intervenciones == "Lo mío\ny más"


def test_las_horas_en_pantalla(client, secretaria, sesion):
    ruta = url("sala_horas", sesion.pk)
    base = {"hora_inicio": "10:05", "hora_fin": "11:30", "version": sesion.version}
    respuesta = client.post(ruta, {**base, "hora_fin": "25:70"})
    assert respuesta.status_code == 422
    assert "25:70" in texto(respuesta)
    assert "Termina antes" in texto(client.post(ruta, {**base, "hora_fin": "09:00"}))
    assert client.post(ruta, base).status_code == 302
    assert client.post(ruta, {**base, "hora_fin": "12:00"}).status_code == 409


def test_el_acuerdo_toma_folio_y_el_segundo_clic_no_toma_otro(client, secretaria, sesion):
    punto = fabrica_sala.punto(sesion, 2)
    ruta = url("sala_acuerdo", punto.pk)
    envio = client.get(ruta).context["envio"]
    assert client.post(ruta, {"envio": envio, "texto": ""}).status_code == 422
    respuesta = client.post(ruta, {"envio": envio, "texto": "Se aprueba", "fecha_limite": "31/02/2026"})
    assert respuesta.status_code == 422
    assert "Se aprueba" in texto(respuesta)
    area = Area.objects.create(nombre="Unidad", siglas="U", clase="unidad")
    for _ in range(2):
        respuesta = client.post(ruta, {"envio": envio, "texto": "Se aprueba", "area_responsable": area.pk})
        assert respuesta["Location"].endswith(f"#punto-{punto.pk}")
    acuerdo = Acuerdo.objects.get()
    assert (acuerdo.punto, acuerdo.area_responsable) == (punto, area)
    assert acuerdo.folio in texto(client.get(url("sala", sesion.pk)))


def test_cerrada_se_lee_y_no_se_escribe(client, secretaria, sesion):
    acciones.por_unanimidad(punto=fabrica_sala.punto(sesion, 1), por=None)
    de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="celebrada", por=None, fecha_celebrada=hoy())
    Sesion.objects.filter(pk=sesion.pk).update(cerrada=True)
    cuerpo = texto(client.get(url("sala", sesion.pk)))
    assert "está cerrada" in cuerpo
    assert "Por unanimidad: 3 a favor" in cuerpo
    for ausente in ("Deshacer", "Guardar la nota", "Terminar la sesión", "Tomar acuerdo", "Todas presentes"):
        assert ausente not in cuerpo
    assert (
        client.post(url("sala_resolver", fabrica_sala.punto(sesion, 3).pk), {"hacer": "presentado"}).status_code == 422
    )
    assert "está cerrada" in texto(client.get(url("sala_acuerdo", fabrica_sala.punto(sesion, 3).pk)))


def test_cuesta_lo_mismo_con_un_punto_que_con_treinta(client, secretaria, sesion):
    def consultas() -> int:
        client.get(url("sala", sesion.pk))
        with CaptureQueriesContext(connection) as capturadas:
            assert client.get(url("sala", sesion.pk)).status_code == 200
        return len(capturadas)

    def llena(punto):
        acciones.por_unanimidad(punto=punto, por=None)
        de_la_comision.tomar_acuerdo(sesion=sesion, punto=punto, texto="A", por=None)
        Evidencia.objects.create(
            tipo_de_registro=ContentType.objects.get_for_model(Punto), registro_id=punto.pk, enlace="https://a.example/"
        )

    llena(fabrica_sala.punto(sesion, 1))
    acciones.anotar(sesion=sesion, integracion=sesion.comision.integraciones.last().pk, estado="suplente", por=None)
    antes = consultas()
    for n in range(30):
        llena(de_la_comision.agregar_punto(sesion=sesion, titulo=f"P{n}", solicitud="aprobacion", por=None))
    fabrica.integrar(sesion.comision, [("area", f"Unidad {n}") for n in range(30)])
    acciones.anotar_a_las_demas(sesion=sesion, estado="suplente", por=None)
    assert consultas() == antes


# -- la cuadrícula con suplentes -----------------------------------------------


def test_la_cuadricula_de_una_sesion_y_la_del_anio_respetan_al_suplente(client, secretaria):
    sesion = fabrica.sesion(fabrica.comision(), date(2020, 10, 26), numero=10)
    fabrica.integrar(sesion.comision)
    una, otra, *_ = fabrica_sala.capacidades(sesion.comision)
    ruta = url("sesion_asistencia", sesion.pk)
    base = {f"v-{sesion.pk}": sesion.version, f"antes-{sesion.pk}": ""}
    contradice = {f"s-{sesion.pk}-{una.pk}": "1", f"p-{sesion.pk}-{una.pk}": "1"}
    assert client.post(ruta, {**base, **contradice}).status_code == 422
    datos = {f"s-{sesion.pk}-{una.pk}": "1", f"m-{sesion.pk}-{una.pk}": "Oficina B", f"p-{sesion.pk}-{otra.pk}": "1"}
    assert client.post(ruta, {**base, **datos}).status_code == 302
    assert Asistencia.objects.get(integracion=una).suplente == "Oficina B"
    anio = url("asistencia_editar") + f"?comision={sesion.comision_id}&anio=2020"
    cuerpo = texto(client.get(anio))
    assert '<span class="casilla-nota">suplente</span>' in cuerpo
    sesion.refresh_from_db()
    encabezado = client.get(anio).context["cuadricula"].encabezados[0]
    assert encabezado.presentes == 2
    base = {f"v-{sesion.pk}": sesion.version, f"antes-{sesion.pk}": encabezado.antes}
    sigue = {f"p-{sesion.pk}-{una.pk}": "1", f"p-{sesion.pk}-{otra.pk}": "1"}
    assert (
        client.post(
            anio, {**base, **sigue, f"p-{sesion.pk}-{sesion.comision.integraciones.last().pk}": "1"}
        ).status_code
        == 302
    )
    assert Asistencia.objects.get(integracion=una).suplente == "Oficina B"
    assert "Asistió quien suple: Oficina B" in texto(client.get(url("asistencia") + "?anio=2020"))
    matriz = secciones.asistencia(Contexto(Periodo(date(2020, 10, 1), date(2020, 12, 31)), sesion.comision))[0]
    assert matriz.filas[0][1] == ("S",)


# -- informe y hojas -----------------------------------------------------------


def test_la_seccion_y_la_cifra_de_votaciones(sesion):
    acciones.por_unanimidad(punto=fabrica_sala.punto(sesion, 1), por=None)
    contexto = Contexto(Periodo(hoy(), hoy()), sesion.comision)
    assert votaciones(contexto) == []  # la sesión no se ha celebrado
    de_la_comision.cambiar_estado_sesion(sesion=sesion, estado="celebrada", por=None, fecha_celebrada=hoy())
    (tabla,) = votaciones(contexto)
    assert tabla.filas == (("01SO", "Orden del día", "Aprobado", 3, 0, 0),)
    assert CIFRAS["comision.votaciones"].funcion(contexto) == 1
    assert votaciones(Contexto(Periodo(hoy(), hoy()))) == []


def test_los_votos_van_y_vienen_en_una_hoja(sesion, tmp_path):
    clave = f"{sesion.clave}:1"
    filas = ["Punto,Capacidad,Sentido", f"{clave},Presidencia,A favor", f"{clave},Integrante: Consejería 2,En contra"]
    hoja = tmp_path / "votos.csv"
    hoja.write_text("\n".join([*filas, f"{clave},Integrante: Consejería 3,A favor"]), encoding="utf-8")
    resultado = hojas.importar_archivo("votos", hoja, por=None)
    assert not resultado.errores, resultado.errores
    assert fabrica_sala.punto(sesion, 1).resolucion == "aprobado"
    salida = hojas.exportar(VotoRecurso, VotoRecurso().consulta(), "csv").decode("utf-8-sig")
    assert f"CVOE,{sesion.clave},{clave},Presidencia,A favor" in salida
    hoja.write_text("\n".join([filas[0], f"{clave},Partido Uno,A favor"]), encoding="utf-8")
    resultado = hojas.importar_archivo("votos", hoja, por=None)
    assert "sólo tiene voz" in str(resultado.errores)
