"""Los disparadores que llevan ``SumaDiaria`` al día, cualquiera que sea el camino por el que cambie un registro.

Se ponen después de cada migración y no dentro de una: SQLite los pierde cuando Django rehace la tabla.
"""

from django.db import connections, transaction

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
SUMAS = "SELECT accion_id, fecha_fin, estado, COUNT(*), SUM(unidades) FROM programas_actividad GROUP BY 1, 2, 3"
ANOTADAS = "SELECT accion_id, fecha, estado, registros, unidades FROM programas_sumadiaria WHERE registros > 0"


def poner(using: str = "default", **_senal) -> None:
    """Pone los disparadores si no están, y entonces suma todo lo que ya había: las dos cosas o ninguna."""
    conexion = connections[using]
    hay = conexion.introspection.table_names()
    if "programas_sumadiaria" not in hay or "programas_actividad" not in hay:
        return  # se está migrando hacia atrás
    with transaction.atomic(using=using), conexion.cursor() as cursor:
        if _puestos(cursor, conexion.vendor):
            return
        for nombre, (cuando, orden) in CASOS.items():
            for sentencia in _sentencias(conexion.vendor, f"suma_diaria_{nombre}", cuando, orden):
                cursor.execute(sentencia)
        _sumar_todo(cursor)


def volver_a_sumar(using: str = "default") -> int:
    """Cuántas sumas no decían lo mismo que los registros; al volver, lo dicen todas."""
    conexion = connections[using]
    with transaction.atomic(using=using), conexion.cursor() as cursor:
        if conexion.vendor == "postgresql":
            cursor.execute("LOCK TABLE programas_actividad IN SHARE ROW EXCLUSIVE MODE")
        distintas = set()
        for estas, aquellas in ((SUMAS, ANOTADAS), (ANOTADAS, SUMAS)):
            cursor.execute(f"SELECT * FROM ({estas}) a EXCEPT SELECT * FROM ({aquellas}) b")  # noqa: S608  # nosec B608
            distintas |= {fila[:3] for fila in cursor.fetchall()}
        if distintas:
            _sumar_todo(cursor)
    return len(distintas)


def _sumar_todo(cursor) -> None:
    cursor.execute("DELETE FROM programas_sumadiaria")
    cursor.execute(f"INSERT INTO programas_sumadiaria (accion_id, fecha, estado, registros, unidades) {SUMAS}")  # nosec B608


def _puestos(cursor, motor: str) -> bool:
    tabla = "sqlite_master" if motor == "sqlite" else "pg_trigger"
    campo = "name" if motor == "sqlite" else "tgname"
    cursor.execute(f"SELECT COUNT(*) FROM {tabla} WHERE {campo} LIKE 'suma_diaria_%'")  # noqa: S608  # nosec B608
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
