"""El diagnóstico del marco lógico: población involucrada, árboles, alternativas y estructura analítica."""
