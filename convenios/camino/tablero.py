"""El tablero por etapa: unas cuantas consultas, sin importar cuántos instrumentos haya.

En las tres primeras columnas manda la etapa; en las de lo firmado, la situación que sale de las fechas.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Prefetch, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from vinculacion.nucleo.formularios import arregla_filtro
from vinculacion.nucleo.periodos import hoy
from vinculacion.nucleo.texto import busca

from ..consultas import con_desde, convenios_visibles
from ..estados import EN_TRAMITE, PASOS, SIN_FIRMA, EstadoDeCompromiso, Etapa, Situacion
from ..models import Compromiso, Convenio, PasoPendiente
from . import reglas
from .filters import TableroFiltro

POR_COLUMNA = 30
BUSCA = ("folio", "titulo", "objeto", "contrapartes__nombre", "contrapartes__siglas")
TERMINADAS = "terminadas"
POR_INICIAR = Situacion.POR_INICIAR.value


@dataclass(frozen=True)
class Tarjeta:
    convenio: Convenio
    dias: int | None
    faltas: int
    proxima: tuple[date, str] | None
    vencida: bool
    pasos: list[tuple[str, str]]

    @property
    def admite(self) -> str:
        """Las etapas a las que se puede llevar, como las lee el guion que arrastra."""
        return " ".join(etapa for etapa, _ in self.pasos)


@dataclass
class Columna:
    clave: str
    titulo: str
    recibe: tuple[Etapa, ...] = ()  # a qué etapa pasa lo que se suelta en ella
    nota: str = ""
    este_anio: bool = False  # sólo enseña lo de este año
    plegada: bool = False
    en_lista: dict[str, str] = field(default_factory=dict)
    total: int = 0
    visibles: int = 0  # los que caben por año; ``tarjetas`` puede traer menos
    tarjetas: list[Tarjeta] = field(default_factory=list)
    url: str = ""


def columnas() -> list[Columna]:
    de_las_fechas = "Sale de sus fechas."
    return [
        *(Columna(e.value, e.label, (e,), en_lista={"etapa": e.value}) for e in map(Etapa, EN_TRAMITE)),
        Columna("vigente", "Suscrito y vigente", (Etapa.SUSCRITO,), en_lista={"situacion": Situacion.VIGENTE}),
        Columna(POR_INICIAR, "Aún no entra en vigor", (), de_las_fechas, en_lista={"situacion": POR_INICIAR}),
        Columna("por_vencer", "Por vencer", (), de_las_fechas, en_lista={"situacion": Situacion.POR_VENCER}),
        Columna("vencido", "Vencido", (), de_las_fechas, True, en_lista={"situacion": Situacion.VENCIDO}),
        Columna("concluido", "Concluido", (Etapa.CONCLUIDO,), "", True, en_lista={"situacion": Situacion.CONCLUIDO}),
        Columna(
            TERMINADAS,
            "No se concretó o no se requiere",
            (Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO),
            "",
            True,
            True,
            {"situacion": Situacion.SIN_FIRMA},
        ),
    ]


COLUMNA = Case(
    When(etapa__in=EN_TRAMITE, then=F("etapa")),
    When(etapa__in=SIN_FIRMA, then=Value(TERMINADAS)),
    default=F("situacion"),
    output_field=CharField(),
)


class Tablero:
    def __init__(self, request: HttpRequest):
        self.hoy = hoy()
        self.datos: QueryDict = request.GET
        self.texto = request.GET.get("q", "").strip()[:200]
        visibles = convenios_visibles(request.user).prefetch_related(None).order_by()
        self.filtro = TableroFiltro(request.GET, queryset=visibles)
        for campo in self.filtro.form.fields.values():
            arregla_filtro(campo)
        consulta = busca(self.filtro.qs, BUSCA, self.texto)
        self.activos = sum(1 for nombre in self.filtro.filters if any(request.GET.getlist(nombre)))
        self.filtrando = bool(self.texto or self.activos)
        self.columnas = columnas()
        self._llena(con_desde(consulta, self.hoy).annotate(columna=COLUMNA))

    def url_lista(self, **mas: str) -> str:
        """La lista con los mismos filtros."""
        iguales = QueryDict(mutable=True)
        for nombre in ("q", *self.filtro.filters):
            if valor := self.datos.get(nombre, ""):
                iguales[nombre] = valor
        iguales.update(mas)
        return f"{reverse('convenios:convenio_lista')}{'?' if iguales else ''}{iguales.urlencode()}"

    @property
    def total(self) -> int:
        return sum(c.total for c in self.columnas)

    def _llena(self, consulta: QuerySet[Any]) -> None:
        de = {c.clave: c for c in self.columnas}
        este_anio = Q(vigencia_hasta__year=self.hoy.year, columna="vencido") | Q(
            desde__year=self.hoy.year, columna__in=("concluido", TERMINADAS)
        )
        entra = este_anio | ~Q(columna__in=[c.clave for c in self.columnas if c.este_anio])
        for fila in consulta.values("columna").annotate(total=Count("pk"), caben=Count("pk", filter=entra)):
            columna = de[fila["columna"]]
            columna.total, columna.visibles = fila["total"], fila["caben"]
        for convenio in self._primeros(consulta.filter(entra)):
            de[convenio.columna].tarjetas.append(self._tarjeta(convenio))
        # Casi nunca hay un instrumento así: su columna sólo ocupa lugar cuando lo hay.
        self.columnas = [c for c in self.columnas if c.total or c.clave != POR_INICIAR]
        for columna in self.columnas:
            columna.url = self.url_lista(**columna.en_lista)

    def _primeros(self, consulta: QuerySet[Any]) -> QuerySet[Any]:
        """Los que caben en cada columna: lo más detenido, lo que antes vence y lo último que terminó."""
        sube = Case(
            When(etapa__in=EN_TRAMITE, then=F("desde")),
            When(columna__in=("vigente", "por_vencer"), then=F("vigencia_hasta")),
            output_field=DateField(),
        )
        baja = Case(When(columna="vencido", then=F("vigencia_hasta")), default=F("desde"), output_field=DateField())
        orden = (sube.asc(nulls_last=True), baja.desc(nulls_last=True), F("folio").asc())
        lugar = Window(RowNumber(), partition_by=F("columna"), order_by=orden)
        abiertos = Compromiso.objects.filter(estado=EstadoDeCompromiso.ABIERTO)
        return (
            consulta.annotate(lugar=lugar)
            .filter(lugar__lte=POR_COLUMNA)
            .order_by("columna", "lugar")
            .prefetch_related(
                "contrapartes",
                "areas",
                "cambios",
                "opiniones",
                "documentos",
                Prefetch("compromisos", abiertos),
                Prefetch("pendientes", PasoPendiente.objects.filter(hecho=None)),
            )
        )

    def _tarjeta(self, convenio: Any) -> Tarjeta:
        fechas = [(p.fecha_limite, "paso pendiente") for p in convenio.pendientes.all() if p.fecha_limite]
        if convenio.etapa == Etapa.SUSCRITO:
            fechas += [(c.proxima, "compromiso") for c in convenio.compromisos.all() if c.proxima]
            if convenio.vigencia_hasta and convenio.vigencia_hasta >= self.hoy:
                fechas.append((convenio.vigencia_hasta, "fin de la vigencia"))
        elif convenio.etapa not in EN_TRAMITE:
            fechas = []
        proxima = min(fechas, default=None)
        return Tarjeta(
            convenio,
            (self.hoy - convenio.desde).days if convenio.desde and convenio.etapa in EN_TRAMITE else None,
            len(reglas.faltantes(convenio, self.hoy)),
            proxima,
            proxima is not None and proxima[0] < self.hoy,
            [(etapa, Etapa(etapa).label) for etapa in PASOS[convenio.etapa]],
        )
