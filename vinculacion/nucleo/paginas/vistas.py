"""Lista, detalle, formulario y confirmación, gobernados por una declaración de ``Paginas``."""

from collections import Counter

from crispy_forms.helper import FormHelper
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin
from django_tables2 import RequestConfig

from vinculacion.nucleo import caras, hojas
from vinculacion.nucleo.formularios import arregla_filtro
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import hoy

from . import conflicto, envios, historia
from .acceso import ConPermiso, siguiente
from .base import Accion, Paginas, Panel
from .conjuntos import enlazar

POR_PAGINA = (25, 50, 100)
FORMATOS = {"csv", "xlsx"}


def reparte(formulario, error: ValidationError) -> None:
    """Los errores de una acción van al campo que nombran, si el formulario lo tiene; los demás, arriba."""
    if not hasattr(error, "error_dict"):
        formulario.add_error(None, error)
        return
    for nombre, errores in error.error_dict.items():
        formulario.add_error(nombre if nombre in formulario.fields else None, errores)


class Vista(ConPermiso, TemplateResponseMixin, View):
    """Lo común: de quién son las páginas, el registro visible y las migas."""

    paginas: Paginas

    def objeto(self, pk: int) -> models.Model:
        return get_object_or_404(self.paginas.consulta(self.request.user), pk=pk)

    def migas(self, objeto: models.Model | None = None, final: str = "") -> list[tuple[str, str]]:
        camino = [("Inicio", reverse("inicio")), *self.paginas.miga_superior(objeto)]
        if self.paginas.tiene("lista"):
            camino.append((capitaliza(self.paginas.plural), self.paginas.url("lista")))
        if objeto is not None and objeto.pk and self.paginas.tiene("detalle"):
            camino.append((str(objeto), self.paginas.url("detalle", objeto)))
        return [*camino, (final, "")] if final else camino

    def pinta(self, vista: str, contexto: dict, objeto=None, status: int = 200) -> HttpResponse:
        usuario = self.request.user
        base = {
            "paginas": self.paginas,
            "objeto": objeto,
            "permisos": {a: self.paginas.puede(usuario, a) for a in ("view", "add", "change", "delete")},
            "siguiente": siguiente(self.request, ""),
            "url_lista": self.paginas.url("lista") if self.paginas.tiene("lista") else "",
            "url_nuevo": self.paginas.url("nuevo") if self.paginas.tiene("nuevo") else "",
            "url_importar": self.paginas.url("importar") if self.paginas.puede_importar(usuario) else "",
        }
        todo = {**base, **contexto, **self.paginas.contexto(self.request, vista, objeto)}
        return self.render_to_response(todo, status=status)


class VistaLista(Vista):
    def get_template_names(self):
        return [self.paginas.plantilla_lista]

    def get(self, request: HttpRequest) -> HttpResponse:
        paginas = self.paginas
        consulta = paginas.consulta(request.user)
        filtro = None
        if paginas.filtro is not None:
            filtro = paginas.filtro(request.GET, queryset=consulta, request=request)
            for campo in filtro.form.fields.values():
                arregla_filtro(campo)
            consulta = filtro.qs
        texto = request.GET.get("q", "").strip()
        consulta = paginas.buscar(consulta, texto)
        formato = request.GET.get("_export", "")
        if formato in FORMATOS:
            return self.exporta(consulta, formato)
        tabla = paginas.tabla(consulta, order_by_field="ordenar", page_field="pagina", empty_text="", request=request)
        tabla.titulo = capitaliza(paginas.plural)
        por_pagina = self.pagina(tabla)
        activos = self.activos(filtro)
        return self.pinta(
            "lista",
            {
                "tabla": tabla,
                "filtro": filtro,
                "filtros_activos": activos,
                "texto": texto,
                "filtrando": bool(texto or activos),
                "total": tabla.paginator.count,
                "por_pagina": por_pagina,
                "tamanos": POR_PAGINA,
                "migas": self.migas()[:-1],
                "titulo": capitaliza(paginas.plural),
                "acciones": [Accion(*a) for a in paginas.acciones_lista(request.user)],
                "otros_parametros": [(k, v) for k in ("ordenar", "por_pagina") for v in request.GET.getlist(k)],
            },
        )

    def pagina(self, tabla) -> int:
        """Ordena y corta. La llave desempata: sin ella PostgreSQL repite u olvida filas entre páginas."""
        pedidas = self.request.GET.get("por_pagina", "")
        por_pagina = int(pedidas) if pedidas in {str(n) for n in POR_PAGINA} else POR_PAGINA[0]
        RequestConfig(self.request, paginate=False).configure(tabla)
        filas = tabla.data.data
        orden = filas.query.order_by or filas.model._meta.ordering
        if not filas.query.is_sliced:
            tabla.data.data = filas.order_by(*orden, "pk")
        try:
            tabla.paginate(page=self.request.GET.get("pagina", 1), per_page=por_pagina)
        except PageNotAnInteger:
            tabla.page = tabla.paginator.page(1)
        except EmptyPage:
            tabla.page = tabla.paginator.page(tabla.paginator.num_pages)
        return por_pagina

    def activos(self, filtro) -> int:
        """Cuántos filtros se están usando."""
        if filtro is None:
            return 0
        return sum(1 for nombre in filtro.filters if any(self.request.GET.getlist(nombre)))

    def exporta(self, consulta: models.QuerySet, formato: str) -> HttpResponse:
        paginas = self.paginas
        if paginas.recurso is not None:
            contenido = hojas.exportar(paginas.recurso, consulta, formato)
        else:
            encabezados, *filas = paginas.tabla(consulta).as_values(exclude_columns=("acciones",))
            escribe = hojas.a_csv if formato == "csv" else hojas.a_xlsx
            contenido = escribe(encabezados, filas)
        return hojas.respuesta(contenido, f"{paginas.plural} {hoy():%Y-%m-%d}", formato)


class VistaDetalle(Vista):
    def get_template_names(self):
        return [self.paginas.plantilla_detalle]

    def get(self, request: HttpRequest, pk: int, **mas) -> HttpResponse:
        objeto = self.objeto(pk)
        return self.pinta("detalle", {**self.contexto_detalle(objeto), **mas}, objeto)

    def contexto_detalle(self, objeto: models.Model) -> dict:
        paginas, request = self.paginas, self.request
        usuario = request.user
        contexto = {
            "titulo": str(objeto),
            "migas": self.migas(objeto)[:-1],
            "datos": paginas.datos(objeto),
            "paneles": [
                (p.titulo, render_to_string(p.plantilla, {**p.contexto, "objeto": objeto}, request))
                for p in (Panel(*p) for p in paginas.paneles(objeto, usuario))
            ],
            "acciones": [
                *(Accion(*a) for a in paginas.acciones_de(objeto, usuario)),
                *(Accion(b.titulo, b.url(objeto)) for b in caras.de(caras.BOTONES, objeto, usuario)),
            ],
            "historia": historia.pasos(objeto, usuario),
            "editable": paginas.tiene("editar")
            and paginas.puede(usuario, "change")
            and not paginas.impedimentos_para_editar(objeto, usuario),
            "eliminable": paginas.tiene("eliminar")
            and paginas.puede(usuario, "delete")
            and not paginas.impedimentos_para_eliminar(objeto, usuario),
        }
        if paginas.tiene("evidencia"):
            from . import evidencia

            contexto.update(evidencia.contexto(self, objeto))
        if paginas.tiene("editar"):
            contexto["url_editar"] = paginas.url("editar", objeto)
        if paginas.tiene("eliminar"):
            contexto["url_eliminar"] = paginas.url("eliminar", objeto)
        return contexto


class VistaFormulario(Vista):
    def get_template_names(self):
        return [self.paginas.plantilla_formulario]

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        objeto = self.editable(pk)
        inicial = {} if objeto else {**self.paginas.inicial(request), **self.de_la_direccion()}
        formulario = self.paginas.formulario(
            instance=objeto, initial=inicial, **self.paginas.argumentos_formulario(request)
        )
        return self.formulario(objeto, formulario, self.conjuntos(objeto))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                messages.info(request, "Ese envío ya se había guardado; ésta es la página a la que llegó.")
                return HttpResponseRedirect(previo)
            if pk is not None:
                self.paginas.bloquear(pk)
            objeto = self.editable(pk)
            version = conflicto.version_de(objeto)
            choque = objeto is not None and conflicto.hay_conflicto(objeto, request.POST.get("version"))
            formulario = self.paginas.formulario(
                request.POST,
                request.FILES,
                instance=objeto,
                **self.paginas.argumentos_formulario(request),
            )
            conjuntos = self.conjuntos(objeto, request)
            # Todos se revisan aunque falle el primero: los errores se enseñan juntos.
            revisados = [f.is_valid() for f in (formulario, *conjuntos.values())]
            valido = all(revisados)
            if choque:
                guardado = self.editable(pk)
                diferencias = conflicto.comparar(
                    formulario,
                    self.paginas.formulario(instance=guardado, **self.paginas.argumentos_formulario(request)),
                    guardado,
                )
                return self.formulario(
                    guardado, formulario, conjuntos, version=version, conflicto=diferencias, status=409
                )
            if valido and (dudas := self.dudas(formulario)):
                return self.formulario(
                    self.editable(pk), formulario, conjuntos, version=version, advertencias=dudas, status=422
                )
            if valido:
                try:
                    with transaction.atomic():
                        guardado = self.paginas.guardar(formulario=formulario, por=request.user)
                        self.paginas.guardar_conjuntos(objeto=guardado, conjuntos=conjuntos, por=request.user)
                except ValidationError as error:
                    reparte(formulario, error)
                except IntegrityError:
                    formulario.add_error(
                        None,
                        "Ya existe un registro con esos mismos datos; revise la clave o el folio e intente otra vez.",
                    )
                else:
                    return self.termina(guardado)
        # El formulario dejó a medias ``objeto``; la página muestra el que está guardado.
        return self.formulario(self.editable(pk), formulario, conjuntos, version=version, status=422)

    def dudas(self, formulario) -> list[str]:
        if self.request.POST.get("confirmo_advertencias"):
            return []
        return self.paginas.advertencias(formulario=formulario, usuario=self.request.user)

    def editable(self, pk: int | None) -> models.Model | None:
        if pk is None:
            return None
        objeto = self.objeto(pk)
        if razones := self.paginas.impedimentos_para_editar(objeto, self.request.user):
            raise PermissionDenied(" ".join(razones))
        return objeto

    def de_la_direccion(self) -> dict:
        """``?programa=3`` abre el formulario con ese campo puesto."""
        campos = self.paginas.formulario.base_fields
        return {k: v for k, v in self.request.GET.items() if k in campos and "\x00" not in v}

    def conjuntos(self, objeto, request: HttpRequest | None = None) -> dict:
        padre = objeto or self.paginas.en_blanco(self.request)
        declarados = {prefijo: clase for prefijo, (_, clase) in self.paginas.conjuntos.items()}
        if request is None:
            return {prefijo: clase(instance=padre, prefix=prefijo) for prefijo, clase in declarados.items()}
        return {
            prefijo: enlazar(clase, prefijo, padre, request.POST, request.FILES)
            for prefijo, clase in declarados.items()
        }

    def formulario(
        self, objeto, formulario, conjuntos, *, version=None, conflicto=None, advertencias=(), status=200
    ) -> HttpResponse:
        titulo = f"Editar {self.paginas.nombre}" if objeto else self.paginas.nuevo
        paginas = self.paginas
        if not hasattr(formulario, "helper"):
            formulario.helper = FormHelper()
            formulario.helper.form_tag = False
            formulario.helper.disable_csrf = True
        regreso = paginas.destino(objeto) if objeto else (paginas.url("lista") if paginas.tiene("lista") else "/")
        return self.pinta(
            "formulario",
            {
                "titulo": titulo,
                "migas": self.migas(objeto, "Editar" if objeto else paginas.nuevo),
                "formulario": formulario,
                "conjuntos": [(prefijo, paginas.conjuntos[prefijo][0], c) for prefijo, c in conjuntos.items()],
                "version": version if version is not None else getattr(objeto, "version", ""),
                "envio": envios.nuevo(),
                "conflicto": conflicto,
                "advertencias": advertencias,
                "cancelar": siguiente(self.request, regreso),
                "borrador": f"{paginas.espacio}.{paginas.raiz}.{objeto.pk if objeto else 'nuevo'}",
                "con_archivos": formulario.is_multipart() or any(c.is_multipart() for c in conjuntos.values()),
            },
            objeto,
            status,
        )

    def termina(self, objeto: models.Model) -> HttpResponse:
        nuevo = self.kwargs.get("pk") is None
        hecho = f"Se creó {self.paginas.el}" if nuevo else f"Se guardaron los cambios {self.paginas.del_}"
        messages.success(self.request, f"{hecho} «{objeto}».", extra_tags="guardado")
        if nuevo and "otra" in self.request.POST:
            destino = self.paginas.destino_otra(self.request, objeto)
        else:
            destino = siguiente(self.request, self.paginas.destino(objeto))
        envios.anotar(self.request, destino)
        return HttpResponseRedirect(destino)


class VistaNuevo(VistaFormulario):
    pass


class VistaEditar(VistaFormulario):
    pass


class VistaEliminar(Vista):
    def get_template_names(self):
        return [self.paginas.plantilla_eliminar]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        objeto = self.objeto(pk)
        razones, arrastra = self.revisa(objeto)
        return self.confirma(objeto, razones, arrastra)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            objeto = self.objeto(pk)
            razones, arrastra = self.revisa(objeto)
            if not razones:
                nombre = str(objeto)
                try:
                    with transaction.atomic():
                        self.paginas.eliminar(objeto=objeto, por=request.user)
                except (ProtectedError, RestrictedError, ValidationError) as error:
                    razones = [str(m) for m in getattr(error, "messages", [])] or [
                        "Hay registros que dependen de éste."
                    ]
        if razones:
            return self.confirma(objeto, razones, arrastra, status=409)
        messages.success(request, f"Se eliminó {self.paginas.el} «{nombre}».")
        regreso = self.paginas.url("lista") if self.paginas.tiene("lista") else reverse("inicio")
        return HttpResponseRedirect(siguiente(request, regreso))

    def revisa(self, objeto: models.Model) -> tuple[list[str], list[str]]:
        """Por qué no se puede y qué se iría con el registro."""
        razones = list(self.paginas.impedimentos_para_eliminar(objeto, self.request.user))
        colector = Collector(using=objeto._state.db, origin=objeto)
        try:
            colector.collect([objeto])
        except (ProtectedError, RestrictedError) as error:
            # La razón que da la sala ya suele nombrar lo que cuelga: no se dice dos veces.
            colgados = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
            razones = razones or self.dependientes(colgados)
        grupos = {m: len(os) for m, os in colector.data.items()}
        for consulta in colector.fast_deletes:
            grupos[consulta.model] = grupos.get(consulta.model, 0) + consulta.count()
        grupos[type(objeto)] = grupos.get(type(objeto), 1) - 1
        arrastra = [
            f"{n} {m._meta.verbose_name if n == 1 else m._meta.verbose_name_plural}"
            for m, n in grupos.items()
            if n and not m._meta.auto_created
        ]
        return razones, arrastra

    def dependientes(self, objetos) -> list[str]:
        lista = sorted(objetos, key=lambda o: (o._meta.label, o.pk))
        de_quien = "ella" if self.paginas.femenino else "él"
        # Muchos se llaman igual («1. Orden del día» de cada sesión): se cuentan en un renglón.
        iguales = Counter(f"{o._meta.verbose_name} «{o}»" for o in lista)
        frases = [
            f"Depende de {de_quien}: {nombre}{f' ({veces} registros)' if veces > 1 else ''}."
            for nombre, veces in iguales.items()
        ]
        if len(frases) > 10:
            frases[10:] = [f"Y {len(frases) - 10} más."]
        return frases

    def confirma(self, objeto, razones, arrastra, status: int = 200) -> HttpResponse:
        return self.pinta(
            "eliminar",
            {
                "titulo": f"Eliminar {self.paginas.nombre}",
                "migas": self.migas(objeto, "Eliminar"),
                "razones": razones,
                "arrastra": arrastra,
                "cancelar": siguiente(self.request, self.paginas.destino(objeto)),
            },
            objeto,
            status,
        )
