"""Figures, references and dependencies: parts of a record without an order of text.

What is removed is deleted; its history has it, and undo takes it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from proposals.figures import read_figure
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Proposal,
)
from proposals.services.records import finish, lock, lock_record_of, undelete

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.services.records import Record


def add_figure(record: Record, *, by: User, **values: Any) -> Figure:
    """Add a figure last in the record's table.

    Args:
        values: the fields of ``Figure`` that the user fills in.

    Raises:
        ValidationError: a figure that breaks a constraint.
    """
    with act(f"tilføjede et tal i {record}", by):
        locked = lock(record)
        last = locked.figures.aggregate(last=Max("position"))["last"] or 0
        row = Figure(
            proposal=locked if isinstance(locked, Proposal) else None,
            unit=locked if isinstance(locked, CooperationUnit) else None,
            position=last + 1,
            changed_by=str(by),
            **{**values, **read_figure(values["printed"])},
        )
        row.full_clean()
        row.save()
        finish(locked, by)
        return row


def edit_figure(pk: int, *, version: int, by: User, **values: Any) -> Saved[Figure]:
    """Save a figure, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: a figure that breaks a constraint.
    """
    figure = Figure.objects.select_related("proposal", "unit").get(pk=pk)
    with act(f"rettede tallet {figure} i {figure.proposal or figure.unit}", by):
        record = lock_record_of(figure)
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


def remove_figure(pk: int, *, by: User) -> Figure:
    """Delete a figure; ``restore_figure`` takes it back from its history."""
    figure = Figure.objects.select_related("proposal", "unit").get(pk=pk)
    with act(f"slettede tallet {figure} i {figure.proposal or figure.unit}", by):
        record = lock_record_of(figure)
        Figure.objects.filter(pk=pk).delete()
        finish(record, by)
        return figure


def restore_figure(record: Record, pk: int, *, by: User) -> Figure:
    """Bring a deleted figure of the record back; nothing happens if it is there.

    Raises:
        Figure.DoesNotExist: the record has had no such figure.
    """
    with act(f"fortrød sletning af et tal i {record}", by):
        locked = lock(record)
        if there := locked.figures.filter(pk=pk).first():
            return there
        figure = undelete(Figure, pk)
        if record not in {figure.proposal, figure.unit}:
            raise Figure.DoesNotExist
        figure.touch(by)
        figure.save(force_insert=True)
        finish(locked, by)
        return figure


def add_reference(record: Proposal, *, to: Proposal, wording: str, by: User) -> None:
    """Note that a proposal refers to another.

    Raises:
        RuleViolationError: a proposal cannot refer to itself.
    """
    _refuse_self(record, to)
    with act(f"tilføjede en henvisning i {record}", by):
        locked = lock(record)
        last = locked.references.aggregate(last=Max("position"))["last"] or 0
        CrossReference.objects.create(
            proposal=locked,
            to=to,
            position=last + 1,
            wording=wording,
            changed_by=str(by),
        )
        finish(locked, by)


def edit_reference(
    pk: int, *, version: int, to: Proposal, wording: str, by: User
) -> Saved[CrossReference]:
    """Let a reference point elsewhere, or say it in other words.

    Raises:
        ConflictError: both changed the same field.
        RuleViolationError: a proposal cannot refer to itself.
    """
    record = CrossReference.objects.select_related("proposal").get(pk=pk).proposal
    _refuse_self(record, to)
    with act(f"rettede en henvisning i {record}", by):
        locked = lock(record)
        row = CrossReference.checkout(pk)
        before = row.version
        values = {"to": to, "wording": wording}
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            finish(locked, by)
        return saved


def remove_reference(pk: int, *, by: User) -> CrossReference:
    """Delete a reference; ``restore_reference`` brings it back."""
    row = CrossReference.objects.select_related("proposal").get(pk=pk)
    with act(f"slettede en henvisning i {row.proposal}", by):
        locked = lock(row.proposal)
        CrossReference.objects.filter(pk=pk).delete()
        finish(locked, by)
        return row


def restore_reference(record: Proposal, pk: int, *, by: User) -> None:
    """Bring a deleted reference of the record back; nothing happens if it is there.

    Raises:
        CrossReference.DoesNotExist: the record has had no such reference.
    """
    with act(f"fortrød sletning af en henvisning i {record}", by):
        locked = lock(record)
        if locked.references.filter(pk=pk).exists():
            return
        row = undelete(CrossReference, pk)
        if row.proposal != record:
            raise CrossReference.DoesNotExist
        row.touch(by)
        row.save(force_insert=True)
        finish(locked, by)


def add_dependency(
    record: CooperationUnit, *, to: CooperationUnit, kind: str, text: str, by: User
) -> None:
    """Note that a unit leans on another.

    Raises:
        ValidationError: the text or the kind is none that can be kept.
        RuleViolationError: to itself, or to a unit that it leans on already.
    """
    if record.pk == to.pk:
        raise RuleViolationError("En enhed kan ikke hænge sammen med sig selv.")
    with act(f"tilføjede en sammenhæng i {record}", by):
        locked = lock(record)
        _refuse_second(locked, to)
        row = Dependency(unit=locked, to=to, kind=kind, text=text)
        row.full_clean()
        row.save()
        finish(locked, by)


def remove_dependency(pk: int, *, by: User) -> Dependency:
    """Delete a dependency; ``restore_dependency`` brings it back."""
    row = Dependency.objects.select_related("unit").get(pk=pk)
    with act(f"slettede en sammenhæng i {row.unit}", by):
        locked = lock(row.unit)
        Dependency.objects.filter(pk=pk).delete()
        finish(locked, by)
        return row


def restore_dependency(record: CooperationUnit, pk: int, *, by: User) -> None:
    """Bring a deleted dependency of the record back; nothing happens if it is there.

    Raises:
        Dependency.DoesNotExist: the record has had no such dependency.
        RuleViolationError: it leans on that unit by another dependency now.
    """
    with act(f"fortrød sletning af en sammenhæng i {record}", by):
        locked = lock(record)
        if locked.dependencies.filter(pk=pk).exists():
            return
        row = undelete(Dependency, pk)
        if row.unit != record:
            raise Dependency.DoesNotExist
        _refuse_second(locked, row.to)
        row.save(force_insert=True)
        finish(locked, by)


def _refuse_self(record: Proposal, to: Proposal) -> None:
    if record.pk == to.pk:
        raise RuleViolationError("Et forslag kan ikke henvise til sig selv.")


def _refuse_second(record: CooperationUnit, to: CooperationUnit) -> None:
    if record.dependencies.filter(to=to).exists():
        raise RuleViolationError(f"Enheden peger allerede på {to}.")
