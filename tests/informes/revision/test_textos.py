"""Palabra por palabra: lo que se quita, lo que se pone y lo que sigue igual."""

import time

from hypothesis import given
from hypothesis import strategies as st

from informes.revision import textos
from informes.revision.textos import IGUAL, PONE, QUITA, Trozo


def test_lo_igual_no_da_renglones():
    assert textos.comparar("Uno.\n\nDos.", "Uno.\nDos.  ") == []


def test_una_palabra_cambiada():
    (renglon,) = textos.comparar("Se celebraron tres sesiones ordinarias.", "Se celebraron cuatro sesiones ordinarias.")
    assert renglon.antes == (
        Trozo(IGUAL, "Se celebraron "), Trozo(QUITA, "tres "), Trozo(IGUAL, "sesiones ordinarias."),
    )  # fmt: skip
    assert renglon.ahora[1] == Trozo(PONE, "cuatro ")


def test_un_parrafo_en_medio_no_ensucia_los_demas():
    renglones = textos.comparar("Uno\nTres\nCuatro", "Uno\nDos de más\nTres\nCuatro")
    assert [r.iguales for r in renglones] == [1, 0, 2]
    assert renglones[1].antes == ()
    assert renglones[1].ahora == (Trozo(PONE, "Dos de más"),)


def test_dos_parrafos_que_no_se_parecen_van_enteros():
    antes, ahora = "Se suscribió un convenio.", "Hubo veinte pláticas informativas con migrantes"
    (renglon,) = textos.comparar(antes, ahora)
    assert (renglon.antes, renglon.ahora) == ((Trozo(QUITA, antes),), (Trozo(PONE, ahora),))


@given(st.text("ab c.\n", max_size=60), st.text("ab c.\n", max_size=60))
def test_los_trozos_vuelven_a_decir_los_dos_textos(antes, ahora):
    renglones = textos.comparar(antes, ahora)
    if not renglones:
        assert textos.parrafos(antes) == textos.parrafos(ahora)
        return
    for lado, texto in (("antes", antes), ("ahora", ahora)):
        dichos = ["".join(t.texto for t in getattr(r, lado)) for r in renglones if getattr(r, lado)]
        reales = textos.parrafos(texto)
        # Los párrafos iguales no se repiten; los demás salen enteros y en orden.
        assert all(
            any(d.split() == p.split() or "".join(d.split()) == "".join(p.split()) for p in reales) for d in dichos
        )


def test_una_narrativa_muy_larga_se_compara_pronto():
    parrafo = " ".join(f"palabra{n % 300} de la comisión" for n in range(6_000))
    inicio = time.perf_counter()
    renglones = textos.comparar(parrafo, parrafo.replace("palabra150 ", "otra ", 3))
    assert renglones
    assert time.perf_counter() - inicio < 5
