"""What texts say of a contract: written down, edited, deleted, brought back.

Source: docs/rules.md R-119.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.deleted import undelete
from core.errors import RuleViolationError
from core.keys import new_key
from core.versions import Saved, event_at, save_merged
from resultcontracts.models import Claim, Contract
from resultcontracts.services.answers import CHANGED_SINCE
from resultcontracts.services.changing import changing

if TYPE_CHECKING:
    from accounts.models import User


def add_claim(contract_pk: int, *, by: User, **values: Any) -> Claim:
    """Write down what a text says.

    Args:
        values: fields of the claim.

    Raises:
        ValidationError: it cannot be kept as it stands.
    """
    with changing("skrev en påstand ned", by, contract=contract_pk):
        contract = _locked(contract_pk)
        taken = set(contract.claims.values_list("key", flat=True))
        words = f"{values.get('place', '')} {values.get('quote', '')}"
        row = Claim(
            contract=contract, key=new_key(words, taken), changed_by=str(by), **values
        )
        row.full_clean()
        row.save()
        return row


def edit_claim(pk: int, *, version: int, by: User, **values: Any) -> Saved[Claim]:
    """Write it in another way, merged with what others saved since.

    Raises:
        ConflictError: both changed the same.
        ValidationError: it cannot be kept as it stands.
    """
    with changing("rettede en påstand", by, claim=pk):
        return save_merged(Claim.checkout(pk), values, version=version, by=by)


def undo_claim(pk: int, *, version: int, names: tuple[str, ...], by: User) -> Claim:
    """Take back the edit that gave a claim its version.

    Raises:
        RuleViolationError: it has been changed since.
    """
    with changing("fortrød en rettelse af en påstand", by, claim=pk):
        row = Claim.checkout(pk)
        if row.version != version or version <= 1:
            raise RuleViolationError(CHANGED_SINCE)
        before = event_at(row, version - 1)
        for name in names:
            setattr(row, name, getattr(before, name))
        row.touch(by)
        row.full_clean()
        row.save()
        return row


def remove_claim(pk: int, *, by: User) -> None:
    """Delete a claim; ``restore_claim`` takes it back."""
    with changing("slettede en påstand", by, claim=pk):
        Claim.checkout(pk).delete()


def restore_claim(contract_pk: int, pk: int, *, by: User) -> Claim:
    """Bring a deleted claim back; nothing happens if it is there.

    Raises:
        Claim.DoesNotExist: the contract has had no such claim.
    """
    with changing("fortrød sletning af en påstand", by, contract=contract_pk):
        contract = _locked(contract_pk)
        if there := contract.claims.filter(pk=pk).first():
            return there
        row = undelete(Claim, pk)
        if row.contract_id != contract.pk:
            raise Claim.DoesNotExist
        row.touch(by)
        row.full_clean()
        row.save(force_insert=True)
        return row


def _locked(contract_pk: int) -> Contract:
    """Lock the contract, so that no two of its claims get one key."""
    return Contract.objects.select_for_update(of=("self",)).get(pk=contract_pk)
