"""Los campos de las metas de una acción: por trimestre, por mes y los meses del cronograma."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from programas.models import META_MAXIMA, Accion
from vinculacion.nucleo.formularios import arregla
from vinculacion.nucleo.palabras import capitaliza, mes

MESES = [(numero, capitaliza(mes(numero))) for numero in range(1, 13)]
TRIMESTRES = {1: "1er trimestre", 2: "2° trimestre", 3: "3er trimestre", 4: "4° trimestre"}


def campo_de_mes(trimestre: int, lugar: int) -> str:
    return f"mes_{trimestre}_{lugar}"


CAMPOS_DE_META = tuple(f"meta_{n}" for n in TRIMESTRES)
CAMPOS_DE_MES = tuple(campo_de_mes(n, lugar) for n in TRIMESTRES for lugar in (1, 2, 3))


def _cantidad(rotulo: str) -> forms.IntegerField:
    return forms.IntegerField(label=rotulo, required=False, min_value=0, max_value=META_MAXIMA)


class Plegable(Div):
    """Un grupo que se abre con un clic, sin JavaScript; abre solo si trae algo escrito."""

    def __init__(self, titulo: str, *campos, abierto: bool = False):
        super().__init__(*campos)
        self.titulo, self.abierto = titulo, abierto

    def render(self, form, context, **mas):
        # Lo de dentro son controles ya pintados y escapados por crispy.
        dentro = mark_safe(self.get_rendered_fields(form, context, **mas))  # noqa: S308  # nosec B308 B703
        abierto = mark_safe(" open") if self.abierto else ""
        return format_html(
            '<details class="plegable"{}><summary>{}</summary>{}</details>', abierto, self.titulo, dentro
        )


class ConMetas(forms.Form):
    """Mezcla: cantidad de cada trimestre y, si se quiere, de sus tres meses."""

    meta_1 = _cantidad(TRIMESTRES[1])
    meta_2 = _cantidad(TRIMESTRES[2])
    meta_3 = _cantidad(TRIMESTRES[3])
    meta_4 = _cantidad(TRIMESTRES[4])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for trimestre in TRIMESTRES:
            for lugar in (1, 2, 3):
                campo = _cantidad(MESES[3 * trimestre - 4 + lugar][1])
                arregla(campo)
                self.fields[campo_de_mes(trimestre, lugar)] = campo

    def poner_metas(self, accion: Accion) -> None:
        """Lo vigente, como valor inicial."""
        for meta in accion.metas.all():
            self.fields[f"meta_{meta.trimestre}"].initial = meta.cantidad
            for lugar, cantidad in enumerate(meta.meses or (), 1):
                self.fields[campo_de_mes(meta.trimestre, lugar)].initial = cantidad

    def revisar_metas(self) -> None:
        """Los tres meses o ninguno, y que sumen; el error va en la cantidad del trimestre."""
        for trimestre in TRIMESTRES:
            if f"meta_{trimestre}" in self.fields:
                try:
                    self._programada(trimestre)
                except ValidationError as error:
                    self.add_error(f"meta_{trimestre}", error)

    def _programada(self, trimestre: int) -> int | tuple[int, int, int] | None:
        campos = [campo_de_mes(trimestre, lugar) for lugar in (1, 2, 3)]
        if {f"meta_{trimestre}", *campos} & set(self.errors):
            return None
        cantidad = self.cleaned_data.get(f"meta_{trimestre}")
        meses: list[Any] = [self.cleaned_data.get(campo) for campo in campos]
        if meses == [None] * 3:
            return cantidad
        if None in meses:
            raise ValidationError("Reparta la meta en los tres meses o en ninguno; en el que no toca va 0.")
        if cantidad is not None and sum(meses) != cantidad:
            raise ValidationError(f"Los tres meses suman {sum(meses):,} y la meta del trimestre es {cantidad:,}.")
        return meses[0], meses[1], meses[2]

    @property
    def metas(self) -> dict[int, int | tuple[int, int, int] | None]:
        return {n: self._programada(n) for n in TRIMESTRES}

    @property
    def reparte(self) -> bool:
        """Si algún mes trae cantidad o error."""
        return any(self[campo].value() not in (None, "") or self[campo].errors for campo in CAMPOS_DE_MES)
