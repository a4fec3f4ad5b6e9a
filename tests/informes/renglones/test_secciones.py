"""El balance y los pendientes como bloques: figuras, tabla por año y listas por rubro."""

from datetime import date

import pytest
from django import forms

from informes.armado import InformeConProblemas, armar, contexto_de
from informes.estados import ClaseDeRenglon
from informes.renglones.redaccion import escribir, lista_en_markdown
from tests.fabricas import comision as de_comision
from tests.fabricas import informes as informes_fabrica
from tests.fabricas import renglones as fabrica
from vinculacion.nucleo.bloques import Cifra, Parrafo, Tabla, Titulo, a_json, desde_json
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import SECCIONES, Contexto

pytestmark = pytest.mark.django_db
BALANCE = ClaseDeRenglon.BALANCE
SESIONES = '{{ comision.sesiones | cuenta:"sesión celebrada,sesiones celebradas" }}'


@pytest.fixture
def informe():
    informe = informes_fabrica.informe(inicio=date(2020, 10, 1), fin=date(2022, 8, 31), clave="final")
    de_comision.trimestre(informe.comision)
    de_comision.sesion(informe.comision, date(2021, 1, 28), numero=1)
    return informe


def bloques(informe, clave="informes.balance", **parametros):
    return SECCIONES[clave].bloques(contexto_de(informe), parametros)


def test_cifras_grandes_por_rubro_y_tabla_por_anio(informe):
    fabrica.renglon(informe, SESIONES + "\ntodas ordinarias", BALANCE, rubro="Comisión")
    fabrica.renglon(informe, "Acuerdos tomados: {{ comision.acuerdos }}", BALANCE, rubro="Comisión")
    fabrica.renglon(informe, "Se instaló el **grupo de trabajo**.", BALANCE, rubro="Otras")
    fabrica.renglon(informe, "{{ comision.puntos }} que no van", BALANCE, incluido=False)
    titulo, sesiones, acuerdos, otras, prosa, tabla = bloques(informe)
    assert (titulo, otras) == (Titulo("Comisión"), Titulo("Otras"))
    assert sesiones == Cifra("sesiones celebradas", 4, "todas ordinarias")
    assert acuerdos == Cifra("Acuerdos tomados", 0)
    assert prosa == Parrafo("- Se instaló el **grupo de trabajo**.", "markdown")
    assert isinstance(tabla, Tabla)
    assert [c.titulo for c in tabla.columnas] == [
        "Concepto",
        "2020 (octubre–diciembre)",
        "2021",
        "2022 (enero–agosto)",
        "Periodo",
    ]
    assert tabla.filas[0] == ("Sesiones celebradas", 3, 1, 0, 4)
    assert desde_json(a_json(bloques(informe))) == tuple(bloques(informe))


def test_lo_que_se_teclea_con_su_número_también_va_en_grande_y_no_se_pierde_en_la_tabla(informe):
    fabrica.renglon(informe, "1,200 materiales repartidos\r\nen cuatro foros", BALANCE)
    fabrica.renglon(informe, "2020 fue un año de pandemia", BALANCE)
    fabrica.renglon(informe, "3 foros. Uno de ellos, nacional", BALANCE)
    figura, prosa = bloques(informe)
    assert figura == Cifra("materiales repartidos", 1200, "en cuatro foros")
    assert prosa.texto == "- 2020 fue un año de pandemia\n- 3 foros. Uno de ellos, nacional"
    (lista,) = bloques(informe, formato="tabla")
    assert "materiales repartidos" in lista.texto and "pandemia" in lista.texto


def test_un_trimestre_no_lleva_tabla_por_anio(informe):
    informe.fin = date(2020, 12, 31)
    fabrica.renglon(informe, SESIONES, BALANCE)
    assert bloques(informe) == [Cifra("sesiones celebradas", 3)]
    (tabla,) = bloques(informe, formato="tabla")
    assert tabla.filas == (("Sesiones celebradas", 3),)
    assert bloques(informe, formato="lista") == [Parrafo("- 3 sesiones celebradas", "markdown")]


def test_pendientes_en_lista_por_rubro(informe):
    fabrica.renglon(informe, "Aprobar la minuta.", rubro="Comisión")
    fabrica.renglon(informe, "Otra cosa.")
    assert bloques(informe, "informes.pendientes") == [
        Titulo("Comisión"),
        Parrafo("- Aprobar la minuta.", "markdown"),
        Titulo("Otros"),
        Parrafo("- Otra cosa.", "markdown"),
    ]
    (junta,) = bloques(informe, "informes.pendientes", sin_rubros=True)
    assert junta.texto == "- Aprobar la minuta.\n- Otra cosa."


def test_las_notas_de_dos_renglones_no_se_confunden(informe):
    for texto in ("Uno[^1].\n\n[^1]: De uno.", "Dos[^1].\n\n[^1]: De dos."):
        fabrica.renglon(informe, texto)
    escritos = escribir(informe.renglones.all(), contexto_de(informe))
    texto = lista_en_markdown(escritos)
    uno, dos = (e.renglon.pk for e in escritos)
    assert texto.startswith(f"- Uno[^r{uno}-1].\n- Dos[^r{dos}-1].")
    assert f"[^r{dos}-1]: De dos." in texto


def test_sin_renglones_o_en_una_plantilla_no_hay_nada(informe):
    assert bloques(informe) == bloques(informe, "informes.pendientes") == []
    assert SECCIONES["informes.balance"].bloques(Contexto(Periodo.anual(2020)), {}) == []


def test_una_cifra_que_ya_no_existe_detiene_el_pdf_y_no_deja_hueco(informe):
    fabrica.renglon(informe, "{{ comision.seciones }} sesiones")
    with pytest.raises(forms.ValidationError, match=r"¿quiso decir «comision\.sesiones»"):
        bloques(informe, "informes.pendientes")
    apartado = informes_fabrica.apartado(informe, "Pendientes")
    apartado.secciones.create(seccion="informes.pendientes")
    with pytest.raises(InformeConProblemas, match=r"comision\.sesiones"):
        armar(informe).exigir()
