"""Parts of a record that are deleted when they go: add, remove, and undo.

Their history has them; undo takes them from there. Points only hide, and have a module
of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from core.deleted import undelete
from core.errors import RuleViolationError
from core.figures import read_figure
from core.history import act
from core.models import Versioned
from core.versions import Saved, delete_unchanged, save_merged
from proposals.choices import DependencyKind
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Proposal,
)
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from django.db import models

    from accounts.models import User
    from proposals.models import Record

    type Part = Figure | CrossReference | Dependency

ONE: Final[dict[type[models.Model], str]] = {
    Figure: "et tal",
    CrossReference: "en henvisning",
    Dependency: "en sammenhæng",
}

SEEN: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Figure: (
        "printed",
        "measure",
        "what",
        "year",
        "is_derived",
        "topic",
        "source",
        "source_url",
    ),
    CrossReference: ("to", "wording"),
}
"""What of a part somebody may have changed since another read it."""


def add_figure(record: Record, *, by: User, **values: Any) -> Figure:
    """Add a figure last in the record's table.

    Args:
        values: the fields of ``Figure`` that the user fills in.

    Raises:
        ValidationError: a figure that breaks a constraint.
    """
    own = {record.owner: record, **values, **read_figure(values["printed"])}
    return _add(Figure(**own), by)


def edit_figure(pk: int, *, version: int, by: User, **values: Any) -> Saved[Figure]:
    """Save a figure, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: a figure that breaks a constraint.
    """
    figure = Figure.objects.select_related("proposal", "unit").get(pk=pk)
    with act(f"rettede tallet {figure} i {figure.record}", by):
        record = lock(figure.record)
        row = Figure.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            for name, number in read_figure(saved.row.printed).items():
                setattr(saved.row, name, number)
            saved.row.full_clean()
            saved.row.save()
            finish(record, by)
        return saved


def add_reference(
    record: Proposal, *, to: Proposal, wording: str, by: User
) -> CrossReference:
    """Note that a proposal refers to another.

    Raises:
        RuleViolationError: a proposal cannot refer to itself.
        ValidationError: there is no wording.
    """
    return _add(CrossReference(proposal=record, to=to, wording=wording), by)


def edit_reference(
    pk: int, *, version: int, by: User, **values: Any
) -> Saved[CrossReference]:
    """Let a reference point elsewhere (``to``), or say it in other words (``wording``).

    Raises:
        ConflictError: both changed the same field.
        RuleViolationError: a proposal cannot refer to itself.
    """
    reference = CrossReference.objects.select_related("proposal").get(pk=pk)
    with act(f"rettede en henvisning i {reference.record}", by):
        record = lock(reference.record)
        row = CrossReference.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        _refuse_self(saved.row)
        if saved.row.version != before:
            finish(record, by)
        return saved


def add_dependency(
    record: CooperationUnit, *, to: CooperationUnit, kind: str, text: str, by: User
) -> Dependency:
    """Note that a unit leans on another.

    Raises:
        ValidationError: the text or the kind is none that can be kept.
        RuleViolationError: to itself, or to a unit that it leans on already.
    """
    return _add(Dependency(unit=record, to=to, kind=kind, text=text), by)


def turn_dependency(pk: int, *, seen: str, kind: str, by: User) -> Dependency:
    """Let a dependency be of another kind; its wording stays.

    Args:
        seen: the kind the user saw.

    Raises:
        RuleViolationError: there is no such kind, or somebody turned it meanwhile.

    Source: docs/rules.md R-106.
    """
    if kind not in DependencyKind.values:
        raise RuleViolationError("Vælg, hvordan enhederne hænger sammen.")
    dependency = Dependency.objects.select_related("unit").get(pk=pk)
    with act(f"ændrede en sammenhæng i {dependency.record}", by):
        record = lock(dependency.record)
        row = Dependency.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.kind == kind:
            return row
        if row.kind != seen:
            raise RuleViolationError("Sammenhængen er ændret imens. Se den igen.")
        row.kind = kind
        row.save()
        finish(record, by)
        return row


def remove_part(part: Part, *, seen: int = 0, by: User) -> None:
    """Delete a part; ``restore_part`` takes it back from its history.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody edited it since.
    """
    what = f"tallet {part}" if isinstance(part, Figure) else ONE[type(part)]
    with act(f"slettede {what} i {part.record}", by):
        record = lock(part.record)
        if isinstance(part, Dependency):
            Dependency.objects.filter(pk=part.pk).delete()
        else:
            names = SEEN[type(part)]
            delete_unchanged(type(part), part.pk, seen=seen, names=names)
        finish(record, by)


def restore_part[P: (Figure, CrossReference, Dependency)](
    model: type[P], record: Record, pk: int, *, by: User
) -> P:
    """Bring a deleted part of the record back; nothing happens if it is there.

    Raises:
        model.DoesNotExist: the record has had no such part.
        RuleViolationError: something stands in its place now.
    """
    rows = model._default_manager.filter(**{record.owner: record})  # noqa: SLF001
    with act(f"fortrød sletning af {ONE[model]} i {record}", by):
        locked = lock(record)
        if there := rows.filter(pk=pk).first():
            return there
        part = undelete(model, pk)
        if part.record != record:
            raise model.DoesNotExist
        _refuse_second(part)
        if isinstance(part, Versioned):
            part.touch(by)
        part.save(force_insert=True)
        finish(locked, by)
        return part


def _add[P: (Figure, CrossReference, Dependency)](part: P, by: User) -> P:
    """Save a new part of a record, last among its like where they have an order."""
    with act(f"tilføjede {ONE[type(part)]} i {part.record}", by):
        locked = lock(part.record)
        _refuse_self(part)
        _refuse_second(part)
        if isinstance(part, Figure | CrossReference):
            peers = type(part)._default_manager.filter(**{locked.owner: locked})  # noqa: SLF001
            part.position = (peers.aggregate(last=Max("position"))["last"] or 0) + 1
            part.changed_by = str(by)
        part.full_clean()
        part.save()
        finish(locked, by)
        return part


def _refuse_self(part: Part) -> None:
    """Refuse a new link of a record to itself; those of the source are kept."""
    if isinstance(part, CrossReference) and part.is_to_itself:
        raise RuleViolationError("Et forslag kan ikke henvise til sig selv.")
    if isinstance(part, Dependency) and part.unit_id == part.to_id:
        raise RuleViolationError("En enhed kan ikke hænge sammen med sig selv.")


def _refuse_second(part: Part) -> None:
    """Refuse another dependency from a unit to one it leans on already."""
    if isinstance(part, Dependency) and part.unit.dependencies.filter(to=part.to_id):
        raise RuleViolationError(f"Enheden peger allerede på {part.to}.")
