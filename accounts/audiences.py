"""Who may find what, and what is indexed in one go where it is a council's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from accounts.choices import SITTING, Role
from core.search import PUBLIC

if TYPE_CHECKING:
    from accounts.models import Membership

RECORDS: Final = "council:"


def editors_of(council_slug: str) -> str:
    """The audience of drafts: those who write in a council."""
    return f"editors:{council_slug}"


def readers_of(council_slug: str) -> str:
    """Those who sit in a council: of what is sent to them alone, and closed to others."""
    return f"readers:{council_slug}"


def contracts_of(council_slug: str) -> str:
    """Those who read a council's result contracts: its secretariat and its directors."""
    return f"contracts:{council_slug}"


def records_of(council_pk: int) -> str:
    """The scope of a council's records that belong to no meeting."""
    return f"{RECORDS}{council_pk}"


def audiences_of(seat: Membership | None) -> tuple[str, ...]:
    """Give what somebody in this seat may find; everybody may find what is published.

    A person with several seats finds the drafts of the chosen one, as pages show them.
    """
    if seat is None or seat.role not in SITTING:
        return (PUBLIC,)
    own = seat.council.slug
    found = [PUBLIC, readers_of(own)]
    if seat.may_edit or seat.role == Role.DIRECTOR:
        found.append(contracts_of(own))
    if seat.may_edit:
        found.append(editors_of(own))
    return tuple(found)
