"""Appendices by keyboard alone: files in, replaced, refused; formed of data; removed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pikepdf
import pytest
from playwright.sync_api import Error, expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH, WITH_AND_WITHOUT
from tests.documents.hostile import named, plain, script, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

ITEM = "/moeder/2023-11-22/punkter/2-3/"
LETTER = "/moeder/2023-11-22/punkter/2-3/bilag/6/"
REFUSED = (
    "Filen er beskyttet med adgangskode og kan ikke sættes ind i pakken. Bed afsenderen "
    "om en fil uden adgangskode, eller gem den igen uden beskyttelse."
)


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits, javascript: bool) -> Page:  # noqa: FBT001
    """The secretariat's page of item 2.3, which has one appendix."""
    return go(visits.page("sekretariat", javascript=javascript), ITEM)


@pytest.fixture
def answer_pdf(tmp_path: Path) -> Path:
    """A PDF of two pages that runs a script when it is opened, and by name."""
    path = tmp_path / "Svar til ministeren.pdf"
    pdf = plain(2)
    pdf.Root.OpenAction = script()
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=named(script()))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Svar til ministeren"
    path.write_bytes(written(pdf))
    return path


@pytest.fixture
def locked_pdf(tmp_path: Path) -> Path:
    """A PDF that asks for a password."""
    path = tmp_path / "122567 brev.pdf"
    path.write_bytes(written(plain(), pikepdf.Encryption(owner="a", user="b")))
    return path


def send(keys: Keyboard, *paths: Path) -> None:
    """Choose files and have them taken in: with scripts the choice alone does it."""
    if keys.page.evaluate("() => 'htmx' in window"):
        with keys.page.expect_response(lambda answer: "/filer/" in answer.url):
            keys.attach("Vælg filer …", *paths)
    else:
        keys.attach("Vælg filer …", *paths)
        keys.press("Tilføj filer")


def in_a_tab(page: Page, address: str) -> list[str]:
    """Open a file's address in a tab; give what it does but to be downloaded."""
    tab, done = page.context.new_page(), []
    tab.on("dialog", lambda dialog: done.append(dialog.message))
    tab.on("request", lambda request: done.append(request.url))
    with tab.expect_download(), contextlib.suppress(Error):
        tab.goto(address)
    done.remove(address)
    shown = [] if tab.url == "about:blank" else [tab.url]
    tab.close()
    return done + shown


def replace(keys: Keyboard, path: Path) -> int:
    """Let a file stand in another's place; give how the server answers."""
    if keys.page.evaluate("() => 'htmx' in window"):
        with keys.page.expect_response(lambda answer: "/fil/" in answer.url) as answer:
            keys.attach("Vælg en fil …", path)
        return answer.value.status
    keys.attach("Vælg en fil …", path)
    return keys.press("Erstat filen").status


@WITH_AND_WITHOUT
def test_a_file_is_taken_in_and_what_is_typed_stays(
    page: Page, answer_pdf: Path
) -> None:
    keys = Keyboard(page)
    keys.write("Økonomi", "Ingen udgifter.")

    send(keys, answer_pdf)

    titles = page.locator("#bilag .attachment__title")
    expect(titles).to_have_text(
        ["Brev til kommunerne om en østdansk filmfond", "Svar til ministeren"]
    )
    economy = page.get_by_role("textbox", name="Økonomi")
    expect(economy).to_contain_text("Ingen udgifter.")


@WITH
def test_a_refused_file_leaves_the_others_alone(
    page: Page, answer_pdf: Path, locked_pdf: Path
) -> None:
    keys = Keyboard(page)

    send(keys, locked_pdf, answer_pdf)

    refused = page.locator(".attachment--refused")
    expect(refused).to_contain_text("122567 brev.pdf blev ikke modtaget")
    expect(refused).to_contain_text(REFUSED)
    expect(page.locator("#bilag")).to_contain_text("Svar til ministeren")


@WITH
def test_a_file_is_replaced_and_its_title_stays(page: Page, answer_pdf: Path) -> None:
    keys = Keyboard(go(page, LETTER))
    file = page.get_by_role("region", name="Filen", exact=True)
    expect(file).to_contain_text("2-3-bilag-1.pdf")

    assert replace(keys, answer_pdf) == 200

    go(page, LETTER)
    expect(file).to_contain_text("Svar til ministeren.pdf")
    title = page.get_by_role("textbox", name="Titel")
    expect(title).to_have_value("Brev til kommunerne om en østdansk filmfond")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent filen").press("Enter")
    with pikepdf.open(download.value.path()) as pdf:
        assert len(pdf.pages) == 2
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
    assert in_a_tab(page, download.value.url) == []


@WITH_AND_WITHOUT
def test_a_file_cannot_be_replaced_by_one_that_is_refused(
    page: Page, locked_pdf: Path
) -> None:
    keys = Keyboard(go(page, LETTER))

    assert replace(keys, locked_pdf) == 422
    expect(page.get_by_role("alert")).to_contain_text(REFUSED)


@WITH
def test_an_appendix_is_formed_of_data_and_removed_again(page: Page) -> None:
    keys = Keyboard(page)

    keys.follow("Dan et bilag af data")
    keys.choose("Samdriftskatalog")
    keys.press("Dan bilag")

    go(page, ITEM)
    expect(page.locator("#bilag .attachment")).to_have_count(2)
    keys.press("Fjern Bilag 2")
    expect(page.locator("#bilag .attachment")).to_have_count(1)
    keys.press("Fortryd", within="#status")
    expect(page.locator("#bilag .attachment")).to_have_count(2)
