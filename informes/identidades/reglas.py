"""Con qué color se puede leer el texto blanco que va encima (WCAG 2.2, 1.4.3)."""

CONTRASTE_MINIMO = 4.5


def luminancia(color: str) -> float:
    """Relativa, de 0 (negro) a 1 (blanco)."""

    def canal(valor: int) -> float:
        parte = valor / 255
        return parte / 12.92 if parte <= 0.04045 else ((parte + 0.055) / 1.055) ** 2.4

    rojo, verde, azul = (canal(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def contraste_con_blanco(color: str) -> float:
    """De 1 (no se distingue) a 21."""
    return 1.05 / (luminancia(color) + 0.05)


def impedimentos_del_color(color: str) -> list[str]:
    contraste = contraste_con_blanco(color)
    if contraste >= CONTRASTE_MINIMO:
        return []
    # Hacia abajo: «4.5» no debe decirse de lo que no llega.
    escrito = int(contraste * 10) / 10
    return [
        f"El texto blanco no se leería sobre este color: su contraste es de {escrito:g} a 1 y hace falta "
        f"{CONTRASTE_MINIMO:g}. Elija uno más oscuro."
    ]


def impedimentos_para_eliminar(identidad) -> list[str]:
    if identidad.predeterminada and type(identidad).objects.exclude(pk=identidad.pk).exists():
        return ["Es la predeterminada: antes de eliminarla, marque otra."]
    return []
