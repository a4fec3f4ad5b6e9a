"""Los documentos de un instrumento y sus versiones."""
