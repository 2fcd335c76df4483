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


RECOMMENDATION: Final = "Indstilling"


def answer_the_minister(visits: Visits, width: int) -> Page:
    """Have both write on the answer to the minister; give the page that asks."""
    page = go(visits.page("sekretariat", width=width), ITEM)
    chief = go(visits.look("chef", 1280), ITEM)
    _rewrite(chief, "afgiver svar til Kulturministeriet inden udgangen af 2023.")
    chief.get_by_role("textbox", name="Økonomi").fill(
        "Brevet nævner ingen beløb. Kommunernes bidrag kan derfor endnu ikke beregnes."
    )
    chief.get_by_role("textbox", name="Videre proces").fill(
        "Sekretariatet sender svaret og orienterer KKR på næste møde."
    )
    chief.get_by_role("button", name="Gem punkt").click()
    expect(chief.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")
    _rewrite(
        page,
        "afgiver et fælles svar til Kulturministeriet på vegne af de 17 kommuner.",
    )
    page.get_by_role("textbox", name="Resumé").fill(
        "Kulturministeren spørger, om de sjællandske kommuner vil medfinansiere en "
        "regional filmfond i Østdanmark. Brevet nævner hverken beløb eller frist."
    )
    assert Keyboard(page).press("Gem punkt").status == 409
    return page


def _rewrite(page: Page, text: str) -> None:
    """Type over the last point of the recommendation."""
    field = page.get_by_role("textbox", name=RECOMMENDATION, exact=True)
    field.locator("li").last.click(click_count=3)
    page.keyboard.type(text)
