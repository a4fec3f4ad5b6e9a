"""Formulario, tabla y filtro de los nodos."""

from typing import Any

import django_filters as filtros
import django_tables2 as tables
from django import forms

from programas.estados import Arbol, RolDeNodo
from programas.models import Nodo, Programa
from programas.models.diagnostico import PADRES
from programas.planes.forms import abiertos
from vinculacion.nucleo.formularios import FormularioBase

from .arbol import ROLES, claves, descendientes, lugar, siguiente_clave


class NodoForm(FormularioBase):
    """Desde el árbol ya se sabe de qué programa y en qué lado va; sin eso, se pregunta."""

    grupos = (("", ("programa", "rol", "padre", "texto", "contraparte", "clave")),)
    anchos = {"clave": 4}

    fields: dict[str, Any]  # cada campo con lo propio de su clase

    class Meta:
        model = Nodo
        fields = ("programa", "rol", "padre", "texto", "contraparte", "clave")
        widgets = {"texto": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, programa: Programa | None = None, rol: str = "", padre: Nodo | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        nuevo = self.instance.pk is None
        self.programa = programa = programa if nuevo else self.instance.programa
        self.rol = rol = rol if nuevo else self.instance.rol
        self.fields["programa"].queryset = abiertos(programa.pk if programa else None)
        self._fijo("programa", programa.pk if programa else None)
        self._fijo("rol", rol)
        if rol and not PADRES[rol]:
            del self.fields["padre"]
        else:
            self._entre("padre", PADRES.get(rol), () if nuevo else {self.instance.pk, *descendientes(self.instance)})
        if rol and rol not in ROLES[Arbol.OBJETIVOS]:
            del self.fields["contraparte"]
        else:
            self._entre("contraparte", ROLES[Arbol.PROBLEMAS])
        self.fields["clave"].required = False
        self.fields["clave"].help_text = "Corta: P1, C1, E1.2. En blanco, el sistema pone la que sigue."
        if nuevo and padre:
            self.initial["padre"] = padre.pk
        if nuevo and programa and rol:
            self.initial["clave"] = siguiente_clave(rol, padre, claves(programa))

    def _fijo(self, nombre: str, valor) -> None:
        if valor:
            self.initial[nombre] = valor
            self.fields[nombre].disabled = True
            self.fields[nombre].widget = forms.HiddenInput()

    def _entre(self, nombre: str, roles, menos=()) -> None:
        """Se ofrecen sólo los que pueden ser; lo demás lo contesta el modelo, que dice por qué no."""
        posibles = Nodo.objects.select_related("programa")
        self.fields[nombre].queryset = posibles
        posibles = (
            posibles.filter(programa=self.programa) if self.programa else posibles.filter(programa__in=abiertos())
        )
        if roles is not None:
            posibles = posibles.filter(rol__in=roles)
        ofrecidos = sorted((n for n in posibles if n.pk not in menos), key=lambda n: (n.programa.clave, *lugar(n)[1:]))
        self.fields[nombre].choices = [
            ("", "Elija…"),
            *((n.pk, str(n) if self.programa else f"{n.programa.clave} · {n}") for n in ofrecidos),
        ]

    def clean_texto(self) -> str:
        return " ".join(self.cleaned_data["texto"].split())

    def clean_clave(self) -> str:
        datos = self.cleaned_data
        clave, programa = datos["clave"].strip().upper(), datos.get("programa")
        if programa is None:
            return clave
        usadas = claves(programa)
        if not clave and datos.get("rol"):
            return siguiente_clave(datos["rol"], datos.get("padre"), usadas)
        if clave in usadas and clave != (self.instance.clave if self.instance.pk else ""):
            raise forms.ValidationError("Ya hay un nodo con esa clave en el programa.")
        return clave


class NodoTabla(tables.Table):
    clave = tables.Column(linkify=("programas:nodo_detalle", {"pk": tables.A("pk")}), attrs={"td": {"class": "corto"}})
    padre = tables.Column(accessor="padre__clave", verbose_name="Cuelga de")
    contraparte = tables.Column(accessor="contraparte__clave", verbose_name="Contraparte")
    programa = tables.Column(accessor="programa__clave", verbose_name="Programa", attrs={"td": {"class": "corto"}})

    class Meta:
        model = Nodo
        fields = ("clave", "texto", "rol", "padre", "contraparte", "programa")


class NodoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=Programa.objects.order_by("-anio", "clave"), label="programa")
    rol = filtros.ChoiceFilter(choices=RolDeNodo.choices, label="rol")

    class Meta:
        model = Nodo
        fields = ("programa", "rol")
