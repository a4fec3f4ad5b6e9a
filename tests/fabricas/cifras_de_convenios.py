"""Muchos convenios al azar, con vidas que se sostienen; la misma semilla da los mismos."""

import random
from datetime import date, timedelta
from itertools import count

from convenios.estados import Ambito, Etapa, Gestion, Vigencia
from convenios.models import CambioDeEtapa, Convenio, TipoInstrumento
from tests.fabricas import directorio
from vinculacion.directorio.models import Organismo

CLASES = ("ople", "academia", "gobierno", "internacional", "sociedad")
PAISES = ("MX", "MX", "MX", "US", "ES", "CO", "FR", "AD", "AR", "DE", "CR")
_folio = count(1)


def poblar(
    cuantos: int, semilla: int, *, hasta: date = date(2024, 12, 31), areas: int = 5, organismos: int = 14
) -> None:
    azar = random.Random(semilla)
    las_areas = [directorio.area(nombre=f"Área de cifras {next(_folio)}") for _ in range(areas)]
    los_organismos = [
        directorio.organismo(
            nombre=f"Organismo de cifras {next(_folio)}", clase=azar.choice(CLASES), pais=azar.choice(PAISES)
        )
        for _ in range(organismos)
    ]
    los_tipos = [TipoInstrumento.objects.get_or_create(nombre=f"Tipo de cifras {n}")[0] for n in range(3)]
    convenios, pasos = [], []
    for _ in range(cuantos):
        convenio, suyos = _uno(azar, azar.choice(los_tipos), hasta)
        convenios.append(convenio)
        pasos.append(suyos)
    Convenio.objects.bulk_create(convenios, batch_size=500)
    de_areas, de_organismos = Convenio.areas.through, Convenio.contrapartes.through
    de_areas.objects.bulk_create(
        [de_areas(convenio=c, area=a) for c in convenios for a in azar.sample(las_areas, azar.choice((0, 1, 1, 2, 3)))],
        batch_size=500,
    )
    de_organismos.objects.bulk_create(
        [de_organismos(convenio=c, organismo=o) for c in convenios for o in _contrapartes(azar, los_organismos)],
        batch_size=500,
    )
    CambioDeEtapa.objects.bulk_create(
        [
            CambioDeEtapa(convenio=c, etapa=e, fecha=f)
            for c, suyos in zip(convenios, pasos, strict=True)
            for e, f in suyos
        ],
        batch_size=500,
    )


def _contrapartes(azar: random.Random, todas: list[Organismo]) -> list[Organismo]:
    return azar.sample(todas, azar.choice((0, 1, 1, 1, 2, 3)))


def _uno(azar: random.Random, tipo: TipoInstrumento, hasta: date) -> tuple[Convenio, list[tuple[Etapa, date]]]:
    dia = date(1999, 3, 1) + timedelta(days=azar.randrange((hasta - date(1999, 3, 1)).days))
    pasos: list[tuple[Etapa, date]] = []

    def pasa(*etapas: Etapa) -> bool:
        """Da esos pasos mientras no lleguen a mañana; falso si no cupieron todos."""
        nonlocal dia
        for etapa in etapas:
            if pasos:
                dia += timedelta(days=azar.choice((0, 1, 9, 30, 90, 400)))
            if dia > hasta:
                return False
            pasos.append((etapa, dia))
        return True

    firmado = False
    if azar.random() < 0.4:
        firmado = pasa(Etapa.SUSCRITO)
    else:
        vuelta = [Etapa.VALIDACION, Etapa.NEGOCIACION] if azar.random() < 0.2 else []
        if pasa(Etapa.NEGOCIACION, *vuelta, *azar.choice(([Etapa.VALIDACION], [])), Etapa.SUSCRIPCION):
            firmado = pasa(Etapa.SUSCRITO) if azar.random() < 0.8 else not pasa(Etapa.NO_CONCRETADO) and False
    firma = pasos[-1][1] if firmado else None
    if firmado and azar.random() < 0.4:
        pasa(Etapa.CONCLUIDO)
    vigencia = azar.choice(Vigencia.values)
    desde = firma + timedelta(days=azar.choice((0, 15, 300))) if firma and azar.random() < 0.2 else None
    vence = None
    if vigencia == Vigencia.FECHA:
        vence = (desde or firma or dia) + timedelta(days=azar.choice((0, 30, 365, 2000)))
    n = next(_folio)
    convenio = Convenio(
        folio=f"AZAR-{n:06}", titulo=f"Convenio al azar {n}", tipo=tipo, etapa=pasos[-1][0], fecha_firma=firma,
        ambito=azar.choices(Ambito.values, (4, 1))[0], gestion=azar.choice(Gestion.values),
        vigencia=vigencia, vigencia_desde=desde, vigencia_hasta=vence,
    )  # fmt: skip
    return convenio, pasos
