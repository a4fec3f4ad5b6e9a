"""La página de cada árbol y las de sus nodos."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import consultas
from programas.estados import Arbol, RolDeNodo
from programas.models import Nodo, Programa
from programas.planes.views import migas_de
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.graficas import en_uri
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas

from . import acciones, formularios_arbol, reglas_arbol
from .arbol import PLURAL, ROLES, arbol, por_niveles
from .dibujo import dibujos_de
from .resources_arbol import NodoRecurso

VER, AGREGAR, CAMBIAR, QUITAR = (f"programas.{a}_nodo" for a in ("view", "add", "change", "delete"))
CIFRAS_DE_UNA_LLAVE = 18


def en_el_arbol(nodo: Nodo) -> str:
    """La página de su árbol, abierta donde está el nodo."""
    return f"{nodo.get_absolute_url()}#nodo-{nodo.pk}"


def direccion(programa: Programa, cual: str) -> str:
    return reverse("programas:arbol", args=[programa.pk, cual])


def migas_del_arbol(programa: Programa, cual: Arbol) -> list[tuple[str, str]]:
    return [
        ("Inicio", reverse("inicio")),
        *migas_de(programa),
        ("Diagnóstico", reverse("programas:diagnostico", args=[programa.pk])),
        (cual.label, direccion(programa, cual)),
    ]


class VerArbol(ConPermiso, View):
    permiso = VER

    def get(self, request, pk, arbol):
        if arbol not in Arbol.values:
            raise Http404
        programa = get_object_or_404(consultas.programas(), pk=pk)
        return render(request, "programas/arbol.html", self.contexto(programa, Arbol(arbol)))

    def contexto(self, programa: Programa, cual: Arbol) -> dict:
        ramas = arbol(programa, cual)
        dibujos = dibujos_de(ramas, cual)
        usuario = self.request.user
        cerrado = impedimentos_para_planear(programa)
        central, abajo, arriba = ROLES[cual]
        vacio = not ramas
        return {
            "titulo": cual.label,
            "programa": programa,
            "cual": cual,
            "otro": next(a for a in Arbol if a != cual),
            "ramas": ramas,
            "dibujos": [(d, en_uri(d.svg)) for d in dibujos],
            "central": central,
            "arriba": (arriba, PLURAL[arriba]),
            "abajo": (abajo, PLURAL[abajo]),
            "agrega": not cerrado and usuario.has_perm(AGREGAR),
            "cambia": not cerrado and usuario.has_perm(CAMBIAR),
            "quita": not cerrado and usuario.has_perm(QUITAR),
            "cerrado": cerrado,
            "por_redactar": sum(r.por_redactar for rama in ramas for r in rama.todas()),
            "se_propone": cual == Arbol.OBJETIVOS
            and vacio
            and not cerrado
            and usuario.has_perm(AGREGAR)
            and bool(arbol(programa, Arbol.PROBLEMAS)),
            "migas": [*migas_del_arbol(programa, cual)[:-1], (cual.label, "")],
        }


class Proponer(ConPermiso, View):
    """Copia el árbol de problemas como punto de partida del de objetivos."""

    permiso = AGREGAR

    def post(self, request, pk):
        programa = get_object_or_404(consultas.programas(), pk=pk)
        try:
            hechos = acciones.proponer_objetivos(programa=programa, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Se copiaron {len(hechos)} nodos: redacte cada uno en positivo.")
        return HttpResponseRedirect(direccion(programa, Arbol.OBJETIVOS))


class Mover(ConPermiso, View):
    permiso = CAMBIAR

    def post(self, request, pk, sentido):
        nodo = get_object_or_404(Nodo, pk=pk)
        if sentido not in ("arriba", "abajo"):
            raise Http404
        try:
            acciones.mover_nodo(nodo=nodo, sentido=sentido, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(en_el_arbol(nodo))


class NodoPaginas(Paginas):
    modelo = Nodo
    tabla = formularios_arbol.NodoTabla
    filtro = formularios_arbol.NodoFiltro
    formulario = formularios_arbol.NodoForm
    recurso = NodoRecurso
    busca = ("clave", "texto")
    ayuda = "Las cajas de los árboles de problemas y de objetivos de todos los programas."
    detalle = ("programa", "clave", "rol", "padre", "orden", "texto", "contraparte")

    def consulta(self, usuario):
        return por_niveles(Nodo.objects.select_related("programa", "padre", "contraparte"))

    def argumentos_formulario(self, request):
        """``?padre=12&rol=causa`` o ``?programa=3&rol=problema``: lo que el árbol ya sabe del nodo nuevo."""
        padre = _de_llave(Nodo.objects.select_related("programa"), request.GET.get("padre"))
        programa = padre.programa if padre else _de_llave(Programa.objects.all(), request.GET.get("programa"))
        rol = request.GET.get("rol", "")
        return {"programa": programa, "padre": padre, "rol": rol if programa and rol in RolDeNodo.values else ""}

    def guardar(self, *, formulario, por):
        return acciones.guardar_nodo(nodo=formulario.instance, al_final=True, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_nodo(nodo=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas_arbol.impedimentos_para_tocar(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas_arbol.impedimentos_para_quitar(objeto)

    def destino(self, objeto):
        return en_el_arbol(objeto)

    def miga_superior(self, objeto):
        return migas_de(None)

    def acciones_de(self, objeto, usuario):
        yield Boton("Ver en el árbol", en_el_arbol(objeto))

    def contexto(self, request, vista, objeto=None):
        """A un nodo se llega por su árbol: las migas, el título y «Cancelar» lo dicen."""
        if objeto is not None:
            final = {"formulario": "Editar", "eliminar": "Eliminar"}.get(vista, "")
            camino = [(objeto.clave, self.url("detalle", objeto)), (final, "")] if final else []
            return {"migas": [*migas_del_arbol(objeto.programa, Arbol(objeto.arbol)), *camino]}
        sabido = self.argumentos_formulario(request)
        programa, rol, padre = (sabido[k] for k in ("programa", "rol", "padre"))
        if vista != "formulario" or not programa or not rol:
            return {}
        cual = next(a for a in Arbol if rol in ROLES[a])
        titulo = f"Agregar {RolDeNodo(rol).label.lower()}"
        return {
            "titulo": f"{titulo} a {padre.clave}" if padre else titulo,
            "cancelar": en_el_arbol(padre) if padre else direccion(programa, cual),
            "migas": [*migas_del_arbol(programa, cual), (titulo, "")],
        }


def _de_llave(consulta, valor):
    valor = valor or ""
    cabe = valor.isdecimal() and valor.isascii() and len(valor) <= CIFRAS_DE_UNA_LLAVE
    return consulta.filter(pk=valor).first() if cabe else None
