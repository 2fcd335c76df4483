"""What scripts add: dragging, dropping, short cuts, the editor's toolbar, the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.documents.hostile import plain, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
ITEM = f"{MEETING}punkter/2-3/"
FILM = "Henvendelse fra kulturministeren om oprettelse af en østdansk filmfond"
DROP = """(zone, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "Svar.pdf", { type: "application/pdf" }));
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  zone.dispatchEvent(new DragEvent("dragover", options));
  zone.dispatchEvent(new DragEvent("drop", options));
}"""


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits) -> Page:
    """A page of the secretariat's, so tall that nothing scrolls under the mouse."""
    page = visits.page("sekretariat")
    page.set_viewport_size({"width": 1280, "height": 2400})
    return page


def test_an_item_is_dragged_to_another_place(page: Page) -> None:
    go(page, MEETING)

    page.locator("#item-2-3 [data-grip]").drag_to(page.locator("#item-2-1"))

    status = page.locator("#status")
    expect(status).to_contain_text("Punkt 2.3 er flyttet og hedder nu 2.1.")
    expect(page.locator("#item-2-1 h3")).to_have_text(FILM)


def test_a_point_is_dragged_to_another_place(page: Page) -> None:
    go(page, "/forslag/7/")
    gains = page.get_by_role("region", name="Gevinster", exact=True)
    texts = gains.locator(".point__text").all_inner_texts()

    gains.locator("[data-grip]").nth(2).drag_to(gains.locator(".point").nth(0))

    moved = [texts[2], texts[0], texts[1]]
    expect(gains.locator(".point__text")).to_have_text(moved)


def test_a_file_is_dropped(page: Page, tmp_path: Path) -> None:
    go(page, ITEM)

    page.locator("[data-drop]").evaluate(DROP, list(written(plain())))

    expect(page.locator("#bilag .attachment__title")).to_have_count(2)


def test_the_short_cuts_save_and_give_up(page: Page) -> None:
    keys = Keyboard(go(page, ITEM))
    keys.write("Titel", "Filmfonden")
    keys.enter("Control+s")
    expect(page.locator("#item-2-3 h3")).to_have_text("Filmfonden")

    keys.follow("Redigér punkt 2.3")
    keys.write("Titel", "Noget andet")
    keys.enter("Escape")
    expect(page.locator("#item-2-3 h3")).to_have_text("Filmfonden")


def test_the_toolbar_is_reached_and_left_by_keyboard(page: Page) -> None:
    keys = Keyboard(go(page, ITEM))
    field = page.get_by_role("textbox", name="Økonomi")
    keys.write("Økonomi", "Vigtigt")
    page.keyboard.press("Control+a")

    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Fed")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field.locator("strong")).to_have_text("Vigtigt")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_a_refused_form_has_the_focus_on_the_flaw(page: Page) -> None:
    keys = Keyboard(go(page, "/moeder/nyt/"))

    keys.press("Opret møde")

    expect(page.get_by_role("textbox", name="Dato")).to_be_focused()
