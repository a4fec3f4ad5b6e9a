"""Las páginas de los planes: programas, ejes, acciones con sus metas y el catálogo de tipos de actividad."""
