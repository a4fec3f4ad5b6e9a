"""La demostración como datos de prueba: se carga con las mismas acciones que usan las páginas."""

from datetime import date

from vinculacion.nucleo.periodos import hoy

# El día en que se carga; fijo, para que lo que vence hoy no haga fallar mañana una prueba.
DIA = date(2026, 11, 20)


def cargar(dia: date | None = None) -> None:
    from informes.demo.carga import cargar as cargar_demo
    from informes.demo.cuentas import CONTRASENA

    cargar_demo(hoy=dia or hoy(), ficticio=True, avisar=lambda _: None, contrasena=CONTRASENA)


def papel_de() -> dict[str, str]:
    """usuario de la demostración → su papel."""
    from informes.demo.cuentas import CUENTAS

    return {usuario: papel for usuario, papel, *_ in CUENTAS}
