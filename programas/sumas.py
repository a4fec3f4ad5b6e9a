"""Los disparadores que llevan ``SumaDiaria`` al día, cualquiera que sea el camino por el que cambie un registro.

Se ponen después de cada migración y no dentro de una: SQLite los pierde cuando Django rehace la tabla.
"""

from django.db import connections

SUMAR = """
INSERT INTO programas_sumadiaria (accion_id, fecha, estado, registros, unidades)
VALUES (NEW.accion_id, NEW.fecha_fin, NEW.estado, 1, NEW.unidades)
ON CONFLICT (accion_id, fecha, estado) DO UPDATE SET
    registros = programas_sumadiaria.registros + 1, unidades = programas_sumadiaria.unidades + excluded.unidades;
"""
RESTAR = """
UPDATE programas_sumadiaria SET registros = registros - 1, unidades = unidades - OLD.unidades
WHERE accion_id = OLD.accion_id AND fecha = OLD.fecha_fin AND estado = OLD.estado;
"""
CASOS = {
    "alta": ("INSERT", SUMAR),
    "baja": ("DELETE", RESTAR),
    "cambio": ("UPDATE OF accion_id, fecha_fin, estado, unidades", RESTAR + SUMAR),
}
RECALCULAR = """
INSERT INTO programas_sumadiaria (accion_id, fecha, estado, registros, unidades)
SELECT accion_id, fecha_fin, estado, COUNT(*), SUM(unidades) FROM programas_actividad GROUP BY 1, 2, 3
"""


def poner(using: str = "default", **_senal) -> None:
    """Pone los disparadores si no están, y entonces suma todo lo que ya había."""
    conexion = connections[using]
    hay = conexion.introspection.table_names()
    if "programas_sumadiaria" not in hay or "programas_actividad" not in hay:
        return  # se está migrando hacia atrás
    with conexion.cursor() as cursor:
        if _puestos(cursor, conexion.vendor):
            return
        for nombre, (cuando, orden) in CASOS.items():
            for sentencia in _sentencias(conexion.vendor, f"suma_diaria_{nombre}", cuando, orden):
                cursor.execute(sentencia)
        cursor.execute("DELETE FROM programas_sumadiaria")
        cursor.execute(RECALCULAR)


def _puestos(cursor, motor: str) -> bool:
    tabla = "sqlite_master" if motor == "sqlite" else "pg_trigger"
    campo = "name" if motor == "sqlite" else "tgname"
    cursor.execute(f"SELECT COUNT(*) FROM {tabla} WHERE {campo} LIKE 'suma_diaria_%%'")  # noqa: S608  # nosec B608
    return cursor.fetchone()[0] >= len(CASOS)


def _sentencias(motor: str, nombre: str, cuando: str, orden: str) -> list[str]:
    if motor == "sqlite":
        return [f"CREATE TRIGGER IF NOT EXISTS {nombre} AFTER {cuando} ON programas_actividad BEGIN {orden} END"]
    return [
        f"CREATE OR REPLACE FUNCTION {nombre}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {orden} RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {nombre} AFTER {cuando} ON programas_actividad "
        f"FOR EACH ROW EXECUTE FUNCTION {nombre}()",
    ]
