"""The page of a municipality: what all apps tell of it, to whom, and on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from accounts.models import Council, Municipality, User
from core import clock
from core.formats import weekday_long_date
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from meetings.municipality.values import Asked
from meetings.tasks import print_municipality
from resultcontracts.models import Contract, LocalAgreement, Measure
from resultcontracts.places.given import of_municipality
from tests.documents.pdf_makers import failures
from tests.makers_contracts import a_measurement
from tests.makers_packets import a_user
from tests.makers_positions import a_call, a_position
from tests.makers_proposals import a_proposal
from tests.makers_questions import somebody_of

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
OWN = "/min-kommune/"


@pytest.fixture(scope="module")
def loaded(kept: None, django_db_blocker: DjangoDbBlocker) -> Contract:
    """Give the contract of 2021, among all 98 municipalities."""
    load_register()
    load_people()
    return load_contract(Council.objects.get(slug="sjaelland"))


@pytest.fixture
def solroed(loaded: Contract) -> User:
    return somebody_of("Solrød")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_own_page_holds_a_result_against_all_that_can_be_meant(
    solroed: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(solroed)
    client.get(OWN)

    with django_assert_max_num_queries(8):
        page = client.get(OWN)

    for words in (
        "<h1>Min kommune: Solrød</h1>",
        "Intet venter på Solrød.",
        "Om Solrød fik sin del, kommer an på, hvad man deler",
        "Oplyst for 2021: knap 50 virksomheder.",
        "Ca. 36 pct. over.",
        "Ca. 8 pct. under.",
        "Mere end det dobbelte.",
        "Kan ikke afgøres:",
        "Kommunerne i sundhedsklynge Køge",
        "Vis alle 17 kommuner",
        "Lokal erhvervsservice: to tredjedele af årets budget brugt på et halvt år",
        "860.000 kr. i alt",
        "Hvor kommuner er nævnt: Solrød 0 gange af 5",
        "Lolland-Falster, Odsherred, Kalundborg, Roskilde",
        "nr. 16 af 17",
        "<dt>Indbyggere</dt><dd>23.794</dd>",
        "Om aftalen er forlænget, er",
        "ikke udfyldt",
        "235.296,71",
        "mindst 54,4",
        # Where its numbers are from, and what does not agree about them.
        'href="/resultatkontrakt/resultatkontrakt-2021/maal/9/">Aftalte forløb</a>',
        'maal/10/#modsigelser">Se begge sider i mål 10</a>',
    ):
        assertContains(page, words)
    places = _places(page)
    assert places == ["Faxe", "Greve", "Køge", "Roskilde", "Solrød", "Stevns"]
    assertContains(page, 'class="is-now"', count=1)
    assertContains(page, 'aria-current="page">Min kommune</a>')


def test_what_is_new_of_its_goals_since_the_last_meeting_is_told(solroed: User) -> None:
    seat = solroed.memberships.get()
    places = tuple(Municipality.objects.filter(council=seat.council))
    assert seat.municipality is not None
    asked = Asked(
        solroed, seat, seat.municipality, places, date(2023, 11, 7), date(2023, 2, 8)
    )
    before = of_municipality(asked)
    assert before.unchanged == ("tallene i mål 9 og 10",)
    assert [each.word for each in before.changes] == ["Udløbet"]

    measure = Measure.objects.get(label="9.2", goal__contract__council=seat.council)
    a_measurement(measure, "390", approver=solroed)

    after = of_municipality(asked)
    assert after.unchanged == ("tallene i mål 10",)
    assert [(each.word, each.text.replace("\xa0", " ")) for each in after.changes] == [
        ("Ny", "1 nyt tal i mål 9."),
        ("Udløbet", before.changes[0].text.replace("\xa0", " ")),
    ]
    assert after.changes[0].url.endswith("/maal/9/")
    # Before the first meeting nothing can be as it was.
    assert of_municipality(replace(asked, since=None)).unchanged == ()


def _places(page: Any) -> list[str]:
    """Give the municipalities of the table, in order."""
    own = page.content.decode().partition('id="kommuner"')[2].partition("</table>")[0]
    return [row.partition("<")[0] for row in own.split('<th scope="row">')[1:]]


def test_all_municipalities_are_shown_in_the_order_that_is_asked_for(
    solroed: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(solroed)
    by_name = _places(client.get(f"{OWN}?alle=1"))
    with django_assert_max_num_queries(8):
        page = client.get(f"{OWN}?alle=1&sorter=indbyggere")
    rows = Municipality.objects.filter(council__slug="sjaelland")

    assert by_name == [row.name for row in rows.order_by("sort_key")]
    assert _places(page) == [row.name for row in rows.order_by("-population")]
    assertContains(page, 'aria-sort="descending"', count=1)
    for wrong in ("?alle=2", "?alle=1&sorter=x"):
        assert client.get(f"{OWN}{wrong}").status_code == 404


def test_another_municipality_is_read_and_what_is_not_told_is_said(
    solroed: User,
) -> None:
    client = signed_in(solroed)

    page = client.get("/kommuner/koege/")

    assertContains(page, "<h1>Køge Kommune</h1>")
    assertContains(page, "Kommunens eget tal er ikke oplyst.")
    assertContains(page, "antallet i Køge er ikke oplyst.")
    assertContains(page, "Køge 2\xa0gange af 5")
    assertNotContains(page, "Lokal erhvervsservice")
    # Of another council, and of none.
    for name in ("koebenhavn", "ingen"):
        assert client.get(f"/kommuner/{name}/").status_code == 404


def test_each_role_reads_what_it_may(loaded: Contract) -> None:
    council = loaded.council
    secretary = a_user(council, Role.SECRETARIAT, email="s@k.example")
    member = a_user(council, Role.MEMBER, email="m@k.example")
    stranger = a_user(
        Council.objects.get(slug="hovedstaden"), Role.SECRETARIAT, email="h@k.example"
    )

    # Who speaks for no municipality has none of their own.
    assert signed_in(secretary).get(OWN).status_code == 404
    assertContains(signed_in(secretary).get("/kommuner/solroed/"), "knap 50")
    other = signed_in(member).get("/kommuner/solroed/")
    assertContains(other, "Solrød i tal")
    assertNotContains(other, "knap 50")
    assertNotContains(other, "Lokal erhvervsservice")
    assert signed_in(stranger).get("/kommuner/solroed/").status_code == 404
    Contract.objects.filter(pk=loaded.pk).update(state="draft")
    page = signed_in(somebody_of("Solrød")).get(OWN)
    assertNotContains(page, "kommer an på")


def test_what_waits_stands_first_and_answers_by_theme(solroed: User) -> None:
    first, second = a_proposal(1), a_proposal(2)
    due = clock.today() + timedelta(days=9)
    a_call(first, second, places=("Solrød", "Greve"), due_on=due)
    client = signed_in(solroed)

    page = client.get(OWN)
    assertContains(page, "Venter på Solrød")
    assertContains(
        page,
        f"Solrød har ikke svaret på de 2\xa0forslag. Frist {weekday_long_date(due).lower()}.",
    )
    assertContains(page, "Ikke svaret på 2")
    assertContains(page, "Svar på 2\xa0forslag</a>")

    a_position(first, "Solrød")
    page = client.get(OWN)
    assertContains(page, "Solrød mangler at svare på 1 af de 2\xa0forslag.")
    assertContains(page, "Svaret på 1 af 2")
    # Greve's page leads nobody else to its answers.
    page = client.get("/kommuner/greve/")
    assertContains(page, "Greve har ikke svaret på de 2\xa0forslag.")
    assertNotContains(page, "button-primary")

    a_position(second, "Solrød")
    page = client.get(OWN)
    assertContains(page, "Intet venter på Solrød.")
    assertContains(page, "Forslag: der er svaret på alt")


def test_the_page_is_printed_as_it_is(solroed: User) -> None:
    client = signed_in(solroed)
    file = "/kommuner/solroed.pdf"
    assert client.get(file).status_code == 404

    asked: Any = client.post(OWN)
    made = "/kommuner/solroed/?lavet=1"
    assertRedirects(asked, f"{made}#pdf", fetch_redirect_response=False)
    client.post(OWN)
    [job] = ProcrastinateJob.objects.filter(task_name="meetings.print_municipality")
    assertContains(client.get(made), "PDF’en laves")
    args: Any = job.args
    print_municipality(**args)
    assertContains(client.get(made), "Hent PDF")

    answer: Any = client.get(file)
    content = b"".join(answer.streaming_content)
    assert not failures(content)
    # Another reader of the same page, who sees something else, has no such file.
    greve = signed_in(somebody_of("Greve"))
    assert greve.get(file).status_code == 404
    LocalAgreement.objects.update(told="Noget andet.")
    assert client.get(file).status_code == 404
    assertContains(client.get(made), "PDF’en blev ikke lavet")
