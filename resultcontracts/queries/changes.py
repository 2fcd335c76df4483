"""What is new of a contract since the council's last meeting: of all of it, and of a goal.

Source: docs/rules.md R-135.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from core.formats import counted
from meetings.choices import MeetingKind
from meetings.models import Meeting
from meetings.models.meeting import OPEN_STATES
from resultcontracts.choices import FindingKind
from resultcontracts.queries import rows
from resultcontracts.standing.due import due_now, missing_of, said_missing
from resultcontracts.standing.headline import time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from accounts.models import Council
    from resultcontracts.queries.contracts import ContractRows, GoalRow, MeasureRow
    from resultcontracts.queries.contradictions import Answered
    from resultcontracts.standing.measures import MeasureStanding

NUMBER, CORRECTED = "nyt tal", "rettet tal"
TARGET, VERDICT = "nyt måltal", "ny vurdering"
_WORDS: Final = {
    NUMBER: "nye tal",
    CORRECTED: "rettede tal",
    TARGET: "nye måltal",
    VERDICT: "nye vurderinger",
}


def held_before(day: Any) -> QuerySet[Meeting]:
    """Give the councils' own meetings before a day that were sent, the latest first."""
    known = Meeting.objects.present().not_off().exclude(state__in=OPEN_STATES)
    own = known.filter(kind=MeetingKind.KKR, held_on__lt=day)
    return own.order_by("-held_on", "-pk")


def last_held(council: Council, day: date) -> Meeting | None:
    """Give the council's own latest meeting before a day that was sent: one query."""
    return held_before(day).filter(council=council).first()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new of a measure.

    Attributes:
        what: "nyt tal", "rettet tal", "nyt måltal", "ny vurdering".
    """

    label: str
    goal: int
    what: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer to a contradiction.

    Attributes:
        about: what it is about: "mål 16", or the paper where it stands.
        goals: the numbers of those goals.
    """

    about: str
    goals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a goal; number 0 of none."""

    text: str
    goal: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One line of what is new: "2 svar på modsigelser: mål 16."."""

    chip: str
    links: tuple[Link, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Since:
    """What is new since a meeting, what is missing, and what is to be measured now.

    Attributes:
        meeting: None where none was held: then nothing is new.
    """

    meeting: Meeting | None
    changes: tuple[Change, ...]
    answers: tuple[AnswerGiven, ...]
    missing: tuple[MeasureStanding, ...]
    now: tuple[tuple[int, MeasureStanding], ...]

    @property
    def numbers(self) -> tuple[Change, ...]:
        """The measures that have a new number, or another."""
        own = (NUMBER, CORRECTED)
        return tuple(each for each in self.changes if each.what in own)

    @property
    def points(self) -> tuple[Point, ...]:
        """What is new, and what is to be measured now; a line each."""
        return (*self._changed(), *self._now(), *self._answered())

    def _changed(self) -> Iterator[Point]:
        for words, own in _by_words(self.changes):
            yield Point(words, tuple(Link(each.label, each.goal) for each in own))

    def _now(self) -> Iterator[Point]:
        times: dict[str, list[Link]] = {}
        for number, each in self.now:
            due = each.measure.due
            when = due.name or time_of(due)
            times.setdefault(when, []).append(Link(each.measure.label, number))
        for when, links in times.items():
            yield Point(f"{len(links)} skal måles nu", tuple(links), after=f", {when}")

    def _answered(self) -> Iterator[Point]:
        if self.answers:
            links = (Link(a.about, a.goals[0] if a.goals else 0) for a in self.answers)
            words = counted(len(self.answers), "svar", "svar")
            yield Point(words, tuple(links), before="på modsigelser: ")

    @property
    def missing_text(self) -> str:
        """Say how many are missing, and since when."""
        return said_missing(self.missing)

    def of_goal(self, number: int) -> tuple[str, ...]:
        """Say how much is new of one goal: "2 nye tal", "1 svar på en modsigelse"."""
        own = [each for each in self.changes if each.goal == number]
        said = [words for words, _ in _by_words(own)]
        if answers := sum(number in each.goals for each in self.answers):
            said.append(
                counted(answers, "svar på en modsigelse", "svar på modsigelser")
            )
        return tuple(said)

    def chips(self, number: int) -> list[str]:
        """Give what is to be said of one goal: "1.2 skal måles nu"."""
        said = [
            f"{each.label} {each.what}" for each in self.changes if each.goal == number
        ]
        said += [
            f"{each.measure.label} skal måles nu"
            for goal, each in self.now
            if goal == number
        ]
        if any(number in each.goals for each in self.answers):
            said.append("modsigelse besvaret")
        return said


def _by_words(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    found = list(changes)
    for what, many in _WORDS.items():
        own = [each for each in found if each.what == what]
        if own:
            yield counted(len(own), what, many), own


def since(
    read: ContractRows, findings: Iterable[Answered], meeting: Meeting | None
) -> Since:
    """Give what is new of a contract since a meeting; no query.

    A number that a meeting saw before the portal had it is not new.
    """
    measures = [
        (goal.number, each) for goal in read.goals for each in goal.standing.counting
    ]
    later = [
        (goal.number, each)
        for goal in read.goals
        for each in goal.standing.measures
        if due_now(each, read.day)
    ]
    return Since(
        meeting=meeting,
        changes=tuple(_changes(read, meeting.held_on)) if meeting else (),
        answers=tuple(_answers(read, findings, meeting.held_on)) if meeting else (),
        missing=missing_of(each for _, each in measures),
        now=tuple(later),
    )


def _changes(read: ContractRows, after: date) -> Iterator[Change]:
    for goal in read.goals:
        for each in goal.measures:
            for what in _new_of(each, after, read.day):
                yield Change(each.label, goal.number, what)


def _new_of(each: MeasureRow, after: date, day: date) -> Iterator[str]:
    row = each.row
    for what, is_correction in ((NUMBER, False), (CORRECTED, True)):
        own = (a for a in row.json_approvals if bool(a["corrects"]) is is_correction)
        if any(_is_between(a["approved_at"], after, day) for a in own):
            yield what
    if any(_within(told["since"], after, day) for told in row.json_targets):
        yield TARGET
    if any(_within(told["given_on"], after, day) for told in row.json_verdicts):
        yield VERDICT


def _is_between(text: str | None, after: date, day: date) -> bool:
    moment = rows.moment_of(text)
    return moment is not None and after < moment.date() <= day


def _within(text: str | None, after: date, day: date) -> bool:
    found = rows.day_of(text)
    return found is not None and after < found <= day


def _answers(
    read: ContractRows, findings: Iterable[Answered], after: date
) -> Iterator[AnswerGiven]:
    for each in findings:
        if (
            each.answer is None
            or not after < _day_of(each.answer.changed_at) <= read.day
        ):
            continue
        goals = tuple(_goals_of(read.goals, each.finding.about))
        yield AnswerGiven(_named(each, goals), goals)


def _day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _goals_of(goals: Sequence[GoalRow], about: Sequence[str]) -> Iterator[int]:
    """Give the goals that a finding is about; one of all of them is of none."""
    wanted = set(about)
    if len(wanted & {str(goal.number) for goal in goals}) > 1:
        return
    for goal in goals:
        if str(goal.number) in wanted or wanted & goal.by_label.keys():
            yield goal.number


def _named(each: Answered, goals: tuple[int, ...]) -> str:
    if len(goals) == 1:
        return f"mål {goals[0]}"
    if each.finding.sides:
        return each.finding.sides[0].place
    return str(FindingKind(each.finding.kind).label)
