"""The dimensioning app."""

from __future__ import annotations

from django.apps import AppConfig


class DimensioningConfig(AppConfig):
    """Study places that a ministry asks about, and practice places that are shared."""

    name = "dimensioning"
    verbose_name = "Dimensionering"
