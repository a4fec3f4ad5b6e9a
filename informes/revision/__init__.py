"""La revisión de un borrador: versiones, diferencias, observaciones y quién está editando."""
