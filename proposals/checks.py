"""What the catalogue of proposals knows to be wrong: self-references, two titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from meetings.checks import Finding, register_check
from proposals.queries.catalogue import flags

if TYPE_CHECKING:
    from accounts.models import Council


def register() -> None:
    """Have the catalogue asked whenever a meeting's findings are shown."""
    register_check(catalogue_findings)


def catalogue_findings(council: Council) -> tuple[Finding, ...]:
    """Give the findings of the council's catalogue. One query."""
    flagged = flags(council)
    found = [
        Finding("bad", row.self_reference_text, row.links_url)
        for row in flagged.self_referring
    ]
    if flagged.with_two_titles:
        url = reverse("proposals:catalogue") + "?vis=titler"
        text, label = flagged.two_titles_text, flagged.show_two_titles
        found.append(Finding("partial", text, url, label))
    return tuple(found)
