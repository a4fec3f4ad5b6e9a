"""Lo que llega de la página del balance o de los pendientes, y lo que choca con lo que otra persona guardó."""

import re
from dataclasses import dataclass, field

from django.http import QueryDict

from informes.models import Informe, Renglon

from . import consultas
from .forms import CAMPOS, RenglonForm
from .reglas import EN_BLANCO

CHOQUE = "{quien} lo cambió mientras usted lo editaba. Ahora dice: «{dice}». Lo que usted escribió sigue aquí: si vuelve a guardar, queda lo suyo."
SE_FUE = "Otra persona eliminó este renglón mientras usted lo editaba. Lo que escribió sigue aquí, como renglón nuevo."


@dataclass
class Envio:
    """Los formularios de la página y, si vale, lo que hay que escribir."""

    formularios: list[RenglonForm] = field(default_factory=list)
    nuevos: list[RenglonForm] = field(default_factory=list)
    cambiados: list[Renglon] = field(default_factory=list)
    quitados: list[Renglon] = field(default_factory=list)
    orden: list[int] = field(default_factory=list)
    vale: bool = True
    choca: bool = False

    @property
    def por_agregar(self) -> list[Renglon]:
        return [Renglon(**formulario.escrito()) for formulario in self.nuevos if formulario.cleaned_data.get("texto")]


def en_blanco() -> list[RenglonForm]:
    return [RenglonForm(prefix=f"n{n}") for n in range(EN_BLANCO)]


def abrir(informe: Informe, clase: str) -> Envio:
    lista = list(consultas.renglones(informe, clase))
    return Envio([RenglonForm(renglon=r, lugar=n) for n, r in enumerate(lista, start=1)], en_blanco())


def leer(informe: Informe, clase: str, datos: QueryDict) -> Envio:
    """Revisa todo lo enviado; no escribe nada."""
    lista = list(consultas.renglones(informe, clase))
    enviados = {int(n[1]) for clave in datos if (n := re.fullmatch(r"r(\d{1,18})-version", clave))}
    vistos = _vistos(lista, datos)
    envio = Envio()
    for lugar, renglon in enumerate(lista, start=1):
        if renglon.pk not in enviados:
            envio.formularios.append(RenglonForm(renglon=renglon, lugar=lugar))
            continue
        formulario = RenglonForm(datos, renglon=renglon, lugar=lugar)
        envio.formularios.append(formulario)
        _revisar(envio, formulario, renglon, vistos)
    envio.orden = _orden(envio.formularios)
    _revisar_nuevos(envio, datos, enviados - {r.pk for r in lista})
    return envio


def _vistos(lista: list[Renglon], datos: QueryDict) -> dict[int, dict]:
    """Lo que cada renglón decía cuando se abrió la página, si ya no dice eso."""
    viejos = {r.pk: datos.get(f"r{r.pk}-version", "") for r in lista}
    viejos = {pk: v for pk, v in viejos.items() if v.isdecimal() and len(v) < 9}
    actual = {r.pk: r for r in lista}
    historia = Renglon.history.filter(id__in=[pk for pk, v in viejos.items() if int(v) != actual[pk].version])
    return {
        h.id: {c: getattr(h, c) for c in CAMPOS}
        for h in historia.order_by("history_id")
        if str(h.version) == viejos[h.id]
    }


def _revisar(envio: Envio, formulario: RenglonForm, renglon: Renglon, vistos: dict[int, dict]) -> None:
    if not formulario.is_valid():
        envio.vale = False
        return
    guardado = {c: getattr(renglon, c) for c in CAMPOS}
    al_dia = formulario.cleaned_data["version"] == str(renglon.version)
    quita = formulario.cleaned_data.get("quitar", False)
    if not quita and not formulario.toco(guardado):
        return
    if not al_dia and not quita and renglon.pk in vistos and not formulario.toco(vistos[renglon.pk]):
        # No lo tocó: se queda lo que la otra persona guardó.
        envio.formularios[-1] = RenglonForm(renglon=renglon, lugar=len(envio.formularios))
        return
    if not al_dia:
        ultimo = renglon.history.select_related("history_user").first()
        quien = str(ultimo.history_user) if ultimo and ultimo.history_user else "Otra persona"
        formulario.add_error("texto", CHOQUE.format(quien=quien, dice=renglon.texto))
        formulario.data = {**dict(formulario.data.items()), formulario.add_prefix("version"): str(renglon.version)}
        envio.vale, envio.choca = False, True
    elif quita:
        envio.quitados.append(renglon)
    elif formulario.revisa_narrativa():
        for campo, valor in formulario.escrito().items():
            setattr(renglon, campo, valor)
        envio.cambiados.append(renglon)
    else:
        envio.vale = False


def _orden(formularios: list[RenglonForm]) -> list[int]:
    """Las llaves como quedarían; vacío si nadie movió nada. A igual lugar, primero el que se movió."""

    def puesto(par: tuple[int, RenglonForm]) -> tuple:
        lugar, formulario = par
        escrito = formulario.cleaned_data.get("orden") if formulario.is_bound and formulario.is_valid() else None
        return (escrito or lugar, lugar == (escrito or lugar), lugar)

    en_orden = [f for _, f in sorted(enumerate(formularios, start=1), key=puesto)]
    return [f.renglon.pk for f in en_orden if f.renglon] if en_orden != formularios else []


def _revisar_nuevos(envio: Envio, datos: QueryDict, idos: set[int]) -> None:
    numeros = sorted({int(n[1]) for clave in datos if (n := re.fullmatch(r"n(\d{1,3})-texto", clave))})
    for numero in numeros:
        formulario = RenglonForm(datos, prefix=f"n{numero}")
        envio.nuevos.append(formulario)
        if not formulario.is_valid() or not formulario.revisa_narrativa():
            envio.vale = False
    libre = max([*numeros, EN_BLANCO - 1]) + 1
    for lugar, pk in enumerate(sorted(idos), start=libre):
        texto = datos.get(f"r{pk}-texto", "")
        copia = {f"n{lugar}-{campo}": datos.get(f"r{pk}-{campo}", "") for campo in CAMPOS}
        formulario = RenglonForm(copia, prefix=f"n{lugar}")
        formulario.is_valid()
        if texto.strip():
            formulario.add_error("texto", SE_FUE)
            envio.nuevos.append(formulario)
            envio.vale, envio.choca = False, True
