"""The house is asked about a contradiction: by mail, on its list, answered there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from core.letters import send_waiting
from documents.tree import Paragraph
from resultcontracts.models import Claim, HouseQuestion, RoundLetter, RoundLink
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.services import answers, house_questions
from resultcontracts.services.reporting import Reporter
from resultcontracts.sources.findings import paragraph
from tests.makers import a_meeting, a_secretary
from tests.makers_calls import DAY, a_contact, a_reporter
from tests.makers_contracts import (
    CONTRACT,
    a_contract,
    a_goal,
    a_measure,
    a_measurement,
)
from tests.makers_packets import a_council, a_user
from tests.makers_questions import a_place

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User
    from resultcontracts.models import Contract

pytestmark = pytest.mark.django_db
HOME = f"/resultatkontrakt/{CONTRACT}/modsigelser/"
ASK = f"{HOME}verdict-1/spoerg/"
QUESTION, ANSWER = "Hvorfor skriver I nået?", "Vi talte <b>alle</b> med."


@pytest.fixture
def secretary(settings: Settings) -> User:
    """Goal 1 has 77 of 80 and is called reached; a meeting is coming, a person named."""
    settings.CLOCK_DATE = DAY
    council = a_council()
    user = a_secretary(council)
    contract = a_contract(council)
    a_measurement(a_measure(a_goal(contract)), approver=user)
    Claim.objects.create(
        contract=contract, key="1", about=["1"], place="Slides", verdict="reached",
        quote="Målet er nået.",
    )  # fmt: skip
    a_contact(contract)
    a_meeting(council)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def printed(contract: Contract) -> str:
    (one,) = findings_of(contract_rows(contract))
    found: Any = paragraph("x", one)
    assert isinstance(found, Paragraph)
    return str(found)


def test_a_house_is_asked_by_mail_once_a_day(secretary: User) -> None:
    """The mail is seen first; both sides and the link stand in it."""
    client = signed_in(secretary)
    assertContains(client.get(HOME), "Spørg Hus")
    assertContains(client.get(ASK), "(personligt link)")
    seen = client.post(ASK, {"text": QUESTION, "vis": "brev"})
    assertContains(seen, QUESTION, count=2)
    assertContains(
        client.post(ASK, {"text": " "}), "Skriv, hvad I vil vide.", status_code=422
    )
    assert not HouseQuestion.objects.exists()
    assert client.post(ASK, {"text": QUESTION}).status_code == 302
    again = client.post(ASK, {"text": "Igen?"})
    assertContains(again, "Der er allerede spurgt om det i dag.", status_code=422)
    assertContains(again, "Igen?", status_code=422)
    link = RoundLink.objects.get()
    assert send_waiting(RoundLetter) == 1
    letter = RoundLetter.objects.get()
    assert QUESTION in letter.body
    assert "Målet er nået." in letter.body
    assert link.token not in letter.body
    assertContains(client.get(HOME), "Huset er spurgt")


def asked(by: User) -> tuple[RoundLink, HouseQuestion]:
    """Ask the house, and give its link and the question."""
    signed_in(by).post(ASK, {"text": QUESTION})
    return RoundLink.objects.get(), HouseQuestion.objects.get()


def test_the_house_answers_on_its_list_by_the_link(secretary: User) -> None:
    """Open, then answered; who, when and by which link is told and is history."""
    link, row = asked(secretary)
    house, listed = Client(), f"/indberet/{link.token}/"
    assertContains(house.get(listed), "1\xa0spørgsmål mangler svar")
    page = f"{listed}spoergsmaal/{row.pk}/"
    assertContains(house.get(page), "Målet er nået.")
    empty = house.post(page, {"text": "", "version": row.version})
    assertContains(empty, "Skriv et svar.", status_code=422)
    long = house.post(page, {"text": "x" * 401, "version": row.version})
    assertContains(long, "Skriv højst 400 tegn.", status_code=422)
    assertContains(long, "x" * 401, status_code=422)
    assert house.post(page, {"text": ANSWER, "version": row.version}).status_code == 302
    row.refresh_from_db()
    told: Any = row.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert (row.answered_by, row.answered_through, told.pgh_context.metadata["who"]) == (
        "Mette Holm", "via link til Mette Holm, Hus", "Mette Holm",
    )  # fmt: skip
    assertContains(house.get(listed), "besvaret i")
    board = signed_in(secretary).get(HOME)
    for words in (
        "Huset har svaret",
        "Vi talte &lt;b&gt;alle&lt;/b&gt; med.",
        "via link",
    ):
        assertContains(board, words)


def test_what_the_house_answers_is_printed_with_the_note(
    secretary: User, settings: Settings
) -> None:
    """Without a note nothing of it is printed, and others do not read it."""
    _, row = asked(secretary)
    house_questions.answer(
        row.pk, version=row.version, text=ANSWER, by=Reporter("Mette Holm")
    )
    contract = row.round.contract
    director = signed_in(
        a_user(
            contract.council,
            Role.DIRECTOR,
            municipality=a_place("Greve", contract.council),
        )
    )
    assert ANSWER not in printed(contract), "no note, nothing printed"
    assertNotContains(director.get(HOME), "Vi talte")
    (one,) = findings_of(contract_rows(contract))
    answers.answer(
        contract.pk, finding=one.finding.key, sides=[["Slides", "Nået"]], text="Noteret.", version=1,
        by=secretary,
    )  # fmt: skip
    assert ANSWER in printed(contract)
    assertContains(director.get(HOME), "Vi talte")
    settings.CLOCK_DATE = DAY + timedelta(days=1)
    late = signed_in(secretary).post(ASK, {"text": "Og nu?"})
    assertContains(late, "Der er svaret på spørgsmålet", status_code=422)


def test_two_who_answer_at_once_are_told_of_each_other(secretary: User) -> None:
    """One by the link, one signed in; others find nothing."""
    link, row = asked(secretary)
    contract = row.round.contract
    own = signed_in(a_reporter(contract.council, contract))
    page = f"/resultatkontrakt/{CONTRACT}/indberet/spoergsmaal/{row.pk}/"
    assertContains(own.get(page), QUESTION)
    begun = {"version": str(row.version)}
    by_link = f"/indberet/{link.token}/spoergsmaal/{row.pk}/"
    Client().post(by_link, {"text": "Det ene", **begun})
    both = own.post(page, {"text": "Det andet", **begun})
    for words in ("Det ene", "Det andet", "Dit og det sendte er ikke ens."):
        assertContains(both, words, status_code=409)
    row.refresh_from_db()
    assert row.answer == "Det ene"
    own.post(page, {"text": "Det andet", "version": row.version})
    row.refresh_from_db()
    assert (row.answer, row.answered_through) == ("Det andet", "")
    assert Client().get(f"{by_link[:-2]}99/").status_code == 404
    assert signed_in(secretary).get(page).status_code == 404, (
        "the secretariat does not answer"
    )
    assert own.get(ASK).status_code == 404
    assert signed_in(a_user(a_council("hovedstaden"))).get(ASK).status_code == 404
