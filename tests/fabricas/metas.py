"""Acuerdos que permiten reprogramar y otras piezas de las metas."""

from datetime import date
from itertools import count

from programas.models import Accion, Eje, Programa
from tests.fabricas import comision as de_comision
from vinculacion.comision.acciones import tomar_acuerdo
from vinculacion.comision.models import Acuerdo, Comision

_numero = count(1)


def acuerdo_de(comision: Comision, el: date = date(2020, 1, 15)) -> Acuerdo:
    sesion = de_comision.sesion(comision, el, numero=comision.sesiones.count() + 1)
    return tomar_acuerdo(sesion=sesion, texto="Se modifican metas del programa.", por=None)


def acuerdo_para(programa: Programa, el: date = date(2020, 1, 15)) -> Acuerdo:
    """De la comisión del plan; si no tiene, se le pone una."""
    if programa.comision is None:
        programa.comision = de_comision.comision(f"C{next(_numero)}")
        Programa.objects.filter(pk=programa.pk).update(comision=programa.comision)
    return acuerdo_de(programa.comision, el)


def sin_guardar_eje(programa: Programa) -> Eje:
    return Eje(programa=programa, numero=programa.ejes.count() + 1, nombre="Sin peso")


def movida(accion: Accion, eje: Eje) -> Accion:
    """La misma acción, recién leída, puesta en otro eje sin guardar."""
    leida = Accion.objects.get(pk=accion.pk)
    leida.eje = eje
    return leida
