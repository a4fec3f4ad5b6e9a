"""Lo que se pregunta de la comisión: páginas, informes y hojas usan estas mismas respuestas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from vinculacion.nucleo.memoria import recordada
from vinculacion.nucleo.periodos import Periodo, hoy
from vinculacion.nucleo.texto import llano

from .estados import ABIERTOS, ASISTIERON, ORDEN_DE_ROL, EstadoDeSesion
from .models import Acuerdo, Asistencia, Comision, Integracion, Punto, Sesion
from .reglas import estaba_vigente

VE_TODO = "comision.view_sesion"
NO_INTEGRABA = None
SIN_ANOTAR = ""


def comision_vigente(fecha: date | None = None) -> Comision | None:
    """La que funciona en ``fecha``; si ninguna, la más reciente."""
    fecha = fecha or hoy()
    vigente = Q(desde__lte=fecha) & (Q(hasta__isnull=True) | Q(hasta__gte=fecha))
    return Comision.objects.filter(vigente).order_by("-desde").first() or Comision.objects.order_by("-desde").first()


# -- integración ---------------------------------------------------------------


def en_protocolo(consulta: QuerySet[Integracion]) -> QuerySet[Integracion]:
    """Por orden de protocolo; a igual orden, por calidad y nombre."""
    lugar = Case(
        *(When(rol=rol, then=Value(n)) for rol, n in ORDEN_DE_ROL.items()), default=99, output_field=IntegerField()
    )
    return consulta.order_by("orden", lugar, "nombre", "desde")


def integracion_en(comision: Comision, fecha: date) -> QuerySet[Integracion]:
    """Las capacidades vigentes ese día."""
    vigente = Q(desde__lte=fecha) & (Q(hasta__isnull=True) | Q(hasta__gte=fecha))
    return en_protocolo(comision.integraciones.filter(vigente)).select_related("area", "organismo")


# -- sesiones ------------------------------------------------------------------


def sesiones_celebradas(comision: Comision | None, periodo: Periodo | None, tipo: str = "") -> QuerySet[Sesion]:
    """Por la fecha en que se celebraron, de la primera a la última; sin comisión o sin periodo, las de todos."""
    consulta = Sesion.objects.filter(estado=EstadoDeSesion.CELEBRADA, fecha_celebrada__isnull=False)
    if comision:
        consulta = consulta.filter(comision=comision)
    if periodo:
        consulta = consulta.filter(fecha_celebrada__range=(periodo.inicio, periodo.fin))
    if tipo:
        consulta = consulta.filter(tipo=tipo)
    return consulta.order_by("fecha_celebrada", "hora_inicio", "pk")


@recordada
def lista_de_celebradas(comision: Comision | None, periodo: Periodo, tipo: str = "") -> list[Sesion]:
    """Las de una comisión, que casi cada sección y cifra de un informe pide; sin comisión, ninguna."""
    return list(sesiones_celebradas(comision, periodo, tipo)) if comision else []


def por_anio(sesiones: Sequence[Sesion], periodo: Periodo) -> list[tuple[str, list[Sesion]]]:
    """Partidas por año si el periodo abarca varios; la etiqueta es vacía si no."""
    if len(periodo.anios()) == 1:
        return [("", list(sesiones))]
    partes = [(e, [s for s in sesiones if s.fecha in p]) for e, p in periodo.por_anio()]
    return [(etiqueta, suyas) for etiqueta, suyas in partes if suyas]


def con_cuentas(consulta: QuerySet[Sesion]) -> QuerySet[Sesion]:
    """Cuántos puntos y acuerdos tiene cada una, sin cruzar las tablas entre sí."""

    def cuenta(modelo):
        por_sesion = modelo.objects.filter(sesion=OuterRef("pk")).order_by().values("sesion")
        return Coalesce(Subquery(por_sesion.annotate(n=Count("pk")).values("n")), 0)

    return consulta.select_related("comision").annotate(
        num_puntos=cuenta(Punto),
        num_acuerdos=cuenta(Acuerdo),
    )


def siguiente_sesion(comision: Comision, fecha: date | None = None) -> Sesion | None:
    """La próxima por celebrarse a partir de ``fecha``."""
    return (
        Sesion.objects.filter(
            comision=comision,
            fecha_programada__gte=fecha or hoy(),
            estado__in=(EstadoDeSesion.PROGRAMADA, EstadoDeSesion.CONVOCADA, EstadoDeSesion.EN_CURSO),
        )
        .order_by("fecha_programada", Coalesce("hora_programada", "hora_inicio"), "pk")
        .first()
    )


def buscar_sesiones(consulta: QuerySet[Sesion], texto: str) -> QuerySet[Sesion]:
    """Por código, por su nombre en palabras, por lugar o por lo que se trató.

    El código y el ordinal no están en la base; las sesiones de toda la historia son unos cientos.
    """
    palabras = llano(texto.replace("\x00", "")[:200]).split()
    if not palabras:
        return consulta
    titulos: dict[int, list[str]] = {}
    for clave, titulo in Punto.objects.order_by().values_list("sesion_id", "titulo"):
        titulos.setdefault(clave, []).append(titulo)
    claves = []
    for sesion in Sesion.objects.select_related("comision").order_by():
        contenido = llano(
            f"{sesion.clave} {sesion.en_palabras} {sesion.anio} {sesion.comision.siglas} {sesion.lugar} "
            f"{' '.join(titulos.get(sesion.pk, ()))}"
        )
        if all(palabra in contenido for palabra in palabras):
            claves.append(sesion.pk)
    return consulta.filter(pk__in=claves)


# -- asistencia ----------------------------------------------------------------

Fila = tuple[Integracion, list[str | None]]


def matriz_de_asistencia(sesiones: Sequence[Sesion], motivos: dict | None = None) -> list[Fila]:
    """Capacidad × sesión en orden de protocolo, en dos consultas.

    Cada marca es un estado de asistencia, ``SIN_ANOTAR`` o ``NO_INTEGRABA``. Sólo salen las
    capacidades que estaban vigentes en alguna de las sesiones o que asistieron a alguna. Quien
    no integraba la comisión ese día no falta, aunque se le hubiera anotado antes de saberlo.
    En ``motivos`` se deja el de una ausencia o quién suplió: (sesión, integración) → texto.
    """
    if not sesiones:
        return []
    marcas = {}
    for a in Asistencia.objects.filter(sesion__in=[s.pk for s in sesiones]).order_by():
        marcas[a.sesion_id, a.integracion_id] = a.estado
        if motivos is not None and (nota := a.motivo or a.suplente):
            motivos[a.sesion_id, a.integracion_id] = nota
    capacidades = en_protocolo(Integracion.objects.filter(comision__in={s.comision_id for s in sesiones}))

    def marca(capacidad: Integracion, sesion: Sesion) -> str | None:
        anotada = marcas.get((sesion.pk, capacidad.pk), SIN_ANOTAR)
        integra = capacidad.comision_id == sesion.comision_id and estaba_vigente(capacidad, sesion.fecha)
        return anotada if integra or anotada in ASISTIERON else NO_INTEGRABA

    matriz = []
    for capacidad in capacidades:
        fila = [marca(capacidad, s) for s in sesiones]
        if any(marca is not NO_INTEGRABA for marca in fila):
            matriz.append((capacidad, fila))
    return matriz


def con_lista(sesiones: Sequence[Sesion]) -> list[Sesion]:
    """Aquellas en que ya se anotó la asistencia de alguien, aunque sea que faltó."""
    anotadas = set(Asistencia.objects.filter(sesion__in=[s.pk for s in sesiones]).values_list("sesion", flat=True))
    return [s for s in sesiones if s.pk in anotadas]


# -- puntos --------------------------------------------------------------------


def puntos_de(sesiones: Iterable[Sesion], *, con_tramite: bool = True, tema: str = "") -> QuerySet[Punto]:
    consulta = Punto.objects.filter(sesion__in=[s.pk for s in sesiones]).select_related("sesion", "tema")
    if not con_tramite:
        consulta = consulta.filter(de_tramite=False)
    if tema:
        consulta = consulta.filter(tema__nombre=tema)
    return consulta.order_by("sesion__fecha_celebrada", "sesion__hora_inicio", "sesion", "numero")


@dataclass
class Asunto:
    """Un mismo título, con las sesiones en que se presentó."""

    titulo: str
    sesiones: list[Sesion] = field(default_factory=list)


def puntos_presentados(sesiones: Sequence[Sesion], *, con_tramite: bool = False, tema: str = "") -> list[Asunto]:
    """Agrupa los títulos iguales (sin mirar mayúsculas ni acentos) en el orden en que aparecieron."""
    asuntos: dict[str, Asunto] = {}
    por_pk = {s.pk: s for s in sesiones}
    for punto in puntos_de(sesiones, con_tramite=con_tramite, tema=tema):
        asunto = asuntos.setdefault(" ".join(llano(punto.titulo).split()).rstrip("."), Asunto(punto.titulo))
        sesion = por_pk[punto.sesion_id]
        if sesion not in asunto.sesiones:
            asunto.sesiones.append(sesion)
    return list(asuntos.values())


# -- acuerdos ------------------------------------------------------------------


def acuerdos_visibles(usuario) -> QuerySet[Acuerdo]:
    """Quien ve las sesiones ve todos; los demás (papel Área), los de su área."""
    consulta = Acuerdo.objects.select_related("comision", "sesion__comision", "punto", "area_responsable")
    consulta = consulta.order_by("-sesion__fecha_programada", "folio")
    if usuario.has_perm(VE_TODO):
        return consulta
    return consulta.filter(area_responsable=usuario.area_id) if usuario.area_id else consulta.none()


def acuerdos_de(sesiones: Iterable[Sesion]) -> QuerySet[Acuerdo]:
    return Acuerdo.objects.filter(sesion__in=[s.pk for s in sesiones]).order_by("sesion__fecha_celebrada", "folio")


def abiertos(consulta: QuerySet[Acuerdo]) -> QuerySet[Acuerdo]:
    return consulta.filter(estado__in=ABIERTOS)


def vencidos(consulta: QuerySet[Acuerdo], fecha: date | None = None) -> QuerySet[Acuerdo]:
    return abiertos(consulta).filter(fecha_limite__lt=fecha or hoy())
