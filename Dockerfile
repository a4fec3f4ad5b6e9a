# syntax=docker/dockerfile:1

# Los estilos, iconos y letra vienen de npm; la imagen final no lleva Node.
FROM node:22-bookworm-slim AS estaticos
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home vinculacion
WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY --from=estaticos /app/node_modules node_modules
COPY . .
# Recoger los estáticos solo necesita que los ajustes carguen: la llave y la base no se usan ni se guardan.
RUN python -m compileall -q vinculacion programas convenios observacion migrantes informes \
    && SECRET_KEY=construccion ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:////tmp/nada.sqlite3 \
        python manage.py collectstatic --noinput --verbosity 0 \
    && install -d -o vinculacion -g vinculacion /datos/archivos /datos/respaldos
ENV ENTORNO=produccion MEDIA_ROOT=/datos/archivos
USER vinculacion
VOLUME /datos
EXPOSE 8000
CMD ["gunicorn", "vinculacion.wsgi", "--config", "docs/produccion/gunicorn.py"]
