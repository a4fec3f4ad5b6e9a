"""Las páginas de la bitácora: capturar, buscar y validar actividades."""
