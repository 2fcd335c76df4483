"""Minutes sent for approval, approved for good, and put on the next meeting's agenda.

Source: docs/rules.md R-41, R-42.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core import search
from core.errors import RuleViolationError
from core.history import act
from documents import codec
from meetings.choices import Action, ItemKind
from meetings.minutes.applies import applied, applies_words, records_of
from meetings.minutes.document import minutes_document
from meetings.minutes.guards import not_whole
from meetings.minutes.printing import printed
from meetings.minutes.value import written
from meetings.models import Appendix, LedgerEntry, Meeting, Minutes
from meetings.models.meeting import OPEN_STATES
from meetings.search import scope_of
from meetings.services import agenda, appendices
from meetings.services.writing import note_written, refuse_unless_writing
from meetings.sources import MINUTES

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.minutes.value import Decided, Written
    from meetings.models import AgendaItem
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

    Sending the same minutes once more gives those that were sent.

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
        document = minutes_document(own)
        latest = own.latest
        if latest and latest.paper.document == codec.dumps(document):
            return latest
        paper = printed(meeting, document, own.edition.agenda)
        if paper is None:
            raise NotPrintedError(
                "Referatets PDF dannes nu. Vent et øjeblik, og prøv igen."
            )
        number = latest.number + 1 if latest else 1
        return Minutes.objects.create(
            meeting=meeting, number=number, is_approved=False, paper=paper, by=str(by)
        )


def print_again(meeting_pk: int) -> None:
    """Have the minutes printed, where the job for it was lost or the look is new."""
    note_written(meeting_pk)


def approve_minutes(meeting: Meeting, *, note: str, by: User) -> Minutes:
    """Freeze the minutes that were sent for approval, and write the ledger.

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
    decided = [each for each in own.decided if each.is_decided]
    LedgerEntry.objects.bulk_create(
        _entry(made, own, each, at) for at, each in enumerate(decided, 1)
    )
    search.changed(scope_of(meeting.pk))
    return made


def _entry(made: Minutes, own: Written, each: Decided, at: int) -> LedgerEntry:
    outcome = each.decision.outcome
    rows = applied(own.edition, each.item, outcome)
    parts = own.edition.parts_of(each.item) if rows else ()
    return LedgerEntry(
        minutes=made,
        position=at,
        item_key=each.item.key,
        number=each.item.number,
        title=each.item.title,
        outcome=outcome,
        text=each.decision.text,
        words=applies_words(own.edition, each.item, outcome),
        applies=[row.to_json() for row in rows],
        records=records_of(parts),
    )


def put_on_agenda(meeting_pk: int, *, to: int, by: User) -> AgendaItem:
    """Let another meeting approve the minutes: an item with them as its appendix.

    Raises:
        RuleViolationError: that meeting is another council's, not after this one, or
            has the item already.
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
        council = escape(meeting.council.name)
        item = agenda.create_item(
            _section(target),
            by=by,
            title=f"Godkendelse af referat fra mødet {meeting.day}",
            kind=ItemKind.FORMAL,
            action=Action.APPROVES,
            recommendation=f"<p>Det indstilles, at {council} godkender referatet.</p>",
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
        source=MINUTES, options__meeting=meeting_pk, item__position__isnull=False
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
