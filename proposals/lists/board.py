"""The themes beside each other: what each holds, as a chart with its table and sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats

if TYPE_CHECKING:
    from proposals.models import Theme
    from proposals.queries.catalogue import ProposalList, ProposalRow

_KINDS: Final = (
    ("gain", "Gevinster", ("gevinst", "gevinster", "ingen gevinster")),
    ("risk", "Risici", ("risiko", "risici", "ingen risici")),
    (
        "attention",
        "Opmærksomhedspunkter",
        (
            "opmærksomhedspunkt",
            "opmærksomhedspunkter",
            "ingen opmærksomhedspunkter",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many points of a kind, one square each."""

    key: str
    name: str
    count: int

    @property
    def squares(self) -> range:
        """One for each."""
        return range(self.count)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A proposal on the board."""

    row: ProposalRow
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BoardTheme:
    """A theme on the board."""

    theme: Theme
    rows: tuple[BoardRow, ...]

    @property
    def sentence(self) -> str:
        """Say what the chart shows: "9 forslag med 34 gevinster, 20 risici og …"."""
        proposals = formats.counted(len(self.rows), "forslag", "forslag")
        if not self.rows:
            return "Ingen forslag i temaet endnu."
        sums = [
            formats.counted(sum(each.bars[n].count for each in self.rows), *words)
            for n, (_, _, words) in enumerate(_KINDS)
        ]
        return f"{proposals} med {formats.listed(sums)}."


def theme_board(listed: ProposalList) -> tuple[BoardTheme, ...]:
    """Give the themes of a list as they stand on the board."""
    return tuple(
        BoardTheme(group.theme, tuple(BoardRow(row, _bars(row)) for row in group.rows))
        for group in listed.groups
    )


def _bars(row: ProposalRow) -> tuple[Bar, ...]:
    counts = (row.gains, row.risks, row.attentions)
    kinds = ((key, name) for key, name, _ in _KINDS)
    return tuple(Bar(*kind, count) for kind, count in zip(kinds, counts, strict=True))
