"""Las páginas de la Red vistas por quien captura, un colega que sólo lee y alguien de fuera."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observacion import acciones
from observacion.models import AsistenciaRed, IntegranteRed
from tests.fabricas import observacion as fabrica
from tests.fabricas.personas import persona
from vinculacion.nucleo import busqueda, hojas

pytestmark = pytest.mark.django_db
VER = ("observacion.view_integrantered", "observacion.view_asistenciared", "programas.view_actividad")
ESCRIBIR = ("observacion.add_integrantered", "observacion.change_integrantered", "observacion.change_asistenciared")


@pytest.fixture
def entra(client):
    def _entra(usuario):
        client.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _entra


@pytest.fixture
def duenia():
    return persona(*VER, *ESCRIBIR)


def url(actividad):
    return reverse("observacion:asistencia", args=[actividad.pk])


def envio(formulario, **escrito):
    """Lo que el navegador mandaría con esa página delante."""
    datos = {}
    for nombre, campo in formulario.fields.items():
        partida = campo.initial
        datos[f"initial-{nombre}"] = "" if partida is None else str(partida)
        if partida not in (None, False):
            datos[nombre] = "on" if partida is True else str(partida)
    return {**datos, **escrito}


def test_anotar_la_asistencia_de_una_reunion(entra, duenia):
    reunion, organizacion, individual = fabrica.reunion(), fabrica.integrante(), fabrica.integrante("individual")
    client = entra(duenia)
    pagina = client.get(url(reunion))
    datos = envio(
        pagina.context["formulario"], **{f"integrante_{organizacion.pk}": "3", f"integrante_{individual.pk}": "on"}
    )
    texto = client.post(url(reunion), datos, follow=True).content.decode()
    assert "Se guardó la asistencia: 4 en total." in texto
    assert {a.integrante: a.personas for a in AsistenciaRed.objects.all()} == {organizacion: 3, individual: 1}
    vacio = envio(client.get(url(reunion)).context["formulario"])
    assert "No había cambios" in client.post(url(reunion), vacio, follow=True).content.decode()
    vacio[f"integrante_{organizacion.pk}"] = ""
    client.post(url(reunion), vacio)
    assert AsistenciaRed.objects.get().integrante == individual


@pytest.mark.parametrize("malo", ["-1", "muchas", "1.5", "99999999999"])
def test_una_cantidad_imposible_va_a_su_renglon_y_no_se_pierde(entra, duenia, malo):
    reunion, una, otra = fabrica.reunion(), fabrica.integrante(), fabrica.integrante()
    client = entra(duenia)
    datos = envio(client.get(url(reunion)).context["formulario"])
    datos |= {f"integrante_{una.pk}": malo, f"integrante_{otra.pk}": "7"}
    respuesta = client.post(url(reunion), datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and malo in texto and 'value="7"' in texto
    assert set(respuesta.context["formulario"].errors) == {f"integrante_{una.pk}"}
    assert not AsistenciaRed.objects.exists()


def test_dos_personas_anotan_a_la_vez(entra, duenia):
    reunion, una, otra = fabrica.reunion(), fabrica.integrante(), fabrica.integrante()
    client = entra(duenia)
    viejo = envio(client.get(url(reunion)).context["formulario"], **{f"integrante_{una.pk}": "2"})
    acciones.registrar_asistencia(actividad=reunion, personas={una: 5, otra: 4}, por=persona())
    respuesta = client.post(url(reunion), viejo)
    assert respuesta.status_code == 422 and "otra persona guardó 5" in respuesta.content.decode()
    # Quien no tocó ese renglón no pisa lo del otro.
    viejo[f"integrante_{una.pk}"] = ""
    client.post(url(reunion), viejo)
    assert {a.integrante: a.personas for a in AsistenciaRed.objects.all()} == {una: 5, otra: 4}


def test_la_lista_ofrece_reuniones_cursos_y_lo_ya_anotado(entra, duenia):
    fabrica.reunion(titulo="Reunión con la Red")
    fabrica.reunion(titulo="Curso con especialistas", tipo=fabrica.tipo("curso-virtual"))
    fabrica.reunion(titulo="Nota ejecutiva", tipo=fabrica.tipo("nota"))
    anotada = fabrica.reunion(titulo="Presentación del libro", tipo=fabrica.tipo("libro"))
    acciones.registrar_asistencia(actividad=anotada, personas={fabrica.integrante(): 2}, por=None)
    client = entra(duenia)
    texto = client.get(reverse("observacion:reuniones")).content.decode()
    for titulo, esta in (
        ("Reunión con la Red", True),
        ("Curso con", True),
        ("Presentación", True),
        ("Nota ejecutiva", False),
    ):
        assert (titulo in texto) == esta
    assert "Nada coincide" in client.get(reverse("observacion:reuniones"), {"q": "zzz"}).content.decode()


def test_quien_se_fue_solo_aparece_donde_estuvo(entra, duenia):
    fabrica.integrante(nombre="Organización ida", estado="baja", hasta=date(2020, 6, 30))
    client = entra(duenia)
    assert "Organización ida" in client.get(url(fabrica.reunion(date(2020, 6, 1)))).content.decode()
    assert "Organización ida" not in client.get(url(fabrica.reunion(date(2020, 11, 4)))).content.decode()


def test_un_colega_lee_y_no_anota(entra):
    reunion = fabrica.reunion()
    acciones.registrar_asistencia(actividad=reunion, personas={fabrica.integrante(): 2}, por=None)
    client = entra(persona(*VER))
    texto = client.get(url(reunion)).content.decode()
    assert "Guardar asistencia" not in texto and "<strong>2</strong>" in texto
    assert client.post(url(reunion), {}).status_code == 403


def test_alguien_de_fuera_no_entra_ni_encuentra(entra):
    integrante = fabrica.integrante(nombre="Observatorio del Sur")
    reunion, ajeno = fabrica.reunion(), persona("programas.view_actividad")
    client = entra(ajeno)
    for direccion in (integrante.get_absolute_url(), url(reunion), reverse("observacion:reuniones")):
        assert client.get(direccion).status_code == 403
    assert "Red de Observación" not in dict(busqueda.buscar(ajeno, "observatorio"))
    assert "Red de Observación" in dict(busqueda.buscar(persona(*VER), "observatorio"))


def test_capturar_un_integrante(entra, duenia):
    client = entra(duenia)
    datos = {
        "nombre": "Vigías",
        "clase": "organizacion",
        "estado": "activo",
        "desde": "2020-01-01",
        "correo": "no-es-correo",
    }
    respuesta = client.post(reverse("observacion:integrantered_nuevo"), datos)
    assert respuesta.status_code == 422 and "no-es-correo" in respuesta.content.decode()
    client.post(reverse("observacion:integrantered_nuevo"), {**datos, "correo": "vigias@red.example"})
    assert IntegranteRed.objects.get().correo == "vigias@red.example"


def test_hojas(tmp_path):
    archivo = tmp_path / "red.csv"
    archivo.write_text(
        "Nombre,Clase,Integrante desde,Estado\nVigías,Organización,01/02/2019,Activo\n", encoding="utf-8"
    )
    assert hojas.importar_archivo("integrantes_red", archivo, simular=False).nuevos == 1
    assert hojas.importar_archivo("integrantes_red", archivo, simular=False).iguales == 1
    fabrica.reunion(titulo="Tercera reunión: la Red")
    archivo.write_text(
        "Actividad,Integrante,Personas\n04/11/2020: Tercera reunión: la Red,Vigías,2\n", encoding="utf-8"
    )
    resultado = hojas.importar_archivo("asistencia_red", archivo, simular=False)
    assert (resultado.nuevos, resultado.errores) == (1, [])
    assert AsistenciaRed.objects.get().personas == 2


@pytest.mark.parametrize("ruta", ["integrantered_lista", "reuniones", "asistencia"])
def test_las_mismas_consultas_con_uno_y_con_treinta(entra, duenia, ruta):
    reunion = fabrica.reunion()
    direccion = url(reunion) if ruta == "asistencia" else reverse(f"observacion:{ruta}")
    client = entra(duenia)

    def agrega(cuantos):
        for _ in range(cuantos):
            integrante = fabrica.integrante()
            for actividad in (reunion, fabrica.reunion()):
                acciones.registrar_asistencia(actividad=actividad, personas={integrante: 1}, por=None)

    def cuenta():
        with CaptureQueriesContext(connection) as consultas:
            assert client.get(direccion).status_code == 200
        return len(consultas)

    agrega(1)
    cuenta()
    con_uno = cuenta()
    agrega(30)
    assert cuenta() == con_uno
