"""Lo aprobado se corrige con otra versión o con una fe de erratas; lo anterior se queda como estaba."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from informes import acciones, armado, exportacion
from informes.congelado import acciones as congelado
from informes.congelado import consultas, reglas
from informes.congelado.abandono import abandonar_correccion
from informes.congelado.cambios import AGREGADO, CAMBIADO, QUITADO, comparar
from informes.congelado.preparacion import Errata
from informes.estados import ClaseDeVersion, EstadoDeInforme
from tests.fabricas import congelado as fabrica
from tests.fabricas import informes as de_informes
from tests.fabricas.congelado import HASTA_APROBADO, HASTA_PUBLICADO, llevar
from vinculacion.nucleo.bloques import Cifra, Columna, Lista, Matriz, Parrafo, Tabla
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

pytestmark = pytest.mark.django_db
ERRATA = Errata("Introducción", "Se informa lo hecho", "Se informa todo lo hecho")


@pytest.fixture(autouse=True)
def carpeta_limpia(settings, tmp_path, imprenta_rapida):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path


def corregir(informe, razon="Una cifra"):
    return acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None, nota=razon)


def con_su_acuerdo(informe):
    suyo = fabrica.acuerdo(fabrica.sesion(informe.comision, numero=2, fecha=date(2021, 2, 18)))
    informe.punto, informe.acuerdo = suyo.punto, suyo
    return acciones.guardar_informe(informe=informe, por=None)


def test_la_correccion_es_otra_version_con_su_acuerdo():
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    primera = consultas.vigente(informe)
    suyo = exportacion.exportar(informe, "pdf")
    with pytest.raises(ValidationError, match="Diga por qué"):
        corregir(informe, razon=" ")
    informe = corregir(informe)
    assert (informe.punto, informe.acuerdo, consultas.vigente(informe)) == (None, None, None)
    assert consultas.en_correccion(informe) == primera
    de_informes.apartado(informe, "Lo que faltaba", narrativa="Aquí está.")
    informe = llevar(con_su_acuerdo(informe), EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)
    segunda = consultas.vigente(informe)
    assert (segunda.clase, segunda.sustituye_a, segunda.lugar) == (ClaseDeVersion.CORRECCION, primera, 2)
    assert segunda.publicada is None
    primera.refresh_from_db()
    assert primera.publicada
    assert consultas.contenido(primera, "pdf") == suyo != exportacion.exportar(informe, "pdf")
    informe = llevar(informe, EstadoDeInforme.PUBLICADO)
    assert consultas.vigente(informe).publicada


def test_dejar_la_correccion_regresa_a_lo_congelado():
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    acuerdo, antes = informe.acuerdo, exportacion.exportar(informe, "json")
    informe = corregir(informe)
    with pytest.raises(ValidationError, match="Diga por qué"):
        abandonar_correccion(informe=informe, razon="", por=None)
    informe = abandonar_correccion(informe=informe, razon="Se abrió por error", por=None)
    assert (informe.estado, informe.acuerdo) == (EstadoDeInforme.PUBLICADO, acuerdo)
    assert exportacion.exportar(informe, "json") == antes
    with pytest.raises(ValidationError, match="no está en corrección"):
        abandonar_correccion(informe=informe, razon="Otra vez", por=None)


def test_retirar_cierra_la_pagina_publica():
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    informe = acciones.pasar_informe(
        informe=informe, estado=EstadoDeInforme.APROBADO, por=None, nota="Traía un dato personal"
    )
    assert informe.estado == EstadoDeInforme.APROBADO
    assert consultas.vigente(informe).publicada is None
    assert consultas.congeladas(informe).count() == 1


def test_la_fe_de_erratas_no_toca_lo_demas():
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    primera = consultas.vigente(informe)
    fabrica.sesion(informe.comision, numero=12, fecha=date(2020, 12, 15))  # ya no importa
    segunda = congelado.anotar_errata(version=primera, erratas=[ERRATA], por=None)
    antes, ahora = consultas.documento_de(primera), consultas.documento_de(segunda)
    assert ahora.apartados[:-2] == antes.apartados[:-1]
    assert [a.titulo for a in ahora.apartados[-2:]] == ["Fe de erratas", "Colofón"]
    assert ahora.apartados[-2].bloques[1].filas == ((1, "Introducción", ERRATA.dice, ERRATA.debe_decir),)
    assert ahora.portada == antes.portada
    assert (segunda.clase, segunda.sustituye_a, bool(segunda.publicada)) == (ClaseDeVersion.ERRATA, primera, True)
    assert segunda.sha256 != primera.sha256
    with pytest.raises(ValidationError, match="otra versión más nueva"):
        congelado.anotar_errata(version=primera, erratas=[ERRATA], por=None)
    tercera = congelado.anotar_errata(version=segunda, erratas=[replace(ERRATA, dice="Sesiones")], por=None)
    assert "Fe de erratas 2" in [a.titulo for a in consultas.documento_de(tercera).apartados]


def test_lo_que_dice_la_errata_debe_estar_en_su_apartado():
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = consultas.vigente(informe)
    introduccion, sesiones = (a.ancla for a in reglas.apartados_de(version)[:2])
    assert reglas.falta_de_la_errata(version, introduccion, "  se informa  LO hecho") == ""
    assert reglas.falta_de_la_errata(version, sesiones, "miércoles 25 de noviembre de 2020") == ""
    assert "no está en el apartado" in reglas.falta_de_la_errata(version, sesiones, "se informa lo hecho")


def test_en_correccion_no_se_anotan_erratas():
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    version = consultas.vigente(informe)
    corregir(informe)
    with pytest.raises(ValidationError, match="en corrección"):
        congelado.anotar_errata(version=version, erratas=[ERRATA], por=None)


# -- qué ha cambiado desde entonces ----------------------------------------------


def test_dice_que_cambio_desde_que_se_congelo():
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    congelada = consultas.documento_de(consultas.vigente(informe))
    assert comparar(congelada, armado.armar(informe).documento) == []
    fabrica.sesion(informe.comision, numero=12, fecha=date(2020, 12, 15))
    [apartado] = comparar(congelada, armado.armar(informe).documento)
    assert (apartado.titulo, apartado.clase) == ("2. Sesiones", CAMBIADO)
    assert [c.clase for c in apartado.cambios] == [AGREGADO]
    assert "15 de diciembre de 2020" in apartado.cambios[0].ahora


def documento(*bloques, titulo="Uno") -> Documento:
    return Documento("d", Portada("Informe"), (ApartadoArmado("1", titulo, 1, tuple(bloques), ancla="apartado-1"),))


COLUMNAS = (Columna("No."), Columna("Qué"), Columna("Cuánto", "numero"))


@pytest.mark.parametrize(
    ("antes", "ahora", "dicho"),
    [
        (Cifra("Acuerdos", 11), Cifra("Acuerdos", 12), [(CAMBIADO, "Cifra «Acuerdos»", "11", "12")]),
        (Parrafo("Hubo tres."), Parrafo("Hubo cuatro."), [(CAMBIADO, "Texto", "Hubo tres.", "Hubo cuatro.")]),
        (Lista(("a", "b")), Lista(("a", "c")), [(CAMBIADO, "Lista", "b", "c")]),
        (
            Tabla(COLUMNAS, ((1, "Foro", 3), (2, "Curso", 4)), "T", totales=(None, "Total", 7)),
            Tabla(COLUMNAS, ((1, "Nota", 1), (2, "Foro", 3), (3, "Curso", 5)), "T", totales=(None, "Total", 9)),
            [
                (AGREGADO, "Tabla «T»", "", "Nota · 1"),
                (CAMBIADO, "Tabla «T», «Curso»", "Cuánto: 4", "Cuánto: 5"),
                (CAMBIADO, "Tabla «T»: totales", "Cuánto: 7", "Cuánto: 9"),
            ],
        ),
        (
            Tabla(COLUMNAS, ((1, "Foro", 3), (2, "Curso", 4)), enlaces=("/a/", "/b/")),
            Tabla(COLUMNAS, ((1, "Curso corregido", 4),), enlaces=("/b/",)),
            [(CAMBIADO, "Tabla", "Qué: Curso", "Qué: Curso corregido"), (QUITADO, "Tabla", "Foro · 3", "")],
        ),
        (
            Matriz("Quién", ("1SO",), (("Presidencia", ("X",)),)),
            Matriz("Quién", ("1SO",), (("Presidencia", ("",)),)),
            [(CAMBIADO, "Matriz, «Presidencia»", "1SO: X", "1SO: (vacío)")],
        ),
    ],
)
def test_las_diferencias_se_dicen_por_renglon_y_por_cifra(antes, ahora, dicho):
    [apartado] = comparar(documento(antes), documento(ahora))
    hallado = [(c.clase, c.donde, c.antes, c.ahora) for c in apartado.cambios]
    if any("totales" in d[1] for d in dicho):
        hallado = [(a, b, c.removeprefix("No.: (vacío); "), d.removeprefix("No.: (vacío); ")) for a, b, c, d in hallado]
    assert hallado == dicho


def test_de_un_texto_largo_se_ve_lo_distinto():
    palabras = [f"palabra{n}" for n in range(60)]
    otras = [*palabras[:30], "nueva", *palabras[31:]]
    [apartado] = comparar(documento(Parrafo(" ".join(palabras))), documento(Parrafo(" ".join(otras))))
    [cambio] = apartado.cambios
    assert cambio.antes == f"… {' '.join(palabras[22:39])} …"
    assert cambio.ahora == f"… {' '.join(otras[22:39])} …"
    [apartado] = comparar(documento(Parrafo("a a")), documento(Parrafo("a a a")))
    assert (apartado.cambios[0].antes, apartado.cambios[0].ahora) == ("a a", "a a a")
