"""Visions of a council, and which proposals and units serve them.

Which serve a vision is a set: two people's changes to it never collide.

Source: docs/rules.md R-82.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from accounts.models import Council
from core.deleted import undelete, undelete_with
from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from meetings.services import staleness
from proposals.models import Vision, VisionLink
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from proposals.models import Record


def create_vision(
    council_pk: int, *, title: str, other_title: str, other_place: str, by: User
) -> Vision:
    """Add a vision with the next number.

    Raises:
        ValidationError: there is no title.
    """
    with act("oprettede en vision", by):
        council = _locked(council_pk)
        rows = Vision.objects.filter(council=council)
        row = Vision(
            council=council,
            key=new_key(title, set(rows.values_list("key", flat=True))),
            number=_next_number(council),
            title=title,
            other_title=other_title,
            other_place=other_place,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        return row


def edit_vision(pk: int, *, version: int, by: User, **values: Any) -> Saved[Vision]:
    """Save a vision, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: the number is another's, or the title is empty.
    """
    vision = Vision.objects.get(pk=pk)
    with act(f"rettede {vision}", by):
        council = _locked(vision.council_id)
        row = Vision.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            staleness.defer_refresh_council(council.pk)
        return saved


def remove_vision(pk: int, *, by: User) -> None:
    """Delete a vision, and that anything serves it; the others keep their numbers."""
    vision = Vision.objects.get(pk=pk)
    with act(f"slettede {vision}", by):
        council = _locked(vision.council_id)
        Vision.objects.filter(pk=pk).delete()
        staleness.defer_refresh_council(council.pk)


def restore_vision(council_pk: int, pk: int, *, by: User) -> Vision:
    """Bring a deleted vision back with what served it; nothing happens if it is there.

    It gets the next number if its own has been taken.

    Raises:
        Vision.DoesNotExist: the council has had no such vision.
    """
    with act("fortrød sletning af en vision", by):
        council = _locked(council_pk)
        rows = Vision.objects.filter(council=council)
        if there := rows.filter(pk=pk).first():
            return there
        row = undelete(Vision, pk)
        if row.council_id != council.pk:
            raise Vision.DoesNotExist
        if rows.filter(number=row.number).exists():
            row.number = _next_number(council)
        row.touch(by)
        row.save(force_insert=True)
        for link in undelete_with(row, VisionLink, vision_id=pk):
            link.save(force_insert=True)
        staleness.defer_refresh_council(council.pk)
        return row


def link_visions(
    record: Record, *, visions: Collection[int], base: Collection[int], by: User
) -> bool:
    """Say which visions a record serves, merged with what others said since.

    Args:
        visions: as the user sends them, visions of the record's council.
        base: as the user's form began.

    Returns:
        Whether somebody else's changes were kept.
    """
    own: Any = {record.owner: record}
    with act(f"rettede visioner i {record}", by):
        locked = lock(record)
        links = VisionLink.objects.filter(**own)
        theirs = set(links.values_list("vision", flat=True))
        wanted = (theirs - (set(base) - set(visions))) | (set(visions) - set(base))
        links.exclude(vision__in=wanted).delete()
        VisionLink.objects.bulk_create(
            VisionLink(vision_id=pk, **own) for pk in sorted(wanted - theirs)
        )
        if wanted != theirs:
            finish(locked, by)
        return wanted != set(visions)


def _locked(council_pk: int) -> Council:
    """Lock the council before any of its visions, so that numbers are given in turn."""
    return Council.objects.select_for_update(of=("self",)).get(pk=council_pk)


def _next_number(council: Council) -> int:
    rows = Vision.objects.filter(council=council)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
