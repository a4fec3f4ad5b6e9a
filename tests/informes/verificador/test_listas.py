"""Listas y tablas que debieran decir lo mismo."""

from informes.verificador.hallazgos import Revision
from informes.verificador.reglas_de_listas import ListasQueNoCoinciden, MismoRenglonOtroValor, TablaRepetida
from vinculacion.nucleo.bloques import Lista

from .apoyo import correr, explicaciones, tabla

AREAS = (
    "Secretaría Ejecutiva",
    "Secretaría Administrativa",
    "Unidad de Asuntos Jurídicos",
    "Contraloría Interna",
    "Direcciones Distritales",
)


def cuadro(*areas: str, **mas):
    return tabla("Área|Nivel", *((f"{n}. {area}", n) for n, area in enumerate(areas, start=1)), **mas)


class TestListasQueNoCoinciden:
    def test_senala_la_que_se_llama_distinto(self):
        otras = [a.replace("Contraloría Interna", "Contraloría General") for a in AREAS]
        dicho = explicaciones(correr(ListasQueNoCoinciden(), Lista(AREAS), cuadro(*otras)))
        assert "Contraloría General" in dicho
        assert "Contraloría Interna" in dicho

    def test_calla(self):
        assert not correr(ListasQueNoCoinciden(), Lista(AREAS), cuadro(*reversed(AREAS)))
        assert not correr(
            ListasQueNoCoinciden(), Lista(AREAS), cuadro(*AREAS[:2], "Oficina de Calidad", "Otra Oficina de Enlace")
        )
        assert not list(ListasQueNoCoinciden().revisar(Revision([], propio=True)))


class TestMismoRenglonOtroValor:
    def test_senala(self):
        una = tabla("Acción|Cantidad anual", *((a, 5) for a in AREAS))
        otra = tabla("Acción|Cantidad", *((a, 5 + (a == AREAS[1])) for a in AREAS))
        (hallazgo,) = correr(MismoRenglonOtroValor(), una, otra)
        assert "Aquí dice 6 en «Cantidad» y en otra tabla, 5." in hallazgo.explicacion

    def test_calla(self):
        una = tabla("Acción|Cantidad", *((a, 5) for a in AREAS))
        assert not correr(MismoRenglonOtroValor(), una, una)
        assert not correr(MismoRenglonOtroValor(), una, tabla("Acción|Cantidad", *((a, 9) for a in AREAS)))
        assert not correr(MismoRenglonOtroValor(), una, tabla("Acción|Nivel", *((a, 9) for a in AREAS)))


def test_tabla_repetida():
    assert correr(TablaRepetida(), cuadro(*AREAS), cuadro(*AREAS))
    assert not correr(TablaRepetida(), cuadro(*AREAS), cuadro(*AREAS[:4]))
