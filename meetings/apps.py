"""The meetings app."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings and their packets."""

    name = "meetings"
    verbose_name = "Møder"
