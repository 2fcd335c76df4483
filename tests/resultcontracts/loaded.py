"""The contract of 2021 in the database, as the demo loads it."""

from __future__ import annotations

from accounts.models import Council, Organisation, User
from kkr.demo.contracts import APPROVED_BY, HOUSE, load_contract
from kkr.register import load_register
from resultcontracts.models import Contract


def loaded() -> Contract:
    """Load the register, the house, and the contract with all that is said of it."""
    load_register()
    Organisation.objects.get_or_create(slug=HOUSE, defaults={"name": "Erhvervshus"})
    if not User.objects.filter(email=APPROVED_BY).exists():
        User.objects.create(email=APPROVED_BY, name="Sekretariatschefen")
    return load_contract(Council.objects.get(slug="sjaelland"))
