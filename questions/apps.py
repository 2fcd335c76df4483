"""The questions app."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Questions and their answers."""

    name = "questions"
    verbose_name = "Spørgsmål"

    def ready(self) -> None:
        """Let the days by which answers are due stand in people's calendars."""
        from questions import days  # noqa: PLC0415 -- models come first

        days.register()
