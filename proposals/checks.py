"""What the catalogue of proposals knows to be wrong: references, titles that differ.

Source: docs/rules.md R-2, R-19.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from meetings.checking.known import Finding, register_check, register_editor
from proposals.queries.catalogue import flags

if TYPE_CHECKING:
    from collections.abc import Mapping

# The last part of a node's key → the part of the page where it is edited.
_PARTS: Final = {
    "idea": "#idea",
    "gains": "#points-gain",
    "risks": "#points-risk",
    "attentions": "#points-attention",
    "laws": "#terms",
    "evidence": "#terms",
    "titles": "#title",
}


def register() -> None:
    """Have a catalogue asked wherever a meeting prints it."""
    register_check("proposals.simplification", catalogue_findings)
    register_editor("proposal", _proposal)
    register_editor("unit", _unit)


def catalogue_findings(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give the findings of the chosen catalogue. One query."""
    flagged = flags(options["catalogue"])
    found = [
        Finding(
            "bad",
            text,
            row.links_url,
            f"Ret forslag\N{NO-BREAK SPACE}{row.number}",
            section=f"Forslag {row.number}",
            check=check,
        )
        for row in flagged.rows
        for check, text in row.wrong_references.items()
    ]
    if flagged.with_two_titles:
        url = reverse("proposals:catalogue") + "?vis=titler"
        text, label = flagged.two_titles_text, flagged.show_two_titles
        found.append(Finding("partial", text, url, label, check="titles"))
    return tuple(found)


def _proposal(key: str, label: str, node: str) -> tuple[str, str] | None:
    return _edited("proposals:proposal", "Ret forslag", key, label, node)


def _unit(key: str, label: str, node: str) -> tuple[str, str] | None:
    return _edited("proposals:unit", "Ret samdriftsenhed", key, label, node)


def _edited(
    view: str, words: str, key: str, label: str, node: str
) -> tuple[str, str] | None:
    """Give the page of a record with the number its section is called by."""
    number = label.rpartition(" ")[2]
    if not number.isdecimal():
        return None
    part = node.removeprefix(key).strip("/").partition("/")[0].partition(":")[0]
    url = reverse(view, args=[int(number)]) + _PARTS.get(part, "")
    return url, f"{words}\N{NO-BREAK SPACE}{number}"
