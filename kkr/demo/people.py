"""The demo's accounts. They exist only in the demo."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.choices import Role
from accounts.models import Council, Membership, Municipality, Organisation, User

PASSWORD = "prøv-portalen-2023"  # noqa: S105 -- printed by script/server, demo only


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account; ``of`` is a municipality's name or an organisation's slug."""

    email: str
    name: str
    role: Role
    council: str = "sjaelland"
    of: str = ""


ACCOUNTS = (
    Account("sekretariat@kkr.example", "Sekretariatet", Role.SECRETARIAT),
    Account("chef@kkr.example", "Sekretariatschefen", Role.CHIEF),
    Account(
        "greve@kkr.example", "Kommunaldirektøren i Greve", Role.DIRECTOR, of="Greve"
    ),
    Account(
        "solroed@kkr.example", "Kommunaldirektøren i Solrød", Role.DIRECTOR, of="Solrød"
    ),
    Account("medlem@kkr.example", "Et medlem af KKR Sjælland", Role.MEMBER),
    Account(
        "erhvervshus@kkr.example",
        "Erhvervshus Sjælland",
        Role.REPORTER,
        of="erhvervshus-sjaelland",
    ),
    Account(
        "hovedstaden@kkr.example",
        "Sekretariatet i Hovedstaden",
        Role.SECRETARIAT,
        council="hovedstaden",
    ),
    Account("admin@kkr.example", "Administratoren", Role.ADMINISTRATOR),
)


def load_people() -> None:
    """Make the demo's accounts with their seats."""
    Organisation.objects.get_or_create(
        slug="erhvervshus-sjaelland", defaults={"name": "Erhvervshus Sjælland"}
    )
    for account in ACCOUNTS:
        user = User.objects.create_user(account.email, PASSWORD, name=account.name)
        Membership.objects.create(
            user=user,
            council=Council.objects.get(slug=account.council),
            role=account.role,
            municipality=_municipality(account),
            organisation=_organisation(account),
        )


def _municipality(account: Account) -> Municipality | None:
    if account.role != Role.DIRECTOR:
        return None
    return Municipality.objects.get(name=account.of)


def _organisation(account: Account) -> Organisation | None:
    if account.role != Role.REPORTER:
        return None
    return Organisation.objects.get(slug=account.of)
