"""Lo que un instrumento obliga a hacer y cómo se cumple."""
