"""In which sent meetings a record stood, and what they said of its figures.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.records import text
from documents.tree import Value
from meetings.editions.reading import own_council
from meetings.editions.records import Shown, shown_at
from proposals.facts import figure_line
from proposals.references import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from accounts.models import Membership, User
    from proposals.models import Figure
    from proposals.references import Names


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as one sent version has it.

    Attributes:
        text: as it was printed, with the words around it where these were others.
        is_other: it is not what the figure says today.
    """

    shown: Shown
    text: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of today, and what the sent versions said of it, the latest first."""

    figure: Figure
    shown: tuple[ShownFigure, ...]

    @property
    def others(self) -> int:
        """How many of them say something else."""
        return sum(each.is_other for each in self.shown)


@dataclass(frozen=True, slots=True)
class SentIn:
    """Where a record was sent, the latest first; ``key`` is its own in documents."""

    key: str
    rows: tuple[Shown, ...]

    @property
    def last(self) -> datetime | None:
        """When it was last sent; None where it was not."""
        return max((row.at for row in self.rows), default=None)

    def latest_before(self, moment: datetime) -> datetime | None:
        """When it was last sent, if that was before a moment; None where it was not.

        Of a record that was edited at that moment: since then it says something else.
        """
        latest = self.last
        return latest if latest is not None and latest < moment else None

    def with_figures(
        self, figures: Iterable[Figure], names: Names = NO_NAMES
    ) -> tuple[FigureRow, ...]:
        """Pair today's figures, in order, with what each sent version said; no query."""
        now = [
            _today(self.key, at, figure, names) for at, figure in enumerate(figures, 1)
        ]
        words = {said for _, _, _, said in now}
        return tuple(
            FigureRow(figure, self._of(key, text, said, words))
            for figure, key, text, said in now
        )

    def _of(
        self, key: str, text: str, said: str, words: set[str]
    ) -> tuple[ShownFigure, ...]:
        found = []
        for row in self.rows:
            then = _same(row.figures, key, said, words)
            if then is None:
                continue
            is_same = then["said"] == said
            whole = then["text"] if is_same else f"{then['text']} {then['said']}"
            found.append(ShownFigure(row, whole, not is_same or then["text"] != text))
        return tuple(found)


def sent_in(key: str, user: User, seat: Membership) -> SentIn:
    """Give the sent versions of the seat's council that hold a record: one query.

    Args:
        key: the record's own in documents, "proposal:faerre-maalgrupper".
    """
    rows = shown_at(user, own_council(seat), seat.council.slug, key=key)
    return SentIn(key, rows)


def _today(
    key: str, at: int, figure: Figure, names: Names
) -> tuple[Figure, str, str, str]:
    line = figure_line(figure, f"{key}/figure:{at}", names)
    own = next(part for part in line if isinstance(part, Value))
    said = text([part for part in line if part is not own])
    return figure, own.key, own.text, said


def _same(
    then: Iterable[Mapping[str, str]], key: str, said: str, words: set[str]
) -> Mapping[str, str] | None:
    """Find a figure by what is said of it; else by its place, if no other says that."""
    known = list(then)
    by_words = (each for each in known if each["said"] == said)
    by_place = (each for each in known if each["key"] == key)
    found = next(by_words, None)
    if found is not None:
        return found
    return next((each for each in by_place if each["said"] not in words), None)
