"""Contracts beside each other: their goals by status, and the measures that recur.

Two queries, whatever the number of contracts on the page.

Source: docs/rules.md R-137.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from resultcontracts.charts.stacked import stacked
from resultcontracts.choices import MeasureKind, Status
from resultcontracts.queries.contracts import many_rows
from resultcontracts.standing.headline import Headline, counts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resultcontracts.charts.stacked import Part
    from resultcontracts.models import Contract
    from resultcontracts.queries.contracts import ContractRows, MeasureRow
    from resultcontracts.standing.measures import MeasureStanding

TWO: Final = 2
type Key = tuple[str, str, str]


@dataclass(frozen=True)
class ContractLine:
    """One contract with its goals by status."""

    read: ContractRows
    names_house: bool

    @property
    def contract(self) -> Contract:
        """The contract."""
        return self.read.contract

    @property
    def name(self) -> str:
        """What stands over its column: the year, and the house where there are several."""
        year = str(self.contract.year)
        return f"{year}, {self.contract.house.name}" if self.names_house else year

    @cached_property
    def headline(self) -> Headline:
        """Its counts and its sentence."""
        return Headline(counts_of(goal.standing.status for goal in self.read.goals))

    @property
    def counts(self) -> list[tuple[Status, int]]:
        """Its counts, in the order of the columns."""
        return list(self.headline.counts.items())

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its drawing."""
        return stacked(self.headline.counts)


@dataclass(frozen=True, slots=True)
class CellSaid:
    """What a page says of a measure in one contract, in plain values."""

    result: str
    has_number: bool
    figure_pk: str
    is_missing: bool
    against: str
    status: Status
    slug: str
    goal: int
    label: str


@dataclass(frozen=True)
class Cell:
    """A measure in one contract."""

    line: ContractLine
    goal: int
    row: MeasureRow
    standing: MeasureStanding

    @property
    def result(self) -> str:
        """The result with its unit, or the word for why there is none."""
        if self.standing.reading is None:
            return str(self.standing.why.label)
        return f"{self.standing.reading.text} {self.unit}".rstrip()

    @property
    def figure_pk(self) -> str:
        """The row that the result is from; "" of a sum, which has none."""
        return self.standing.measurement.key if self.standing.measurement else ""

    @property
    def has_number(self) -> bool:
        """There is one."""
        return self.standing.reading is not None

    @property
    def is_missing(self) -> bool:
        """There should be one and is none; what a person judged has none."""
        return self.standing.is_missing

    @property
    def unit(self) -> str:
        """Its unit; a ratio has none."""
        is_ratio = self.row.row.kind == MeasureKind.RATIO
        return "" if is_ratio else str(self.row.row.unit)

    @property
    def against(self) -> str:
        """The target: "mod 80"; "" without one."""
        target = self.standing.target
        return f"mod {target.text}" if target else ""

    @property
    def said(self) -> CellSaid:
        """All of it that is shown."""
        return CellSaid(
            self.result,
            self.has_number,
            self.figure_pk,
            self.is_missing,
            self.against,
            self.standing.status,
            self.line.contract.slug,
            self.goal,
            self.row.label,
        )

    @property
    def asked(self) -> tuple[int, str]:
        """What was asked: its definition's number and words."""
        found = self.standing.measurement
        return (found.definition, found.definition_text) if found else (0, "")


@dataclass(frozen=True)
class Recurring:
    """A measure that several contracts have.

    Attributes:
        named: one a contract on the page, by its name; None where that one has it not.
    """

    name: str
    named: tuple[tuple[str, Cell | None], ...]

    @property
    def breaks(self) -> list[str]:
        """Where the question was changed: "2021: kun ”Meget tilfreds” tæller"."""
        known = [cell for _, cell in self.named if cell and cell.has_number]
        found = [new for new, old in pairwise(known) if differ(new.asked, old.asked)]
        return [
            f"{cell.line.name}: {cell.asked[1] or 'spørgsmålet er et andet'}"
            for cell in found
        ]


def differ(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether two results answer other questions; words that only one has say nothing."""
    both_said = one[1] and other[1]
    return one[1] != other[1] if both_said else one[0] != other[0]


@dataclass(frozen=True)
class Comparison:
    """Contracts beside each other."""

    lines: tuple[ContractLine, ...]

    @cached_property
    def recurring(self) -> tuple[Recurring, ...]:
        """Measures of the same name, segment and unit in two of them or more."""
        found: dict[Key, dict[int, Cell]] = {}
        for line in self.lines:
            for cell in _cells(line):
                found.setdefault(_key(cell), {})[line.contract.pk] = cell
        return tuple(
            Recurring(
                _name(own),
                tuple((line.name, own.get(line.contract.pk)) for line in self.lines),
            )
            for own in found.values()
            if len(own) >= TWO
        )

    @property
    def has_houses(self) -> bool:
        """They are of several houses."""
        return any(line.names_house for line in self.lines)

    @property
    def text(self) -> str:
        """Say of each how many goals are reached."""
        return " ".join(f"{line.name}: {line.headline.finding}" for line in self.lines)


def _cells(line: ContractLine) -> Iterator[Cell]:
    for goal in line.read.goals:
        for standing in goal.standing.measures:
            row = goal.by_label[standing.measure.label]
            yield Cell(line, goal.number, row, standing)


def _key(cell: Cell) -> Key:
    row = cell.row.row
    return row.name.casefold(), row.segment.casefold(), row.unit.casefold()


def _name(own: dict[int, Cell]) -> str:
    row = next(iter(own.values())).row.row
    return f"{row.name}, {row.segment}" if row.segment else str(row.name)


def compared(contracts: Sequence[Contract], day: date | None = None) -> Comparison:
    """Read contracts, each with its ``house``. Two queries."""
    names_house = len({each.house_id for each in contracts}) > 1
    return Comparison(
        tuple(ContractLine(read, names_house) for read in many_rows(contracts, day))
    )
