"""What is missing of a contract, for which meeting, who owes it, and what was done.

Source: docs/rules.md R-142, R-143.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from core import clock, formats
from meetings.models import Meeting
from resultcontracts.choices import (
    ContractState,
    MeasureKind,
    MeasurementState,
    Status,
    Why,
)
from resultcontracts.models import Contact, ReportDraft, Round, RoundLetter, RoundLink
from resultcontracts.queries.asked import questions
from resultcontracts.queries.contacted import Contacted, contacted
from resultcontracts.queries.rounds import WITH_RULES, call_rule_of, days_of
from resultcontracts.standing.periods import months_between

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from resultcontracts.models import CallRule, Contract
    from resultcontracts.queries.asked import Question
    from resultcontracts.queries.rounds import RoundDays

NEEDED, LATE, UNANSWERED, LATER = "skal", "over", "uden", "senere"
NEAR: Final = 6
_TOLD: Final = (MeasureKind.DELIVERABLE, MeasureKind.NARRATIVE)


@dataclass(frozen=True, slots=True)
class CallLine:
    """One figure that is missing.

    Attributes:
        group: for what it is missing.
        who: who answers; ``who_note`` who measures, or what it comes out of.
        due, due_note: when it was to be here, and how far off that is.
        contact: what was done last.
        act: what the button says; "" where there is nothing to do today.
        answer: what was sent in and is not approved; None.
    """

    asked: Question
    group: str
    who: str
    who_note: str
    due: str
    due_note: str
    months: int
    contact: Contacted
    act: str
    answer: Mapping[str, Any] | None

    @property
    def label(self) -> str:
        """As the contract numbers it."""
        return self.asked.row.label

    @property
    def key(self) -> str:
        """What stands for it in an address."""
        return self.asked.row.key

    @property
    def facts(self) -> str:
        """The target and the last value: "Måltal 50 pct., sidst 38".

        Of what was reported without its number, what is said of that.
        """
        asked = self.asked
        if self.group == UNANSWERED and asked.row.remark:
            return f"{asked.row.remark[:1].upper()}{asked.row.remark[1:]}"
        target = asked.standing.target
        found = [f"Måltal {target.text} {asked.row.unit}".strip()] if target else []
        last = asked.last[0].reading if asked.last else None
        found.append(f"sidst {last.text}" if last else "ikke målt")
        text = ", ".join(found)
        return f"{text[:1].upper()}{text[1:]}"

    @property
    def is_missing(self) -> bool:
        """Whether it is still to come: nothing was sent in."""
        return self.answer is None or self.answer["state"] == MeasurementState.RETURNED

    @property
    def may_be_reminded(self) -> bool:
        """Whether the house is asked for it, and was not reminded today."""
        return self.asked.row.is_asked_for and self.is_missing and bool(self.act)


@dataclass(frozen=True)
class Board:
    """The calls of a contract for the next meeting; without one, ``meeting`` is None."""

    contract: Contract
    meeting: Meeting | None
    days: RoundDays | None
    round: Mapping[str, Any] | None
    contact: Mapping[str, Any] | None
    lines: tuple[CallLine, ...]

    def of(self, group: str) -> list[CallLine]:
        """The lines of a group in the contract's order; those over time by how long."""
        found = [each for each in self.lines if each.group == group]
        return sorted(found, key=lambda each: -each.months) if group == LATE else found

    @cached_property
    def groups(self) -> list[tuple[str, list[CallLine]]]:
        """The groups with their headings, in the page's order; each may be empty."""
        if self.meeting is None:
            return []
        day = formats.long_date(self.meeting.held_on)
        names = {
            NEEDED: f"Skal bruges til mødet {day}",
            LATE: f"Over tiden, tages med til mødet {day}",
            UNANSWERED: "Indberettet uden det, kontrakten spørger om",
            LATER: "Senere møder",
        }
        return [(name, self.of(group)) for group, name in names.items()]

    @cached_property
    def missing(self) -> list[CallLine]:
        """Those of the meeting that are still to come."""
        return [each for each in self.of(NEEDED) if each.is_missing]

    @cached_property
    def late(self) -> list[CallLine]:
        """Those over time that are still to come, the oldest first."""
        return [each for each in self.of(LATE) if each.is_missing]

    @cached_property
    def unanswered(self) -> list[CallLine]:
        """Those that were reported without what was asked."""
        return [each for each in self.of(UNANSWERED) if each.is_missing]

    @cached_property
    def to_call(self) -> list[CallLine]:
        """Those that a call asks for."""
        rows = (*self.missing, *self.late)
        return [each for each in rows if each.asked.row.is_asked_for]

    @cached_property
    def to_remind(self) -> list[CallLine]:
        """Those over time that may be reminded of today."""
        return [each for each in self.late if each.may_be_reminded]

    @cached_property
    def waiting(self) -> int:
        """How many were sent in and wait for approval."""
        return sum(
            each.answer is not None
            and each.answer["state"] == MeasurementState.SUBMITTED
            for each in self.lines
        )

    @property
    def is_called(self) -> bool:
        """Whether the call has gone out."""
        return self.round is not None and self.round["called_at"] is not None

    @property
    def rule(self) -> CallRule:
        """The council's lead times, and who sends the call."""
        council = self.meeting.council if self.meeting else self.contract.council
        return call_rule_of(council)

    @property
    def waits_to_be_called(self) -> bool:
        """Whether there is something to call for, and nobody has."""
        return self.days is not None and not self.is_called and bool(self.to_call)

    @property
    def is_called_by_itself(self) -> bool:
        """Whether the portal will send the call on its day."""
        if not self.waits_to_be_called or self.contact is None or self.days is None:
            return False
        is_asking = self.contract.state in {
            ContractState.IN_FORCE,
            ContractState.REPORTED,
        }
        is_open = not (self.days.is_late or self.days.is_over or self.days.is_sent)
        return is_asking and is_open and self.rule.sends_itself

    @property
    def is_called_by_itself_now(self) -> bool:
        """Whether that day has come."""
        day = self.days.calls_on if self.days else None
        return self.is_called_by_itself and day is not None and day <= clock.today()

    @cached_property
    def owed(self) -> list[tuple[str, int]]:
        """Who owes how many, the most first."""
        found: dict[str, int] = {}
        for each in (*self.missing, *self.late, *self.unanswered):
            found[each.who] = found.get(each.who, 0) + 1
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    @cached_property
    def measured_elsewhere(self) -> tuple[str, int, int] | None:
        """Who measures how many of those that the house owes; None where it measures all."""
        house = self.contract.house.name
        own = [
            each
            for each in (*self.missing, *self.late, *self.unanswered)
            if each.who == house
        ]
        names: dict[str, int] = {}
        for each in own:
            if each.asked.row.measured_by:
                name = each.asked.row.measured_by
                names[name] = names.get(name, 0) + 1
        if not names:
            return None
        name = max(names, key=lambda each: names[each])
        return name, names[name], len(own)


def board_of(contract: Contract) -> Board:
    """Give what is missing of a contract today: three queries."""
    meetings = _meetings(contract)
    _read, asked = questions(contract)
    meeting = meetings[0] if meetings else None
    days = days_of(meeting) if meeting else None
    told = meeting.json_round[0] if meeting and meeting.json_round else None
    letters = meeting.json_letters if meeting else []
    coming = [each.held_on for each in meetings[1:]]
    lines = [
        _line(each, group, contract, days, told, letters)
        for each in asked
        if meeting and (group := _group(each, meeting.held_on, coming))
    ]
    people = meeting.json_contact if meeting else []
    return Board(
        contract, meeting, days, told, people[0] if people else None, tuple(lines)
    )


def _meetings(contract: Contract) -> list[Any]:
    rows = Meeting.objects.filter(council=contract.council_id).present().not_off()
    return list(
        rows.upcoming(clock.today())
        .select_related(*WITH_RULES)
        .annotate(
            json_round=ArraySubquery(_round(contract)),
            json_letters=ArraySubquery(_letters(contract)),
            json_contact=ArraySubquery(
                Contact.objects.filter(
                    council=contract.council_id, house=contract.house_id
                ).values(json=JSONObject(name="name", email="email"))
            ),
        )
    )


def _round(contract: Contract) -> Any:
    links = RoundLink.objects.filter(round=OuterRef("pk"))
    drafts = ReportDraft.objects.filter(round=OuterRef("pk"))
    told = JSONObject(
        pk="pk",
        measures="measures",
        called_at="called_at",
        links=ArraySubquery(links.values(json=JSONObject(opened_at="opened_at"))),
        drafts=ArraySubquery(
            drafts.values(json=JSONObject(measure="measure_id", saved_at="saved_at"))
        ),
    )
    rows = Round.objects.filter(contract=contract.pk, meeting=OuterRef("pk"))
    return rows.values(json=told)


def _letters(contract: Contract) -> Any:
    names = ("kind", "measures", "day", "written_at", "sent_at", "failure", "to")
    rows = RoundLetter.objects.filter(round__contract=contract.pk).order_by("pk")
    return rows.values(json=JSONObject(**{name: name for name in names}))


def _group(asked: Question, held_on: date, coming: list[date]) -> str:
    """Say what a measure is missing for; "" where nothing is missing."""
    stand, today = asked.standing, clock.today()
    if stand.why is Why.NOT_DUE:
        end = asked.due.end
        return LATER if end and any(held_on < day <= end for day in coming) else NEEDED
    if stand.is_missing:
        is_late = asked.due.end is not None and asked.due.end < today
        return LATE if is_late else NEEDED
    if asked.row.kind in _TOLD or stand.measurement is None:
        return ""
    is_open = stand.why is Why.UNDER_WAY or (
        stand.status is Status.UNDECIDED and stand.why is Why.NO_BASIS
    )
    return UNANSWERED if is_open else ""


def _line(
    asked: Question,
    group: str,
    contract: Contract,
    days: RoundDays | None,
    told: Mapping[str, Any] | None,
    letters: list[Mapping[str, Any]],
) -> CallLine:
    row, house = asked.row, contract.house.name
    is_own = row.is_asked_for
    answer = _answer(asked, told)
    contact = contacted(row, group == LATE, answer, told, letters)
    due, note, months = _due(asked, group, days)
    return CallLine(
        asked=asked,
        group=group,
        who=house if is_own else row.measured_by or house,
        who_note=_measurer(row) if is_own else "Aftalen nævner ikke KKR som modtager",
        due=due,
        due_note=note,
        months=months,
        contact=contact,
        act=_act(asked, group, days, contact, answer),
        answer=answer,
    )


def _measurer(row: Any) -> str:
    if row.measured_by:
        return f"{row.measured_by} måler"
    return str(row.data_source.partition(",")[0])


def _answer(
    asked: Question, told: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """Give what was sent in or came back in the round and is not approved."""
    if told is None:
        return None
    known: Any = asked.measure.row
    for each in reversed(known.json_measurements):
        if each["asked_in_id"] == told["pk"]:
            state = each["state"]
            return each if state != MeasurementState.APPROVED else None
    return None


def _due(asked: Question, group: str, days: RoundDays | None) -> tuple[str, str, int]:
    """Say when a figure was to be here, and how far off that is."""
    end, today = asked.due.end, clock.today()
    if group == NEEDED and days is not None:
        day = f"{formats.weekday_date(days.due_on)}{formats.NBSP}{days.due_on.year}"
        return day, formats.days_away(days.due_on, today=today), 0
    named = asked.due.name or (formats.long_date(end) if end else "ikke oplyst")
    months = months_between(end, today) if end and end < today else 0
    if group == LATE:
        text = formats.counted(months, "måned", "måneder", "under en måned")
        return named, f"{text} over tiden", months
    if group == UNANSWERED:
        return named, "uden svar på spørgsmålet", months
    return named, "", 0


def _act(
    asked: Question,
    group: str,
    days: RoundDays | None,
    contact: Contacted,
    answer: Mapping[str, Any] | None,
) -> str:
    is_sent_in = answer is not None and answer["state"] == MeasurementState.SUBMITTED
    if group == LATER or contact.is_today or is_sent_in:
        return ""
    if days is None or days.is_over or days.is_sent:
        return ""
    if not asked.row.is_asked_for:
        return "Spørg"
    if group == UNANSWERED:
        return "Ryk" if contact.is_asked else "Spørg"
    if group == NEEDED and not days.is_late:
        return "Mind om"
    return "Ryk"
