"""The proposals app."""

from __future__ import annotations

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Catalogues that can be attached to a meeting."""

    name = "proposals"
    verbose_name = "Forslag"

    def ready(self) -> None:
        """Register what the catalogues give: documents, findings, what can be found."""
        from proposals import (  # noqa: PLC0415 -- models come first
            checks,
            days,
            municipal,
            municipality,
            permanent,
            positions_source,
            search,
            sources,
            trail_source,
        )

        sources.register_all()
        positions_source.register()
        trail_source.register()
        checks.register()
        search.register()
        permanent.register()
        municipal.register()
        municipality.register()
        days.register()
