"""Reads the environment: switches, addresses of services, secrets (a local installation generates its own)."""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.runtime.places import Places


def switch(name: str, *, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes or on mean yes."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's description of the PostgreSQL database at `url`; a socket folder may be given as `?host=`.

    Raises ValueError for another engine: the rules are evaluated by PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def secret(name: str, *, places: Places, generate: bool) -> str:
    """The secret in variable `name`; with `generate`, one is made on first use and kept in the data folder."""
    value = os.environ.get(name, "")
    if value or not generate:
        return value
    places.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = places.secrets / name.lower()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()
