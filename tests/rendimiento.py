"""``make bench``: mide en una base desechable y escribe un JSON con medianas y proporciones.

Las cifras absolutas dependen del equipo; las proporciones se toman dentro de la misma corrida.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.ajustes"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

VUELTAS = 5
SQL_A_MANO = """
SELECT a.accion_id, (CAST(strftime('%m', a.fecha_fin) AS INTEGER) + 2) / 3, SUM(a.unidades)
FROM programas_actividad a JOIN programas_accion c ON c.id = a.accion_id JOIN programas_eje e ON e.id = c.eje_id
WHERE e.programa_id = %s AND a.estado <> 'rechazada' AND a.fecha_fin BETWEEN %s AND %s GROUP BY 1, 2
"""


def aviso(texto: str) -> None:
    print(texto, file=sys.stderr, flush=True)


def mediana_ms(funcion: Callable[[], object]) -> float:
    funcion()
    tiempos = []
    for _ in range(VUELTAS):
        inicio = time.perf_counter()
        funcion()
        tiempos.append((time.perf_counter() - inicio) * 1000)
    return round(statistics.median(tiempos), 1)


def llenar(hasta: int) -> None:
    """Deja ``hasta`` actividades en el plan de 2020, repartidas en el año y entre sus acciones."""
    from programas.models import Accion, Actividad, TipoActividad

    acciones = list(Accion.objects.filter(eje__programa__clave="pat-2020"))
    tipo = TipoActividad.objects.first()
    hay = Actividad.objects.count()
    dia = date(2020, 1, 1)
    Actividad.objects.bulk_create(
        (
            Actividad(
                accion=acciones[n % len(acciones)],
                tipo=tipo,
                titulo=f"Actividad de medición {n}",
                fecha_inicio=dia + timedelta(days=n % 366),
                fecha_fin=dia + timedelta(days=n % 366),
            )
            for n in range(hay, hasta)
        ),
        batch_size=2000,
    )


def medir() -> dict:
    from informes import armado, consultas
    from programas import consultas as de_programas
    from programas.models import Programa
    from vinculacion.cuentas.models import Usuario
    from vinculacion.nucleo.salida import pdf

    resultado: dict = {"motor": connection.vendor, "vueltas": VUELTAS}
    cliente = Client()
    cliente.force_login(Usuario.objects.get(username="direccion"), backend="django.contrib.auth.backends.ModelBackend")

    informe = consultas.informes().get(clave="trimestral-2020-4")
    aviso("Informe trimestral…")
    documento = armado.armar(informe).exigir()
    resultado["informe_armar_ms"] = mediana_ms(lambda: armado.armar(informe))
    resultado["informe_pdf_ms"] = mediana_ms(lambda: pdf.crear(documento))

    programa = Programa.objects.get(clave="pat-2020")
    lista = reverse("programas:actividad_lista")
    for cuantas in (1_000, 10_000):
        aviso(f"{cuantas:,} actividades…")
        llenar(cuantas)
        consultas_hechas: list[str] = []

        def contar(ejecutar, sql, params, many, contexto, hechas=consultas_hechas):
            hechas.append(sql)
            return ejecutar(sql, params, many, contexto)

        with connection.execute_wrapper(contar):
            respuesta = cliente.get(lista)
        if respuesta.status_code != 200:
            raise SystemExit(f"La lista contestó {respuesta.status_code}.")
        medida = {
            "lista_ms": mediana_ms(lambda: cliente.get(lista)),
            "lista_consultas": len(consultas_hechas),
            "avance_ms": mediana_ms(lambda: de_programas.avance(programa)),
        }
        if connection.vendor == "sqlite":
            medida["sql_a_mano_ms"] = mediana_ms(
                lambda: connection.cursor().execute(SQL_A_MANO, [programa.pk, "2020-01-01", "2020-12-31"]).fetchall()
            )
        resultado[f"con_{cuantas}"] = medida
    resultado["avance_10000_entre_1000"] = round(
        resultado["con_10000"]["avance_ms"] / resultado["con_1000"]["avance_ms"], 2
    )
    resultado["lista_10000_entre_1000"] = round(
        resultado["con_10000"]["lista_ms"] / resultado["con_1000"]["lista_ms"], 2
    )
    return resultado


def main() -> None:
    setup_test_environment()
    nombre = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        aviso("Datos de demostración…")
        call_command("demo", "--sin-ficticio", verbosity=0, stdout=sys.stderr)
        print(json.dumps(medir(), ensure_ascii=False, indent=2))
    finally:
        connection.creation.destroy_test_db(nombre, verbosity=0)


if __name__ == "__main__":
    main()
