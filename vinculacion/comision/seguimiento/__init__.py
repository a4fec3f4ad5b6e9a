"""Los acuerdos hasta que se cumplen."""
