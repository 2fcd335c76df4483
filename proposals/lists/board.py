"""The themes beside each other: what municipalities think, as charts with their table.

Source: docs/rules.md R-95.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING, Final

from core import formats
from proposals.stances import Tally

if TYPE_CHECKING:
    from proposals.models import Theme
    from proposals.queries.catalogue import ProposalList, ProposalRow


MOST: Final = 10
"""Proposals of one theme; its sentence and its sums are of them all."""


@dataclass(frozen=True)
class BoardTheme:
    """A theme on the board, and its proposals."""

    theme: Theme
    rows: tuple[ProposalRow, ...]

    @property
    def shown(self) -> tuple[ProposalRow, ...]:
        """Those of its proposals that are drawn, the first."""
        return self.rows[:MOST]

    @property
    def is_short(self) -> bool:
        """It has more than are drawn."""
        return len(self.rows) > MOST

    @property
    def all_words(self) -> str:
        """The words of the link to them all."""
        if not self.is_short:
            return "Vis i listen"
        return f"Vis alle {formats.number(len(self.rows))} i listen"

    @property
    def short_words(self) -> str:
        """Say how many are drawn: "De første 10 af 25 forslag"."""
        if not self.is_short:
            return ""
        every = formats.counted(len(self.rows), "forslag", "forslag")
        return f"De første {MOST} af {every}"

    @cached_property
    def tally(self) -> Tally:
        """The stances on all of its proposals; one square is one answer."""
        return reduce(add, (row.tally for row in self.rows), Tally())

    @property
    def sentence(self) -> str:
        """Say what the theme holds, and how many have answered."""
        if not self.rows:
            return "Ingen forslag i temaet endnu."
        proposals = formats.counted(len(self.rows), "forslag", "forslag")
        if not self.tally.all:
            return f"{proposals}. Ingen kommuner er spurgt."
        every = formats.number(self.tally.all)
        given = formats.number(self.tally.given)
        return f"{proposals}, {given} af {every} svar. {self._all_support}"

    @property
    def _all_support(self) -> str:
        alike = [
            formats.number(row.number)
            for row in self.rows
            if row.tally.all and row.tally.supports == row.tally.all
        ]
        if not alike:
            return "Intet forslag støttes af alle."
        return f"Forslag {formats.listed(alike)} støttes af alle."


def theme_board(listed: ProposalList) -> tuple[BoardTheme, ...]:
    """Give the themes of a list as they stand on the board."""
    return tuple(BoardTheme(group.theme, group.rows) for group in listed.groups)
