"""Las páginas de los árboles: quién entra, qué se ve, qué se contesta a lo que no vale."""

import pytest
from django.urls import reverse

from programas.diagnostico import acciones
from programas.estados import EstadoDePrograma
from programas.models import Nodo
from tests.fabricas import arboles as fabrica
from tests.fabricas import programas
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def direccion(client):
    persona = con_papel(roles.DIRECCION)
    client.force_login(persona)
    return persona


@pytest.fixture
def nodos():
    return fabrica.problemas(programas.programa(clave="pe-2021"))


def url(nombre, *args):
    return reverse(f"programas:{nombre}", args=args)


def ver(client, programa, cual="problemas"):
    return client.get(url("arbol", programa.pk, cual))


def nuevo(client, padre, rol="causa", **datos):
    direccion = f"{url('nodo_nuevo')}?padre={padre.pk}&rol={rol}"
    return client.post(direccion, {"padre": padre.pk, "texto": "Una causa más", "clave": "", **datos})


def editar(client, nodo, **cambios):
    datos = {"padre": nodo.padre_id or "", "texto": nodo.texto, "clave": nodo.clave, "version": nodo.version}
    return client.post(url("nodo_editar", nodo.pk), {**datos, **cambios})


def errores(respuesta, campo):
    return respuesta.context["formulario"].errors.get(campo, [])


def test_quien_ve_y_quien_cambia(client, nodos):
    programa = nodos["P1"].programa
    for papel in (roles.CONSEJERIA, roles.CAPTURA):
        client.force_login(con_papel(papel))
        pagina = ver(client, programa)
        assert pagina.status_code == 200
        assert "arbol-botones" not in pagina.content.decode()
        assert nuevo(client, nodos["P1"]).status_code == 403
        assert editar(client, nodos["C1"]).status_code == 403
        assert client.post(url("nodo_mover", nodos["C1"].pk, "abajo")).status_code == 403
        assert client.post(url("nodo_eliminar", nodos["E1"].pk)).status_code == 403
        assert client.post(url("arbol_proponer", programa.pk)).status_code == 403
    client.force_login(con_papel(roles.AREA))
    assert ver(client, programa).status_code == 403
    assert Nodo.objects.count() == 7


def test_la_pagina_dibuja_y_enlista(client, direccion, nodos):
    pagina = ver(client, nodos["P1"].programa)
    texto = pagina.content.decode()
    assert 'src="data:image/svg+xml;base64,' in texto
    assert 'alt="Problema central P1, Texto de P1. Efectos: E1' in texto
    for clave, nodo in nodos.items():
        assert f'id="nodo-{nodo.pk}"' in texto and f"Editar {clave}" in texto
    assert ver(client, nodos["P1"].programa, "otro").status_code == 404
    assert client.get(url("arbol", 10**9, "problemas")).status_code == 404


def test_las_mismas_consultas_con_uno_y_con_treinta(client, direccion, nodos, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    programa = nodos["P1"].programa

    def cuantas():
        with CaptureQueriesContext(
            connection,
        ) as con_pocos:
            assert ver(client, programa).status_code == 200
            assert client.get(url("nodo_lista")).status_code == 200
        return len(con_pocos)

    ver(client, programa)
    antes = cuantas()
    for _ in range(3):
        c = fabrica.nodo(nodos["P1"])
        for _ in range(9):
            fabrica.nodo(c)
    assert cuantas() == antes


def test_agregar_propone_la_clave_y_vuelve_al_lugar(client, direccion, nodos):
    p1, c1 = nodos["P1"], nodos["C1"]
    formulario = client.get(f"{url('nodo_nuevo')}?padre={c1.pk}&rol=causa")
    assert formulario.context["formulario"].initial["clave"] == "C1.3"
    assert formulario.context["titulo"] == "Agregar causa a C1"
    assert formulario.context["cancelar"].endswith(f"#nodo-{c1.pk}")
    respuesta = nuevo(client, c1)
    hecho = Nodo.objects.get(clave="C1.3")
    assert respuesta["Location"] == f"{url('arbol', p1.programa_id, 'problemas')}#nodo-{hecho.pk}"
    assert (hecho.padre, hecho.rol, hecho.orden) == (c1, "causa", 3)
    assert hecho.history.first().history_user == direccion
    nuevo(client, p1, "efecto", clave="e9")
    assert Nodo.objects.get(clave="E9").padre == p1


def test_el_central_se_agrega_sin_padre(client, direccion):
    programa = programas.programa()
    client.post(f"{url('nodo_nuevo')}?programa={programa.pk}&rol=problema", {"texto": "Primer problema", "clave": ""})
    assert Nodo.objects.get().clave == "P1"


def test_sin_saber_nada_se_pregunta_todo(client, direccion, nodos):
    pagina = client.get(url("nodo_nuevo"))
    assert {"programa", "rol", "padre", "contraparte"} <= set(pagina.context["formulario"].fields)
    respuesta = client.post(url("nodo_nuevo"), {"texto": "x", "clave": ""})
    assert respuesta.status_code == 422 and errores(respuesta, "programa") and errores(respuesta, "rol")
    p1 = nodos["P1"]
    datos = {"programa": p1.programa_id, "rol": "causa", "padre": p1.pk, "texto": "x", "clave": ""}
    assert client.post(url("nodo_nuevo"), datos).status_code == 302
    assert Nodo.objects.filter(clave="C3", padre=p1).exists()
    for basura in ("?padre=abc", "?padre=99999999999999999999", "?programa=%00&rol=x", "?padre=%C2%B2&rol=causa"):
        assert client.get(url("nodo_nuevo") + basura).status_code == 200


def test_lo_que_no_vale_se_dice_junto_al_campo(client, direccion, nodos):
    c1, ajeno = nodos["C1"], fabrica.nodo()
    casos = [
        ({"padre": nodos["C1.1"].pk}, "padre", "No puede colgar de sí mismo"),
        ({"padre": nodos["E1"].pk}, "padre", "no puede sostener"),
        ({"padre": ajeno.pk}, "padre", "Es de otro programa"),
        ({"padre": ""}, "padre", "Diga de qué cuelga"),
        ({"padre": "abc"}, "padre", "Elija una opción"),
        ({"texto": "   "}, "texto", "Falta este dato"),
        ({"texto": "a" * 301}, "texto", "300"),
        ({"clave": "C2"}, "clave", "Ya hay un nodo con esa clave"),
        ({"clave": "1c"}, "clave", "Letras mayúsculas"),
    ]
    for cambio, campo, dice in casos:
        respuesta = editar(client, c1, **cambio)
        assert respuesta.status_code == 422, cambio
        assert dice in "".join(errores(respuesta, campo)), (cambio, respuesta.context["formulario"].errors)
    assert Nodo.objects.get(pk=c1.pk).version == c1.version


def test_se_ofrecen_sólo_los_padres_que_pueden_ser(client, direccion, nodos):
    def opciones(nodo, campo="padre"):
        return [
            str(pk) for pk, _ in client.get(url("nodo_editar", nodo.pk)).context["formulario"].fields[campo].choices
        ]

    assert opciones(nodos["C1"]) == ["", *(str(nodos[k].pk) for k in ("C2", "P1"))]
    assert "contraparte" not in client.get(url("nodo_editar", nodos["C1"].pk)).context["formulario"].fields
    assert "padre" not in client.get(url("nodo_editar", nodos["P1"].pk)).context["formulario"].fields
    acciones.proponer_objetivos(programa=nodos["P1"].programa, por=None)
    assert set(opciones(Nodo.objects.get(clave="M1"), "contraparte")) == {"", *(str(n.pk) for n in nodos.values())}


def test_mudar_y_cambiar_la_clave(client, direccion, nodos):
    c11 = nodos["C1.1"]
    assert editar(client, c11, padre=nodos["C2"].pk, clave="c2.1").status_code == 302
    c11 = Nodo.objects.get(pk=c11.pk)
    assert (c11.padre, c11.clave) == (nodos["C2"], "C2.1")
    detalle = client.get(url("nodo_detalle", c11.pk)).content.decode()
    assert "Historia" in detalle and "cuelga de" in detalle


def test_dos_pestanas(client, direccion, nodos):
    c1 = nodos["C1"]
    assert editar(client, c1, texto="La primera pestaña").status_code == 302
    respuesta = editar(client, c1, texto="La segunda pestaña")
    assert respuesta.status_code == 409
    assert "La segunda pestaña" in respuesta.content.decode()
    assert Nodo.objects.get(pk=c1.pk).texto == "La primera pestaña"


def test_subir_y_bajar(client, direccion, nodos):
    respuesta = client.post(url("nodo_mover", nodos["C2"].pk, "arriba"))
    assert respuesta["Location"].endswith(f"#nodo-{nodos['C2'].pk}")
    assert Nodo.objects.get(clave="C2").orden == 1
    pagina = client.post(url("nodo_mover", nodos["C2"].pk, "arriba"), follow=True)
    assert "ya es el primero" in pagina.content.decode()
    assert client.post(url("nodo_mover", nodos["C2"].pk, "lado")).status_code == 404
    assert client.get(url("nodo_mover", nodos["C2"].pk, "arriba")).status_code == 405


def test_eliminar_dice_lo_que_cuelga(client, direccion, nodos):
    respuesta = client.post(url("nodo_eliminar", nodos["C1"].pk))
    assert respuesta.status_code == 409
    assert "«C1.1 Texto de C1.1»" in respuesta.content.decode()
    vuelta = f"{nodos['P1'].get_absolute_url()}#nodo-{nodos['P1'].pk}"
    respuesta = client.post(url("nodo_eliminar", nodos["E2"].pk), {"siguiente": vuelta})
    assert respuesta["Location"] == vuelta
    assert Nodo.objects.count() == 6


def test_proponer(client, direccion, nodos):
    programa = nodos["P1"].programa
    assert "Proponer el árbol de objetivos" in ver(client, programa, "objetivos").content.decode()
    pagina = client.post(url("arbol_proponer", programa.pk), follow=True)
    texto = pagina.content.decode()
    assert "Por redactar en positivo: 7" in texto and texto.count("Por redactar en positivo</span>") == 7
    m1 = Nodo.objects.get(clave="M1")
    respuesta = editar(client, m1, texto="Áreas que se coordinan", contraparte=m1.contraparte_id)
    assert respuesta.status_code == 302
    assert ver(client, programa, "objetivos").content.decode().count("Por redactar en positivo</span>") == 6
    assert "ya tiene nodos" in client.post(url("arbol_proponer", programa.pk), follow=True).content.decode()


def test_cerrado_es_sólo_lectura(client, direccion, nodos):
    programa = nodos["P1"].programa
    programa.estado = EstadoDePrograma.CERRADO
    programa.save()
    pagina = ver(client, programa).content.decode()
    assert "arbol-botones" not in pagina and "sólo se consulta" in pagina
    respuesta = nuevo(client, nodos["P1"])
    assert respuesta.status_code == 422 and "está cerrado" in "".join(errores(respuesta, "__all__"))
    assert editar(client, nodos["C1"]).status_code == 403
    assert client.post(url("nodo_eliminar", nodos["E1"].pk)).status_code == 409
    assert "está cerrado" in client.post(url("nodo_mover", nodos["C1"].pk, "abajo"), follow=True).content.decode()


def test_lista_con_filtros(client, direccion, nodos):
    fabrica.nodo(texto="De otro programa")
    pagina = client.get(url("nodo_lista"), {"programa": nodos["P1"].programa_id, "rol": "causa"})
    assert [r.record.clave for r in pagina.context["tabla"].page] == ["C1", "C2", "C1.1", "C1.2"]
    csv = client.get(url("nodo_lista"), {"_export": "csv"}).content.decode()
    assert "pe-2021:C1" in csv
