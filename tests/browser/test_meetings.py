"""Meetings and accounts by keyboard alone, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

pytestmark = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])


def test_one_signs_in_after_a_slip_and_signs_out(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page(javascript=javascript), "/forslag/nyt/")
    keys = Keyboard(page)
    keys.write("E-mail", "sekretariat@kkr.example")
    keys.write("Adgangskode", "ikke den rigtige")
    keys.press("Log ind", within="main")
    expect(page.locator("main")).to_contain_text("E-mail eller adgangskode er forkert.")

    keys.write("Adgangskode", PASSWORD)
    keys.press("Log ind", within="main")

    expect(page.locator("h1")).to_contain_text("Nyt forslag")
    keys.press("Log ud")
    go(page, "/forslag/nyt/")
    expect(page.get_by_role("button", name="Log ind")).to_be_visible()


def test_a_meeting_is_created_after_a_slip(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("hovedstaden", javascript=javascript), "/")
    keys = Keyboard(page)
    keys.follow("Opret møde")
    keys.write("Dato", "24. januar")
    assert keys.press("Opret møde").status == 422

    keys.write("Dato", "24.01.2024")
    keys.write("Begynder kl.", "10.00")
    keys.write("Slutter kl.", "12.30")
    keys.write("Sted", "Roskilde")
    keys.press("Opret møde")

    expect(page.locator("h1")).to_have_text("KKR-møde 24. januar 2024")
    expect(page.locator(".page-head__facts")).to_contain_text("kl. 10.00–12.30")
    assert page.url.endswith("/moeder/2024-01-24/")


def test_an_account_is_made_and_closed(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("admin", javascript=javascript), "/brugere/")
    keys = Keyboard(page)
    keys.follow("Opret bruger")
    keys.write("Navn", "Ny medarbejder")
    keys.write("E-mail", "ny@kkr.example")
    keys.choose("Sekretariat")
    keys.press("Opret bruger")
    expect(page.locator("main")).to_contain_text("ny@kkr.example")

    go(page, "/brugere/")

    expect(page.locator("main")).to_contain_text("Ny medarbejder")
