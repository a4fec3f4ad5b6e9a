#!/usr/bin/env bash
# Deja la demostración lista y la sirve en este equipo hasta que se oprima Ctrl-C.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PY=.venv/bin/python
paso() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# La demostración usa siempre su propia base, aunque el entorno apunte a otra.
export ENTORNO=desarrollo PYTHONUNBUFFERED=1
unset DATABASE_URL ALLOWED_HOSTS SECRET_KEY MEDIA_ROOT DJANGO_SETTINGS_MODULE
mkdir -p var staticfiles

PUERTO=$("$PY" .ci/puerto.py "${PUERTO:-}")

paso "Preparando la base de datos"
"$PY" manage.py migrate --no-color --verbosity 1 | awk '/Applying/ { sub(/^ */, "    "); print; fflush() }'
paso "Cargando los datos de demostración"
"$PY" manage.py demo

printf '\n\033[1mListo:\033[0m abra \033[1mhttp://127.0.0.1:%s/\033[0m   (para terminar, Ctrl-C)\n\n' "$PUERTO"

# En su propio grupo: Ctrl-C llega a este programa, que pide al servidor terminar con orden.
set -m
"$PY" -m gunicorn vinculacion.wsgi --bind "127.0.0.1:$PUERTO" --worker-class gthread \
    --workers 1 --threads 8 --timeout 180 --graceful-timeout 3 --no-control-socket --log-level warning </dev/null &
SERVIDOR=$!
# Lo que tarda (un informe largo, los correos) lo hace otro proceso.
TRABAJADORES=1 "$PY" manage.py qcluster </dev/null >var/trabajador.log 2>&1 &
TRABAJADOR=$!
set +m
termina() {
    trap '' INT TERM HUP
    kill -TERM "$SERVIDOR" "$TRABAJADOR" 2>/dev/null || true
    wait "$SERVIDOR" "$TRABAJADOR" || true
    printf '\nDemostración terminada; lo capturado se conserva.\n'
    exit 0
}
trap termina INT TERM HUP
wait "$SERVIDOR"
