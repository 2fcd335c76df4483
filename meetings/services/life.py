"""A meeting's life: steps from state to state, the lock, and its next version.

Every service that edits a meeting asks :func:`refuse_if_locked` inside its act.

Source: docs/rules.md R-25, R-26, R-52, R-65, R-71, R-76.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core import clock
from core.errors import RuleViolationError
from core.history import act
from meetings.choices import ApprovalAnswer, MeetingState
from meetings.closed.parting import access_of
from meetings.models import (
    Meeting,
    Publication,
    StateStep,
    Withdrawal,
)
from meetings.models.meeting import OVER_STATES
from meetings.rows import read_agenda
from meetings.services.closed import refuse_closed_names
from meetings.services.staleness import defer_opening
from meetings.steps import step_to

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import ClosedPublication
    from meetings.steps import Obstacle

OVER = (
    "Mødet skal være sendt. Er det afholdt, kan det kun få en ny version, "
    "når noget er taget ned siden."
)
NEVER_HELD = "Mødet er aflyst og får ingen ny version."
SHARED = "SELECT * FROM meetings_meeting WHERE id = %s FOR SHARE"


class LockedError(RuleViolationError):
    """The meeting is sent, and nobody has begun its next version."""


class StepRefusedError(RuleViolationError):
    """A step cannot be taken; ``obstacles`` say what is missing and where."""

    def __init__(self, text: str, obstacles: tuple[Obstacle, ...] = ()) -> None:
        super().__init__(text)
        self.obstacles = obstacles


def refuse_if_locked(meeting_pk: int) -> None:
    """Let only meetings be edited that are open; call it inside the act.

    The meeting's row is locked for share: many may write at a time, but nobody while it
    is being sent.

    Raises:
        LockedError: it is sent, and no new version is begun.
    """
    meeting = next(iter(Meeting.objects.raw(SHARED, [meeting_pk])), None)
    if meeting is not None and meeting.is_locked:
        raise LockedError(locked_words(meeting))


def locked_words(meeting: Meeting) -> str:
    """Say why a meeting cannot be edited, and what can be done."""
    if meeting.state != MeetingState.SENT:
        if meeting.state == MeetingState.APPROVED:
            return "Referatet er godkendt. Mødet kan ikke rettes mere."
        said = meeting.get_state_display().lower()
        return f"Mødet er {said} og kan ikke rettes mere."
    number = version_sent(meeting.pk)
    return (
        f"Mødet er sendt i version {number} og låst. "
        f"Begynd version {number + 1} for at rette."
    )


def version_sent(meeting_pk: int) -> int:
    """Give the number of the latest version that was sent; 0 where none was."""
    rows = Publication.objects.filter(meeting=meeting_pk).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def take_step(meeting_pk: int, *, to: str, reason: str = "", by: User) -> Meeting:
    """Take a meeting to another state.

    Args:
        reason: why; a step back needs one.

    Raises:
        StepRefusedError: there is no such step from here, something is missing, or
            it takes a step back without a reason.
    """
    state = Meeting.objects.get(pk=meeting_pk)
    wanted = step_to(state, to)
    with act(wanted.done if wanted else "ændrede mødets tilstand", by):
        meeting = Meeting.checkout(meeting_pk)
        step = step_to(meeting, to)
        if step is None:
            raise StepRefusedError(
                "Mødets tilstand er ændret imens. Se, hvor det er nu."
            )
        if step.is_back and not reason.strip():
            raise StepRefusedError("Skriv hvorfor.")
        if obstacles := step.guard(meeting):
            raise StepRefusedError(f"{step.verb}: noget mangler.", obstacles)
        if (step.before, step.after) == (MeetingState.HELD, MeetingState.APPROVED):
            # They write agendas, which ask of the lock in this module.
            from meetings.services.minutes import approve_minutes  # noqa: PLC0415

            approve_minutes(meeting, note=reason.strip(), by=by)
        _to(meeting, step.after, by, reason.strip())
        return meeting


def note_sent(meeting: Meeting, *, by: User) -> None:
    """Lock a meeting that is being sent; its row is locked by the caller's act.

    One that was held stays so: its version is without what was taken down.

    Raises:
        RuleViolationError: it is over and no version is begun, cancelled, or postponed
            to no day.

    Source: docs/rules.md R-71.
    """
    if meeting.is_off:
        raise RuleViolationError(
            f"Mødet kan ikke sendes: det er {meeting.fate[:1].lower()}{meeting.fate[1:]}."
        )
    is_over = meeting.state in OVER_STATES
    if is_over and not meeting.is_revising:
        raise RuleViolationError(OVER)
    meeting.is_revising, meeting.revision_reason = False, ""
    # What is sent has the new day: it need not be told beside it.
    meeting.fate = meeting.fate_reason = ""
    _to(meeting, meeting.state if is_over else MeetingState.SENT, by)
    defer_opening(meeting)


def step_back(meeting: Meeting, reason: str, *, by: User) -> None:
    """Make a draft again of a meeting that was returned; its row is locked."""
    _to(meeting, MeetingState.DRAFT, by, reason)


def begin_version(meeting_pk: int, *, reason: str, by: User) -> Meeting:
    """Open a sent meeting for editing: what is saved comes with its next version.

    Of a version that is begun the reason is another from now on, and what was asked and
    approved with the old one counts no more.

    Args:
        reason: why there is one more, a sentence that everybody reads once it is sent.

    Raises:
        RuleViolationError: it is not sent, cancelled, or over; the reason is missing,
            or names something closed.

    Source: docs/rules.md R-52, R-65.
    """
    with act("begyndte en ny version", by):
        meeting = Meeting.checkout(meeting_pk)
        if not may_have_version(meeting):
            raise RuleViolationError(NEVER_HELD if meeting.is_cancelled else OVER)
        if not reason.strip():
            raise RuleViolationError("Skriv hvorfor. Alle kan læse det.")
        refuse_closed_names(meeting_pk, reason)
        if not meeting.is_revising:
            meeting.version_on = clock.today()
        if (meeting.is_revising, meeting.revision_reason) != (True, reason.strip()):
            meeting.is_revising, meeting.revision_reason = True, reason.strip()
            meeting.touch(by)
            meeting.save()
            # What was approved of the version, if anything, had another reason.
            _begin_approval_anew(meeting, by, after=version_sent(meeting_pk))
        return meeting


def may_have_version(meeting: Meeting) -> bool:
    """Whether a meeting may get one more version: at most two queries.

    A cancelled one gets none: it is not sent. After it was held only where something was
    taken down of the one that holds: its files are closed until there is one without.
    """
    if meeting.is_cancelled or meeting.state == MeetingState.SENT:
        return not meeting.is_cancelled
    rows = Withdrawal.objects.filter(meeting=meeting, is_minutes=False)
    at = rows.order_by("-at").values_list("at", flat=True).first()
    latest = meeting.publications.order_by("-number").first()
    return at is not None and may_be_without(meeting, at, latest)


def may_be_without(
    meeting: Meeting, taken_at: datetime, latest: Publication | None
) -> bool:
    """Whether a meeting may get a version without what was taken down then; no query.

    Args:
        latest: the newest version that was sent.
    """
    if meeting.is_cancelled or latest is None:
        return False
    is_over = meeting.state in OVER_STATES and taken_at > latest.published_at
    return is_over or meeting.state == MeetingState.SENT


def drop_version(meeting_pk: int, *, by: User) -> Meeting:
    """Lock a meeting again whose next version was begun and holds nothing yet.

    Raises:
        RuleViolationError: something was edited since it was sent.
    """
    with act("lukkede den nye version igen", by):
        meeting = Meeting.checkout(meeting_pk)
        if not meeting.is_revising:
            return meeting
        if is_edited(meeting):
            raise RuleViolationError(
                "Der er rettet, siden mødet blev sendt. Send den nye version, "
                "eller ret det tilbage."
            )
        meeting.is_revising, meeting.revision_reason = False, ""
        meeting.touch(by)
        meeting.save()
        return meeting


def is_edited(meeting: Meeting) -> bool:
    """Whether the agenda's own words, files or readers differ from what was sent last."""
    sent = meeting.publications.select_related("closed").order_by("-number").first()
    if sent is None:
        return True
    closed: ClosedPublication | None = getattr(sent, "closed", None)
    now, whole = read_agenda(meeting.pk), closed or sent
    own = now.to_json()
    if was_moved(meeting):
        own["held_on"] = whole.agenda["held_on"]
    if _own(whole.agenda) != _own(own):
        return True
    # Older versions have their readers here alone.
    known = closed.access if closed else {}
    return any(known.get(key) != words for key, words in access_of(now).items())


def _own(said: Any) -> Any:
    """Give what the meeting itself says; what records print changes with them."""
    if isinstance(said, dict):
        is_made = said.get("kind") == "generated"
        left = {
            "pk",
            "fate",
            "sending_day",
            "taken",
            "readers",
            *(("digest", "made_of") if is_made else ()),
        }
        return {k: _own(v) for k, v in said.items() if k not in left and v != ""}
    if isinstance(said, list | tuple):
        return [_own(each) for each in said]
    return said


def was_moved(meeting: Meeting) -> bool:
    """Whether the meeting has a day that it was put off to: 1 query."""
    own = meeting.announcements.filter(item_key="", to_day=meeting.held_on)
    return own.exists()


def sent_day(meeting: Meeting) -> date | None:
    """Give the day that it was last sent with; None if it never was: 1 query."""
    days = meeting.publications.order_by("-number").values_list("agenda__held_on")
    found: tuple[str] | None = days.first()
    return date.fromisoformat(found[0]) if found else None


def _to(meeting: Meeting, after: str, by: User, reason: str = "") -> None:
    """Write the state, and the step that led to it."""
    before, meeting.state = meeting.state, after
    meeting.touch(by)
    meeting.save()
    if (before, after) == (MeetingState.APPROVAL, MeetingState.DRAFT):
        _begin_approval_anew(meeting, by)
    if before != after:
        StateStep.objects.create(
            meeting=meeting, before=before, after=after, reason=reason, by=str(by)
        )


def _begin_approval_anew(meeting: Meeting, by: User, *, after: int = 0) -> None:
    """Let what was asked and approved count no more; remarks stay what they are.

    Args:
        after: only of versions after this one.
    """
    rows = meeting.approvals.filter(is_withdrawn=False, packet__version__gt=after)
    for row in rows.exclude(answer=ApprovalAnswer.RETURNED):
        row.is_withdrawn = True
        row.touch(by)
        row.save()
