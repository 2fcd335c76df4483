"""The pages of one municipality's answers: 50 records each, in the catalogue's order.

A record stands on the same page before and after it is answered.

Source: docs/rules.md R-90.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from proposals.models import Position
    from proposals.queries.record_lines import RecordLine

ON_A_PAGE: Final = 50
_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page.

    Attributes:
        number: of it, from 1.
        missing: how many answers each page lacks that can be given now, the first first.
        every: all records; those of other pages are written too where a form sends them.
    """

    number: int
    missing: tuple[int, ...]
    every: tuple[RecordLine, ...]

    @property
    def count(self) -> int:
        """How many pages there are; 1 at least."""
        return len(self.missing)

    @property
    def records(self) -> tuple[RecordLine, ...]:
        """What stands on it."""
        first = (self.number - 1) * ON_A_PAGE
        return self.every[first : first + ON_A_PAGE]

    @property
    def span(self) -> str:
        """The numbers on it: "51–100"; themes come one after another."""
        shown = self.records
        return f"{shown[0].number}–{shown[-1].number}" if shown else ""

    @property
    def before(self) -> int:
        """The page before it; 0: none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after it; 0: none."""
        return self.number + 1 if self.number < self.count else 0

    @property
    def missing_here(self) -> int:
        """How many answers it lacks."""
        return self.missing[self.number - 1]

    @property
    def missing_elsewhere(self) -> tuple[tuple[int, int], ...]:
        """The other pages that lack answers, each with how many."""
        pages = enumerate(self.missing, start=1)
        return tuple((n, lacks) for n, lacks in pages if lacks and n != self.number)

    def records_of(self, data: Mapping[str, object]) -> tuple[RecordLine, ...]:
        """What a form was sent of, wherever that stands by now; else what stands here."""
        sent = tuple(row for row in self.every if f"stance_{row.pk}" in data)
        return sent or self.records

    def key_of(self, key: str) -> str:
        """What the drafts of this page's form are kept under; the first has the key itself."""
        return key if self.number == 1 else f"{key}:{self.number}"

    def within(self, text: str) -> int:
        """The page that a word names; 0 where it names none."""
        number = int(text) if text.isdecimal() and len(text) <= _DIGITS else 0
        return number if number <= self.count else 0


def answer_page(
    records: Sequence[RecordLine],
    rows: Mapping[int, Position],
    refused: Container[int],
    asked: str,
) -> AnswerPage:
    """Give the page that an address asks for; no query.

    An address that asks for none gets the first page that lacks an answer.

    Args:
        rows: the municipality's position on each record, by its pk.
        refused: pks of the records that cannot be answered now.
    """
    lacks = [row.pk not in refused and not rows[row.pk].stance for row in records]
    starts = range(0, max(1, len(lacks)), ON_A_PAGE)
    missing = tuple(sum(lacks[at : at + ON_A_PAGE]) for at in starts)
    first = next((n for n, count in enumerate(missing, start=1) if count), 1)
    page = AnswerPage(first, missing, tuple(records))
    return AnswerPage(page.within(asked) or first, missing, tuple(records))
