"""A reader's notes: at their texts, in every version, and nobody else's (R-45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality
from core.search import indexing
from documents import codec
from meetings.models import AgendaItem, Note, Publication
from tests.made import again
from tests.makers_packets import a_council, a_document, a_publication, a_user
from tests.meetings.test_withdrawals import chief, send_again, take_down

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
HERE = "/moeder/2023-11-22/"
CATALOGUE = f"{HERE}bilag/2-1-bilag-1/"
RECORD = "bilag/2-1-bilag-1/proposal:et"
CANARY = "Hvordan følger vi løntimerne?"
PLACES = {
    "punkt/2-1": f"{HERE}punkter/2-1/",
    RECORD: CATALOGUE,
    "bilag/2-1-bilag-2": f"{HERE}bilag/2-1-bilag-2/",
}


def a_director(place: str, code: int, name: str = "") -> User:
    of, _ = Municipality.objects.get_or_create(
        code=code, name=place, council=a_council(), population=1
    )
    email = f"{name or place}@eksempel.dk".lower()
    return a_user(role=Role.DIRECTOR, email=email, municipality=of)


@pytest.fixture(scope="module")
def made(kept: None) -> Publication:
    return a_publication()


@pytest.fixture
def sent(made: Publication) -> Publication:
    return again(made)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(client: Client, om: str = RECORD, **given: Any) -> Any:
    said = {"text": CANARY, "version": "0"} | given
    return client.post(f"{HERE}note/?om={om}", said)


@pytest.mark.parametrize(("om", "page"), PLACES.items())
def test_a_note_stands_at_its_text_and_in_the_list(
    sent: Publication, om: str, page: str
) -> None:
    client = as_(a_director("Greve", 253))
    assert f"om={om.replace('/', '%2F').replace(':', '%3A')}" in (
        client.get(page).content.decode()
    )

    assert write(client, om).status_code == 302

    for url in (page, "/noter/"):
        shown = client.get(url).content.decode()
        assert CANARY in shown
        assert "Teksten under noten" not in shown
        assert "Ret noten" in shown


def test_a_note_stands_in_the_record_that_it_is_written_to(sent: Publication) -> None:
    client = as_(a_director("Greve", 253))
    write(client)

    page = client.get(CATALOGUE).content.decode()

    record = page.partition('data-key="proposal:et"')[2].partition("</article>")[0]
    assert CANARY in record


def test_nobody_else_sees_it_anywhere(sent: Publication) -> None:
    write(as_(a_director("Greve", 253)))
    indexing.index()
    others: list[Any] = [
        a_director("Solrød", 269), a_director("Greve", 253, "anden"), chief(),
        a_user(), a_user(role=Role.ADMINISTRATOR), None,
    ]  # fmt: skip

    urls = (CATALOGUE, "/noter/", "/soeg/?q=løntimerne", "/", f"{CATALOGUE[:-1]}.json")
    seen = [
        client.get(url).content.decode()
        for client in (as_(who) if who else Client() for who in others)
        for url in urls
    ]

    assert [page for page in seen if CANARY in page] == []
    assert len(seen) == len(others) * len(urls)


def test_sharing_reaches_the_own_municipality_alone(sent: Publication) -> None:
    write(as_(a_director("Greve", 253)), is_shared="on")
    colleague, other = a_director("Greve", 253, "anden"), a_director("Solrød", 269)

    found = [CANARY in as_(who).get(CATALOGUE).content.decode()
             for who in (colleague, other, chief(), a_user(role=Role.ADMINISTRATOR))]  # fmt: skip

    assert found == [True, False, False, False]
    assert "Note fra" in as_(colleague).get("/noter/").content.decode()
    write(as_(colleague), text="Min egen")
    assert Note.objects.count() == 2


def test_who_has_no_municipality_cannot_share(sent: Publication) -> None:
    write(as_(a_user(role=Role.MEMBER)), is_shared="on")

    assert Note.objects.get().is_shared is False


def test_it_follows_the_text_and_says_that_that_has_changed(sent: Publication) -> None:
    client = as_(a_director("Greve", 253))
    write(client, "punkt/2-1")
    write(client, "bilag/2-1-bilag-2", text="Om brevet")
    AgendaItem.objects.update(case="<p>En ny tekst.</p>")

    send_again(sent.meeting)

    page = client.get(f"{HERE}punkter/2-1/").content.decode()
    assert "Teksten under noten er ændret siden" in page.replace("\xa0", " ")
    assert "Den første tekst." in page.partition("stod der:")[2]
    letter = client.get(f"{HERE}bilag/2-1-bilag-2/").content.decode()
    assert "Om brevet" in letter
    assert "Teksten under noten" not in letter


def test_a_changed_record_is_told_by_its_key(sent: Publication) -> None:
    client = as_(a_director("Greve", 253))
    write(client)
    new = codec.dumps(a_document(("Noget helt andet",)))

    sent.appendices.filter(slug="2-1-bilag-1").update(document=new)

    page = client.get(CATALOGUE).content.decode()
    assert "Teksten under noten er ændret siden" in page
    assert "Praktikordningen kan bruges mere fleksibelt" in page


def test_what_is_taken_down_is_not_kept_under_a_note(sent: Publication) -> None:
    client = as_(a_director("Greve", 253))
    write(client, "punkt/2-1")

    take_down(sent, "punkt:2-1")

    page = client.get("/noter/").content.decode()
    assert CANARY in page
    assert "Den første tekst." not in page
    assert Note.objects.get().beneath == ""
    assert client.get(f"{HERE}note/?om=punkt/2-1").status_code == 410


def test_writing_anew_deleting_and_a_stale_window(sent: Publication) -> None:
    client = as_(a_director("Greve", 253))
    assert write(client, text="  ").status_code == 422
    write(client)
    stale = write(client, text="Fra det andet vindue")

    page = stale.content.decode()
    assert stale.status_code == 409
    assert CANARY in page
    assert "Fra det andet vindue" in page
    assert 'name="version" value="1"' in page
    write(client, text="Valgt", version="1")
    assert Note.objects.get().text == "Valgt"
    write(client, delete="ja")
    assert not Note.objects.exists()


@pytest.mark.parametrize("om", ["", "punkt/9-9", "bilag/2-1-bilag-1/nej", "x/y/z"])
def test_there_is_no_note_to_what_is_not_there(sent: Publication, om: str) -> None:
    assert as_(chief()).get(f"{HERE}note/?om={om}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_much_for_one_as_for_many(
    sent: Publication, count: int, django_assert_max_num_queries: Any
) -> None:
    client = as_(a_director("Greve", 253))
    for om in list(PLACES)[:count]:
        write(client, om)
    # What is said of the writing costs a query of its own.
    client.get("/noter/")

    with django_assert_max_num_queries(7):
        client.get("/noter/")
    for url in (CATALOGUE, "/"):
        with django_assert_max_num_queries(8):
            client.get(url)


def test_a_note_is_not_shared_with_who_does_not_sit_in_the_council(
    sent: Publication,
) -> None:
    director = a_director("Greve", 253)
    write(as_(director), "punkt/2-1")
    seat = director.memberships.get()
    Note.objects.update(is_shared=True, municipality=seat.municipality)
    administrator, colleague = (
        a_user(role=role, email=f"{role}@eksempel.dk", municipality=seat.municipality)
        for role in (Role.ADMINISTRATOR, Role.DIRECTOR)
    )

    assert Note.objects.visible_to(colleague).count() == 1
    assert not Note.objects.visible_to(administrator).exists()
