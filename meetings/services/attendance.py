"""Who was at a meeting: written for all members at once, merged member by member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from core.errors import RuleViolationError
from core.history import act
from meetings.choices import MemberRole, Presence
from meetings.models import Attendance, Meeting, Member
from meetings.services.writing import note_written, refuse_unless_writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one member: "" where nothing is, and who came instead."""

    presence: str = ""
    substitute: int | None = None


class OthersWroteError(RuleViolationError):
    """Somebody else wrote something else of the same members meanwhile.

    ``theirs`` is what stands now, by member.
    """

    def __init__(self, theirs: Mapping[int, Mark]) -> None:
        super().__init__("Andre har skrevet noget andet om de samme medlemmer.")
        self.theirs = theirs


def write_attendance(
    meeting_pk: int, *, marks: Mapping[int, Mark], seen: Mapping[int, Mark], by: User
) -> int:
    """Write who was there; what others wrote of other members stays.

    Args:
        marks: member's pk → what the user says.
        seen: the same as it stood when the user opened the page.

    Returns:
        of how many members something changed.

    Raises:
        OthersWroteError: somebody else changed the same member to something else.
        NotWritingError: the meeting is not sent, or its minutes are approved.
        RuleViolationError: a member or a substitute is not of the body that met.
    """
    with act("skrev fremmødet", by):
        meeting = Meeting.checkout(meeting_pk)
        refuse_unless_writing(meeting_pk)
        rows = {row.member_id: row for row in meeting.attendances.select_for_update()}
        _refuse_strangers(meeting, marks, set(rows))
        now = {pk: _mark(row) for pk, row in rows.items()}
        mine = {pk: mark for pk, mark in marks.items() if mark != seen.get(pk, Mark())}
        others = {
            pk: now.get(pk, Mark())
            for pk, mark in mine.items()
            if now.get(pk, Mark()) not in {seen.get(pk, Mark()), mark}
        }
        if others:
            raise OthersWroteError(others)
        for pk, mark in mine.items():
            _write(meeting, pk, mark, rows.get(pk), by)
        if mine:
            note_written(meeting_pk)
        return len(mine)


def _mark(row: Attendance) -> Mark:
    return Mark(row.presence, row.substitute_id)


def _refuse_strangers(
    meeting: Meeting, marks: Mapping[int, Mark], told: set[int]
) -> None:
    """Let those of the body be written, and those of whom something is written."""
    rows = Member.objects.filter(council=meeting.council_id)
    rows = rows.filter(Q(body=meeting.kind) | Q(pk__in=told))
    own = dict(rows.values_list("pk", "role"))
    known = all(
        pk in own
        and (
            mark.substitute is None or own.get(mark.substitute) == MemberRole.SUBSTITUTE
        )
        for pk, mark in marks.items()
    )
    if not known:
        raise RuleViolationError("Et af navnene står ikke i registeret. Vælg igen.")


def _write(
    meeting: Meeting, member_pk: int, mark: Mark, row: Attendance | None, by: User
) -> None:
    if not mark.presence:
        if row is not None:
            row.delete()
        return
    own = row or Attendance(meeting=meeting, member_id=member_pk)
    own.presence = mark.presence
    away = mark.presence != Presence.PRESENT
    own.substitute_id = mark.substitute if away else None
    own.touch(by)
    own.full_clean()
    own.save()
