"""Contradictions on their page: answered, turned down, taken back; claims; words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from core.asked import REMOVE
from core.drafts.models import Draft
from core.errors import ConflictError
from resultcontracts.choices import ContractState
from resultcontracts.models import Claim, Contract, ContradictionAnswer, Goal
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of, sides_of
from resultcontracts.services import answers
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HOME = "/resultatkontrakt/resultatkontrakt-2021/modsigelser/"
CLAIMS = f"{HOME}paastande/"
ONE = f"{HOME}verdict-1/"
REPORT = "/resultatkontrakt/resultatkontrakt-2021/maal/1/rapport/"
AFTER = "Drift er under måltallet; det samlede tal tæller ikke."


@pytest.fixture(autouse=True)
def contract(client: Client) -> Contract:
    """Goal 1 has 77 of 80 and is called reached; the secretariat is signed in."""
    user = a_user()
    client.force_login(user)
    own = a_contract(a_council())
    goal = a_goal(own, report="Det blev [[1.1]] pct., 15 mere end før.")
    a_measurement(a_measure(goal), approver=user)
    a_claim(own, "slides-1", ["1"], verdict="reached", quote="Målet er nået.")
    return own


def a_claim(contract: Contract, key: str, about: list[str], **more: Any) -> Claim:
    place = more.pop("place", "Slides, side 3")
    return Claim.objects.create(
        contract=contract, key=key, about=about, place=place, **more
    )


def answered() -> tuple[str, bool, int]:
    row = ContradictionAnswer.objects.get()
    return row.text, row.is_rejected, row.version


def test_both_sides_stand_with_what_the_portal_reckons(
    client: Client,
    contract: Contract,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page = client.get(HOME)
    assertContains(page, "1 af 1\N{NO-BREAK SPACE}modsigelse mangler svar.")
    assertContains(page, "Kaldt nået; tallene siger ikke nået")
    assertContains(page, "Målet er nået.")
    assertContains(page, "77 pct. er meget tilfredse mod måltal 80.")
    assertContains(page, "Tal i rapportens ord")
    assertContains(page, "15")
    assertNotContains(page, "<textarea")
    for number in range(2, 5):
        goal = a_goal(contract, number)
        a_measurement(a_measure(goal), approver=User.objects.get())
        a_claim(contract, f"s-{number}", [str(number)], verdict="reached", quote="Nået")
    client.get(HOME)
    with django_assert_max_num_queries(8):
        page = client.get(HOME)
    assertContains(page, "4 af 4\N{NO-BREAK SPACE}modsigelser mangler svar.")
    assertContains(client.get(f"{HOME}?vis=besvaret"), "Ingen modsigelser passer.")
    Claim.objects.all().delete()
    assertContains(client.get(HOME), "Ingen modsigelser fundet. Kontrolleret")


def test_an_answer_is_saved_undone_and_printed_with_who_and_when(
    client: Client,
) -> None:
    opened = client.get(ONE)
    assert opened.content.count(b"<textarea") == 1
    assertContains(opened, "Svar, som trykkes under citaterne")
    empty = client.post(ONE, {"text": "  ", "version": 1})
    assertContains(empty, answers.NO_ANSWER, status_code=422)
    long = client.post(ONE, {"text": "x" * 401, "version": 1})
    assert long.status_code == 422
    assertContains(long, "x" * 401, status_code=422)
    assert not ContradictionAnswer.objects.exclude(text="").exists()

    saved = client.post(ONE, {"text": AFTER, "version": 1})
    assertRedirects(saved, f"{HOME}#verdict-1", fetch_redirect_response=False)
    assert answered() == (AFTER, False, 2)
    page = client.get(HOME)
    assertContains(page, "Besvaret")
    assertContains(page, f"{AFTER}</p>")
    assertContains(page, "Alle 1\N{NO-BREAK SPACE}modsigelse er besvaret.")
    assertContains(page, "Fortryd")
    client.post(ONE, {"undo": 2})
    assert answered() == ("", False, 3)
    assertContains(client.get(HOME), "mangler svar.")
    # A second time there is nothing to take back, and that is said.
    assertContains(client.post(ONE, {"undo": 2}, follow=True), "ændret siden")


def test_a_finding_is_turned_down_with_a_reason_kept_and_taken_back(
    client: Client,
) -> None:
    asked = client.get(f"{ONE}?svar=afvis")
    assertContains(asked, "Hvorfor er det ikke en modsigelse?")
    empty = client.post(ONE, {"text": "", "version": 1, "svar": "afvis"})
    assertContains(empty, answers.NO_REASON, status_code=422)
    data = {"text": "Slides taler om vækst.", "version": 1, "svar": "afvis"}
    client.post(ONE, data)
    assert answered() == ("Slides taler om vækst.", True, 2)
    page = client.get(HOME)
    assertContains(page, "Fortryd afvisningen")
    assertContains(page, "er afvist.")
    client.post(ONE, {"undo": 2})
    assertContains(client.get(HOME), "1 af 1\N{NO-BREAK SPACE}modsigelse mangler svar.")


def test_two_who_answer_at_once_are_told_of_each_other(
    client: Client, contract: Contract
) -> None:
    other = a_user(email="anden@kkr.example")
    [found] = findings_of(contract_rows(contract))
    own: dict[str, Any] = {
        "finding": found.finding.key,
        "sides": sides_of(found.finding),
    }
    answers.answer(contract.pk, **own, text="Et svar", version=1, by=other)
    with pytest.raises(ConflictError):
        answers.answer(contract.pk, **own, text="Et andet", version=1, by=other)
    met = client.post(ONE, {"text": "Et tredje", "version": 1})
    assertContains(met, "Et tredje", status_code=409)
    assertContains(met, "Et svar", status_code=409)
    assert answered() == ("Et svar", False, 2)
    client.post(
        ONE,
        {"text": "Et tredje", "version": 1, "version__seen": 2, "text__choice": "mine"},
    )
    assert answered() == ("Et tredje", False, 3)


def test_an_answer_says_when_a_side_reads_otherwise_since(
    client: Client, contract: Contract
) -> None:
    client.post(ONE, {"text": AFTER, "version": 1})
    assertNotContains(client.get(HOME), "En side er ændret siden svaret")
    Claim.objects.update(quote="Målet er så godt som nået.")
    assertContains(client.get(HOME), "En side er ændret siden svaret")
    # The same words again hold for what the sides say now.
    client.post(ONE, {"text": AFTER, "version": 2})
    assertNotContains(client.get(HOME), "En side er ændret siden svaret")
    assert answered() == (AFTER, False, 3)


def test_directors_read_and_do_not_write(client: Client, contract: Contract) -> None:
    director = User.objects.create(email="direktoer@greve.example", name="Direktøren")
    municipality = Municipality.objects.create(
        code=253, name="Greve", council=contract.council, population=1, sort_key="a"
    )
    Membership.objects.create(
        user=director, council=contract.council, role=Role.DIRECTOR,
        municipality=municipality,
    )  # fmt: skip
    client.force_login(director)
    page = client.get(HOME)
    assertContains(page, "Målet er nået.")
    assertNotContains(page, "Skriv svar")
    assertNotContains(page, "Påstande")
    assertNotContains(page, "Tal i rapportens ord")
    for url in (ONE, CLAIMS, REPORT):
        assert client.get(url).status_code in (403, 404)
    assert client.post(ONE, {"text": AFTER}).status_code in (403, 404)
    Contract.objects.update(state=ContractState.DRAFT)
    assert client.get(HOME).status_code == 404


def test_claims_are_written_edited_deleted_and_brought_back(
    client: Client, contract: Contract
) -> None:
    data = {"place": "Notat", "quote": "78 pct.", "about": "1.1", "low": "78"}
    for more, said in (
        ({"quote": ""}, "Skriv ordene, som de står."),
        ({"about": "9.9"}, "Der er hverken et mål eller et målepunkt 9.9."),
        ({"low": "12,5.3"}, "12,5.3 er ikke et tal. Skriv fx 12,5."),
        ({"low": "", "high": "3"}, "Skriv det første tal."),
        ({"high": "3"}, "Det andet tal skal være det største."),
        ({"low": ""}, "Vælg, hvad ordene siger, eller skriv et tal."),
        ({"parts": "Innobooster"}, "Skriv navn og tal"),
        ({"day": "32.1.2022"}, "dato"),
    ):
        refused = client.post(f"{CLAIMS}ny/", {**data, **more})
        assertContains(refused, said, status_code=422)
    assert Claim.objects.count() == 1

    client.post(f"{CLAIMS}ny/", {**data, "parts": "A 54\nB: 1.300,5"})
    row = Claim.objects.latest("pk")
    assert row.low == row.high == Decimal(78)
    assert row.about == ["1.1"]
    assert row.parts == {"A": "54", "B": "1300.5"}
    url = reverse("resultcontracts:claim", args=[contract.slug, row.key])
    shown = client.get(url)
    assertContains(shown, "B 1.300,5")
    # A text with another number than the measure's is found by rule.
    assertContains(client.get(HOME), "78 er ikke 77, som står ved 1.1.")
    client.post(url, {**data, "low": "77", "version": 1, "parts": ""})
    row.refresh_from_db()
    assert row.low == row.high == Decimal(77)
    assert row.version == 2
    assertNotContains(client.get(HOME), "78 er ikke 77")
    stale = client.post(url, {**data, "low": "79", "version": 1, "parts": ""})
    assert stale.status_code == 409
    client.post(url, {"undo": 2})
    row.refresh_from_db()
    assert (row.low, row.version) == (Decimal(78), 3)
    assert row.parts["A"] == "54"


def test_a_claim_is_deleted_and_brought_back(
    client: Client, contract: Contract
) -> None:
    row = a_claim(contract, "ny", ["1.1"], quote="78 pct.", low=78, high=78)
    removal = f"{CLAIMS}ny-1/slet/"
    Claim.objects.filter(pk=row.pk).update(key="ny-1")
    assert client.post(removal).status_code == 422
    client.post(removal, REMOVE)
    assert not Claim.objects.filter(pk=row.pk).exists()
    kept = client.post(f"{CLAIMS}ny-1/", {"quote": "Det, jeg skrev", "version": 1})
    assertContains(kept, "Det, jeg skrev", status_code=409)
    assertContains(kept, "Påstanden er slettet, mens du skrev", status_code=409)
    assert client.get(f"{CLAIMS}ny-1/").status_code == 404
    client.post(removal, {"undo": row.pk})
    assert Claim.objects.get(pk=row.pk).low == Decimal(78)
    assertContains(client.get(CLAIMS), "2\N{NO-BREAK SPACE}påstande")
    assert client.post(removal, {"undo": 999}).status_code == 404
    # Deleted while somebody wrote in it: the text is given back, and can be put back.
    client.post(removal, REMOVE)
    url = f"{CLAIMS}ny-1/"
    data = {"place": "Notat", "quote": "77 pct. i alt.", "about": "1.1", "low": "77"}
    lost = client.post(url, {**data, "version": 1})
    assertContains(lost, "Påstanden er slettet, mens du skrev", status_code=409)
    assertContains(lost, "77 pct. i alt.", status_code=409)
    assert client.get(url).status_code == client.post(f"{url}x/").status_code == 404
    put_back = client.post(url, {**data, "version": 1, "restore": "ja"})
    assert put_back.status_code in {302, 409}
    assert Claim.objects.filter(pk=row.pk).exists()


def ticket_of(page: Any) -> str:
    """Give what a page's form keeps its draft under."""
    found = re.search(r'name="kladde" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_a_report_s_words_are_edited_with_references_put_in(client: Client) -> None:
    page = client.get(REPORT)
    assertContains(page, "Tal i teksten, som ikke er i kontrakten")
    assertContains(page, "1.1 Andel meget tilfredse: 77")
    put = client.post(
        REPORT,
        {"report": "Nu er vi på", "version": 1, "henvisning": "1.1", "indsaet": "1"},
    )
    assertContains(put, "Nu er vi på [[1.1]]")
    assert Goal.objects.get().version == 1
    typed = {"report": "[[9.9]]", "version": 1, "kladde": ticket_of(page)}
    wrong = client.post(REPORT, typed)
    assertContains(wrong, "Der er ikke noget målepunkt 9.9.", status_code=422)
    # What was typed and refused is kept, and offered when the page is read again.
    assert Draft.objects.filter(closed_at=None).count() == 1
    assertContains(client.get(REPORT), "er ikke gemt")
    mended = {**typed, "report": "Det blev [[1.1]].", "kladde": ticket_of(wrong)}
    saved = client.post(REPORT, mended)
    assert not Draft.objects.filter(closed_at=None).exists()
    assertRedirects(saved, f"{REPORT}#status", fetch_redirect_response=False)
    assert Goal.objects.get().report == "Det blev [[1.1]]."
    assertNotContains(client.get(REPORT), "Tal i teksten, som ikke er")
    stale = client.post(REPORT, {"report": "Noget tredje", "version": 1})
    assertContains(stale, "Noget tredje", status_code=409)
    client.post(REPORT, {"undo": 2})
    assert Goal.objects.get().report.endswith("15 mere end før.")


def test_a_contract_is_seen_as_it_is_printed_and_fetched_as_data(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = "/resultatkontrakt/resultatkontrakt-2021/udskriv"
    with django_assert_max_num_queries(14):
        page = client.get(f"{url}/?hvad=rapport")
    assertContains(page, "Det blev")
    assertContains(page, "Lav PDF")
    assertContains(client.get(f"{url}/?hvad=maal"), "Vælg et mål")
    assert client.get(f"{url}/?hvad=maal&vis=1").status_code == 422
    assertContains(client.get(f"{url}/?hvad=maal&goal=goal-1"), "Det 1. mål")
    assert client.get(f"{url}/?hvad=andet").status_code == 404
    assertContains(client.get(f"{url}.csv?hvad=rapport"), "77")
    assert client.get(f"{url}.json?hvad=modsigelser").json()["records"]
    assert client.get(f"{url}.pdf?hvad=rapport").status_code == 404
    asked = client.post(f"{url}/?hvad=oversigt")
    assertRedirects(
        asked, f"{url}/?hvad=oversigt&lavet=1#pdf", fetch_redirect_response=False
    )
    assertContains(client.get(f"{url}/?hvad=oversigt&lavet=1"), "PDF’en laves")
