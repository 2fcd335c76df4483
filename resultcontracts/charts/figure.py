"""A chart with all that it is born with: finding, table, sentence, source. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from documents.charts import ChartError
from documents.tree import Chart, Column, Group, Missing, Row, Table, Value, Words
from resultcontracts.charts.scene import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.tree import Inline
    from resultcontracts.charts.scene import Scene

# Beside a column, on a telephone, and in the text column of a page of paper.
WIDE: Final = 800
NARROW: Final = 348
PAPER: Final = 440


class Plot(Protocol):
    """What can be laid out on a width; a value, so that it is drawn once."""

    def scene(self, width: int) -> Scene:
        """Lay it out on so many pixels."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, the same on page and paper.

    Attributes:
        heading: what it shows, in words: the finding.
        note: what is measured, in which unit.
        sentence: all that the drawing says, read aloud in its stead.
        source: where it is from and what its signs mean; one line under it.
        plot: None where there is nothing to draw.
        wide_at, narrow_at: how many pixels it is drawn on; CSS shows one of the two.
    """

    key: str
    heading: str
    note: str
    sentence: str
    source: str
    table: Table
    plot: Plot | None
    wide_at: int = WIDE
    narrow_at: int = NARROW

    def chart(self, width: int) -> Chart:
        """Draw it on so many pixels.

        Raises:
            ChartError: it cannot be drawn, or there is nothing to draw.
        """
        if self.plot is None:
            message = f"{self.key}: there is nothing to draw"
            raise ChartError(message)
        caption = f"{self.heading}. {self.source}" if self.source else self.heading
        return Chart(
            key=self.key,
            label=self.note,
            sentence=caption,
            alternative=self.sentence,
            svg=drawn(self.plot.scene(width)),
        )

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return self.plot is not None

    @property
    def is_one_width(self) -> bool:
        """Whether the same drawing serves both."""
        return self.wide_at == self.narrow_at

    @property
    def wide(self) -> Chart:
        """It beside a column."""
        return self.chart(self.wide_at)

    @property
    def narrow(self) -> Chart:
        """It on a telephone."""
        return self.chart(self.narrow_at)

    @property
    def paper(self) -> Chart:
        """It on paper."""
        return self.chart(PAPER)


def table(
    key: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
) -> Table:
    """Make a chart's table; the words for what is missing are set as such."""
    named = tuple(
        Row(
            f"{key}/{number}",
            tuple(
                _cell(f"{key}/{number}/{place}", text)
                for place, text in enumerate(cells)
            ),
        )
        for number, cells in enumerate(rows, start=1)
    )
    return Table(key, caption, tuple(columns), (Group(f"{key}/rows", "", named),))


_MISSING: Final = {str(word): word for word in Missing}


def _cell(key: str, text: str) -> tuple[Inline, ...]:
    if text in _MISSING:
        return (Value(key, missing=_MISSING[text]),)
    return (Words(text),) if text else ()
