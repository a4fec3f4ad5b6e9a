"""Lo que llama la atención al importar: quién lo dice, dónde queda y que no estorba a lo demás."""

import pytest

from tests.fabricas import directorio
from vinculacion.directorio.models import Area
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


class AreaConRarezas(hojas.Recurso):
    """Sin ``clave``: no se registra."""

    class Meta:
        model = Area
        import_id_fields = ("nombre",)
        fields = ("nombre", "siglas", "clase")

    def rarezas(self, instancia):
        if not instancia.siglas:
            yield "siglas", "Sin siglas."
        if len(self.importadas) > 2:
            yield f"Una de {len(self.importadas)}."


def importa(tmp_path, texto, **mas):
    archivo = tmp_path / "areas.csv"
    archivo.write_text(f"Nombre,Siglas,Clase\n{texto}", encoding="utf-8")
    return hojas.importar_archivo(AreaConRarezas, archivo, **mas)


def test_llevan_fila_columna_y_valor_y_no_impiden_importar(tmp_path):
    resultado = importa(tmp_path, "Uno,,Oficina\nDos,D,Oficina\n")
    assert resultado.correcto and resultado.nuevos == 2
    (rareza,) = resultado.rarezas
    assert (rareza.fila, rareza.columna, rareza.valor, rareza.motivo) == (2, "Siglas", "", "Sin siglas.")
    assert str(rareza) == "Fila 2, columna «Siglas»: Sin siglas."
    assert resultado.como_dict()["rarezas"][0]["motivo"] == "Sin siglas."


def test_se_preguntan_de_todas_las_filas_tambien_de_las_iguales(tmp_path):
    directorio.area(nombre="Uno", clase="oficina")
    resultado = importa(tmp_path, "Uno,,Oficina\nDos,D,Oficina\nTres,T,Oficina\n", simular=True)
    assert resultado.iguales == 1 and Area.objects.count() == 1
    assert [(r.fila, r.motivo) for r in resultado.rarezas] == [
        (2, "Sin siglas."), (2, "Una de 3."), (3, "Una de 3."), (4, "Una de 3."),
    ]  # fmt: skip


def test_una_fila_con_error_no_tiene_rarezas(tmp_path):
    resultado = importa(tmp_path, "Uno,,No existe\nDos,,Oficina\n")
    assert {e.fila for e in resultado.errores} == {2}
    assert [r.fila for r in resultado.rarezas] == [3]
    assert not Area.objects.exists()


def test_sin_rarezas_todo_sigue_igual(tmp_path):
    archivo = tmp_path / "areas.csv"
    archivo.write_text("Nombre,Clase\nUno,Oficina\n")
    assert hojas.importar_archivo("areas", archivo).rarezas == []
