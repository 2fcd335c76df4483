"""The questions app."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Questions and their answers."""

    name = "questions"
    verbose_name = "Spørgsmål"
