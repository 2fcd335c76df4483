"""When minutes may be written, and what is worked out when they were.

Source: docs/rules.md R-40.
"""

from __future__ import annotations

from django.db.models import Exists

from core.errors import RuleViolationError
from core.jobs import app
from meetings.choices import MeetingState
from meetings.minutes.guards import WRITING
from meetings.models import Appendix, Meeting, Minutes
from meetings.models.taken import closing_minutes
from meetings.names import MINUTES
from meetings.services.staleness import NOT_FORMED, defer_refresh

SHARED = "SELECT * FROM meetings_meeting WHERE id = %s FOR SHARE"


class NotWritingError(RuleViolationError):
    """The meeting is not sent yet, or its minutes are approved."""


def refuse_unless_writing(meeting_pk: int) -> None:
    """Let minutes be written only while they are open; call it inside the act.

    The meeting's row is locked for share: many may write at a time, but nobody while
    the minutes are being approved.

    Raises:
        NotWritingError: the meeting is not sent, or its minutes are approved.
    """
    meeting = next(iter(Meeting.objects.raw(SHARED, [meeting_pk])), None)
    if meeting is not None and meeting.state not in WRITING:
        raise NotWritingError(not_writing_words(meeting))


def refuse_if_approved(meeting_pk: int) -> None:
    """Let what stands in minutes be written also before the meeting is sent.

    Raises:
        NotWritingError: the minutes are approved.
    """
    meeting = next(iter(Meeting.objects.raw(SHARED, [meeting_pk])), None)
    if meeting is not None and is_approved(meeting):
        raise NotWritingError(not_writing_words(meeting))


def is_approved(meeting: Meeting) -> bool:
    """Whether the minutes are locked: approved, or the meeting closed."""
    return meeting.state in {MeetingState.APPROVED, MeetingState.CLOSED}


def not_writing_words(meeting: Meeting) -> str:
    """Say why minutes cannot be written now, and what can be done."""
    if meeting.is_cancelled:
        return "Mødet er aflyst."
    if is_approved(meeting):
        return "Referatet er godkendt og låst. Tag godkendelsen tilbage for at rette."
    return "Referatet skrives, når mødet er sendt."


def note_written(meeting_pk: int) -> None:
    """Have the minutes printed, the closed ones too."""
    task = app.configure_task("meetings.print_minutes", lock=f"minutes-{meeting_pk}")
    task.defer(meeting_pk=meeting_pk)


def note_proposed(meeting_pk: int) -> None:
    """Have the meetings worked out that the minutes are an appendix of.

    Source: docs/rules.md R-54.
    """
    rows = Appendix.objects.filter(source=MINUTES, options__meeting=meeting_pk)
    for pk in set(rows.values_list("item__section__meeting", flat=True)):
        defer_refresh(pk)


def forget_minutes(meeting_pk: int) -> None:
    """Let no packet with these minutes be fresh while they are taken down.

    It is known at once, before a job has tried to form them.

    Source: docs/rules.md R-67.
    """
    newest = Minutes.objects.filter(meeting=meeting_pk).order_by("-number").values("pk")
    is_down = Minutes.objects.filter(Exists(closing_minutes()), pk__in=newest[:1])
    if is_down.exists():
        rows = Appendix.objects.filter(source=MINUTES, options__meeting=meeting_pk)
        rows.update(failure=NOT_FORMED, digest="", changes=[])
