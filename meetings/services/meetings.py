"""Creating and editing a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from accounts.models import Council
from core import search
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from meetings.choices import MeetingState
from meetings.models import Meeting, Section
from meetings.search import scope_of
from meetings.services.life import refuse_if_locked
from meetings.services.staleness import defer_opening, defer_refresh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User

# Where a removed meeting is found, with its pk behind.
REMOVED = "fjernet-"
_LETTERS = "bcdefghijklmnopqrstuvwxyz"


def create_meeting(
    *, council: Council, held_on: date, sections: Sequence[str], by: User, **values: Any
) -> Meeting:
    """Create a meeting with empty sections, numbered from 1.

    Args:
        sections: their titles, at least one.
        values: ``kind``, ``starts_at``, ``ends_at``, ``place``.

    Raises:
        ValidationError: the day has as many meetings as there are letters.
    """
    with act("oprettede mødet", by):
        Council.objects.select_for_update().get(pk=council.pk)
        meeting = Meeting(
            council=council,
            slug=_free_slug(council.pk, held_on),
            held_on=held_on,
            changed_by=str(by),
            **values,
        )
        meeting.full_clean()
        meeting.save()
        for number, title in enumerate(sections, 1):
            section = Section(
                meeting=meeting, number=number, title=title, changed_by=str(by)
            )
            section.full_clean()
            section.save()
        search.changed(scope_of(meeting.pk))
        return meeting


def edit_meeting(pk: int, *, version: int, by: User, **values: Any) -> Saved[Meeting]:
    """Save a meeting's date, hours and place; its address follows the date until sent.

    Args:
        version: the one the user opened.
        values: ``kind``, ``held_on``, ``starts_at``, ``ends_at``, ``place``, and days
            of its own: ``drafts_on``, ``approval_on``, ``sending_on``, ``public_at``.

    Raises:
        ConflictError: somebody changed the same field to another value.
        RuleViolationError: it is sent and locked, or would be of another kind.
        ValidationError: it would end before it begins, or the day is full.
    """
    with act("rettede mødets oplysninger", by):
        # Days are given out one at a time, as when a meeting is created.
        council = Meeting.objects.values("council_id").get(pk=pk)["council_id"]
        Council.objects.select_for_update().get(pk=council)
        meeting = Meeting.checkout(pk)
        refuse_if_locked(pk)
        before, kind, was_public = meeting.held_on, meeting.kind, meeting.is_public
        saved = save_merged(meeting, values, version=version, by=by)
        is_sent = meeting.publications.exists()
        if is_sent and meeting.kind != kind:
            raise RuleViolationError(
                "Mødetypen siger, hvem der kan læse det sendte. Den ligger fast."
            )
        if is_sent and was_public and not meeting.is_public:
            raise RuleViolationError("Mødet er offentligt allerede.")
        if is_sent:
            defer_opening(meeting)
        if meeting.held_on != before and not is_sent:
            meeting.slug = _free_slug(meeting.council_id, meeting.held_on)
            meeting.save(update_fields=["slug"])
        defer_refresh(pk)
        return saved


def remove_meeting(pk: int, *, by: User) -> Meeting:
    """Take a draft away with all that stands on its agenda; it can be put back.

    Raises:
        RuleViolationError: it was sent, or waits for approval.
    """
    with act("fjernede mødet", by):
        meeting = Meeting.checkout(pk)
        if meeting.publications.exists():
            raise RuleViolationError("Mødet er sendt og kan ikke fjernes.")
        if meeting.state != MeetingState.DRAFT:
            raise RuleViolationError(
                "Mødet er til godkendelse. Tag det tilbage til udkast, før det fjernes."
            )
        if not meeting.is_removed:
            meeting.is_removed, meeting.slug = True, f"{REMOVED}{pk}"
            meeting.touch(by)
            meeting.save()
            search.changed(scope_of(pk))
        return meeting


def restore_meeting(pk: int, *, by: User) -> Meeting:
    """Put a removed meeting back on its day.

    Raises:
        ValidationError: the day is full by now.
    """
    with act("fortrød, at mødet blev fjernet", by):
        council = Meeting.objects.values("council_id").get(pk=pk)["council_id"]
        Council.objects.select_for_update().get(pk=council)
        meeting = Meeting.checkout(pk)
        if meeting.is_removed:
            meeting.is_removed = False
            meeting.slug = _free_slug(council, meeting.held_on)
            meeting.touch(by)
            meeting.save()
            search.changed(scope_of(pk))
        return meeting


def _free_slug(council_pk: int, day: date) -> str:
    """Give the date, with a letter for the second meeting of a day."""
    own = Meeting.objects.filter(council=council_pk, slug__startswith=day.isoformat())
    taken: set[str] = set(own.values_list("slug", flat=True))
    wanted = (day.isoformat() + letter for letter in ("", *_LETTERS))
    slug: str | None = next((slug for slug in wanted if slug not in taken), None)
    if slug is None:
        raise ValidationError(
            {"held_on": "Der er ikke plads til flere møder den dag. Vælg en anden."}
        )
    return slug
