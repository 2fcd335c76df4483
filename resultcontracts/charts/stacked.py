"""A contract's goals by status in one bar, without words. Pure.

It is hidden from screen readers, since the row beside it says every number.
Source: docs/rules.md R-137.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from resultcontracts.choices import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH: Final = 240
GAP: Final = 2
# By brightness too: the worse, the less is filled, so that it reads without colour.
INKS: Final = {
    Status.REACHED: "ink",
    Status.PARTLY: "bar",
    Status.NOT_REACHED: "light",
    Status.PENDING: "track",
    Status.UNDECIDED: "paper",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the bar, measured in pixels as SVG reads them."""

    status: Status
    ink: str
    x: str
    width: str


def stacked(counts: Mapping[Status, int]) -> tuple[Part, ...]:
    """Share a bar by status, in the order readers know; nothing of what there is none."""
    total = sum(counts.values())
    found, at = [], Fraction(0)
    for status in Status:
        if amount := counts.get(status, 0):
            width = Fraction(WIDTH * amount, total)
            shown = max(width - GAP, Fraction(1))
            found.append(Part(status, INKS[status], _written(at), _written(shown)))
            at += width
    return tuple(found)


def _written(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
