"""Secciones e imágenes en su orden, por año, como anexo, y lo que ya no existe dicho sin hueco."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from informes import acciones, armado
from informes.estructura import acciones as de_estructura
from informes.estructura import imagenes
from informes.models import ImagenDeApartado, UsoDeSeccion
from tests.fabricas import estructura as fabrica_propia
from tests.fabricas import informes as fabrica
from tests.fabricas import programas as fabrica_de_planes
from vinculacion.nucleo import secciones
from vinculacion.nucleo.bloques import Columna, Imagen, Parrafo, Referencia, SinActividades, Tabla, Titulo
from vinculacion.nucleo.secciones import Seccion

pytestmark = pytest.mark.django_db


def hechos(contexto):
    """Un renglón por año del periodo, menos 2021."""
    anios = [a for a in contexto.periodo.anios() if a != 2021]
    columnas = (Columna("Año", "centro"), Columna("Qué"), *((Columna("Sede"),) if contexto.completo else ()))
    return [Tabla(columnas, tuple((a, "algo", "aquí")[: len(columnas)] for a in anios))] if anios else []


@pytest.fixture(autouse=True)
def registro(monkeypatch):
    monkeypatch.setitem(secciones.SECCIONES, "prueba.hechos", Seccion("prueba.hechos", "Hechos", hechos))


@pytest.fixture
def informe():
    return fabrica.informe(inicio=date(2020, 10, 1), fin=date(2022, 8, 31))


def usar(apartado, **mas) -> UsoDeSeccion:
    return acciones.guardar_uso(uso=UsoDeSeccion(apartado=apartado, seccion="prueba.hechos", **mas), por=None)


def poner(apartado, **mas) -> ImagenDeApartado:
    imagen = ImagenDeApartado(apartado=apartado, alternativo="Una firma", **mas)
    return de_estructura.guardar_imagen(imagen=imagen, contenido=imagenes.limpia(fabrica_propia.imagen()), por=None)


def bloques(informe):
    return armado.armar(informe).exigir().apartados[0].bloques


def test_secciones_e_imagenes_van_en_un_solo_orden(informe):
    apartado = fabrica.apartado(informe, "Todo", narrativa="Texto.")
    uso = usar(apartado)
    imagen = poner(apartado, titulo="Firma", ancho=50)
    assert [type(b) for b in bloques(informe)] == [Parrafo, Tabla, Imagen]
    de_estructura.mover_pieza(pieza=imagen, hacia="sube", por=None)
    _, puesta, _ = bloques(informe)
    assert (puesta.titulo, puesta.alternativo, puesta.ancho) == ("Firma", "Una firma", 50)
    assert puesta.datos.startswith("data:image/png;base64,")
    uso.refresh_from_db()
    assert (uso.orden, uso.history.first().history_change_reason) == (1, "Se movió de lugar")


def test_una_imagen_sola_ya_es_contenido_y_sin_archivo_no_deja_hueco(informe):
    imagen = poner(fabrica.apartado(informe, "Foto"))
    assert [type(b) for b in bloques(informe)] == [Imagen]
    imagen.archivo.storage.delete(imagen.archivo.name)
    (problema,) = armado.armar(informe).problemas
    assert "Falta el archivo de la imagen" in problema.mensaje


def test_por_año_con_su_encabezado_y_el_año_sin_nada_lo_dice(informe):
    usar(fabrica.apartado(informe, "Hechos"), titulo="Hechos", presentacion={"por_anio": True})
    assert bloques(informe) == (
        Titulo("2020 (octubre–diciembre)"),
        Tabla((Columna("Año", "centro"), Columna("Qué")), ((2020, "algo"),), titulo="Hechos, 2020 (octubre–diciembre)"),
        Titulo("2021"),
        SinActividades(armado.SIN_NADA),
        Titulo("2022 (enero–agosto)"),
        Tabla((Columna("Año", "centro"), Columna("Qué")), ((2022, "algo"),), titulo="Hechos, 2022 (enero–agosto)"),
    )


def test_los_anexos_van_al_final_numerados_con_su_referencia_y_su_renglon_del_indice(informe):
    uno, dos = fabrica.apartado(informe, "Uno"), fabrica.apartado(informe, "Dos")
    usar(dos, titulo="Segundo", lugar="anexo", presentacion={"apaisada": True}, texto_previo="Se detalla aparte.")
    usar(uno, titulo="Primero", lugar="anexo")
    documento = armado.armar(informe).exigir()
    assert [a.encabezado for a in documento.apartados[2:]] == ["Anexo 1. Primero", "Anexo 2. Segundo"]
    assert [(a.ancla, a.hoja, a.en_indice, a.nivel) for a in documento.apartados[2:]] == [
        ("anexo-1", "", True, 1),
        ("anexo-2", "apaisada", True, 1),
    ]
    assert documento.apartados[1].bloques == (
        Parrafo("Se detalla aparte.", "markdown"),
        Referencia("Véase el Anexo 2. Segundo", "anexo-2"),
    )


def test_una_columna_que_ya_no_existe_impide_armar_y_dice_cual(informe):
    uso = usar(
        fabrica.apartado(informe, "Hechos"), presentacion={"columnas": [{"titulo": "Sede"}, {"titulo": "Costo"}]}
    )
    armada = armado.armar(informe)
    (problema,) = armada.problemas
    assert "«Costo» ya no existe" in problema.mensaje
    assert "Año, Qué y Sede" in problema.mensaje
    assert [c.titulo for c in armada.documento.apartados[0].bloques[0].columnas] == ["Sede"]
    UsoDeSeccion.objects.filter(pk=uso.pk).update(presentacion={"color": "rojo"})
    (problema,) = armado.armar(informe).problemas
    assert "no se entiende" in problema.mensaje


def test_hoja_e_indice_salen_del_apartado(informe):
    fabrica.apartado(informe, "Ancho", narrativa="x", hoja="apaisada", en_indice=False)
    (apartado,) = armado.armar(informe).exigir().apartados
    assert (apartado.hoja, apartado.en_indice) == ("apaisada", False)


def test_armar_no_pregunta_más_por_cada_apartado_que_da_cuenta_de_una_acción(informe):
    eje = fabrica_de_planes.eje(fabrica_de_planes.programa(2020, clave="pat-2020"))

    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            armado.armar(informe).exigir()
        return len(hechas)

    def uno_mas() -> None:
        accion = fabrica_de_planes.accion(eje, metas={4: 1})
        cifra = f'Hubo {{{{ programas.unidades accion="{accion.clave}" }}}}.'
        fabrica.apartado(informe, accion.nombre, accion=accion, narrativa=cifra)

    uno_mas()
    pocas = consultas()
    for _ in range(10):
        uno_mas()
    assert consultas() == pocas


def test_lo_que_se_recuerda_al_armar_se_olvida_al_terminar(informe):
    accion = fabrica_de_planes.accion(fabrica_de_planes.eje(fabrica_de_planes.programa(2020, clave="pat-2020")))
    fabrica.apartado(informe, "Uno", narrativa=f'Hubo {{{{ programas.unidades accion="{accion.clave}" }}}}.')
    assert "Hubo 0." in bloques(informe)[0].texto
    fabrica_de_planes.actividad(accion, el=date(2020, 10, 5), unidades=3)
    assert "Hubo 3." in bloques(informe)[0].texto
