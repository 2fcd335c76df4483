"""The agenda's sections: add, rename, move, remove and put back.

The meeting is locked first wherever numbers change, as with its items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from core.order import moved
from core.versions import Saved, save_merged
from meetings.choices import MAX_SECTIONS
from meetings.models import AgendaItem, Meeting, Section
from meetings.services.life import refuse_if_locked
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User


def add_section(meeting_pk: int, *, title: str, by: User) -> Section:
    """Add an empty section last in a meeting.

    Raises:
        RuleViolationError: the meeting has as many as it may have.
        ValidationError: the title is missing or too long.
    """
    with act(f"tilføjede afsnittet ”{title}”", by):
        Meeting.checkout(meeting_pk)
        refuse_if_locked(meeting_pk)
        rows = _sections(meeting_pk)
        if len(rows) >= MAX_SECTIONS:
            raise RuleViolationError(f"Et møde kan højst have {MAX_SECTIONS} afsnit.")
        number = rows[-1].number + 1 if rows else 1
        section = Section(
            meeting_id=meeting_pk, number=number, title=title, changed_by=str(by)
        )
        section.full_clean()
        section.save()
        return section


def edit_section(pk: int, *, version: int, title: str, by: User) -> Saved[Section]:
    """Give a section another title, merged with what others saved since.

    Args:
        version: the one the user opened.

    Raises:
        ConflictError: somebody gave it another title meanwhile.
        Section.DoesNotExist: it was removed.
        ValidationError: the title is missing or too long.
    """
    before = Section.objects.get(pk=pk)
    with act(f"omdøbte afsnit {before}", by):
        refuse_if_locked(before.meeting_id)
        section = Section.checkout(pk)
        started_at = section.version
        saved = save_merged(section, {"title": title}, version=version, by=by)
        if section.version != started_at:
            defer_refresh(section.meeting_id)
        return saved


def move_section(pk: int, *, to: int, by: User) -> Section:
    """Move a section to a place among its meeting's, from 1; outside is the nearest end.

    The numbers stay where they are: an agenda that begins with 2 goes on doing so.

    Raises:
        RuleViolationError: the meeting is published, its numbers are said aloud.
        Section.DoesNotExist: it was removed.
    """
    before = Section.objects.get(pk=pk)
    with act(f"flyttede afsnit {before}", by):
        meeting = Meeting.checkout(before.meeting_id)
        refuse_if_locked(before.meeting_id)
        _refuse_if_published(meeting)
        rows = _sections(before.meeting_id)
        section = next((row for row in rows if row.pk == pk), None)
        if section is None:
            raise Section.DoesNotExist
        numbers = [row.number for row in rows]
        _number(moved(rows, section, to), numbers, by)
        defer_refresh(before.meeting_id)
        return section


def remove_section(pk: int, *, by: User) -> Section:
    """Take an empty section out; those after it move up.

    Items that were removed from it can still be put back: into the section beside it.

    Raises:
        RuleViolationError: it has items, it is the only one, or those after it are
            published with their numbers.
        Section.DoesNotExist: it was removed already.
    """
    before = Section.objects.get(pk=pk)
    with act(f"fjernede afsnit {before}", by):
        meeting = Meeting.checkout(before.meeting_id)
        refuse_if_locked(before.meeting_id)
        section = Section.checkout(pk)
        if AgendaItem.objects.filter(section=section).present().exists():
            message = f"Afsnit {section} har punkter. Flyt eller fjern dem først."
            raise RuleViolationError(message)
        rows = _sections(before.meeting_id)
        if len(rows) == 1:
            raise RuleViolationError("Et møde skal have mindst ét afsnit.")
        at = next(place for place, row in enumerate(rows) if row.pk == pk)
        if rows[at + 1 :]:
            _refuse_if_published(meeting)
        beside = rows[at - 1] if at else rows[1]
        AgendaItem.objects.filter(section=section).update(section=beside)
        Section.objects.filter(pk=pk).delete()
        after = rows[at + 1 :]
        _number(after, [row.number - 1 for row in after], by)
        defer_refresh(before.meeting_id)
        return section


def restore_section(meeting_pk: int, pk: int, *, by: User) -> Section:
    """Put a removed section back where it stood, as its history has it.

    Raises:
        RuleViolationError: the meeting was published meanwhile, with its numbers.
        Section.DoesNotExist: the meeting never had such a section.
    """
    events: Any = Section.pgh_event_model.objects  # type: ignore[attr-defined]
    own = events.filter(pgh_obj_id=pk, meeting=meeting_pk, pgh_label="delete")
    last = own.order_by("-pgh_id").first()
    if last is None:
        raise Section.DoesNotExist
    with act(f"fortrød, at afsnit {last.number}. {last.title} blev fjernet", by):
        meeting = Meeting.checkout(meeting_pk)
        refuse_if_locked(meeting_pk)
        rows = _sections(meeting_pk)
        standing = next((row for row in rows if row.pk == pk), None)
        if standing is not None:
            return standing
        section = Section(
            pk=pk,
            meeting_id=meeting_pk,
            number=last.number,
            title=last.title,
            version=last.version,
        )
        section.touch(by)
        after = [row for row in rows if row.number >= last.number]
        if after and after[0].number == last.number:
            _refuse_if_published(meeting)
            _number(after, [row.number + 1 for row in after], by)
        section.save(force_insert=True)
        defer_refresh(meeting_pk)
        return section


def _refuse_if_published(meeting: Meeting) -> None:
    if meeting.publications.exists():
        message = "Mødet er sendt, så afsnittenes numre ligger fast."
        raise RuleViolationError(message)


def _sections(meeting_pk: int) -> list[Section]:
    return list(Section.objects.filter(meeting=meeting_pk).order_by("number"))


def _number(rows: Sequence[Section], numbers: Sequence[int], by: User) -> None:
    """Write these numbers on sections whose meeting is locked; one query a change."""
    for row, number in zip(rows, numbers, strict=True):
        if row.number != number:
            row.number = number
            row.touch(by)
            row.save()
