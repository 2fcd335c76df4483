"""What the catalogue of proposals knows to be wrong: references, titles that differ.

Source: docs/rules.md R-2, R-19.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from meetings.checks import Finding, register_check
from proposals.queries.catalogue import flags

if TYPE_CHECKING:
    from collections.abc import Mapping


def register() -> None:
    """Have a catalogue asked wherever a meeting prints it."""
    register_check("proposals.simplification", catalogue_findings)


def catalogue_findings(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give the findings of the chosen catalogue. One query."""
    flagged = flags(options["catalogue"])
    found = [Finding("bad", text, url) for text, url in flagged.wrong_references]
    if flagged.with_two_titles:
        url = reverse("proposals:catalogue") + "?vis=titler"
        text, label = flagged.two_titles_text, flagged.show_two_titles
        found.append(Finding("partial", text, url, label))
    return tuple(found)
