"""Con qué color se puede leer el texto blanco que va encima (WCAG 2.2, 1.4.3)."""

from vinculacion.nucleo.colores import contraste_con_blanco

CONTRASTE_MINIMO = 4.5


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
