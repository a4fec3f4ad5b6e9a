"""La hoja de una sesión: un renglón por instrumento, con lo que reportó y el texto de su avance."""

import hashlib
from dataclasses import dataclass

from django.core.paginator import Paginator

from vinculacion.comision.models import Sesion
from vinculacion.nucleo.texto import busca

from .. import permisos
from ..models import Actualizacion, Convenio
from . import consultas, reglas
from .forms import RenglonDeSesionForm

POR_PAGINA = 40


def huella(reporto: bool, avance: str) -> str:
    """Lo que había en un renglón, para saber si la persona lo tocó y si otra lo cambió mientras tanto."""
    return hashlib.sha256(f"{int(reporto)}{_llano(avance)}".encode()).hexdigest()


def _llano(texto: str) -> str:
    """El navegador devuelve los saltos de línea a su manera."""
    return texto.replace("\r\n", "\n").strip()


@dataclass
class Renglon:
    convenio: Convenio
    guardada: Actualizacion | None
    formulario: RenglonDeSesionForm
    fijo: str  # por qué no se puede tocar
    se_puede_quitar: bool
    errores: list[str]
    ensenado: bool = False  # ya se le dijo lo que otra persona guardó

    @property
    def visto(self) -> str:
        """Lo que la persona tiene a la vista: de ahí parte su siguiente envío."""
        return self.huella_guardada if self.ensenado else self.formulario["visto"].value()

    @property
    def huella_guardada(self) -> str:
        return huella(self.guardada is not None, self.guardada.avance if self.guardada else "")

    @property
    def escrito(self) -> tuple[bool, str]:
        datos = self.formulario.cleaned_data
        reporto = datos["reporto"] or (self.guardada is not None and not self.se_puede_quitar)
        return reporto, datos["avance"]

    @property
    def tocado(self) -> bool:
        return not self.fijo and huella(*self.escrito) not in (
            self.formulario.cleaned_data["visto"],
            self.huella_guardada,
        )

    @property
    def choca(self) -> bool:
        return self.formulario.cleaned_data["visto"] != self.huella_guardada


class HojaDeSesion:
    def __init__(self, request, sesion: Sesion, datos=None):
        usuario = request.user
        self.sesion = sesion
        self.edita = usuario.has_perm(permisos.REPORTAR)
        self.texto = request.GET.get("texto", "")[:200]
        convenios = consultas.convenios_de_cuadricula(usuario, [sesion])
        convenios = busca(convenios, ("folio", "titulo", "contrapartes__nombre"), self.texto)
        self.pagina = Paginator(convenios, POR_PAGINA).get_page(request.GET.get("pagina", "")[:5] or 1)
        quita = usuario.has_perm(permisos.QUITAR_ACTUALIZACION)
        self.renglones = [self._renglon(c, quita, datos) for c in self.pagina]

    def _renglon(self, convenio, quita: bool, datos) -> Renglon:
        guardada = next(iter(convenio.de_la_cuadricula), None)
        reporto, avance = guardada is not None, guardada.avance if guardada else ""
        inicial = {"reporto": reporto, "avance": avance, "visto": huella(reporto, avance)}
        formulario = RenglonDeSesionForm(datos, prefix=str(convenio.pk), initial=inicial)
        fijo = "" if guardada else " ".join(reglas.impedimentos_para_reportar(convenio, self.sesion))
        return Renglon(convenio, guardada, formulario, fijo, quita, [])

    def es_valida(self) -> bool:
        """Revisa todos los renglones; los que otra persona cambió quedan con su error y lo suyo a la vista."""
        validos = [r.formulario.is_valid() for r in self.renglones]
        if not all(validos):
            return False
        for renglon in self.renglones:
            if renglon.tocado and renglon.choca:
                suyo = renglon.guardada.avance if renglon.guardada else ""
                otra = f"escribió: «{suyo}»" if suyo else "lo anotó sin texto" if renglon.guardada else "lo quitó"
                renglon.errores.append(f"Mientras tanto, otra persona {otra}. Si guarda otra vez, queda lo de usted.")
                renglon.ensenado = True
        return not any(r.errores for r in self.renglones)

    def cambios(self) -> tuple[dict[Convenio, str], list[Convenio]]:
        """Qué anotar, con su texto, y qué quitar."""
        tocados = [r for r in self.renglones if r.tocado]
        return (
            {r.convenio: _llano(r.escrito[1]) for r in tocados if r.escrito[0]},
            [r.convenio for r in tocados if not r.escrito[0]],
        )

    def reparte(self, errores: dict[str, list[str]]) -> None:
        for renglon in self.renglones:
            renglon.errores += errores.get(str(renglon.convenio.pk), [])
