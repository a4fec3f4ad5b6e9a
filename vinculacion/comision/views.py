"""Páginas de la comisión: catálogos, sesiones, orden del día y acuerdos."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Min
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel, siguiente
from vinculacion.nucleo.periodos import hoy

from . import acciones, caras, consultas, filters, forms, models, permisos, reglas, resources, tables
from .calendario import paneles as de_calendario
from .estados import ASISTIERON, EstadoDeSesion
from .sala.resources import VotoRecurso
from .seguimiento import paneles as de_seguimiento


class ComisionPaginas(Paginas):
    modelo = models.Comision
    tabla = tables.ComisionTabla
    filtro = filters.ComisionFiltro
    formulario = forms.ComisionForm
    recurso = resources.ComisionRecurso
    busca = ("nombre", "siglas")
    detalle = (
        "nombre",
        "siglas",
        "tipo",
        "acuerdo_creacion",
        "desde",
        "hasta",
        ("Serie de sus acuerdos", lambda c: str(c.serie)),
        ("Anticipación para convocar", tables.plazos_de),
        ("Quórum", lambda c: c.quorum or "Más de la mitad de quienes votan"),
    )
    femenino = True
    capturar_otra = False
    plantilla_detalle = "comision/detalle.html"

    def consulta(self, usuario):
        return models.Comision.objects.select_related("serie")

    def guardar(self, *, formulario, por):
        return acciones.guardar_comision(comision=formulario.instance, por=por)

    def paneles(self, objeto, usuario):
        dia = min(objeto.hasta or hoy(), hoy())
        anios = (
            models.Sesion.objects.filter(comision=objeto)
            .values("anio")
            .annotate(n=Count("pk"), primera=Min("fecha_programada"), ultima=Max("fecha_programada"))
            .order_by("-anio")
        )
        contexto = {"capacidades": consultas.integracion_en(objeto, dia), "dia": dia}
        return [
            Panel("Integración", "comision/_integracion.html", contexto),
            Panel("Sesiones por año", "comision/_anios.html", {"anios": anios}),
        ]

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm(consultas.VE_TODO):
            yield Accion("Calendario", f"{reverse('comision:calendario')}?comision={objeto.pk}")
        if usuario.has_perm("comision.add_sesion"):
            yield Accion("Nueva sesión", f"{reverse('comision:sesion_nuevo')}?comision={objeto.pk}")


class IntegracionPaginas(Paginas):
    modelo = models.Integracion
    tabla = tables.IntegracionTabla
    filtro = filters.IntegracionFiltro
    formulario = forms.IntegracionForm
    recurso = resources.IntegracionRecurso
    busca = ("nombre", "persona", "area__nombre", "area__siglas", "organismo__nombre", "organismo__siglas")
    detalle = ("nombre", "rol", "comision", "orden", "persona", "correo", "area", "organismo", "desde", "hasta")
    femenino = True
    ayuda = "Quién se sienta en la comisión, con qué calidad y de cuándo a cuándo. De aquí sale la lista de asistencia."

    def consulta(self, usuario):
        return consultas.en_protocolo(models.Integracion.objects.select_related("comision", "area", "organismo"))

    def guardar(self, *, formulario, por):
        return acciones.guardar_integracion(integracion=formulario.instance, por=por)

    def advertencias(self, *, formulario, usuario):
        return reglas.dudas_de_integracion(formulario.instance)

    def inicial(self, request):
        vigente = consultas.comision_vigente()
        return {"comision": vigente and vigente.pk, "desde": hoy()}


class TemaPaginas(Paginas):
    modelo = models.Tema
    tabla = tables.TemaTabla
    formulario = forms.TemaForm
    recurso = resources.TemaRecurso
    busca = ("nombre",)
    detalle = ("nombre", "activo", ("Puntos", "num_puntos"))
    ayuda = "Con ellos se clasifican los puntos del orden del día."

    def consulta(self, usuario):
        return models.Tema.objects.annotate(num_puntos=Count("puntos"))


class SesionPaginas(Paginas):
    modelo = models.Sesion
    tabla = tables.SesionTabla
    filtro = filters.SesionFiltro
    formulario = forms.SesionForm
    recurso = resources.SesionRecurso
    detalle = (
        "comision", ("Clave", "clave"), ("Estado", tables.estado_de_sesion), ("Fecha", tables.fechas_de),
        "fecha_calendario", ("Hora programada", reglas.hora_prevista), ("Hora de inicio", tables.inicio_de), "hora_fin",
        "modalidad", "lugar", "notas",
    )  # fmt: skip
    evidencia = True
    femenino = True
    plantilla_lista = "comision/sesion_lista.html"
    plantilla_detalle = "comision/detalle.html"
    plantilla_formulario = "comision/sesion_formulario.html"
    busca = ("lugar",)  # la búsqueda es propia: ver buscar()

    def consulta(self, usuario):
        return consultas.con_cuentas(models.Sesion.objects.all())

    def buscar(self, consulta, texto):
        return consultas.buscar_sesiones(consulta, texto)

    def inicial(self, request):
        vigente = consultas.comision_vigente()
        return {"comision": vigente and vigente.pk}

    def argumentos_formulario(self, request):
        return {"peticion": request}

    def guardar(self, *, formulario, por):
        motivo = formulario.cleaned_data.get("motivo", "")
        sesion = acciones.guardar_sesion(sesion=formulario.instance, por=por, motivo=motivo)
        if {"estado", "fecha_programada", "hora_programada"} & set(formulario.changed_data):
            de_calendario.decir_a_quien_falta_avisar(formulario.peticion, sesion)
        return sesion

    def eliminar(self, *, objeto, por):
        acciones.eliminar_sesion(sesion=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_por_cierre(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar_sesion(objeto)

    def acciones_lista(self, usuario):
        yield Accion("Calendario del año", reverse("comision:calendario"))

    def contexto(self, request, vista, objeto=None):
        if vista == "formulario" and objeto is not None:
            return de_calendario.contexto_de_aviso(objeto)
        if vista != "lista":
            return {}
        vigente = consultas.comision_vigente()
        return {"proxima": consultas.siguiente_sesion(vigente) if vigente else None}

    def paneles(self, objeto, usuario):
        puntos = objeto.puntos.select_related("tema").prefetch_related("acuerdos")
        tomados = consultas.acuerdos_visibles(usuario).filter(sesion=objeto)
        marcas = [(c, m[0]) for c, m in consultas.matriz_de_asistencia([objeto])]
        integra = [(c, m) for c, m in marcas if m is not consultas.NO_INTEGRABA]
        return [
            Panel(
                "Orden del día",
                "comision/_orden.html",
                {
                    "puntos": puntos,
                    "impedimentos": reglas.impedimentos_para_orden_del_dia(objeto),
                    "se_acuerda": not reglas.impedimentos_para_acordar(objeto),
                },
            ),
            Panel(
                "Acuerdos",
                "comision/_acuerdos.html",
                {"acuerdos": tomados, "impedimentos": reglas.impedimentos_para_acordar(objeto)},
            ),
            Panel(
                "Asistencia",
                "comision/_asistencia.html",
                {
                    "marcas": integra,
                    "presentes": sum(m in ASISTIERON for _, m in integra),
                    "anotada": any(m for _, m in integra),
                    "impedimentos": reglas.impedimentos_para_asistencia(objeto, hoy()),
                },
            ),
            *caras.paneles(objeto, usuario),
        ]

    def acciones_de(self, objeto, usuario):
        yield from caras.botones(objeto, usuario)
        if not usuario.has_perm(permisos.CELEBRAR):
            return
        if reglas.impedimentos_por_cierre(objeto):
            return
        url = reverse("comision:sesion_estado_editar", args=[objeto.pk])
        if objeto.estado != EstadoDeSesion.CELEBRADA:
            yield Accion("Cambiar estado", url)
        else:
            yield Accion("Reabrir", f"{url}?estado=en_curso")


class EstadoPaginas(SesionPaginas):
    """El estado tiene su propia página: pide fecha y razón."""

    clave = "sesion_estado"
    vistas = ("editar",)
    formulario = forms.EstadoForm
    recurso = None
    evidencia = False

    def permiso(self, accion):
        return permisos.CELEBRAR

    def argumentos_formulario(self, request):
        return {"pedido": request.GET.get("estado", ""), "peticion": request}

    def contexto(self, request, vista, objeto=None):
        return {**super().contexto(request, vista, objeto), "titulo": "Cambiar el estado de la sesión"}

    def destino(self, objeto):
        return objeto.get_absolute_url()

    def miga_superior(self, objeto):
        return [("Sesiones", reverse("comision:sesion_lista")), (str(objeto), objeto.get_absolute_url())]


def sesion_pedida(request):
    """La sesión de ``?sesion=``, si existe."""
    clave = request.POST.get("sesion") or request.GET.get("sesion") or ""
    if not clave.isdecimal() or len(clave) > 18:
        return None
    return models.Sesion.objects.select_related("comision").filter(pk=clave).first()


class PuntoPaginas(Paginas):
    modelo = models.Punto
    tabla = tables.PuntoTabla
    filtro = filters.PuntoFiltro
    formulario = forms.PuntoForm
    recurso = resources.PuntoRecurso
    busca = ("titulo", "presenta", "tema__nombre")
    detalle = ("titulo", "sesion", "numero", "tema", "solicitud", "presenta", "de_tramite", ("Acuerdos", "acuerdos"))
    evidencia = True

    def consulta(self, usuario):
        consulta = models.Punto.objects.select_related("sesion__comision", "tema")
        return consulta.order_by("-sesion__fecha_programada", "sesion", "numero")

    def guardar(self, *, formulario, por):
        hacer = acciones.editar_punto if formulario.instance.pk else acciones.insertar_punto
        return hacer(punto=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_punto(punto=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_orden_del_dia(objeto.sesion)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar_punto(objeto)

    def destino(self, objeto):
        return f"{objeto.sesion.get_absolute_url()}#punto-{objeto.pk}" if objeto.pk else self.url("lista")

    def miga_superior(self, objeto):
        return [(str(objeto.sesion), objeto.sesion.get_absolute_url())] if objeto else []


class MoverPunto(ConPermiso, View):
    """Sube o baja un lugar (``hacia``), o va al que se pida (``a``); sirve sin JavaScript."""

    permiso = permisos.CAMBIAR_PUNTO
    http_method_names = ["post"]

    def post(self, request, pk):
        punto = get_object_or_404(models.Punto.objects.select_related("sesion"), pk=pk)
        paso = {"arriba": -1, "abajo": 1}.get(request.POST.get("hacia", ""), 0)
        pedido = request.POST.get("a", "")
        if not paso and not (pedido.isdecimal() and len(pedido) <= 5):
            messages.error(request, "Escriba el lugar con un número: 1, 2, 3…")
        else:
            try:
                acciones.mover_punto(punto=punto, a=punto.numero + paso if paso else int(pedido), por=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        destino = f"{punto.sesion.get_absolute_url()}#punto-{punto.pk}"
        return HttpResponseRedirect(siguiente(request, destino))


class AcuerdoPaginas(Paginas):
    modelo = models.Acuerdo
    tabla = tables.AcuerdoTabla
    filtro = filters.AcuerdoFiltro
    formulario = forms.AcuerdoForm
    recurso = resources.AcuerdoRecurso
    busca = ("folio", "texto", "notas", "area_responsable__nombre", "area_responsable__siglas")
    detalle = (
        "folio", ("Estado", tables.estado_de_acuerdo), ("Comisión", lambda a: str(a.comision)),
        ("Sesión", lambda a: str(a.sesion)), ("Punto del que sale", lambda a: str(a.punto) if a.punto else ""), "texto",
        ("Área responsable", lambda a: str(a.area_responsable) if a.area_responsable else ""), "fecha_limite",
        ("Se declaró cumplido en", lambda a: str(a.cumplido_en) if a.cumplido_en else ""),
    )  # fmt: skip
    evidencia = True
    vistas = ("lista", "nuevo", "detalle", "editar", "evidencia", "importar")  # un acuerdo no se elimina
    plantilla_detalle = "comision/seguimiento/acuerdo.html"

    def consulta(self, usuario):
        return consultas.acuerdos_visibles(usuario).select_related("cumplido_en")

    def argumentos_formulario(self, request):
        return {"sesion": sesion_pedida(request) if request.GET.get("sesion") else None}

    def guardar(self, *, formulario, por):
        hacer = acciones.editar_acuerdo if formulario.instance.pk else acciones.registrar_acuerdo
        return hacer(acuerdo=formulario.instance, por=por)

    def advertencias(self, *, formulario, usuario):
        datos = formulario.cleaned_data
        if formulario.instance.pk or not datos.get("folio"):
            return []
        duda = acciones.hueco_que_deja(datos["sesion"], datos["folio"])
        return [duda] if duda else []

    def paneles(self, objeto, usuario):
        return de_seguimiento.paneles(objeto, usuario)

    def acciones_lista(self, usuario):
        yield Accion("Todo el seguimiento", reverse("comision:seguimiento_lista"))

    def acciones_de(self, objeto, usuario):
        yield from de_seguimiento.botones(objeto, usuario)
        if usuario.has_perm(consultas.VE_TODO):
            yield Accion("Ver la sesión", objeto.sesion.get_absolute_url())


class AsistenciaPaginas(Paginas):
    """La asistencia renglón por renglón, para buscar y para las hojas; se pasa en la sala o en la cuadrícula."""

    modelo = models.Asistencia
    tabla = tables.AsistenciaTabla
    filtro = filters.AsistenciaFiltro
    recurso = resources.AsistenciaRecurso
    busca = ("integracion__nombre", "motivo", "suplente")
    femenino = True
    vistas = ("lista", "importar")
    ayuda = "Una línea por sesión y capacidad. Se anota en la sala o al pasar lista; aquí se consulta y se importa."

    def consulta(self, usuario):
        return models.Asistencia.objects.select_related("sesion__comision", "integracion").order_by(
            "-sesion__fecha_programada", "integracion__orden", "pk"
        )


class VotoPaginas(Paginas):
    modelo = models.Voto
    tabla = tables.VotoTabla
    filtro = filters.VotoFiltro
    recurso = VotoRecurso
    busca = ("integracion__nombre", "punto__titulo")
    vistas = ("lista", "importar")
    ayuda = "Una línea por punto y por quien votó. Se vota en la sala; aquí se consulta y se importa."

    def consulta(self, usuario):
        return models.Voto.objects.select_related("punto__sesion__comision", "integracion").order_by(
            "-punto__sesion__fecha_programada", "punto__numero", "integracion__orden", "pk"
        )
