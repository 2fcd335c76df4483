"""What a decision applies to: the very versions of an item's appendices. Pure.

Source: docs/rules.md R-42.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.formats import EN_DASH, NBSP, listed
from documents.numbering import all_spans
from documents.tree import walk
from meetings.choices import Outcome

if TYPE_CHECKING:
    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition, Part


@dataclass(frozen=True, slots=True)
class Applied:
    """One appendix as the meeting had it.

    Attributes:
        label: "2.2 Bilag 1"; ``number`` within the item, "1" or "1a".
        version: of the meeting's packet.
        pages: in the packet, "67–69".
        file: SHA-256 of the appendix's PDF in that version.
    """

    label: str
    number: str
    title: str
    slug: str
    version: int
    pages: str
    file: str

    def to_json(self) -> dict[str, Any]:
        """Give it as the ledger stores it."""
        return asdict(self)


def applied(edition: Edition, item: AgendaItem, outcome: str) -> tuple[Applied, ...]:
    """Give what a decision on an item applies to; what is postponed adopts nothing."""
    if outcome in {"", Outcome.POSTPONED}:
        return ()
    return tuple(
        Applied(
            label=part.appendix.label,
            number=part.appendix.number,
            title=part.appendix.title,
            slug=part.appendix.slug,
            version=edition.number,
            pages=part.span,
            file=part.file,
        )
        for part in edition.parts_of(item)
    )


def applies_words(edition: Edition, item: AgendaItem, outcome: str) -> str:
    """Say "Gælder 2.2 Bilag 1, version 1 (pakkens side 67–69)."; "" of nothing."""
    rows = applied(edition, item, outcome)
    if not rows:
        return ""
    labels = [label for part in edition.parts_of(item) for label in part.labels]
    numbers = _numbers([row.number for row in rows])
    pages = all_spans(tuple(labels)).replace(" ", NBSP)
    packet = "den lukkede pakkes" if edition.volume else "pakkens"
    return (
        f"Gælder {item.number}{NBSP}Bilag{NBSP}{numbers}, "
        f"version{NBSP}{edition.number} ({packet} side{NBSP}{pages})."
    )


def _numbers(numbers: list[str]) -> str:
    """Give "1–4" of numbers that follow each other, else "1 og 1a"."""
    plain = [int(number) for number in numbers if number.isdecimal()]
    follows = (
        plain == list(range(plain[0], plain[0] + len(numbers))) if plain else False
    )
    if len(numbers) > 1 and follows:
        return f"{numbers[0]}{EN_DASH}{numbers[-1]}"
    return listed(numbers)


def records_of(parts: tuple[Part, ...]) -> list[str]:
    """Give the keys of all that appendices printed: "proposal:faerre-maalgrupper"."""
    keys = (
        section.key
        for part in parts
        if part.tree is not None
        for _, section in walk(part.tree)
    )
    return sorted(set(keys))
