"""Lo que se escribe en informes y plantillas."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programas.estados import EstadoDePrograma
from programas.metas.acciones import cerrar_trimestre
from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.modelos import borra, firma, guarda

from . import arbol, consultas, reglas
from .congelado import acciones as congelado
from .congelado.consultas import en_correccion
from .congelado.preparacion import Encargo, preparar
from .congelado.reglas import exigir, impedimentos_del_acuerdo, impedimentos_por_errores
from .estados import CONGELADOS, ClaseDeVersion, EstadoDeInforme
from .models import Aceptacion, Apartado, Informe, Plantilla, UsoDeSeccion


@transaction.atomic
def guardar_plantilla(*, plantilla: Plantilla, por, copia_de: Plantilla | Informe | None = None) -> Plantilla:
    nueva = plantilla.pk is None
    guarda(plantilla, por)
    if nueva and copia_de is not None:
        arbol.copiar(copia_de, plantilla, por)
    return plantilla


@transaction.atomic
def guardar_informe(*, informe: Informe, por, copia_de: Plantilla | Informe | None = None) -> Informe:
    """Un informe nuevo nace con los apartados de su plantilla, o de ``copia_de``; después es independiente."""
    exigir_editable(informe)
    if razones := impedimentos_del_acuerdo(informe):
        raise ValidationError({"acuerdo": razones})
    nuevo = informe.pk is None
    guarda(informe, por)
    if nuevo and (origen := copia_de or informe.plantilla) is not None:
        arbol.copiar(origen, informe, por)
    return informe


def pasar_informe(*, informe: Informe, estado: str, por, nota: str = "", encargo: Encargo | None = None) -> Informe:
    """Lleva el informe a ``estado``; ``ValidationError`` con todo lo que falta. ``encargo``: el de quien lo imprime.

    Aprobar congela en la misma transacción. Lo que tarda (verificar, imprimir) se hace antes de abrirla,
    para no tener esperando a los demás; dentro se comprueba que lo impreso sigue siendo lo que hay.
    """
    informe = consultas.informes().get(pk=informe.pk)
    exigir_paso(informe, estado, nota)
    if estado == EstadoDeInforme.PRESENTADO:
        exigir(impedimentos_por_errores(informe))
    if not reglas.congela(informe.estado, estado):
        # De lo congelado ya hay versión; de un borrador se guarda lo que los demás van a leer.
        retrato = None if informe.estado in CONGELADOS else congelado.retratar(informe, estado)
        with transaction.atomic():
            informe = _dar_paso(informe, estado, nota, por)
            if retrato is not None:
                rotulo = f"Al pasar a «{informe.get_estado_display()}»" + (f": {nota.strip()}" if nota.strip() else "")
                congelado.guardar_retrato(informe=informe, retrato=retrato, por=por, nota=rotulo[:500])
            return informe
    encargo = encargo or Encargo()
    clase = ClaseDeVersion.CORRECCION if en_correccion(informe) else ClaseDeVersion.APROBADA
    preparada = preparar(informe, clase, encargo)
    with congelado.en_disco(preparada) as rutas, transaction.atomic():
        informe = _dar_paso(informe, estado, nota, por)
        version = congelado.guardar_aprobada(preparada=preparada, rutas=rutas, informe=informe, por=por, nota=nota)
        _cerrar_trimestres(informe, por)
        encargo.al_guardar(version)
        return informe


def exigir_paso(informe: Informe, estado: str, nota: str) -> None:
    exigir(reglas.impedimentos_para_pasar(informe, estado))
    exigir_nota(nota, obligatoria=reglas.es_hacia_atras(informe.estado, estado))


def exigir_nota(nota: str, *, obligatoria: bool) -> None:
    if len(nota) > reglas.NOTA_MAXIMA:
        raise ValidationError({"nota": f"Escríbalo en {reglas.NOTA_MAXIMA} letras o menos; lleva {len(nota)}."})
    if obligatoria and not nota.strip():
        raise ValidationError({"nota": "Diga por qué."})


def _dar_paso(informe: Informe, estado: str, nota: str, por) -> Informe:
    desde = informe.estado
    informe = Informe.objects.select_for_update(of=("self",)).get(pk=informe.pk)
    if informe.estado != desde:
        # Lo mismo dicho desde otro estado es otro acto: regresar lo presentado, o abrir una corrección.
        raise ValidationError(f"Otra persona acaba de pasarlo a «{informe.get_estado_display()}».")
    if informe.acuerdo_id:
        # Dos informes con el mismo acuerdo se forman uno tras otro.
        Acuerdo.objects.select_for_update().get(pk=informe.acuerdo_id)
    exigir_paso(informe, estado, nota)
    if informe.estado in CONGELADOS and estado == EstadoDeInforme.REVISION:
        # La corrección va a otra sesión: los de la versión aprobada quedan en ella.
        informe.punto = informe.acuerdo = None
    elif estado == EstadoDeInforme.PUBLICADO:
        congelado.publicar(informe=informe)
    elif informe.estado == EstadoDeInforme.PUBLICADO:
        congelado.retirar(informe=informe)
    informe.estado = estado
    firma(informe, por, nota.strip())
    informe.save()
    return informe


def _cerrar_trimestres(informe: Informe, por) -> None:
    """Lo que el informe dio por aprobado ya no cambia: cierra los trimestres que abarca enteros."""
    razon = f"Informe «{informe.clave}» aprobado"
    if informe.acuerdo is not None:
        razon += f" con el acuerdo {informe.acuerdo.folio}"
    enteros = [t for t in informe.periodo.trimestres() if t.inicio in informe.periodo and t.fin in informe.periodo]
    for programa in consultas.programas_de(informe):
        abiertos = [t for t in enteros if t.anio == programa.anio]
        for trimestre in abiertos if programa.estado == EstadoDePrograma.APROBADO else ():
            cerrar_trimestre(programa=programa, trimestre=trimestre.numero, razon=razon, por=por)


def exigir_editable(documento: Plantilla | Informe) -> None:
    """Lo bloquea hasta el fin de la transacción: nadie lo aprueba ni lo reordena mientras otro lo edita."""
    bloqueado = type(documento).objects.select_for_update(of=("self",)).filter(pk=documento.pk).first()
    if razones := reglas.impedimentos_para_editar(bloqueado or documento):
        raise ValidationError(razones)


def _siguiente_orden(fila) -> int:
    """El lugar que sigue al último de ``fila``; 0 si está vacía."""
    ultimo = fila.aggregate(Max("orden"))["orden__max"]
    return 0 if ultimo is None else ultimo + 1


@transaction.atomic
def guardar_apartado(*, apartado: Apartado, por) -> Apartado:
    exigir_editable(apartado.documento)
    if apartado.pk is None:
        apartado.orden = _siguiente_orden(apartado.documento.apartados.filter(padre=apartado.padre))
        if apartado.padre and arbol.profundidad(apartado.padre) >= arbol.NIVEL_MAXIMO:
            raise ValidationError(f"El árbol admite hasta {arbol.NIVEL_MAXIMO} niveles.")
    return guarda(apartado, por)


@transaction.atomic
def mover_apartado(*, apartado: Apartado, hacia: str, por) -> None:
    exigir_editable(apartado.documento)
    arbol.mover(apartado, hacia, por)


@transaction.atomic
def quitar_apartado(*, apartado: Apartado, por) -> None:
    exigir_editable(apartado.documento)
    fila = [a for a in arbol.hermanos(apartado) if a != apartado]
    borra(apartado, por)
    arbol.renumerar(fila, por)


@transaction.atomic
def guardar_uso(*, uso: UsoDeSeccion, por, orden: int | None = None) -> UsoDeSeccion:
    """Una nueva va al final de su apartado, o en el ``orden`` que se diga, si está libre."""
    exigir_editable(uso.apartado.documento)
    if uso.pk is None and orden is not None:
        if any(p.orden == orden for p in arbol.piezas(uso.apartado)):
            raise ValidationError({"orden": "Ese lugar del apartado ya lo ocupa otra sección o una imagen."})
        uso.orden = orden
    elif uso.pk is None:
        uso.orden = arbol.siguiente_lugar(uso.apartado)
    return guarda(uso, por)


@transaction.atomic
def quitar_uso(*, uso: UsoDeSeccion, por) -> None:
    exigir_editable(uso.apartado.documento)
    borra(uso, por)


@transaction.atomic
def aceptar_hallazgo(*, informe: Informe, hallazgo, razon: str, por) -> Aceptacion:
    """Da por bueno un hallazgo del verificador; si cambia lo que se halla, hay que aceptarlo otra vez."""
    exigir_editable(informe)
    if not razon.strip():
        raise ValidationError({"razon": "Escriba por qué se acepta."})
    aceptacion = Aceptacion(informe=informe, regla=hallazgo.regla, huella=hallazgo.huella, razon=razon.strip(), por=por)
    aceptacion.full_clean()
    aceptacion.save()
    return aceptacion


@transaction.atomic
def retirar_aceptacion(*, informe: Informe, huella: str, por) -> None:
    exigir_editable(informe)
    Aceptacion.objects.filter(informe=informe, huella=huella).delete()
