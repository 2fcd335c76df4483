"""The main job: built with a worker, read, fetched, published, read by everybody."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH_AND_WITHOUT
from tests.browser.putting_right import put_right, record_approval, wait_until_checked

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
PACKET = f"{MEETING}pakke/"
CATALOGUE = f"{MEETING}bilag/2-1-bilag-3/"
NEW_GAIN = "Flere får ordinære løntimer"
# The words of it that the gain did not have before.
ADDED = "Flere får ordinære"
BUILT = "Pakken er bygget kl."
STANDS_STILL = "Køen står stille siden"
PATIENCE = 90_000


def edit_gain_2(page: Page) -> None:
    """Edit gain 2 of proposal 7."""
    keys = Keyboard(go(page, "/forslag/7/"))
    keys.follow("Redigér gevinst 2")
    keys.write("Gevinst 2", NEW_GAIN)
    keys.press("Gem gevinst")


def wait_until_built(keys: Keyboard, *, javascript: bool) -> None:
    """Wait for the build's end: the page tells by itself, or has a link that asks."""
    built = keys.page.get_by_text(BUILT)
    if javascript:
        expect(built).to_be_visible(timeout=PATIENCE)
    while not built.is_visible():
        keys.page.wait_for_timeout(500)
        if (again := keys.find("link", "Opdatér")).is_visible():
            keys.reach(again)
            keys.enter()
        else:
            keys.page.reload()


def words_of_page(page: Page, link: str, number: int) -> str:
    """Fetch a PDF by its link, and read one page of it."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).first.press("Enter")
    span = ("-f", str(number), "-l", str(number))
    command = ["pdftotext", *span, str(download.value.path()), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return " ".join(said.stdout.split())


def assert_marked(words: str) -> None:
    """What is new stands on page 41, beside what it was; page 1a lies before it."""
    assert "pakkens side 41" in words
    assert ADDED in words
    assert "Ændret" in words


# Without scripts; with them the whole story does as much, in every run.
@pytest.mark.drill
def test_an_edit_reaches_everybody_with_the_next_publication(
    published_anew: Portal, visits: Visits
) -> None:
    page, public = (visits.page(w, javascript=False) for w in ("sekretariat", ""))
    keys = Keyboard(page)
    put_right(page)
    edit_gain_2(page)
    go(page, MEETING)
    with published_anew.working():
        keys.press("Byg pakke")
        wait_until_built(keys, javascript=False)
        wait_until_checked(page)
    record_approval(page)

    assert_marked(words_of_page(go(page, PACKET), "Hele pakken", 42))
    expect(go(public, CATALOGUE).locator("main")).not_to_contain_text(NEW_GAIN)

    chief = Keyboard(go(visits.page("chef", javascript=False), MEETING))
    chief.follow("Kontrollér og send")
    chief.press("Send version 2")
    chief.press("Send version 2")
    expect(go(public, CATALOGUE).locator("main")).to_contain_text(ADDED)
    assert_marked(words_of_page(go(public, MEETING), "Hele pakken (PDF)", 42))


def test_a_build_without_a_worker_says_so_and_goes_on_by_itself(
    published_anew: Portal, visits: Visits
) -> None:
    page = visits.page("sekretariat")
    keys = Keyboard(go(page, PACKET))

    keys.press("Byg pakke")
    expect(page.locator("#build-box h2")).not_to_contain_text(STANDS_STILL)
    expect_sound(page)
    expect(page.locator("#build-box")).to_contain_text(STANDS_STILL, timeout=20_000)
    expect_sound(page)
    with published_anew.working():
        expect(page.get_by_text(BUILT)).to_be_visible(timeout=PATIENCE)


@WITH_AND_WITHOUT
def test_a_build_is_stopped(
    published_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    keys = Keyboard(go(visits.page("sekretariat", javascript=javascript), PACKET))

    keys.press("Byg pakke")
    keys.press("Stop")

    expect(keys.page.locator("#status")).to_contain_text("Byggeriet er stoppet.")
    expect(keys.find("button", "Byg pakke")).to_be_visible()


@WITH_AND_WITHOUT
def test_the_packet_is_read_page_by_page(
    published: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = go(visits.page(javascript=javascript), PACKET)
    keys = Keyboard(page)
    picture = page.locator(".reader__page img")

    keys.write("Side", "2.1 Bilag 3")
    keys.enter()
    expect(page.get_by_label("Side", exact=True)).to_have_value("30")
    keys.write("Side", "41")
    keys.enter()
    expect(picture).to_have_attribute("alt", re.compile("^Side 41, forslag 7"))
    keys.follow("← Side 40")
    expect(picture).to_have_attribute("alt", re.compile("^Side 40, forslag 6"))
    keys.write("Side", "999")

    assert keys.enter().status == 422
    expect(page.get_by_label("Side", exact=True)).to_have_value("999")


def test_the_arrow_keys_turn_the_packets_pages(
    published: Portal, visits: Visits
) -> None:
    page = go(visits.page(), f"{PACKET}?side=40")
    keys = Keyboard(page)

    for key, shown in (("ArrowRight", 41), ("ArrowRight", 42), ("ArrowLeft", 41)):
        keys.reach(page.locator(".reader__page"))
        keys.enter(key)
        expect(page.get_by_label("Side", exact=True)).to_have_value(str(shown))


def test_the_list_of_contents_is_never_cut_off(
    published: Portal, visits: Visits
) -> None:
    page = go(visits.page(), f"{PACKET}?side=41")
    contents = page.locator(".contents--sticky")
    whole = "(list) => list.scrollHeight <= list.clientHeight + 1"

    for height, position in ((800, "static"), (2400, "sticky")):
        page.set_viewport_size({"width": 1280, "height": height})
        expect(contents).to_have_css("position", position)
        assert contents.evaluate(whole)
