"""Every page, at both widths: accessible, nothing sideways, nothing missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility import findings, low, missing, sideways, unfold
from tests.browser.chromium import Visits
from tests.browser.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

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
    wide = screen.open(lookers.look(screen.who, 1280))
    narrow = screen.open(lookers.look(screen.who, 390))

    unfold(narrow)
    assert [findings(wide), findings(narrow)] == [[], []]
    assert [sideways(wide), sideways(narrow)] == [[], []]
    assert [low(wide), low(narrow)] == [[], []]
    unfold(wide)
    assert missing(wide, narrow) == set()
    assert lookers.faults() == []
