"""Sala programas: planes anuales (ejes, acciones, metas) y la bitácora de actividades."""
