"""Two people save the same row: the conflict page, until it is saved in the end."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core import richtext
from core.conflict_page import possessive
from meetings.models import AgendaItem
from tests.makers import (
    HTMX,
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    item_data,
)

pytestmark = pytest.mark.django_db
URL = f"{MEETING}punkter/2-1/"
ASK = "Vælg en tekst til Indstilling, eller skriv en fælles."


@pytest.fixture
def chief() -> Client:
    """The other person's browser."""
    client = Client()
    client.force_login(a_chief())
    return client


@pytest.fixture
def item(client: Client) -> AgendaItem:
    """An item, opened by a secretary at version 1."""
    client.force_login(a_secretary())
    return an_item(
        a_meeting(),
        "Filmfonden",
        recommendation="Det indstilles, at KKR\n\n1. drøfter sagen\n2. svarer",
        economy="Ingen beløb.",
    )


def sent_again(response: Any, **choices: str) -> dict[str, str]:
    """What the conflict page's form sends, as a browser without JavaScript would."""
    html = response.content.decode()
    form = html[html.index("data-save") :]
    fields: dict[str, str] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', form):
        name, value = (
            re.search(r'name="([^"]*)"', tag),
            re.search(r'value="([^"]*)"', tag),
        )
        if name is not None:
            fields[name[1]] = unescape(value[1] if value else "")
    for name, value in re.findall(
        r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    ):
        fields[name] = unescape(value)
    return fields | choices


def collide(client: Client, chief: Client, item: AgendaItem) -> Any:
    """Both change the recommendation; the chief also the economy, the secretary the title."""
    theirs = "Det indstilles, at KKR\n\n1. drøfter sagen\n2. afgiver svar"
    data = item_data(item)
    chief.post(URL, data | {"recommendation": theirs, "economy": "Endnu intet."})
    mine = "Det indstilles, at KKR\n\n1. drøfter sagen\n2. svarer i fællesskab"
    return client.post(URL, data | {"title": "En filmfond", "recommendation": mine})


def plain(item: AgendaItem, name: str) -> str:
    """A saved text as it reads."""
    return richtext.to_plain(getattr(AgendaItem.objects.get(pk=item.pk), name))


def test_a_collision_is_answered_with_409_and_the_three_texts(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    response = collide(client, chief, item)

    assertContains(response, "I har begge rettet i punkt 2.1", status_code=409)
    assertContains(response, "Vælg tekst i 1\xa0felt: Indstilling", status_code=409)
    assertContains(response, "Intet er tabt: din tekst står herunder.", status_code=409)
    assertContains(response, "afgiver svar", status_code=409)
    assertContains(response, "i fællesskab", status_code=409)
    item.refresh_from_db()
    assert (item.title, item.version) == ("Filmfonden", 2)


def test_nothing_is_chosen_beforehand(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    response = collide(client, chief, item)

    assertContains(response, 'type="radio"', count=3, status_code=409)
    assertNotContains(response, "checked", status_code=409)


def test_what_only_one_changed_is_merged_and_named(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    html = collide(client, chief, item).content.decode()

    rows = re.findall(
        r'<th scope="row">(.*?)</th>.*?Rettet af">(.*?)<', html, re.DOTALL
    )
    assert rows == [("Titel", "Dig"), ("Økonomi", "Sekretariatschef sjaelland")]


def test_saving_without_a_choice_is_422_and_asks_at_the_field(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)

    response = client.post(URL, sent_again(first))

    assertContains(response, ASK, count=1, status_code=422)
    focused = re.search(r"<input[^>]*data-focus[^>]*>", response.content.decode())
    assert focused is not None
    assert 'id="recommendation-theirs"' in focused[0]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"recommendation__choice": "theirs"}, "2. afgiver svar"),
        ({"recommendation__choice": "mine"}, "2. svarer i fællesskab"),
        (
            {"recommendation__choice": "own", "recommendation__own": "Fælles tekst"},
            "Fælles tekst",
        ),
    ],
)
def test_a_choice_is_saved_with_all_that_was_merged(
    client: Client,
    chief: Client,
    item: AgendaItem,
    choices: dict[str, str],
    expected: str,
) -> None:
    first = collide(client, chief, item)

    response = client.post(URL, sent_again(first, **choices))

    assertRedirects(response, f"{MEETING}#item-2-1", fetch_redirect_response=False)
    item.refresh_from_db()
    assert (item.title, item.version) == ("En filmfond", 3)
    assert plain(item, "economy") == "Endnu intet."
    assert plain(item, "recommendation").splitlines()[-1] == expected


def test_a_choice_falls_only_where_somebody_saved_again(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)
    item.refresh_from_db()
    chief.post(URL, item_data(item, recommendation="Helt andet"))

    response = client.post(URL, sent_again(first, recommendation__choice="mine"))

    assertContains(response, "gemte version 3", status_code=409)
    assertContains(response, "Helt andet", status_code=409)
    assertContains(response, "i fællesskab", status_code=409)
    assertNotContains(response, "checked", status_code=409)


def test_a_choice_holds_when_another_field_was_saved_meanwhile(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)
    item.refresh_from_db()
    chief.post(URL, item_data(item, process="Sekretariatet svarer."))

    client.post(URL, sent_again(first, recommendation__choice="mine"))

    assert plain(item, "process") == "Sekretariatet svarer."
    assert plain(item, "recommendation").endswith("svarer i fællesskab")


def test_after_any_number_of_saves_by_others_it_can_be_saved(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    response: Any = collide(client, chief, item)
    for turn in range(4):
        item.refresh_from_db()
        chief.post(URL, item_data(item, recommendation=f"Tekst {turn}"))
        again = sent_again(response, recommendation__choice="mine")
        response = client.post(URL, again)
        assert response.status_code == 409

    response = client.post(URL, sent_again(response, recommendation__choice="mine"))

    assert response.status_code == 302
    assert plain(item, "recommendation").endswith("svarer i fællesskab")


def test_an_own_text_survives_that_somebody_saves_again(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)
    item.refresh_from_db()
    chief.post(URL, item_data(item, recommendation="Helt andet"))
    own = {"recommendation__choice": "own", "recommendation__own": "Vores fælles"}

    response = client.post(URL, sent_again(first, **own))

    assert sent_again(response)["recommendation__own"] == "Vores fælles"


def test_ret_opens_a_merged_field_with_what_it_came_to(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)

    opened = client.post(URL, sent_again(first, felt__open="economy"))
    data = sent_again(opened, recommendation__choice="mine", economy__choice="own")
    client.post(URL, data | {"economy__own": "Vi ved det ikke."})

    assert re.findall(r'id="([\w-]+)"[^>]* checked', opened.content.decode()) == [
        "economy-theirs"
    ]
    assert plain(item, "economy") == "Vi ved det ikke."


def test_going_back_shows_the_form_with_what_was_typed(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    first = collide(client, chief, item)

    response = client.post(URL, sent_again(first, felt__back="1"))

    assertContains(response, "Redigér punkt 2.1", status_code=422)
    assertContains(response, "svarer i fællesskab", status_code=422)
    assertContains(response, 'name="version" value="1"', status_code=422)


def test_the_card_s_collision_takes_the_whole_page(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    chief.post(URL, item_data(item, title="Deres titel"))
    card = {"form": "kort", "pk": str(item.pk), "version": "1", "title": "Min titel"}

    response = client.post(URL, card, headers=HTMX)

    assertContains(response, "Vælg tekst i 1\xa0felt: Titel", status_code=409)
    assert response["HX-Retarget"] == "body"
    assert response["HX-Push-Url"] == URL


def test_fields_that_belong_together_are_chosen_together(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    dated = {"reply_deadline": "dated", "reply_on": "14.11.2023"}
    chief.post(URL, item_data(item, reply_deadline="not_stated"))
    first = client.post(URL, item_data(item, **dated))

    client.post(URL, sent_again(first, reply_deadline__choice="mine"))

    assertContains(first, "Vælg tekst i 1\xa0felt: Svarfrist", status_code=409)
    item.refresh_from_db()
    assert (item.reply_deadline, str(item.reply_on)) == ("dated", "2023-11-14")


def test_an_own_text_that_cannot_be_saved_is_asked_again(
    client: Client, chief: Client, item: AgendaItem
) -> None:
    chief.post(URL, item_data(item, title="Deres titel"))
    first = client.post(URL, item_data(item, title="Min titel"))
    own = {"title__choice": "own", "title__own": "x" * 251}

    response = client.post(URL, sent_again(first, **own))

    assertContains(response, "højst have 250 tegn", status_code=422)
    assertContains(response, "x" * 251, status_code=422)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sekretariatschefen", "sekretariatschefens"),
        ("Sekretariatet", "sekretariatets"),
        ("Lars", "Lars’"),
        ("Sekretær Hansen", "Sekretær Hansens"),
        ("", "en andens"),
    ],
)
def test_whose_it_is_reads_as_inside_a_sentence(name: str, words: str) -> None:
    assert possessive(name) == words
