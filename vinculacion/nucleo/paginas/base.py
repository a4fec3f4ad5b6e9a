"""La declaración de las páginas de un modelo y las rutas que salen de ella."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db import models
from django.http import HttpRequest
from django.urls import path, reverse

from vinculacion.nucleo import legible
from vinculacion.nucleo.texto import busca


class Accion(NamedTuple):
    """Un botón del detalle; ``metodo`` "post" lo hace formulario con su sello CSRF."""

    etiqueta: str
    url: str
    clase: str = "btn-outline-primary"
    metodo: str = "get"


class Panel(NamedTuple):
    """Un apartado del detalle, pintado con su plantilla."""

    titulo: str
    plantilla: str
    contexto: dict[str, Any]


class Paginas:
    """Lista, detalle, formulario, confirmación e intercambio de hojas de cálculo de un modelo."""

    modelo: ClassVar[type[models.Model]]
    tabla: ClassVar[type | None] = None
    filtro: ClassVar[type | None] = None
    formulario: ClassVar[type[forms.ModelForm] | None] = None
    conjuntos: ClassVar[Mapping[str, tuple[str, type]]] = {}  # prefijo → (título, formset en línea)
    recurso: ClassVar[type | None] = None
    detalle: ClassVar[tuple] = ()
    busca: ClassVar[tuple[str, ...]] = ()
    evidencia: ClassVar[bool] = False
    femenino: ClassVar[bool] = False
    articulo: ClassVar[str] = ""  # sólo si no sigue al género: «el área»
    clave: ClassVar[str] = ""  # nombre con que empiezan las rutas; por omisión, el del modelo
    ayuda: ClassVar[str] = ""  # una línea bajo el título de la lista
    capturar_otra: ClassVar[bool] = True
    vistas: ClassVar[tuple[str, ...]] = ("lista", "nuevo", "detalle", "editar", "eliminar", "evidencia", "importar")
    plantilla_lista: ClassVar[str] = "nucleo/lista.html"
    plantilla_detalle: ClassVar[str] = "nucleo/detalle.html"
    plantilla_formulario: ClassVar[str] = "nucleo/formulario.html"
    plantilla_eliminar: ClassVar[str] = "nucleo/confirmar.html"
    guiones: ClassVar[tuple[str, ...]] = ()  # JavaScript propio del formulario (ruta estática)

    espacio: str = ""

    # -- lo que una sala suele redefinir -------------------------------------
    def consulta(self, usuario) -> models.QuerySet:
        """Lo que ``usuario`` puede ver; fuera de aquí todo es 404."""
        return self.modelo._default_manager.all()

    def bloquear(self, pk: int) -> None:
        """Hasta el fin de la transacción nadie más guarda el registro."""
        # El renglón solo: la consulta visible puede llevar cruces que no admiten bloqueo.
        self.modelo._base_manager.select_for_update(no_key=True).filter(pk=pk).first()

    def guardar(self, *, formulario: forms.ModelForm, por) -> models.Model:
        """Escribe lo capturado y devuelve el registro; lo llama la página dentro de una transacción."""
        return formulario.save()

    def guardar_conjuntos(self, *, objeto: models.Model, conjuntos: Mapping[str, Any], por) -> None:
        for conjunto in conjuntos.values():
            conjunto.instance = objeto
            conjunto.save()

    def eliminar(self, *, objeto: models.Model, por) -> None:
        objeto.delete()

    def inicial(self, request: HttpRequest) -> dict[str, Any]:
        """Valores con que abre un registro nuevo."""
        return {}

    def en_blanco(self, request: HttpRequest) -> models.Model:
        """El registro nuevo del que cuelgan los conjuntos; con él saben de quién serán."""
        return self.modelo()

    def argumentos_formulario(self, request: HttpRequest) -> dict[str, Any]:
        """Argumentos de más para construir el formulario (por ejemplo ``usuario``)."""
        return {}

    def impedimentos_para_editar(self, objeto: models.Model, usuario) -> list[str]:
        return []

    def impedimentos_para_eliminar(self, objeto: models.Model, usuario) -> list[str]:
        return []

    def impedimentos_para_evidencia(self, objeto: models.Model, usuario) -> list[str]:
        """Por omisión, los de editar."""
        return self.impedimentos_para_editar(objeto, usuario)

    def impedimentos_para_quitar_evidencia(self, objeto: models.Model, usuario) -> list[str]:
        """Por omisión, los de agregarla."""
        return self.impedimentos_para_evidencia(objeto, usuario)

    def paneles(self, objeto: models.Model, usuario) -> Iterable[Panel | tuple]:
        return ()

    def acciones_de(self, objeto: models.Model, usuario) -> Iterable[Accion | tuple]:
        return ()

    def acciones_lista(self, usuario) -> Iterable[Accion | tuple]:
        return ()

    def advertencias(self, *, formulario: forms.ModelForm, usuario) -> list[str]:
        """Dudas que no impiden guardar: se enseñan una vez y la persona decide."""
        return []

    def contexto(self, request: HttpRequest, vista: str, objeto: models.Model | None = None) -> dict[str, Any]:
        """Contexto de más para la plantilla de ``vista`` (lista, detalle, formulario, eliminar)."""
        return {}

    def destino(self, objeto: models.Model) -> str:
        """Adónde se va después de guardar."""
        return self.url("detalle", objeto) if "detalle" in self.vistas else self.url("lista")

    def destino_otra(self, request: HttpRequest, objeto: models.Model) -> str:
        """Adónde lleva «guardar y capturar otra»: la misma hoja, en blanco."""
        return request.get_full_path()

    def miga_superior(self, objeto: models.Model | None) -> list[tuple[str, str]]:
        """Migas entre el inicio y la lista."""
        return []

    # -- nombres y direcciones -----------------------------------------------
    @property
    def nombre(self) -> str:
        return str(self.modelo._meta.verbose_name)

    @property
    def plural(self) -> str:
        return str(self.modelo._meta.verbose_name_plural)

    @property
    def raiz(self) -> str:
        return self.clave or self.modelo._meta.model_name

    @property
    def nuevo(self) -> str:
        """«Nuevo convenio», «Nueva sesión»."""
        return f"{'Nueva' if self.femenino else 'Nuevo'} {self.nombre}"

    @property
    def el(self) -> str:
        """«el convenio», «la sesión», «el área»."""
        return f"{self.articulo or ('la' if self.femenino else 'el')} {self.nombre}"

    @property
    def del_(self) -> str:
        return f"de {self.el}".replace("de el ", "del ", 1)

    def permiso(self, accion: str) -> str:
        return f"{self.modelo._meta.app_label}.{accion}_{self.modelo._meta.model_name}"

    def puede(self, usuario, accion: str) -> bool:
        return usuario.has_perm(self.permiso(accion))

    def puede_importar(self, usuario) -> bool:
        """Una hoja crea y cambia: pide los dos permisos."""
        return self.tiene("importar") and self.puede(usuario, "add") and self.puede(usuario, "change")

    def url(self, vista: str, objeto: models.Model | None = None, **mas) -> str:
        if objeto is not None:
            mas["pk"] = objeto.pk
        return reverse(f"{self.espacio}:{self.raiz}_{vista}", kwargs=mas)

    def tiene(self, vista: str) -> bool:
        if vista in {"nuevo", "editar"} and self.formulario is None:
            return False
        if vista in {"importar", "plantilla"}:
            return self.recurso is not None and "importar" in self.vistas
        if vista == "evidencia":
            return self.evidencia and "evidencia" in self.vistas
        return vista in self.vistas

    def buscar(self, consulta: models.QuerySet, texto: str) -> models.QuerySet:
        return busca(consulta, self.busca, texto)

    def datos(self, objeto: models.Model) -> list[tuple[str, Any]]:
        """(etiqueta, valor) de cada renglón del detalle."""
        nombres = self.detalle or tuple(c.name for c in self.modelo._meta.fields if c.editable and not c.primary_key)
        renglones = []
        for pieza in nombres:
            if isinstance(pieza, tuple):
                etiqueta, origen = pieza
                valor = origen(objeto) if callable(origen) else legible.campo(objeto, origen)[1]
            elif callable(pieza):
                etiqueta = getattr(pieza, "short_description", pieza.__name__.replace("_", " "))
                valor = pieza(objeto)
            else:
                etiqueta, valor = legible.campo(objeto, pieza)
            renglones.append((etiqueta[:1].upper() + etiqueta[1:], valor))
        return renglones

    # -- rutas ---------------------------------------------------------------
    @classmethod
    def urls(cls, espacio: str, prefijo: str = "") -> list:
        from . import vistas  # las vistas conocen a Paginas

        paginas = cls()
        paginas.espacio = espacio
        _DECLARADAS[cls.modelo] = paginas
        rutas = []

        def ruta(sufijo: str, nombre: str, vista: type, permiso: str) -> None:
            clase = type(
                f"{cls.__name__}_{nombre}",
                (vista,),
                {"paginas": paginas, "permiso": paginas.permiso(permiso), "__module__": cls.__module__},
            )
            rutas.append(path(f"{prefijo}{sufijo}", clase.as_view(), name=f"{paginas.raiz}_{nombre}"))

        if paginas.tiene("lista"):
            ruta("", "lista", vistas.VistaLista, "view")
        if paginas.tiene("nuevo"):
            ruta("nueva/" if cls.femenino else "nuevo/", "nuevo", vistas.VistaNuevo, "add")
        if paginas.tiene("importar"):
            from vinculacion.nucleo import hojas

            # Una hoja también corrige: quien sólo agrega (el papel Área) lo hace de uno en uno.
            ruta("importar/", "importar", hojas.VistaImportar, "change")
            ruta("plantilla/", "plantilla", hojas.VistaPlantilla, "change")
        if paginas.tiene("detalle"):
            ruta("<int:pk>/", "detalle", vistas.VistaDetalle, "view")
        if paginas.tiene("editar"):
            ruta("<int:pk>/editar/", "editar", vistas.VistaEditar, "change")
        if paginas.tiene("eliminar"):
            ruta("<int:pk>/eliminar/", "eliminar", vistas.VistaEliminar, "delete")
        if paginas.tiene("evidencia"):
            from . import evidencia

            ruta("<int:pk>/evidencia/", "evidencia", evidencia.VistaAgregar, "change")
            ruta("<int:pk>/evidencia/<int:evidencia>/quitar/", "evidencia_quitar", evidencia.VistaQuitar, "change")
        return rutas


_DECLARADAS: dict[type[models.Model], Paginas] = {}


def visible(usuario, objeto: models.Model) -> bool:
    """Si ``usuario`` puede ver ``objeto`` según las páginas de su modelo; sin páginas, según su permiso."""
    paginas = _DECLARADAS.get(type(objeto))
    if paginas is None:
        opciones = objeto._meta
        return usuario.has_perm(f"{opciones.app_label}.view_{opciones.model_name}")
    return paginas.puede(usuario, "view") and paginas.consulta(usuario).filter(pk=objeto.pk).exists()


def visibles(usuario, modelo: type[models.Model], claves: Iterable) -> set:
    """De ``claves``, las que ``usuario`` puede nombrar: las que le enseñan las páginas del modelo.

    Si no entra a ellas (un área y el directorio) son todas: ahí lo reservado es la página, no los nombres.
    """
    paginas = _DECLARADAS.get(modelo)
    if paginas is None or not paginas.puede(usuario, "view"):
        return set(claves)
    return set(paginas.consulta(usuario).filter(pk__in=list(claves)).order_by().values_list("pk", flat=True))
