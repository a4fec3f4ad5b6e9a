"""Dejar una corrección: el informe vuelve a ser, llave por llave, el de su última versión congelada."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from informes import acciones, armado
from informes.congelado import consultas
from informes.congelado.abandono import abandonar_correccion
from informes.congelado.cambios import comparar
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.estructura import acciones as de_estructura
from informes.estructura import imagenes
from informes.models import Apartado, ImagenDeApartado, Informe, Renglon
from informes.revision.versiones import lado_de
from tests.fabricas import congelado as fabrica
from tests.fabricas import estructura as de_imagenes
from tests.fabricas import informes as de_informes
from tests.fabricas.congelado import HASTA_APROBADO, HASTA_PUBLICADO, llevar
from tests.fabricas.personas import persona

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def carpeta_limpia(settings, tmp_path, imprenta_rapida):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path


def con_todo() -> Informe:
    """Tres niveles, secciones, una imagen y renglones."""
    informe = fabrica.informe()
    introduccion, sesiones = informe.apartados.order_by("orden")
    inciso = de_informes.apartado(informe, "Inciso", padre=sesiones, narrativa="Uno.", explicacion="No hubo.")
    de_informes.apartado(informe, "Detalle", padre=inciso, narrativa="Dos.", hoja="apaisada", en_indice=False)
    de_estructura.guardar_imagen(
        imagen=ImagenDeApartado(apartado=introduccion, alternativo="Una firma", titulo="Firma"),
        contenido=imagenes.limpia(de_imagenes.imagen()),
        por=None,
    )
    for clase, clave in (("balance", "a:1"), ("pendiente", "")):
        Renglon.objects.create(informe=informe, clase=clase, clave=clave, rubro="R", texto=f"Renglón {clase}")
    return informe


def corregir(informe: Informe) -> Informe:
    return acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None, nota="Una cifra")


def deshacer_todo(informe: Informe) -> None:
    """Lo que una corrección puede tocar."""
    introduccion, sesiones = informe.apartados.filter(padre=None).order_by("orden")
    inciso = informe.apartados.get(titulo="Inciso")
    detalle = informe.apartados.get(titulo="Detalle")
    nuevo = de_informes.apartado(informe, "Nuevo", narrativa="Otro.")
    de_informes.apartado(informe, "Adentro", padre=nuevo, narrativa="Más.")
    de_estructura.llevar_apartado(apartado=detalle, donde="dentro", junto_a=nuevo, por=None)
    de_estructura.quitar_imagen(imagen=introduccion.imagenes.get(), por=None)
    de_estructura.guardar_imagen(
        imagen=ImagenDeApartado(apartado=sesiones, alternativo="Otra"),
        contenido=imagenes.limpia(de_imagenes.imagen(tamano=(30, 20))),
        por=None,
    )
    uso = sesiones.secciones.get()
    uso.titulo, uso.parametros = "Con otro título", {}
    acciones.guardar_uso(uso=uso, por=None)
    de_estructura.quitar_apartado(apartado=inciso, por=None)
    de_estructura.llevar_apartado(apartado=introduccion, donde="despues", junto_a=sesiones, por=None)
    introduccion.refresh_from_db()
    introduccion.narrativa, introduccion.titulo = "Corregida.", "Presentación"
    acciones.guardar_apartado(apartado=introduccion, por=None)
    informe.renglones.all().delete()
    Renglon.objects.create(informe=informe, clase="balance", clave="a:1", texto="Propuesto otra vez")
    informe.refresh_from_db()
    informe.titulo, informe.clave = "Otro título", "otra-clave"
    acciones.guardar_informe(informe=informe, por=None)


def test_ida_y_vuelta(django_capture_on_commit_callbacks):
    quien = persona()
    informe = llevar(con_todo(), *HASTA_PUBLICADO)
    antes, congelada = consultas.estructura_de(informe), consultas.vigente(informe)
    informe = corregir(informe)
    with django_capture_on_commit_callbacks(execute=True):
        deshacer_todo(informe)
    [archivo] = [i["archivo"] for i in antes["apartados"][0]["imagenes"]]
    assert not default_storage.exists(archivo)
    corregido = consultas.estructura_de(Informe.objects.get(pk=informe.pk))
    with django_capture_on_commit_callbacks(execute=True):
        informe = abandonar_correccion(informe=informe, razon="No procede", por=quien)
    informe = Informe.objects.get(pk=informe.pk)
    assert consultas.estructura_de(informe) == antes
    assert informe.estado == EstadoDeInforme.PUBLICADO
    assert comparar(consultas.documento_de(congelada), armado.armar(informe).exigir()) == []
    foto = informe.versiones.filter(clase=ClaseDeVersion.TRABAJO).latest("numero")
    assert (foto.estructura, foto.por, foto.nota) == (corregido, quien, "La corrección que se dejó: No procede")
    assert {r.titulo for r in lado_de(foto).retrato.apartados.values()} >= {"Nuevo", "Adentro", "Presentación"}
    en_disco = {i.archivo.name for i in ImagenDeApartado.objects.all()}
    assert set(default_storage.listdir("informes/imagenes")[1]) == {n.rsplit("/", 1)[-1] for n in en_disco}
    vuelto = Apartado.history.filter(titulo="Inciso").latest()
    assert (vuelto.history_type, vuelto.history_user, vuelto.history_change_reason) == (
        "+",
        quien,
        "Se dejó la corrección",
    )


def test_si_no_se_corrigio_nada_no_se_guarda_otra_version():
    informe = corregir(llevar(con_todo(), *HASTA_APROBADO))
    antes = informe.versiones.count()
    abandonar_correccion(informe=informe, razon="Se abrió por error", por=None)
    assert informe.versiones.count() == antes


def test_se_deja_tambien_desde_borrador_y_despues_de_una_errata():
    from informes.congelado.acciones import anotar_errata
    from informes.congelado.preparacion import Errata

    informe = llevar(con_todo(), *HASTA_APROBADO)
    antes = consultas.estructura_de(informe)
    anotar_errata(version=consultas.vigente(informe), erratas=[Errata("Introducción", "a", "b")], por=None)
    informe = corregir(informe)
    acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.BORRADOR, por=None, nota="Más tiempo")
    deshacer_todo(informe)
    informe = abandonar_correccion(informe=informe, razon="No procede", por=None)
    assert consultas.estructura_de(Informe.objects.get(pk=informe.pk)) == antes
    assert consultas.vigente(informe).clase == ClaseDeVersion.ERRATA


def test_lo_que_ya_no_existe_no_lo_impide():
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    punto = informe.punto
    informe = corregir(informe)
    punto.acuerdos.all().delete()
    punto.delete()
    informe = abandonar_correccion(informe=informe, razon="No procede", por=None)
    assert (informe.estado, informe.punto, informe.acuerdo) == (EstadoDeInforme.APROBADO, None, None)


def test_si_otro_tomo_su_clave_se_dice():
    informe = corregir(llevar(con_todo(), *HASTA_APROBADO))
    clave, informe.clave = informe.clave, "otra"
    acciones.guardar_informe(informe=informe, por=None)
    de_informes.informe(clave=clave, titulo="El que la tomó")
    with pytest.raises(ValidationError, match="ahora es de «El que la tomó»"):
        abandonar_correccion(informe=informe, razon="No procede", por=None)
    assert not informe.versiones.filter(nota__startswith="La corrección que se dejó").exists()


def test_la_razon_no_se_recorta():
    informe = corregir(llevar(con_todo(), *HASTA_APROBADO))
    with pytest.raises(ValidationError, match="100 letras"):
        abandonar_correccion(informe=informe, razon="x" * 101, por=None)
