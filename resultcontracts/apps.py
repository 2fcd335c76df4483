"""The result contracts app."""

from __future__ import annotations

from django.apps import AppConfig


class ResultContractsConfig(AppConfig):
    """Goals with an Erhvervshus, what was measured of them, and where they stand."""

    name = "resultcontracts"
    verbose_name = "Resultatkontrakt"

    def ready(self) -> None:
        """Let goals be found."""
        from resultcontracts import search  # noqa: PLC0415 -- models come first

        search.register()
