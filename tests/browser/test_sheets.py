"""A spreadsheet is fetched, changed and sent back: good, wrong and stale rows in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

FIRST = "Praktikordningen kan bruges mere fleksibelt"
SECOND = "Bedre mulighed for at arbejde målrettet med løntimer og få flere af dem"
MEANWHILE = "Rettet i portalen imens"


def fetch(page: Page, path: Path) -> None:
    """Fetch the catalogue as a workbook, by keyboard."""
    go(page, "/forslag/regneark/")
    button = Keyboard(page).reach(page.get_by_role("button", name="Hent", exact=True))
    with page.expect_download() as file:
        button.press("Enter")
    file.value.save_as(path)


def type_in(path: Path) -> dict[str, str]:
    """Change two gains, and make a year of what is none; give where each stands."""
    book: Any = load_workbook(path)
    places = {}
    for row in book["Punkter"].iter_rows():
        for cell in row:
            if cell.value in {FIRST, SECOND}:
                places[cell.value] = f"Punkter, række {cell.row}"
                cell.value += " fra regnearket"
    year = next(cell for cell in book["Tal"][1] if cell.value == "År")
    book["Tal"][f"{year.column_letter}2"] = "i år"
    book.save(path)
    return places


def said_of(page: Page, place: str) -> Locator:
    """What the page says of a row that cannot come in."""
    return page.locator("article", has=page.get_by_role("heading", name=place))


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_good_rows_come_in_and_the_wrong_and_the_stale_stay_out(
    drafts_anew: Portal,
    visits: Visits,
    tmp_path: Path,
    javascript: bool,  # noqa: FBT001
) -> None:
    page, path = visits.page("sekretariat", javascript=javascript), tmp_path / "a.xlsx"
    fetch(page, path)
    places = type_in(path)
    keys = Keyboard(go(page, "/forslag/7/"))
    keys.follow("Redigér gevinst 2")
    keys.write("Gevinst 2", MEANWHILE)
    keys.press("Gem gevinst")

    go(page, "/forslag/regneark/")
    page.locator("#id_file").set_input_files(path)
    keys.press("Se, hvad filen ændrer")

    expect(page.locator(".sheet-counts b")).to_have_text(["1", "1", "1", "471"])
    wrong = said_of(page, "Tal, række 2")
    expect(wrong).to_contain_text("År: ”i år” er ikke et årstal. Skriv fx 2023.")
    expect(wrong.locator(".sheet-row__wrong")).to_have_text("i år")
    stale = said_of(page, places[SECOND])
    expect(stale.locator("dd")).to_have_text(
        [SECOND, MEANWHILE, f"{SECOND} fra regnearket"]
    )
    changes = page.get_by_role("region", name="Ændres")
    expect(changes.locator("ins")).to_contain_text("fra regnearket")
    keys.press("Indlæs 1 felt i 1 række")

    expect(page.get_by_text("1 felt i 1 række er indlæst.")).to_be_visible()
    go(page, "/forslag/7/")
    gains = page.get_by_role("region", name="Gevinster", exact=True).locator(
        ".point__text"
    )
    expect(gains.nth(0)).to_have_text(f"{FIRST} fra regnearket")
    expect(gains.nth(1)).to_have_text(MEANWHILE)
    page.go_back()
    keys.press("Fortryd indlæsningen")
    go(page, "/forslag/7/")
    expect(gains.nth(0)).to_have_text(FIRST)
    expect(gains.nth(1)).to_have_text(MEANWHILE)
