"""Las cifras de los convenios, como página, gráfica, hoja y sección."""
