# Todas las órdenes hacen su propia preparación y pueden repetirse.
.DEFAULT_GOAL := ayuda
.PHONY: ayuda instalar instalar-pruebas demo demo-limpia test bench formato requisitos limpia

SHELL := /bin/bash
UV = .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make requisitos" $(OPCIONES)

ayuda: ## muestra esta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

instalar: ## instala lo necesario para usar la aplicación
	@.ci/instalar.sh

instalar-pruebas: ## instala además lo necesario para probarla
	@.ci/instalar.sh pruebas

demo: instalar ## prepara la demostración y la sirve en este equipo (PUERTO=8000)
	@.ci/demo.sh

demo-limpia: instalar ## borra lo capturado en la demostración y empieza de nuevo
	@rm -rf var/vinculacion.sqlite3 var/vinculacion.sqlite3-wal var/vinculacion.sqlite3-shm var/archivos var/correo
	@.ci/demo.sh

test: instalar-pruebas ## revisa y prueba todo, con SQLite, PostgreSQL y un navegador
	@.ci/pruebas.sh

bench: instalar-pruebas ## mide tiempos y escribe un JSON
	@.venv/bin/python -m tests.rendimiento

formato: instalar-pruebas ## da formato al código y a las plantillas
	@.venv/bin/ruff check --fix --quiet --exit-zero
	@.venv/bin/ruff format --quiet
	@find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade || true

requisitos: instalar-pruebas ## fija las versiones de las dependencias (OPCIONES=--upgrade las sube)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) requirements.in -o requirements.txt
	$(UV) requirements-pruebas.in -c requirements.txt -o requirements-pruebas.txt
	$(UV) .ci/node.in -o .ci/node.txt
	npm install --package-lock-only --ignore-scripts

limpia: ## borra el entorno y todo lo que se puede volver a crear (no toca var/)
	@rm -rf .venv node_modules staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
