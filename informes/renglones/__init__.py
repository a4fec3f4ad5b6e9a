"""El balance y las actividades pendientes: el sistema los propone de los registros y una persona los ajusta."""
