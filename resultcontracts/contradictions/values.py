"""Claims, what they are held against, and what is found. Pure.

Source: docs/rules.md R-119.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resultcontracts.standing.goals import GoalStanding, goal_standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from resultcontracts.choices import FindingKind, Status
    from resultcontracts.standing.measures import Measure, MeasureStanding
    from resultcontracts.standing.numbers import Reading


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a text says.

    Attributes:
        place: where it stands, "Notat, linje 384–472".
        quote: the words, as they stand there.
        about: labels of measures and numbers of goals; () for all goals of the contract.
        but: of those, the ones it leaves out.
        subject: what it is about where that is no measure, "nye kunder"; claims with the
            same subject are held against each other.
        verdict: what it says of the status, in the portal's words.
        value: the result it names.
        target: the target it names, in its own words' unit.
        change: the change since the baseline it names, in points.
        parts: what it says the value is made of, "Innobooster" → 54.
        day: the day it gives for what was due.
    """

    key: str
    place: str
    quote: str
    about: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    subject: str = ""
    verdict: Status | None = None
    value: Reading | None = None
    target: Reading | None = None
    change: Fraction | None = None
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as the rules see it.

    Attributes:
        method_year: the year that the method text asks about; None where it says none.
        lacks: fields that the contract asks of its kind of goal and that it has not.
    """

    number: int
    title: str
    measures: tuple[Measure, ...]
    method_year: int | None = None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the report, and the day printed in it."""

    name: str
    dated: date | None
    covers_until: date | None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract, what is said of it, and what is known to be the same.

    Attributes:
        baselines: label → the number that a change is reckoned from.
        same: what two measures both count → their labels, "forum" → ("12.1", "13.5").
    """

    year: int
    goals: tuple[Goal, ...]
    claims: tuple[Claim, ...] = ()
    papers: tuple[Paper, ...] = ()
    baselines: Mapping[str, Fraction] = field(default_factory=dict)
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the sides that do not agree."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Things that do not agree.

    Attributes:
        key: made of the rule and what it is about, the same from day to day, so that an
            answer stays with it.
        about: goals and measures, as the contract numbers them.
        sides: what is said, word for word.
        reckoned: what the portal makes of it, "38 er under 39."
        title: what it is in a few words, "Nået kun efter afrunding".
    """

    key: str
    kind: FindingKind
    about: tuple[str, ...]
    sides: tuple[Side, ...]
    reckoned: str
    title: str = ""


@dataclass(frozen=True)
class Seen:
    """A contract on a day, with where its goals and measures stand."""

    contract: Contract
    day: date
    goals: Mapping[int, GoalStanding]
    measures: Mapping[str, MeasureStanding]

    @classmethod
    def of(cls, contract: Contract, day: date) -> Seen:
        """Reckon where all of them stand.

        Raises:
            UnitMismatchError: a result is in another unit than its target.
        """
        goals = {g.number: goal_standing(g.measures, day) for g in contract.goals}
        measures = {
            each.measure.label: each
            for goal in goals.values()
            for each in goal.measures
        }
        return cls(contract, day, goals, measures)

    def status(self, label: str) -> Status | None:
        """Give the status of a measure or a goal; None for a label there is not."""
        if each := self.measures.get(label):
            return each.status
        goal = self.goals.get(int(label)) if label.isdecimal() else None
        return goal.status if goal else None
