"""La suma por día dice siempre lo mismo que los registros, cambien por donde cambien."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from programas import sumas
from programas.models import Actividad, SumaDiaria
from tests.fabricas import programas as fabrica
from vinculacion.archivo import respaldo

pytestmark = pytest.mark.django_db


def de_los_registros() -> dict:
    cuenta: Counter = Counter()
    unidades: Counter = Counter()
    for a in Actividad.objects.all():
        clave = (a.accion_id, a.fecha_fin, a.estado)
        cuenta[clave] += 1
        unidades[clave] += a.unidades
    return {clave: (n, unidades[clave]) for clave, n in cuenta.items()}


def de_la_tabla() -> dict:
    return {
        (s.accion_id, s.fecha, s.estado): (s.registros, s.unidades) for s in SumaDiaria.objects.filter(registros__gt=0)
    }


def test_altas_cambios_y_bajas_al_azar():
    azar = random.Random(7)
    modelo = fabrica.actividad()
    acciones = [modelo.accion, fabrica.actividad().accion]
    for _ in range(60):
        vivas = list(Actividad.objects.all())
        match azar.choice(["alta", "alta", "cambio", "masivo", "baja"]):
            case "alta":
                dia = date(2020, 1, 1) + timedelta(days=azar.randrange(5))
                nueva = Actividad(
                    accion=azar.choice(acciones), tipo=modelo.tipo, titulo="x", fecha_inicio=dia, fecha_fin=dia
                )
                nueva.unidades = azar.randrange(4)
                Actividad.objects.bulk_create([nueva])
            case "cambio":
                una = azar.choice(vivas)
                una.unidades, una.accion = azar.randrange(9), azar.choice(acciones)
                una.fecha_fin += timedelta(days=azar.randrange(3))
                una.save()
            case "masivo":
                Actividad.objects.filter(pk=azar.choice(vivas).pk).update(estado="rechazada")
            case "baja" if len(vivas) > 2:
                Actividad.objects.filter(pk=azar.choice(vivas).pk).delete()
        assert de_la_tabla() == de_los_registros()
    assert sumas.volver_a_sumar() == 0


def test_lo_que_no_coincide_se_dice_y_se_corrige():
    fabrica.actividad()
    SumaDiaria.objects.update(unidades=99)
    with pytest.raises(CommandError, match="1 suma no coincidía"):
        call_command("sumar")
    assert de_la_tabla() == de_los_registros()
    call_command("sumar")


@pytest.mark.django_db(transaction=True)
def test_un_respaldo_las_devuelve_sumadas(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    fabrica.actividad()
    respaldo.respaldar(tmp_path / "r.tar.gz")
    fabrica.actividad()
    respaldo.restaurar(tmp_path / "r.tar.gz")
    assert len(de_la_tabla()) == 1
    assert de_la_tabla() == de_los_registros()


def test_si_se_pierden_los_disparadores_se_ponen_y_se_vuelve_a_sumar():
    """Django rehace la tabla en SQLite al cambiarle una columna, y con ella se van."""
    fabrica.actividad()
    with connection.cursor() as cursor:
        tabla = "" if connection.vendor == "sqlite" else " ON programas_actividad"
        cursor.execute(f"DROP TRIGGER suma_diaria_alta{tabla}")
    fabrica.actividad()
    assert de_la_tabla() != de_los_registros()
    sumas.poner()
    assert de_la_tabla() == de_los_registros()
    fabrica.actividad()
    assert de_la_tabla() == de_los_registros()
