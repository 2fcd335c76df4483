"""The one Danish sentence that says where a goal stands. Pure.

Page, PDF, mail, CSV and alternative text all read this string and make none of their own.
Source: docs/rules.md R-117.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import listed
from resultcontracts.choices import Status, Why
from resultcontracts.standing.distance import distance
from resultcontracts.standing.periods import age, lateness

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from resultcontracts.standing.goals import GoalStanding
    from resultcontracts.standing.measures import MeasureStanding

_TWO: Final = 2


def sentence(goal: GoalStanding) -> str:
    """Say where a goal stands: "Delvist nået: drift 77 pct. mod måltal 80. 3 af 4 …"."""
    return f"{goal.status.label}: {body(goal)}"


def body(goal: GoalStanding) -> str:
    """Give the sentence without its status, for where that stands beside it."""
    if goal.follows is not None:
        return f"målet har intet eget tal og følger mål {goal.follows}."
    said = [_lead(goal), _count(goal), *_remarks(goal)]
    parts = [part for part in said if part] or [
        "målet har ingen målepunkter, der tæller"
    ]
    first, *rest = parts
    return " ".join([_ended(first), *(_ended(_capital(part)) for part in rest)])


def _lead(goal: GoalStanding) -> str:
    """Say the shown result; "" where the number is not what the status rests on."""
    shown = goal.shown
    if shown is None or shown.verdict is not None or not _tells(goal, shown):
        return ""
    assert shown.target is not None  # noqa: S101 -- what is shown has both
    assert shown.reading is not None  # noqa: S101
    result = shown.measure.said(shown.reading)
    held = f"{result} mod måltal {shown.target.text}"
    but = _the_other(goal)
    return f"{held}, men {but.measure.remark}" if but else held


def _tells(goal: GoalStanding, shown: MeasureStanding) -> bool:
    """Whether the number is part of why: it is not reached, or nothing else fails."""
    if shown.status is not Status.REACHED or _the_other(goal):
        return True
    return not _failing(goal)


def _failing(goal: GoalStanding) -> list[MeasureStanding]:
    return [
        each
        for each in goal.counting
        if each.status is not Status.REACHED and not each.is_missing
    ]


def _the_other(goal: GoalStanding) -> MeasureStanding | None:
    """Give the one of two that fails by a verdict with a remark beside a reached number."""
    shown, failing = goal.shown, _failing(goal)
    is_pair = len(goal.counting) == _TWO and len(failing) == 1
    if not is_pair or shown is None or shown.status is not Status.REACHED:
        return None
    return failing[0] if failing[0].verdict and failing[0].measure.remark else None


def _count(goal: GoalStanding) -> str:
    """Say how many are reached, and how many are missing; never a missing as a miss."""
    amount, missing = len(goal.counting), goal.missing
    if amount == 1 and missing:
        return "målepunktet er ikke målt"
    if amount <= 1 or goal.status is Status.REACHED or _the_other(goal):
        return ""
    if goal.reached + missing == amount:
        return f"{missing} af {amount} målepunkter er ikke målt"
    reached = f"{goal.reached} af {amount} målepunkter er nået"
    if not missing:
        return reached
    # What a person judges is not measured: it is awaited.
    is_judged = any(each.is_missing and each.verdict for each in goal.counting)
    return f"{reached}, og {missing} {'afventer' if is_judged else 'er ikke målt'}"


def _remarks(goal: GoalStanding) -> list[str]:
    """Give what is to be said beside: of the shown number, and of what is not reached."""
    said = [
        each
        for each in goal.counting
        if each.measure.remark
        and (each is goal.shown or each.status is not Status.REACHED)
        and each is not _the_other(goal)
    ]
    texts = [each.measure.remark for each in said]
    return [", og ".join(texts)] if len(texts) == _TWO else texts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def freshness(goal: GoalStanding, today: date) -> str:
    """Say how old the shown result is, and how late what is missing.

    Returns:
        "Målt for 2021, 22 måneder siden"; with something missing beside it "Målt for 2021,
        22 måneder siden; 7.2, 7.3 og 7.4 ikke målt, 17 måneder over tiden"; "Ikke målt"
        where neither result nor due day is known.
    """
    shown = goal.shown
    old = age(shown.measurement.period, today) if shown and shown.measurement else ""
    late = [
        _late(rows, text, alone=not old) for text, rows in _by_lateness(goal, today)
    ]
    return "; ".join([old, *late] if old else late) or "Ikke målt"


def _by_lateness(
    goal: GoalStanding, today: date
) -> Iterable[tuple[str, list[MeasureStanding]]]:
    found: dict[str, list[MeasureStanding]] = {}
    for each in goal.counting:
        if each.is_missing:
            found.setdefault(lateness(each.measure.due, today), []).append(each)
    return found.items()


def _late(rows: list[MeasureStanding], text: str, *, alone: bool) -> str:
    if alone:
        return text
    labels = listed([each.measure.label for each in rows])
    return f"{labels} {text[:1].lower()}{text[1:]}"


def said_of(each: MeasureStanding) -> str:
    """Say of one measure how it stands beside its target, or why it does not."""
    if each.why is not Why.COMPARED or each.target is None or each.reading is None:
        return str(each.verdict.reason if each.verdict else each.why.label)
    return distance(each.reading, each.target)
