"""The register of who sits in a council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from meetings.models import Member

if TYPE_CHECKING:
    from accounts.models import Council, User


def create_member(council: Council, *, by: User, **values: Any) -> Member:
    """Write a member into the council's register.

    Args:
        values: the member's fields.

    Raises:
        ValidationError: the term runs backwards, or a member stands in for another.
    """
    with act(f"skrev {values['name']} ind som medlem", by):
        member = Member(council=council, changed_by=str(by), **values)
        member.full_clean()
        member.save()
        return member


def edit_member(pk: int, *, version: int, by: User, **values: Any) -> Saved[Member]:
    """Save what is said of a member, merged with what others saved since.

    Args:
        version: the one the user opened.

    Raises:
        ConflictError: somebody changed the same field to another value.
        ValidationError: the term runs backwards, or a member stands in for another.
    """
    before = Member.objects.get(pk=pk)
    with act(f"rettede medlemmet {before.name}", by):
        return save_merged(Member.checkout(pk), values, version=version, by=by)


def remove_member(pk: int, *, by: User) -> None:
    """Take a member out of the register who was written in by mistake.

    Raises:
        RuleViolationError: an attendance or a substitute names the member.

    Source: docs/rules.md R-55.
    """
    before = Member.objects.get(pk=pk)
    with act(f"fjernede {before.name} fra registeret", by):
        try:
            Member.checkout(pk).delete()
        except ProtectedError as error:
            raise RuleViolationError(
                f"{before.name} står i et fremmøde eller har en suppleant. Skriv i "
                "stedet, hvornår perioden slutter."
            ) from error
