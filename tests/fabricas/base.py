"""Una persona por papel, y las tres de siempre: quien es dueña, una colega y alguien de fuera."""

from itertools import count
from types import SimpleNamespace

from tests.fabricas.directorio import area as nueva_area
from vinculacion.cuentas import acciones, roles
from vinculacion.cuentas.models import Usuario

CONTRASENA = "una-clave-de-prueba"
_numero = count(1)


def con_papel(papel: str, **datos) -> Usuario:
    """``con_papel(roles.CAPTURA, username="captura")``, con contraseña ``CONTRASENA`` y un área."""
    n = next(_numero)
    datos.setdefault("username", f"quien{n}")
    datos.setdefault("email", f"{datos['username']}@prueba.example")
    if "area" not in datos:
        datos["area"] = nueva_area()
    usuario = acciones.guardar_usuario(usuario=Usuario(**datos), papel=papel, por=None)
    usuario.set_password(CONTRASENA)
    usuario.save(update_fields=["password"])
    return usuario


def una_por_papel() -> dict[str, Usuario]:
    """Todas del mismo área: lo que cambia entre ellas es sólo el papel."""
    area = nueva_area()
    return {papel: con_papel(papel, area=area) for papel in roles.ROLES}


def duena_colega_y_ajena(papel: str = roles.AREA) -> SimpleNamespace:
    """La dueña y su colega comparten área; la ajena tiene el mismo papel en otra."""
    area = nueva_area()
    return SimpleNamespace(
        duena=con_papel(papel, area=area), colega=con_papel(papel, area=area), ajena=con_papel(papel)
    )
