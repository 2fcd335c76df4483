"""Agenda items by keyboard alone, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH, WITH_AND_WITHOUT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
FILM = "Henvendelse fra kulturministeren om oprettelse af en østdansk filmfond"


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits, javascript: bool) -> Page:  # noqa: FBT001
    """The secretariat's workbench."""
    return go(visits.page("sekretariat", javascript=javascript), MEETING)


def titles(page: Page) -> list[str]:
    """The items' numbers and titles, in order."""
    items = page.locator("article.item")
    return [
        f"{item.locator('.item__no').inner_text()} {item.locator('h3').inner_text()}"
        for item in items.all()
    ]


@WITH
def test_an_item_is_edited_in_its_card(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Redigér punkt 2.3")
    keys.write("Titel", "En østdansk filmfond")
    keys.write("Sagsfremstilling", "Ministeren har skrevet.")
    keys.press("Gem")

    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")
    assert titles(page)[2] == "2.3 En østdansk filmfond"
    go(page, f"{MEETING}punkter/2-3/")
    case = page.get_by_role("textbox", name="Sagsfremstilling", exact=True)
    expect(case).to_contain_text("Ministeren har skrevet.")


@WITH_AND_WITHOUT
def test_a_whole_item_is_edited_on_its_page(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow(FILM)
    keys.write("Videre proces", "Svaret sendes efter mødet.")
    keys.choose("Ikke udfyldt")
    keys.press("Gem punkt")

    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")
    go(page, f"{MEETING}punkter/2-3/")
    expect(page.get_by_text("Videre proces er ikke udfyldt")).to_have_count(0)
    expect(page.get_by_role("radio", name="Ikke udfyldt")).to_be_checked()


@WITH_AND_WITHOUT
def test_what_is_refused_keeps_what_was_typed(page: Page) -> None:
    keys = Keyboard(page)
    go(page, f"{MEETING}punkter/2-3/")

    keys.write("Økonomi", "Der er ingen udgifter.")
    keys.choose("Dato")
    keys.write("Svarfristens dato, dd.mm.åååå", "31.02.2024")
    answer = keys.press("Gem punkt")

    assert answer.status == 422
    refused = page.get_by_role("textbox", name="Svarfristens dato, dd.mm.åååå")
    expect(refused).to_have_attribute("aria-invalid", "true")
    economy = page.get_by_role("textbox", name="Økonomi")
    expect(economy).to_contain_text("Der er ingen udgifter.")


@WITH
def test_an_item_is_moved_and_the_numbers_follow(page: Page) -> None:
    keys = Keyboard(page)
    before = titles(page)

    keys.follow("Redigér punkt 2.3")
    keys.press("Flyt op")

    status = page.locator("#status")
    expect(status).to_contain_text("Punkt 2.3 er flyttet og hedder nu 2.2.")
    assert titles(page)[1] == f"2.2 {FILM}"
    keys.press("Fortryd flytning", within="#status")
    assert titles(page) == before


@WITH
def test_an_item_is_removed_and_put_back(page: Page) -> None:
    keys = Keyboard(page)
    before = titles(page)

    keys.follow("Redigér punkt 2.3")
    keys.press("Fjern", within="#item-2-3")

    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er fjernet.")
    assert FILM not in "".join(titles(page))
    keys.press("Fortryd", within="#status")
    assert titles(page) == before


@WITH
def test_an_item_is_added(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Tilføj punkt i 2. Sager")
    keys.write("Titel", "Valg af formand")
    keys.press("Opret punkt")

    expect(page.locator("#status")).to_contain_text("Punkt 2.7 er oprettet.")
    assert titles(page)[-1] == "2.7 Valg af formand"
