"""Plantillas trimestrales y los informes que nacen de ellas."""

from datetime import date
from typing import Any

from informes.acciones import guardar_apartado, guardar_informe, guardar_plantilla, guardar_uso, pasar_informe
from informes.demo import plantilla as datos
from informes.demo.ficticio_listas import INTRODUCCION_DEL_INFORME, MARCA
from informes.estados import EstadoDeInforme, Hoja
from informes.models import Apartado, Informe, Plantilla, UsoDeSeccion
from programas.models import Eje, Programa
from vinculacion.comision.models import Acuerdo, Comision
from vinculacion.nucleo.periodos import Trimestre

from .mundo import Mundo

# fuente de la acción → título de la tabla; la sección se llama como la fuente, salvo la que se dice.
TABLA_DE_FUENTE = {
    "convenios.suscritos": "Convenios suscritos",
    "convenios.actualizados": "Convenios con avance, por sesión",
    "convenios.acompanamientos": "Acompañamiento a las áreas",
    "convenios.actos": "Actos protocolarios",
    "convenios.opiniones": "Opiniones de pertinencia emitidas",
    "migrantes.envios": "Envíos a la base de contactos",
}
SECCION_DE_FUENTE = {"convenios.actualizados": "convenios.actualizaciones"}


def hechos(mundo: Mundo) -> None:
    plantilla = guardar_plantilla(plantilla=Plantilla(**datos.PLANTILLA), por=mundo.direccion)
    ejes = {str(e.numero): e.nombre for e in Eje.objects.filter(programa__clave=datos.PLAN)}
    abiertos: list[Apartado] = []
    for bosquejo in datos.APARTADOS:
        accion = mundo.acciones.get(f"{datos.PLAN}:{bosquejo.clave}")
        apartado = guardar_apartado(
            apartado=Apartado(
                plantilla=plantilla,
                padre=abiertos[bosquejo.nivel - 2] if bosquejo.nivel > 1 else None,
                titulo=accion.nombre if accion else ejes.get(bosquejo.clave, bosquejo.clave),
                numeracion=bosquejo.numeracion,
                narrativa=bosquejo.narrativa.strip(),
                explicacion=bosquejo.explicacion.strip(),
                accion=accion,
            ),
            por=mundo.direccion,
        )
        del abiertos[bosquejo.nivel - 1 :]
        abiertos.append(apartado)
        for uso in bosquejo.usos:
            guardar_uso(
                uso=UsoDeSeccion(
                    apartado=apartado,
                    seccion=uso.seccion,
                    titulo=uso.titulo,
                    parametros=uso.parametros or {},
                    presentacion=uso.presentacion or {},
                    texto_previo=uso.previo,
                ),
                por=mundo.direccion,
            )
    comision = Comision.objects.get(siglas="CVOE")
    acuerdo = Acuerdo.objects.select_related("sesion").get(comision=comision, folio=datos.INFORME["acuerdo"])
    informe = guardar_informe(
        informe=Informe(
            clave=datos.INFORME["clave"],
            titulo=datos.INFORME["titulo"],
            unidad=datos.INFORME["unidad"],
            plantilla=plantilla,
            comision=comision,
            inicio=date.fromisoformat(datos.INFORME["inicio"]),
            fin=date.fromisoformat(datos.INFORME["fin"]),
            punto=acuerdo.sesion.puntos.get(numero=datos.INFORME["punto"]),
            acuerdo=acuerdo,
        ),
        por=mundo.direccion,
    )
    for estado in (
        EstadoDeInforme.REVISION,
        EstadoDeInforme.PRESENTADO,
        EstadoDeInforme.APROBADO,
        EstadoDeInforme.PUBLICADO,
    ):
        informe = pasar_informe(informe=informe, estado=estado, por=mundo.secretaria)


def ficticio(mundo: Mundo, anio: int, hoy: date) -> None:
    """Otro año sin tocar el código: plantilla del PAT ficticio y el borrador del trimestre en curso."""
    plantilla = guardar_plantilla(
        plantilla=Plantilla(
            clave=f"trimestral-{anio}",
            nombre=f"Informe trimestral {anio} {MARCA}",
            descripcion="Nace de los ejes y acciones del PAT del año.",
        ),
        por=mundo.direccion,
    )

    def apartado(titulo, numeracion="ninguna", padre=None, accion=None, narrativa="", usos=(), **mas):
        nuevo = guardar_apartado(
            apartado=Apartado(
                plantilla=plantilla,
                padre=padre,
                titulo=titulo,
                numeracion=numeracion,
                accion=accion,
                narrativa=narrativa,
                **mas,
            ),
            por=mundo.direccion,
        )
        for seccion, parametros, *titulos in usos:
            guardar_uso(
                uso=UsoDeSeccion(apartado=nuevo, seccion=seccion, parametros=parametros, titulo="".join(titulos)),
                por=mundo.direccion,
            )
        return nuevo

    apartado("Introducción", narrativa=INTRODUCCION_DEL_INFORME)
    apartado(
        "Sesiones y acuerdos",
        "romano",
        hoja=Hoja.SEGUIDA,
        usos=(
            ("comision.sesiones_celebradas", {}, "Sesiones celebradas"),
            ("comision.asistencia", {}, "Asistencia a las sesiones"),
            ("comision.acuerdos_por_sesion", {}),
            ("comision.puntos_presentados", {}, "Puntos presentados"),
        ),
    )
    resultados = apartado("Principales resultados", "romano")
    pat = Programa.objects.get(clave=f"pat-{anio}")
    for eje in Eje.objects.filter(programa=pat).order_by("numero"):
        rubro = apartado(eje.nombre, "arabigo", resultados)
        for accion in eje.acciones.order_by("inciso"):
            # Lo que no sale de la bitácora tiene su propia sección con el mismo registro detrás.
            uso: tuple[Any, ...] = ("programas.actividades", {"accion": accion.clave})
            if titulo := TABLA_DE_FUENTE.get(accion.fuente):
                uso = (SECCION_DE_FUENTE.get(accion.fuente, accion.fuente), {}, titulo)
            apartado(accion.nombre, "mayuscula", rubro, accion, usos=(uso,))
    apartado(
        "Situación de los convenios",
        "romano",
        narrativa="Al terminar el periodo había {{ convenios.vigentes | "
        'concuerda:"convenio vigente,convenios vigentes" }} y {{ convenios.en_tramite | '
        'concuerda:"convenio en trámite,convenios en trámite" }}.',
        usos=(
            ("convenios.vencimientos", {}),
            ("convenios.pendientes", {}, "Convenios en trámite, por etapa"),
            ("convenios.compromisos", {}, "Compromisos que vencían en el periodo"),
            ("convenios.por_contraparte", {}, "Convenios suscritos, por clase de contraparte"),
            ("convenios.por_pais", {}, "Convenios suscritos, por país"),
            ("convenios.dias_por_etapa", {}, "Días en cada etapa"),
        ),
    )
    apartado(
        "Avance del programa",
        "romano",
        usos=(("programas.avance", {"programa": f"pe-{anio}"}, "Programado y alcanzado"),),
    )
    trimestre = Trimestre.de(hoy)
    guardar_informe(
        informe=Informe(
            clave=f"trimestral-{anio}-{trimestre.numero}",
            titulo=f"Informe del {trimestre} {MARCA}",
            unidad=mundo.areas["DVOE"].nombre,
            plantilla=plantilla,
            comision=pat.comision,
            inicio=trimestre.inicio,
            fin=trimestre.fin,
        ),
        por=mundo.direccion,
    )
