"""La identidad gráfica con que salen los documentos."""
