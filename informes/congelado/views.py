"""Aprobar, congelar, publicar y corregir: las páginas de quien lleva un informe a la comisión."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View
from django_sendfile import sendfile

from informes import acciones as de_informes
from informes import consultas as de_consultas
from informes import reglas as de_reglas
from informes.armado import armar
from informes.estados import ClaseDeTrabajo, ClaseDeVersion, EstadoDeInforme, EstadoDeTrabajo
from informes.exportacion import FORMATOS
from informes.models import Informe, Trabajo, VersionDeInforme
from informes.trabajos import acciones as de_trabajos
from informes.trabajos import consultas as trabajos
from informes.verificador.consultas import errores_sin_aceptar
from vinculacion.nucleo.paginas import ConPermiso

from . import consultas, reglas
from .abandono import abandonar_correccion
from .cambios import comparar
from .forms import Erratas, PasoForm
from .preparacion import huella_por_aprobar
from .verificacion import comprobar


def migas(informe: Informe, *ultimas: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Inicio", reverse("inicio")),
        ("Informes", reverse("informes:informe_lista")),
        (informe.titulo, informe.get_absolute_url()),
        *ultimas,
    ]


def aprobacion_de(informe: Informe) -> str:
    return reverse("informes:informe_aprobacion", args=[informe.pk])


def informe_o_404(pk: int) -> Informe:
    return get_object_or_404(de_consultas.informes(), pk=pk)


def congelada_o_404(pk: int, **mas) -> VersionDeInforme:
    versiones = VersionDeInforme.objects.exclude(clase=ClaseDeVersion.TRABAJO).filter(**mas)
    return get_object_or_404(versiones.select_related("informe"), pk=pk)


def despues_de(request, acto: Trabajo, hecho: str) -> HttpResponse:
    """Lo corto ya terminó; lo demás se sigue en su página. ``ValidationError`` con lo que haya fallado."""
    if acto.estado == EstadoDeTrabajo.LISTO:
        messages.success(request, hecho)
        return HttpResponseRedirect(aprobacion_de(acto.informe))
    if acto.estado in trabajos.SIN_TERMINAR:
        return HttpResponseRedirect(acto.get_absolute_url())
    raise ValidationError(acto.error.splitlines() or ["Se canceló."])


class Aprobacion(ConPermiso, View):
    """En qué estado está, cómo llegó a él, qué sigue y todas sus versiones congeladas."""

    permiso = "informes.view_informe"

    def get(self, request, pk):
        informe = informe_o_404(pk)
        pasos = [
            {
                "estado": estado,
                "etiqueta": de_reglas.etiqueta_del_paso(informe, estado),
                "faltas": de_reglas.impedimentos_para_pasar(informe, estado),
                "atras": de_reglas.es_hacia_atras(informe.estado, estado),
            }
            for estado in de_reglas.PASOS[informe.estado]
            if request.user.has_perm(de_reglas.permiso_del_paso(informe.estado, estado))
        ]
        vigente = consultas.vigente(informe)
        versiones = consultas.numeradas(consultas.congeladas(informe))
        corrige = versiones[0] if versiones and vigente is None else None
        publica = request.user.has_perm("informes.publicar_informe")
        return render(
            request,
            "informes/congelado/aprobacion.html",
            {
                "informe": informe,
                "objeto": informe,
                "titulo": f"Aprobación: {informe.titulo}",
                "migas": migas(informe, ("Aprobación", "")),
                "pasos": pasos,
                "estados": EstadoDeInforme.choices,
                "dados": consultas.pasos_dados(informe),
                "versiones": versiones,
                "vigente": vigente,
                "corrige": corrige,
                "abandona": bool(corrige) and publica and not reglas.impedimentos_para_abandonar(informe),
                "acto": trabajos.acto_en_marcha(informe),
                "sigue_actos": request.user.has_perm(Pasar.permiso),
                "publica": publica,
                "elige_sesion": request.user.has_perm("informes.change_informe")
                and not de_reglas.impedimentos_para_editar(informe),
                "formatos": FORMATOS,
            },
        )


class Pasar(ConPermiso, View):
    """Un paso, con todo lo que conviene saber antes de darlo y una nota."""

    permiso = "informes.aprobar_informe"

    def get(self, request, pk, estado):
        informe = self.informe(pk, estado)
        if informe.estado == estado:
            return self.ya_esta(request, informe)
        self.exigir_permiso(request, informe, estado)
        escrito = trabajos.lo_escrito(request.user, request.GET.get("trabajo", ""), informe=pk)
        return self.pagina(request, informe, estado, self.formulario(informe, estado, initial=escrito))

    def post(self, request, pk, estado):
        informe = self.informe(pk, estado)
        if informe.estado == estado:
            return self.ya_esta(request, informe)
        self.exigir_permiso(request, informe, estado)
        formulario = self.formulario(informe, estado, data=request.POST)
        if request.POST.get("desde", informe.estado) != informe.estado:
            movido = f"Otra persona ya lo pasó a «{informe.get_estado_display()}»: lea qué hace ahora este paso."
            formulario.add_error(None, movido)
        if formulario.is_valid():
            try:
                return self.dar(request, informe, estado, formulario.cleaned_data["nota"])
            except ValidationError as error:
                formulario.add_error(None, error.messages)
        informe = informe_o_404(pk)  # otra persona pudo moverlo mientras tanto
        return self.pagina(request, informe, estado, formulario, status=422)

    def informe(self, pk: int, estado: str) -> Informe:
        if estado not in EstadoDeInforme.values:
            raise Http404("Estado desconocido.")
        return informe_o_404(pk)

    def dar(self, request, informe: Informe, estado: str, nota: str) -> HttpResponse:
        hecho = f"El informe quedó en «{EstadoDeInforme(estado).label}»."
        if de_reglas.congela(informe.estado, estado):
            visto = request.POST.get("visto", "")
            acto = de_trabajos.pedir_aprobacion(informe=informe, por=request.user, nota=nota, visto=visto)
            return despues_de(request, acto, hecho)
        de_informes.pasar_informe(informe=informe, estado=estado, por=request.user, nota=nota)
        messages.success(request, hecho)
        return HttpResponseRedirect(aprobacion_de(informe))

    def ya_esta(self, request, informe: Informe) -> HttpResponse:
        """Doble clic, otra pestaña o el botón de regresar: no hay nada que repetir."""
        messages.info(request, f"El informe ya está en «{informe.get_estado_display()}».")
        return HttpResponseRedirect(aprobacion_de(informe))

    def exigir_permiso(self, request, informe: Informe, estado: str) -> None:
        if not request.user.has_perm(de_reglas.permiso_del_paso(informe.estado, estado)):
            raise PermissionDenied

    def formulario(self, informe: Informe, estado: str, **mas) -> PasoForm:
        return PasoForm(atras=de_reglas.es_hacia_atras(informe.estado, estado), **mas)

    def pagina(self, request, informe: Informe, estado: str, formulario: PasoForm, status: int = 200) -> HttpResponse:
        faltas = de_reglas.impedimentos_para_pasar(informe, estado)
        visto = ""
        if not faltas and de_reglas.congela(informe.estado, estado):
            try:
                visto = huella_por_aprobar(informe)
            except ValidationError as error:
                faltas = error.messages
        adelante = not faltas and estado in (EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)
        adelante = adelante and not de_reglas.es_hacia_atras(informe.estado, estado)
        errores = errores_sin_aceptar(informe) if adelante else []
        etiqueta = de_reglas.etiqueta_del_paso(informe, estado)
        return render(
            request,
            "informes/congelado/paso.html",
            {
                "informe": informe,
                "titulo": etiqueta,
                "migas": migas(informe, ("Aprobación", aprobacion_de(informe)), (etiqueta, "")),
                "estado": estado,
                "etiqueta": etiqueta,
                "faltas": faltas,
                "errores": errores,
                "impiden": bool(errores) and estado == EstadoDeInforme.PRESENTADO,
                "observaciones": reglas.observaciones_abiertas(informe) if adelante else 0,
                "explicacion": EXPLICACIONES.get((informe.estado, estado), ""),
                "formulario": formulario,
                "visto": visto,
                "cancelar": aprobacion_de(informe),
            },
            status=status,
        )


E_ = EstadoDeInforme
EXPLICACIONES = {
    (E_.BORRADOR, E_.REVISION): "Las oficinas podrán observarlo; se sigue editando.",
    (E_.REVISION, E_.PRESENTADO): "Es lo que se lleva a la sesión. La portada dirá el punto y la fecha.",
    (E_.PRESENTADO, E_.APROBADO): (
        "Se guarda como está, en todos sus formatos y con su huella. Desde entonces nada lo cambia: una corrección es "
        "otra versión. También se cierran los trimestres que abarca."
    ),
    (E_.APROBADO, E_.PUBLICADO): "Cualquiera, sin cuenta, podrá descargar el PDF y comprobar su huella.",
    (E_.APROBADO, E_.REVISION): "La versión aprobada sigue valiendo hasta que otro acuerdo apruebe la corrección.",
    (E_.PUBLICADO, E_.REVISION): "La versión publicada sigue a la vista hasta que se publique la corrección.",
    (E_.PUBLICADO, E_.APROBADO): "Su página pública dejará de abrirse, también para quien ya tenga el documento.",
}


class Abandonar(ConPermiso, View):
    """Deja la corrección y vuelve a la última versión congelada."""

    permiso = "informes.publicar_informe"

    def get(self, request, pk):
        return self.pagina(request, informe_o_404(pk), PasoForm(atras=True))

    def post(self, request, pk):
        informe = informe_o_404(pk)
        formulario = PasoForm(request.POST, atras=True)
        if formulario.is_valid():
            try:
                abandonar_correccion(informe=informe, razon=formulario.cleaned_data["nota"], por=request.user)
            except ValidationError as error:
                formulario.add_error(None, error.messages)
            else:
                messages.success(request, "Se dejó la corrección: vale la última versión congelada.")
                return HttpResponseRedirect(aprobacion_de(informe))
        return self.pagina(request, informe, formulario, status=422)

    def pagina(self, request, informe: Informe, formulario: PasoForm, status: int = 200) -> HttpResponse:
        return render(
            request,
            "informes/congelado/paso.html",
            {
                "informe": informe,
                "titulo": "Dejar la corrección",
                "migas": migas(informe, ("Aprobación", aprobacion_de(informe)), ("Dejar la corrección", "")),
                "etiqueta": "Dejar la corrección",
                "faltas": reglas.impedimentos_para_abandonar(informe),
                "explicacion": (
                    "El informe vuelve a ser el de su última versión congelada: apartados, secciones, imágenes, "
                    "renglones, punto y acuerdo. Lo que se había corregido queda en una versión de trabajo, en "
                    "Versiones y diferencias, donde se puede comparar y recuperar."
                ),
                "formulario": formulario,
                "cancelar": aprobacion_de(informe),
            },
            status=status,
        )


class Cambios(ConPermiso, View):
    """Lo congelado contra lo que los registros dicen hoy; se compara al abrir la página."""

    permiso = "informes.view_informe"

    def get(self, request, pk):
        informe = informe_o_404(pk)
        version = consultas.ultima_congelada(informe)
        if version is None:
            raise Http404("El informe no tiene una versión congelada.")
        armada = armar(informe)
        return render(
            request,
            "informes/congelado/cambios.html",
            {
                "informe": informe,
                "objeto": informe,
                "version": version,
                "titulo": "Qué ha cambiado desde que se congeló",
                "migas": migas(informe, ("Aprobación", aprobacion_de(informe)), ("Cambios", "")),
                "apartados": comparar(consultas.documento_de(version), armada.documento),
                "problemas": armada.problemas,
            },
        )


class DescargarVersion(ConPermiso, View):
    permiso = "informes.view_versiondeinforme"

    def get(self, request, pk, formato):
        return enviar(request, congelada_o_404(pk), formato)


def enviar(request, version: VersionDeInforme, formato: str) -> HttpResponse:
    """El archivo tal como se congeló, byte por byte."""
    archivo = consultas.archivo_de(version, formato)
    if archivo is None or not archivo.archivo.storage.exists(archivo.archivo.name):
        raise Http404("Ese archivo no está en el almacén.")
    respuesta = sendfile(
        request,
        archivo.archivo.path,
        attachment=True,
        attachment_filename=archivo.nombre,
        mimetype=FORMATOS[formato].tipo,
    )
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta


class Evidencias(ConPermiso, View):
    """La evidencia que respaldaba al informe el día que se congeló."""

    permiso = "informes.view_versiondeinforme"

    def get(self, request, pk):
        version = congelada_o_404(pk)
        informe = version.informe
        return render(
            request,
            "informes/congelado/evidencias.html",
            {
                "version": version,
                "titulo": f"Evidencias de la versión {version.lugar}",
                "migas": migas(informe, ("Aprobación", aprobacion_de(informe)), ("Evidencias", "")),
            },
        )


class AnotarErrata(ConPermiso, View):
    permiso = "informes.publicar_informe"

    def get(self, request, pk):
        version = congelada_o_404(pk)
        if razones := reglas.impedimentos_para_anotar_errata(version, [None]):
            messages.error(request, " ".join(razones))
            return HttpResponseRedirect(aprobacion_de(version.informe))
        escrito = trabajos.lo_escrito(request.user, request.GET.get("trabajo", ""), clase=ClaseDeTrabajo.ERRATA)
        return self.pagina(request, version, Erratas.con(version, escrito.get("erratas", ())))

    def post(self, request, pk):
        version = congelada_o_404(pk)
        conjunto = Erratas(request.POST, form_kwargs={"version": version})
        generales: list[str] = []
        if conjunto.is_valid():
            try:
                acto = de_trabajos.pedir_errata(version=version, erratas=conjunto.erratas(), por=request.user)
                hecho = f"Se anotó la fe de erratas en la versión {version.lugar + 1}."
                return despues_de(request, acto, hecho)
            except ValidationError as error:
                generales = error.messages
        return self.pagina(request, version, conjunto, generales, status=422)

    def pagina(self, request, version, conjunto, generales=(), status: int = 200) -> HttpResponse:
        informe = version.informe
        return render(
            request,
            "informes/congelado/errata.html",
            {
                "version": version,
                "titulo": "Fe de erratas",
                "migas": migas(informe, ("Aprobación", aprobacion_de(informe)), ("Fe de erratas", "")),
                "conjunto": conjunto,
                "generales": [*generales, *conjunto.non_form_errors()],
                "cancelar": aprobacion_de(informe),
            },
            status=status,
        )


class Congelados(ConPermiso, View):
    """Todas las versiones congeladas; al enviarla, se vuelven a calcular sus huellas."""

    permiso = "informes.view_versiondeinforme"

    def get(self, request):
        return self.pagina(request, None)

    def post(self, request):
        return self.pagina(request, list(comprobar()))

    def pagina(self, request, comprobaciones) -> HttpResponse:
        versiones = (
            VersionDeInforme.objects.exclude(clase=ClaseDeVersion.TRABAJO)
            .select_related("informe", "por")
            .prefetch_related("archivos")
            .defer("documento", "estructura", "evidencias")
            .order_by("-creada")
        )
        fallas: dict[int, list] = {}
        for comprobacion in comprobaciones or ():
            fallas.setdefault(comprobacion.version.pk, [])
            if comprobacion.falla:
                fallas[comprobacion.version.pk].append(comprobacion)
        return render(
            request,
            "informes/congelado/congelados.html",
            {
                "titulo": "Informes congelados",
                "migas": [("Inicio", reverse("inicio")), ("Congelados", "")],
                "versiones": [(version, fallas.get(version.pk)) for version in versiones],
                "comprobado": comprobaciones is not None,
                "mal": sum(bool(c.falla) for c in comprobaciones or ()),
                "cuantas": len(comprobaciones or ()),
            },
        )
