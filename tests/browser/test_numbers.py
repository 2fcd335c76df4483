"""Numbers and references in an item's text, with scripts and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

ITEM = "/moeder/2023-11-22/punkter/2-3/"


def test_a_figure_is_inserted_and_one_that_nothing_gives_is_told_used_and_kept(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), ITEM)
    keys = Keyboard(page)
    area = page.locator(".rich:has(#id_economy) [contenteditable]")
    lines = page.locator("#tal-economy")
    area.focus()
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("roskilde kommune")
    keys.reach(keys.find("button", "Indsæt 89.447"))
    page.keyboard.press("Enter")
    expect(area).to_contain_text("89.447")

    page.keyboard.type(" i Roskilde, 840.000 i alt, 31.313 før.")
    expect(lines.locator("[data-loose]")).to_have_count(2)
    expect_sound(page)
    lines.locator("[data-use='843.513']").press("Enter")
    expect(area).to_contain_text("843.513 i alt")
    expect(lines.locator("[data-loose]")).to_have_count(1)

    lines.get_by_text("Behold 31.313, og skriv kilden").press("Enter")
    keys.write("Hvor er 31.313 fra?", "Statistikbanken")
    lines.get_by_role("button", name="Gem kilden").press("Enter")
    expect(lines).to_contain_text("31.313: Statistikbanken")
    expect(area).to_contain_text("31.313 før")
