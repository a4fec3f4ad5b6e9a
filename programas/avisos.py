"""Lo que pide atención en los planes y en la bitácora."""

from django.urls import reverse

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import capitaliza, concuerda, enumera
from vinculacion.nucleo.periodos import Trimestre

from . import consultas, reglas
from .estados import EstadoDeActividad, EstadoDePrograma
from .models import Actividad

DIAS_ANTES_DEL_CIERRE = 21
DIA_DE_RECORDAR_CAPTURA = 15


@avisos
def rechazadas(usuario, fecha):
    """A quien capturó, lo que le devolvieron."""
    if not usuario.has_perm("programas.change_actividad"):
        return
    for actividad in Actividad.objects.filter(capturo=usuario, estado=EstadoDeActividad.RECHAZADA)[:20]:
        yield Aviso(
            "Actividad rechazada",
            f"{actividad.titulo}: {actividad.razon_rechazo}",
            actividad.get_absolute_url(),
            gravedad="atencion",
        )


@avisos
def por_validar(usuario, fecha):
    if not usuario.has_perm(reglas.VALIDAR):
        return
    cuantas = Actividad.objects.filter(estado=EstadoDeActividad.BORRADOR).count()
    if cuantas:
        yield Aviso(
            "Validación",
            f"{'Espera' if cuantas == 1 else 'Esperan'} validación {concuerda(cuantas, 'actividad', 'actividades', 'f')}",
            reverse("programas:actividad_por_validar"),
            gravedad="info",
        )


@avisos
def rezagos(usuario, fecha):
    """Cerca del cierre, las acciones que no llegan a la meta del trimestre."""
    if not usuario.has_perm("programas.change_accion"):
        return
    trimestre = Trimestre.de(fecha)
    if (trimestre.fin - fecha).days > DIAS_ANTES_DEL_CIERRE:
        return
    for programa in consultas.programas_de(fecha.year).filter(estado=EstadoDePrograma.APROBADO):
        for eje in consultas.avance(programa):
            for renglon in eje.acciones:
                cuenta = renglon.avance.trimestres[trimestre.numero - 1]
                if cuenta.diferencia < 0:
                    yield Aviso(
                        "Meta del trimestre",
                        f"{renglon.accion.clave}: lleva {cuenta.alcanzado} de {cuenta.programado}",
                        renglon.accion.get_absolute_url(),
                        trimestre.fin,
                        "atencion",
                    )


@avisos
def sin_captura(usuario, fecha):
    """Desde mediados de mes, las acciones programadas para las que nadie ha registrado nada."""
    if not usuario.has_perm("programas.change_accion") or fecha.day < DIA_DE_RECORDAR_CAPTURA:
        return
    pendientes = consultas.sin_captura(fecha.year, fecha.month)
    if pendientes:
        claves = enumera([a.clave for a in pendientes[:6]]) + (" y más" if len(pendientes) > 6 else "")
        yield Aviso(
            "Sin captura este mes",
            f"{capitaliza(concuerda(len(pendientes), 'acción', 'acciones', 'f'))} sin registros: {claves}",
            f"{reverse('programas:sin_captura')}?mes={fecha:%Y-%m}",
        )
