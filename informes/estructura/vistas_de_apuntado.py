"""Apuntar un informe o una plantilla a los planes de otro año: primero a cuáles, después acción por acción."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import consultas
from programas.models import Programa
from vinculacion.comision.models import Comision
from vinculacion.nucleo.formularios import Formulario, arregla
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO

from ..documentos import exigir_editable, migas_de
from ..models import Informe, Plantilla
from . import apuntado

IGUAL = ("", "Se queda igual")


class DestinosForm(Formulario):
    """A qué plan, comisión y año pasa cada uno de los que hoy se nombran; en blanco, se quedan."""

    def __init__(self, *args, nombrados: apuntado.Nombrados, **kwargs):
        super().__init__(*args, **kwargs)
        self.nombrados = nombrados
        planes = [(str(p.pk), f"{p.nombre} ({p.clave})") for p in Programa.objects.order_by("-anio", "clave")]
        for programa in nombrados.programas:
            propuesto = apuntado.programa_propuesto(programa)
            self._campo(
                f"programa-{programa.pk}",
                forms.ChoiceField(
                    label=f"{programa.nombre} ({programa.clave})",
                    choices=[IGUAL, *(p for p in planes if p[0] != str(programa.pk))],
                    initial=str(propuesto.pk) if propuesto else "",
                    required=False,
                ),
            )
        for comision in nombrados.comisiones:
            self._campo(
                f"comision-{comision.pk}",
                forms.ChoiceField(
                    label=f"comisión {comision.siglas}",
                    choices=[
                        IGUAL,
                        *((c.siglas, str(c)) for c in Comision.objects.exclude(pk=comision.pk).order_by("siglas")),
                    ],
                    required=False,
                ),
            )
        for anio in nombrados.anios:
            self._campo(
                f"anio-{anio}",
                forms.IntegerField(
                    label=f"año {anio} de los parámetros", required=False, min_value=ANIO_MINIMO, max_value=ANIO_MAXIMO
                ),
            )

    def _campo(self, nombre: str, campo: forms.Field) -> None:
        arregla(campo)
        self.fields[nombre] = campo

    def clean(self):
        datos = super().clean()
        if not self.errors and not any(datos.values()):
            raise ValidationError("Elija al menos uno que cambie: así como está, todo se queda igual.")
        return datos

    def destinos(self) -> dict[str, Programa]:
        elegidos = {p.clave: self.cleaned_data[f"programa-{p.pk}"] for p in self.nombrados.programas}
        planes = {str(p.pk): p for p in Programa.objects.filter(pk__in=[pk for pk in elegidos.values() if pk])}
        return {clave: planes[pk] for clave, pk in elegidos.items() if pk and planes[pk].clave != clave}

    def cambios(self) -> apuntado.Cambios:
        datos = self.cleaned_data
        return apuntado.Cambios(
            programas={clave: p.clave for clave, p in self.destinos().items()},
            comisiones={c.siglas: s for c in self.nombrados.comisiones if (s := datos[f"comision-{c.pk}"])},
            anios={a: nuevo for a in self.nombrados.anios if (nuevo := datos[f"anio-{a}"])},
        )


class AccionesForm(Formulario):
    """La acción que sustituye a cada una de las que un apartado nombra."""

    def __init__(self, *args, menciones: list[apuntado.Mencion], destinos: dict[str, Programa], **kwargs):
        super().__init__(*args, **kwargs)
        self.menciones = menciones
        opciones = {
            p.pk: [
                ("", "Ninguna: queda por revisar"),
                *((a.clave, f"{a.clave} · {a.nombre}") for a in consultas.acciones().filter(eje__programa=p)),
            ]
            for p in {p.pk: p for p in destinos.values()}.values()
        }
        for mencion in menciones:
            destino = destinos[mencion.clave.partition(":")[0]]
            campo = forms.ChoiceField(
                choices=opciones[destino.pk],
                initial=mencion.propuesta.clave if mencion.propuesta else "",
                required=False,
                label=f"acción que sustituye a {mencion.clave} en {mencion.apartado}",
            )
            arregla(campo)
            campo.widget.attrs |= {"aria-label": campo.label, "class": "form-select"}
            self.fields[mencion.campo] = campo

    @property
    def renglones(self):
        return [(mencion, self[mencion.campo]) for mencion in self.menciones]

    def elegidas(self) -> dict[tuple[int, str], str]:
        return {(m.apartado.pk, m.clave): self.cleaned_data[m.campo] for m in self.menciones}


class Apuntar(ConPermiso, View):
    permiso = "informes.change_apartado"

    def dispatch(self, request, *args, modelo, pk, **kwargs):
        if request.user.has_perm(self.permiso):
            self.documento = get_object_or_404({"informe": Informe, "plantilla": Plantilla}[modelo], pk=pk)
            exigir_editable(self.documento)
            self.nombrados = apuntado.nombrados(self.documento)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        elegidos = DestinosForm(request.GET if "elegir" in request.GET else None, nombrados=self.nombrados)
        return self.responde(request, elegidos, self.por_confirmar(elegidos) if elegidos.is_valid() else None)

    def post(self, request):
        elegidos = DestinosForm(request.GET, nombrados=self.nombrados)
        if not elegidos.is_valid():
            return self.responde(request, elegidos, None, 422)
        acciones = self.por_confirmar(elegidos, request.POST)
        if acciones.is_valid():
            cambios = elegidos.cambios()
            cambios.acciones = acciones.elegidas()
            try:
                faltas = apuntado.apuntar(documento=self.documento, cambios=cambios, por=request.user)
            except ValidationError as error:
                acciones.add_error(None, error.messages)
            else:
                if faltas:
                    return self.responde(request, None, None, faltas=faltas)
                messages.success(request, "Todo quedó apuntado a los planes que eligió.")
                return HttpResponseRedirect(self.documento.get_absolute_url())
        return self.responde(request, elegidos, acciones, 422)

    def por_confirmar(self, elegidos: DestinosForm, datos=None) -> AccionesForm:
        destinos = elegidos.destinos()
        return AccionesForm(datos, menciones=apuntado.proponer(self.documento, destinos), destinos=destinos)

    def responde(self, request, elegidos, acciones, status=200, faltas=None):
        return render(
            request,
            "informes/estructura/apuntar.html",
            {
                "titulo": "Apuntar a otros planes",
                "documento": self.documento,
                "formulario": acciones if acciones is not None and acciones.is_bound else elegidos,
                "elegidos": elegidos,
                "acciones_por_confirmar": acciones,
                "faltas": faltas,
                "cancelar": self.documento.get_absolute_url(),
                "migas": [("Inicio", reverse("inicio")), *migas_de(self.documento), ("Apuntar a otros planes", "")],
            },
            status=status,
        )
