"""What of result contracts can be found, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.audiences import audiences_of, records_of
from accounts.choices import Role
from accounts.models import Municipality
from resultcontracts.choices import ContractState
from resultcontracts.models import Contract
from resultcontracts.search import contracts, goals
from tests.makers_contracts import a_contract, a_goal, a_house, a_measure
from tests.makers_packets import a_council, a_user

pytestmark = pytest.mark.django_db


def test_a_goal_is_found_by_its_words_and_drafts_by_their_editors_alone() -> None:
    council = a_council()
    contract = a_contract(council)
    a_measure(a_goal(contract, 3, purpose="Hjælpe.", report="Vi nåede [[3.1]] pct."))

    entry, report = goals(records_of(council.pk))

    assert (entry.label, entry.remark, entry.year) == (
        "Mål 3", "Resultatkontrakt 2021", 2021,
    )  # fmt: skip
    assert entry.url == "/resultatkontrakt/resultatkontrakt-2021/maal/3/"
    assert [(each.name, each.text) for each in entry.passages] == [
        ("Formål", "Hjælpe."),
        ("Målepunkter", "3.1 Andel meget tilfredse"),
    ]
    (whole,) = contracts(records_of(council.pk))
    assert (whole.title, whole.url) == (
        "Resultatkontrakt 2021", "/resultatkontrakt/resultatkontrakt-2021/",
    )  # fmt: skip
    assert whole.passages[0].text == "Hus og KKR"
    assert whole.audience == entry.audience
    place = Municipality.objects.create(
        code=9001, name="By", council=council, population=1000
    )
    seats: dict[Role, dict[str, Any]] = {
        Role.SECRETARIAT: {},
        Role.DIRECTOR: {"municipality": place},
        Role.MEMBER: {"municipality": place},
        Role.REPORTER: {"organisation": a_house()},
    }
    found = {
        role: audiences_of(
            a_user(council, role, email=f"{role}@x.example", **more).memberships.get()
        )
        for role, more in seats.items()
    }
    readers = {role for role, own in found.items() if entry.audience in own}
    assert readers == {Role.SECRETARIAT, Role.DIRECTOR}
    # A report's words are not shown before they are printed, and are not found.
    assert [each.text for each in report.passages] == ["Vi nåede 3.1 pct."]
    assert report.url == "/resultatkontrakt/resultatkontrakt-2021/maal/3/rapport/"
    assert [role for role, own in found.items() if report.audience in own] == [
        Role.SECRETARIAT
    ]
    Contract.objects.update(state=ContractState.DRAFT)
    (whole,) = contracts(None)
    for draft in (*goals(None), whole):
        assert [role for role, own in found.items() if draft.audience in own] == [
            Role.SECRETARIAT
        ]
    assert list(contracts(records_of(0))) == []
    assert list(goals(records_of(0))) == list(goals("meeting:1")) == []
