"""All that the page of one goal shows.

Source: docs/rules.md R-131.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from accounts.choices import Role
from core import clock
from meetings.editions.reading import own_council
from meetings.editions.records import shown_at
from meetings.minutes.ledger import decisions_on
from meetings.models import Meeting
from resultcontracts.choices import Status
from resultcontracts.queries import rows
from resultcontracts.queries.changes import since
from resultcontracts.queries.contracts import rows_around
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.queries.goalpage.around import contract_around
from resultcontracts.queries.goalpage.course import course_of
from resultcontracts.queries.goalpage.lines import Line, groups, is_judged, others_of
from resultcontracts.queries.goalpage.origin import origins
from resultcontracts.queries.goalpage.past import history
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.models import Membership, User
    from meetings.editions.records import Shown
    from meetings.minutes.ledger import Ruling
    from resultcontracts.queries.contracts import ContractRows, GoalRow
    from resultcontracts.queries.contradictions import Answered
    from resultcontracts.queries.goalpage.course import Course
    from resultcontracts.queries.goalpage.lines import Group
    from resultcontracts.queries.goalpage.past import Event


@dataclass(frozen=True)
class GoalPage:
    """One goal with all that is read beside it.

    Attributes:
        around: the contract with what stands around the goal (``goalpage.around``).
        is_inside: the reader sees what is not approved: the secretariat, the reporter.
    """

    read: ContractRows
    goal: GoalRow
    around: Any
    seat: Membership
    user: User
    is_inside: bool

    @cached_property
    def all_findings(self) -> tuple[Answered, ...]:
        """What does not agree in the contract; no query."""
        return findings_of(self.read, self.around)

    @cached_property
    def findings(self) -> tuple[Answered, ...]:
        """What does not agree about this goal."""
        own = {str(self.goal.number), *(each.label for each in self.goal.measures)}
        return tuple(
            each for each in self.all_findings if own & set(each.finding.about)
        )

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """The sent versions that it stood in; one query."""
        seat = self.seat
        key = self.goal.row.record_key
        return shown_at(self.user, own_council(seat), seat.council.slug, key=key)

    @cached_property
    def decisions(self) -> tuple[Ruling, ...]:
        """What meetings decided on it; two queries."""
        return decisions_on(self.goal.row.record_key, self.user)

    @property
    def today(self) -> date:
        """The day on which it is read."""
        return self.read.day

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its measures in the contract's order."""
        return tuple(
            Line(
                measure=measure,
                standing=standing,
                name=measure.row.segment or measure.row.name,
                others=others_of(measure, standing),
                origins=origins(
                    measure,
                    self.around.json_evidence,
                    self.shown,
                    current=standing.measurement,
                    is_inside=self.is_inside,
                ),
                activities=tuple(
                    each
                    for each in self.around.json_activities
                    if each["measure_id"] == measure.row.pk
                ),
            )
            for measure, standing in zip(
                self.goal.measures, self.goal.standing.measures, strict=True
            )
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Those that are counted, as tables and charts have them."""
        return groups(line for line in self.lines if not is_judged(line))

    @cached_property
    def judged(self) -> tuple[Line, ...]:
        """Those that a person judges."""
        return tuple(line for line in self.lines if is_judged(line))

    @cached_property
    def course(self) -> Course | None:
        """Its results over the years."""
        return course_of(self.lines, self.today)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The council's latest meeting; no query."""
        told = self.around.json_meeting
        if told is None:
            return None
        held_on = rows.day_of(told["held_on"])
        assert held_on is not None  # noqa: S101 -- the column has one
        return Meeting(slug=told["slug"], held_on=held_on)

    @cached_property
    def news(self) -> tuple[str, ...]:
        """What is new of it since that meeting: as the contract's page has it."""
        found = since(self.read, self.all_findings, self.meeting)
        return found.of_goal(self.goal.number)

    @cached_property
    def history(self) -> tuple[Event, ...]:
        """What happened, the latest first."""
        return history(
            self.goal.measures,
            self.around.json_acts,
            self.today,
            is_inside=self.is_inside,
        )

    @property
    def is_said_otherwise(self) -> bool:
        """The reporter calls it something else than the portal reckons."""
        said = self.goal.row.reported
        return bool(said) and said != self.goal.standing.status

    @property
    def reported_as(self) -> str:
        """What the reporter calls it, in its own word."""
        row = self.goal.row
        return row.reported_as or (Status(row.reported).label if row.reported else "")

    @cached_property
    def own_note(self) -> Mapping[str, Any] | None:
        """The reader's own note."""
        found = (each for each in self.notes if each["is_own"])
        return next(found, None)

    @cached_property
    def notes(self) -> tuple[Mapping[str, Any], ...]:
        """The notes that the reader may read, the own first."""
        told = [
            {
                **each,
                "is_own": each["author_id"] == self.seat.user_id,
                "at": rows.moment_of(each["changed_at"]),
            }
            for each in self.around.json_notes
        ]
        return tuple(sorted(told, key=lambda each: not each["is_own"]))

    @cached_property
    def deciders(self) -> tuple[Mapping[str, Any], ...]:
        """Who decided the targets that hold, each once."""
        found = {}
        for measure in self.goal.measures:
            for row in measure.row.json_targets[-1:]:
                if row["decided_by"] or row["meeting"]:
                    found[row["decided_by"], row["meeting"]] = row
        return tuple(found.values())

    @cached_property
    def before(self) -> tuple[str, ...]:
        """What the targets rest on, and what was counted before."""
        return tuple(dict.fromkeys(_before(self.lines)))

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """What is to be reached, each thing once: "80 pct., drift og vækst"."""
        found: dict[tuple[str, str], list[str]] = {}
        for line in self.lines:
            if line.standing.target is None or not line.standing.measure.counts:
                continue
            unit = line.row.unit
            text = f"{line.target} {unit}".strip()
            found.setdefault((text, line.row.name), []).append(line.row.segment)
        return tuple(
            f"{text}: {', '.join([name, *filter(None, segments)])}"
            for (text, name), segments in found.items()
        )


def _before(lines: tuple[Line, ...]) -> Any:
    for line in lines:
        for row in line.row.json_targets[:1]:
            base = rows.fraction_of(row["baseline"])
            if base is not None:
                yield _baseline(line, row)
        for row in line.row.json_measurements:
            if row["missing"] and row["definition_text"]:
                yield f"{row['period_name']}: {row['definition_text']}. Tallet er ikke i kilden."


def _baseline(line: Line, row: Mapping[str, Any]) -> str:
    base, added = rows.fraction_of(row["baseline"]), rows.fraction_of(row["added"])
    assert base is not None  # noqa: S101 -- asked before
    text = f"{line.row.label}: {spelt(base)} {line.row.unit}".strip()
    when = f" i {row['baseline_of']}" if row["baseline_of"] else ""
    if added is None:
        return f"{text}{when}."
    word = "procentpoint" if row["rule"] == "points" else "pct"
    return f"{text}{when}, plus {spelt(added)} {word}."


def goal_page(
    seat: Membership, user: User, contract: str, number: int
) -> GoalPage | None:
    """Read the page of a goal; None where the seat may see no such goal. Three queries.

    Args:
        contract: as addresses name it, by year or key.
    """
    around = contract_around(seat, contract, number)
    if around is None:
        return None
    read = rows_around(around, number, clock.today())
    goal = read.by_number.get(number)
    if goal is None:
        return None
    is_inside = seat.may_edit or seat.role == Role.REPORTER
    return GoalPage(read, goal, around, seat, user, is_inside)
