"""What the secretariat's home page shows: the next meeting, or the first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.models import Council
from core import clock, formats
from core.drafts.models import Draft
from core.prepared import prepared, somebody
from core.templatetags.drafts import draft_time
from kkr.home.after import after_rows, after_tasks, answered, unanswered
from kkr.home.asked import comment_tasks, reading_tasks
from kkr.home.due import Task, due_tasks
from kkr.home.later import LATER, due_rows, later_tasks
from meetings.askable import key_of
from meetings.checking.standing import standing
from meetings.choices import MeetingState
from meetings.comments.threads import asked_of
from meetings.days.deadlines import deadlines
from meetings.models import Meeting
from meetings.models.meeting import CANCELLED, OVER_STATES
from meetings.packets.state import packet_state
from meetings.readthrough.standing import asked_to_read
from meetings.rows import as_value, read_rows
from questions.queries import as_unanswered, unanswered_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from accounts.access import PortalRequest
    from accounts.models import User
    from meetings.agenda import Agenda
    from meetings.checking.standing import Standing
    from meetings.days.deadlines import Deadline
    from meetings.models import AgendaItem
    from meetings.packets.state import MeetingPacket
    from questions.queries import Unanswered


# What an error means for the meeting.
BLOCKS = "Fejl, spærrer for udsendelse"
# Drafts that are named; of more it is said how many.
DRAFTS = 3


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The nearest meeting with its agenda and packet, and a line for each after it."""

    meeting: Meeting
    agenda: Agenda
    packet: MeetingPacket
    standing: Standing
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...] = ()
    unanswered: tuple[tuple[Unanswered, str], ...] = ()
    has_questions: bool = False
    later: tuple[Task, ...] = ()


def next_meeting(request: PortalRequest) -> NextMeeting | None:
    """Read the council's next meeting: four queries; one if there is none."""
    found_rows: list[Any] = _coming(
        request.user.pk, request.seat.council_id, clock.today()
    )
    meeting = next((row for row in found_rows if not row.is_off), None)
    meeting = meeting or next(iter(found_rows), None)
    if meeting is None:
        return None
    later = later_tasks(row for row in found_rows if row.pk != meeting.pk)
    loaded = read_rows(meeting)
    agenda = as_value(meeting, loaded.sections, loaded.items, loaded.appendices)
    packet = packet_state(meeting, agenda, loaded.appendices)
    found = standing(meeting.pk)
    tasks = (
        *_returned_tasks(meeting, packet),
        *due_tasks(meeting, unanswered(meeting, loaded.items)),
        *reading_tasks(meeting.asked_readings),
        *comment_tasks(meeting.asked_comments),
        *_draft_tasks(meeting),
        *_packet_tasks(request, meeting, packet, found),
        *_tasks(meeting, found),
        *after_tasks(meeting),
    )
    days = deadlines(meeting)
    waiting = unanswered_of(meeting.question_rows, loaded.items)
    asked = bool(meeting.question_rows)
    return NextMeeting(
        meeting, agenda, packet, found, tasks, days, waiting, asked, later
    )


@prepared
def _coming(user: int, council: int, today: date) -> QuerySet[Meeting]:
    reader = somebody(user)
    rows = Meeting.objects.visible_to(reader)
    rows = rows.select_related("council__deadline_rule")
    coming = rows.filter(council=council).upcoming(today)
    coming = coming.exclude(fate=CANCELLED).exclude(state__in=OVER_STATES)
    own = coming.annotate(
        draft_rows=draft_rows(reader),
        question_rows=unanswered_rows(council),
        **after_rows(council, today),
        answered=answered(),
        asked_comments=asked_of(reader),
        asked_readings=asked_to_read(reader),
        due=due_rows(),
    )
    return own[: LATER + 1]


def unanswered_of(
    rows: Sequence[Any], items: Iterable[AgendaItem] = ()
) -> tuple[tuple[Unanswered, str], ...]:
    """Give what not all have answered, each with what it is about; no query.

    Args:
        rows: of :func:`questions.queries.unanswered_rows`.
        items: known by the number they have now; of others it is what was said.
    """
    now = {key_of(item): f"Punkt {item.number}" for item in items}
    found = []
    for one in as_unanswered(rows):
        said = one.question.subject_words
        known = now.get(one.question.subject_key, f"{said[:1].upper()}{said[1:]}")
        found.append((one, known))
    return tuple(found)


def _tasks(meeting: Meeting, found: Standing) -> tuple[Task, ...]:
    """What the findings ask for: each error, and all warnings in one."""
    errors = tuple(
        Task(
            f"{row.finding.label}: {row.finding.sentence}".rstrip("."),
            row.finding.url,
            row.finding.action,
            note=f"{row.finding.place}. {BLOCKS}" if row.finding.place else BLOCKS,
            tone="bad",
        )
        for row in found.open_errors
    )
    if not found.open_warnings:
        return errors
    url = f"{reverse('meetings:send', args=[meeting.slug])}#advarsler"
    return (*errors, Task(found.warnings_words, url, "Svar", tone="partial"))


def _draft_tasks(meeting: Any) -> tuple[Task, ...]:
    """What one typed and has not saved, the newest first; several of one thing in one."""
    by_name: dict[str, list[Any]] = {}
    for row in meeting.draft_rows:
        by_name.setdefault(row["name"], []).append(row)
    shown = list(by_name.items())[:DRAFTS]
    found = [_draft_task(name, rows) for name, rows in shown]
    if more := sum(map(len, by_name.values())) - sum(len(rows) for _, rows in shown):
        words = formats.counted(more, "kladde", "kladder")
        found.append(Task(f"Og {words} mere", reverse("drafts:list"), "Se alle"))
    return tuple(found)


def _draft_task(name: str, rows: Sequence[Any]) -> Task:
    newest = rows[0]
    draft = Draft(pk=newest["pk"], name=name, page=newest["page"])
    written = draft_time(datetime.fromisoformat(newest["at"]))
    note = f"Skrevet {written}. Kun du kan se den"
    if len(rows) == 1:
        text = f"Din kladde til {name} er ikke gemt"
        return Task(text, draft.address, "Skriv videre", note)
    text = f"Dine {len(rows)} kladder til {name} er ikke gemt"
    note = f"Den seneste er skrevet {written}. Kun du kan se dem"
    return Task(text, reverse("drafts:list"), "Se dem", note)


def draft_rows(user: User) -> ArraySubquery:
    """One's own drafts, the newest first, in the query of something else."""
    fields = JSONObject(pk="pk", name="name", page="page", at="written_at")
    return ArraySubquery(Draft.objects.visible_to(user).values(json=fields))


def _packet_tasks(
    request: PortalRequest, meeting: Any, packet: MeetingPacket, found: Standing
) -> tuple[Task, ...]:
    """What the packet asks of whoever looks: at most one thing."""
    url = reverse("meetings:packet", args=[meeting.slug])
    latest = packet.latest
    if packet.running is not None or meeting.is_locked:
        return ()
    if packet.failed is not None:
        failure = packet.failed.failure
        return (Task("Pakken blev ikke bygget", url, "Se hvad", failure, "bad"),)
    if latest is None:
        return (Task("Pakken er ikke bygget endnu", url, "Byg"),)
    if packet.is_stale:
        note = ". ".join(
            sentence[:1].upper() + sentence[1:] for sentence in packet.changes[:2]
        )
        return (Task("Pakken er forældet", url, "Byg", note, "partial"),)
    if packet.is_published or not found.is_settled:
        return ()
    return _sending_tasks(request, meeting, packet)


def _returned_tasks(meeting: Meeting, packet: MeetingPacket) -> tuple[Task, ...]:
    """What the chairman sent back, until somebody is asked again."""
    if not packet.returned_by or meeting.is_off:
        return ()
    url = reverse("meetings:approvals", args=[meeting.slug])
    text = f"{packet.returned_by} sendte dagsordenen tilbage"
    return (Task(text, url, "Se bemærkningerne", tone="partial"),)


def _sending_tasks(
    request: PortalRequest, meeting: Any, packet: MeetingPacket
) -> tuple[Task, ...]:
    """What a packet with nothing to put right waits for: a word, or to be sent."""
    if (missing := packet.not_approved) is not None:
        is_draft = meeting.state == MeetingState.DRAFT
        is_told = is_draft or bool(packet.returned_by)
        return () if is_told else (Task(missing.text, missing.url, missing.label),)
    if not request.seat.may_publish:
        return ()
    send = reverse("meetings:send", args=[meeting.slug])
    return (Task("Pakken er klar til at blive sendt", send, "Send"),)


@dataclass(frozen=True, slots=True)
class Stock:
    """How much the council has in the portal."""

    meetings: int
    municipalities: int
    users: int
    proposals: int
    units: int

    @property
    def records(self) -> int:
        """Proposals and co-operation units together."""
        return self.proposals + self.units


def stock(council: Council) -> Stock:
    """Count what the council has: one query."""

    def count(path: str, **conditions: object) -> Count:
        return Count(path, filter=Q(**conditions), distinct=True)

    found = Council.objects.filter(pk=council.pk).aggregate(
        meetings=count("meetings", meetings__is_removed=False),
        municipalities=Count("municipalities", distinct=True),
        users=count("memberships", memberships__user__is_active=True),
        proposals=count("catalogues__proposals", catalogues__proposals__number__gte=1),
        units=count("catalogues__units", catalogues__units__number__gte=1),
    )
    return Stock(**found)
