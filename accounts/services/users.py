"""Making users, giving them roles, closing and opening their access. Nobody is deleted."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from accounts.choices import Role
from accounts.models import Membership, User
from core.errors import RuleViolationError
from core.history import act

if TYPE_CHECKING:
    from accounts.models import Council, Municipality, Organisation

# Letters and figures that are not mistaken for each other when read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 5


def new_password() -> str:
    """Give a password to be read aloud or copied once: four groups, 99 bits."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUPS)
    )


def create_user(  # noqa: PLR0913 -- one keyword a field
    council: Council,
    *,
    name: str,
    email: str,
    role: Role,
    municipality: Municipality | None,
    organisation: Organisation | None,
    by: User,
) -> tuple[User, str]:
    """Make a user with a seat in ``council``; somebody known elsewhere gets the seat only.

    Who was shut out and has no role left anywhere comes back with a new password.

    Returns:
        The user, and the first password, to be shown once; "" for a known user, who has
        one already.

    Raises:
        ValidationError: the seat breaks a rule, e.g. a director without a municipality.
        RuleViolationError: the user is shut out by another council.
    """
    with act(f"gav {name} adgang", by):
        known = User.objects.select_for_update().filter(email=email.casefold()).first()
        password = "" if known and known.is_active else new_password()
        if known is None:
            user = User.objects.create_user(email, password, name=name)
        else:
            user = known if known.is_active else _let_in_again(known, password)
        seat = Membership(
            user=user,
            council=council,
            role=role,
            municipality=municipality,
            organisation=organisation,
        )
        seat.full_clean()
        seat.save()
        return user, password


def _let_in_again(user: User, password: str) -> User:
    if user.memberships.exists():
        raise RuleViolationError(
            "Brugerens adgang er lukket af et andet KKR. Det KKR’s administrator skal "
            "åbne adgangen, før brugeren kan få en rolle her."
        )
    user.is_active = True
    user.set_password(password)
    user.save(update_fields=["is_active", "password"])
    return user


def edit_user(
    seat_pk: int,
    *,
    name: str,
    role: Role,
    municipality: Municipality | None,
    organisation: Organisation | None,
    by: User,
) -> Membership:
    """Change a user's name and what the user is in one council.

    Raises:
        ValidationError: the seat breaks a rule.
        RuleViolationError: the council would be left without an administrator, or the
            name is that of somebody with a role elsewhere too.
    """
    with act(f"rettede {name}s rolle", by):
        seat = _locked(seat_pk)
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(seat)
        seat.role = role
        seat.municipality = municipality
        seat.organisation = organisation
        seat.full_clean()
        seat.save()
        if seat.user.name != name:
            _is_ours_alone(seat)
            seat.user.name = name
            seat.user.full_clean()
            seat.user.save(update_fields=["name"])
        return seat


def close_access(seat_pk: int, *, by: User) -> Membership:
    """Keep a user from signing in; what the user has done stays.

    Raises:
        RuleViolationError: it is oneself, the council's last administrator, or somebody
            with a role elsewhere too.
    """
    with act("lukkede en brugers adgang", by):
        seat = _locked(seat_pk)
        if seat.user == by:
            raise RuleViolationError("Du kan ikke lukke din egen adgang.")
        _keep_an_administrator(seat)
        _is_ours_alone(seat)
        seat.user.is_active = False
        seat.user.save(update_fields=["is_active"])
        return seat


def open_access(seat_pk: int, *, by: User) -> Membership:
    """Let a user sign in again.

    Raises:
        RuleViolationError: it is somebody with a role elsewhere too.
    """
    with act("åbnede en brugers adgang", by):
        seat = _locked(seat_pk)
        _is_ours_alone(seat)
        seat.user.is_active = True
        seat.user.save(update_fields=["is_active"])
        return seat


def remove_seat(seat_pk: int, *, by: User) -> Membership:
    """Take away what a user is in one council; the user stays, and so does the history.

    Raises:
        RuleViolationError: it is one's own, or the council's last administrator's.
    """
    name = Membership.objects.select_related("user").get(pk=seat_pk).user.name
    with act(f"fjernede {name}s rolle", by):
        seat = _locked(seat_pk)
        if seat.user == by:
            raise RuleViolationError("Du kan ikke fjerne din egen rolle.")
        _keep_an_administrator(seat)
        seat.delete()
        return seat


def _locked(seat_pk: int) -> Membership:
    rows = Membership.objects.select_related("user", "council")
    return rows.select_for_update(of=("self", "user")).get(pk=seat_pk)


def _is_ours_alone(seat: Membership) -> None:
    """Who has a role in two councils is not one administrator's to rename or shut out."""
    if Membership.objects.filter(user=seat.user).exclude(pk=seat.pk).exists():
        raise RuleViolationError(
            f"{seat.user.name} har også en rolle i et andet KKR. "
            "Navn og adgang kan derfor ikke ændres her."
        )


def _keep_an_administrator(seat: Membership) -> None:
    if seat.role != Role.ADMINISTRATOR:
        return
    # Locked too, so that two administrators cannot leave at the same moment.
    others = Membership.objects.select_for_update(of=("self",)).filter(
        council=seat.council, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if not [other for other in others if other.pk != seat.pk]:
        raise RuleViolationError(f"{seat.council} skal have mindst én administrator.")
