"""What a sent meeting's pages offer in place of moving and removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from core.asked import REMOVE
from meetings.models import AgendaItem, Appendix, Meeting
from tests.made import again
from tests.makers import HTMX, MEETING, an_item
from tests.makers_packets import (
    a_begun_version,
    a_meeting,
    a_publication,
    a_user,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """A sent meeting whose next version is begun."""
    return a_begun_version(a_meeting())


@pytest.fixture
def meeting(made: Meeting, client: Client) -> Meeting:
    """The meeting, its secretariat signed in."""
    client.force_login(a_user(made.council))
    return again(made)


@pytest.fixture
def letter(meeting: Meeting) -> Appendix:
    return Appendix.objects.get(item__section__meeting=meeting, position=2)


def withdrawal(letter: Appendix) -> str:
    return f"{ITEM}bilag/{letter.pk}/tilbagetraekning/"


def test_a_sent_appendix_can_be_withdrawn_and_nothing_else(
    client: Client, letter: Appendix
) -> None:
    for page in (client.get(ITEM), client.get(f"{ITEM}bilag/{letter.pk}/")):
        assertContains(page, f'"{withdrawal(letter)}"')
        assertNotContains(page, f"bilag/{letter.pk}/fjernelse/")
        assertNotContains(page, f"bilag/{letter.pk}/plads/")


def test_an_appendix_that_is_not_sent_is_moved_and_removed_as_before(
    client: Client,
) -> None:
    a_meeting()
    client.force_login(a_user())

    page = client.get(ITEM)

    assertContains(page, "fjernelse/")
    assertNotContains(page, "tilbagetraekning")


def test_withdrawing_is_said_and_can_be_taken_back(
    client: Client, letter: Appendix
) -> None:
    url = withdrawal(letter)

    page = client.post(url, {"withdraw": "ja"}, follow=True)

    assertContains(page, "2.1 Bilag 2 er trukket tilbage.")
    assertContains(page, "Udgået")
    assertContains(page, '<input type="hidden" name="undo" value="1">')
    page = client.post(url, {"undo": "1"}, follow=True)
    assertContains(page, "2.1 Bilag 2 gælder igen.")
    letter.refresh_from_db()
    assert not letter.is_withdrawn


def test_what_is_typed_beside_a_withdrawal_stays(
    client: Client, letter: Appendix
) -> None:
    typed = {"title": "Skrevet imens", "version": "1", "withdraw": "ja"}

    page = client.post(withdrawal(letter), typed, headers=HTMX)

    assertContains(page, "Lad gælde igen")
    letter.refresh_from_db()
    assert letter.is_withdrawn


@pytest.mark.parametrize("sent", [{}, {"withdraw": "nej"}])
def test_nothing_is_withdrawn_by_what_a_form_left_out(
    client: Client, letter: Appendix, sent: dict[str, str]
) -> None:
    assert client.post(withdrawal(letter), sent).status_code == 422
    letter.refresh_from_db()
    assert not letter.is_withdrawn


def test_an_appendix_that_was_never_sent_is_not_withdrawn(client: Client) -> None:
    a_meeting()
    client.force_login(a_user())
    never = Appendix.objects.get(position=2)

    page = client.post(withdrawal(never), {"withdraw": "ja"}, follow=True)

    assertContains(page, "2.1 Bilag 2 er ikke sendt. Fjern det i stedet.")


def test_the_workbench_says_that_it_is_gone(client: Client, letter: Appendix) -> None:
    client.post(withdrawal(letter), {"withdraw": "ja"})

    page = client.get(MEETING)

    assertContains(page, "2.1 Bilag 2 er trukket tilbage siden.")
    assertContains(page, "Udgået")


def test_a_publication_without_it_lists_it_as_gone(
    client: Client, letter: Appendix, meeting: Meeting
) -> None:
    client.post(withdrawal(letter), {"withdraw": "ja"})
    a_publication(meeting)
    client.logout()

    for url in (MEETING, ITEM):
        page = client.get(url)
        assertContains(page, "Udgået. Bilaget er trukket tilbage.")
        assertNotContains(page, "bilag/2-1-bilag-2.pdf")


@pytest.mark.parametrize("what", ["plads/", "fjernelse/"])
def test_a_sent_appendix_that_is_moved_or_removed_all_the_same_is_refused_in_words(
    client: Client, letter: Appendix, what: str
) -> None:
    url = f"{ITEM}bilag/{letter.pk}/{what}"

    page = client.post(url, REMOVE | {"direction": "op"}, follow=True)

    assertContains(page, "2.1 Bilag 2 er sendt i version 1, og numrene ligger fast.")
    letter.refresh_from_db()
    assert letter.position == 2


def test_a_sent_item_says_that_it_stays(client: Client, meeting: Meeting) -> None:
    said = "Sendt i version 1. Punktet og dets nummer ligger fast."
    card = client.get(f"{MEETING}?rediger=2-1")
    for page in (client.get(ITEM), card):
        assertContains(page, said)
        assertNotContains(page, f"{ITEM}fjernelse/")
    assertNotContains(card, 'name="flyt"')
    assertNotContains(card, "data-move ")


@pytest.mark.parametrize("what", ["plads/", "fjernelse/"])
def test_a_sent_item_that_is_moved_or_removed_all_the_same_is_refused_in_words(
    client: Client, meeting: Meeting, what: str
) -> None:
    late = an_item(meeting, "Et nyt punkt")
    sent = REMOVE | {"direction": "ned"}

    page = client.post(f"{ITEM}{what}", sent, follow=True)

    assertContains(page, "Punkt 2.1 er sendt i version 1, og numrene ligger fast.")
    assert AgendaItem.objects.get(pk=late.pk).position == 2


def test_a_refused_move_leaves_the_card_open_with_what_was_typed(
    client: Client, meeting: Meeting
) -> None:
    item = AgendaItem.objects.get(section__meeting=meeting)
    an_item(meeting, "Sent punkt")
    data = {"form": "kort", "pk": item.pk, "version": item.version, "flyt": "ned"}

    page = client.post(ITEM, {**data, "title": "Ny titel"}, headers=HTMX)

    assertContains(page, "numrene ligger fast.")
    assertContains(page, f'id="item-form-{item.pk}"')
    assertContains(page, "Ny titel")
