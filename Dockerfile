# One image for web, worker, beat and the one-off preparation; they differ in their command only.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements requirements
COPY pyproject.toml package.json package-lock.json .npmrc ./
COPY config/runtime/install.py config/runtime/
COPY scripts scripts
COPY static static
COPY templates templates
COPY accounts accounts
COPY config config
COPY pathways pathways
COPY locale locale
COPY manage.py ./
RUN python config/runtime/install.py base
# The two steps that need no database; the address below is never called.
ENV DATABASE_URL=postgresql://build@localhost/build PATHWAYS_SECRET_KEY=build PATHWAYS_STATIC=/app/static-collected
RUN .venv/bin/python manage.py compile_texts \
    && .venv/bin/python manage.py collectstatic --noinput -v0 -i rest_framework -i django_htmx -i django_tables2 \
    && rm -rf node_modules

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin pathways \
    && install -d -o pathways -g pathways -m 0750 /data
COPY --from=build /app /app
WORKDIR /app
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATHWAYS_DATA=/data PATHWAYS_STATIC=/app/static-collected \
    HOST=0.0.0.0 PORT=8000 PATH=/app/.venv/bin:$PATH
USER pathways
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "config.runtime", "web"]
