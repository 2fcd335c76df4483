"""The check before sending: answered row by row, sent after one confirming page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH, WITH_AND_WITHOUT
from tests.browser.putting_right import (
    MEETING,
    SEND,
    put_right,
    record_approval,
    wait_until_checked,
)
from tests.browser.test_packet import wait_until_built

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

REASON = "Punktet er reserveret."


def warned(page: Page, name: str) -> Locator:
    """The fields of the warnings; an error that may be answered comes before them."""
    return page.locator(f".finding:not(:has-text('cpr-numre')) input[name^='{name}']")


def tick(keys: Keyboard, place: int) -> None:
    """Tick the warning at this place with the space bar."""
    keys.reach(warned(keys.page, "svar").nth(place))
    keys.page.keyboard.press("Space")


def write(keys: Keyboard, place: int, reason: str) -> None:
    """Type the reason of the warning at this place."""
    keys.reach(warned(keys.page, "grund-").nth(place))
    keys.page.keyboard.type(reason)


@WITH_AND_WITHOUT
def test_warnings_are_answered_by_keyboard_and_an_answer_is_taken_back(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("sekretariat", javascript=javascript), SEND)
    keys = Keyboard(page)
    tick(keys, 0)
    write(keys, 0, REASON)
    tick(keys, 1)
    assert keys.press("Gem svar").status == 422
    expect(page.get_by_text("Fejl: Skriv hvorfor.")).to_be_visible()
    expect(warned(page, "grund-").first).to_have_value(REASON)
    if javascript:
        expect_sound(page)

    keys.reach(warned(page, "grund-").nth(1))
    page.keyboard.type("Rapporten kommer udefra.")
    keys.press("Gem svar")
    expect(page.get_by_text(f"Sendes alligevel: {REASON}")).to_be_visible()

    keys.reach(page.locator(".finding--answered .link-button").first)
    keys.enter()
    expect(page.get_by_text(f"Sendes alligevel: {REASON}")).to_have_count(0)
    keys.press("Sæt det ind igen")
    expect(page.get_by_text(f"Sendes alligevel: {REASON}")).to_be_visible()


@WITH
def test_the_rest_of_a_group_is_answered_as_one_by_keyboard(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page("sekretariat", javascript=javascript), SEND)
    keys = Keyboard(page)
    group = page.get_by_role("region", name="Bilag, der kommer udefra")
    several = group.locator("input[name=svar]").count() - 1
    keys.reach(group.locator("input[value^=alle-]"))
    page.keyboard.press("Space")
    keys.reach(group.locator("input[name^=grund-alle-]"))
    page.keyboard.type("Filerne kommer udefra.")

    keys.press("Gem svar")

    expect(
        page.get_by_text(f"{several}\N{NO-BREAK SPACE}svar er gemt.")
    ).to_be_visible()
    expect(group.locator(".finding--answered")).to_have_count(several)
    expect(group.locator("input[name=svar]")).to_have_count(0)
    if javascript:
        expect_sound(page)


def press_send(page: Page) -> int:
    return Keyboard(page).press("Send version 2").status


def test_the_button_says_why_until_all_is_right_and_then_sends(
    published_anew: Portal, visits: Visits
) -> None:
    # Sending without scripts is told in test_packet.
    page = visits.page("sekretariat")
    put_right(page)
    keys = Keyboard(go(page, MEETING))
    chief = go(visits.page("chef"), SEND)
    assert Keyboard(chief).press("Send version 1").status == 422
    expect(chief.get_by_role("alert")).to_contain_text("Pakken er forældet")
    with published_anew.working():
        keys.press("Byg pakke")
        wait_until_built(keys, javascript=True)
        wait_until_checked(page)
    go(chief, SEND)
    assert press_send(chief) == 422
    expect(chief.get_by_role("alert")).to_contain_text("har ikke godkendt pakken")
    record_approval(page)

    go(chief, SEND)
    expect(chief.locator("#verdict")).to_have_text("Klar til at sende")
    expect_sound(chief)
    assert press_send(chief) in {200, 302}
    expect(chief.get_by_role("heading", name="Det bliver låst")).to_be_visible()
    expect_sound(chief)
    press_send(chief)
    expect(chief.get_by_text("Pakken er sendt.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_row_of_the_demo_leads_to_a_page_that_is_there(
    published: Portal, visits: Visits, width: int
) -> None:
    page = go(visits.look("sekretariat", width), SEND)
    expect_sound(page)
    links = page.locator(".finding__act").evaluate_all(
        "(all) => all.map((link) => link.href.split('#')[0])"
    )

    assert len(links) > 30
    for link in set(links):
        assert page.request.get(link).status == 200, link
