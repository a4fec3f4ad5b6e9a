"""Las personas: páginas de Administración, su hoja de cálculo, la búsqueda y los papeles."""

import io
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError

from tests.fabricas.base import con_papel, una_por_papel
from tests.fabricas.directorio import area
from vinculacion.cuentas import acciones, roles
from vinculacion.cuentas.models import Usuario
from vinculacion.cuentas.resources import UsuarioRecurso
from vinculacion.nucleo import hojas
from vinculacion.nucleo.busqueda import buscar

pytestmark = pytest.mark.django_db


def texto(respuesta) -> str:
    return unescape(respuesta.content.decode())


@pytest.fixture
def administra(client):
    persona = con_papel(roles.ADMINISTRACION, username="admin", first_name="Enlace", last_name="de informática")
    client.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    return persona


def datos(**otros) -> dict:
    return {
        "username": "nueva", "first_name": "Enlace", "last_name": "jurídico", "email": "Nueva@Prueba.example",
        "cargo": "Enlace", "papel": roles.CAPTURA, "area": "", "is_active": "on", **otros,
    }  # fmt: skip


# -- páginas -------------------------------------------------------------------------------------


def test_alta(client, administra):
    pagina = texto(client.get("/personas/nueva/"))
    for palabra in ("Nombre de usuario", "Nombre", "Apellido", "Papel", "Puede entrar"):
        assert palabra.lower() in pagina.lower()
    respuesta = client.post("/personas/nueva/", datos(), follow=True)
    assert "Se creó la persona «Enlace jurídico»." in texto(respuesta)
    creada = Usuario.objects.get(username="nueva")
    assert creada.papeles == [roles.CAPTURA]
    assert creada.email == "nueva@prueba.example"
    assert not creada.has_usable_password()
    assert creada.history.get().history_user == administra
    assert "Todavía no la ha creado" in texto(respuesta)
    assert "Enviar correo para crear contraseña" in texto(respuesta)


def test_edicion_y_cambio_de_papel(client, administra):
    persona = con_papel(roles.CAPTURA, username="una")
    pagina = texto(client.get(f"/personas/{persona.pk}/editar/"))
    assert f'value="{roles.CAPTURA}" selected' in pagina
    nuevo = datos(username="una", email=persona.email, papel=roles.DIRECCION, version=persona.version)
    assert client.post(f"/personas/{persona.pk}/editar/", nuevo).status_code == 302
    persona.refresh_from_db()
    assert persona.papeles == [roles.DIRECCION]
    assert persona.has_usable_password()
    # La versión de antes ya no vale: es un conflicto, no un pisotón.
    assert client.post(f"/personas/{persona.pk}/editar/", nuevo).status_code == 409


@pytest.mark.parametrize(
    ("mal", "razon"),
    [
        ({"username": "admin"}, "Ya hay una persona con ese nombre de usuario"),
        ({"username": "ADMIN"}, "Ya hay una persona con ese nombre de usuario"),
        ({"username": "con@arroba"}, "Use sólo letras, números"),
        ({"username": "con espacio"}, "Use sólo letras, números"),
        ({"username": ""}, "Falta este dato"),
        ({"email": "admin@prueba.example"}, "Ya hay una persona con ese correo"),
        ({"email": "ADMIN@Prueba.Example"}, "Ya hay una persona con ese correo"),
        ({"email": "no-es-correo"}, "correo electrónico válid"),
        ({"papel": ""}, "Falta este dato"),
        ({"papel": "Superpoder"}, "Elija una opción de la lista"),
        ({"papel": roles.AREA}, "necesita un área"),
        ({"cargo": "x" * 10_000}, "150"),
    ],
)
def test_alta_equivocada(client, administra, mal, razon):
    respuesta = client.post("/personas/nueva/", datos(**mal))
    assert respuesta.status_code == 422
    assert razon in texto(respuesta)
    assert "jurídico" in texto(respuesta)
    assert Usuario.objects.count() == 1


@pytest.mark.parametrize("cambio", [{"papel": roles.CAPTURA}, {"is_active": ""}])
def test_nadie_se_quita_a_si_misma_la_administracion(client, administra, cambio):
    propios = datos(username="admin", email=administra.email, papel=roles.ADMINISTRACION, version=administra.version)
    respuesta = client.post(f"/personas/{administra.pk}/editar/", {**propios, **cambio})
    assert respuesta.status_code == 422
    assert "No puede quitarse a sí misma" in texto(respuesta)
    administra.refresh_from_db()
    assert administra.is_active
    assert administra.papeles == [roles.ADMINISTRACION]


def test_no_hay_manera_de_hacerse_superusuario(client, administra):
    client.post("/personas/nueva/", datos(is_superuser="on", is_staff="on", user_permissions="1", groups="1"))
    creada = Usuario.objects.get(username="nueva")
    assert not creada.is_superuser
    assert not creada.is_staff
    assert creada.user_permissions.count() == 0
    assert creada.papeles == [roles.CAPTURA]


def test_la_lista_filtra_busca_y_no_crece_en_consultas(client, administra, django_assert_max_num_queries):
    for n in range(3):
        con_papel(roles.CAPTURA, cargo=f"Cargo número {n}")
    client.get("/personas/")
    with django_assert_max_num_queries(60) as pocas:
        assert client.get("/personas/").status_code == 200
    for _ in range(27):
        con_papel(roles.CAPTURA)
    with django_assert_max_num_queries(60) as muchas:
        client.get("/personas/?por_pagina=50")
    assert len(muchas) == len(pocas)
    assert "quien" not in texto(client.get("/personas/?q=informatica")).split("<tbody")[1]
    grupo = Group.objects.get(name=roles.CAPTURA).pk
    assert "admin</a>" not in texto(client.get(f"/personas/?groups={grupo}"))


def test_no_se_borra_a_nadie(client, administra):
    otra = con_papel(roles.CAPTURA)
    assert client.post(f"/personas/{otra.pk}/eliminar/").status_code == 404
    assert Usuario.objects.filter(pk=otra.pk).exists()


@pytest.mark.parametrize("accion", ["invitar", "desbloquear", "quitar-segundo-factor"])
def test_acciones_solo_con_post_y_solo_administracion(client, administra, accion):
    otra = con_papel(roles.CAPTURA)
    assert client.get(f"/personas/{otra.pk}/{accion}/").status_code == 405
    for papel, persona in una_por_papel().items():
        client.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
        esperado = 302 if papel == roles.ADMINISTRACION else 403
        assert client.post(f"/personas/{otra.pk}/{accion}/").status_code == esperado, papel


# -- hoja ----------------------------------------------------------------------------------------


def importa(contenido: str, por, **mas):
    return hojas.importar_archivo(UsuarioRecurso, io.BytesIO(contenido.encode()), por=por, nombre="personas.csv", **mas)


def encabezados(contenido: bytes) -> list[str]:
    return contenido.decode("utf-8-sig").splitlines()[0].split(",")


def test_la_hoja_no_lleva_contrasenas_y_si_el_papel(administra):
    con_papel(roles.CAPTURA, username="una", cargo="Enlace")
    salida = hojas.exportar(UsuarioRecurso, Usuario.objects.all(), "csv")
    columnas = encabezados(salida)
    assert "Papel" in columnas
    assert not {"Password", "Contraseña", "contraseña", "password"} & set(columnas)
    assert b"md5$" not in salida
    assert "Captura" in salida.decode()


def test_importar_crea_actualiza_y_repetir_no_cambia(administra):
    unidad = area(nombre="Unidad de Archivo", siglas="UA")
    hoja = (
        "Usuario,Correo electrónico,Cargo,Área,Papel,Puede entrar\n"
        "enlace.ua,Enlace.UA@prueba.example,Enlace,UA,Área,Sí\n"
        "otra,otra@prueba.example,Titular,,Dirección,No\n"
    )
    resultado = importa(hoja, administra)
    assert resultado.correcto, resultado.errores
    assert (resultado.nuevos, resultado.cambiados) == (2, 0)
    enlace = Usuario.objects.get(username="enlace.ua")
    assert enlace.area == unidad
    assert enlace.papeles == [roles.AREA]
    assert not enlace.has_usable_password()
    assert enlace.history.get().history_user == administra
    assert not Usuario.objects.get(username="otra").is_active
    de_nuevo = importa(hoja, administra)
    assert (de_nuevo.nuevos, de_nuevo.cambiados, de_nuevo.iguales) == (0, 0, 2), de_nuevo.errores


def test_importar_cambia_el_papel_y_no_toca_la_contrasena(administra):
    persona = con_papel(roles.CAPTURA, username="una")
    hoja = f"Usuario,Correo electrónico,Papel\nuna,{persona.email},Dirección\n"
    resultado = importa(hoja, administra)
    assert resultado.correcto, resultado.errores
    assert resultado.cambiados == 1
    persona = Usuario.objects.get(pk=persona.pk)
    assert persona.papeles == [roles.DIRECCION]
    assert persona.has_usable_password()


def test_importar_todo_o_nada_con_razones(administra):
    hoja = (
        "Usuario,Correo electrónico,Papel\n"
        "buena,buena@prueba.example,Captura\n"
        "mala1,no-es-correo,Captura\n"
        "mala2,mala2@prueba.example,Capturista\n"
        "mala3,mala3@prueba.example,Área\n"
        "admin,admin@prueba.example,Captura\n"
    )
    resultado = importa(hoja, administra)
    assert not resultado.correcto
    quejas = " | ".join(map(str, resultado.errores))
    for fila in ("3", "4", "5", "6"):
        assert fila in quejas
    assert "necesita un área" in quejas
    assert "No puede quitarse a sí misma" in quejas
    assert Usuario.objects.count() == 1


# -- búsqueda, papeles ---------------------------------------------------------------------------


def test_la_busqueda_halla_personas_solo_a_quien_las_administra(administra):
    otra = con_papel(roles.CAPTURA, first_name="Enlace", last_name="de comunicación")
    grupos = dict(buscar(administra, "comunicacion"))
    assert [r.url for r in grupos["Personas"]] == [otra.get_absolute_url()]
    assert "Personas" not in dict(buscar(otra, "comunicacion"))


def test_sincronizar_deja_lo_exacto():
    grupo = Group.objects.get(name=roles.CONSEJERIA)
    de_mas = Permission.objects.get(content_type__app_label="cuentas", codename="delete_usuario")
    grupo.permissions.add(de_mas)
    roles.sincronizar()
    assert de_mas not in grupo.permissions.all()
    escritos = {f"{p.content_type.app_label}.{p.codename}" for p in grupo.permissions.select_related("content_type")}
    assert escritos == roles.ROLES[roles.CONSEJERIA]


def test_un_permiso_que_nadie_declara_es_un_error(monkeypatch):
    monkeypatch.setitem(roles.ROLES, roles.CONSEJERIA, {"programas.volar"})
    with pytest.raises(ValueError, match=r"Consejería.*programas\.volar"):
        roles.sincronizar()


def test_consejeria_solo_mira_y_observa_los_informes():
    escribe = {p for p in roles.ROLES[roles.CONSEJERIA] if ".view_" not in p and ".ver_" not in p}
    assert escribe == {"informes.add_observacion", "informes.change_observacion"}


def test_solo_administracion_toca_personas():
    for papel, permisos in roles.ROLES.items():
        suyos = {p for p in permisos if p.startswith("cuentas.")}
        assert bool(suyos) == (papel == roles.ADMINISTRACION), papel


def test_el_papel_area_sin_area_no_se_guarda_ni_por_fuera():
    with pytest.raises(ValidationError):
        acciones.guardar_usuario(usuario=Usuario(username="x", email="x@prueba.example"), papel=roles.AREA, por=None)
