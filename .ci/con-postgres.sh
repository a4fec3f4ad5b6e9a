#!/usr/bin/env bash
# Ejecuta una orden con un PostgreSQL desechable:  .ci/con-postgres.sh orden [argumentos]
#
# El servidor vive en un directorio temporal, escucha solo en 127.0.0.1 con una contraseña
# al azar y desaparece al terminar, también si la orden falla o se interrumpe.
set -euo pipefail

falla() { printf 'ERROR: %s\n' "$*" >&2; exit 1; }

busca_binarios() {
    local dir
    for dir in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -Vr) \
        "$(pg_config --bindir 2>/dev/null || true)" "$(dirname "$(command -v initdb || echo /)")"; do
        if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then echo "$dir"; return; fi
    done
    falla "no se encontró el servidor de PostgreSQL (paquete postgresql)."
}

BIN=$(busca_binarios)
RAIZ=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DIR=$(mktemp -d /tmp/vinculacion-pg.XXXXXX)
ENCENDIDO=no
ORDEN=

# PostgreSQL se niega a correr como root: se usa una cuenta sin privilegios.
COMO=()
if [ "$(id -u)" -eq 0 ]; then
    CUENTA=postgres
    id "$CUENTA" >/dev/null 2>&1 || CUENTA=nobody
    chown "$CUENTA" "$DIR"
    COMO=(runuser -u "$CUENTA" --)
fi

apaga() {
    local salida=$?
    trap - EXIT INT TERM HUP
    [ -z "$ORDEN" ] || kill -TERM -- "-$ORDEN" 2>/dev/null || true
    if [ "$ENCENDIDO" = si ]; then
        "${COMO[@]}" "$BIN/pg_ctl" -D "$DIR/datos" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$DIR"
    exit "$salida"
}
trap apaga EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

CLAVE=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$CLAVE" >"$DIR/clave"
[ ${#COMO[@]} -eq 0 ] || chown "$CUENTA" "$DIR/clave"
cd "$DIR"
"${COMO[@]}" "$BIN/initdb" -D "$DIR/datos" -U vinculacion --auth=scram-sha-256 --pwfile="$DIR/clave" \
    --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=es-MX --no-sync >"$DIR/initdb.log" 2>&1 ||
    { cat "$DIR/initdb.log" >&2; falla "no se pudo crear el servidor de PostgreSQL."; }
cat >>"$DIR/datos/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
CONF
# Entre elegir un puerto libre y ocuparlo puede ganarlo otro: se intenta con otro.
for intento in 1 2 3 4 5; do
    PUERTO=$("$RAIZ/.venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    ENCENDIDO=si
    "${COMO[@]}" "$BIN/pg_ctl" -D "$DIR/datos" -l "$DIR/servidor.log" -o "-p $PUERTO" -w -t 60 start >/dev/null 2>&1 && break
    ENCENDIDO=no
    [ "$intento" -lt 5 ] || { cat "$DIR/servidor.log" >&2; falla "PostgreSQL no arrancó."; }
done

cd "$RAIZ"
export DATABASE_URL="postgres://vinculacion:$CLAVE@127.0.0.1:$PUERTO/postgres"
# En su propio grupo de procesos: una señal se atiende de inmediato y alcanza a todos los hijos.
set -m
"$@" </dev/null &
ORDEN=$!
set +m
wait "$ORDEN"
