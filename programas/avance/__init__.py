"""El avance de un plan: por trimestre, eje, área y mes."""
