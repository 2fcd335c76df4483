"""Many proposals get a status at once: after a preview, as one act, taken back as one.

Source: docs/rules.md R-85.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.formats import counted
from core.history import act
from proposals.models import Catalogue, Proposal, Step
from proposals.services.records import refresh
from proposals.services.steps import refuse_future, write_step
from proposals.trail import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from accounts.models import User


class SeenOtherwiseError(RuleViolationError):
    """Proposals stand otherwise than they were shown; the preview is shown again."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done; ``token`` names the act, for whoever takes it back."""

    steps: tuple[Step, ...]
    token: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many steps were taken back; ``kept`` were edited since, and stay."""

    gone: int
    kept: int


def change_statuses(
    catalogue_pk: int, *, seen: Mapping[int, str], by: User, **values: Any
) -> Changed:
    """Give proposals a new step each: all of them, or none.

    Args:
        seen: pk of the proposal → ``Standing.seen`` as the preview showed it.
        values: the fields of the step, alike for all.

    Raises:
        SeenOtherwiseError: one was removed, or has come further, since it was shown.
        ValidationError, RuleViolationError: as ``steps.add_step``.
    """
    many = counted(len(seen), "forslag", "forslag")
    with act(f"skiftede status for {many}", by):
        Catalogue.checkout(catalogue_pk)
        refuse_future(values.get("taken_on"))
        rows = _locked(catalogue_pk, tuple(seen))
        now = {row.pk: standing_of(row).seen for row in rows}
        if now != dict(seen):
            raise SeenOtherwiseError("Et af forslagene er ændret imens.")
        steps = tuple(write_step(row, by=by, **values) for row in rows)
        _finish(rows, by)
        return Changed(steps, _act_of(steps))


def take_back(catalogue_pk: int, token: UUID, *, by: User) -> TakenBack:
    """Delete the steps of one act; those that somebody edited since stay.

    Raises:
        Step.DoesNotExist: the act has written no step in the catalogue.
    """
    with act("fortrød skift af status", by):
        Catalogue.checkout(catalogue_pk)
        pks = _written_in(catalogue_pk, token)
        if not pks:
            raise Step.DoesNotExist
        there = Step.objects.filter(pk__in=pks)
        rows = _locked(catalogue_pk, tuple(there.values_list("proposal", flat=True)))
        untouched = there.filter(version=1)
        own = set(untouched.values_list("proposal", flat=True))
        kept = there.count() - len(own)
        untouched.delete()
        _finish([row for row in rows if row.pk in own], by)
        return TakenBack(len(own), kept)


def _locked(catalogue_pk: int, pks: Sequence[int]) -> list[Proposal]:
    """Lock proposals that are there, in order, and read how far each has come."""
    rows = Proposal.objects.filter(catalogue=catalogue_pk, pk__in=pks).present()
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    return list(rows.select_related("catalogue").with_status().order_by("number"))


def _finish(rows: Sequence[Proposal], by: User) -> None:
    """Raise the versions of locked proposals; what is stale is worked out once."""
    for row in rows:
        row.touch(by)
        row.save(update_fields=["version", "changed_at", "changed_by"])
    if rows:
        refresh(rows[0])


def _act_of(steps: Sequence[Step]) -> str:
    """Give the act that wrote the steps, as the history calls it."""
    events: Any = Step.pgh_event_model.objects  # type: ignore[attr-defined]
    written = events.filter(pgh_obj_id=steps[0].pk, pgh_label="insert")
    return str(written.values_list("pgh_context_id", flat=True).get())


def _written_in(catalogue_pk: int, token: UUID) -> list[int]:
    """Give the steps that an act wrote, as far as they are the catalogue's."""
    events: Any = Step.pgh_event_model.objects  # type: ignore[attr-defined]
    written = events.filter(pgh_context_id=token, pgh_label="insert")
    own = written.filter(proposal__catalogue=catalogue_pk)
    return list(own.values_list("pgh_obj_id", flat=True))
