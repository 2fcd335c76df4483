"""A printed comparison of two keys, recomputed: what adds up, and what does not. Pure.

The printed figures are rounded, each by itself. They stand as they are printed; what is
reckoned of them stands beside, and where the two part, it is said by how much and
whether rounding explains it.

Source: docs/rules.md R-175.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from dimensioning.shares.exact import HUNDRED, Exact, Rounding, exact, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

type Column = Literal[
    "key_before",
    "key_after",
    "key_change",
    "places_before",
    "places_after",
    "places_change",
]
KEYS: Final[tuple[Column, ...]] = ("key_before", "key_after", "key_change")
PLACES: Final[tuple[Column, ...]] = ("places_before", "places_after", "places_change")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One receiver as it is printed: keys in per cent, places, and their differences.

    Each figure has the decimals that it is printed with: ``Decimal("35.29")``.
    """

    key: str
    key_before: Decimal
    key_after: Decimal
    key_change: Decimal
    places_before: Decimal
    places_after: Decimal
    places_change: Decimal

    @property
    def key_gap(self) -> Fraction:
        """The difference of the two printed keys."""
        return exact(self.key_after) - exact(self.key_before)

    @property
    def places_gap(self) -> Fraction:
        """The difference of the two printed places."""
        return exact(self.places_after) - exact(self.places_before)

    def figure(self, column: Column) -> Decimal:
        """Give one printed figure."""
        value: Decimal = getattr(self, column)
        return value


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """All rows as printed, in the source's order, and its line of totals.

    Attributes:
        totals: what is printed below each column; none where nothing is.
    """

    rows: tuple[PrintedRow, ...]
    totals: Mapping[Column, Decimal | None]

    def sum(self, column: Column) -> Decimal:
        """Add up a column as it is printed."""
        return sum((row.figure(column) for row in self.rows), Decimal(0))

    def expected(self, column: Column) -> Fraction | None:
        """Give what a column shall give: its printed total, or what the others' leave."""
        printed = self.totals.get(column)
        if printed is not None:
            return exact(printed)
        if column == "key_change":
            first, last = self.totals.get("key_before"), self.totals.get("key_after")
        elif column == "places_change":
            first = self.totals.get("places_before")
            last = self.totals.get("places_after")
        else:
            return None
        return None if first is None or last is None else exact(last) - exact(first)

    @property
    def gainers(self) -> tuple[PrintedRow, ...]:
        """Who gets more by the printed places, the most first."""
        found = [row for row in self.rows if row.places_gap > 0]
        return tuple(sorted(found, key=lambda row: (-row.places_gap, row.key)))

    @property
    def losers(self) -> tuple[PrintedRow, ...]:
        """Who gets fewer, the fewest first."""
        found = [row for row in self.rows if row.places_gap < 0]
        return tuple(sorted(found, key=lambda row: (row.places_gap, row.key)))

    @property
    def moved(self) -> Fraction:
        """The places that the gainers get, by the printed places."""
        return sum((row.places_gap for row in self.gainers), Fraction(0))


@dataclass(frozen=True, slots=True)
class RowOff:
    """A printed difference that is not the difference of the two figures beside it.

    Attributes:
        given: what those two give, with as many decimals as are printed.
        is_rounding: whether unrounded figures behind the three can give all of them.
    """

    key: str
    column: Column
    printed: Decimal
    given: Decimal
    is_rounding: bool

    @property
    def off(self) -> Decimal:
        return self.printed - self.given


@dataclass(frozen=True, slots=True)
class ColumnOff:
    """A column whose rows do not add up to what stands below it.

    Attributes:
        printed: what stands there; none where nothing does.
        expected: what it shall be.
        given: what the rows add up to.
        is_rounding: whether the rows' roundings can give it.
    """

    column: Column
    printed: Decimal | None
    expected: Fraction
    given: Decimal
    is_rounding: bool

    @property
    def off(self) -> Fraction:
        return exact(self.given) - self.expected


def half_unit(figure: Decimal) -> Fraction:
    """Give how far from the truth a printed figure may be: 0,005 of "35,29"."""
    return Fraction(1, 2 * 10 ** _decimals(figure))


def rows_off(table: PrintedTable) -> tuple[RowOff, ...]:
    """Give the rows whose printed differences are not those of their printed figures."""
    return tuple(
        found for row in table.rows for found in (*_key_off(row), *_places_off(row))
    )


def _key_off(row: PrintedRow) -> list[RowOff]:
    slack = sum(map(half_unit, (row.key_before, row.key_after, row.key_change)))
    return _difference(row, "key_change", row.key_gap, slack)


def _places_off(row: PrintedRow) -> list[RowOff]:
    figures = (row.places_before, row.places_after, row.places_change)
    return _difference(row, "places_change", row.places_gap, sum(map(half_unit, figures)))  # fmt: skip


def _difference(
    row: PrintedRow, column: Column, gap: Fraction, slack: Fraction | int
) -> list[RowOff]:
    """Give a difference that is another than printed, rounded as it is printed."""
    printed = row.figure(column)
    given = rounded(gap, _decimals(printed))
    if given == printed:
        return []
    return [RowOff(row.key, column, printed, given, abs(exact(printed) - gap) <= slack)]


def _decimals(figure: Decimal) -> int:
    return max(0, -int(figure.as_tuple().exponent))


def columns_off(table: PrintedTable) -> tuple[ColumnOff, ...]:
    """Give the columns whose rows do not add up to their totals."""
    found = []
    for column in (*KEYS, *PLACES):
        expected, given = table.expected(column), table.sum(column)
        if expected is None or exact(given) == expected:
            continue
        printed = table.totals.get(column)
        figures = [row.figure(column) for row in table.rows]
        slack = sum(map(half_unit, figures), Fraction(0))
        slack += half_unit(printed) if printed is not None else 0
        explained = abs(exact(given) - expected) <= slack
        found.append(ColumnOff(column, printed, expected, given, explained))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A printed key held against the printed places divided by their total.

    Attributes:
        before: the key that the places give, in per cent, unrounded.
        after: the same of the new key.
        before_agrees: whether that rounds to the printed key.
        after_agrees: the same of the new key.
        is_possible: whether places that round to the printed ones give both keys.
    """

    key: str
    before: Fraction
    after: Fraction
    before_agrees: bool
    after_agrees: bool
    is_possible: bool

    @property
    def both_agree(self) -> bool:
        return self.before_agrees and self.after_agrees


def recomputed(table: PrintedTable) -> tuple[Recomputed, ...]:
    """Give each row's keys as its printed places give them; none without their totals."""
    before, after = table.totals.get("places_before"), table.totals.get("places_after")
    if not before or not after:
        return ()
    return tuple(
        Recomputed(
            row.key,
            share_before := _percent(row.places_before, before),
            share_after := _percent(row.places_after, after),
            rounded(share_before, _decimals(row.key_before)) == row.key_before,
            rounded(share_after, _decimals(row.key_after)) == row.key_after,
            _possible(row.places_before, before, row.key_before)
            and _possible(row.places_after, after, row.key_after),
        )
        for row in table.rows
    )


def _percent(places: Decimal, total: Decimal) -> Fraction:
    return exact(places) / exact(total) * HUNDRED


def _possible(places: Decimal, total: Decimal, key: Decimal) -> bool:
    """Whether an unrounded number of places can give the printed key."""
    slack = half_unit(places) / exact(total) * HUNDRED + half_unit(key)
    return abs(_percent(places, total) - exact(key)) <= slack


def roundings(pairs: Iterable[tuple[Fraction, Decimal]]) -> dict[Rounding, int]:
    """Count, for each rule of rounding, how many printed figures it gives."""
    known = list(pairs)
    return {
        rule: sum(rounded(value, _decimals(printed), rule) == printed for value, printed in known)
        for rule in Rounding
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """A printed row held against a key that is known in full precision."""

    key: str
    share: Fraction
    places: Fraction
    key_agrees: bool
    places_agree: bool


def tried(
    table: PrintedTable, weights: Mapping[str, Exact], total: Exact
) -> tuple[Tried, ...]:
    """Try whether weights give the new key: each row that has one, in the table's order.

    Args:
        table: as printed.
        weights: what each is believed to be shared by; who is not known is left out.
        total: what all weights together are, also those that are not known.
    """
    places = table.totals.get("places_after")
    if not places:
        return ()
    found = []
    for row in table.rows:
        if row.key not in weights:
            continue
        share = exact(weights[row.key]) / exact(total)
        given = share * exact(places)
        found.append(
            Tried(
                row.key,
                share,
                given,
                rounded(share * HUNDRED, _decimals(row.key_after)) == row.key_after,
                rounded(given, _decimals(row.places_after)) == row.places_after,
            )
        )
    return tuple(found)
