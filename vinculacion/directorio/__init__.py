"""Sala directorio: áreas internas, organismos externos y procesos electorales, con los nombres que han tenido."""
