"""The kernel's app."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Versioned rows, history, roles and jobs."""

    name = "core"

    def ready(self) -> None:
        """Grant the plain role its rights after each migration."""
        from core import roles  # noqa: PLC0415 -- models must be loaded first

        roles.connect()
