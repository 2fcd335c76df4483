"""A reader's note to a goal: nobody else's, but where it is shared (R-132)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from accounts.choices import Role
from resultcontracts.models import GoalNote
from tests.makers import a_secretary
from tests.makers_contracts import CONTRACT, a_contract, a_goal
from tests.makers_packets import a_council, a_user
from tests.makers_questions import somebody_of

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
GOAL = f"/resultatkontrakt/{CONTRACT}/maal/1/"
NOTE = f"{GOAL}note/"
CANARY = "Spørg om driftskunderne"


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, text: str, version: int, **more: Any) -> Any:
    return client.post(NOTE, {"text": text, "version": version, **more}, follow=True)


def test_a_note_is_its_writers_until_it_is_shared() -> None:
    a_goal(a_contract(a_council()))
    greve, faxe = somebody_of("Greve"), somebody_of("Faxe")
    own = of(greve)
    member = a_user(
        role=Role.DIRECTOR, email="to@greve.example",
        municipality=greve.memberships.get().municipality,
    )  # fmt: skip
    others = {"greve": of(member), "faxe": of(faxe), "staff": of(a_secretary())}

    def reads() -> set[str]:
        pages = {name: each.get(GOAL).content.decode() for name, each in others.items()}
        return {name for name, page in pages.items() if CANARY in page}

    assert 'name="text"' in own.get(NOTE).content.decode()
    saved = post(own, CANARY, 0).content.decode()
    assert "Noten er gemt." in saved
    assert "Din note. Kun du ser den" in saved
    assert reads() == set()
    post(own, CANARY, 1, is_shared="on")
    assert reads() == {"greve"}
    shared = others["greve"].get(GOAL).content.decode()
    assert "delt med Greve" in shared
    assert "Ret noten" not in shared
    # It is nobody's to delete but the writer's.
    others["greve"].post(NOTE, {"delete": "ja", "version": 2})
    assert GoalNote.objects.get().text == CANARY


def test_a_note_that_is_deleted_or_changed_can_be_had_back() -> None:
    a_goal(a_contract(a_council()))
    own = of(somebody_of("Greve"))
    post(own, CANARY, 0)
    changed = post(own, "Andet", 1).content.decode()
    assert f'value="{CANARY}"' in changed
    assert "Fortryd" in changed
    post(own, CANARY, 2)
    assert GoalNote.objects.get().text == CANARY
    gone = own.post(NOTE, {"delete": "ja", "version": 3}, follow=True).content.decode()
    assert "Noten er slettet." in gone
    assert f'value="{CANARY}"' in gone
    assert not GoalNote.objects.exists()
    post(own, CANARY, 0)
    assert GoalNote.objects.get().text == CANARY


def test_a_note_that_says_nothing_too_much_or_was_changed_elsewhere_is_refused() -> (
    None
):
    a_goal(a_contract(a_council()))
    own = of(somebody_of("Greve"))
    for text, words in (
        ("  ", "Skriv noten, eller slet den."),
        ("x" * 4001, "Skriv højst 4.000 tegn."),
    ):
        page = post(own, text, 0)
        assert page.status_code == 422
        assert words in page.content.decode()
        assert text.strip() in page.content.decode()
    post(own, "Fra det ene vindue", 0)
    late = post(own, CANARY, 0)
    said = late.content.decode()
    assert late.status_code == 409
    assert "Fra det ene vindue" in said
    assert CANARY in said
    assert 'name="version" value="1"' in said
    own.post(NOTE, {"delete": "ja", "version": 0})
    assert GoalNote.objects.get().text == "Fra det ene vindue"
    post(own, CANARY, 1)
    assert GoalNote.objects.get().text == CANARY
    # Without a municipality there is nobody to share with.
    staff = of(a_secretary())
    assert "Del med kommunen" not in staff.get(NOTE).content.decode()
    post(staff, CANARY, 0, is_shared="on")
    assert GoalNote.objects.filter(is_shared=True).count() == 0
