"""What is to be measured now, what should have been, and since when. Pure.

Source: docs/rules.md R-135.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.formats import counted, long_date
from resultcontracts.choices import Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from resultcontracts.standing.measures import MeasureStanding

SOON: Final = timedelta(days=92)
"""A quarter: what is due by its end is measured meanwhile."""


def due_now(each: MeasureStanding, day: date) -> bool:
    """Whether a measure that is not due yet is to be measured now: within a quarter."""
    end = each.measure.due.end
    return each.why is Why.NOT_DUE and end is not None and end - day <= SOON


def missing_of(measures: Iterable[MeasureStanding]) -> tuple[MeasureStanding, ...]:
    """Give those that are due and have no result, the longest overdue first."""
    rows = [each for each in measures if each.is_missing]
    return tuple(sorted(rows, key=_end))


def _end(each: MeasureStanding) -> tuple[bool, int]:
    end = each.measure.due.end
    return end is None, end.toordinal() if end else 0


def said_missing(missing: Sequence[MeasureStanding]) -> str:
    """Say it: "5 tal mangler stadig, det ældste siden 31. december 2021."."""
    if not missing:
        return "Ingen tal mangler."
    words = counted(len(missing), "tal mangler", "tal mangler")
    end = missing[0].measure.due.end
    if end is None:
        return f"{words} stadig."
    which = "det ældste siden" if len(missing) > 1 else "siden"
    return f"{words} stadig, {which} {long_date(end)}."
