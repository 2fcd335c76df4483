"""What the database gives of measures, as JSON in one question, and as values.

A number goes to JSON as text: it is exact, and JSON's own numbers are not.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast, Coalesce, ExtractYear, JSONObject
from django.utils import timezone

from resultcontracts.choices import (
    MeasurementState,
    Missing,
    Operator,
    Qualifier,
    Status,
)
from resultcontracts.models import (
    Benchmark,
    Measurement,
    TargetRevision,
    Verdict,
)
from resultcontracts.standing import measures as values
from resultcontracts.standing import targets
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

_PLAIN_TARGET: Final = (
    "pk", "version", "operator", "printed", "wording", "rule", "baseline_of", "since",
    "reason", "decided_by",
)  # fmt: skip
_PLAIN_MEASUREMENT: Final = (
    "pk", "version", "counted", "asked", "qualifier", "printed", "missing", "told",
    "period_name", "period_end", "period_is_year", "definition", "definition_text",
    "is_proxy", "expected", "is_derived", "derived_from", "source", "shown_before", "state",
    "entered_at", "entered_by", "entered_through", "submitted_at", "approved_at",
    "returned_reason", "corrects_id", "asked_in_id",
)  # fmt: skip


def _text(name: str) -> Cast:
    return Cast(name, TextField())


def told(plain: tuple[str, ...], *numbers: str, **more: Any) -> JSONObject:
    """Form the JSON of a row: its plain fields by their names, and its numbers as text."""
    named: dict[str, Any] = {name: name for name in plain}
    return JSONObject(**named, **{name: _text(name) for name in numbers}, **more)


def json_targets() -> ArraySubquery:
    """Each revision of a measure's target, the contract's own first."""
    rows = TargetRevision.objects.filter(measure=OuterRef("pk"))
    row = told(
        _PLAIN_TARGET, "low", "high", "baseline", "added", meeting=F("meeting__slug")
    )
    return ArraySubquery(rows.values(json=row))


def json_measurements() -> ArraySubquery:
    """Each measurement of a measure with who entered and approved it, the oldest first."""
    rows = Measurement.objects.filter(measure=OuterRef("pk"))
    row = told(_PLAIN_MEASUREMENT, "low", "high", approved_by=F("approved_by__name"))
    return ArraySubquery(rows.values(json=row))


def json_newest(day: date) -> ArraySubquery:
    """The measurement that a measure's standing on a day rests on: the latest time's.

    None of an earlier year than the measure is for.

    Source: docs/rules.md R-115.
    """
    counts = Q(state=MeasurementState.APPROVED, approved_at__date__lte=day)
    corrections = Measurement.objects.filter(counts, corrects=OuterRef("pk"))
    year = Coalesce(ExtractYear(OuterRef("due_on")), 0)
    of_its_year = Q(period_end=None) | Q(period_end__year__gte=year)
    rows = Measurement.objects.filter(
        counts, of_its_year, ~Exists(corrections), measure=OuterRef("pk")
    ).order_by(F("period_end").desc(nulls_last=True), "-approved_at__date", "-pk")
    row = told(_PLAIN_MEASUREMENT, "low", "high", approved_by=F("approved_by__name"))
    return ArraySubquery(rows.values(json=row)[:1])


def is_new_number(rows: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """Leave out what is no number, not approved, or was seen by a meeting before.

    A correction is new in any case.
    """
    is_new = Q(shown_before="") | Q(corrects__isnull=False)
    return rows.filter(is_new, state=MeasurementState.APPROVED, missing="")


def json_approvals() -> ArraySubquery:
    """When each new number of a measure was approved, and whether it corrects another."""
    rows = is_new_number(Measurement.objects.filter(measure=OuterRef("pk")))
    row = JSONObject(approved_at="approved_at", corrects="corrects_id")
    return ArraySubquery(rows.values(json=row))


def json_verdicts() -> ArraySubquery:
    """Each verdict on a measure, the oldest first."""
    rows = Verdict.objects.filter(measure=OuterRef("pk"))
    names = ("pk", "version", "status", "is_under_way", "is_assessable", "reason",
             "given_on", "decided_by")  # fmt: skip
    return ArraySubquery(rows.values(json=told(names)))


def json_benchmarks() -> ArraySubquery:
    """What a measure is compared with."""
    rows = Benchmark.objects.filter(measure=OuterRef("pk"))
    names = ("pk", "version", "name", "period_name", "is_derived", "note")
    return ArraySubquery(rows.values(json=told(names, "value")))


def day_of(text: str | None) -> date | None:
    """Read a date of JSON."""
    return date.fromisoformat(text) if text else None


def moment_of(text: str | None) -> datetime | None:
    """Read a time of JSON, in Denmark's own."""
    return timezone.localtime(datetime.fromisoformat(text)) if text else None


def fraction_of(text: str | None) -> Fraction | None:
    """Read an exact number of JSON."""
    return Fraction(Decimal(text)) if text is not None else None


def target_of(row: Mapping[str, Any], unit: str) -> targets.TargetRevision:
    """Make a target of its row."""
    return targets.TargetRevision(
        targets.Target(
            Operator(row["operator"]),
            Fraction(row["low"]),
            Fraction(row["high"]),
            unit,
            row["printed"],
        ),
        since=day_of(row["since"]),
        decided_by=row["decided_by"],
        reason=row["reason"],
    )


def reading_of(row: Mapping[str, Any], unit: str) -> Reading | None:
    """Make a result of its row; of a share with its count, the exact one."""
    qualifier, printed = Qualifier(row["qualifier"]), row["printed"]
    if row["asked"] and row["counted"] is not None:
        share = Fraction(row["counted"] * 100, row["asked"])
        return Reading(share, share, unit, qualifier, printed)
    low, high = fraction_of(row["low"]), fraction_of(row["high"])
    if low is None or high is None:
        return None
    return Reading(low, high, unit, qualifier, printed)


def measurement_of(row: Mapping[str, Any], unit: str) -> values.Measurement | None:
    """Make a measurement of its row; None of a draft that says nothing yet."""
    reading = reading_of(row, unit)
    missing = Missing(row["missing"]) if row["missing"] else None
    if (reading is None) == (missing is None):
        return None
    approved = moment_of(row["approved_at"])
    return values.Measurement(
        reading=reading,
        period=Period(
            row["period_name"], day_of(row["period_end"]), row["period_is_year"]
        ),
        approved_on=approved.date() if approved else None,
        missing=missing,
        is_proxy=row["is_proxy"],
        definition=row["definition"],
        definition_text=row["definition_text"],
        is_derived=row["is_derived"],
        key=str(row["pk"]),
        corrects=str(row["corrects_id"] or ""),
    )


def verdict_of(row: Mapping[str, Any]) -> values.Verdict:
    """Make a verdict of its row."""
    given = day_of(row["given_on"])
    assert given is not None  # noqa: S101 -- the column has one
    return values.Verdict(
        Status(row["status"]),
        row["reason"],
        given,
        under_way=row["is_under_way"],
        assessable=row["is_assessable"],
    )
