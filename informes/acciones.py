"""Lo que se escribe en informes y plantillas."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programas.estados import EstadoDePrograma
from programas.metas.acciones import cerrar_trimestre
from vinculacion.nucleo.modelos import borra, firma, guarda

from . import arbol, consultas, reglas
from .estados import EstadoDeInforme
from .models import Aceptacion, Apartado, Informe, Plantilla, UsoDeSeccion


@transaction.atomic
def guardar_plantilla(*, plantilla: Plantilla, por, copia_de: Plantilla | Informe | None = None) -> Plantilla:
    nueva = plantilla.pk is None
    guarda(plantilla, por)
    if nueva and copia_de is not None:
        arbol.copiar(copia_de, plantilla)
    return plantilla


@transaction.atomic
def guardar_informe(*, informe: Informe, por) -> Informe:
    """Un informe nuevo nace con los apartados de su plantilla; después es independiente de ella."""
    exigir_editable(informe)
    nuevo = informe.pk is None
    guarda(informe, por)
    if nuevo and informe.plantilla is not None:
        arbol.copiar(informe.plantilla, informe)
    return informe


@transaction.atomic
def pasar_informe(*, informe: Informe, estado: str, por) -> Informe:
    """Lleva el informe a ``estado``; ``ValidationError`` con todo lo que falta."""
    informe = Informe.objects.select_for_update(of=("self",)).get(pk=informe.pk)
    if faltas := reglas.impedimentos_para_pasar(informe, estado):
        raise ValidationError(faltas)
    informe.estado = estado
    firma(informe, por)
    informe.save()
    if estado == EstadoDeInforme.APROBADO:
        _cerrar_trimestres(informe, por)
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
    arbol.mover(apartado, hacia)


@transaction.atomic
def quitar_apartado(*, apartado: Apartado, por) -> None:
    exigir_editable(apartado.documento)
    fila = [a for a in arbol.hermanos(apartado) if a != apartado]
    borra(apartado, por)
    arbol.renumerar(fila)


@transaction.atomic
def guardar_uso(*, uso: UsoDeSeccion, por) -> UsoDeSeccion:
    exigir_editable(uso.apartado.documento)
    if uso.pk is None:
        uso.orden = _siguiente_orden(uso.apartado.secciones.all())
    return guarda(uso, por)


@transaction.atomic
def mover_uso(*, uso: UsoDeSeccion, hacia: str, por) -> None:
    """``sube`` o ``baja`` la sección dentro de su apartado."""
    exigir_editable(uso.apartado.documento)
    fila = list(uso.apartado.secciones.all())
    lugar = fila.index(uso)
    otro = lugar + {"sube": -1, "baja": 1}.get(hacia, 0)
    if otro == lugar or not 0 <= otro < len(fila):
        raise ValidationError("La sección no se puede mover hacia ahí.")
    fila[lugar], fila[otro] = fila[otro], fila[lugar]
    for orden, elemento in enumerate(fila):
        if elemento.orden != orden:
            elemento.orden = orden
            firma(elemento, por)
            elemento.save()


@transaction.atomic
def quitar_uso(*, uso: UsoDeSeccion, por) -> None:
    exigir_editable(uso.apartado.documento)
    borra(uso, por)


@transaction.atomic
def aceptar_hallazgo(*, informe: Informe, hallazgo, razon: str, por) -> Aceptacion:
    """Da por bueno un hallazgo del verificador; si cambia lo que se halla, hay que aceptarlo otra vez."""
    exigir_editable(informe)
    aceptacion = Aceptacion(informe=informe, regla=hallazgo.regla, huella=hallazgo.huella, razon=razon.strip(), por=por)
    aceptacion.full_clean()
    aceptacion.save()
    return aceptacion


@transaction.atomic
def retirar_aceptacion(*, informe: Informe, huella: str, por) -> None:
    exigir_editable(informe)
    Aceptacion.objects.filter(informe=informe, huella=huella).delete()
