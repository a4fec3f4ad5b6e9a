"""Sin tocar el código: un trimestral de 2024 y un informe final de 23 meses, hechos y descargados en pantalla.

Los dos tienen otra comisión, otra unidad, otros rubros y otras columnas; lo único que no pasa por una
página son los registros de que dan cuenta, que son de otras salas.
"""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from informes.models import Apartado, Informe, Plantilla
from tests.fabricas import comision as fabrica_de_comision
from tests.fabricas import programas as fabrica_de_planes
from tests.fabricas.directorio import organismo
from tests.fabricas.estructura import editora, imagen
from tests.informes.estructura.test_secciones_en_pantalla import columnas

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


class Pantalla:
    """Una persona que hace informes con los formularios de las páginas."""

    def __init__(self, cliente):
        self.cliente = cliente

    def manda(self, url: str, datos: dict) -> str:
        respuesta = self.cliente.post(url, datos)
        assert respuesta.status_code == 302, respuesta.content.decode()
        return respuesta["Location"]

    def plantilla(self, **datos) -> Plantilla:
        self.manda(reverse("informes:plantilla_nuevo"), datos)
        return Plantilla.objects.get(clave=datos["clave"])

    def informe(self, **datos) -> Informe:
        self.manda(reverse("informes:informe_nuevo"), datos)
        return Informe.objects.get(clave=datos["clave"])

    def apartado(self, documento, titulo: str, *, dentro: Apartado | None = None, **datos) -> Apartado:
        url = f"{reverse('informes:apartado_nuevo')}?{documento._meta.model_name}={documento.pk}"
        lugar = {"donde": "dentro", "junto_a": dentro.pk if dentro else ""}
        self.manda(url, {"titulo": titulo, "numeracion": "ninguna", "en_indice": "on", **lugar, **datos})
        return documento.apartados.latest("pk")

    def seccion(self, apartado: Apartado, clave: str, datos: dict, presentacion: dict | None = None) -> None:
        editar = self.manda(f"{reverse('informes:uso_nuevo', args=[apartado.pk])}?seccion={clave}", datos)
        if presentacion is not None:
            vista = apartado.secciones.latest("pk").history.first().history_id
            self.manda(editar, {**datos, **columnas(), **presentacion, "vista": vista})

    def pagina(self, informe: Informe) -> str:
        html = self.cliente.get(reverse("informes:informe_documento", args=[informe.pk])).content.decode()
        return " ".join(html.replace("&quot;", '"').split())

    def pdf(self, informe: Informe) -> tuple[PdfReader, str]:
        respuesta = self.cliente.get(reverse("informes:informe_descargar", args=[informe.pk, "pdf"]))
        assert respuesta["Content-Type"] == "application/pdf", respuesta
        lector = PdfReader(io.BytesIO(respuesta.content))
        return lector, " ".join(" ".join(p.extract_text() for p in lector.pages).split())


@pytest.fixture
def pantalla(client):
    client.force_login(editora(), backend=MODELO)
    return Pantalla(client)


def test_un_trimestral_de_2024_que_nace_de_una_plantilla(pantalla):
    comision = fabrica_de_comision.comision("COVP", tipo="provisional")
    plan = fabrica_de_planes.programa(2024, clave="pe-2024", tipo="especifico", nombre="Programa Específico 2024")
    accion = fabrica_de_planes.accion(
        fabrica_de_planes.eje(plan, nombre="Vinculación nacional"), metas={1: 2}, nombre="Foros con otros institutos"
    )
    sin_hacer = fabrica_de_planes.accion(accion.eje, metas={3: 1}, nombre="Encuentro internacional")
    foro = fabrica_de_planes.tipo_completo(clave="foro", nombre="Foro")
    sedes = {nombre: organismo(nombre=nombre) for nombre in ("Instituto Uno", "Instituto Dos")}
    for dia, titulo, hospeda in (
        (25, "Foro Norte", "Instituto Uno"),
        (9, "Foro Sur", "Instituto Dos"),
        (30, "Foro Centro", "Instituto Dos"),
    ):
        fabrica_de_planes.actividad(
            accion, el=date(2024, 1, dia), titulo=titulo, tipo=foro, mujeres=dia, hombres=1,
            organismos=[sedes[hospeda]],
        )  # fmt: skip
    fabrica_de_comision.sesion(comision, date(2024, 2, 15), numero=1)

    plantilla = pantalla.plantilla(nombre="Trimestral 2024", clave="trimestral-2024")
    pantalla.apartado(plantilla, "Presentación", narrativa="La {{ comision }} informa de {{ periodo }}.")
    sesiones = pantalla.apartado(plantilla, "Sesiones", numeracion="arabigo")
    pantalla.seccion(sesiones, "comision.sesiones_celebradas", {"titulo": "Sesiones de la comisión"})
    rubro = pantalla.apartado(plantilla, "Vinculación nacional", numeracion="arabigo")
    foros = pantalla.apartado(
        plantilla,
        "Foros",
        dentro=rubro,
        numeracion="minuscula",
        accion=accion.pk,
        narrativa='Se hicieron {{ programas.unidades accion="pe-2024:1A" | concuerda:"foro,foros" }}.',
    )
    pantalla.seccion(
        foros,
        "programas.actividades",
        {"titulo": "Foros por sede", "p-accion": ["pe-2024:1A"], "p-formato": "tabla", "texto_previo": "Por sede:"},
        {
            **columnas("No.=Núm.", "Actividad=Foro", "Fecha=Cuándo", "Asistentes=Personas"),
            "v-agrupar": "Institución",
            "v-orden_1": "Institución",
            "v-orden_2": "Fecha",
            "v-descendente_2": "on",
            "v-subtotales": "on",
            "v-totales": "on",
            "v-notas": "Asistencia según las listas de cada foro.",
        },
    )
    pantalla.apartado(plantilla, "Encuentros", dentro=rubro, numeracion="minuscula", accion=sin_hacer.pk)
    informe = pantalla.informe(
        titulo="Primer informe trimestral 2024",
        clave="trimestral-2024-1",
        plantilla=plantilla.pk,
        inicio="2024-01-01",
        fin="2024-03-31",
        comision=comision.pk,
        unidad="Dirección de Vinculación",
    )

    html = pantalla.pagina(informe)
    assert "Se hicieron tres foros." in html
    assert "No se reportan actividades en el periodo." in html
    lector, texto = pantalla.pdf(informe)
    for esperado in (
        "Primer informe trimestral 2024",
        "Dirección de Vinculación",
        "Comisión COVP (COVP) informa de enero a marzo de 2024.",
        "1. Sesiones",
        "2. Vinculación nacional",
        "a) Foros",
        "b) Encuentros",
        "Núm. Foro Cuándo Personas",
        "Instituto Dos",
        "Instituto Uno",
        "Asistencia según las listas de cada foro.",
    ):
        assert esperado in texto, esperado
    # Agrupado por sede, lo último primero y vuelto a numerar: 1 Centro (31), 2 Sur (10), 3 Norte (26).
    orden = [texto.index(t) for t in ("Instituto Dos", "Foro Centro", "Foro Sur", "Instituto Uno", "Foro Norte")]
    assert orden == sorted(orden)
    assert "41" in texto[orden[0] : orden[3]]  # el subtotal del primer grupo
    assert "67" in texto[orden[4] :]  # y el total
    assert lector.metadata.title == "Primer informe trimestral 2024"


def test_un_informe_final_de_23_meses_con_anexo_imagen_y_años_partidos(pantalla):
    comision = fabrica_de_comision.comision("CVOE", tipo="permanente")
    nota = fabrica_de_planes.tipo_completo(clave="nota", nombre="Nota")
    for anio, *dias in ((2020, (11, 3)), (2021, (5, 4)), (2022, (8, 31), (9, 1))):
        organo = organismo(nombre=f"Órgano {anio}")
        accion = fabrica_de_planes.accion(fabrica_de_planes.eje(fabrica_de_planes.programa(anio, clave=f"pat-{anio}")))
        for mes, dia in dias:
            fabrica_de_planes.actividad(
                accion, el=date(anio, mes, dia), titulo=f"Nota de {mes:02}-{anio}", tipo=nota, organo=organo
            )
    for cuando in (date(2020, 10, 26), date(2021, 3, 1), date(2022, 4, 1)):
        fabrica_de_comision.sesion(comision, cuando, numero=1)

    informe = pantalla.informe(
        titulo="Informe final",
        clave="final-2020-2022",
        inicio="2020-10-01",
        fin="2022-08-31",
        comision=comision.pk,
        unidad="Unidad Técnica de Vinculación",
    )
    parte = pantalla.apartado(informe, "Lo hecho", numeracion="romano", narrativa="De {{ periodo }}.")
    sesiones = pantalla.apartado(informe, "Sesiones", dentro=parte, numeracion="mayuscula", hoja="seguida")
    pantalla.seccion(
        sesiones,
        "comision.sesiones_celebradas",
        {"titulo": "Sesiones"},
        {"v-por_anio": "on", "v-encabezado": "Por año"},
    )
    notas = pantalla.apartado(informe, "Notas", dentro=parte, numeracion="mayuscula")
    detalle = pantalla.apartado(informe, "Notas por órgano", dentro=notas, numeracion="arabigo")
    hondo = pantalla.apartado(informe, "Lo que sigue", dentro=detalle, numeracion="minuscula", narrativa="Nada.")
    pantalla.seccion(
        detalle,
        "programas.actividades",
        {"titulo": "Notas de todo el periodo", "p-tipo": ["nota"], "p-formato": "tabla", "lugar": "anexo"},
        {**columnas("Órgano=Instancia", "Actividad=Nota"), "c-0-ancho": "40", "v-apaisada": "on", "v-por_anio": "on"},
    )
    pantalla.manda(
        reverse("informes:imagen_nueva", args=[sesiones.pk]),
        {"archivo": imagen(), "alternativo": "Mesa de la comisión", "titulo": "La comisión", "ancho": 50},
    )
    # Se corrige el orden sin escribir nada otra vez: las notas pasan antes que las sesiones.
    pantalla.manda(reverse("informes:apartado_mover", args=[notas.pk]), {"hacia": "sube"})

    html = pantalla.pagina(informe)
    assert "Véase el Anexo 1. Notas de todo el periodo" in html
    assert 'alt="Mesa de la comisión"' in html
    assert f'id="apartado-{hondo.pk}"' in html
    _, texto = pantalla.pdf(informe)
    for esperado in (
        "octubre de 2020 a agosto de 2022",
        "I. Lo hecho",
        "A) Notas",
        "1. Notas por órgano",
        "a) Lo que sigue",
        "B) Sesiones",
        "2020 (octubre–diciembre)",
        "2022 (enero–agosto)",
        "Anexo 1. Notas de todo el periodo",
        "Instancia Nota",
        "Órgano 2021 Nota de 05-2021",
        "Nota de 08-2022",
    ):
        assert esperado in texto, esperado
    assert "09-2022" not in texto
    assert texto.rindex("A) Notas") < texto.rindex("B) Sesiones") < texto.rindex("Anexo 1.")

    # El siguiente informe final se copia de éste, en una plantilla, y nace con todo lo suyo.
    plantilla = pantalla.plantilla(nombre="Final", clave="final", copia_de=f"informe-{informe.pk}")
    copiado = plantilla.apartados.get(titulo="Notas por órgano").secciones.get()
    assert (copiado.lugar, copiado.presentacion["columnas"][0]["encabezado"]) == ("anexo", "Instancia")
    assert plantilla.apartados.get(titulo="Sesiones").imagenes.count() == 1
