"""Where the database is, and as whom to connect: Django's ``DATABASES`` entry.

``DATABASE_URL`` (and ``DATABASE_OWNER_URL`` for migrations) name a server; without them
the embedded one starts by itself. A URL holds a password, so each may be given as a
file too (``DATABASE_URL_FILE``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from kkr.env import SettingError, env_bool, env_secret

type Role = Literal["app", "owner"]
SCHEMES: Final = ("postgres", "postgresql")
CONNECT_SECONDS: Final = 4
"""A page must be able to say within five seconds that the database is gone."""


def chosen_role() -> Role:
    """The role that ``KKR_DATABASE_ROLE`` names; the app's plain one by default.

    Raises:
        SettingError: it is neither ``app`` nor ``owner``.
    """
    match os.environ.get("KKR_DATABASE_ROLE", "app"):
        case "app":
            return "app"
        case "owner":
            return "owner"
        case other:
            message = f"KKR_DATABASE_ROLE must be app or owner, not {other!r}"
            raise SettingError(message)


def database_settings(role: Role) -> dict[str, Any]:
    """Give the settings of the one database, seen as ``role``.

    Args:
        role: ``app`` for web and worker; ``owner`` for migrations and tests.

    Returns:
        An entry for Django's ``DATABASES``, with the test database's name from
        ``KKR_TEST_DATABASE``.

    Raises:
        SettingError: a URL cannot be used.
        EmbeddedError: there is no URL and the embedded server does not start.
    """
    url = env_secret("DATABASE_URL", "")
    if role == "owner":
        url = env_secret("DATABASE_OWNER_URL", "") or url
    where = from_url(url) if url else embedded(role)
    options: dict[str, Any] = where.pop("OPTIONS", {})
    options.setdefault("connect_timeout", CONNECT_SECONDS)
    options.setdefault("application_name", f"kkr-{role}")
    pooled = env_bool("KKR_DATABASE_POOL")
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": CONNECT_SECONDS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **where,
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pooled else None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("KKR_TEST_DATABASE", "test_kkr")},
    }


def app_role_name() -> str:
    """The name of the role that web and worker connect as.

    Costs no connection and starts no server.
    """
    url = env_secret("DATABASE_URL", "")
    if url:
        return unquote(urlsplit(url).username or "")
    from kkr.embedded import APP  # noqa: PLC0415  (only where no URL is set)

    return APP


def from_url(url: str) -> dict[str, Any]:
    """Read ``postgresql://user:password@host:port/name?option=value``.

    A socket's folder goes percent-encoded in the host's place, or as ``?host=``.

    Raises:
        SettingError: another scheme, or no name; the text does not show the URL.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in SCHEMES or not name:
        message = "DATABASE_URL must look like postgresql://user:password@host/name"
        raise SettingError(message)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def embedded(role: Role) -> dict[str, Any]:
    """Start the embedded server if need be, and say where it is."""
    from kkr.embedded import (  # noqa: PLC0415  (its package may be absent with a URL)
        APP,
        DATABASE,
        OWNER,
        PORT,
        start,
    )

    place = start(Path(__file__).resolve().parent.parent)
    return {
        "NAME": DATABASE,
        "USER": OWNER if role == "owner" else APP,
        "PASSWORD": "",
        "HOST": str(place.sockets),
        "PORT": PORT,
    }
