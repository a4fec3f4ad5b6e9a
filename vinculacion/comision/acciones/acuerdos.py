"""Tomar acuerdos y corregirlos; su seguimiento está en ``seguimiento/acciones.py``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.archivo.folios import anotar_folio, leer_folio, siguiente_folio
from vinculacion.archivo.models import Contador
from vinculacion.nucleo.modelos import guarda

from .. import reglas
from ..estados import EstadoDeAcuerdo
from ..models import Acuerdo, Punto, Sesion
from .sesiones import bloquear


@transaction.atomic
def tomar_acuerdo(
    *, sesion: Sesion, texto: str, por, punto: Punto | None = None, folio: str | None = None, **datos: Any
) -> Acuerdo:
    """``datos``: area_responsable, fecha_limite, estado, notas. ``folio`` sólo si ya se dio antes."""
    acuerdo = Acuerdo(comision=sesion.comision, sesion=sesion, punto=punto, texto=texto, folio=folio or "", **datos)
    return registrar_acuerdo(acuerdo=acuerdo, por=por)


@transaction.atomic
def registrar_acuerdo(*, acuerdo: Acuerdo, por) -> Acuerdo:
    """El folio sale de la serie de la comisión en esta misma transacción: si algo falla no queda hueco."""
    sesion = bloquear(acuerdo.sesion)  # nadie la cierra mientras tanto
    if acuerdo.comision_id is None:
        acuerdo.comision = sesion.comision
    if acuerdo.comision_id != sesion.comision_id:
        raise ValidationError({"sesion": "La sesión es de otra comisión."})
    if razones := reglas.impedimentos_para_acordar(sesion):
        raise ValidationError({"sesion": razones})
    if acuerdo.cumplido_en_id and acuerdo.estado != EstadoDeAcuerdo.CUMPLIDO:
        raise ValidationError({"cumplido_en": "Sólo un acuerdo cumplido dice en qué sesión se declaró."})
    if razones := reglas.impedimentos_para_el_plazo(acuerdo):
        raise ValidationError({"fecha_limite": razones})
    acuerdo.full_clean(exclude=["folio"], validate_constraints=False)
    if acuerdo.folio.strip():
        acuerdo.folio = _folio_dado(acuerdo)
    else:
        acuerdo.folio = siguiente_folio(sesion.comision.serie, sesion.fecha.year)
    return guarda(acuerdo, por)


def _folio_dado(acuerdo: Acuerdo) -> str:
    """Escribe el folio como manda la serie y revisa que sea de ese año y de nadie más."""
    serie = acuerdo.comision.serie
    try:
        numero, anio = leer_folio(serie, acuerdo.folio)
        if numero == 0:
            raise ValueError("Los folios empiezan en 1.")
        if anio != acuerdo.sesion.fecha.year:
            raise ValueError(f"El folio es de {anio} y la sesión fue en {acuerdo.sesion.fecha.year}.")
        if numero > 2_000_000_000:
            raise ValueError(f"«{acuerdo.folio}» tiene un número demasiado grande.")
        folio = anotar_folio(serie, acuerdo.folio)
    except ValueError as error:
        raise ValidationError({"folio": str(error)}) from error
    # El contador quedó bloqueado: nadie puede anotar el mismo folio entre esta pregunta y el guardado.
    otro = (
        Acuerdo.objects.filter(comision__serie=serie, folio=folio)
        .exclude(pk=acuerdo.pk)
        .select_related("sesion")
        .first()
    )
    if otro is not None:
        raise ValidationError({"folio": f"Ya hay un acuerdo {folio}, de la sesión {otro.sesion.clave}."})
    return folio


def hueco_que_deja(sesion: Sesion, folio: str) -> str:
    """Advertencia si ``folio`` se salta números; vacía si no."""
    serie = sesion.comision.serie
    try:
        numero, anio = leer_folio(serie, folio)
    except ValueError:
        return ""
    ultimo = Contador.objects.filter(serie=serie, anio=anio).values_list("ultimo", flat=True).first() or 0
    if ultimo and numero > ultimo + 1:
        return (
            f"El último folio dado en {anio} es {serie.formato(ultimo, anio)}; con {serie.formato(numero, anio)} "
            "quedan números sin usar."
        )
    return ""


@transaction.atomic
def editar_acuerdo(*, acuerdo: Acuerdo, por, motivo: str = "") -> Acuerdo:
    """El folio, la sesión y la comisión no cambian: ya se publicaron. El estado cambia con su seguimiento."""
    sesion = bloquear(acuerdo.sesion)
    previo = Acuerdo.objects.select_for_update(of=("self",)).get(pk=acuerdo.pk)
    for campo in ("folio", "sesion_id", "comision_id"):
        if getattr(previo, campo) != getattr(acuerdo, campo):
            nombre = campo.removesuffix("_id")
            raise ValidationError({nombre: "El folio y la sesión de un acuerdo ya tomado no cambian."})
    if previo.estado != acuerdo.estado:
        raise ValidationError({"estado": "El estado cambia al dar seguimiento al acuerdo, con su fecha y su nota."})
    if previo.cumplido_en_id != acuerdo.cumplido_en_id:
        raise ValidationError({"cumplido_en": "La sesión en que se declaró cumplido se dice al darle seguimiento."})
    if previo.fecha_limite != acuerdo.fecha_limite and (razones := reglas.impedimentos_para_el_plazo(acuerdo)):
        raise ValidationError({"fecha_limite": razones})
    tocados = [c for c in ("texto", "punto_id") if getattr(previo, c) != getattr(acuerdo, c)]
    if tocados and (razones := reglas.impedimentos_por_cierre(sesion)):
        raise ValidationError({tocados[0].removesuffix("_id"): razones})
    return guarda(acuerdo, por, motivo)


def eliminar_acuerdo(*, acuerdo: Acuerdo, por) -> None:
    """Siempre lo rehúsa, con la razón."""
    raise ValidationError(reglas.NO_SE_ELIMINA)
