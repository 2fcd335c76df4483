"""Searching by keyboard, with scripts and without; and nothing in a text is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

both = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


@both
def test_one_searches_from_any_page_narrows_and_reads_on(
    published: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("chef", javascript=javascript), "/moeder/")
    field = page.locator(".bar").get_by_label("Søg i møder, bilag og data").first
    field.fill("praktik")
    field.press("Enter")

    expect(page.locator("#resultater")).to_contain_text("resultater for ”praktik”")
    expect(page.locator(".hit").first).to_contain_text("Forenklingsforslag 7")
    expect(page.locator(".hit mark").first).to_have_text("praktik")
    assert focused(page) == "resultater"

    keys = Keyboard(page)
    keys.follow("Samdriftsenheder")
    expect(page.locator("#resultater")).to_contain_text("1 resultat")
    keys.follow("Virksomhedsservice")
    expect(page.locator("h1")).to_contain_text("Virksomhedsservice")


@both
def test_a_slip_is_put_right_by_the_suggestion(
    published: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page(javascript=javascript), "/soeg/")
    assert focused(page) == "q"
    keys = Keyboard(page)
    page.keyboard.type("filmpuje")
    page.keyboard.press("Enter")
    expect(page.locator("#resultater")).to_have_text("Ingen resultater for ”filmpuje”")

    keys.follow("”filmpulje”")

    expect(page.locator(".hit").first).to_contain_text("Som sendt")


@both
def test_the_choices_fold_into_one_line_on_a_phone(
    published: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(
        visits.page(javascript=javascript, width=390), "/soeg/?q=praktik&aar=2023"
    )
    fold = page.locator(".search-fold")
    expect(fold.locator("summary")).to_have_text("Afgræns: alle råd, 2023, alt")
    expect(page.locator(".search-side")).to_be_hidden()

    fold.locator("summary").press("Enter")
    fold.get_by_role("link", name="Alle år").press("Enter")

    expect(fold.locator("summary")).to_have_text("Afgræns: alle råd, alle år, alt")


@both
def test_a_published_meeting_is_searched_by_itself(
    published: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page(javascript=javascript), "/moeder/2023-11-22/")
    page.get_by_label("Søg i mødet").fill("samdrift")
    page.get_by_label("Søg i mødet").press("Enter")

    expect(page.locator("main")).to_contain_text("Søg i KKR-møde 22. november 2023")
    expect(page.locator(".hit").first).to_contain_text("2.1 Bilag")
