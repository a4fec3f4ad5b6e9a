import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.ajustes"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_test_environment

from . import impresion, tablas
from .medidas import alternadas, aviso


def de_la_demostracion() -> dict:
    """Lo que tarda en armarse y en imprimirse el informe trimestral que ya existe."""
    from informes import armado, consultas
    from vinculacion.nucleo.salida import pdf

    informe = consultas.informes().get(clave="trimestral-2020-4")
    documento = armado.armar(informe).exigir()
    tiempos = alternadas({"armar": lambda: armado.armar(informe), "pdf": lambda: pdf.crear(documento)}, 3)
    return {f"{nombre}_ms": round(t * 1000, 1) for nombre, t in tiempos.items()}


PARTES = {"impresion": impresion.medir, "informe_trimestral": de_la_demostracion, "tablas": tablas.medir}


def main() -> None:
    """``python -m tests.rendimiento [parte…]``: todas, o las que se nombren."""
    pedidas = sys.argv[1:] or list(PARTES)
    if desconocidas := set(pedidas) - set(PARTES):
        sys.exit(f"No hay esa medida: {', '.join(sorted(desconocidas))}. Hay: {', '.join(PARTES)}.")
    setup_test_environment()
    nombre = connection.settings_dict["NAME"]
    resultado: dict = {"motor": connection.vendor, "nucleos": len(os.sched_getaffinity(0))}
    if "impresion" in pedidas:
        resultado["impresion"] = impresion.medir()
    con_base = [parte for parte in pedidas if parte != "impresion"]
    if con_base:
        connection.creation.create_test_db(verbosity=0)
        try:
            aviso("Datos de demostración…")
            call_command("demo", "--sin-ficticio", verbosity=0, stdout=sys.stderr)
            for parte in con_base:
                resultado[parte] = PARTES[parte]()
        finally:
            connection.creation.destroy_test_db(nombre, verbosity=0)
    print(json.dumps(resultado, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
