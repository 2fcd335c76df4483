"""What a number in a goal's report can be, read of its rows; and what is none of it.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from resultcontracts.contradictions.prose import Known, typed, unknown_references
from resultcontracts.models import Goal, Measure
from resultcontracts.queries.rows import fraction_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from resultcontracts.contradictions.prose import Typed
    from resultcontracts.models import Contract
    from resultcontracts.queries.contracts import ContractRows, GoalRow, MeasureRow


@dataclass(frozen=True, slots=True)
class Flagged:
    """A goal whose report has numbers, or references, that are nothing known."""

    goal: GoalRow
    typed: tuple[Typed, ...]
    unknown: tuple[str, ...]

    @property
    def said(self) -> str:
        """Name them: "15 og 60"."""
        return ", ".join(
            [*(each.printed for each in self.typed), *map(_in_brackets, self.unknown)]
        )


def _in_brackets(label: str) -> str:
    return f"[[{label}]]"


def flagged(read: ContractRows) -> tuple[Flagged, ...]:
    """Give the goals whose reports say a number that is nothing known; no query."""
    labels = labels_of(read)
    found = (flags_of(goal, read, labels, goal.row.report) for goal in read.goals)
    return tuple(each for each in found if each.typed or each.unknown)


def flags_of(
    goal: GoalRow, read: ContractRows, labels: frozenset[str], text: str
) -> Flagged:
    """Hold a text against what is known of a goal."""
    known = known_of(goal, read, labels)
    return Flagged(goal, typed(text, known), unknown_references(text, labels))


def labels_of(read: ContractRows) -> frozenset[str]:
    """What the measures are called."""
    return frozenset(each.label for goal in read.goals for each in goal.measures)


def known_of(goal: GoalRow, read: ContractRows, labels: frozenset[str]) -> Known:
    """Give what a typed number of a goal's report can be."""
    standing = goal.standing
    counts = (
        len(goal.measures),
        len(standing.counting),
        standing.reached,
        standing.missing,
        len(read.goals),
    )
    own = (number for each in goal.measures for number in _of(each, read.day))
    return Known(frozenset((*map(Fraction, counts), *own)), labels)


def _of(each: MeasureRow, day: date) -> Iterator[Fraction]:
    """Give results, targets, what they are reckoned from, benchmarks and counts."""
    for told in each.row.json_benchmarks:
        yield Fraction(told["value"])
    bases = []
    for target in each.row.json_targets:
        named = (target[name] for name in ("low", "high", "baseline", "added"))
        yield from filter(None, map(fraction_of, named))
        if (base := fraction_of(target["baseline"])) is not None:
            bases.append(base)
    for row in each.value.measurements:
        if row.approved_on is None or row.approved_on > day or row.reading is None:
            continue
        yield from (row.reading.low, row.reading.high)
        yield from (abs(row.reading.low - base) for base in bases)
        told = each.told(row.key) or {}
        yield from (
            Fraction(told[name])
            for name in ("counted", "asked")
            if told.get(name) is not None
        )


def known_labels(contract: Contract) -> frozenset[str]:
    """Give the numbers of goals and the labels of measures. Two queries."""
    goals = Goal.objects.filter(contract=contract).values_list("number", flat=True)
    measures = Measure.objects.filter(goal__contract=contract)
    labels = measures.values_list("label", flat=True)
    return frozenset((*map(str, goals), *labels))
