"""A run's figures, receiver by receiver: result, or tie. Pure.

Source: docs/rules.md R-167, R-169.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from dimensioning.shares.exact import in_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dimensioning.shares.adjustments import Adjustment
    from dimensioning.shares.bounds import Bound
    from dimensioning.shares.receivers import Receiver


@dataclass(frozen=True, slots=True)
class Row:
    """What one receiver is given, and why.

    Attributes:
        share: its part of all weights; 0 when all weights are.
        quota: that share of the total, without bounds.
        bound: which bound it met.
        bounded: its quota under the bounds.
        whole: the whole places of that.
        remainder: what is left of it.
        rank: 1 is the largest remainder; equals share the best of their ranks, and who
            has no remainder has none.
        extra: 1, 0, or none while nobody has decided.
        adjustment: what was changed by hand.
    """

    receiver: Receiver
    share: Fraction
    quota: Fraction
    bound: Bound
    bounded: Fraction
    whole: int
    remainder: Fraction
    rank: int | None
    extra: int | None
    adjustment: int = 0

    @property
    def key(self) -> str:
        return self.receiver.key

    @property
    def weight(self) -> Fraction:
        return self.receiver.weight

    @property
    def calculated(self) -> int | None:
        """The places before anybody changed them."""
        return None if self.extra is None else self.whole + self.extra

    @property
    def result(self) -> int | None:
        """The places it gets."""
        return None if self.calculated is None else self.calculated + self.adjustment

    @property
    def breaks_bound(self) -> bool:
        """Whether a change by hand took it past its own bound."""
        if self.result is None:
            return False
        high = self.receiver.high
        return self.result < self.receiver.low or (
            high is not None and self.result > high
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """What each column adds up to; ``extra`` and ``result`` are none while tied."""

    weight: Fraction
    quota: Fraction
    bounded: Fraction
    whole: int
    whole_free: int
    at_bounds: int
    remainder: Fraction
    extra: int | None
    adjustment: int
    result: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """All receivers' rows by key, and the scale that gave their quotas."""

    total: int
    scale: Fraction
    rows: tuple[Row, ...]

    def __getitem__(self, key: str) -> Row:
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        return tuple(row.receiver for row in self.rows)

    @property
    def free(self) -> tuple[Row, ...]:
        """Who met no bound."""
        return tuple(row for row in self.rows if not row.bound)

    @property
    def at_bound(self) -> tuple[Row, ...]:
        """Who met one, the heaviest first."""
        met = (row for row in self.rows if row.bound)
        return tuple(sorted(met, key=lambda row: (-row.weight, row.key)))

    @property
    def ranked(self) -> tuple[Row, ...]:
        """Who met no bound, the largest remainder first."""
        parts, _ = in_whole([row.remainder for row in self.free])
        order = sorted(zip(parts, self.free, strict=True), key=lambda one: (-one[0], one[1].key))  # fmt: skip
        return tuple(row for _, row in order)

    @property
    def left(self) -> int:
        """Places that the whole parts of the quotas leave for the largest remainders."""
        return self.total - sum(row.whole for row in self.rows)

    @property
    def sums(self) -> Sums:
        extras = [row.extra for row in self.rows if row.extra is not None]
        results = [row.result for row in self.rows if row.result is not None]
        tied = len(extras) < len(self.rows)
        return Sums(
            weight=sum((row.weight for row in self.rows), Fraction(0)),
            quota=sum((row.quota for row in self.rows), Fraction(0)),
            bounded=sum((row.bounded for row in self.rows), Fraction(0)),
            whole=sum(row.whole for row in self.rows),
            whole_free=sum(row.whole for row in self.free),
            at_bounds=sum(row.whole for row in self.at_bound),
            remainder=sum((row.remainder for row in self.rows), Fraction(0)),
            extra=None if tied else sum(extras),
            adjustment=sum(row.adjustment for row in self.rows),
            result=None if tied else sum(results),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Where the extra places ran out.

    Attributes:
        last_in: who got the last of them; several if they stood equal.
        first_out: who came next.
        margin: how far apart their remainders are; none where one of them is nobody.
    """

    last_in: tuple[Row, ...]
    first_out: tuple[Row, ...]
    margin: Fraction | None

    @property
    def is_decided(self) -> bool:
        """Whether they stood equal, so that somebody decided."""
        return self.margin == 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody's answer to a tie.

    Attributes:
        among: who stood equal when it was answered.
        receives: who of them get a place.
    """

    among: tuple[str, ...]
    receives: tuple[str, ...]
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Result:
    """Every place is given."""

    table: Table
    choice: Choice | None = None
    adjustments: tuple[Adjustment, ...] = ()

    def __getitem__(self, key: str) -> Row:
        return self.table[key]

    @property
    def places(self) -> Mapping[str, int]:
        """What each one gets, changes by hand included."""
        return {row.key: row.result or 0 for row in self.table.rows}

    @property
    def calculated(self) -> Mapping[str, int]:
        """What each one gets before anybody changed it."""
        return {row.key: row.calculated or 0 for row in self.table.rows}

    @property
    def off(self) -> int:
        """By how much the changes by hand have left the total."""
        return sum(self.places.values()) - self.table.total

    @property
    def line(self) -> Line:
        """Where the extra places ran out."""
        ranked = [row for row in self.table.ranked if row.rank is not None]
        got = [row for row in ranked if row.extra]
        not_got = [row for row in ranked if not row.extra]
        lowest = got[-1].remainder if got else None
        highest = not_got[0].remainder if not_got else None
        return Line(
            tuple(row for row in got if row.remainder == lowest),
            tuple(row for row in not_got if row.remainder == highest),
            None if lowest is None or highest is None else lowest - highest,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer to a tie, and what everybody gets by it."""

    receives: tuple[str, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """More receivers stand equal than there are places left: somebody decides.

    Attributes:
        table: the run as far as it went; who stands equal has no extra, and no result.
        among: who stand equal, by key.
        places: how many places there are for them.
    """

    table: Table
    among: tuple[str, ...]
    places: int

    def __getitem__(self, key: str) -> Row:
        return self.table[key]

    @property
    def remainder(self) -> Fraction:
        """The remainder that they share."""
        return self.table[self.among[0]].remainder

    @property
    def count(self) -> int:
        """How many answers there are."""
        return comb(len(self.among), self.places)

    def answers(self) -> Iterator[Answer]:
        """Give each answer in turn; there may be very many."""
        for receives in combinations(self.among, self.places):
            places = {
                row.key: row.whole + (row.key in receives)
                if row.extra is None
                else row.whole + row.extra
                for row in self.table.rows
            }
            yield Answer(receives, places)
