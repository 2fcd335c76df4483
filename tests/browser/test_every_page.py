"""Every page, at both widths: accessible, nothing sideways, nothing missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility import findings, low, missing, sideways, unfold, words
from tests.browser.chromium import Visits
from tests.browser.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.portal import Portal
    from tests.browser.screens import Screen

# One state after the other: the database is copied once for each.
BY_STATE = sorted(SCREENS, key=lambda screen: screen.state)


@pytest.fixture(scope="module")
def lookers(portal: Portal, browser: Browser) -> Iterator[Visits]:
    """Everybody of the cast, looking."""
    visits = Visits(browser, portal.address)
    yield visits
    visits.end()


@pytest.mark.parametrize("screen", BY_STATE, ids=lambda screen: screen.label)
def test_a_page_is_accessible_and_whole_at_both_widths(
    screen: Screen, portal: Portal, lookers: Visits
) -> None:
    portal.be(screen.state, anew=False)
    page = screen.open(lookers.look(screen.who, 1280))
    # Colours are judged once: at the narrow width, where nothing is folded.
    faults = {1280: flaws(page, colours=False)}
    unfold(page)
    wide = words(page)

    page.set_viewport_size({"width": 390, "height": 844})
    faults[390] = flaws(page, colours=True)
    narrow = words(page)
    page.set_viewport_size({"width": 1280, "height": 844})
    assert faults == {1280: ([], [], []), 390: ([], [], [])}
    assert missing(wide, narrow) == set()
    assert lookers.faults() == []


def flaws(page: Page, *, colours: bool) -> tuple[list[str], list[str], list[str]]:
    """What axe finds, what stands outside the window, and links too low to be hit."""
    return findings(page, colours=colours), sideways(page), low(page)
