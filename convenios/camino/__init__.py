"""El camino de un instrumento: sus pasos, lo que pide cada uno y el tablero por etapa."""
