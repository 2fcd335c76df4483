"""A proposal's points by keyboard alone, with scripts and without."""

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

GAINS = [
    "Praktikordningen kan bruges mere fleksibelt",
    "Bedre mulighed for at arbejde målrettet med løntimer og få flere af dem",
    "Mindre arbejde med at finde på nye jobfunktioner for at kunne fortsætte forløbet",
]


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits, javascript: bool) -> Page:  # noqa: FBT001
    """The secretariat's page of proposal 7."""
    return go(visits.page("sekretariat", javascript=javascript), "/forslag/7/")


def expect_gains(page: Page, *texts: str) -> None:
    """Expect the proposal's gains to be these, in this order."""
    gains = page.get_by_role("region", name="Gevinster", exact=True)
    expect(gains.locator(".point__text")).to_have_text(list(texts))


@WITH
def test_gain_2_is_edited(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Redigér gevinst 2")
    keys.write("Gevinst 2", "Flere får løntimer")
    keys.press("Gem gevinst")

    expect_gains(page, GAINS[0], "Flere får løntimer", GAINS[2])
    go(page, "/forslag/7/")
    expect_gains(page, GAINS[0], "Flere får løntimer", GAINS[2])


@WITH_AND_WITHOUT
def test_an_empty_gain_is_refused_and_can_be_given_up(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Redigér gevinst 2")
    keys.write("Gevinst 2", " ")
    answer = keys.press("Gem gevinst")

    assert answer.status == 422
    expect(page.locator("#points")).to_contain_text(
        "Skriv gevinsten, eller slet punktet."
    )
    keys.follow("Fortryd", within="#points")
    expect_gains(page, *GAINS)


@WITH
def test_a_gain_is_moved_and_moved_back(page: Page) -> None:
    keys = Keyboard(page)

    keys.press("Flyt op gevinst 2")

    expect_gains(page, GAINS[1], GAINS[0], GAINS[2])
    keys.press("Fortryd flytning")
    expect_gains(page, *GAINS)


@WITH_AND_WITHOUT
def test_a_gain_is_deleted_and_put_back(page: Page) -> None:
    keys = Keyboard(page)

    keys.reach(page.locator("summary", has_text="om gevinst 2"))
    page.keyboard.press("Enter")
    keys.press("Slet gevinst 2")

    expect_gains(page, GAINS[0], GAINS[2])
    keys.press("Fortryd")
    expect_gains(page, *GAINS)


@WITH
def test_a_gain_is_added(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Tilføj gevinst")
    keys.write("Ny gevinst", "Flere praktikpladser")
    keys.press("Gem gevinst")

    expect_gains(page, *GAINS, "Flere praktikpladser")


@WITH
def test_one_title_is_chosen_of_two(page: Page) -> None:
    keys = Keyboard(page)
    chosen = "Varighed af virksomhedspraktik kan udvides med ordinære timer"

    keys.reach(page.get_by_role("radio").first)
    page.keyboard.press("Space")
    keys.press("Brug valgt titel begge steder")

    expect(page.locator("h1")).to_contain_text(f"7. {chosen}")
    expect(page.get_by_text("Titlen er ikke ens")).to_have_count(0)
