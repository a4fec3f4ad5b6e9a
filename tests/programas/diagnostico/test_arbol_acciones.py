"""Escribir en los árboles: claves, lugares, círculos, lo que cuelga y lo que se propone."""

import pytest
from django.core.exceptions import ValidationError

from programas.diagnostico import acciones
from programas.diagnostico.arbol import NIVELES, arbol, siguiente_clave
from programas.estados import Arbol, EstadoDePrograma
from programas.models import Alternativa, Nodo
from tests.fabricas import arboles as fabrica
from tests.fabricas import programas
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodos():
    return fabrica.problemas()


def forma(ramas):
    return {r.nodo.clave: forma(r.hijos) for r in ramas}


def en(programa, cual=Arbol.PROBLEMAS):
    return arbol(programa, cual)


def rechazo(funcion, **datos) -> dict:
    with pytest.raises(ValidationError) as hallado:
        funcion(por=None, **datos)
    return hallado.value.message_dict if hasattr(hallado.value, "error_dict") else {"": hallado.value.messages}


def fresco(nodo):
    return Nodo.objects.get(pk=nodo.pk)


def test_el_arbol_sale_en_una_consulta_con_su_forma(nodos, django_assert_num_queries):
    programa = nodos["P1"].programa
    with django_assert_num_queries(1):
        ramas = en(programa)
    assert forma(ramas) == {"P1": {"C1": {"C1.1": {}, "C1.2": {}}, "C2": {}, "E1": {}, "E2": {}}}
    (p1,) = ramas
    assert [r.nodo.clave for r in p1.encima] == ["E1", "E2"]
    assert [r.nodo.clave for r in p1.debajo] == ["C1", "C2"]


def test_el_orden_manda_y_la_clave_desempata_como_numero(nodos):
    p1 = nodos["P1"]
    for clave in ("C10", "C9"):
        fabrica.nodo(p1, clave=clave, orden=7)
    assert [r.nodo.clave for r in en(p1.programa)[0].debajo] == ["C1", "C2", "C9", "C10"]


def test_claves_que_siguen(nodos):
    usadas = set(nodos)
    assert siguiente_clave("problema", None, usadas) == "P2"
    assert siguiente_clave("causa", nodos["P1"], usadas) == "C3"
    assert siguiente_clave("causa", nodos["C1"], usadas) == "C1.3"
    assert siguiente_clave("medio", None, usadas) == "M1"
    largo = Nodo(clave="C1.1.1.1.1.1", rol="causa")
    assert siguiente_clave("causa", largo, usadas) == "C3"  # la otra no cabría


def test_guardar_limpia_y_deja_quien(nodos):
    por = con_papel(roles.DIRECCION)
    nodo = Nodo(
        programa=nodos["P1"].programa, rol="causa", padre=nodos["P1"], clave=" c7 ", texto="  Mucho \n espacio "
    )
    acciones.guardar_nodo(nodo=nodo, al_final=True, por=por)
    assert (nodo.clave, nodo.texto, nodo.orden) == ("C7", "Mucho espacio", 3)
    assert nodo.history.first().history_user == por


@pytest.mark.parametrize(
    ("cambio", "campo", "dice"),
    [
        ({"texto": "   "}, "texto", ""),
        ({"texto": "a" * 301}, "texto", "300"),
        ({"clave": "1C"}, "clave", "Letras mayúsculas"),
        ({"clave": "C2"}, "__all__", "Ya hay un nodo con esa clave"),
        ({"padre": None}, "padre", "Diga de qué cuelga"),
    ],
)
def test_datos_malos(nodos, cambio, campo, dice):
    nodo = nodos["C1"]
    for nombre, valor in cambio.items():
        setattr(nodo, nombre, valor)
    errores = rechazo(acciones.guardar_nodo, nodo=nodo)
    assert dice in errores[campo][0]
    assert fresco(nodo).version == 1


def test_ni_circulos_ni_padres_ajenos(nodos):
    c1, c11, p1, e1 = (nodos[k] for k in ("C1", "C1.1", "P1", "E1"))
    c1.padre = c11
    assert "No puede colgar de sí mismo" in rechazo(acciones.guardar_nodo, nodo=c1)["padre"][0]
    c1.padre = c1
    assert "No puede colgar de sí mismo" in rechazo(acciones.guardar_nodo, nodo=c1)["padre"][0]
    c1.padre = e1
    assert "no puede sostener" in rechazo(acciones.guardar_nodo, nodo=c1)["padre"][0]
    c1.padre = fabrica.nodo()
    assert rechazo(acciones.guardar_nodo, nodo=c1)["padre"] == ["Es de otro programa."]
    p1.padre = c11
    assert "no puede sostener" in rechazo(acciones.guardar_nodo, nodo=p1)["padre"][0]
    assert forma(en(p1.programa)) == {"P1": {"C1": {"C1.1": {}, "C1.2": {}}, "C2": {}, "E1": {}, "E2": {}}}


def test_un_padre_leido_antes_de_otro_cambio_no_deja_cerrar_el_circulo(nodos):
    c1, c2 = nodos["C1"], nodos["C2"]
    rancio = Nodo.objects.select_related("padre").get(pk=c1.pk)  # cree que C1 cuelga de P1
    c1.padre = c2
    acciones.guardar_nodo(nodo=c1, por=None)
    c2.padre = rancio
    assert "No puede colgar" in rechazo(acciones.guardar_nodo, nodo=c2)["padre"][0]


def test_hay_un_fondo(nodos):
    nodo = nodos["C1"]
    for _ in range(NIVELES - 2):
        nodo = fabrica.nodo(nodo)
    otro = Nodo(programa=nodo.programa, rol="causa", padre=nodo, clave="C9", texto="Demasiado abajo")
    assert "niveles" in rechazo(acciones.guardar_nodo, nodo=otro)["padre"][0]
    # También al mudar una rama con todo lo suyo.
    c1 = nodos["C1"]
    c1.padre = nodos["C2"]
    assert "niveles" in rechazo(acciones.guardar_nodo, nodo=c1)["padre"][0]


def test_el_rol_no_cambia_con_cosas_colgando(nodos):
    c1, c2 = nodos["C1"], nodos["C2"]
    c1.rol = "efecto"
    assert "«C1.1" in rechazo(acciones.guardar_nodo, nodo=c1)["rol"][0]
    c2.rol = "efecto"
    acciones.guardar_nodo(nodo=c2, por=None)
    assert fresco(c2).rol == "efecto"


def test_mover_entre_hermanos(nodos):
    p1, c1, c2, e2 = (nodos[k] for k in ("P1", "C1", "C2", "E2"))
    acciones.mover_nodo(nodo=c2, sentido="arriba", por=None)
    assert [r.nodo.clave for r in en(p1.programa)[0].debajo] == ["C2", "C1"]
    assert [r.nodo.clave for r in en(p1.programa)[0].encima] == ["E1", "E2"]
    assert rechazo(acciones.mover_nodo, nodo=c2, sentido="arriba") == {"": [f"«{c2}» ya es el primero."]}
    assert rechazo(acciones.mover_nodo, nodo=e2, sentido="abajo") == {"": [f"«{e2}» ya es el último."]}
    # Todos con el mismo orden, como llegan de una hoja: se numeran al moverlos.
    Nodo.objects.filter(padre=p1).update(orden=1)
    acciones.mover_nodo(nodo=c1, sentido="abajo", por=None)
    assert [r.nodo.clave for r in en(p1.programa)[0].debajo] == ["C2", "C1"]


def test_mudarse_queda_al_final(nodos):
    c11, c2 = nodos["C1.1"], nodos["C2"]
    fabrica.nodo(c2)
    c11.padre = c2
    acciones.guardar_nodo(nodo=c11, al_final=True, por=None)
    assert forma(en(c2.programa))["P1"]["C2"] == {"C2.1": {}, "C1.1": {}}
    assert fresco(c11).orden == 2
    c11.texto = "Sin mudarse conserva su lugar"
    c11.orden = 1
    acciones.guardar_nodo(nodo=c11, al_final=True, por=None)
    assert fresco(c11).orden == 1


def test_no_se_elimina_lo_que_sostiene_a_otros(nodos):
    p1, c1 = nodos["P1"], nodos["C1"]
    (razon,) = rechazo(acciones.eliminar_nodo, nodo=c1)[""]
    assert "De él cuelgan" in razon and "«C1.1" in razon and "«C1.2" in razon
    acciones.proponer_objetivos(programa=p1.programa, por=None)
    (razon,) = rechazo(acciones.eliminar_nodo, nodo=nodos["C2"])[""]
    assert razon.startswith("Es la contraparte de «M2")
    m2 = Nodo.objects.get(clave="M2")
    Alternativa.objects.create(programa=p1.programa, numero=1, medio=m2, nombre="Firmar convenios")
    (razon,) = rechazo(acciones.eliminar_nodo, nodo=m2)[""]
    assert razon == "Lo alcanza la alternativa «1. Firmar convenios»."
    assert Nodo.objects.count() == 14
    acciones.eliminar_nodo(nodo=Nodo.objects.get(clave="F1"), por=None)
    assert Nodo.history.filter(clave="F1", history_type="-").exists()


def test_un_programa_cerrado_no_cambia(nodos):
    c1 = nodos["C1"]
    c1.programa.estado = EstadoDePrograma.CERRADO
    c1.programa.save()
    for funcion, datos in (
        (acciones.guardar_nodo, {"nodo": c1}),
        (acciones.mover_nodo, {"nodo": c1, "sentido": "abajo"}),
        (acciones.eliminar_nodo, {"nodo": nodos["E1"]}),
        (acciones.proponer_objetivos, {"programa": c1.programa}),
    ):
        assert "está cerrado" in rechazo(funcion, **datos)[""][0]
    assert Nodo.objects.count() == 7


def test_proponer_copia_la_forma(nodos):
    programa = nodos["P1"].programa
    acciones.proponer_objetivos(programa=programa, por=None)
    ramas = en(programa, Arbol.OBJETIVOS)
    assert forma(ramas) == {"O1": {"M1": {"M1.1": {}, "M1.2": {}}, "M2": {}, "F1": {}, "F2": {}}}
    todas = list(ramas[0].todas())
    assert all(r.por_redactar and r.nodo.contraparte.clave[1:] == r.nodo.clave[1:] for r in todas)
    nodo = todas[0].nodo
    nodo.texto = "El objetivo, en positivo"
    acciones.guardar_nodo(nodo=nodo, por=None)
    assert not en(programa, Arbol.OBJETIVOS)[0].por_redactar
    assert "ya tiene nodos" in rechazo(acciones.proponer_objetivos, programa=programa)[""][0]


def test_proponer_con_claves_ocupadas_y_sin_problemas():
    programa = programas.programa()
    assert "está vacío" in rechazo(acciones.proponer_objetivos, programa=programa)[""][0]
    p = fabrica.nodo(de=programa, clave="O1")  # una clave de objetivo en un problema
    fabrica.nodo(p, clave="X7")
    fabrica.nodo(p, clave="Y7")
    acciones.proponer_objetivos(programa=programa, por=None)
    assert forma(en(programa, Arbol.OBJETIVOS)) == {"O2": {"M7": {}, "M1": {}}}
