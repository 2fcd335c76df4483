"""Rows of a contract: added, edited, deleted, brought back.

Source: docs/rules.md R-125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core.deleted import undelete, undelete_with
from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.versions import Saved, changed_since, save_merged
from meetings.services import staleness
from resultcontracts.models import Contract, Goal, LocalAgreement
from resultcontracts.parts import CHILDREN, PARTS

if TYPE_CHECKING:
    from accounts.models import User
    from resultcontracts.parts import Part

CHANGED_SINCE = "En anden har rettet det, siden du så det. Se det igen, før du sletter."


def add_part(
    part: Part, contract_pk: int, parent_pk: int, *, by: User, **values: Any
) -> Any:
    """Add a row of a kind, last among those beside it.

    Raises:
        ObjectDoesNotExist: the contract has no such parent.
        ValidationError: a value is refused.
    """
    with act(f"tilføjede {part.name}", by):
        contract = Contract.checkout(contract_pk)
        parent = _parent(part, contract, parent_pk)
        held = part.holder(parent)
        beside = _beside(part, held)
        own: dict[str, Any] = {part.of: held, "changed_by": str(by)}
        if part.has_position:
            own["position"] = _after(beside)
        if part.has_key:
            taken = set(_keyed_with(part, contract, beside))
            own["key"] = new_key(_title(values), taken, fallback=part.word)
        row: Any = part.model(**own, **values)
        row.full_clean()
        row.save()
        staleness.defer_refresh_council(contract.council_id)
        return row


def edit_part(
    part: Part, contract_pk: int, pk: int, *, version: int, by: User, **values: Any
) -> Saved[Any]:
    """Save a row, merged with what others saved since.

    Raises:
        ObjectDoesNotExist: the contract has no such row.
        ConflictError: both changed the same field.
        ValidationError: a value is refused.
    """
    with act(f"rettede {part.name}", by):
        contract = Contract.checkout(contract_pk)
        rows(part, contract).get(pk=pk)
        saved = save_merged(part.model.checkout(pk), values, version=version, by=by)
        if saved.is_written:
            staleness.defer_refresh_council(contract.council_id)
        return saved


def remove_part(
    part: Part, contract_pk: int, pk: int, *, version: int = 0, by: User
) -> None:
    """Delete a row with what hangs on it; what was measured keeps it.

    Args:
        version: as the user saw it; 0 asks for no comparison.

    Raises:
        ObjectDoesNotExist: the contract has no such row.
        RuleViolationError: it is measured, or somebody has changed it since.
    """
    with act(f"slettede {part.name}", by):
        contract = Contract.checkout(contract_pk)
        row = rows(part, contract).get(pk=pk)
        for lookup, why in part.needs:
            if part.model._default_manager.filter(  # noqa: SLF001
                pk=pk, **{f"{lookup}__isnull": False}
            ).exists():
                raise RuleViolationError(f"Det kan ikke slettes. {why}")
        names = [f.name for f in row._meta.concrete_fields if f.editable]  # noqa: SLF001
        if version and changed_since(row, version, names):
            raise RuleViolationError(CHANGED_SINCE)
        row.delete()
        staleness.defer_refresh_council(contract.council_id)


def restore_part(part: Part, contract_pk: int, pk: int, *, by: User) -> Any:
    """Bring a deleted row back with what hung on it; nothing happens if it is there.

    Raises:
        ObjectDoesNotExist: the contract has had no such row, or its parent is gone.
        ValidationError: another has its number by now.
    """
    with act(f"fortrød sletning af {part.name}", by):
        contract = Contract.checkout(contract_pk)
        if there := rows(part, contract).filter(pk=pk).first():
            return there
        row: Any = undelete(part.model, pk)
        _check_belongs(part, contract, row)
        _place_again(part, row)
        row.touch(by)
        row.full_clean()
        row.save(force_insert=True)
        _restore_children(row)
        staleness.defer_refresh_council(contract.council_id)
        return row


def _restore_children(row: Any) -> None:
    for part in CHILDREN.get(type(row), ()):
        for child in undelete_with(row, part.model, **{f"{part.of}_id": row.pk}):
            child.save(force_insert=True)
            _restore_children_of(row, child)


def _restore_children_of(gone: Any, row: Any) -> None:
    """Give a row that went with ``gone`` what hung on it, and went in the same act."""
    for part in CHILDREN.get(type(row), ()):
        for child in undelete_with(gone, part.model, **{f"{part.of}_id": row.pk}):
            child.save(force_insert=True)


def rows(part: Part, contract: Contract) -> Any:
    """Give the rows of a kind that a contract has."""
    asked = part.of_contract(contract.house_id, contract.council_id, contract)
    return part.model._default_manager.filter(**asked)  # noqa: SLF001


def _beside(part: Part, held: Any) -> Any:
    return part.model._default_manager.filter(**{part.of: held})  # noqa: SLF001


def _after(beside: Any) -> int:
    return int(beside.aggregate(last=Max("position"))["last"] or 0) + 1


def _place_again(part: Part, row: Any) -> None:
    """Put a row last that comes back to a place that another has by now."""
    if not part.has_position:
        return
    beside = _beside(part, getattr(row, f"{part.of}_id"))
    if beside.filter(position=row.position).exists():
        row.position = _after(beside)


def _keyed_with(part: Part, contract: Contract, beside: Any) -> Any:
    """Give the keys that a new row may not have: of goals and agreements, all in the council.

    What was sent and decided of a goal is found by its key alone, whatever the contract;
    an agreement may be moved to another municipality.
    """
    if part.model is Goal:
        beside = Goal.objects.filter(contract__council=contract.council_id)
    if part.model is LocalAgreement:
        council = contract.council_id
        beside = LocalAgreement.objects.filter(municipality__council=council)
    return beside.values_list("key", flat=True)


def _check_belongs(part: Part, contract: Contract, row: Any) -> None:
    """Refuse a row that comes back to something else than what the contract has."""
    if not part.is_of_house or part.parent is not Contract:
        _parent(part, contract, getattr(row, f"{part.of}_id"))
        return
    council = row.municipality.council_id
    if (row.house_id, council) != (contract.house_id, contract.council_id):
        raise part.model.DoesNotExist


def _parent(part: Part, contract: Contract, pk: int) -> Any:
    if part.parent is Contract:
        if contract.pk != pk:
            raise Contract.DoesNotExist
        return contract
    above = next(p for p in PARTS.values() if p.model is part.parent)
    return rows(above, contract).get(pk=pk)


def _title(values: dict[str, Any]) -> str:
    for name in ("label", "title", "name"):
        if values.get(name):
            return str(values[name])
    return ""
