"""What has been spent of each post, beside how much of the year has gone. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from documents.tree import Column
from resultcontracts.charts.figure import Figure, table
from resultcontracts.charts.lanes import Lane, Lanes, Mark
from resultcontracts.charts.scale import scale_of
from resultcontracts.standing.numbers import rounded, spelt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from documents.tree import Table

PLACES: Final = 1
_HALF: Final = 50


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a budget.

    Attributes:
        spent: None where it is not told; never the same as 0.
    """

    name: str
    budget: Fraction
    spent: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """What has been spent, in per cent of the post; None where either is unknown.

        Of a post of nothing no part can be spent.
        """
        if self.spent is None or not self.budget:
            return None
        return self.spent * 100 / self.budget

    @property
    def text(self) -> str:
        """The share as it is read: "58,8"."""
        if self.share is not None:
            return rounded(self.share, PLACES)
        return "ikke oplyst" if self.spent is None else "intet budget"


@dataclass(frozen=True, slots=True)
class Gone:
    """How much of the year has gone, as a share of 100, and in words."""

    share: Fraction
    words: str = "halvdelen af året"

    @classmethod
    def of(cls, share: Fraction) -> Gone:
        """Name it: half a year in words, any other part in per cent."""
        is_half = share == _HALF
        words = "halvdelen af året" if is_half else f"{spelt(share)} pct. af året"
        return cls(share, words)


def budget(
    key: str, rows: Sequence[Post], gone: Gone, note: str = "", source: str = ""
) -> Figure:
    """Draw the posts of a budget below each other; the last is their sum.

    Raises:
        ValueError: there are no posts.
    """
    if not rows:
        message = "a budget has at least one post"
        raise ValueError(message)
    shares = [row.share for row in rows if row.share is not None]
    said = _heading(rows[-1], gone)
    told = " ".join(_sentence(row) for row in rows)
    return Figure(
        key=key,
        heading=said,
        note=note,
        sentence=f"{said}. {told}",
        source=source,
        table=_table(key, said, rows),
        plot=Lanes(tuple(_lanes(rows, gone)), scale_of([*shares, gone.share], "pct.")),
    )


def _heading(last: Post, gone: Gone) -> str:
    if last.share is None:
        return f"{last.name}: forbruget er {last.text}"
    return f"{last.text} pct. af årets budget er brugt efter {gone.words}"


def _lanes(rows: Sequence[Post], gone: Gone) -> list[Lane]:
    return [
        Lane(
            row.name,
            row.text,
            row.share,
            row.share,
            (Mark(gone.share, "" if place else gone.words),),
        )
        for place, row in enumerate(rows)
    ]


def _sentence(row: Post) -> str:
    unit = " pct." if row.share is not None else "."
    return f"{row.name}: {row.text}{unit}"


def _table(key: str, caption: str, rows: Sequence[Post]) -> Table:
    columns = [
        Column("Post", names_row=True),
        Column("Årets budget, kr.", "right"),
        Column("Brugt, kr.", "right"),
        Column("Brugt, pct.", "right"),
    ]
    cells = [
        (
            row.name,
            spelt(row.budget),
            "ikke oplyst" if row.spent is None else spelt(row.spent),
            row.text,
        )
        for row in rows
    ]
    return table(f"{key}/tal", caption, columns, cells)
