"""Proposals whose title reads differently in two places: settle it, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from proposals.models import Proposal, TitleReading
from proposals.services.history import undelete
from proposals.services.records import refresh

if TYPE_CHECKING:
    from accounts.models import User

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


def _dropped_in(row: Proposal, chosen: Any) -> list[TitleReading]:
    """The readings that were deleted in the act that made an event of the proposal."""
    events: Any = TitleReading.pgh_event_model.objects  # type: ignore[attr-defined]
    deleted = events.filter(
        proposal_id=row.pk, pgh_label="delete", pgh_context_id=chosen.pgh_context_id
    )
    pks = deleted.values_list("pgh_obj_id", flat=True)
    still = set(row.readings.values_list("pk", flat=True))
    return [undelete(TitleReading, pk) for pk in pks if pk not in still]
