"""Two people who both edit item 2.3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits

MEETING: Final = "/moeder/2023-11-22/"
ITEM: Final = f"{MEETING}punkter/2-3/"


def save_as_chief(visits: Visits, **texts: str) -> None:
    """Have the head of secretariat save the item, from a page opened now."""
    page = go(visits.look("chef", 1280), ITEM)
    for name, text in texts.items():
        page.get_by_role("textbox", name=name, exact=True).fill(text)
    page.get_by_role("button", name="Gem punkt").click()
    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")


def collide(visits: Visits, *, javascript: bool = True, width: int = 1280) -> Page:
    """Save over the chief's title; give the page that asks which one holds."""
    page = visits.page("sekretariat", javascript=javascript, width=width)
    keys = Keyboard(go(page, ITEM))
    save_as_chief(visits, Titel="Chefens titel")
    keys.write("Titel", "Min titel")
    keys.write("Økonomi", "Min økonomi.")
    assert keys.press("Gem punkt").status == 409
    return page
