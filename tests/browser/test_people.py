"""Comments beside an item, who else has it open, and a draft that is read through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
ITEM = f"{MEETING}punkter/2-3/"


def comment(page: Page, about: str, text: str) -> None:
    page.get_by_text("Tilføj kommentar").click()
    page.get_by_label("Om", exact=True).select_option(label=about)
    page.get_by_label("Kommentar", exact=True).fill(text)
    page.get_by_role("button", name="Gem kommentar").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_comment_is_written_answered_and_solved_beside_the_form(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("sekretariat", javascript=javascript), ITEM)
    if javascript:
        page.get_by_label("Titel", exact=True).fill("Ikke gemt endnu")

    comment(page, "Sagsfremstilling", "Brug det præcise tal.")

    thread = page.locator(".comment")
    expect(thread).to_contain_text("Brug det præcise tal.")
    if javascript:
        expect(thread).to_be_focused()
        expect(page.get_by_label("Titel", exact=True)).to_have_value("Ikke gemt endnu")
    thread.locator("summary", has_text="Svar").click()
    thread.get_by_label("Svar", exact=True).fill("Det er gjort.")
    page.get_by_role("button", name="Gem svar").click()
    expect(thread).to_contain_text("Det er gjort.")
    page.locator("button[value=luk]").click()
    expect(page.get_by_text("løst kommentar")).to_be_visible()
    if javascript:
        expect_sound(page)


def test_two_see_each_other_and_each_what_they_changed(
    drafts_anew: Portal, visits: Visits
) -> None:
    # Opened once: a page that is left says so, and that may arrive after the next hello.
    chief = visits.page("chef")
    with chief.expect_response("**/til-stede/"):
        go(chief, ITEM)
    page = go(visits.page("sekretariat"), ITEM)
    here = page.locator("[data-presence]")
    expect(here).to_have_text("Sekretariatschefen har også punktet åbent.")

    page.get_by_label("Titel", exact=True).fill("En anden titel")
    case = page.get_by_role("textbox", name="Sagsfremstilling", exact=True)
    case.press("Control+End")
    case.press("x")

    states = page.locator("[data-state-words]")
    expect(states.nth(0)).to_have_text("Ændret af dig")
    expect(states.nth(9)).to_have_text("Ændret af dig")
    expect(states.nth(8)).to_have_text("Uændret")
    expect(states.nth(11)).to_have_text("Ikke udfyldt")
    expect_sound(page)
    case.press("Backspace")
    expect(states.nth(9)).to_have_text("Uændret")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_draft_is_opened_read_and_remarked(
    portal: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    portal.be("asked", anew=True)
    page = go(visits.page("erhvervshus", javascript=javascript), "/")

    page.get_by_role("link", name="Læs", exact=True).click()
    page.get_by_role("button", name="Åbn udkastet").click()
    page.get_by_text("Skriv en bemærkning").nth(2).click()
    page.get_by_label("Bemærkning til punkt 2.3").fill("Hvem betaler?")
    page.get_by_role("button", name="Skriv, at jeg har læst det").last.click()

    expect(page.locator("main")).to_contain_text("Du har læst udkastet")
    clerk = go(visits.page("sekretariat"), f"{MEETING}gennemlaesning/")
    expect(clerk.locator("tr", has_text="Erhvervshus")).to_contain_text("bemærkning")
    expect(go(clerk, ITEM).locator("main")).to_contain_text("Hvem betaler?")
