"""The meetings app."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings and their packets."""

    name = "meetings"
    verbose_name = "Møder"

    def ready(self) -> None:
        """Let what meetings hold be found and asked about, and minutes be an appendix."""
        from meetings import askable, search, sources  # noqa: PLC0415 -- models first
        from meetings.days import own  # noqa: PLC0415
        from meetings.editions import known  # noqa: PLC0415

        search.register()
        askable.register()
        sources.register_all()
        own.register()
        known.register()
