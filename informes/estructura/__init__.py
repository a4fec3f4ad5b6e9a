"""El árbol de apartados que se edita en pantalla: sus secciones y cómo se presentan, sus imágenes y sus copias."""
