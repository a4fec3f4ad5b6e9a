"""Un informe con registros de los que salen renglones."""

from datetime import date

from informes.models import Informe, Renglon
from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.comision.models import Acuerdo

from . import comision, informes


def informe_con_registros(**mas) -> Informe:
    """Tres sesiones en el cuarto trimestre de 2020 y un acuerdo que quedó abierto."""
    informe = informes.informe(**mas)
    comision.trimestre(informe.comision)
    acuerdo(informe, "CVOE/001/20")
    return informe


def acuerdo(informe: Informe, folio: str, **mas) -> Acuerdo:
    sesion = informe.comision.sesiones.order_by("fecha_celebrada").first()
    datos = {"texto": "Se entrega el informe anual.", "estado": EstadoDeAcuerdo.PENDIENTE} | mas
    return Acuerdo.objects.create(comision=informe.comision, sesion=sesion, folio=folio, **datos)


def sesion_programada(informe: Informe, dia: date):
    return comision.sesion(informe.comision, dia, celebrada=False, numero=1)


def renglon(informe: Informe, texto: str, clase: str = "pendiente", **mas) -> Renglon:
    orden = Renglon.objects.filter(informe=informe, clase=clase).count()
    return Renglon.objects.create(**{"informe": informe, "clase": clase, "texto": texto, "orden": orden} | mas)
