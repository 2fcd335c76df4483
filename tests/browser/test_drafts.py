"""Two thousand letters survive whatever comes between typing and saving (claim L3)."""

from __future__ import annotations

import copy
import re
import socket
from typing import TYPE_CHECKING, Final

import psycopg
import pytest
from playwright.sync_api import Error, expect

from kkr.database import database_settings
from tests.browser.accessibility import expect_sound
from tests.browser.cast import PASSWORD
from tests.browser.chromium import Visits, go
from tests.browser.collision import ITEM, MEETING, save_as_chief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.portal import Portal

SENTENCE: Final = (
    "Kommunerne ønsker et svar på brevet inden jul, og de vil gerne mødes."
)
TEXT: Final = " ".join([SENTENCE] * 30)[:2000]
FIELD: Final = "Sagsfremstilling"
CARD: Final = f"{MEETING}?rediger=2-3"
SAVED: Final = "Punkt 2.3 er gemt."


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits) -> Page:
    """The secretariat's page of item 2.3, where no script runs."""
    return go(visits.page("sekretariat", javascript=False), ITEM)


@pytest.fixture
def live(drafts_anew: Portal, visits: Visits) -> Page:
    """The same page with scripts."""
    page = go(visits.page("sekretariat"), ITEM)
    expect(page.locator(".rich--live").first).to_be_visible()
    return page


def write(page: Page, text: str = TEXT) -> None:
    assert len(TEXT) == 2000
    page.get_by_role("textbox", name=FIELD, exact=True).fill(text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def lapse(portal: Portal) -> None:
    """Delete the rows of all sessions."""
    where = database_settings("owner")
    with psycopg.connect(
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        user=where["USER"],
        password=where["PASSWORD"] or None,
        dbname=f"{portal.name}_live",
        autocommit=True,
    ) as connection:
        connection.execute("DELETE FROM django_session")


def sign_in(page: Page, who: str = "sekretariat") -> None:
    page.get_by_label("E-mail").fill(f"{who}@kkr.example")
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^Log ind")).click()
    expect(
        page.get_by_role("link", name=re.compile("^Overblik|^Møder")).first
    ).to_be_visible()


def is_back(page: Page) -> None:
    field = page.get_by_role("textbox", name=FIELD, exact=True)
    expect(field).to_have_value(TEXT)


def is_saved(page: Page, name: str = "Gem punkt") -> None:
    """Save what is back; the record holds it, and no draft is left."""
    press(page, name)
    expect(page.locator("#status")).to_contain_text("er gemt.")
    field = go(page, ITEM).get_by_role("textbox", name=FIELD, exact=True)
    expect(field).to_have_value(TEXT)
    expect(page.get_by_text("Brug kladden")).to_have_count(0)


def test_a_session_that_lapsed(page: Page, drafts_anew: Portal) -> None:
    write(page)
    lapse(drafts_anew)

    press(page, "Gem punkt")
    expect(page.locator("h1")).to_have_text("Log ind igen")
    expect(page.locator("main")).to_contain_text("er her, når du har logget ind")
    expect(page.locator("body")).not_to_contain_text("Kommunerne ønsker")
    sign_in(page)

    is_back(page)
    expect(page.locator("main")).to_contain_text("Ikke gemt endnu")
    is_saved(page)


def test_a_session_that_lapsed_while_writing_in_the_card(
    page: Page, drafts_anew: Portal
) -> None:
    go(page, CARD)
    write(page)
    lapse(drafts_anew)

    press(page, "Gem")
    sign_in(page)

    is_back(page)
    is_saved(page, "Gem")


def test_a_session_that_lapsed_and_another_who_signed_in_first(
    page: Page, drafts_anew: Portal, visits: Visits
) -> None:
    write(page)
    lapse(drafts_anew)
    press(page, "Gem punkt")

    sign_in(page, "chef")
    expect(page.locator("body")).not_to_contain_text("Kommunerne ønsker")
    press(page, "Log ud")
    go(page, f"/log-ind/?next={ITEM}")
    sign_in(page)
    page.get_by_role("link", name="Brug kladden").click()

    is_back(page)
    is_saved(page)


def test_a_database_that_is_away(
    page: Page, drafts_anew: Portal, visits: Visits
) -> None:
    visits.watch.expected = {503}
    write(page)
    with drafts_anew.without_database():
        press(page, "Gem punkt")
        expect(page.locator("h1")).to_have_text("Punkt 2.3 blev ikke gemt")
        expect(page.get_by_label(f"Din tekst: {FIELD}")).to_have_value(TEXT)
        expect(page.locator("main")).to_contain_text("Du rettede i version 1.")

    press(page, "Prøv at gemme igen")

    expect(page.locator("#status")).to_contain_text(SAVED)
    expect(go(page, ITEM).get_by_role("textbox", name=FIELD)).to_have_value(TEXT)


def test_a_text_that_is_refused_and_a_closed_tab(page: Page, visits: Visits) -> None:
    write(page)
    page.get_by_label("Svarfristens dato, dd.mm.åååå").fill("snart")
    press(page, "Gem punkt")
    expect(page.locator("main")).to_contain_text("Kladde gemt")
    page.close()

    again = go(visits.page("sekretariat", javascript=False), ITEM)
    again.get_by_role("link", name="Brug kladden").click()

    is_back(again)
    again.get_by_label("Svarfristens dato, dd.mm.åååå").fill("")
    again.get_by_label("Ikke angivet i brevet").check()
    is_saved(again)


def test_a_conflict_and_a_closed_tab(page: Page, visits: Visits) -> None:
    save_as_chief(visits, Titel="Chefens titel")
    page.get_by_label("Titel", exact=True).fill("Min titel")
    write(page)
    press(page, "Gem punkt")
    expect(page.locator("main")).to_contain_text("din tekst ligger som kladde fra")
    page.close()

    again = go(visits.page("sekretariat", javascript=False), ITEM)
    again.get_by_role("link", name="Brug kladden").click()
    is_back(again)
    press(again, "Gem punkt")
    again.get_by_label("Brug min").check()
    press(again, "Gem som version 3")

    expect(again.locator("#status")).to_contain_text(SAVED)
    expect(go(again, ITEM).get_by_role("textbox", name=FIELD)).to_have_value(TEXT)


def test_a_common_text_written_when_the_session_lapsed(
    page: Page, visits: Visits, drafts_anew: Portal
) -> None:
    write(page, "Min sag.")
    chief = go(visits.page("chef", javascript=False), ITEM)
    write(chief, "Chefens sag.")
    press(chief, "Gem punkt")
    press(page, "Gem punkt")
    page.get_by_label("Skriv en fælles tekst").check()
    page.get_by_role("textbox", name=re.compile(FIELD)).fill(TEXT)
    lapse(drafts_anew)

    press(page, "Gem som version 3")
    sign_in(page)

    is_back(page)


def test_a_lost_cookie_and_a_closed_tab(page: Page, visits: Visits) -> None:
    write(page)
    page.context.clear_cookies(name="csrftoken")
    press(page, "Gem punkt")
    expect(page.locator("h1")).to_have_text("Siden var for gammel")
    page.close()

    again = go(visits.page("sekretariat", javascript=False), ITEM)
    again.get_by_role("link", name="Brug kladden").click()

    is_back(again)
    is_saved(again)


def test_a_draft_kept_by_hand_and_a_closed_tab(page: Page, visits: Visits) -> None:
    write(page)
    press(page, "Gem kladde")
    expect(page.locator("#status")).to_contain_text("Kladden er gemt.")
    page.close()

    again = go(visits.page("sekretariat", javascript=False), ITEM)
    again.get_by_role("link", name="Brug kladden").click()

    is_back(again)
    is_saved(again)


@pytest.fixture
def second(drafts_anew: Portal) -> Portal:
    """The same portal at an address of its own, to be started and stopped."""
    other = copy.copy(drafts_anew)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        other.address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    return other


@pytest.fixture
def elsewhere(second: Portal, browser: Browser) -> Iterator[Visits]:
    visits = Visits(browser, second.address)
    yield visits
    visits.end()


def test_a_server_that_is_stopped_for_five_seconds(
    second: Portal, elsewhere: Visits
) -> None:
    """Nothing but the browser can help here, by sending the form again."""
    with second.serving():
        page = go(elsewhere.page("sekretariat", javascript=False), ITEM)
        write(page)
        press(page, "Gem kladde")
        page.get_by_label("Titel", exact=True).fill("Ny titel")
    press(page, "Gem punkt")
    with pytest.raises(Error):
        page.reload()
    page.wait_for_timeout(5000)
    with second.serving():
        page.reload()
        expect(page.locator("#status")).to_contain_text(SAVED)
        expect(go(page, ITEM).get_by_role("textbox", name=FIELD)).to_have_value(TEXT)
        expect(page.get_by_label("Titel", exact=True)).to_have_value("Ny titel")


# With scripts.


def kept(page: Page) -> None:
    """Wait until the page says that the draft is kept."""
    expect(page.locator("[data-draft-words]").first).to_contain_text("Kladde gemt")


def test_a_pause_in_typing_keeps_it_and_a_closed_tab_loses_nothing(
    live: Page, visits: Visits
) -> None:
    write(live)
    kept(live)
    expect(live.locator("main")).to_contain_text(
        "Kun du ser kladden, til du gemmer punktet."
    )
    expect_sound(live)
    live.close()

    again = go(visits.page("sekretariat"), ITEM)
    expect_sound(again)
    again.get_by_role("link", name="Brug kladden").click()

    expect(again.get_by_role("textbox", name=FIELD, exact=True)).to_have_text(TEXT)
    expect_sound(again)
    press(again, "Gem punkt")
    expect(again.locator("#status")).to_contain_text(SAVED)
    expect(go(again, ITEM).get_by_text("Brug kladden")).to_have_count(0)


def test_a_tab_closed_at_once_loses_nothing(live: Page, visits: Visits) -> None:
    write(live)
    live.close(run_before_unload=True)

    again = visits.page("sekretariat")
    expect(go(again, ITEM).get_by_role("link", name="Brug kladden")).to_be_visible()


def test_leaving_a_field_keeps_it(live: Page) -> None:
    with live.expect_response("**/kladder/gem/") as answer:
        write(live)
        live.get_by_label("Titel", exact=True).focus()

    assert answer.value.json()["at"]


def test_a_server_out_of_reach_is_said_and_tried_again(
    live: Page, visits: Visits
) -> None:
    write(live, "Først.")
    kept(live)
    live.context.set_offline(True)
    write(live)
    words = live.locator("[data-draft-line]")
    expect(words).to_contain_text("Kladden er ikke gemt siden")
    expect(words).to_contain_text("Din tekst er på denne side; vi prøver igen.")
    expect(live.locator(".save-bar")).to_contain_text("Kladden er ikke gemt siden")
    live.context.set_offline(False)

    kept(live)
    offline = "net::ERR_INTERNET_DISCONNECTED"
    assert all(offline in fault for fault in visits.faults())


def test_a_session_that_lapsed_is_said_and_the_draft_still_kept(
    live: Page, drafts_anew: Portal
) -> None:
    lapse(drafts_anew)
    write(live)

    kept(live)
    expect(live.locator("[data-draft-line]")).to_contain_text("Du er logget ud.")
    live.get_by_role("link", name="Log ind igen").click()
    sign_in(live)

    expect(live.get_by_role("textbox", name=FIELD, exact=True)).to_have_text(TEXT)


def test_a_draft_is_discarded_after_one_question(live: Page) -> None:
    write(live)
    kept(live)

    live.get_by_role("link", name="Kassér kladden").click()
    press(live, "Kassér kladden")

    expect(live.locator("#status")).to_contain_text("Kladden er kasseret.")
    expect(live.get_by_text("Brug kladden")).to_have_count(0)


def test_the_card_keeps_drafts_and_a_refused_save_goes_on(
    live: Page,
) -> None:
    go(live, MEETING).get_by_role("link", name="Redigér punkt 2.3").click()
    expect(live.locator(".edit-form .rich--live")).to_be_visible()
    write(live)
    kept(live)

    press(live, "Gem")

    expect(live.locator("#status")).to_contain_text(SAVED)
    expect(go(live, CARD).get_by_text("Brug kladden")).to_have_count(0)
