"""Titles that read differently in two places: written down, settled, and undone.

Source: docs/rules.md R-108.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from core.deleted import undelete
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from proposals.models import Proposal, TitleReading
from proposals.services.records import finish, lock, refresh

if TYPE_CHECKING:
    from accounts.models import User

TAKEN = "Titlen er allerede læst det sted. Skriv et andet, eller slet den først."
SECOND = "Oversigtens titel er allerede skrevet. Slet den først."
CHANGED_SINCE = "Forslaget er rettet siden. Titlen er ikke ændret."


def choose_title(pk: int, *, version: int, title: str, by: User) -> Saved[Proposal]:
    """Let one title stand in overview and body; the others stay in the history.

    The reading of the catalogue's own overview is dropped: from now on overview and body
    are one. Readings of other documents stay, as they were found.

    Raises:
        ConflictError: somebody else changed the title meanwhile.
        ValidationError: there is no title.
    """
    proposal = Proposal.objects.get(pk=pk)
    with act(f"valgte titel til {proposal}", by):
        row = Proposal.checkout(pk)
        before = row.version
        saved = save_merged(row, {"title": title}, version=version, by=by)
        if saved.row.version == before:
            row.touch(by)
            row.save()
        row.readings.filter(is_overview=True).delete()
        refresh(row)
        return saved


def add_reading(
    record: Proposal,
    *,
    place: str,
    text: str,
    is_short: bool,
    is_overview: bool,
    by: User,
) -> TitleReading:
    """Write down how the title, or the short one, reads in another place.

    Raises:
        ValidationError: that place has been read, or the overview has.
    """
    with act(f"skrev en læsning af titlen på {record}", by):
        locked = lock(record)
        rows = locked.readings.order_by("position")
        row = TitleReading(
            proposal=locked,
            position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1,
            place=place,
            text=text,
            is_short=is_short,
            is_overview=is_overview,
        )
        _refuse_second(row)
        row.full_clean()
        row.save()
        finish(locked, by)
        return row


def remove_reading(pk: int, *, by: User) -> None:
    """Delete a reading; ``restore_reading`` takes it back from its history."""
    row = TitleReading.objects.select_related("proposal").get(pk=pk)
    with act(f"slettede en læsning af titlen på {row.proposal}", by):
        locked = lock(row.proposal)
        TitleReading.objects.filter(pk=pk).delete()
        finish(locked, by)


def restore_reading(record: Proposal, pk: int, *, by: User) -> TitleReading:
    """Bring a deleted reading back; nothing happens if it is there.

    Raises:
        TitleReading.DoesNotExist: the proposal has had no such reading.
        ValidationError: that place, or the overview, has been read anew.
    """
    with act(f"fortrød sletning af en læsning af titlen på {record}", by):
        locked = lock(record)
        if there := locked.readings.filter(pk=pk).first():
            return there
        row = undelete(TitleReading, pk)
        if row.proposal_id != locked.pk:
            raise TitleReading.DoesNotExist
        _refuse_second(row)
        row.save(force_insert=True)
        finish(locked, by)
        return row


def undo_title(pk: int, *, by: User) -> Proposal:
    """Take back the latest choice of title, with the readings that it dropped.

    Raises:
        RuleViolationError: the proposal has been changed since.
    """
    proposal = Proposal.objects.get(pk=pk)
    with act(f"fortrød valg af titel til {proposal}", by):
        row = Proposal.checkout(pk)
        events: Any = row.events  # type: ignore[attr-defined]
        chosen = events.filter(version=row.version).order_by("-pgh_id").first()
        before = events.filter(version__lt=row.version).order_by("-pgh_id").first()
        dropped = _dropped_in(row, chosen)
        if not dropped or before is None:
            raise RuleViolationError(CHANGED_SINCE)
        for reading in dropped:
            reading.save(force_insert=True)
        row.title = before.title
        row.touch(by)
        row.save()
        refresh(row)
        return row


def _refuse_second(row: TitleReading) -> None:
    """Refuse a place that is read already, and a second overview."""
    others = TitleReading.objects.filter(proposal=row.proposal_id)
    if others.filter(place=row.place, is_short=row.is_short).exists():
        raise ValidationError({"place": TAKEN})
    if row.is_overview and others.filter(is_overview=True).exists():
        raise ValidationError({"is_overview": SECOND})


def _dropped_in(row: Proposal, chosen: Any) -> list[TitleReading]:
    """The readings that were deleted in the act that made an event of the proposal."""
    events: Any = TitleReading.pgh_event_model.objects  # type: ignore[attr-defined]
    deleted = events.filter(
        proposal_id=row.pk, pgh_label="delete", pgh_context_id=chosen.pgh_context_id
    )
    pks = deleted.values_list("pgh_obj_id", flat=True)
    still = set(row.readings.values_list("pk", flat=True))
    return [undelete(TitleReading, pk) for pk in pks if pk not in still]
