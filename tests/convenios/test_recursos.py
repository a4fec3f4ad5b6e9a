"""Los convenios y sus avances en hojas de cálculo."""

from datetime import date

import pytest

from convenios.models import Actualizacion, Convenio
from convenios.resources import ConvenioRecurso
from tests.fabricas import convenios as fabrica
from tests.fabricas import directorio
from tests.fabricas.personas import persona
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
ENCABEZADO = (
    "Folio,Título,Tipo de instrumento,Contrapartes,Áreas responsables,Etapa,En esa etapa desde,Fecha de suscripción"
)


def importa(tmp_path, clave, texto, por=None):
    archivo = tmp_path / f"{clave}.csv"
    archivo.write_text(texto, encoding="utf-8")
    return hojas.importar_archivo(clave, archivo, por=por, simular=False)


@pytest.fixture
def catalogos():
    fabrica.tipo("Específico")
    directorio.organismo(nombre="Instituto Nacional Electoral", siglas="INE")
    directorio.organismo(nombre="Radio Educación")
    directorio.area(nombre="Unidad de Género", siglas="UG")


def test_entran_con_su_etapa_y_la_segunda_vez_nada_cambia(tmp_path, catalogos):
    texto = f"""{ENCABEZADO}
C-1,Uno,Específico,INE; Radio Educación,UG,Suscrito,,09/10/2020
C-2,Dos,Específico,INE,UG,Negociación,05/01/2026,
C-3,Tres,Específico,INE,UG,Concluido,01/03/2021,09/10/2020
C-4,Cuatro,Específico,INE,UG,Negociación,,
"""
    primera = importa(tmp_path, "convenios", texto, por=persona())
    assert (primera.nuevos, primera.errores) == (4, [])
    assert Convenio.objects.get(folio="C-1").contrapartes.count() == 2
    pasos = {c.folio: [(p.etapa, p.fecha) for p in c.cambios.all()] for c in Convenio.objects.all()}
    assert pasos["C-1"] == [("suscrito", date(2020, 10, 9))]
    assert pasos["C-2"] == [("negociacion", date(2026, 1, 5))]
    assert pasos["C-3"] == [("suscrito", date(2020, 10, 9)), ("concluido", date(2021, 3, 1))]
    assert importa(tmp_path, "convenios", texto).iguales == 4


def test_un_concluido_sin_cuando_senala_su_columna(tmp_path, catalogos):
    error = importa(tmp_path, "convenios", f"{ENCABEZADO}\nC-1,Uno,Específico,INE,UG,Concluido,,09/10/2020\n").errores
    assert [(e.columna, e.motivo) for e in error] == [("En esa etapa desde", "Diga desde qué fecha está concluido.")]


def test_los_errores_se_dicen_todos_y_no_entra_nada(tmp_path, catalogos):
    resultado = importa(
        tmp_path,
        "convenios",
        f"""{ENCABEZADO}
C-1,Uno,Especifica,INE,UG,Suscrito,,09/10/2020
C-2,Dos,Específico,INEE,UG,Negociación,,
C-3,Tres,Específico,INE,UG,Suscrito,,31/02/2020
C-4,Cuatro,Específico,INE,UG,Concluido,,09/10/2020
""",
    )
    assert not Convenio.objects.exists()
    assert {e.fila for e in resultado.errores} == {2, 3, 4, 5}
    assert "Específico" in next(e.motivo for e in resultado.errores if e.fila == 2)


def test_una_hoja_no_salta_etapas(tmp_path, catalogos):
    importa(tmp_path, "convenios", f"{ENCABEZADO}\nC-2,Dos,Específico,INE,UG,Negociación,05/01/2026,\n")
    resultado = importa(tmp_path, "convenios", f"{ENCABEZADO}\nC-2,Dos,Específico,INE,UG,Suscrito,,09/02/2026\n")
    assert "no se pasa a «Suscrito»" in resultado.errores[0].motivo
    avanza = importa(
        tmp_path, "convenios", f"{ENCABEZADO}\nC-2,Dos,Específico,INE,UG,Validación jurídica,09/02/2026,\n"
    )
    assert avanza.cambiados == 1
    assert Convenio.objects.get().cambios.count() == 2


def test_ida_y_vuelta(tmp_path, catalogos):
    padre = fabrica.convenio(
        folio="P-1", fecha_firma=date(2020, 1, 1), vigencia="fecha", vigencia_hasta=date(2030, 1, 1)
    )
    fabrica.convenio(folio="P-2", padre=padre, fecha=date(2026, 1, 1))
    fabrica.convenio(folio="P-3", fecha_firma=date(2020, 1, 1), etapa="concluido", fecha=date(2021, 1, 1))
    archivo = tmp_path / "convenios.xlsx"
    archivo.write_bytes(hojas.exportar(ConvenioRecurso, Convenio.objects.all(), "xlsx"))
    resultado = hojas.importar_archivo("convenios", archivo, simular=False)
    assert (resultado.iguales, resultado.errores) == (3, [])


def test_un_area_importa_solo_avances_de_lo_suyo(tmp_path, catalogos):
    propia = directorio.area()
    enlace = persona(
        "convenios.view_convenio", "convenios.view_actualizacion", "convenios.add_actualizacion", area=propia
    )
    fabrica.convenio(folio="SUYO", areas=[propia], fecha_firma=date(2020, 1, 1))
    fabrica.convenio(folio="AJENO", fecha_firma=date(2020, 1, 1))
    fabrica.sesiones_de_2020()
    encabezado = "Convenio,Sesión en que se reportó,Avance"
    bien = importa(tmp_path, "actualizaciones", f"{encabezado}\nSUYO,10SO/2020,Un taller\n", por=enlace)
    assert (bien.nuevos, bien.errores) == (1, [])
    mal = importa(tmp_path, "actualizaciones", f"{encabezado}\nAJENO,10SO/2020,Un taller\n", por=enlace)
    assert mal.errores and "SUYO" not in str(Actualizacion.objects.filter(convenio__folio="AJENO"))
    assert Actualizacion.objects.count() == 1
