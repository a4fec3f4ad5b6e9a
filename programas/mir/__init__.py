"""La matriz de indicadores: fórmulas, valores por periodo, explicaciones."""
