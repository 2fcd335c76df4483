"""Minutes sent for approval, approved for good, and put on the next meeting's agenda.

Source: docs/rules.md R-41, R-42.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from core import search
from core.errors import RuleViolationError
from core.history import act
from meetings.choices import Action, ItemKind, PaperKind, who_meets
from meetings.minutes.applies import applied, applies_words, records_of
from meetings.minutes.document import closed_document, minutes_document
from meetings.minutes.guards import is_as_sent, not_whole
from meetings.minutes.printing import printed
from meetings.minutes.value import written
from meetings.models import (
    Appendix,
    ClosedEntry,
    ClosedMinutes,
    LedgerEntry,
    Meeting,
    Minutes,
)
from meetings.models.meeting import OPEN_STATES
from meetings.search import scope_of
from meetings.services import agenda, appendices, post, subscriptions
from meetings.services.writing import (
    note_proposed,
    note_written,
    refuse_unless_writing,
)
from meetings.sources import MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from meetings.editions.edition import Edition
    from meetings.minutes.value import Behind, Decided, Written
    from meetings.models import AgendaItem, Paper
    from meetings.obstacles import Obstacle

FORMALITIES: Final = 1
"""Number of the section in which the previous minutes are approved."""


class NotWholeError(RuleViolationError):
    """Something must be written first; ``obstacles`` say what and where."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__("Referatet er ikke helt færdigt.")
        self.obstacles = obstacles


class NotPrintedError(RuleViolationError):
    """The minutes' PDF is being made."""


def propose_minutes(meeting_pk: int, *, by: User) -> Minutes:
    """Send the minutes for approval as they stand: those who sit in the council read them.

    What they say of closed items is sent along, for those who read the items. Sending the
    same minutes once more gives those that were sent.

    Raises:
        NotWholeError: something is not written yet.
        NotPrintedError: their PDF is being made.
    """
    with act("sendte referatet til godkendelse", by):
        meeting = _locked(meeting_pk)
        refuse_unless_writing(meeting_pk)
        own = _written(meeting)
        if found := not_whole(own):
            raise NotWholeError(found)
        latest = own.latest
        if latest and is_as_sent(own):
            return latest
        paper, closed = _papers(own)
        number = latest.number + 1 if latest else 1
        made = Minutes.objects.create(
            meeting=meeting, number=number, is_approved=False, paper=paper, by=str(by)
        )
        if closed is not None and own.behind is not None:
            ClosedMinutes.objects.create(
                minutes=made, paper=closed, access=own.behind.readers
            )
        note_proposed(meeting_pk)
        post.write_minutes(made, by=by)
        return made


def _papers(own: Written) -> tuple[Paper, Paper | None]:
    """Give the minutes' two prints; the second is of closed items, if there are any.

    Raises:
        NotPrintedError: one is being made.
    """
    agenda, closed = own.agenda, closed_document(own)
    paper = printed(own.meeting, minutes_document(own), agenda)
    behind = closed and printed(own.meeting, closed, agenda, PaperKind.CLOSED)
    if paper is None or (closed and behind is None):
        raise NotPrintedError(
            "Referatets PDF dannes nu. Vent et øjeblik, og prøv igen."
        )
    return paper, behind or None


def print_again(meeting_pk: int) -> None:
    """Have the minutes printed, where the job for it was lost or the look is new."""
    note_written(meeting_pk)


def approve_minutes(meeting: Meeting, *, note: str, by: User) -> Minutes:
    """Freeze the minutes that were sent for approval, both papers, and write the ledger.

    The meeting's row is locked by the caller's act, and its guard has been asked.

    Args:
        note: when and how they were approved.

    Raises:
        RuleViolationError: they were never sent for approval.
    """
    own = _written(meeting)
    latest = own.latest
    if latest is None:
        raise RuleViolationError("Referatet er ikke sendt til godkendelse.")
    made = Minutes.objects.create(
        meeting=meeting,
        number=latest.number + 1,
        is_approved=True,
        paper=latest.paper,
        note=note,
        by=str(by),
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(minutes=made, **values)
        for values in _entries(own.edition, own.decided)
    )
    if own.behind is not None and own.behind.latest is not None:
        _approve_closed(made, own.behind, own.behind.latest)
    search.changed(scope_of(meeting.pk))
    post.write_minutes(made, by=by)
    subscriptions.defer_minutes(made)
    return made


def _approve_closed(made: Minutes, behind: Behind, sent: ClosedMinutes) -> None:
    """Freeze the closed paper with the open one; its decisions lie in a table apart."""
    closed = ClosedMinutes.objects.create(
        minutes=made, paper=sent.paper, access=sent.access
    )
    ClosedEntry.objects.bulk_create(
        ClosedEntry(
            closed=closed, access=sent.access.get(values["item_key"], []), **values
        )
        for values in _entries(behind.edition, behind.decided)
    )


def _entries(edition: Edition, rows: tuple[Decided, ...]) -> Iterator[dict[str, Any]]:
    """Give the fields of a ledger entry for each decision."""
    decided = (each for each in rows if each.is_decided)
    for at, each in enumerate(decided, 1):
        outcome = each.decision.outcome
        held = applied(edition, each.item, outcome)
        parts = edition.parts_of(each.item) if held else ()
        yield {
            "position": at,
            "item_key": each.item.key,
            "number": each.item.number,
            "title": each.item.title,
            "outcome": outcome,
            "text": each.decision.text,
            "words": applies_words(edition, each.item, outcome),
            "applies": [row.to_json() for row in held],
            "records": records_of(parts),
        }


def put_on_agenda(meeting_pk: int, *, to: int, by: User) -> AgendaItem:
    """Let another meeting approve the minutes: an item with them as its appendix.

    Raises:
        RuleViolationError: that meeting is another council's, not after this one, or
            has the item already; or the minutes are not sent for approval, or not for
            all who read that meeting.
        LockedError: it is sent.
    """
    meeting = Meeting.objects.select_related("council").get(pk=meeting_pk)
    with act("satte referatet på dagsordenen til godkendelse", by):
        target = Meeting.checkout(to)
        is_own = target.council_id == meeting.council_id and not target.is_removed
        if not is_own or target.held_on < meeting.held_on or to == meeting_pk:
            raise RuleViolationError("Vælg et af jeres egne, senere møder.")
        if approval_item(meeting_pk) is not None:
            raise RuleViolationError("Referatet er allerede på en dagsorden.")
        who = escape(who_meets(target.kind, meeting.council.name))
        item = agenda.create_item(
            _section(target),
            by=by,
            title=f"Godkendelse af referat fra mødet {meeting.day}",
            kind=ItemKind.FORMAL,
            action=Action.APPROVES,
            recommendation=f"<p>Det indstilles, at {who} godkender referatet.</p>",
        )
        appendices.add_generated(
            item.pk,
            source=MINUTES,
            options={"meeting": meeting_pk},
            title=f"Referat af mødet {meeting.day}",
            by=by,
        )
        return item


def approval_item(meeting_pk: int) -> AgendaItem | None:
    """Give the item that the minutes are approved under, its meeting loaded: one query."""
    rows = Appendix.objects.present().filter(
        source=MINUTES,
        options__meeting=meeting_pk,
        item__position__isnull=False,
        item__section__meeting__is_removed=False,
    )
    own = rows.exclude(item__section__meeting=meeting_pk)
    found = own.select_related("item__section__meeting").order_by("-pk").first()
    return found.item if found else None


def next_meeting(meeting: Meeting) -> Meeting | None:
    """Give the council's next meeting that may be edited: one query."""
    rows = Meeting.objects.present().filter(
        council=meeting.council_id,
        kind=meeting.kind,
        state__in=OPEN_STATES,
        held_on__gt=meeting.held_on,
    )
    return rows.order_by("held_on", "pk").first()


def _section(target: Meeting) -> int:
    rows = list(target.sections.order_by("number"))
    if not rows:
        raise RuleViolationError(f"{target.name} har ingen afsnit. Tilføj et først.")
    return next((row for row in rows if row.number == FORMALITIES), rows[0]).pk


def _locked(meeting_pk: int) -> Meeting:
    Meeting.checkout(meeting_pk)
    return Meeting.objects.select_related("council").get(pk=meeting_pk)


def _written(meeting: Meeting) -> Written:
    own = written(meeting)
    if own is None:
        raise RuleViolationError("Referatet skrives, når mødet er sendt.")
    return own
