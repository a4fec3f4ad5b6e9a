"""La matriz de riesgos, su tratamiento y su seguimiento."""
