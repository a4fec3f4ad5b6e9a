"""Lo que sale mal en la vida real: dos a la vez, archivos que no son, fechas imposibles, conexiones cortadas."""

import re
import socket
from urllib.parse import urlsplit

import pytest
from django.conf import settings as ajustes
from django.test import Client
from playwright.sync_api import expect

from programas.models import Actividad
from vinculacion.archivo.models import Evidencia
from vinculacion.cuentas.models import Usuario
from vinculacion.directorio.models import Organismo

from .revision import faltas, sin_guiones, vigilar
from .test_flujos import NUEVA, PDF, capturar

pytestmark = pytest.mark.django_db(transaction=True)
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + b"\x00" * 200


def otra_ventana(browser, argumentos, direccion, persona, ruta):
    """La misma página en el navegador de otra persona."""
    cliente = Client()
    cliente.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    contexto = browser.new_context(**argumentos)
    contexto.add_cookies([{"name": "sessionid", "value": cliente.cookies["sessionid"].value, "url": direccion}])
    page = contexto.new_page()
    page.goto(direccion + ruta)
    return page


def test_dos_personas_guardan_lo_mismo(vigilada, browser, browser_context_args, entrar, direccion, demostracion):
    page = vigilada
    registro = Organismo.objects.filter(activo=True).first()
    ruta = f"/directorio/organismos/{registro.pk}/editar/"
    entrar(demostracion["captura"], ruta)
    colega = otra_ventana(browser, browser_context_args, direccion, demostracion["direccion"], ruta)
    colega.locator("#id_siglas").fill("COLEGA")
    colega.get_by_role("button", name="Guardar", exact=True).click()
    expect(colega.locator("[data-guardado]")).to_be_visible()
    colega.context.close()

    page.locator("#id_siglas").fill("MIAS")
    page.get_by_role("button", name="Guardar", exact=True).click()
    conflicto = page.locator(".conflicto")
    expect(conflicto).to_contain_text("Otra persona guardó este registro")
    expect(conflicto).to_contain_text("MIAS")
    expect(conflicto).to_contain_text("COLEGA")
    assert page.locator("#id_siglas").input_value() == "MIAS"
    assert faltas(page) == []
    registro.refresh_from_db()
    assert registro.siglas == "COLEGA"
    page.get_by_role("button", name="Guardar lo mío encima").click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    registro.refresh_from_db()
    assert registro.siglas == "MIAS"
    # Lo de la colega sigue en la historia.
    assert "COLEGA" in set(registro.history.values_list("siglas", flat=True))


# -- archivos ------------------------------------------------------------------------------------

MALOS = {
    "vacío": ("vacio.pdf", b"", "está vacío"),
    "programa disfrazado": ("factura.pdf", EXE, "su contenido es de otro tipo"),
    "programa": ("factura.exe", EXE, "No se aceptan archivos"),
    "enorme": ("enorme.pdf", PDF + b"%" * 120_000, "el máximo es"),
}


@pytest.mark.parametrize("caso", MALOS)
def test_un_archivo_que_no_sirve_se_dice_junto_a_su_campo(
    vigilada, browser, browser_context_args, entrar, direccion, demostracion, settings, caso
):
    settings.ARCHIVO_TAMANO_MAXIMO = 100_000
    nombre, contenido, razon = MALOS[caso]
    archivo = {"name": nombre, "mimeType": "application/pdf", "buffer": contenido}
    antes = Evidencia.objects.count()
    con_guiones = vigilada
    entrar(demostracion["captura"], NUEVA)
    sin = sin_guiones(browser, browser_context_args, direccion, demostracion["captura"])
    sin.goto(direccion + NUEVA)
    sin.locator("#id_accion").select_option(index=1)
    sin.locator("#id_tipo").select_option(index=1)
    sin.locator("#id_titulo").fill("Con archivo malo")
    capturar(con_guiones, "Con archivo malo")
    for page in (con_guiones, sin):
        page.get_by_label("Archivos").set_input_files(archivo)
        page.get_by_role("button", name="Guardar", exact=True).click()
        expect(page.locator("#id_archivos ~ .invalid-feedback, #id_archivos ~ * .invalid-feedback").or_(
            page.locator(".invalid-feedback", has_text=razon)).first).to_contain_text(razon)  # fmt: skip
        assert page.locator("#id_titulo").input_value() == "Con archivo malo"
    assert faltas(con_guiones) == []
    sin.context.close()
    assert Evidencia.objects.count() == antes
    assert not Actividad.objects.filter(titulo="Con archivo malo").exists()
    # Con el archivo bueno se guarda sin volver a escribir nada.
    con_guiones.get_by_label("Archivos").set_input_files(
        {"name": "bueno.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    con_guiones.get_by_role("button", name="Guardar", exact=True).click()
    expect(con_guiones.locator("[data-guardado]")).to_be_visible()
    assert Actividad.objects.get(titulo="Con archivo malo").evidencias.count() == 1


# -- datos imposibles ----------------------------------------------------------------------------


def test_fechas_imposibles_y_titulos_enormes(vigilada, entrar, demostracion):
    page = vigilada
    entrar(demostracion["captura"], NUEVA)
    capturar(page, "x" * 10_000)
    for campo, valor in (("fecha_inicio", "31/02/2026"), ("fecha_fin", "no es fecha")):
        page.locator(f"#id_{campo}").evaluate(f"(e) => {{ e.type = 'text'; e.value = '{valor}'; }}")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".resumen-errores")).to_be_visible()
    for campo in ("titulo", "fecha_inicio", "fecha_fin"):
        assert page.locator(f"#id_{campo}.is-invalid").count() == 1, campo
    assert page.locator("#id_titulo").input_value() == "x" * 10_000
    assert page.locator("#id_fecha_inicio").get_attribute("value") == "31/02/2026"
    assert faltas(page) == []

    page.locator("#id_titulo").fill("Al revés")
    page.locator("#id_fecha_inicio").fill("2026-03-10")
    page.locator("#id_fecha_fin").fill("2026-03-05")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("#id_fecha_fin.is-invalid")).to_be_visible()
    assert page.locator("#id_titulo").input_value() == "Al revés"
    assert not Actividad.objects.filter(titulo="Al revés").exists()


def test_el_foco_va_al_resumen_y_de_ahi_al_campo(vigilada, entrar, demostracion):
    page = vigilada
    entrar(demostracion["captura"], "/directorio/organismos/nuevo/")
    page.get_by_role("button", name="Guardar", exact=True).click()
    resumen = page.locator(".resumen-errores")
    expect(resumen).to_be_focused()
    resumen.get_by_role("link", name="Nombre").click()
    expect(page.locator("#id_nombre")).to_be_focused()


# -- conexión ------------------------------------------------------------------------------------


@pytest.mark.navegador  # habla con el servidor sin navegador, pero sobre la demostración copiada en SQLite
def test_se_corta_a_la_mitad_y_no_queda_nada_a_medias(live_server, demostracion):
    """El equipo se apaga cuando iba la mitad del envío: ni registro, ni archivo, ni servidor colgado."""
    persona = demostracion["captura"]
    cliente = Client()
    cliente.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    galleta = cliente.cookies[ajustes.SESSION_COOKIE_NAME].value
    cliente.get(NUEVA)
    sello = cliente.cookies["csrftoken"].value
    # La más reciente: los trimestres ya informados están cerrados.
    modelo = Actividad.objects.select_related("accion", "tipo").filter(evidencias__isnull=True).first()
    campos = {
        "csrfmiddlewaretoken": sello, "accion": modelo.accion_id, "tipo": modelo.tipo_id, "titulo": "A medias",
        "fecha_inicio": modelo.fecha_inicio, "unidades": 1, "cifras-TOTAL_FORMS": 0, "cifras-INITIAL_FORMS": 0,
    }  # fmt: skip
    raya = "corte"
    cuerpo = "".join(
        f'--{raya}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in campos.items()
    ).encode()
    cuerpo += (
        (
            f'--{raya}\r\nContent-Disposition: form-data; name="archivos"; filename="acta.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        + PDF
        + b"%" * 400_000
        + f"\r\n--{raya}--\r\n".encode()
    )
    partes = urlsplit(live_server.url)
    cabeza = (
        f"POST {NUEVA} HTTP/1.1\r\nHost: {partes.netloc}\r\nCookie: sessionid={galleta}; csrftoken={sello}\r\n"
        f"Content-Type: multipart/form-data; boundary={raya}\r\nContent-Length: {len(cuerpo)}\r\n"
        "Connection: close\r\n\r\n"
    ).encode()

    def enviar(trozo: bytes, *, esperar: bool) -> bytes:
        with socket.create_connection((partes.hostname, partes.port), timeout=20) as enchufe:
            enchufe.sendall(cabeza + trozo)
            return enchufe.makefile("rb").read() if esperar else b""

    evidencias, personas = Evidencia.objects.count(), Usuario.objects.count()
    for hasta in (0, 10, len(cuerpo) - 400_100, len(cuerpo) // 2, len(cuerpo) - 5):
        enviar(cuerpo[:hasta], esperar=False)
    # El servidor sigue en pie y lo mismo, entero, sí se guarda.
    respuesta = enviar(cuerpo, esperar=True)
    assert b" 302 " in respuesta.splitlines()[0], re.findall(r"invalid-feedback.*?</", respuesta.decode())
    assert Actividad.objects.filter(titulo="A medias").count() == 1
    assert Evidencia.objects.count() == evidencias + 1
    assert Usuario.objects.count() == personas
    guardados = {r.name for r in ajustes.MEDIA_ROOT.rglob("*") if r.is_file()}
    assert len([n for n in guardados if n.startswith(Evidencia.objects.latest("pk").sha256)]) == 1


def test_sin_red_al_guardar_se_avisa_y_no_se_pierde(page, entrar, demostracion):
    quejas = vigilar(page)
    entrar(demostracion["captura"], NUEVA)
    capturar(page, "Sin red")
    page.context.set_offline(True)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("[data-sin-conexion]")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("[data-guardado]")).to_be_visible()
    assert Actividad.objects.filter(titulo="Sin red").count() == 1
    assert quejas == []
