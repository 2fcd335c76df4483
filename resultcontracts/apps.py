"""The result contracts app."""

from __future__ import annotations

from django.apps import AppConfig


class ResultContractsConfig(AppConfig):
    """Goals with an Erhvervshus, what was measured of them, and where they stand."""

    name = "resultcontracts"
    verbose_name = "Resultatkontrakt"

    def ready(self) -> None:
        """Register what contracts give: documents, what is wrong, what can be found."""
        from resultcontracts import checks, search  # noqa: PLC0415 -- models come first
        from resultcontracts.places import given  # noqa: PLC0415
        from resultcontracts.sources import registry  # noqa: PLC0415

        registry.register_all()
        checks.register()
        search.register()
        given.register()
