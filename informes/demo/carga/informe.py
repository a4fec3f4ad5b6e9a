"""La plantilla trimestral de 2020 y el informe que nace de ella."""

from datetime import date

from informes.acciones import guardar_apartado, guardar_informe, guardar_plantilla, guardar_uso
from informes.demo import plantilla as datos
from informes.models import Apartado, Informe, Plantilla, UsoDeSeccion
from programas.models import Eje
from vinculacion.comision.models import Acuerdo, Comision

from .mundo import Mundo


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
                    texto_previo=uso.previo,
                ),
                por=mundo.direccion,
            )
    comision = Comision.objects.get(siglas="CVOE")
    acuerdo = Acuerdo.objects.select_related("sesion").get(comision=comision, folio=datos.INFORME["acuerdo"])
    guardar_informe(
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
