"""La evidencia de los registros que un informe cuenta, con sus huellas: lo que lo respalda al aprobarse."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import Resolver404, resolve

from informes.arbol import arbol
from informes.models import Informe
from programas.consultas import actividades_del_periodo
from vinculacion.archivo.models import Evidencia
from vinculacion.comision.consultas import sesiones_celebradas
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.salida.documento import Documento, recorrido

TANDA = 5_000  # llaves por consulta: las bases ponen un tope


def evidencias_de(informe: Informe, documento: Documento) -> list[dict]:
    """Una entrada por evidencia, ordenadas por registro; los que no tienen ninguna no aparecen."""
    por_modelo: dict[type[Model], dict[int, str]] = defaultdict(dict)
    for direccion in dict.fromkeys([*_enlazados(documento), *_contados(informe)]):
        if hallado := _registro_de(direccion):
            modelo, pk = hallado
            por_modelo[modelo].setdefault(pk, direccion)
    entradas = [entrada for modelo, direcciones in por_modelo.items() for entrada in _de_un_modelo(modelo, direcciones)]
    return sorted(entradas, key=lambda e: (e["direccion"], e["titulo"], e["sha256"], e["enlace"]))


def _enlazados(documento: Documento) -> Iterator[str]:
    """Los registros que las tablas enseñan, renglón por renglón."""
    for paso in recorrido(documento):
        for bloque, _ in paso.bloques:
            if isinstance(bloque, Tabla):
                yield from filter(None, bloque.enlaces)


def _contados(informe: Informe) -> Iterator[str]:
    """Los que ninguna tabla enlaza: las sesiones con sus acuerdos y lo que cuenta para la acción de cada apartado."""
    apartados = [nodo.apartado for raiz in arbol(informe) for nodo in raiz.recorrer()]
    if any(uso.seccion.startswith("comision.") for apartado in apartados for uso in apartado.secciones.all()):
        for sesion in sesiones_celebradas(informe.comision, informe.periodo).prefetch_related("acuerdos"):
            yield sesion.get_absolute_url()
            for acuerdo in sesion.acuerdos.all():
                yield acuerdo.get_absolute_url()
    acciones = {apartado.accion.pk: apartado.accion for apartado in apartados if apartado.accion}
    if not acciones:
        return
    for actividad in actividades_del_periodo(informe.periodo, acciones=acciones.values()):
        yield actividad.get_absolute_url()
    for clave in sorted({accion.fuente for accion in acciones.values()} & FUENTES.keys()):
        for hecho in FUENTES[clave].detallar(informe.inicio, informe.fin):
            if hecho.url:
                yield hecho.url


def _registro_de(direccion: str) -> tuple[type[Model], int] | None:
    """De la dirección de un registro, su modelo y su llave; las páginas genéricas saben cuál enseñan."""
    try:
        hallada = resolve(direccion.split("?")[0].split("#")[0])
    except Resolver404:
        return None
    paginas = getattr(getattr(hallada.func, "view_class", None), "paginas", None)
    pk = hallada.kwargs.get("pk")
    return (paginas.modelo, pk) if paginas is not None and pk is not None else None


def _de_un_modelo(modelo: type[Model], direcciones: dict[int, str]) -> Iterable[dict]:
    tipo = ContentType.objects.get_for_model(modelo)
    llaves = list(direcciones)
    evidencias = [
        evidencia
        for desde in range(0, len(llaves), TANDA)
        for evidencia in Evidencia.objects.filter(tipo_de_registro=tipo, registro_id__in=llaves[desde : desde + TANDA])
    ]
    registros = modelo._default_manager.in_bulk([e.registro_id for e in evidencias])
    for evidencia in evidencias:
        yield {
            "registro": str(registros.get(evidencia.registro_id, "")),
            "direccion": direcciones[evidencia.registro_id],
            "titulo": str(evidencia),
            "sha256": evidencia.sha256,
            "enlace": evidencia.enlace,
            "tamano": evidencia.tamano,
        }
