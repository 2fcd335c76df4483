"""What happened to a goal.

Source: docs/rules.md R-131.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from core.conflict_page import inside
from core.formats import counted, listed
from resultcontracts.choices import MeasurementState
from resultcontracts.queries import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resultcontracts.queries.contracts import MeasureRow

# Lines of a goal's history.
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a goal's history; ``by`` is who did it."""

    day: date
    text: str
    by: str = ""


def history(
    measures: Sequence[MeasureRow],
    acts: Iterable[Mapping[str, Any]],
    today: date,
    *,
    is_inside: bool,
) -> tuple[Event, ...]:
    """Give what happened, the latest first: results, targets, verdicts, acts.

    Args:
        acts: what was done in the portal, as the history of rows tells it; shown to
            those who work on the contract, for a draft may be among them.
    """
    found = [*_milestones(measures, is_inside=is_inside)]
    if is_inside:
        found += [event for act in acts if (event := _act(act)) is not None]
    told = sorted(dict.fromkeys(found), key=lambda each: each.day, reverse=True)
    return tuple(each for each in told if each.day <= today)[:MOST]


def _milestones(measures: Sequence[MeasureRow], *, is_inside: bool) -> Iterator[Event]:
    told = [row for measure in measures for row in measure.row.json_measurements]
    if not is_inside:
        told = [row for row in told if row["state"] == MeasurementState.APPROVED]
    for name, verb in (("approved_at", "godkendt"), ("entered_at", "indtastet")):
        days = Counter(
            at.date() for row in told if (at := rows.moment_of(row[name])) is not None
        )
        for day, count in days.items():
            yield Event(day, f"{counted(count, 'måling', 'målinger')} {verb}")
    yield from _targets(measures)
    verdicts: Counter[tuple[date, str]] = Counter()
    for measure in measures:
        for row in measure.row.json_verdicts:
            given = rows.day_of(row["given_on"])
            assert given is not None  # noqa: S101 -- the column has one
            verdicts[given, row["decided_by"]] += 1
    for (day, by), count in verdicts.items():
        text = f"{counted(count, 'målepunkt', 'målepunkter')} vurderet"
        yield Event(day, text, inside(by) if by else "")
    yield from _ends(measures)


def _targets(measures: Sequence[MeasureRow]) -> Iterator[Event]:
    for measure in measures:
        for row in measure.row.json_targets:
            day = rows.day_of(row["since"])
            if day is not None:
                yield Event(day, f"Måltallet for {measure.label} ændret")


def _ends(measures: Sequence[MeasureRow]) -> Iterator[Event]:
    """Give when the times ended that the measures were due for."""
    ends: dict[tuple[date, str], list[str]] = {}
    for measure in measures:
        due = measure.value.due
        if due.end is not None:
            word = "Måleåret" if due.is_year else "Perioden"
            ends.setdefault((due.end, word), []).append(measure.label)
    for (day, word), labels in ends.items():
        of = "" if len(labels) == len(measures) else f" for {listed(labels)}"
        yield Event(day, f"{word}{of} sluttede")


def _act(told: Mapping[str, Any]) -> Event | None:
    """Read an act; what no person did has no verb."""
    verb = str(told["metadata"].get("verb") or "")
    if not verb:
        return None
    at = told["metadata"].get("at") or told["created_at"]
    who = str(told["metadata"].get("who") or "")
    day = datetime.fromisoformat(at).date()
    return Event(day, verb[:1].upper() + verb[1:], inside(who) if who else "")
