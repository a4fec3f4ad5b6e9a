#!/usr/bin/env bash
# Revisa y prueba todo; al terminar, por bien o por mal, no queda ningún proceso encendido.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

BIN=.venv/bin
PY=$BIN/python
GRUPO=
TEMPORAL=$(mktemp -d)
RESUMEN=()
FALLOS=()
# Lo que las herramientas dejen a medias en el directorio temporal se borra con él.
export PYTHONUNBUFFERED=1 TMPDIR="$TEMPORAL"
unset DJANGO_SETTINGS_MODULE DATABASE_URL ENTORNO

limpia() {
    local salida=$?
    trap - EXIT INT TERM HUP
    if [ -n "$GRUPO" ] && kill -TERM -- "-$GRUPO" 2>/dev/null; then
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 -- "-$GRUPO" 2>/dev/null || break
            sleep 0.5
        done
        kill -KILL -- "-$GRUPO" 2>/dev/null || true
    fi
    rm -rf "$TEMPORAL"
    exit "$salida"
}
trap limpia EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Cada paso va en su propio grupo de procesos, para poder cerrarlo entero si algo interrumpe.
corre() {
    local salida=0
    set -m
    "$@" </dev/null &
    GRUPO=$!
    set +m
    wait "$GRUPO" || salida=$?
    GRUPO=
    return "$salida"
}

# Un fallo se anota y se sigue: quien corrige quiere verlos todos de una vez.
paso() {
    local titulo=$1
    shift
    printf '\033[1m==>\033[0m %s\n' "$titulo"
    corre "$@" || FALLOS+=("$titulo")
}

produccion() {
    env ENTORNO=produccion SECRET_KEY="$("$PY" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        ALLOWED_HOSTS=vinculacion.example DATABASE_URL=postgres://nadie:nada@127.0.0.1:1/nada \
        STATIC_ROOT="$TEMPORAL/estaticos" MEDIA_ROOT="$TEMPORAL/archivos" "$@"
}

# Las últimas líneas del programa son los resúmenes de pytest, uno por base de datos.
pytest_con() {
    local titulo=$1 registro="$TEMPORAL/pytest-${#RESUMEN[@]}.txt"
    shift
    paso "$titulo" bash -c 'set -o pipefail; "$@" 2>&1 | tee "$0"' "$registro" "$@"
    RESUMEN+=("$(tail -n 1 "$registro")")
}

mapfile -t PLANTILLAS < <(find templates -name '*.html' | sort)

paso "ruff: errores" "$BIN/ruff" check --quiet
paso "ruff: formato" "$BIN/ruff" format --check --quiet
paso "mypy: tipos" env SECRET_KEY=tipos "$BIN/mypy"
if [ ${#PLANTILLAS[@]} -gt 0 ]; then
    paso "djlint: plantillas" "$BIN/djlint" --lint --quiet templates
    paso "djade: etiquetas de plantilla" "$BIN/djade" --check "${PLANTILLAS[@]}"
fi
paso "bandit: seguridad" "$BIN/bandit" --quiet --recursive --severity-level medium --configfile pyproject.toml .
paso "Ajustes de producción" produccion "$PY" manage.py check --deploy --fail-level WARNING
paso "Estáticos de producción" produccion "$PY" manage.py collectstatic --noinput --verbosity 0
paso "Migraciones completas" env ENTORNO=desarrollo DATABASE_URL="sqlite:///$TEMPORAL/m.sqlite3" \
    "$PY" manage.py makemigrations --check --dry-run

PYTEST=("$PY" -m pytest -n "${PROCESOS:-2}" --dist loadfile)
pytest_con "Pruebas con SQLite y navegador" "${PYTEST[@]}"
pytest_con "Pruebas con PostgreSQL" .ci/con-postgres.sh "${PYTEST[@]}" -m "not navegador"

printf '\n'
if [ ${#FALLOS[@]} -gt 0 ]; then
    printf 'ERROR: falló «%s»\n' "${FALLOS[@]}" >&2
fi
printf '%s\n' "${RESUMEN[@]}"
[ ${#FALLOS[@]} -eq 0 ]
