"""Measures that are the sum of others. Pure.

Source: docs/rules.md R-123, R-165.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from resultcontracts.choices import Missing, Qualifier
from resultcontracts.standing.measures import Measurement, result_of
from resultcontracts.standing.numbers import Reading, UnitMismatchError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from resultcontracts.standing.measures import Measure


def summed(
    total: Measure, parts: Sequence[Measure], unit: str, day: date
) -> Measurement:
    """Give what a measure has when its parts are added up; one missing part is enough.

    Returns:
        The sum, of the time of ``total``, approved when its last part was; or that it is
        not measured, for a sum of some of its parts is no sum.

    Raises:
        UnitMismatchError: a part is in another unit.
    """
    rows = [result_of(part, day) for part in parts]
    low = high = Fraction(0)
    approved = []
    for row in rows:
        if row is None or row.reading is None:
            return Measurement(None, total.due, day, Missing.NOT_MEASURED)
        if row.reading.unit != unit:
            message = f"{row.reading.unit} cannot be added to {unit}"
            raise UnitMismatchError(message)
        assert row.approved_on is not None  # noqa: S101 -- result_of gives approved ones
        low, high = low + row.reading.low, high + row.reading.high
        approved.append(row.approved_on)
    if not approved:
        return Measurement(None, total.due, day, Missing.NOT_MEASURED)
    measured = [row for row in rows if row is not None]
    return Measurement(
        Reading(low, high, unit, _roughly(measured)),
        total.due,
        max(approved),
        is_proxy=any(row.is_proxy for row in measured),
        is_derived=any(row.is_derived for row in measured),
    )


def _roughly(rows: Sequence[Measurement]) -> Qualifier:
    """Keep a sum as rough as its parts: "knap 50" and 50 are not 100."""
    words = {row.reading.qualifier for row in rows if row.reading} - {Qualifier.NONE}
    if len(words) > 1:
        return Qualifier.ABOUT
    return next(iter(words), Qualifier.NONE)


def with_sums(
    measures: Mapping[str, Measure],
    sums: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    day: date,
) -> dict[str, Measure]:
    """Give the measures, by label, each sum with its own result added up.

    A sum of sums is none: its parts must be measured themselves. A part that is not in
    the contract is missing, and so is one in another unit.

    Args:
        sums: label of a sum → labels of its parts.
        units: label → unit of its results.
    """
    found = dict(measures)
    for label, parts in sums.items():
        known = [
            measures[part]
            for part in parts
            if part in measures and part not in sums and units[part] == units[label]
        ]
        is_whole = len(known) == len(parts)
        row = summed(measures[label], known if is_whole else (), units[label], day)
        found[label] = replace(measures[label], measurements=(row,))
    return found
