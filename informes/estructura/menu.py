from vinculacion.nucleo.caras import boton

for documento in ("informe", "plantilla"):
    boton(
        f"informes.{documento}",
        "apuntar",
        "Apuntar a otros planes",
        f"informes:{documento}_apuntar",
        permiso="informes.change_apartado",
        orden=60,
    )
