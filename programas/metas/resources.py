"""Hojas de reprogramaciones y de textos del documento."""

from django.core.exceptions import ValidationError

from programas.models import Reprogramacion, TextoDePrograma
from vinculacion.nucleo import hojas

from . import acciones, consultas

AYUDA = "Cantidad nueva, o sus tres meses: 1; 1; 2. En blanco queda como estaba; 0 la cancela."


def _trimestre(n: int) -> hojas.Columna:
    return hojas.Columna(column_name=f"{n}T", widget=hojas.Lista(de=hojas.Entero()), virtual=True, ayuda=AYUDA)


class ReprogramacionRecurso(hojas.Recurso):
    """Cada fila es un cambio ya hecho o por hacer; los hechos no se corrigen, se hace otro."""

    clave = "reprogramaciones"

    t1, t2, t3, t4 = (_trimestre(n) for n in range(1, 5))
    meses = hojas.Columna(
        column_name="Meses programados",
        widget=hojas.Lista(de=hojas.Entero()),
        virtual=True,
        ejemplo="1; 2; 3",
        ayuda="Los del cronograma. En blanco quedan como estaban.",
    )

    class Meta:
        model = Reprogramacion
        import_id_fields = ("accion", "fecha", "razon")
        fields = ("accion", "fecha", "razon", "acuerdo", "t1", "t2", "t3", "t4", "meses")

    def consulta(self):
        return consultas.reprogramaciones()

    def after_init_instance(self, instance, new, row, **kwargs):
        super().after_init_instance(instance, new, row, **kwargs)
        if new:  # los pone la acción; aquí sólo para que la revisión del registro no los eche de menos
            instance.antes = instance.despues = {"metas": {}, "meses": []}

    @staticmethod
    def _programada(reprogramacion, trimestre: int) -> list[int]:
        meta = reprogramacion.despues["metas"].get(str(trimestre)) if reprogramacion.pk else None
        return [] if meta is None else (meta["meses"] or [meta["cantidad"]])

    def dehydrate_t1(self, reprogramacion):
        return self._programada(reprogramacion, 1)

    def dehydrate_t2(self, reprogramacion):
        return self._programada(reprogramacion, 2)

    def dehydrate_t3(self, reprogramacion):
        return self._programada(reprogramacion, 3)

    def dehydrate_t4(self, reprogramacion):
        return self._programada(reprogramacion, 4)

    def dehydrate_meses(self, reprogramacion):
        return reprogramacion.despues["meses"] if reprogramacion.pk else []

    def guardar(self, instancia, por):
        if instancia.pk:
            raise ValidationError("Una reprogramación hecha no se corrige: agregue otra fila con otra fecha o razón.")
        valores = instancia.valores_hoja
        metas, errores = {}, {}
        for n in range(1, 5):
            dichas = valores.get(f"t{n}") or []
            if len(dichas) not in (0, 1, 3):
                errores[f"t{n}"] = "Escriba una cantidad o tres, una por mes."
            elif dichas:
                metas[n] = dichas[0] if len(dichas) == 1 else tuple(dichas)
        if errores:
            raise ValidationError(errores)
        try:
            nueva = acciones.reprogramar(
                accion=instancia.accion,
                metas=metas,
                meses=valores.get("meses") or None,
                razon=instancia.razon,
                acuerdo=instancia.acuerdo,
                fecha=instancia.fecha,
                por=por,
            )
        except ValidationError as error:
            raise _en_columnas(error) from error
        instancia.pk = nueva.pk


def _en_columnas(error: ValidationError) -> ValidationError:
    """``meta_2`` es la columna ``t2`` de la hoja."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({clave.replace("meta_", "t"): errores for clave, errores in error.error_dict.items()})


class TextoRecurso(hojas.Recurso):
    clave = "textos"

    class Meta:
        model = TextoDePrograma
        import_id_fields = ("programa", "titulo")
        fields = ("programa", "lugar", "orden", "titulo", "texto")

    def consulta(self):
        return consultas.textos()

    def guardar(self, instancia, por):
        acciones.guardar_texto(texto=instancia, por=por)
