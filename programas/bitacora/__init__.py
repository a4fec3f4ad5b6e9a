"""Las páginas de la bitácora: capturar, consultar y validar actividades."""
