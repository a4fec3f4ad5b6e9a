"""Un informe en revisión, con quien observa y quien responde."""

from informes.estados import EstadoDeInforme
from informes.models import Informe, Observacion
from informes.revision import acciones
from vinculacion.directorio.models import Area

from . import informes
from .personas import persona

VER = ("informes.view_informe", "informes.view_observacion", "informes.view_versiondeinforme")
OBSERVA = (*VER, "informes.add_observacion", "informes.change_observacion")
ARMA = (*OBSERVA, "informes.change_informe", "informes.change_apartado", "informes.add_apartado")


def oficina(siglas: str = "CE1") -> Area:
    return Area.objects.get_or_create(
        siglas=siglas, defaults={"nombre": f"Consejería {siglas}", "clase": Area.Clase.OFICINA}
    )[0]


def consejeria(siglas: str = "CE1", **datos):
    return persona(*OBSERVA, area=oficina(siglas), cargo=f"Consejería {siglas}", **datos)


def direccion():
    return persona(*ARMA, cargo="Titular de la unidad")


def en_revision(estado: str = EstadoDeInforme.REVISION, **mas) -> Informe:
    informe = informes.informe(**mas)
    informes.apartado(informe, "Introducción", narrativa="La Comisión da cuenta de lo hecho en el trimestre.")
    informes.apartado(informe, "Sesiones", narrativa="Se celebraron tres sesiones.")
    return en_estado(informe, estado)


def en_estado(informe: Informe, estado: str) -> Informe:
    """Sin pasar por lo que cada paso exige: aquí sólo importa dónde está."""
    Informe.objects.filter(pk=informe.pk).update(estado=estado)
    informe.refresh_from_db()
    return informe


def observacion(informe: Informe, por, texto: str = "Falta decir de qué sesión se trata.", **mas) -> Observacion:
    return acciones.guardar_observacion(observacion=Observacion(informe=informe, texto=texto, **mas), por=por)
