"""Where one measure stands on a day. Pure.

Source: docs/rules.md R-115.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resultcontracts.choices import Missing, Status, Why
from resultcontracts.standing.targets import original, target_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.periods import Period
    from resultcontracts.standing.targets import Target, TargetRevision


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, or why nothing was.

    Attributes:
        reading: the result; None where ``missing`` says why there is none.
        period: what time it covers.
        approved_on: the day from which it counts; None for one that is not approved.
        is_proxy: it counts something else than was agreed; it counts, and is said.
        definition: grows by one where the question was changed; two results of different
            definitions are never on one line.
        definition_text: what was counted then, "kun ”Meget tilfreds” tæller".
        is_derived: read out of another number; drawn hollow, and said.
        key: tells it apart from the measure's others; what is written about it hangs on it.
        corrects: the key of the one whose place it takes once it is approved; "".
    """

    reading: Reading | None
    period: Period
    approved_on: date | None
    missing: Missing | None = None
    is_proxy: bool = False
    definition: int = 1
    definition_text: str = ""
    is_derived: bool = False
    key: str = ""
    corrects: str = ""

    def __post_init__(self) -> None:
        """Refuse a measurement that says both or neither.

        Raises:
            ValueError: a result with a reason why there is none, or no result and no
                reason.
        """
        if (self.reading is None) == (self.missing is None):
            message = "a measurement has either a result or a reason why it has none"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided of what no number tells, and why.

    Attributes:
        under_way: begun and not finished; stands as PENDING.
        assessable: False: there is nothing to judge by, and it is left out of its goal.
    """

    status: Status
    reason: str
    on: date
    under_way: bool = False
    assessable: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """What a goal is measured by.

    Attributes:
        label: as the contract numbers it, "13.4a".
        phrase: the result in a sentence, with {} where the number stands: "drift {} pct.".
        remark: what is said of it after the count, a sentence without its full stop; "".
        due: the time it is to be measured for.
        counts: False for a total that stands beside the segments.
        follows: number of the goal that it is decided by; None.
    """

    key: str
    label: str
    phrase: str
    due: Period
    targets: tuple[TargetRevision, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    remark: str = ""
    counts: bool = True
    follows: int | None = None

    def said(self, reading: Reading) -> str:
        """Say a result in the measure's own words; no other braces mean anything."""
        return self.phrase.replace("{}", reading.text)


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """Where a measure stands on a day.

    Attributes:
        status: against the target that holds on the day.
        at_first: against the contract's own target; the same where it never changed.
        measurement: the approved one it rests on; None without one.
    """

    measure: Measure
    status: Status
    why: Why
    at_first: Status
    target: Target | None = None
    measurement: Measurement | None = None
    verdict: Verdict | None = None

    @property
    def reading(self) -> Reading | None:
        """The number it rests on, if there is one."""
        return self.measurement.reading if self.measurement else None

    @property
    def counts(self) -> bool:
        """Whether it takes part in its goal's status on the day."""
        return self.measure.counts and self.why not in _LEFT_OUT

    @property
    def is_missing(self) -> bool:
        """Whether a result is awaited: due, and not there."""
        return self.status is Status.PENDING and self.why is Why.NOT_MEASURED


# What is not due yet, cannot be assessed or is given up says nothing about its goal.
_LEFT_OUT: Final = frozenset(
    {Why.NOT_DUE, Why.NO_TARGET, Why.NOT_RELEVANT, Why.DISCONTINUED}
)
_OF_MISSING: Final = {
    Missing.NOT_MEASURED: (Status.PENDING, Why.NOT_MEASURED),
    Missing.AWAITED: (Status.PENDING, Why.NOT_MEASURED),
    Missing.NOT_TOLD: (Status.PENDING, Why.NOT_MEASURED),
    Missing.NOT_IN_SOURCE: (Status.PENDING, Why.NOT_MEASURED),
    Missing.NOT_RELEVANT: (Status.UNDECIDED, Why.NOT_RELEVANT),
    Missing.DISCONTINUED: (Status.UNDECIDED, Why.DISCONTINUED),
    Missing.OTHERWISE_MEASURED: (Status.UNDECIDED, Why.NO_BASIS),
}


def standing_of(measure: Measure, day: date) -> MeasureStanding:
    """Give where a measure stands on a day.

    A person's verdict comes before the numbers: it was given of what they do not tell.
    Only what was approved by that day counts.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    target = target_on(measure.targets, day)
    measurement = result_of(measure, day)
    status, why, verdict = _decide(measure, target, measurement, day)
    at_first = status
    first = original(measure.targets)
    if why is Why.COMPARED and first is not None and first != target:
        assert measurement is not None  # noqa: S101 -- compared, so there is one
        assert measurement.reading is not None  # noqa: S101
        at_first = first.judge(measurement.reading)
    return MeasureStanding(measure, status, why, at_first, target, measurement, verdict)


def result_of(measure: Measure, day: date) -> Measurement | None:
    """Give the newest approved measurement of the time that a measure is for.

    What was measured for an earlier year is what it is compared with, and no result of
    this one. One of which nobody knows the time counts.
    """
    rows, due = counting(measure.measurements, day), measure.due.end
    own = rows if due is None else [row for row in rows if _is_of(row, due.year)]
    return max(reversed(own), key=_recency, default=None)


def _is_of(row: Measurement, year: int) -> bool:
    end = row.period.end
    return end is None or end.year >= year


def counting(rows: Iterable[Measurement], day: date) -> list[Measurement]:
    """Give those approved by a day, without those that a correction took the place of."""
    approved = [
        row for row in rows if row.approved_on is not None and row.approved_on <= day
    ]
    replaced = {row.corrects for row in approved if row.corrects}
    return [row for row in approved if not row.key or row.key not in replaced]


def latest(rows: tuple[Measurement, ...], day: date) -> Measurement | None:
    """Give the approved measurement of the latest period; of one period, the newest.

    One without a date is older than any that has one. Of two that were approved on one
    day the one that was entered last counts: rows come the oldest first.
    """
    return max(reversed(counting(rows, day)), key=_recency, default=None)


def _recency(row: Measurement) -> tuple[int, int]:
    end = row.period.end
    assert row.approved_on is not None  # noqa: S101 -- only those are compared
    return (end.toordinal() if end else 0, row.approved_on.toordinal())


type _Decided = tuple[Status, Why, Verdict | None]


def _decide(
    measure: Measure, target: Target | None, measurement: Measurement | None, day: date
) -> _Decided:
    if measure.follows is not None:
        return Status.UNDECIDED, Why.FOLLOWS, None
    given = [each for each in measure.verdicts if each.on <= day]
    if given:
        return _of_verdict(max(given, key=lambda each: each.on))
    if measurement is None:
        return *_unmeasured(measure, target, day), None
    if measurement.missing is not None:
        return *_OF_MISSING[measurement.missing], None
    return *_compared(target, measurement), None


def _of_verdict(verdict: Verdict) -> _Decided:
    if not verdict.assessable:
        return Status.UNDECIDED, Why.NO_TARGET, verdict
    if verdict.under_way:
        return Status.PENDING, Why.UNDER_WAY, verdict
    if verdict.status is Status.PENDING:
        return Status.PENDING, Why.NOT_MEASURED, verdict
    why = Why.NO_BASIS if verdict.status is Status.UNDECIDED else Why.JUDGED
    return verdict.status, why, verdict


def _unmeasured(
    measure: Measure, target: Target | None, day: date
) -> tuple[Status, Why]:
    if measure.due.end is not None and measure.due.end >= day:
        return Status.PENDING, Why.NOT_DUE
    if target is None:
        return Status.UNDECIDED, Why.NO_BASIS
    return Status.PENDING, Why.NOT_MEASURED


def _compared(target: Target | None, measurement: Measurement) -> tuple[Status, Why]:
    if target is None:
        return Status.UNDECIDED, Why.NO_TARGET
    assert measurement.reading is not None  # noqa: S101 -- missing was asked before
    status = target.judge(measurement.reading)
    return status, Why.SPAN if status is Status.UNDECIDED else Why.COMPARED
