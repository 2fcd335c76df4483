"""Who else was at a meeting: guests and staff, merged row by row.

Source: docs/rules.md R-55.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from core.history import act
from meetings.models import Guest, Meeting
from meetings.services.writing import note_written, refuse_unless_writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one guest; without a name there is none."""

    name: str = ""
    role: str = ""


class OthersToldError(RuleViolationError):
    """Somebody else wrote something else of the same guests meanwhile.

    ``theirs`` is what stands now, by guest; one that is gone has no name.
    """

    def __init__(self, theirs: Mapping[int, Told]) -> None:
        super().__init__("Andre har skrevet noget andet om de samme gæster.")
        self.theirs = theirs


def write_guests(
    meeting_pk: int,
    *,
    told: Mapping[int, Told],
    seen: Mapping[int, Told],
    new: Iterable[Told],
    by: User,
) -> int:
    """Write who else was there; what others wrote of other guests stays.

    Args:
        told: guest's pk → what the user says; without a name the guest is taken out.
        seen: the same as it stood when the user opened the page.
        new: whom the user adds; one that is there already is not added twice.

    Returns:
        of how many something changed.

    Raises:
        OthersToldError: somebody else changed the same guest to something else.
        NotWritingError: the meeting is not sent, or its minutes are approved.
    """
    with act("skrev, hvem der også var til stede", by):
        meeting = Meeting.checkout(meeting_pk)
        refuse_unless_writing(meeting_pk)
        rows = {row.pk: row for row in meeting.guests.select_for_update()}
        now = {pk: Told(row.name, row.role) for pk, row in rows.items()}
        mine = {pk: said for pk, said in told.items() if said != seen.get(pk, Told())}
        _refuse_others(mine, seen, now)
        for pk, said in mine.items():
            _write(meeting, said, rows.get(pk), by)
        standing = {*(now | mine).values(), Told()}
        added = [each for each in dict.fromkeys(new) if each not in standing]
        for said in added:
            _write(meeting, said, None, by)
        if mine or added:
            note_written(meeting_pk)
        return len(mine) + len(added)


def _refuse_others(
    mine: Mapping[int, Told], seen: Mapping[int, Told], now: Mapping[int, Told]
) -> None:
    """Stop where somebody else changed the same guest to something else."""
    others = {
        pk: now.get(pk, Told())
        for pk, said in mine.items()
        if now.get(pk, Told()) not in {seen.get(pk, Told()), said}
    }
    if others:
        raise OthersToldError(others)


def _write(meeting: Meeting, said: Told, row: Guest | None, by: User) -> None:
    if not said.name:
        if row is not None:
            row.delete()
        return
    own = row or Guest(meeting=meeting)
    own.name, own.role = said.name, said.role
    own.touch(by)
    own.full_clean()
    own.save()
