"""Folios: únicos y sin huecos, también cuando veinte personas piden a la vez."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from vinculacion.archivo import acciones
from vinculacion.archivo.folios import anotar_folio, leer_folio, siguiente_folio
from vinculacion.archivo.models import Contador, Serie


def serie(patron="CVOE/{numero:03}/{anio:02}"):
    return Serie.objects.create(clave="s", nombre="S", patron=patron)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("patron", "folio"),
    [
        ("CVOE/{numero:03}/{anio:02}", "CVOE/007/20"),
        ("COVIN/{numero:03}/{anio}", "COVIN/007/2020"),
        ("{anio}-{numero}", "2020-7"),
    ],
)
def test_el_patron_se_escribe_y_se_lee(patron, folio):
    una = serie(patron)
    assert una.formato(7, 2020) == folio
    assert leer_folio(una, f" {folio} ") == (7, 2020)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "patron", ["CVOE", "{numero}", "{numero}{numero}{anio}", "{otro}/{numero}/{anio}", "{numero}/{anio"]
)
def test_patron_que_no_vale(patron):
    with pytest.raises(ValidationError):
        Serie(clave="x", nombre="X", patron=patron).full_clean()


@pytest.mark.django_db
def test_lo_anotado_empuja_el_contador_y_lo_viejo_no_lo_regresa():
    una = serie()
    assert anotar_folio(una, "CVOE/50/20") == "CVOE/050/20"
    assert anotar_folio(una, "CVOE/043/20") == "CVOE/043/20"
    assert siguiente_folio(una, 2020) == "CVOE/051/20"
    assert siguiente_folio(una, 2021) == "CVOE/001/21"
    with pytest.raises(ValueError, match="no se escribe como los folios de esta serie: "):
        anotar_folio(una, "OTRA/1/20")


@pytest.mark.django_db
def test_si_el_guardado_se_deshace_el_numero_vuelve():
    una = serie()
    with pytest.raises(RuntimeError), transaction.atomic():
        siguiente_folio(una, 2020)
        raise RuntimeError
    assert siguiente_folio(una, 2020) == "CVOE/001/20"


@pytest.mark.django_db
def test_el_patron_de_una_serie_usada_no_cambia():
    una = serie()
    una.nombre = "Otro nombre"
    acciones.guardar_serie(serie=una, por=None)
    siguiente_folio(una, 2020)
    una.patron = "X/{numero}/{anio}"
    with pytest.raises(ValidationError, match="cree otra serie"):
        acciones.guardar_serie(serie=una, por=None)


@pytest.mark.django_db(transaction=True)
def test_veinte_a_la_vez_reciben_veinte_distintos_y_seguidos():
    una = serie()
    salida = Barrier(20)

    def pide(_):
        try:
            salida.wait(timeout=30)
            return siguiente_folio(una, 2020)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as hilos:
        dados = list(hilos.map(pide, range(20)))
    assert sorted(dados) == [f"CVOE/{n:03}/20" for n in range(1, 21)]
    assert Contador.objects.get().ultimo == 20
