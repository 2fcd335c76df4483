"""What a meeting decided, as the readers of what was sent are told of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.choices import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """The decision on one item, of the minutes that were approved last.

    Attributes:
        outcome: "Godkendt".
        text: sanitised rich text, "" where nobody wrote more than the outcome.
        words: what it applies to, "Gælder 2.2 Bilag 1, version 1 (…).", or "".
    """

    outcome: str
    text: str
    words: str


def decided_lines(rows: Iterable[Mapping[str, Any]]) -> dict[str, DecidedLine]:
    """Give what ``PublicationQuerySet.with_minutes`` fetched, by the item's key."""
    return {
        row["item_key"]: DecidedLine(
            Outcome(row["outcome"]).label, row["text"], row["words"]
        )
        for row in rows
    }
