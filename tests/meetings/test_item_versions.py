"""An item's versions: listed, compared, brought back; items that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from meetings.models import AgendaItem, Meeting
from meetings.services import agenda, appendices
from tests.makers import MEETING, a_meeting, a_secretary, an_item, an_upload

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User

pytestmark = pytest.mark.django_db
URL = f"{MEETING}punkter/2-1/versioner/"


@pytest.fixture
def by(client: Client) -> User:
    """The secretariat, signed in."""
    user = a_secretary()
    client.force_login(user)
    return user


@pytest.fixture
def item(by: User) -> AgendaItem:
    """An item of three versions: made, with another title, with another text."""
    made = an_item(a_meeting(), "Filmfond", case="Fonden er ny.")
    agenda.edit_item(made.pk, version=1, by=by, title="Filmfonden")
    case = "<p>Fonden er meget ny.</p>"
    agenda.edit_item(made.pk, version=2, by=by, case=case)
    made.refresh_from_db()
    return made


def test_each_version_tells_who_made_it_and_what_it_changed(
    client: Client, item: AgendaItem
) -> None:
    page = client.get(URL)

    assertContains(page, "rettede punkt 2.1", count=2)
    assertContains(
        page, "Oprettet med titel, type, ønsket handling og sagsfremstilling."
    )
    marked = '<ins><span class="sr-only">tilføjet: </span>meget<span'
    assertContains(page, marked)
    assertContains(page, "Gælder nu", count=1)


def test_two_versions_are_compared_field_by_field(
    client: Client, item: AgendaItem
) -> None:
    page = client.get(f"{URL}?fra=1&til=3")

    assertContains(
        page, "Version 3 sammenlignet med version 1: 2\N{NO-BREAK SPACE}felter"
    )
    assertContains(page, "version\N{NO-BREAK SPACE}2</td>")
    assertContains(page, "Ens i begge: type")


@pytest.mark.parametrize("asked", ["fra=1&til=1", "fra=1&til=9", "fra=x&til=3"])
def test_the_same_version_twice_is_refused(
    client: Client, item: AgendaItem, asked: str
) -> None:
    page = client.get(f"{URL}?{asked}")

    assertContains(page, "Vælg to forskellige versioner.", status_code=422)


def test_a_version_comes_back_as_a_new_one(client: Client, item: AgendaItem) -> None:
    shown = client.get(f"{URL}?gendan=1")
    assertContains(shown, "Gendan version 1 som version 4?")

    page = client.post(URL, {"gendan": "1", "version": "3"}, follow=True)

    assertContains(page, "Version 1 er gendannet som version 4.")
    assertContains(page, "gendannede version 1 af punkt 2.1")
    item.refresh_from_db()
    assert (item.title, item.case) == ("Filmfond", "<p>Fonden er ny.</p>")
    assert item.version == 4


def test_chosen_fields_alone_come_back(client: Client, item: AgendaItem) -> None:
    client.post(URL, {"gendan": "1", "version": "3", "vaelg": "1", "felt": ["case"]})

    item.refresh_from_db()
    assert (item.title, item.case) == ("Filmfonden", "<p>Fonden er ny.</p>")


def test_no_field_at_all_is_asked_about_again(client: Client, item: AgendaItem) -> None:
    page = client.post(URL, {"gendan": "1", "version": "3", "vaelg": "1"})

    assertContains(page, "Vælg mindst ét felt.", status_code=422)


def test_over_anothers_change_of_the_same_field_it_is_asked_anew(
    client: Client, item: AgendaItem, by: User
) -> None:
    agenda.edit_item(item.pk, version=3, by=by, title="En andens titel")

    page = client.post(URL, {"gendan": "1", "version": "3"})

    assertContains(page, "gemt af en anden imens", status_code=409)
    assertContains(page, "En andens titel", status_code=409)
    assertContains(page, "Gendan version 1 som version 5?", status_code=409)
    item.refresh_from_db()
    assert item.title == "En andens titel"


def test_moves_and_what_was_done_to_the_bilag_stand_between_the_versions(
    client: Client, item: AgendaItem, by: User
) -> None:
    other = an_item(item.section.meeting, "En anden sag")
    bilag = an_upload(item)
    appendices.remove_appendix(bilag.pk, by=by)
    agenda.move_item(other.pk, to=1, by=by)

    page = client.get(f"{MEETING}punkter/2-2/versioner/")

    assertContains(page, "Punktet blev 2.2; det var 2.1.")
    assertContains(page, "Fjernede 2.1 Bilag 1.")


def test_a_removed_item_is_found_and_put_back(
    client: Client, item: AgendaItem, by: User
) -> None:
    agenda.remove_item(item.pk, by=by)

    gone = client.get(f"{MEETING}fjernede-punkter/")
    assertContains(gone, f"punkter/2-1/versioner/?punkt={item.pk}")
    page = client.get(f"{URL}?punkt={item.pk}")
    assertContains(page, "Punktet blev fjernet; det var 2.1.")
    client.post(f"{MEETING}punkter/2-1/fjernelse/", {"undo": str(item.pk)})

    item.refresh_from_db()
    assert item.position == 1


def test_nothing_comes_back_in_a_meeting_that_is_sent(
    client: Client, item: AgendaItem
) -> None:
    Meeting.objects.update(state="sent")

    page = client.get(f"{URL}?gendan=1")
    refused = client.post(URL, {"gendan": "1", "version": "3"})

    assertContains(page, "Ret i en ny version")
    assertNotContains(page, "Gendan")
    assertContains(refused, "er sendt i version", status_code=422)
    item.refresh_from_db()
    assert item.version == 3


def test_the_newest_versions_stand_beside_the_item(
    client: Client, item: AgendaItem
) -> None:
    page = client.get(f"{MEETING}punkter/2-1/")

    assertContains(page, "<b>Version 3</b>")
    assertContains(page, "rettede punkt 2.1", count=2)


@pytest.mark.parametrize("many", [1, 4])
def test_four_versions_take_no_more_queries_than_one(
    client: Client,
    by: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    item = an_item(a_meeting())
    an_upload(item)
    for version in range(1, many):
        agenda.edit_item(item.pk, version=version, by=by, title=f"Sag {version}")

    with django_assert_max_num_queries(8):
        client.get(URL)
