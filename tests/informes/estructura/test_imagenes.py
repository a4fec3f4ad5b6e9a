"""Lo que se acepta como imagen, cómo se limpia, quién la ve y cuándo se va su archivo."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from informes.estructura import imagenes
from informes.models import ImagenDeApartado
from tests.fabricas import informes as fabrica
from tests.fabricas.estructura import editora, imagen
from tests.fabricas.personas import persona

MODELO = "django.contrib.auth.backends.ModelBackend"


def abierta(contenido) -> Image.Image:
    return Image.open(io.BytesIO(contenido.read()))


def test_se_endereza_y_pierde_los_datos_de_la_camara():
    exif = Image.Exif()
    exif[0x0112] = 6  # girada un cuarto de vuelta
    exif[0x010F] = "Cámara de alguien"
    limpia = imagenes.limpia(imagen("foto.jpg", "JPEG", (60, 40), exif=exif))
    assert limpia.name.endswith(".jpg")
    final = abierta(limpia)
    assert final.size == (40, 60)
    assert not final.getexif()


def test_el_tipo_es_el_del_contenido_y_lo_enorme_se_reduce():
    limpia = imagenes.limpia(imagen("foto.gif", "WEBP", (4800, 10)))
    assert limpia.name.endswith(".png")
    assert abierta(limpia).size == (2400, 5)
    assert abierta(imagenes.limpia(imagen(formato="PNG", modo="L"))).mode == "RGB"


@pytest.mark.parametrize(
    "archivo",
    [
        lambda: SimpleUploadedFile("foto.png", b"<svg onload='alert(1)'/>"),
        lambda: SimpleUploadedFile("foto.png", b""),
        lambda: SimpleUploadedFile("foto.png", imagen().read()[:60]),
        lambda: imagen("foto.png", "GIF"),
        lambda: imagen("tira.png", "PNG", (1, 40_000)),
        lambda: SimpleUploadedFile("foto.png", imagen().read().replace(b"IDAT", b"IDAT\x00", 1)),
        lambda: SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff" + b"0" * 500),
    ],
)
def test_lo_que_no_es_imagen_se_rechaza_con_su_razon(archivo):
    with pytest.raises(ValidationError, match=r"imagen|vacío"):
        imagenes.limpia(archivo())


def test_lo_que_pesa_o_mide_demasiado(monkeypatch):
    monkeypatch.setattr(imagenes, "PESO_MAXIMO", 10)
    with pytest.raises(ValidationError, match="pesa"):
        imagenes.limpia(imagen())
    monkeypatch.setattr(imagenes, "PESO_MAXIMO", 10**6)
    monkeypatch.setattr(imagenes, "PIXELES_MAXIMOS", 100)
    with pytest.raises(ValidationError, match="mide 60 × 40"):
        imagenes.limpia(imagen())


@pytest.fixture
def cliente(client, db):
    client.force_login(editora(), backend=MODELO)
    return client


@pytest.fixture
def apartado(db):
    return fabrica.apartado(fabrica.informe(), "Fotos")


def subir(cliente, apartado, archivo=None, **datos):
    datos = {"alternativo": "Mesa de firma", "ancho": 60, **datos}
    if archivo is not False:
        datos["archivo"] = archivo or imagen()
    return cliente.post(reverse("informes:imagen_nueva", args=[apartado.pk]), datos)


def test_se_sube_se_edita_y_se_quita(cliente, apartado, django_capture_on_commit_callbacks):
    assert subir(cliente, apartado, titulo="Firma").status_code == 302
    puesta = apartado.imagenes.get()
    assert (puesta.titulo, puesta.ancho, len(puesta.sha256)) == ("Firma", 60, 64)
    editar = reverse("informes:imagen_editar", args=[puesta.pk])
    assert "Mesa de firma" in cliente.get(editar).content.decode()
    vista = cliente.get(editar).context["vista"]
    assert cliente.post(editar, {"alternativo": "Otra cosa", "ancho": 100, "vista": vista}).status_code == 302
    segunda = cliente.post(editar, {"alternativo": "La segunda", "ancho": 100, "vista": vista})
    assert segunda.status_code == 409
    assert "Otra persona cambió esta imagen" in segunda.content.decode()
    assert "La segunda" in segunda.content.decode()
    puesta.refresh_from_db()
    assert (puesta.alternativo, puesta.archivo.storage.exists(puesta.archivo.name)) == ("Otra cosa", True)
    anterior = puesta.archivo.name
    with django_capture_on_commit_callbacks(execute=True):
        vista = segunda.context["vista"]
        cliente.post(editar, {"alternativo": "Otra", "ancho": 100, "archivo": imagen(tamano=(10, 10)), "vista": vista})
    puesta.refresh_from_db()
    assert puesta.archivo.name != anterior
    assert not puesta.archivo.storage.exists(anterior)
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(reverse("informes:imagen_mover", args=[puesta.pk]), {"hacia": "quita"})
    assert not ImagenDeApartado.objects.exists()
    assert not puesta.archivo.storage.exists(puesta.archivo.name)


def test_el_doble_clic_no_la_pone_dos_veces(cliente, apartado):
    nueva = cliente.get(reverse("informes:imagen_nueva", args=[apartado.pk]))
    respuestas = [subir(cliente, apartado, envio=nueva.context["envio"]) for _ in range(2)]
    assert [r.status_code for r in respuestas] == [302, 302]
    assert apartado.imagenes.count() == 1


def test_el_archivo_de_una_copia_se_queda(cliente, apartado, django_capture_on_commit_callbacks):
    subir(cliente, apartado)
    informe = apartado.informe
    traer = reverse("informes:informe_traer", args=[informe.pk])
    cliente.post(traer, {"apartado": apartado.pk, "donde": "dentro", "junto_a": ""})
    nombre = apartado.imagenes.get().archivo.name
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(reverse("informes:apartado_eliminar", args=[apartado.pk]))
    (queda,) = ImagenDeApartado.objects.all()
    assert queda.archivo.storage.exists(nombre)


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"alternativo": ""}, "Falta este dato"),
        ({"ancho": 5}, "10"),
        ({"ancho": "mucho"}, "número entero"),
        ({"archivo": SimpleUploadedFile("x.png", b"texto")}, "no es una imagen"),
        ({"archivo": False}, "Falta este dato"),
    ],
)
def test_lo_que_falta_o_no_vale_se_dice_junto_al_campo(cliente, apartado, datos, mensaje):
    respuesta = subir(cliente, apartado, titulo="Lo escrito", **datos)
    assert respuesta.status_code == 422
    assert mensaje in respuesta.content.decode()
    assert "Lo escrito" in respuesta.content.decode()
    assert not ImagenDeApartado.objects.exists()


def test_sólo_la_ve_quien_puede_ver_informes(cliente, apartado, client):
    subir(cliente, apartado)
    ver = reverse("informes:imagen_ver", args=[apartado.imagenes.get().pk])
    respuesta = cliente.get(ver)
    assert respuesta["Content-Type"] == "image/png"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    client.force_login(persona("informes.view_informe"), backend=MODELO)
    assert client.get(ver).status_code == 200
    client.force_login(persona(), backend=MODELO)
    assert client.get(ver).status_code == 403
