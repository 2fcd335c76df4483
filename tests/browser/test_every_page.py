"""Every page, at both widths: accessible, nothing sideways, nothing missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import Resolver404, resolve

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


def view_of(screen: Screen) -> str:
    """The view that answers; what none answers is the page that says so."""
    try:
        return resolve(screen.path.partition("?")[0]).view_name
    except Resolver404:
        return ""


# Of pages that one view makes, axe judges each at 390 px and the first at 1280 px, too:
# those are made of the same parts. The drill has all of them.
FIRST = {view_of(screen): screen for screen in reversed(BY_STATE)}
OTHERS = [screen for screen in BY_STATE if screen not in FIRST.values()]


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
    faults = {1280: cut_off(page)}
    # Colours are judged once: at the narrow width, where nothing is folded.
    found = findings(page, colours=False) if screen is FIRST[view_of(screen)] else []
    unfold(page)
    wide = words(page)

    page.set_viewport_size({"width": 390, "height": 844})
    faults[390] = cut_off(page)
    found += findings(page)
    narrow = words(page)
    page.set_viewport_size({"width": 1280, "height": 844})
    assert found == []
    assert faults == {1280: ([], []), 390: ([], [])}
    assert missing(wide, narrow) == set()
    assert lookers.faults() == []


@pytest.mark.drill
@pytest.mark.parametrize("screen", OTHERS, ids=lambda screen: screen.label)
def test_a_page_of_a_view_is_accessible_at_the_wide_width_like_the_first(
    screen: Screen, portal: Portal, lookers: Visits
) -> None:
    portal.be(screen.state, anew=False)
    page = screen.open(lookers.look(screen.who, 1280))

    assert findings(page, colours=False) == []


def cut_off(page: Page) -> tuple[list[str], list[str]]:
    """What stands outside the window, and links too low to be hit."""
    return sideways(page), low(page)
