"""Paquete del proyecto (ajustes y rutas) y las salas de la planta baja."""
