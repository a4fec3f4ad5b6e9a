"""Las páginas de los compromisos vistas por quien captura, un área, otra área y alguien de fuera."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenios.compromisos import acciones
from convenios.models import AvanceDeCompromiso, Compromiso
from tests.fabricas import base
from tests.fabricas import compromisos as fabrica
from tests.fabricas import convenios as de_convenios
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, busqueda, hojas
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
LISTA = "convenios:compromiso_lista"


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


@pytest.fixture
def captura():
    return base.con_papel(roles.CAPTURA)


@pytest.fixture
def gente():
    return base.duena_colega_y_ajena()


def datos(convenio, **mas):
    return {
        "convenio": convenio.pk,
        "que": "Entregar el padrón.",
        "clausula": "Segunda",
        "parte": "instituto",
        "area": convenio.areas.get().pk,
        "recurrencia": "unica",
        "fecha_limite": "2024-06-30",
        **mas,
    }


def de_avance(compromiso, **mas):
    vez = compromiso.proxima.isoformat() if compromiso.proxima else ""
    return {"compromiso": compromiso.pk, "vez": vez, "fecha": "2024-05-02", "nota": "Listo.", "porcentaje": "40", **mas}


def test_capturar_uno_y_verlo(entra, captura):
    convenio = fabrica.instrumento()
    client = entra(captura)
    url = reverse("convenios:compromiso_nuevo")
    assert convenio.areas.get().nombre in client.get(f"{url}?convenio={convenio.pk}").content.decode()
    texto = client.post(url, datos(convenio), follow=True).content.decode()
    assert "Se creó el compromiso" in texto and "venció hace" in texto and "Vencido" in texto
    lista = client.get(reverse(LISTA), {"situacion": "vencido", "q": "padron"}).content.decode()
    assert "Entregar el padrón." in lista
    assert "Nada coincide" in client.get(reverse(LISTA), {"situacion": "cumplido"}).content.decode()
    assert "Entregar el padrón." in client.get(convenio.get_absolute_url()).content.decode()
    assert [r.titulo for r in dict(busqueda.buscar(captura, "padrón"))["Compromisos"]] == ["Entregar el padrón."]


def test_las_dudas_se_ensenan_una_vez(entra, captura):
    convenio = fabrica.instrumento()
    client, url = entra(captura), reverse("convenios:compromiso_nuevo")
    respuesta = client.post(url, datos(convenio, area=""))
    assert respuesta.status_code == 422 and "No tiene área responsable" in respuesta.content.decode()
    client.post(url, datos(convenio, area="", confirmo_advertencias="1"))
    assert Compromiso.objects.count() == 1


def test_los_errores_van_a_su_campo_y_nada_se_pierde(entra, captura):
    convenio = fabrica.instrumento()
    mal = datos(convenio, fecha_limite="2024-02-30", clausula="C" * 61, que="Texto \u00e1 largo " * 500)
    respuesta = entra(captura).post(reverse("convenios:compromiso_nuevo"), mal)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and "2024-02-30" in texto and "C" * 61 in texto
    assert set(respuesta.context["formulario"].errors) == {"fecha_limite", "clausula"}
    antes = entra(captura).post(reverse("convenios:compromiso_nuevo"), datos(convenio, fecha_limite="2023-12-01"))
    assert "nada vence antes" in antes.context["formulario"].errors["fecha_limite"][0]


@pytest.mark.parametrize("clave", ["x", "9" * 30, "-1", "\x00", "²"])
def test_una_direccion_con_basura_no_truena(entra, captura, clave):
    client = entra(captura)
    for ruta, campo in (("compromiso_nuevo", "convenio"), ("avance_nuevo", "compromiso")):
        assert client.get(reverse(f"convenios:{ruta}"), {campo: clave}).status_code == 200
        assert (
            client.post(reverse(f"convenios:{ruta}"), {campo: clave, "vez": clave, "porcentaje": clave}).status_code
            == 422
        )
    for campo in ("situacion", "area", "convenio", "vence_desde", "atiendo", "recurrencia"):
        assert client.get(reverse(LISTA), {campo: clave}).status_code == 200


def test_anotar_un_avance_con_archivo_y_deshacerlo(entra, captura):
    c = fabrica.compromiso()
    client, url = entra(captura), f"{reverse('convenios:avance_nuevo')}?compromiso={c.pk}"
    assert "30 de junio de 2024, venció hace" in client.get(url).content.decode()
    archivo = SimpleUploadedFile("acuse.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    envio = de_avance(c, cumple="on", archivos=archivo, enlace="https://iecm.example/acuse")
    texto = client.post(url, envio, follow=True).content.decode()
    assert "Cumplido" in texto and "59 días antes del plazo" in texto and "acuse.pdf" in texto
    hecho = AvanceDeCompromiso.objects.get()
    assert hecho.por == captura and hecho.porcentaje == 100 and hecho.evidencias.count() == 2
    client.post(reverse("convenios:avance_eliminar", args=[hecho.pk]))
    c.refresh_from_db()
    assert c.estado == "abierto"


def test_que_baje_el_avance_se_advierte_y_se_puede_guardar(entra, captura):
    c = fabrica.compromiso()
    fabrica.avance(c, porcentaje=80)
    client, url = entra(captura), f"{reverse('convenios:avance_nuevo')}?compromiso={c.pk}"
    respuesta = client.post(url, de_avance(c, fecha="2024-05-03"))
    assert respuesta.status_code == 422 and "El avance baja" in respuesta.content.decode()
    client.post(url, de_avance(c, fecha="2024-05-03", confirmo_advertencias="1"))
    assert c.avances.count() == 2


@pytest.mark.parametrize(
    ("mas", "campo"),
    [
        ({"fecha": "2999-01-01"}, "fecha"),
        ({"fecha": "2020-01-01"}, "fecha"),
        ({"porcentaje": "101"}, "porcentaje"),
        ({"porcentaje": "9" * 40}, "porcentaje"),
        ({"porcentaje": "-1"}, "porcentaje"),
        ({"porcentaje": ""}, "porcentaje"),
        ({"nota": ""}, "nota"),
        ({"vez": "2024-06-29"}, "vez"),
        ({"vez": "no"}, "vez"),
    ],
)
def test_un_avance_mal_capturado(entra, captura, mas, campo):
    c = fabrica.compromiso()
    url = f"{reverse('convenios:avance_nuevo')}?compromiso={c.pk}"
    respuesta = entra(captura).post(url, de_avance(c, **mas))
    assert respuesta.status_code == 422 and campo in respuesta.context["formulario"].errors
    assert not c.avances.exists()


def test_sin_plazo_y_sin_compromiso_en_la_direccion(entra, captura):
    c = fabrica.compromiso(fecha_limite=None)
    client = entra(captura)
    client.post(reverse("convenios:avance_nuevo"), de_avance(c, cumple="on"))
    c.refresh_from_db()
    assert c.estado == "cumplido"


def test_lo_que_se_repite_ensena_sus_veces(entra, captura):
    c = fabrica.compromiso(recurrencia="mensual", fecha_limite=date(2024, 1, 31), repite_hasta=date(2024, 12, 31))
    for _ in range(5):
        fabrica.avance(c, cumple=True)
    texto = entra(captura).get(c.get_absolute_url()).content.decode()
    assert "5 de 12" in texto and "Las anteriores, ya cumplidas" in texto and "29 de febrero de 2024" in texto
    assert f"compromiso={c.pk}&amp;vez=2024-07-31" in texto


def test_cancelar_pide_razon_y_se_puede_reactivar(entra, captura):
    c = fabrica.compromiso()
    client, url = entra(captura), reverse("convenios:compromiso_cancelar", args=[c.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"razon": "", "version": c.version}).status_code == 422
    assert client.post(url, {"razon": "r" * 501, "version": c.version}).status_code == 422
    otra = client.post(url, {"razon": "La adenda lo quitó.", "version": c.version - 1})
    assert otra.status_code == 409 and "La adenda lo quitó." in otra.content.decode()
    assert client.post(url, {"razon": "La adenda lo quitó.", "version": c.version}).status_code == 302
    assert client.get(url).status_code == 403
    c.refresh_from_db()
    assert client.post(url, {"razon": "Otra vez", "version": c.version}).status_code == 422
    assert "La adenda lo quitó." in client.get(c.get_absolute_url()).content.decode()
    client.post(reverse("convenios:compromiso_reactivar", args=[c.pk]))
    assert (
        "no estaba cancelado"
        in client.post(reverse("convenios:compromiso_reactivar", args=[c.pk]), follow=True).content.decode()
    )
    c.refresh_from_db()
    assert c.estado == "abierto"


def test_segunda_pestana(entra, captura):
    c = fabrica.compromiso()
    client, url = entra(captura), reverse("convenios:compromiso_editar", args=[c.pk])
    respuesta = client.post(url, datos(c.convenio, version=c.version - 1))
    assert respuesta.status_code == 409 and "Entregar el padrón." in respuesta.content.decode()
    assert client.post(url, datos(c.convenio, version=c.version)).status_code == 302


# -- varios de una vez --------------------------------------------------------


def renglones(*filas, total=None):
    envio = {"c-TOTAL_FORMS": str(total or len(filas)), "c-INITIAL_FORMS": "0"}
    for n, fila in enumerate(filas):
        base_ = {"parte": "instituto", "recurrencia": "unica"}
        envio |= {f"c-{n}-{campo}": valor for campo, valor in {**base_, **fila}.items()}
    return envio


def test_capturar_veinte_de_una_vez(entra, captura):
    convenio = fabrica.instrumento()
    client, url = entra(captura), reverse("convenios:compromiso_capturar", args=[convenio.pk])
    assert client.get(url).status_code == 200
    filas = [{"que": f"Compromiso {n}", "clausula": "Cuarta", "fecha_limite": "2024-08-01"} for n in range(20)]
    respuesta = client.post(url, renglones(*filas, {}), follow=True)
    assert "Se capturaron veinte compromisos." in respuesta.content.decode()
    assert convenio.compromisos.count() == 20
    assert "Compromiso 19" in client.get(url).content.decode()


def test_si_uno_falla_no_entra_ninguno_y_no_se_pierde_nada(entra, captura):
    convenio = fabrica.instrumento()
    fabrica.compromiso(convenio, que="Ya estaba", clausula="")
    client, url = entra(captura), reverse("convenios:compromiso_capturar", args=[convenio.pk])
    filas = [{"que": "Bien"}, {"que": "Ya estaba"}, {"que": "Antes", "fecha_limite": "2020-01-01"}]
    respuesta = client.post(url, renglones(*filas))
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and convenio.compromisos.count() == 1
    assert "Bien" in texto and "ese mismo texto" in texto and "nada vence antes" in texto
    repetidos = client.post(url, renglones({"que": "Dos"}, {"que": "Dos"}))
    assert "Está dos veces en esta página." in repetidos.content.decode()
    sin_texto = client.post(url, renglones({"clausula": "Quinta"}))
    assert sin_texto.status_code == 422 and "Falta este dato." in sin_texto.content.decode()


@pytest.mark.parametrize("total", ["", "x", "999999", "-1"])
def test_la_captura_con_basura_no_truena(entra, captura, total):
    url = reverse("convenios:compromiso_capturar", args=[fabrica.instrumento().pk])
    envio = {**renglones({"que": "Uno"}), "c-TOTAL_FORMS": total}
    assert entra(captura).post(url, envio).status_code in (302, 422)
    assert not Compromiso.objects.exists()


def test_un_envio_repetido_se_guarda_una_vez(entra, captura):
    convenio = fabrica.instrumento()
    client, url = entra(captura), reverse("convenios:compromiso_capturar", args=[convenio.pk])
    for _ in range(2):
        assert client.post(url, {**renglones({"que": "Uno"}), "envio": "sello"}).status_code == 302
    assert convenio.compromisos.count() == 1


# -- quién puede qué ----------------------------------------------------------


def test_un_area_ve_los_de_sus_instrumentos_y_anota_los_suyos(entra, gente):
    convenio = fabrica.instrumento(areas=[gente.duena.area])
    suyo = fabrica.compromiso(convenio, que="El suyo")
    de_otra = fabrica.compromiso(convenio, que="De la unidad", area=None)
    oculto = fabrica.compromiso(que="El oculto")
    client = entra(gente.duena)
    for url in (reverse(LISTA), convenio.get_absolute_url(), f"{reverse(LISTA)}?_export=csv"):
        texto = client.get(url).content.decode()
        assert "El suyo" in texto and "De la unidad" in texto and "El oculto" not in texto
    nuevo = reverse("convenios:avance_nuevo")
    assert client.post(f"{nuevo}?compromiso={suyo.pk}", de_avance(suyo)).status_code == 302
    for otro in (de_otra, oculto):
        assert client.post(f"{nuevo}?compromiso={otro.pk}", de_avance(otro)).status_code == 422
    assert "Sólo el área responsable" in client.get(de_otra.get_absolute_url()).content.decode()
    avance = AvanceDeCompromiso.objects.get()
    assert entra(gente.colega).get(avance.get_absolute_url()).status_code == 200
    for url in (avance.get_absolute_url(), suyo.get_absolute_url()):
        assert entra(gente.ajena).get(url).status_code == 404
    for ruta, pk in (
        ("compromiso_editar", suyo.pk),
        ("compromiso_cancelar", suyo.pk),
        ("compromiso_capturar", convenio.pk),
    ):
        assert entra(gente.duena).get(reverse(f"convenios:{ruta}", args=[pk])).status_code == 403


def test_quien_lee_y_alguien_de_fuera(entra):
    c = fabrica.compromiso()
    assert entra(persona()).get(c.get_absolute_url()).status_code == 403
    lector = entra(base.con_papel(roles.CONSEJERIA))
    texto = lector.get(c.convenio.get_absolute_url()).content.decode()
    assert str(c) in texto and "Anotar avance" not in texto and "Capturar compromisos" not in texto


def test_el_instrumento_dice_que_concluyo_solo(entra, captura):
    convenio = fabrica.instrumento(vigencia="compromisos", vigencia_texto="Hasta cumplir.")
    client = entra(captura)
    assert "captúrelos para saber cuándo concluye" in client.get(convenio.get_absolute_url()).content.decode()
    c = fabrica.compromiso(convenio)
    assert "Concluirá solo" in client.get(convenio.get_absolute_url()).content.decode()
    fabrica.avance(c, cumple=True)
    assert "Concluyó solo" in client.get(convenio.get_absolute_url()).content.decode()


# -- avisos -------------------------------------------------------------------


def mis_avisos(usuario):
    return [a for a in avisos.reunir(usuario, hoy()) if a.clase.startswith("Compromiso")]


def test_avisos_de_uno_en_uno_y_agrupados(entra, captura, gente):
    en = hoy()
    convenio = fabrica.instrumento(fecha_firma=en - timedelta(days=400), areas=[gente.duena.area])
    fabrica.compromiso(convenio, que="Pronto", fecha_limite=en + timedelta(days=30))
    fabrica.compromiso(convenio, que="Lejos", fecha_limite=en + timedelta(days=31))
    tarde = fabrica.compromiso(convenio, que="Tarde", fecha_limite=en - timedelta(days=1))
    assert [(a.titulo[:6].strip(" ·:"), a.gravedad) for a in mis_avisos(gente.colega)] == [
        ("Tarde", "vencido"),
        ("Pronto", "atencion"),
    ]
    assert mis_avisos(gente.ajena) == mis_avisos(base.con_papel(roles.CONSEJERIA)) == []
    for n in range(5):
        fabrica.compromiso(convenio, que=f"Otro {n}", fecha_limite=en - timedelta(days=9))
    agrupado, suelto = mis_avisos(captura)
    assert agrupado.titulo == "Seis compromisos con el plazo vencido" and suelto.gravedad == "atencion"
    texto = entra(captura).get(agrupado.url).content.decode()
    assert "<strong>6</strong> compromisos" in texto and "Pronto" not in texto
    acciones.cancelar_compromiso(compromiso=tarde, razon="No.", por=None)
    assert mis_avisos(captura)[0].titulo.startswith("Cinco")


# -- informes y hojas ---------------------------------------------------------


@pytest.fixture
def de_2024():
    convenio = fabrica.instrumento(titulo="Convenio general")
    mensual = fabrica.compromiso(convenio, que="Mensual", recurrencia="mensual", fecha_limite=date(2024, 1, 31))
    unico = fabrica.compromiso(convenio, que="Único", fecha_limite=date(2024, 3, 15))
    fabrica.avance(mensual, date(2024, 1, 30), cumple=True)
    fabrica.avance(mensual, date(2024, 3, 5), cumple=True)
    fabrica.avance(unico, date(2024, 3, 10), porcentaje=60)
    fabrica.avance(unico, date(2024, 4, 10), cumple=True)
    return convenio


TRIMESTRE = Contexto(Periodo(date(2024, 1, 1), date(2024, 3, 31)))


def test_la_seccion_dice_como_estaban_al_terminar_el_periodo(de_2024):
    seccion = SECCIONES["convenios.compromisos"]
    (tabla,) = seccion.bloques(TRIMESTRE, {})
    assert [(f[2], f[4], f[5]) for f in tabla.filas] == [
        ("Mensual", date(2024, 1, 31), "Cumplido el 30/01/2024"),
        ("Mensual", date(2024, 2, 29), "Cumplido el 05/03/2024"),
        ("Único", date(2024, 3, 15), "Vencido (60 %)"),
        ("Mensual", date(2024, 3, 31), "Sin cumplir"),
    ]
    (vencidos,) = seccion.bloques(TRIMESTRE, {"estado": "vencidos"})
    assert [f[2] for f in vencidos.filas] == ["Único"]
    titulo, tabla = seccion.bloques(TRIMESTRE, {"agrupar": "instrumento", "estado": "cumplidos"})
    assert titulo.texto == "Convenio general" and len(tabla.filas) == 2 and len(tabla.columnas) == 5
    assert len(seccion.bloques(TRIMESTRE, {"agrupar": "area"})) == 2
    assert seccion.bloques(Contexto(Periodo(date(2020, 1, 1), date(2020, 3, 31))), {}) == []


def test_las_cifras_y_la_fuente(de_2024):
    abril = Contexto(Periodo(date(2024, 4, 1), date(2024, 4, 30)))
    cumplidos, vencidos = (CIFRAS[f"convenios.compromisos_{c}"].funcion for c in ("cumplidos", "vencidos"))
    assert (cumplidos(TRIMESTRE), vencidos(TRIMESTRE)) == (2, 1)
    assert (cumplidos(abril), vencidos(abril)) == (1, 1)  # el mensual de marzo ya se venció
    hechos = FUENTES["convenios.compromisos_cumplidos"].detallar(date(2024, 1, 1), date(2024, 12, 31))
    assert [(h.fecha, h.unidades) for h in hechos] == [
        (date(2024, 1, 30), 1),
        (date(2024, 3, 5), 1),
        (date(2024, 4, 10), 1),
    ]


def exportado(clave, formato="xlsx"):
    recurso = hojas.descubrir()[clave]
    return hojas.exportar(recurso, recurso().get_queryset(), formato)


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_ida_y_vuelta(de_2024, formato):
    fabrica.compromiso(de_2024, que="Mensual", clausula="")
    acciones.cancelar_compromiso(
        compromiso=fabrica.compromiso(de_2024, que="Con: dos puntos; y más"), razon="La adenda.", por=None
    )
    fabrica.avance(fabrica.compromiso(de_2024, que="Sin plazo", fecha_limite=None), date(2024, 2, 1))
    for clave in ("compromisos", "avances_de_compromisos"):
        resultado = hojas.importar_archivo(clave, io.BytesIO(exportado(clave, formato)), nombre=f"{clave}.{formato}")
        assert resultado.correcto and resultado.iguales == resultado.filas > 0, resultado.errores


def test_lo_exportado_rehace_todo_desde_cero(de_2024):
    acciones.cancelar_compromiso(compromiso=fabrica.compromiso(de_2024, que="Cancelado"), razon="No.", por=None)
    antes = list(Compromiso.objects.order_by("que").values_list("que", "estado", "proxima"))
    hojas_ = {clave: exportado(clave) for clave in ("compromisos", "avances_de_compromisos")}
    AvanceDeCompromiso.objects.all().delete()
    Compromiso.objects.all().delete()
    for clave, contenido in hojas_.items():
        resultado = hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.xlsx")
        assert resultado.correcto and resultado.nuevos == resultado.filas, resultado.errores
    assert list(Compromiso.objects.order_by("que").values_list("que", "estado", "proxima")) == antes


def test_la_hoja_da_razones_por_fila(captura):
    convenio = fabrica.instrumento()
    hoja = "Convenio,Cláusula,A qué se obliga,Fecha límite\n" + f"{convenio.folio},Primera,Algo,2020-01-01\n"
    resultado = hojas.importar_archivo("compromisos", io.BytesIO(hoja.encode()), nombre="c.csv", por=captura)
    assert [e.columna for e in resultado.errores] == ["Fecha límite"] and "nada vence antes" in resultado.errores[
        0
    ].motivo


def test_la_hoja_de_avances_revisa_el_porcentaje(de_2024):
    hoja = f"Compromiso,La vez que vence el,Fecha,Avance (%),Qué se hizo\n{de_2024.folio}: Tercera: Mensual,2024-06-30,2024-05-01,180,Algo\n"
    resultado = hojas.importar_archivo("avances_de_compromisos", io.BytesIO(hoja.encode()), nombre="a.csv")
    assert [e.motivo for e in resultado.errores] == ["El avance va de 0 a 100."]


# -- consultas ----------------------------------------------------------------


@pytest.mark.parametrize("ruta", ["compromiso_lista", "avance_lista", "convenio", "capturar"])
def test_las_mismas_consultas_con_uno_y_con_treinta(entra, captura, ruta):
    convenio = fabrica.instrumento()
    client = entra(captura)
    url = {
        "convenio": convenio.get_absolute_url(),
        "capturar": reverse("convenios:compromiso_capturar", args=[convenio.pk]),
    }.get(ruta) or reverse(f"convenios:{ruta}")

    def agrega(cuantos):
        for _ in range(cuantos):
            c = fabrica.compromiso(convenio, recurrencia="mensual")
            fabrica.avance(c, por=captura)

    def cuenta():
        with CaptureQueriesContext(connection) as consultas:
            assert client.get(url).status_code == 200
        return len(consultas)

    agrega(1)
    cuenta()
    con_uno = cuenta()
    agrega(24)
    assert cuenta() == con_uno


def test_un_instrumento_sin_firmar_no_avisa(captura):
    fabrica.compromiso(de_convenios.convenio(), fecha_limite=hoy() - timedelta(days=3))
    assert mis_avisos(captura) == []
