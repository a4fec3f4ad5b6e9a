"""Páginas de las metas de un plan: la tabla, las reprogramaciones, los candados, los pesos y los textos."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from programas import consultas as de_programas
from programas import permisos
from programas.estados import EstadoDePrograma
from programas.models import Accion, Programa, Reprogramacion, TextoDePrograma
from programas.reglas import impedimentos_para_planear
from vinculacion.nucleo.bloques import Parrafo
from vinculacion.nucleo.paginas import Accion as Boton
from vinculacion.nucleo.paginas import ConPermiso, Paginas, Panel
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.salida.html import parrafo

from . import acciones, consultas, filters, forms, reglas, resources, tables
from .tabla import grupos, hay_meses


def _programa(pk: int) -> Programa:
    return get_object_or_404(de_programas.programas(), pk=pk)


def _metas(programa: Programa) -> str:
    return reverse("programas:metas", args=[programa.pk])


def _migas(programa: Programa, *mas: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Inicio", reverse("inicio")),
        ("Programas", reverse("programas:programa_lista")),
        (programa.nombre, programa.get_absolute_url()),
        *mas,
    ]


class Metas(ConPermiso, View):
    """Todas las metas del plan en una tabla, con lo reprogramado y sus trimestres cerrados."""

    permiso = permisos.VER_METAS

    def get(self, request, pk):
        programa = _programa(pk)
        de_ejes = grupos(programa)
        usuario = request.user
        contexto = {
            "titulo": f"Metas: {programa}",
            "programa": programa,
            "cara": "metas",
            "grupos": de_ejes,
            "por_mes": request.GET.get("meses") == "1",
            "reparten": hay_meses(de_ejes),
            "trimestres": _trimestres(programa, usuario),
            "reprogramaciones": list(consultas.reprogramaciones_de(programa).order_by("-fecha", "-pk")),
            "faltas_de_pesos": reglas.impedimentos_por_pesos(programa),
            "puede_editar": programa.estado == EstadoDePrograma.BORRADOR and usuario.has_perm(permisos.CAMBIAR_ACCION),
            "puede_reprogramar": programa.estado == EstadoDePrograma.APROBADO
            and usuario.has_perm(permisos.REPROGRAMAR),
            "puede_pesar": usuario.has_perm(permisos.CAMBIAR_ACCION) and not impedimentos_para_planear(programa),
            "migas": _migas(programa, ("Metas", "")),
        }
        return render(request, "programas/metas.html", contexto)


def _trimestres(programa: Programa, usuario) -> list[dict]:
    """El estado de cada trimestre, con quién lo cerró o abrió por última vez y lo anterior."""
    candados = consultas.candados(programa)
    pasos = consultas.pasos_de_candados(programa)
    filas = []
    for numero in range(1, 5):
        candado = candados.get(numero)
        puede = usuario.has_perm(permisos.ABRIR_TRIMESTRE)
        filas.append(
            {
                "numero": numero,
                "nombre": Trimestre(programa.anio, numero).ordinal,
                "candado": candado,
                "pasos": pasos.get(numero, []),
                "abre": bool(candado) and puede and not reglas.impedimentos_para_abrir(programa, candado),
                "cierra": bool(candado) and not candado.cerrado and puede,
            }
        )
    return filas


class _DeCandado(ConPermiso, View):
    permiso = permisos.ABRIR_TRIMESTRE
    abre: bool
    verbo: str
    hecho: str
    accion: Callable
    faltas: Callable

    def get(self, request, pk, trimestre):
        programa = self.programa(pk, trimestre)
        return self.pinta(programa, trimestre, forms.CandadoForm(abre=self.abre))

    def post(self, request, pk, trimestre):
        programa = self.programa(pk, trimestre)
        formulario = forms.CandadoForm(request.POST, abre=self.abre)
        if self.faltas(programa, consultas.candados(programa).get(trimestre)):
            return self.pinta(programa, trimestre, formulario, 409)
        if formulario.is_valid():
            try:
                self.accion(programa=programa, trimestre=trimestre, por=request.user, **formulario.cleaned_data)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                texto = f"{self.hecho} el {Trimestre(programa.anio, trimestre)}."
                messages.success(request, texto, extra_tags="guardado")
                return HttpResponseRedirect(f"{_metas(programa)}#candados")
        return self.pinta(programa, trimestre, formulario, 422)

    def programa(self, pk: int, trimestre: int) -> Programa:
        if trimestre not in (1, 2, 3, 4):
            raise Http404
        return _programa(pk)

    def pinta(self, programa, trimestre, formulario, status=200):
        candado = consultas.candados(programa).get(trimestre)
        nombre = f"{self.verbo} el {Trimestre(programa.anio, trimestre)}"
        contexto = {
            "titulo": nombre,
            "programa": programa,
            "candado": candado,
            "abre": self.abre,
            "verbo": self.verbo,
            "formulario": formulario,
            "faltas": self.faltas(programa, candado),
            "cancelar": f"{_metas(programa)}#candados",
            "migas": _migas(programa, ("Metas", _metas(programa)), (self.verbo, "")),
        }
        return render(self.request, "programas/metas_candado.html", contexto, status=status)


class Abrir(_DeCandado):
    abre, verbo, hecho = True, "Abrir", "Se abrió"
    accion = staticmethod(acciones.abrir_trimestre)

    def faltas(self, programa, candado):
        return reglas.impedimentos_para_abrir(programa, candado)


class Cerrar(_DeCandado):
    abre, verbo, hecho = False, "Cerrar", "Se cerró"
    accion = staticmethod(acciones.cerrar_trimestre)

    def faltas(self, programa, candado):
        return reglas.impedimentos_para_cerrar_otra_vez(candado)


class Reprogramar(ConPermiso, View):
    """Lo vigente y lo nuevo lado a lado, con su razón y su acuerdo."""

    permiso = permisos.REPROGRAMAR

    def get(self, request, pk):
        accion = get_object_or_404(de_programas.acciones(), pk=pk)
        return self.pinta(accion, self.formulario(accion, initial={"ultima": _ultima(accion)}))

    def post(self, request, pk):
        accion = get_object_or_404(de_programas.acciones(), pk=pk)
        formulario = self.formulario(accion, request.POST)
        status = 422
        if formulario.is_valid():
            datos = formulario.cleaned_data
            try:
                nueva = acciones.reprogramar(
                    accion=accion,
                    metas=formulario.metas,
                    meses=datos["meses"],
                    razon=datos["razon"],
                    acuerdo=datos["acuerdo"],
                    fecha=datos["fecha"],
                    vista=datos["ultima"] or 0,
                    por=request.user,
                )
            except ValidationError as error:
                reparte(formulario, error)
                status = 422 if (datos["ultima"] or 0) == _ultima(accion) else 409
            else:
                messages.success(request, f"Se reprogramó «{accion}».", extra_tags="guardado")
                return HttpResponseRedirect(nueva.get_absolute_url())
        return self.pinta(accion, formulario, status)

    def formulario(self, accion, datos=None, **mas):
        cerrados = consultas.cerrados(accion.eje.programa)
        return forms.ReprogramarForm(datos, accion=accion, cerrados=cerrados, **mas)

    def pinta(self, accion: Accion, formulario, status=200):
        programa = accion.eje.programa
        contexto = {
            "titulo": "Reprogramar metas",
            "accion": accion,
            "programa": programa,
            "formulario": formulario,
            "ultima": _ultima(accion),
            "faltas": reglas.impedimentos_para_reprogramar(programa),
            "candados": consultas.cerrados(programa).values(),
            "vigentes": consultas.foto(accion),
            "migas": _migas(
                programa,
                ("Metas", _metas(programa)),
                (str(accion), accion.get_absolute_url()),
                ("Reprogramar", ""),
            ),
        }
        return render(self.request, "programas/reprogramar.html", contexto, status=status)


def _ultima(accion: Accion) -> int:
    return accion.reprogramaciones.order_by("-pk").values_list("pk", flat=True).first() or 0


class ReprogramacionPaginas(Paginas):
    """No se editan ni se borran: una equivocada se corrige con otra."""

    modelo = Reprogramacion
    tabla = tables.ReprogramacionTabla
    filtro = filters.ReprogramacionFiltro
    recurso = resources.ReprogramacionRecurso
    busca = ("accion__nombre", "razon", "acuerdo__folio")
    femenino = True
    vistas = ("lista", "detalle", "importar")
    ayuda = "Los cambios de metas de planes aprobados, del primero al último. Se hacen en la página de cada acción."
    detalle = ("accion", ("Programa", lambda r: r.accion.eje.programa), "fecha", "razon", "acuerdo")

    def consulta(self, usuario):
        return consultas.reprogramaciones()

    def miga_superior(self, objeto):
        programas = [("Programas", reverse("programas:programa_lista"))]
        if objeto is None:
            return programas
        programa = objeto.accion.eje.programa
        return [*programas, (programa.nombre, programa.get_absolute_url()), ("Metas", _metas(programa))]

    def paneles(self, objeto, usuario):
        yield Panel("Qué cambió", "programas/reprogramacion_cambios.html", {"cambios": consultas.cambios(objeto)})

    def acciones_de(self, objeto, usuario):
        programa = objeto.accion.eje.programa
        if usuario.has_perm(permisos.REPROGRAMAR) and not reglas.impedimentos_para_reprogramar(programa):
            yield Boton("Reprogramar otra vez", reverse("programas:accion_reprogramar", args=[objeto.accion_id]))


class Pesos(ConPermiso, View):
    """Cuánto pesa cada eje en el plan y cada acción en su eje."""

    permiso = permisos.CAMBIAR_ACCION

    def get(self, request, pk):
        return self.pinta(*self.con_formulario(pk))

    def post(self, request, pk):
        programa, formulario = self.con_formulario(pk, request.POST)
        if formulario.is_valid():
            try:
                acciones.fijar_pesos(
                    programa=programa,
                    ejes=formulario.pesos(formulario.ejes),
                    acciones=formulario.pesos(formulario.acciones),
                    razon=formulario.cleaned_data["razon"],
                    por=request.user,
                )
            except ValidationError as error:
                return self.pinta(programa, formulario, 422, _por_grupo(formulario, error))
            messages.success(request, "Se guardaron los pesos.", extra_tags="guardado")
            return HttpResponseRedirect(_metas(programa))
        return self.pinta(programa, formulario, 422)

    def con_formulario(self, pk, datos=None):
        programa = _programa(pk)
        ejes = list(programa.ejes.order_by("numero"))
        suyas = list(
            Accion.objects.filter(eje__programa=programa).select_related("eje").order_by("eje__numero", "inciso")
        )
        return programa, forms.PesosForm(datos, programa=programa, ejes=ejes, acciones=suyas)

    def pinta(self, programa, formulario, status=200, errores=None):
        contexto = {
            "titulo": "Pesos de ejes y acciones",
            "programa": programa,
            "formulario": formulario,
            "faltas": impedimentos_para_planear(programa),
            "aprobado": programa.estado == EstadoDePrograma.APROBADO,
            "hay_ejes": any(g["filas"] for g in formulario.grupos_de_pesos()),
            "pesos": [{**g, "error": (errores or {}).get(g["clave"], "")} for g in formulario.grupos_de_pesos()],
            "cancelar": _metas(programa),
            "migas": _migas(programa, ("Metas", _metas(programa)), ("Pesos", "")),
        }
        return render(self.request, "programas/pesos.html", contexto, status=status)


def _por_grupo(formulario, error: ValidationError) -> dict[str, str]:
    """La suma que no da va al pie de su grupo, y al resumen de arriba; lo demás, a su campo."""
    grupos_mal = {}
    for clave, mensajes in getattr(error, "message_dict", {"": error.messages}).items():
        if clave in formulario.fields:
            formulario.add_error(clave, mensajes)
        else:
            grupos_mal[clave] = " ".join(mensajes)
            formulario.add_error(None, mensajes)
    return grupos_mal


class TextoPaginas(Paginas):
    modelo = TextoDePrograma
    tabla = tables.TextoTabla
    filtro = filters.TextoFiltro
    formulario = forms.TextoForm
    recurso = resources.TextoRecurso
    busca = ("titulo", "texto")
    ayuda = "La prosa del documento de cada programa: introducción, marco jurídico, anexos. Se imprimen en su orden."
    detalle = ("programa", "lugar", "orden")
    plantilla_detalle = "programas/texto_detalle.html"

    def consulta(self, usuario):
        return consultas.textos()

    def guardar(self, *, formulario, por):
        return acciones.guardar_texto(texto=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_texto(texto=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return impedimentos_para_planear(objeto.programa)

    impedimentos_para_eliminar = impedimentos_para_editar

    def contexto(self, request, vista, objeto=None):
        return {"previa": parrafo(Parrafo(objeto.texto, "markdown"))} if vista == "detalle" else {}

    def inicial(self, request):
        """El lugar que sigue, si ya se sabe en qué programa."""
        programa = request.GET.get("programa", "")
        if not (programa.isdecimal() and len(programa) < 19):
            return {}
        return {"orden": TextoDePrograma.objects.filter(programa=programa, lugar="antes").count() + 1}

    def miga_superior(self, objeto):
        programas = [("Programas", reverse("programas:programa_lista"))]
        if objeto is None or not objeto.pk:
            return programas
        return [*programas, (objeto.programa.nombre, objeto.programa.get_absolute_url())]
