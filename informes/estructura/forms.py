"""Formularios del árbol: un apartado, dónde va, sus secciones con su presentación y sus imágenes."""

from django import forms

from programas.models import Accion
from vinculacion.nucleo.bloques import Columna
from vinculacion.nucleo.formularios import Formulario, FormularioBase, arregla
from vinculacion.nucleo.secciones import SECCIONES

from .. import arbol
from ..estados import Lugar
from ..forms import sin_errores_de_narrativa
from ..models import Apartado, ImagenDeApartado
from . import imagenes
from .presentacion import ColumnaElegida, Orden, Presentacion

ORDENES = (1, 2, 3)


class CampoDeApartado(forms.ModelChoiceField):
    """Un apartado de un documento, con su número y sangrado según su nivel."""

    def __init__(self, **mas):
        super().__init__(Apartado.objects.none(), **mas)

    def de(self, documento, menos: Apartado | None = None) -> None:
        nodos = arbol.en_orden(documento)
        fuera = {n.apartado.pk for raiz in nodos if raiz.apartado == menos for n in raiz.recorrer()}
        rotulos = {n.apartado.pk: n.rotulo for n in nodos if n.apartado.pk not in fuera}
        self.queryset = documento.apartados.filter(pk__in=rotulos)
        vacio = [("", self.empty_label)] if self.empty_label is not None else []
        self.widget.choices = [*vacio, *rotulos.items()]


class DondeForm(Formulario):
    """Un lugar del árbol: antes, después o dentro de otro apartado."""

    grupos = (("", (("donde", "junto_a"),)),)
    anchos = {"donde": 4, "junto_a": 8}
    donde = forms.ChoiceField(label="dónde va", choices=list(arbol.LUGARES.items()), initial=arbol.DENTRO)
    junto_a = CampoDeApartado(
        label="apartado de referencia", required=False, help_text="En blanco: al final del primer nivel."
    )

    def __init__(self, *args, documento, menos: Apartado | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["junto_a"].empty_label = "Todo el documento"
        self.fields["junto_a"].de(documento, menos)


class TraerForm(DondeForm):
    grupos = (("", ("apartado", ("donde", "junto_a"))),)
    apartado = CampoDeApartado(label="apartado que se copia")

    def __init__(self, *args, origen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["apartado"].de(origen)


class ApartadoForm(FormularioBase):
    grupos = (
        ("", ("titulo", ("numeracion", "hoja"), ("donde", "junto_a"), "accion", "en_indice")),
        ("Texto", ("narrativa", "explicacion")),
    )
    donde = forms.ChoiceField(
        label="dónde va", choices=list(arbol.LUGARES.items()), initial=arbol.DENTRO, required=False
    )
    junto_a = CampoDeApartado(
        label="apartado de referencia", required=False, help_text="En blanco: al final del primer nivel."
    )

    class Meta:
        model = Apartado
        fields = ("titulo", "numeracion", "hoja", "accion", "en_indice", "narrativa", "explicacion")
        widgets = {
            "narrativa": forms.Textarea(attrs={"rows": 10, "data-narrativa": ""}),
            "explicacion": forms.Textarea(attrs={"rows": 3, "data-narrativa": ""}),
        }

    def __init__(self, *args, documento=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or documento is None:
            del self.fields["donde"], self.fields["junto_a"]  # de lugar se cambia en el árbol
        else:
            self.fields["junto_a"].empty_label = "Todo el documento"
            self.fields["junto_a"].de(documento)
            setattr(self.instance, type(documento)._meta.model_name, documento)
        hoja = self.fields["hoja"]
        hoja.choices = [("", "De pie"), *Apartado.hoja.field.choices]
        hoja.help_text = "De pie, los del primer nivel empiezan página. Apaisada, para los cuadros muy anchos."
        self.fields["accion"].queryset = Accion.objects.select_related("eje__programa").order_by(
            "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso"
        )
        self.fields["accion"].label_from_instance = lambda a: f"{a.clave} · {a.nombre}"

    def clean_narrativa(self):
        return sin_errores_de_narrativa(self.cleaned_data["narrativa"])

    def clean_explicacion(self):
        return sin_errores_de_narrativa(self.cleaned_data["explicacion"])


class UsoForm(Formulario):
    """Título, lugar y texto previo de una sección, más los parámetros que ella misma declara."""

    titulo = forms.CharField(
        label="título", max_length=300, required=False, help_text="El del cuadro y, si es anexo, el suyo."
    )
    lugar = forms.ChoiceField(label="dónde va", choices=Lugar.choices, required=False)
    vista = forms.CharField(required=False, widget=forms.HiddenInput)  # el último cambio que la persona vio
    texto_previo = forms.CharField(
        label="texto que la antecede",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-narrativa": ""}),
        help_text="Admite Markdown y cifras vivas.",
    )

    def __init__(self, *args, seccion: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.parametros = None
        clase = SECCIONES[seccion].formulario
        if clase is not None:
            datos = args[0] if args else None
            inicial = kwargs.get("initial", {}).get("parametros", {})
            if not isinstance(inicial, dict):
                inicial = {}
            self.parametros = clase(datos, initial=inicial, prefix="p")
            for campo in self.parametros.fields.values():
                arregla(campo)

    def is_valid(self) -> bool:
        # Los dos se revisan siempre: los errores se dicen todos juntos.
        propios = super().is_valid()
        return (self.parametros is None or self.parametros.is_valid()) and propios

    def clean_lugar(self):
        return self.cleaned_data["lugar"] or Lugar.CUERPO

    def clean_texto_previo(self):
        return sin_errores_de_narrativa(self.cleaned_data["texto_previo"])

    def parametros_json(self) -> dict:
        """Los parámetros como se escribieron, para que sobrevivan a un cambio de la sección."""
        if self.parametros is None:
            return {}
        crudos = {}
        for nombre, campo in self.parametros.fields.items():
            valor = campo.widget.value_from_datadict(
                self.parametros.data, self.parametros.files, self.parametros.add_prefix(nombre)
            )
            if valor not in (None, "", []):
                crudos[nombre] = valor
        return crudos


class ColumnaForm(forms.Form):
    titulo = forms.CharField(widget=forms.HiddenInput, max_length=300)
    incluir = forms.BooleanField(label="va", required=False)
    lugar = forms.IntegerField(label="lugar", required=False, min_value=0, max_value=999)
    encabezado = forms.CharField(label="se llama", required=False, max_length=200)
    ancho = forms.IntegerField(label="ancho (%)", required=False, min_value=1, max_value=100)
    combinar = forms.BooleanField(label="no repetir valores iguales", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            arregla(campo)
        for nombre, campo in self.fields.items():
            campo.widget.attrs["aria-label"] = f"{campo.label}: {self.titulo_puesto}"
            clase = "form-check-input" if isinstance(campo, forms.BooleanField) else "form-control form-control-sm"
            campo.widget.attrs["class"] = clase + (" is-invalid" if self.is_bound and self.errors.get(nombre) else "")

    def clean(self):
        datos = super().clean()
        for nombre in ("encabezado", "ancho"):
            if datos.get(nombre) and nombre in self.changed_data and not datos.get("incluir"):
                self.add_error(nombre, "Marque que la columna va, o deje esto como estaba.")
        return datos

    @property
    def titulo_puesto(self) -> str:
        return str(self["titulo"].value() or "")


class PresentacionForm(Formulario):
    """Cómo se presentan los cuadros de una sección; las columnas son las que de verdad da."""

    encabezado = forms.CharField(
        label="encabezado", required=False, max_length=300, help_text="Un subtítulo antes de los cuadros."
    )
    por_anio = forms.BooleanField(
        label="un cuadro por cada año del informe", required=False, help_text="Sin marcar, uno de todo el periodo."
    )
    agrupar = forms.ChoiceField(label="agrupar por", required=False, help_text="Un renglón encabeza cada grupo.")
    subtotales = forms.BooleanField(label="subtotal de cada grupo", required=False)
    totales = forms.BooleanField(label="totales de las columnas de números", required=False)
    apaisada = forms.BooleanField(label="hoja apaisada (si va como anexo)", required=False)
    notas = forms.CharField(
        label="notas al pie", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Una por renglón."
    )

    def __init__(self, datos=None, *, presentacion: Presentacion, columnas: tuple[Columna, ...]):
        inicial = {
            **{campo: getattr(presentacion, campo) for campo in ("encabezado", "por_anio", "agrupar")},
            **{campo: getattr(presentacion, campo) for campo in ("subtotales", "totales", "apaisada")},
            "notas": "\n".join(presentacion.notas),
        }
        for n, orden in zip(ORDENES, presentacion.orden, strict=False):
            inicial |= {f"orden_{n}": orden.columna, f"descendente_{n}": orden.descendente}
        super().__init__(datos, initial=inicial, prefix="v")
        hay = [c.titulo for c in columnas]
        self.ya_no = [t for t in presentacion.nombradas if t not in hay]
        opciones = [("", "—"), *((t, t) for t in hay), *((t, f"{t} (ya no existe)") for t in self.ya_no)]
        for n in ORDENES:
            self.fields[f"orden_{n}"] = forms.ChoiceField(
                label="ordenar por" if n == 1 else "y después por", required=False
            )
            self.fields[f"descendente_{n}"] = forms.BooleanField(label="de mayor a menor", required=False)
        for nombre in ("agrupar", *(f"orden_{n}" for n in ORDENES)):
            self.fields[nombre].choices = opciones
            arregla(self.fields[nombre])
        self.columnas = ConjuntoDeColumnas(datos, initial=_renglones(presentacion, hay, self.ya_no), prefix="c")

    @property
    def grupos(self):  # type: ignore[override]
        return (
            (
                "Orden y grupos",
                (*((f"orden_{n}", f"descendente_{n}") for n in ORDENES), ("agrupar", "subtotales"), "totales"),
            ),
            ("Años, hoja y notas", ("por_anio", "apaisada", "encabezado", "notas")),
        )

    def is_valid(self) -> bool:
        propios = super().is_valid()
        return self.columnas.is_valid() and propios

    def presentacion(self) -> Presentacion:
        datos = self.cleaned_data
        todos = [formulario.cleaned_data for formulario in self.columnas.forms]
        renglones = [f.cleaned_data for f in sorted(self.columnas.forms, key=_lugar) if f.cleaned_data.get("incluir")]
        elegidas = tuple(
            ColumnaElegida(
                r["titulo"], r["encabezado"] if r["encabezado"] != r["titulo"] else "", r.get("ancho") or None
            )
            for r in renglones
        )
        return Presentacion(
            columnas=elegidas,
            orden=tuple(Orden(datos[f"orden_{n}"], datos[f"descendente_{n}"]) for n in ORDENES if datos[f"orden_{n}"]),
            combinar=tuple(r["titulo"] for r in todos if r.get("combinar")),
            notas=tuple(n.strip() for n in datos["notas"].splitlines() if n.strip()),
            **{c: datos[c] for c in ("agrupar", "subtotales", "totales", "por_anio", "encabezado", "apaisada")},
        )


def _renglones(presentacion: Presentacion, hay: list[str], ya_no: list[str]) -> list[dict]:
    """Primero las elegidas, en su orden; después las demás, sin marcar."""
    elegidas = {c.titulo: c for c in presentacion.columnas}
    orden = [*elegidas, *(t for t in (*hay, *ya_no) if t not in elegidas)]
    return [
        {
            "titulo": titulo,
            "incluir": titulo in elegidas,
            "lugar": lugar,
            "encabezado": elegidas[titulo].encabezado if titulo in elegidas else "",
            "ancho": elegidas[titulo].ancho if titulo in elegidas else None,
            "combinar": titulo in presentacion.combinar,
        }
        for lugar, titulo in enumerate(orden, 1)
    ]


def _lugar(formulario: ColumnaForm) -> tuple[int, int]:
    """El escrito; si otra ya lo tiene, la que subió a él va antes y la que bajó, después."""
    lugar, antes = formulario.cleaned_data.get("lugar"), formulario.initial.get("lugar", 0)
    return (999, 0) if lugar is None else (lugar, (lugar > antes) - (lugar < antes))


class AnchosQueCaben(forms.BaseFormSet):
    """Lo que los anchos escritos dejan libre se reparte entre las columnas que no lo traen."""

    def clean(self):
        elegidas = [f for f in self.forms if f.is_valid() and f.cleaned_data.get("incluir")]
        con_ancho = [f for f in elegidas if f.cleaned_data.get("ancho")]
        suma = sum(f.cleaned_data["ancho"] for f in con_ancho)
        if suma > 100 or (suma == 100 and len(con_ancho) < len(elegidas)):
            mas = "y no dejan lugar a las demás columnas" if suma == 100 else "y no caben más de 100"
            con_ancho[-1].add_error("ancho", f"Los anchos suman {suma}, {mas}.")
            con_ancho[-1].fields["ancho"].widget.attrs["class"] += " is-invalid"


ConjuntoDeColumnas = forms.formset_factory(ColumnaForm, formset=AnchosQueCaben, extra=0, max_num=80, absolute_max=100)


class ImagenForm(FormularioBase):
    grupos = (("", ("archivo", "alternativo", "titulo", ("nota", "ancho"))),)
    anchos = {"ancho": 4, "nota": 8}
    archivo = forms.FileField(
        label="imagen",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp", "data-tope": imagenes.PESO_MAXIMO}),
        allow_empty_file=True,
        help_text="PNG, JPEG o WebP, hasta 15 MB. Se le quitan los datos de la cámara.",
    )
    ancho = forms.IntegerField(label="ancho (% de la hoja)", min_value=10, max_value=100, initial=100)

    class Meta:
        model = ImagenDeApartado
        fields = ("alternativo", "titulo", "nota", "ancho")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["archivo"].required = False
            self.fields["archivo"].label = "Otra imagen en su lugar"
        self.contenido = None

    def clean_archivo(self):
        if archivo := self.cleaned_data.get("archivo"):
            self.contenido = imagenes.limpia(archivo)
        return archivo
