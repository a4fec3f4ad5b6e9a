"""Páginas de las opiniones de pertinencia y de sus plantillas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.bloques import Bloque, Titulo
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.salida import html

from ..consultas import convenios_visibles
from ..estados import EstadoDeOpinion
from ..models import Opinion, PlantillaDeOpinion
from ..permisos import solo_su_area
from . import acciones, consultas, documentos, filters, forms, marcas, permisos, redaccion, reglas, resources, tables


def leida(partes) -> str:
    """Los apartados como fragmento de página."""
    bloques: list[Bloque] = []
    for parte in partes:
        bloques += [Titulo(parte.titulo)] if parte.titulo else []
        bloques += parte.bloques
    return html.fragmento(bloques, nivel=3)


MOTIVO = "Motivo de la cancelación"  # sólo se enseña si la hay


def complementada(opinion: Opinion) -> Opinion | str | None:
    """Sólo el número si es de otro instrumento, que puede ser de otra área."""
    base = opinion.complementa
    return base if base is None or base.convenio_id == opinion.convenio_id else base.folio


class OpinionPaginas(Paginas):
    modelo = Opinion
    tabla = tables.OpinionTabla
    filtro = filters.OpinionFiltro
    formulario = forms.OpinionForm
    recurso = resources.OpinionRecurso
    evidencia = True
    femenino = True
    capturar_otra = False
    busca = ("folio", "convenio__titulo", "convenio__folio")
    plantilla_lista = "convenios/convenio_lista.html"
    plantilla_detalle = "convenios/opiniones/detalle.html"
    plantilla_formulario = "convenios/opiniones/formulario.html"
    detalle = (
        ("Número", lambda o: o.folio or "Lo toma al emitirse"),
        ("Estado", tables.estado_de),
        (MOTIVO, lambda o: o.motivo),
        ("Sentido", tables.sentido_de),
        ("Instrumento", lambda o: o.convenio),
        ("Áreas responsables", lambda o: list(o.areas.all())),
        ("Complementa a", lambda o: complementada(o)),
        "solicitada",
        "fecha",
        ("Días de la solicitud a la emisión", lambda o: o.espera.days if o.espera is not None else None),
        ("Serie", lambda o: o.serie.nombre),
        ("Plantilla", lambda o: o.plantilla.nombre if o.plantilla else None),
        ("La emitió", lambda o: str(o.emitio) if o.emitio else None),
    )
    ayuda = "De la solicitud a la emisión. Al emitirse toma el número que sigue de su serie y ya no cambia."

    def datos(self, objeto):
        return [(rotulo, dato) for rotulo, dato in super().datos(objeto) if dato or rotulo != MOTIVO]

    def consulta(self, usuario):
        return consultas.opiniones_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user}

    def inicial(self, request):
        inicial = {
            "serie": consultas.serie_reciente(),
            "plantilla": consultas.plantilla_usual(),
            "solicitada": hoy(),
        }
        pedido = request.GET.get("convenio", "")
        if pedido.isdecimal() and len(pedido) <= 18:
            convenio = convenios_visibles(request.user).filter(pk=pedido).first()
            if convenio is not None:
                inicial["areas"] = list(convenio.areas.all())
        return inicial

    def guardar(self, *, formulario, por):
        areas = formulario.cleaned_data["areas"]
        return acciones.guardar_opinion(opinion=formulario.instance, areas=areas, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_opinion(opinion=objeto, por=por)

    def advertencias(self, *, formulario, usuario):
        return reglas.advertencias_al_guardar(formulario.instance)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def impedimentos_para_evidencia(self, objeto, usuario):
        """También a la emitida se le agrega: el original firmado, el acuse."""
        return []

    def impedimentos_para_quitar_evidencia(self, objeto, usuario):
        if consultas.pdf_emitido(objeto):
            return ["La opinión ya se emitió: su expediente no pierde documentos."]
        return []

    def paneles(self, objeto, usuario):
        cuerpo = leida(documentos.cuerpo(objeto))
        yield Panel("Texto", "convenios/opiniones/_texto.html", {"cuerpo": cuerpo})
        complementos = consultas.opiniones_visibles(usuario).filter(complementa=objeto)
        if complementos:
            contexto = {"opiniones": complementos}
            yield Panel("La complementan", "convenios/opiniones/_lista.html", contexto)

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        borrador = objeto.estado == EstadoDeOpinion.BORRADOR
        faltas = [f for grupo in reglas.faltas_del_borrador(objeto).values() for f in grupo] if borrador else []
        if borrador and not objeto.texto.strip():
            faltas.append("Falta el texto.")
        contexto = {"faltas": faltas, "pdf": consultas.pdf_emitido(objeto)}
        # La historia guarda los borradores, que un área no ve.
        return contexto | {"historia": []} if solo_su_area(request.user) else contexto

    def acciones_de(self, objeto, usuario):
        for formato in documentos.TIPOS:
            yield Accion(formato.upper(), reverse("convenios:opinion_descargar", args=[objeto.pk, formato]))
        if objeto.estado == EstadoDeOpinion.BORRADOR:
            if usuario.has_perm(permisos.CAMBIAR):
                yield Accion("Volver a generar", reverse("convenios:opinion_generar", args=[objeto.pk]))
            if usuario.has_perm(permisos.EMITIR):
                yield Accion("Emitir", reverse("convenios:opinion_emitir", args=[objeto.pk]), "btn-primary")
        elif objeto.estado == EstadoDeOpinion.EMITIDA:
            if usuario.has_perm(permisos.AGREGAR):
                nueva = f"{reverse('convenios:opinion_nuevo')}?convenio={objeto.convenio_id}&complementa={objeto.pk}"
                yield Accion("Complementarla", nueva)
            if usuario.has_perm(permisos.EMITIR):
                yield Accion("Cancelar la opinión", reverse("convenios:opinion_cancelar", args=[objeto.pk]))


class DeOpinion(ConPermiso, View):
    """Lo común de las páginas de un paso sobre una opinión."""

    titulo = ""
    plantilla = ""

    def opinion(self, pk: int) -> Opinion:
        return get_object_or_404(consultas.opiniones_visibles(self.request.user), pk=pk)

    def exige(self, razones: list[str]) -> None:
        if razones:
            raise PermissionDenied(" ".join(razones))

    def otra_version(self, opinion: Opinion) -> bool:
        return self.request.POST.get("version", "") != str(opinion.version)

    def pinta(self, opinion: Opinion, formulario, status: int = 200, **mas) -> HttpResponse:
        contexto = {
            "titulo": self.titulo,
            "opinion": opinion,
            "formulario": formulario,
            "cancelar": opinion.get_absolute_url(),
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Opiniones de pertinencia", reverse("convenios:opinion_lista")),
                (str(opinion), opinion.get_absolute_url()),
                (self.titulo, ""),
            ],
            **mas,
        }
        return render(self.request, f"convenios/opiniones/{self.plantilla}.html", contexto, status=status)


class Emitir(DeOpinion):
    """Enseña la opinión como quedaría y todo lo que le falta; las dudas se confirman una vez."""

    permiso = permisos.EMITIR
    titulo = "Emitir la opinión"
    plantilla = "emitir"

    def borrador(self, pk: int) -> Opinion:
        opinion = self.opinion(pk)
        self.exige(reglas.impedimentos_para_editar(opinion))
        return opinion

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion = self.borrador(pk)
        return self.pregunta(opinion, forms.EmitirForm(initial={"fecha": hoy()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion, formulario = self.borrador(pk), forms.EmitirForm(request.POST)
        if self.otra_version(opinion):
            aviso = "Otra persona guardó la opinión mientras usted la veía: revise cómo quedó y vuelva a emitirla."
            return self.pregunta(opinion, formulario, 409, conflicto=aviso)
        if not formulario.is_valid():
            return self.pregunta(opinion, formulario, 422)
        datos = {**formulario.cleaned_data}  # un error quita su campo de los limpios
        try:
            if razones := reglas.impedimentos_para_emitir(opinion, hoy=hoy(), **datos):
                raise ValidationError(razones)
            dudas = reglas.advertencias_al_emitir(opinion, fecha=datos["fecha"], folio=datos["folio"])
            if dudas and not request.POST.get("confirmo_advertencias"):
                return self.pregunta(opinion, formulario, 422, dudas=dudas)
            emitida = acciones.emitir(opinion=opinion, por=request.user, **datos)
        except ValidationError as error:
            reparte(formulario, error)
            otra = reglas.la_otra(opinion, datos["folio"]) if datos["folio"] else None
            return self.pregunta(opinion, formulario, 422, otra=otra)
        messages.success(request, f"Se emitió la opinión {emitida.folio}.", extra_tags="guardado")
        return HttpResponseRedirect(emitida.get_absolute_url())

    def pregunta(self, opinion: Opinion, formulario, status: int = 200, **mas) -> HttpResponse:
        faltas = reglas.faltas_del_borrador(opinion)
        if not opinion.texto.strip():
            faltas.setdefault("texto", []).append("Falta el texto.")
        try:
            previsto = reglas.numero_previsto(opinion, hoy())
            numero = previsto.folio(opinion.serie) if previsto else ""
        except ValidationError:
            numero = ""
        contexto = {
            "faltas": [falta for grupo in faltas.values() for falta in grupo] if not formulario.is_bound else [],
            "numero": numero,
            "cuerpo": leida(documentos.documento(opinion).apartados[:-1]),
            "version": opinion.version,
        }
        return self.pinta(opinion, formulario, status, **contexto, **mas)


class Cancelar(DeOpinion):
    permiso = permisos.EMITIR
    titulo = "Cancelar la opinión"
    plantilla = "cancelar"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion = self.opinion(pk)
        return self.pregunta(opinion, forms.CancelarForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion, formulario = self.opinion(pk), forms.CancelarForm(request.POST)
        if reglas.impedimentos_para_cancelar(opinion):
            return self.pregunta(opinion, formulario, 409)
        if formulario.is_valid():
            try:
                acciones.cancelar(opinion=opinion, motivo=formulario.cleaned_data["motivo"], por=request.user)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, f"La opinión {opinion.folio} quedó cancelada; su número no se vuelve a usar.")
                return HttpResponseRedirect(opinion.get_absolute_url())
        return self.pregunta(opinion, formulario, 422)

    def pregunta(self, opinion: Opinion, formulario, status: int = 200) -> HttpResponse:
        razones = reglas.impedimentos_para_cancelar(opinion)
        dudas = [] if razones else reglas.advertencias_al_cancelar(opinion)
        return self.pinta(opinion, formulario, status, razones=razones, dudas=dudas)


class VolverAGenerar(DeOpinion):
    permiso = permisos.CAMBIAR
    titulo = "Volver a generar desde la plantilla"
    plantilla = "generar"

    def borrador(self, pk: int) -> Opinion:
        opinion = self.opinion(pk)
        self.exige(reglas.impedimentos_para_editar(opinion))
        return opinion

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion = self.borrador(pk)
        usual = opinion.plantilla or consultas.plantilla_usual()
        return self.pregunta(opinion, forms.GenerarForm(opinion=opinion, initial={"plantilla": usual}), usual)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        opinion = self.borrador(pk)
        formulario = forms.GenerarForm(request.POST, opinion=opinion)
        if not formulario.is_valid():
            return self.pregunta(opinion, formulario, opinion.plantilla, 422)
        plantilla = formulario.cleaned_data["plantilla"]
        if "ver" in request.POST:
            return self.pregunta(opinion, formulario, plantilla)
        aviso = "Otra persona guardó la opinión mientras usted la veía: revise cómo quedó."
        if self.otra_version(opinion):
            return self.pregunta(opinion, formulario, plantilla, 409, conflicto=aviso)
        try:
            acciones.volver_a_generar(opinion=opinion, plantilla=plantilla, version=opinion.version, por=request.user)
        except ValidationError as error:
            return self.pregunta(opinion, formulario, plantilla, 409, conflicto=" ".join(error.messages))
        messages.success(request, "El texto se volvió a generar; el anterior está en la historia de la opinión.")
        return HttpResponseRedirect(opinion.get_absolute_url())

    def pregunta(self, opinion: Opinion, formulario, plantilla, status: int = 200, **mas) -> HttpResponse:
        nuevo = redaccion.borrador(opinion, plantilla) if plantilla else ""
        contexto = {
            "version": opinion.version,
            "igual": nuevo == opinion.texto,
            "cuerpo": leida(documentos.apartados(nuevo)),
        }
        return self.pinta(opinion, formulario, status, **contexto, **mas)


class Descargar(DeOpinion):
    permiso = permisos.VER

    def get(self, request: HttpRequest, pk: int, formato: str) -> HttpResponse:
        opinion = self.opinion(pk)
        if formato not in documentos.TIPOS:
            raise Http404("Ese formato no existe.")
        guardado = consultas.pdf_emitido(opinion)
        if formato == "pdf" and opinion.estado == EstadoDeOpinion.EMITIDA and guardado is not None:
            return HttpResponseRedirect(guardado.get_absolute_url())
        return documentos.responder(opinion, formato)


class PlantillaDeOpinionPaginas(Paginas):
    modelo = PlantillaDeOpinion
    tabla = tables.PlantillaDeOpinionTabla
    formulario = forms.PlantillaDeOpinionForm
    femenino = True
    capturar_otra = False
    busca = ("nombre", "texto")
    detalle = ("nombre", "activa", ("Opiniones", lambda p: p.usos))
    plantilla_detalle = "convenios/opiniones/detalle.html"
    plantilla_formulario = "convenios/opiniones/plantilla_formulario.html"
    ayuda = "De qué texto parte una opinión. Cambiar una plantilla no cambia lo ya redactado."

    def consulta(self, usuario):
        return PlantillaDeOpinion.objects.annotate(usos=Count("opiniones"))

    def guardar(self, *, formulario, por):
        return acciones.guardar_plantilla(plantilla=formulario.instance, por=por)

    def contexto(self, request, vista, objeto=None):
        return {"marcas": [(f"{{{{ {n} }}}}", m.dice, m.ejemplo) for n, m in marcas.MARCAS.items()]}

    def paneles(self, objeto, usuario):
        cuerpo = leida(documentos.apartados(redaccion.ejemplo(objeto.texto)))
        yield Panel("Cómo se lee, con datos inventados", "convenios/opiniones/_texto.html", {"cuerpo": cuerpo})
        yield Panel("Texto con sus marcas", "convenios/opiniones/_crudo.html", {"texto": objeto.texto})
