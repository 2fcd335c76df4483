"""The demo's two errors, put right where the check says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEETING: Final = "/moeder/2023-11-22/"
SEND: Final = f"{MEETING}send/"
TITLE: Final = "Godkendelse af ”Sjælland baner vejen frem” (2024)"


# Half a second each.
MOST_LOOKS: Final = 120


def wait_until_checked(page: Page) -> None:
    """Look at the check, until a worker has looked at all that was saved."""
    for _ in range(MOST_LOOKS):
        if "af sig selv" not in go(page, SEND).locator("main").inner_text():
            return
        page.wait_for_timeout(500)
    raise AssertionError("something that was saved was never checked")


def record_approval(page: Page) -> None:
    """Write down that the chairman has approved the packet that is built."""
    keys = Keyboard(go(page, f"{MEETING}godkendelse/"))
    keys.write("Hvem svarede?", "En formand")
    keys.write("Hvornår og hvordan?", "På telefon")
    page.get_by_label("Godkendt", exact=True).check()
    keys.press("Skriv svaret ind")


def put_right(page: Page) -> None:
    """Mend both: a reference to itself, a draft that our words call final."""
    keys = Keyboard(go(page, "/forslag/3/"))
    keys.press("Slet henvisningen til forenkling 3")
    keys = Keyboard(go(page, f"{MEETING}punkter/2-2/"))
    keys.write("Titel", TITLE)
    keys.press("Gem punkt")
    go(page, f"{MEETING}punkter/2-2/")
    address = page.get_by_role("link", name="Sjælland baner vejen frem 2024").first
    keys = Keyboard(go(page, str(address.get_attribute("href"))))
    keys.write("Dokumentets egen status", "Udkast.")
    keys.press("Gem bilag")
