"""Choosing in the list of proposals, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go

if TYPE_CHECKING:
    from tests.browser.chromium import Visits


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_what_is_chosen_is_named_and_goes_on_to_the_change_of_status(
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("sekretariat", javascript=javascript), "/forslag/")
    bar = page.locator(".chosen-bar")
    if javascript:
        expect(bar).to_be_hidden()
    else:
        expect(bar).to_contain_text("0 valgt")

    for number in (9, 2):
        page.locator(f"#valgt-{number}").press("Space")
    if javascript:
        expect(bar).to_contain_text("2 valgt forslag 2 og 9")
        page.get_by_role("link", name="Titel", exact=True).press("Enter")
        expect(page.locator("#valgt-9")).to_be_checked()
        assert page.url.endswith("?sorter=titel&valgt=2&valgt=9")
    page.get_by_role("button", name="Skift status").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Skift status")
    assert set(page.url.partition("?")[2].split("&")) == {"valgt=2", "valgt=9"}
