"""The proposals app."""

from __future__ import annotations

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Catalogues that can be attached to a meeting."""

    name = "proposals"
    verbose_name = "Forslag"

    def ready(self) -> None:
        """Register what the catalogues give: documents, findings, what can be found."""
        from proposals import checks, municipal, permanent, search, sources  # noqa: PLC0415 -- models come first

        sources.register_all()
        checks.register()
        search.register()
        permanent.register()
        municipal.register()
