# syntax=docker/dockerfile:1
# Web, worker and migrations of KKR-portalen; compose.yaml shows how they go together.

# -- what the browser gets -------------------------------------------------------------
FROM python:3.13-slim AS front
RUN apt-get update \
 && apt-get install -y --no-install-recommends nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/base.txt requirements/
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY frontend frontend
COPY static static
RUN npm run build

# -- the portal ------------------------------------------------------------------------
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=kkr.settings.prod \
    HOME=/tmp \
    PATH=/app/.venv/bin:$PATH
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      hunspell-da libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 poppler-utils \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 990 --user-group --no-create-home portal
WORKDIR /app
COPY --from=front /app/.venv .venv
COPY . .
COPY --from=front /app/static/build static/build
COPY --from=front /app/node_modules/dkfds node_modules/dkfds
# The values hold for this step only: it asks no database and signs nothing.
RUN SECRET_KEY=collect ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://nobody@localhost/none \
    sh -c 'python -m documents.fonts \
        && python manage.py collectstatic --no-input -v 0' \
 && install -d -m 700 var/files \
 && chown -R portal:portal var
# What is uploaded and made lies here; nothing else of a container is kept.
VOLUME /app/var/files
USER portal
ENV KKR_BIND=0.0.0.0:8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s \
  CMD ["python", "-m", "kkr.ask_health"]
CMD ["gunicorn", "-c", "deploy/gunicorn.py"]
