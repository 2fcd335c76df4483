"""What is sent while the page stays: files as they are chosen, moves from an open card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
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
LETTER = f"{ITEM}bilag/6/"
PACKET = f"{MEETING}pakke/"
PATIENCE = 90_000


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits) -> Page:
    return visits.page("sekretariat")


@pytest.fixture
def answer_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "Svar.pdf"
    path.write_bytes(written(plain()))
    return path


def test_a_chosen_file_comes_in_once_and_it_is_seen_that_it_is_on_its_way(
    page: Page, answer_pdf: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/filer/" in r.url else None)
    go(page, ITEM)
    # It is seen in the very moment of the choice, however short the way is.
    page.evaluate(WATCH)

    page.get_by_label("Vælg filer …").set_input_files(answer_pdf)

    titles = page.locator("#bilag .attachment__title")
    expect(titles).to_have_count(2)
    assert page.evaluate("() => window.seen") == ["Modtager filen …", True, "none"]
    assert len(asked) == 1
    expect(page.get_by_role("button", name="Tilføj filer")).to_have_count(0)
    go(page, ITEM)
    expect(titles).to_have_count(2)


WATCH = """() => document.addEventListener("htmx:beforeSend", ({ target }) => {
  setTimeout(() => { window.seen = [
    document.querySelector("[data-names]").textContent,
    target.disabled,
    getComputedStyle(document.querySelector(".drop__send")).display,
  ]; });
})"""


def test_what_is_said_of_refused_files_is_taken_away_one_by_one(
    page: Page, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.pdf" for name in ("en", "to")]
    for path in paths:
        path.write_bytes(written(plain(), pikepdf.Encryption(owner="a", user="b")))
    go(page, ITEM)
    lines = page.locator("#missing-box li")
    before = lines.count()
    page.get_by_label("Vælg filer …").set_input_files(paths)
    expect(page.locator(".attachment--refused")).to_have_count(2)
    expect(page.locator("#missing")).to_have_text(f"{before + 2} ting mangler")
    expect_sound(page)

    page.get_by_role("button", name="Fjern beskeden").first.press("Enter")

    expect(page.locator(".attachment--refused")).to_have_count(1)
    expect(page.locator("#missing-box")).not_to_contain_text("en.pdf")
    expect(page.locator("#missing-box")).to_contain_text("to.pdf blev ikke modtaget")
    expect(lines).to_have_count(before + 1)
    assert page.evaluate("() => document.activeElement !== document.body")


def test_many_refused_files_are_one_line_that_counts_them_down(
    page: Page, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.pdf" for name in ("en", "to", "tre")]
    for path in paths:
        path.write_bytes(b"")
    go(page, ITEM)
    page.get_by_label("Vælg filer …").set_input_files(paths)
    line = page.locator("#missing-box a", has_text="modtaget")
    expect(line).to_have_text("3 filer blev ikke modtaget")

    for words in ("2 filer blev ikke modtaget", "1 fil blev ikke modtaget"):
        page.get_by_role("button", name="Fjern beskeden").first.press("Enter")
        expect(line).to_have_text(words)
    page.get_by_role("button", name="Fjern beskeden").press("Enter")
    expect(line).to_have_count(0)


def test_another_file_is_chosen_from_where_one_was_refused(
    page: Page, answer_pdf: Path, tmp_path: Path
) -> None:
    (tmp_path / "tom.pdf").write_bytes(b"")
    go(page, ITEM)
    page.get_by_label("Vælg filer …").set_input_files(tmp_path / "tom.pdf")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("link", name="Vælg en anden fil").press("Enter")
    chooser.value.set_files(answer_pdf)

    expect(page.locator("#bilag .attachment__title")).to_have_count(2)
    expect(page.locator(".attachment--refused")).to_have_count(0)


def test_what_is_typed_stays_when_the_file_is_replaced(
    page: Page, answer_pdf: Path
) -> None:
    keys = Keyboard(go(page, LETTER))
    keys.write("Resumé", "Skrevet, før filen blev skiftet.")

    page.get_by_label("Vælg en fil …").set_input_files(answer_pdf)

    status = page.locator("#status")
    expect(status).to_contain_text("Filen i 2.3 Bilag 1 er erstattet.")
    expect(page.locator("#appendix-saved")).to_contain_text("version 2")
    keys.press("Gem bilag")
    go(page, ITEM)
    expect(page.locator("#bilag")).to_contain_text("Skrevet, før filen blev skiftet.")


def test_an_item_is_moved_again_and_again_from_its_open_card(page: Page) -> None:
    keys = Keyboard(go(page, MEETING))
    title = page.locator("#item-2-3 h3").inner_text()
    keys.follow("Redigér punkt 2.1")
    keys.follow("Redigér punkt 2.3")
    other = page.locator("#item-2-1").get_by_role("textbox", name="Titel")
    other.fill("Skrevet og ikke gemt")
    up = page.locator("#item-2-3").get_by_role("button", name="Flyt op")
    up.focus()

    keys.enter()
    status = page.locator("#status")
    expect(status).to_have_text(
        "Punkt 2.3 er flyttet og hedder nu 2.2. Fortryd flytning"
    )
    expect(page.locator("#item-2-2 h3")).to_have_text(title)
    expect(
        page.locator("#item-2-2").get_by_role("button", name="Flyt op")
    ).to_be_focused()
    keys.enter()

    expect(page.locator("#item-2-1 h3")).to_have_text(title)
    expect(
        page.locator("#item-2-1").get_by_role("button", name="Flyt ned")
    ).to_be_focused()
    kept = page.locator("#item-2-2").get_by_role("textbox", name="Titel")
    expect(kept).to_have_value("Skrevet og ikke gemt")
    page.locator("#item-2-2").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#item-2-2 h3")).to_have_text("Skrevet og ikke gemt")


def test_the_first_packet_can_be_read_as_soon_as_it_is_built(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), PACKET)
    expect(page.locator("#laes")).to_have_count(0)

    with drafts_anew.working():
        Keyboard(page).press("Byg pakke")
        expect(page.locator("#laes")).to_be_visible(timeout=PATIENCE)

    expect(page.locator("#packet-head")).to_contain_text("125 sider")
    expect(page.locator("#downloads")).to_be_visible()
    expect(page.get_by_role("button", name="Byg pakke")).to_be_visible()
    expect(page.get_by_role("link", name="Læs fra side 1")).to_be_focused()
    expect_sound(page)
