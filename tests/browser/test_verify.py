"""Whether a file is the right one, asked with and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
KNOWN = "Det er bilagspakken i version 1"


def packet(page: Page) -> FilePayload:
    """The packet as anybody downloads it."""
    content = page.request.get(f"{MEETING}pakke.pdf").body()
    return {"name": "pakke.pdf", "mimeType": "application/pdf", "buffer": content}


def test_with_a_script_only_the_checksum_leaves_the_browser(
    published: Portal, visits: Visits
) -> None:
    page = go(visits.page(), MEETING)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    page.set_input_files("#verify-file", packet(page))
    page.get_by_role("button", name="Kontrollér", exact=True).click()

    expect(page.locator("main")).to_contain_text(KNOWN)
    assert "sha256=" in page.url
    assert "POST" not in sent
    expect_sound(page)
    zipped: FilePayload = {
        "name": "alt.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04"
    }  # fmt: skip
    page.set_input_files("#verify-file", zipped)
    page.get_by_role("button", name="Kontrollér", exact=True).click()
    expect(page.locator("main")).to_contain_text("Filen er ikke sendt af KKR Sjælland")


def test_without_a_script_the_file_is_asked_about_on_a_page_of_its_own(
    published: Portal, visits: Visits
) -> None:
    page = go(visits.page(javascript=False), MEETING)

    page.get_by_role("link", name="Kontrollér en fil", exact=True).click()
    page.set_input_files("#verify-file", packet(page))
    page.get_by_role("button", name="Kontrollér", exact=True).click()

    expect(page.locator("main")).to_contain_text(KNOWN)
