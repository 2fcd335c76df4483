"""The result contracts app."""

from __future__ import annotations

from django.apps import AppConfig


class ResultContractsConfig(AppConfig):
    """Goals with an Erhvervshus, what was measured of them, and where they stand."""

    name = "resultcontracts"
    verbose_name = "Resultatkontrakt"

    def ready(self) -> None:
        """Let the page of a municipality ask."""
        from resultcontracts.places import given  # noqa: PLC0415 -- models come first

        given.register()
