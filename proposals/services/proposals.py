"""Proposals: create, edit, settle the title, remove, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from proposals.models import Catalogue, Proposal, TitleReading
from proposals.services.catalogues import theme_for
from proposals.services.records import refresh, undelete

if TYPE_CHECKING:
    from accounts.models import User


def create_proposal(
    catalogue_pk: int,
    *,
    theme: int | None,
    new_theme: str,
    title: str,
    idea: str,
    by: User,
) -> Proposal:
    """Add a proposal with the next number.

    Raises:
        RuleViolationError: no theme is given.
        ValidationError: there is no title.
    """
    with act("oprettede et forslag", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        own = Proposal.objects.filter(catalogue=catalogue)
        row = Proposal(
            catalogue=catalogue,
            theme=theme_for(catalogue, theme=theme, new_theme=new_theme),
            key=new_key(title, set(own.values_list("key", flat=True))),
            number=_next_number(catalogue),
            title=title,
            idea=idea,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        refresh(row)
        return row


def edit_proposal(pk: int, *, version: int, by: User, **values: Any) -> Saved[Proposal]:
    """Save plain fields of a proposal, merged with what others saved since.

    Args:
        values: any of ``number``, ``theme`` (a row), ``title`` and ``idea``.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: the number is another's, or the title is empty.
    """
    proposal = Proposal.objects.select_related("catalogue").get(pk=pk)
    with act(f"rettede {proposal}", by):
        Catalogue.checkout(proposal.catalogue_id)
        row = Proposal.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            refresh(saved.row)
        return saved


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


def undo_title(pk: int, *, by: User) -> Proposal:
    """Take back the latest choice of title, with the readings that it dropped.

    Nothing happens when the proposal has been changed since.
    """
    proposal = Proposal.objects.get(pk=pk)
    with act(f"fortrød valg af titel til {proposal}", by):
        row = Proposal.checkout(pk)
        events: Any = row.events  # type: ignore[attr-defined]
        chosen = events.filter(version=row.version).order_by("-pgh_id").first()
        before = events.filter(version__lt=row.version).order_by("-pgh_id").first()
        dropped = _dropped_in(row, chosen)
        if not dropped or before is None:
            return row
        for reading in dropped:
            reading.save(force_insert=True)
        row.title = before.title
        row.touch(by)
        row.save()
        refresh(row)
        return row


def remove_proposal(pk: int, *, by: User) -> Proposal:
    """Take a proposal out; the others keep their numbers."""
    proposal = Proposal.objects.get(pk=pk)
    with act(f"slettede {proposal}", by):
        row = Proposal.checkout(pk)
        if row.number is not None:
            row.removed_number, row.number = row.number, None
            row.touch(by)
            row.save()
            refresh(row)
        return row


def restore_proposal(pk: int, *, by: User) -> Proposal:
    """Put a proposal back; it gets the next number if its own has been taken."""
    proposal = Proposal.objects.get(pk=pk)
    with act(f"fortrød sletning af forslag {proposal.removed_number}", by):
        catalogue = Catalogue.checkout(proposal.catalogue_id)
        row = Proposal.checkout(pk)
        if row.number is None:
            taken = Proposal.objects.filter(
                catalogue=catalogue, number=row.removed_number
            ).exists()
            row.number = _next_number(catalogue) if taken else row.removed_number
            row.removed_number = None
            row.touch(by)
            row.save()
            refresh(row)
        return row


def _next_number(catalogue: Catalogue) -> int:
    own = Proposal.objects.filter(catalogue=catalogue)
    return int(own.aggregate(last=Max("number"))["last"] or 0) + 1


def _dropped_in(row: Proposal, chosen: Any) -> list[TitleReading]:
    """The readings that were deleted in the act that made an event of the proposal."""
    events: Any = TitleReading.pgh_event_model.objects  # type: ignore[attr-defined]
    deleted = events.filter(
        proposal_id=row.pk, pgh_label="delete", pgh_context_id=chosen.pgh_context_id
    )
    pks = deleted.values_list("pgh_obj_id", flat=True)
    still = set(row.readings.values_list("pk", flat=True))
    return [undelete(TitleReading, pk) for pk in pks if pk not in still]
