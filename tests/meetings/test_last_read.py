"""What somebody has read is said by the reader, seen by nobody else, and told of (R-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from meetings.models import LastRead, Publication
from tests.makers_packets import a_document, a_publication, a_user
from tests.meetings.versions import sent_again, sent_once

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User

pytestmark = pytest.mark.django_db
HERE = "/moeder/2023-11-22/"
PUBLIC = f"{HERE}offentlig/"
MARK = f"{HERE}laest/"


@pytest.fixture
def member() -> User:
    return a_user(role=Role.MEMBER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_to_open_a_version_notes_nothing(member: User) -> None:
    a_publication()
    client = signed_in(member)

    client.get(PUBLIC)
    client.get(f"{HERE}pakke/")
    client.get("/")

    assert not LastRead.objects.exists()


def test_a_reader_says_so_sees_it_and_can_have_it_forgotten(member: User) -> None:
    a_publication()
    client = signed_in(member)
    assertContains(client.get(PUBLIC), "Jeg har læst version&nbsp;1")

    assertRedirects(
        client.post(f"{MARK}?version=1", {"read": "ja"}), f"{PUBLIC}?version=1"
    )

    assertContains(client.get(PUBLIC), "Du har læst version&nbsp;1.")
    client.post(MARK, {"forget": "ja"})
    assert not LastRead.objects.exists()


def test_nobody_else_sees_it_and_the_public_is_offered_nothing(member: User) -> None:
    row = a_publication()
    LastRead.objects.create(user=member, meeting=row.meeting, number=1)
    other = a_user(role=Role.SECRETARIAT)

    assert not LastRead.objects.visible_to(other).exists()
    assertContains(signed_in(other).get(PUBLIC), "Jeg har læst version")
    assertNotContains(Client().get(PUBLIC), "læst version")
    assert Client().post(MARK, {"read": "ja"}).status_code == 302
    assert LastRead.objects.count() == 1


def test_home_tells_what_is_new_since_the_version_that_was_read(member: User) -> None:
    meeting = sent_once()
    client = signed_in(member)
    client.post(MARK, {"read": "ja"})
    sent_again(meeting, a_document(gains=("Noget helt andet",)))

    response = client.get("/")

    assertContains(response, "siden du læste version\xa01</h3>")
    url = f"{HERE}aendringer/?fra=1&amp;til=2"
    assertContains(response, f'<a class="link" href="{url}#punkt-2-1">Punkt 2.1: ')
    assertContains(response, f'href="{url}">Se alle ændringer')
    assertContains(response, "Jeg har læst version&nbsp;2")
    assert client.get(url.replace("&amp;", "&")).status_code == 200


def test_once_the_newest_is_read_home_is_silent(member: User) -> None:
    meeting = sent_once()
    sent_again(meeting)
    client = signed_in(member)

    client.post(f"{MARK}?version=2", {"read": "ja", "tilbage": "forsiden"})
    client.post(f"{MARK}?version=1", {"read": "ja"})

    assert LastRead.objects.get().number == 2
    assertNotContains(client.get("/"), "siden du læste")


def test_a_version_one_may_not_read_cannot_be_noted(member: User) -> None:
    a_publication()
    client = signed_in(member)

    assert client.post(f"{MARK}?version=9", {"read": "ja"}).status_code == 404
    assert client.post(MARK, {"andet": "ja"}).status_code == 422
    assert not LastRead.objects.exists()


def test_the_news_cost_three_queries_the_first_time_and_none_after(
    member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = sent_once()
    sent_again(meeting)
    LastRead.objects.create(user=member, meeting=meeting, number=1)
    client = signed_in(member)
    assert Publication.objects.count() == 2

    with django_assert_max_num_queries(8):
        client.get("/")
    with django_assert_max_num_queries(5):
        client.get("/")
