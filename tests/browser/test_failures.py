"""When something fails, nothing typed is lost, and the pages that say so are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH_AND_WITHOUT

if TYPE_CHECKING:
    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

ITEM = "/moeder/2023-11-22/punkter/2-3/"
SAVED = "Punkt 2.3 er gemt."


@WITH_AND_WITHOUT
def test_a_text_survives_a_database_that_is_gone(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = visits.page("sekretariat", javascript=javascript)
    keys = Keyboard(go(page, ITEM))
    visits.watch.expected = {503}
    keys.write("Økonomi", "Der er ingen udgifter.")
    with drafts_anew.without_database():
        assert keys.press("Gem punkt").status == 503
        if javascript:
            expect_sound(page)
        assert keys.press("Prøv at gemme igen").status == 503

    keys.press("Prøv at gemme igen")

    expect(page.locator("#status")).to_contain_text(SAVED)
    economy = go(page, ITEM).get_by_role("textbox", name="Økonomi")
    expect(economy).to_contain_text("Der er ingen udgifter.")


def test_a_page_that_cannot_be_read_says_so(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = visits.page()
    visits.watch.expected = {503}
    with drafts_anew.without_database():
        go(page, "/moeder/", status=503)
        expect_sound(page)

    Keyboard(page).follow("Prøv igen")

    expect(page.locator("h1")).to_have_text("Møder")


@WITH_AND_WITHOUT
def test_a_text_survives_a_lost_cookie(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = visits.page("sekretariat", javascript=javascript)
    keys = Keyboard(go(page, ITEM))
    keys.write("Økonomi", "Der er ingen udgifter.")
    page.context.clear_cookies(name="csrftoken")

    assert keys.press("Gem punkt").status == 403
    if javascript:
        expect_sound(page)
    expect(page.get_by_label("Økonomi")).to_have_value("Der er ingen udgifter.")
    keys.press("Send igen")

    expect(page.locator("#status")).to_contain_text(SAVED)


FAULTS = {
    "400": (400, "Vi forstår ikke det, der blev sendt"),
    "403": (403, "Det har du ikke adgang til"),
    "csrf": (403, "Siden var for gammel"),
    "429": (429, "For mange forsøg"),
    "500": (500, "Noget gik galt hos os"),
    "503": (503, "Portalen svarer ikke lige nu"),
}


@pytest.mark.parametrize("who", ["", "sekretariat"], ids=["public", "signed-in"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_says_what_went_wrong_is_sound_and_leads_on(
    drafts: Portal, visits: Visits, fault: str, who: str
) -> None:
    status, heading = FAULTS[fault]
    visits.watch.expected = {status}
    page = go(visits.page(who), f"/fejl/{fault}/", status)
    plain = go(visits.page(who, javascript=False), f"/fejl/{fault}/", status)

    expect_sound(page)
    for shown in (page, plain):
        expect(shown.locator("h1")).to_have_text(heading)
        expect(shown.locator("main a").first).to_be_visible()


@pytest.mark.parametrize("status", [429, 503])
def test_a_failure_that_passes_says_when_to_come_back(
    drafts: Portal, visits: Visits, status: int
) -> None:
    visits.watch.expected = {status}

    answer = visits.page().goto(f"/fejl/{status}/")

    assert answer is not None
    assert int(answer.headers["retry-after"]) > 0


# A form of another page, sent to where it fails; its token is good.
ELSEWHERE = (
    """(form, to) => { form.action = to; form.enctype = "multipart/form-data"; }"""
)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_what_was_typed_comes_back_whatever_failed(
    drafts: Portal, visits: Visits, status: int
) -> None:
    page = go(visits.page("sekretariat"), ITEM)
    visits.watch.expected = {status}
    economy = page.get_by_role("textbox", name="Økonomi")
    economy.fill("Der er ingen udgifter.")
    page.locator("#item-form").evaluate(ELSEWHERE, f"/fejl/{status}/")

    page.get_by_role("button", name="Gem punkt").click()

    expect(page.get_by_label("Økonomi")).to_have_value("Der er ingen udgifter.")
    expect_sound(page)
