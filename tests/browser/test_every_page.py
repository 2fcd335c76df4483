"""Every page, at both widths: accessible, nothing sideways, nothing missing."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import Resolver404, resolve

from tests.browser.accessibility import (
    expect_sound,
    low,
    missing,
    sideways,
    unfold,
    words,
)
from tests.browser.chromium import Visits, go
from tests.browser.places import Places
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


def has_been_seen(screen: Screen) -> bool:
    """Whether two others, who may do least and most, are shown the same page.

    What differs is the menu, which the home pages have, too, and what one may do from
    there: each of these stands on the page of one of the two. The drill has all.
    """
    if screen.act is not None or screen.path == "/":
        return False
    alike = [
        other
        for other in SCREENS
        if other.act is None
        and (other.path, other.state) == (screen.path, screen.state)
    ]
    return screen not in {alike[0], alike[-1]}


def in_turn(screens: list[Screen]) -> list[Any]:
    """The screens, those marked that are left to the drill."""
    left = pytest.mark.drill
    return [
        pytest.param(
            screen, marks=left if has_been_seen(screen) else (), id=screen.label
        )
        for screen in screens
    ]


# Of pages that one view makes, axe judges each at 390 px and the first at 1280 px, too:
# those are made of the same parts. Texts are held against what is behind them on the first,
# and where something was done or refused. Where nothing stands on a page that has not been
# judged (``tests/browser/places.py``), axe is not asked. The drill has all of them.
FIRST = {
    view_of(screen): screen
    for screen in reversed(BY_STATE)
    if not has_been_seen(screen)
}
FAULTS = {
    "a field without a name": "<p><input type='text' name='q'></p>",
    "a link that says nothing": "<p><a href='/moeder/'></a></p>",
    "a heading too low": "<h6>Bilag</h6>",
    "a word that nobody sees": "<p class='pale'>Ord</p>",
    "a second main": "<main><p>Ord</p></main>",
}
PALE = "document.querySelectorAll('.pale').forEach((e) => { e.style.color = '#ddd'; })"


@pytest.fixture(scope="module")
def lookers(portal: Portal, browser: Browser) -> Iterator[Visits]:
    """Everybody of the cast, looking."""
    visits = Visits(browser, portal.address)
    yield visits
    visits.end()


@pytest.fixture(scope="module")
def judged() -> dict[int, Places]:
    """What axe has judged, at each width."""
    return {1280: Places(), 390: Places()}


@pytest.mark.parametrize("screen", in_turn(BY_STATE))
def test_a_page_is_accessible_and_whole_at_both_widths(
    screen: Screen, portal: Portal, lookers: Visits, judged: dict[int, Places]
) -> None:
    portal.be(screen.state, anew=False)
    page = screen.open(lookers.look(screen.who, 1280))
    faults = {1280: cut_off(page)}
    # Colours are judged at the narrow width, where nothing is folded.
    is_first = screen is FIRST[view_of(screen)]
    found = judged[1280].findings(page, colours=False, is_like=True) if is_first else []
    unfold(page)
    wide = words(page)

    page.set_viewport_size({"width": 390, "height": 844})
    faults[390] = cut_off(page)
    has_own_colours = (
        is_first or screen.act is not None or screen.status != HTTPStatus.OK
    )
    found += judged[390].findings(
        page, colours=has_own_colours, is_like=not has_own_colours
    )
    narrow = words(page)
    page.set_viewport_size({"width": 1280, "height": 844})
    assert found == []
    assert faults == {1280: ([], []), 390: ([], [])}
    assert missing(wide, narrow) == set()
    assert lookers.faults() == []


@pytest.mark.drill
@pytest.mark.parametrize("screen", BY_STATE, ids=lambda screen: screen.label)
def test_axe_finds_nothing_on_any_page_whatever_it_has_judged_before(
    screen: Screen, portal: Portal, lookers: Visits
) -> None:
    portal.be(screen.state, anew=False)
    page = screen.open(lookers.look(screen.who, 1280))

    expect_sound(page)


@pytest.mark.parametrize("is_like", [False, True])
def test_what_stands_anew_on_a_page_that_was_judged_is_found(
    published: Portal, lookers: Visits, *, is_like: bool
) -> None:
    page, judged, found = go(lookers.look("", 390), "/moeder/"), Places(), {}
    add = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
    assert judged.findings(page, is_like=is_like) == []
    clean = set(judged.known)

    page.evaluate(add, "<p>Ord</p>")
    assert judged.findings(page, is_like=is_like) == []
    assert judged.known > clean
    page.evaluate("document.querySelector('main > p:last-child').append(' og flere')")
    again = set(judged.known)
    assert judged.findings(page, is_like=is_like) == []
    assert judged.known == again
    for name, html in FAULTS.items():
        page.evaluate(add, html)
        page.evaluate(PALE)
        found[name] = [judged.findings(page, is_like=is_like) for _ in range(2)]
        page.evaluate("document.querySelector('main').lastElementChild.remove()")

    assert all(first and first == second for first, second in found.values()), found


def cut_off(page: Page) -> tuple[list[str], list[str]]:
    """What stands outside the window, and links too low to be hit."""
    return sideways(page), low(page)
