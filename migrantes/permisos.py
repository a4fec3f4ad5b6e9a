"""Los permisos de esta sala, por su nombre."""

VER = "migrantes.view_envio"
