"""One outcome beside another: who gets more, who fewer, how many places move. Pure.

Source: docs/rules.md R-178.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Difference:
    """One receiver before and after; what is missing on a side stays missing."""

    key: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """How many more or fewer; none where a side is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def percent(self) -> Fraction | None:
        """The change in per cent of before; none where that is missing or 0."""
        change = self.change
        return (
            Fraction(100 * change, self.before)
            if change is not None and self.before
            else None
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences by key."""

    rows: tuple[Difference, ...]

    @property
    def gainers(self) -> tuple[Difference, ...]:
        return tuple(row for row in self.rows if row.change and row.change > 0)

    @property
    def losers(self) -> tuple[Difference, ...]:
        return tuple(row for row in self.rows if row.change and row.change < 0)

    @property
    def unmoved(self) -> tuple[Difference, ...]:
        return tuple(row for row in self.rows if row.change == 0)

    @property
    def unknown(self) -> tuple[Difference, ...]:
        """Rows that are missing on a side."""
        return tuple(row for row in self.rows if row.change is None)

    @property
    def sum(self) -> int:
        """All known changes together."""
        return sum(row.change or 0 for row in self.rows)

    @property
    def moved(self) -> int:
        """The places that the losers give up."""
        return -sum(row.change or 0 for row in self.losers)

    @property
    def by_change(self) -> tuple[Difference, ...]:
        """The largest gain first, the largest loss last, then what is not known."""
        known = [row for row in self.rows if row.change is not None]
        return *sorted(
            known, key=lambda row: (-(row.change or 0), row.key)
        ), *self.unknown


def compared(
    before: Mapping[str, int | None], after: Mapping[str, int | None]
) -> Comparison:
    """Hold one set of places against another; a key that one lacks is missing there."""
    keys = sorted({*before, *after})
    return Comparison(
        tuple(Difference(key, before.get(key), after.get(key)) for key in keys)
    )
