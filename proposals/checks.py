"""What the catalogue of proposals knows to be wrong: references, titles that differ.

Source: docs/rules.md R-2, R-19, R-79.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from meetings.checking.known import (
    Finding,
    register_check,
    register_editor,
    register_row_editor,
)
from proposals.cuts import OVERVIEW, cut_of
from proposals.queries.catalogue import FlaggedRow, flags, unit_flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLACE: Final = re.compile(r"/place:(\d+)")
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
    register_check("proposals.cooperation", unit_findings)
    register_editor("proposal", _proposal)
    register_editor("unit", _unit)
    register_row_editor("trail", _trail)
    register_row_editor("positions", _positions)


def catalogue_findings(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give the findings of what is chosen of a catalogue. One query."""
    cut = cut_of(options)
    if cut.kind == OVERVIEW:
        # It prints no references, and of each title the one that stands.
        return ()
    flagged = flags(options["catalogue"], cut)
    found = [finding for row in flagged.rows for finding in _of_references(row)]
    if flagged.with_two_titles:
        url = reverse("proposals:catalogue") + "?vis=titler"
        text, label = flagged.two_titles_text, flagged.show_two_titles
        found.append(Finding("partial", text, url, label, check="titles"))
    return tuple(found)


def unit_findings(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give the findings of the chosen catalogue of units. One query."""
    rows = unit_flags(options["catalogue"]).rows
    return tuple(finding for row in rows for finding in _of_references(row))


def _of_references(row: FlaggedRow) -> Iterator[Finding]:
    """Give what is wrong with the references of one record."""
    word = "forslag" if row.owner == "proposal" else "samdriftsenhed"
    label = f"Ret {word}\N{NO-BREAK SPACE}{row.number}"
    for check, text in row.wrong_references.items():
        yield Finding("bad", text, row.links_url, label, section=row.name, check=check)
    if row.typed_text:
        yield Finding(
            "partial", row.typed_text, row.links_url, label,
            section=row.name,
        )  # fmt: skip


def _proposal(key: str, label: str, node: str, document: str) -> tuple[str, str] | None:
    del document
    return _edited("proposals:proposal", "Ret forslag", key, label, node)


def _unit(key: str, label: str, node: str, document: str) -> tuple[str, str] | None:
    del document
    return _edited("proposals:unit", "Ret samdriftsenhed", key, label, node)


def _trail(node: str, table: str, row: str) -> tuple[str, str]:  # noqa: ARG001
    """Give the way of the proposal that a row is about, or the board of them all."""
    if not row.isdecimal():
        return reverse("proposals:board"), "Se tavlen"
    url = reverse("proposals:proposal", args=[int(row)])
    return f"{url}#trail", f"Ret forslag\N{NO-BREAK SPACE}{row}"


def _positions(node: str, table: str, row: str) -> tuple[str, str]:
    """Give the answers of a record or of a municipality, or the matrix of them all."""
    words = f"{table} {row}".lower().split()
    of = "samdrift" if "samdrift" in words or "/unit:" in node else "forslag"
    place = _PLACE.search(node)
    number = row if row.isdecimal() else table.rpartition(" ")[2] if not row else ""
    if place:
        url = reverse("proposals:positions-of", args=[of, int(place[1])])
        return url, f"Ret svarene fra {row}"
    if number.isdecimal():
        url = reverse("proposals:positions-record", args=[of, int(number)])
        return url, f"Se svarene om {of}\N{NO-BREAK SPACE}{number}"
    return reverse("proposals:positions", args=[of]), "Se holdningerne"


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
