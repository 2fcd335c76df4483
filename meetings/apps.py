"""The meetings app."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings and their packets."""

    name = "meetings"
    verbose_name = "Møder"

    def ready(self) -> None:
        """Let what meetings hold be found and asked about."""
        from meetings import askable, search  # noqa: PLC0415 -- models come first

        search.register()
        askable.register()
