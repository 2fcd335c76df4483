"""What holds without a script: the focus on the flaw, titles, files, sections."""

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
FOCUSED = "document.activeElement.name || document.activeElement.getAttribute('role')"
# Where a form is refused: its page, what is typed, the button, what has the focus then.
REFUSED = {
    "meeting": ("/moeder/nyt/", {}, "Opret møde", "held_on"),
    "hours": (
        f"{MEETING}oplysninger/",
        {"Begynder kl.": "16.00", "Slutter kl.": "13.00"},
        "Gem",
        "ends_at",
    ),
    "section": (f"{MEETING}?afsnit=nyt", {}, "Tilføj", "title"),
    "appendix": (f"{MEETING}punkter/2-1/bilag/1/", {"Titel": ""}, "Gem bilag", "title"),
    "source": (f"{MEETING}punkter/2-1/bilag/data/", {}, "Dan bilag", "source"),
    "written": (f"{MEETING}punkter/2-3/bilag/skriv/", {}, "Begynd bilaget", "title"),
    "item": (
        f"{MEETING}punkter/2-3/",
        {"Svarfristens dato, dd.mm.åååå": "snart"},
        "Gem punkt",
        "reply_on",
    ),
    "proposal": ("/forslag/nyt/", {}, "Opret forslag", "theme"),
}


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits) -> Page:
    """A page of the secretariat's where no script runs."""
    return visits.page("sekretariat", javascript=False)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_form_has_the_focus_on_the_flaw(page: Page, name: str) -> None:
    path, typed, button, focused = REFUSED[name]
    go(page, path)
    assert page.locator("[autofocus]").count() == 0
    for label, text in typed.items():
        page.get_by_label(label, exact=True).first.fill(text)

    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name=button, exact=True).first.click()

    page.wait_for_load_state()
    expect(page.locator("[autofocus]")).to_have_count(1)
    expect(page.locator("[autofocus]")).to_be_focused()
    assert page.evaluate(FOCUSED) == focused


def test_a_title_of_several_lines_becomes_one(page: Page) -> None:
    go(page, f"{MEETING}punkter/2-3/")
    page.get_by_label("Titel", exact=True).fill("En film\nog en\n\nfond")

    Keyboard(page).press("Gem punkt")

    expect(page.locator("#item-2-3 h3")).to_have_text("En film og en fond")


def test_a_file_is_chosen_with_the_browsers_own_field(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "Svar.pdf"
    path.write_bytes(written(plain()))
    go(page, f"{MEETING}punkter/2-3/")
    field = page.get_by_label("Vælg filer …", exact=True)
    assert field.evaluate("(input) => getComputedStyle(input).opacity") == "1"

    field.set_input_files(path)
    Keyboard(page).press("Tilføj filer")

    expect(page.locator("#bilag .attachment__title")).to_have_count(2)


def test_sections_are_added_moved_renamed_and_removed(page: Page) -> None:
    keys, heads = Keyboard(go(page, MEETING)), page.locator("h2[id^=afsnit]")
    keys.follow("Tilføj afsnit")
    keys.write("Afsnittets titel", "Eventuelt")
    keys.press("Tilføj")
    expect(heads).to_have_text(["2. Sager", "3. Eventuelt"])

    keys.follow("Ret afsnit 3. Eventuelt")
    keys.write("Afsnittets titel", "Meddelelser")
    keys.press("Flyt op")
    expect(heads).to_have_text(["2. Meddelelser", "3. Sager"])
    expect(page.locator("#item-3-1")).to_be_visible()

    keys.press("Fortryd flytning")
    keys.follow("Ret afsnit 3. Meddelelser")
    keys.press("Fjern", within=".edit-form")
    expect(heads).to_have_text(["2. Sager"])
    keys.press("Fortryd")
    expect(heads).to_have_text(["2. Sager", "3. Meddelelser"])
