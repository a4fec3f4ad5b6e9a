"""La tabla acción × trimestre con muchos registros, contra el SQL que la sumaría a mano; y la lista que se abre cada día."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.urls import reverse

from .medidas import alternadas, aviso

VUELTAS = 5
POCOS, MUCHOS = 10_000, 1_000_000
A_MANO = {
    "sqlite": """
        SELECT a.accion_id, (CAST(strftime('%m', a.fecha_fin) AS INTEGER) + 2) / 3, SUM(a.unidades)
        FROM programas_actividad a JOIN programas_accion c ON c.id = a.accion_id
        JOIN programas_eje e ON e.id = c.eje_id
        WHERE e.programa_id = %s AND a.estado <> 'rechazada' AND a.fecha_fin BETWEEN %s AND %s GROUP BY 1, 2
    """,
    "postgresql": """
        SELECT a.accion_id, EXTRACT(QUARTER FROM a.fecha_fin), SUM(a.unidades)
        FROM programas_actividad a JOIN programas_accion c ON c.id = a.accion_id
        JOIN programas_eje e ON e.id = c.eje_id
        WHERE e.programa_id = %s AND a.estado <> 'rechazada' AND a.fecha_fin BETWEEN %s AND %s GROUP BY 1, 2
    """,
}


def llenar(hasta: int) -> None:
    """Deja ``hasta`` actividades repartidas en 2020 y entre las acciones del plan; son copias de una."""
    from programas.models import Accion, Actividad

    modelo = Actividad.objects.filter(accion__eje__programa__clave="pat-2020").order_by("pk")[0]
    acciones = list(Accion.objects.filter(eje__programa__clave="pat-2020").values_list("pk", flat=True))
    faltan = hasta - Actividad.objects.count()
    campos = [f for f in Actividad._meta.concrete_fields if not f.primary_key]
    columnas = [f.column for f in campos]
    propios = {"accion_id": "a.pk", "fecha_inicio": "n.dia", "fecha_fin": "n.dia"}
    sqlite = connection.vendor == "sqlite"
    dia = "date('2020-01-01', '+' || (n % 366) || ' days')" if sqlite else "DATE '2020-01-01' + (n % 366)"
    valores = ", ".join(propios.get(c, f"m.{c}") for c in columnas)
    lista = " UNION ALL ".join(f"SELECT {i} AS lugar, {pk} AS pk" for i, pk in enumerate(acciones))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE cuenta(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM cuenta WHERE n + 1 < %s),
            n AS (SELECT n AS numero, {dia} AS dia FROM cuenta), a AS ({lista})
            INSERT INTO programas_actividad ({", ".join(columnas)})
            SELECT {valores} FROM n JOIN a ON a.lugar = n.numero %% {len(acciones)}
            JOIN programas_actividad m ON m.id = %s
            """.replace("(n % 366)", "(n %% 366)"),
            [faltan, modelo.pk],
        )
        cursor.execute("ANALYZE")


def _consultas(funcion: Callable[[], object]) -> int:
    hechas = 0

    def contar(ejecutar, sql, params, many, contexto):
        nonlocal hechas
        hechas += 1
        return ejecutar(sql, params, many, contexto)

    with connection.execute_wrapper(contar):
        funcion()
    return hechas


def medir() -> dict:
    from programas import consultas
    from programas.models import Programa
    from vinculacion.cuentas.models import Usuario

    cliente = Client()
    cliente.force_login(Usuario.objects.get(username="direccion"), backend="django.contrib.auth.backends.ModelBackend")
    programa = Programa.objects.get(clave="pat-2020")
    lista = reverse("programas:actividad_lista")

    def a_mano() -> list:
        with connection.cursor() as cursor:
            cursor.execute(A_MANO[connection.vendor], [programa.pk, "2020-01-01", "2020-12-31"])
            return cursor.fetchall()

    medidas: dict[int, dict] = {}
    for cuantas in (POCOS, MUCHOS):
        aviso(f"{cuantas:,} actividades…")
        llenar(cuantas)
        suyas = sum(n for *_, n in a_mano())
        avances = consultas.avance(programa)
        aviso(f"  unidades: {suyas:,} a mano")
        tiempos = alternadas(
            {
                "tabla": lambda: consultas.avance(programa),
                "a_mano": a_mano,
                "lista": lambda: cliente.get(lista),
            },
            VUELTAS,
        )
        medidas[cuantas] = {
            **{f"{nombre}_ms": round(t * 1000, 1) for nombre, t in tiempos.items()},
            "tabla_consultas": _consultas(lambda: consultas.avance(programa)),
            "lista_consultas": _consultas(lambda: cliente.get(lista)),
            "ejes": len(avances),
        }
    return {
        **{f"con_{cuantas}": medida for cuantas, medida in medidas.items()},
        "tabla_entre_sql_a_mano": round(medidas[MUCHOS]["tabla_ms"] / medidas[MUCHOS]["a_mano_ms"], 3),
        "tabla_un_millon_entre_diez_mil": round(medidas[MUCHOS]["tabla_ms"] / medidas[POCOS]["tabla_ms"], 3),
        "lista_un_millon_entre_diez_mil": round(medidas[MUCHOS]["lista_ms"] / medidas[POCOS]["lista_ms"], 3),
    }
