"""Two people save the same item: nothing is lost, nobody is asked needlessly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound, unfold, words
from tests.browser.chromium import go
from tests.browser.collision import ITEM, MEETING, collide, save_as_chief
from tests.browser.keyboard import Keyboard
from tests.browser.plain import WITH, WITH_AND_WITHOUT

if TYPE_CHECKING:
    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal


@WITH
def test_changes_that_do_not_collide_both_stand(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = visits.page("sekretariat", javascript=javascript)
    keys = Keyboard(go(page, ITEM))
    save_as_chief(visits, Økonomi="Chefens økonomi.")

    keys.write("Titel", "Min titel")
    keys.press("Gem punkt")

    expect(page.locator("#status")).to_contain_text(
        "Flettet med sekretariatschefens version 2: Økonomi."
    )
    go(page, ITEM)
    expect(page.get_by_role("textbox", name="Titel")).to_have_value("Min titel")
    economy = page.get_by_role("textbox", name="Økonomi")
    expect(economy).to_contain_text("Chefens økonomi.")


@WITH_AND_WITHOUT
def test_a_collision_asks_and_a_choice_is_needed(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = collide(visits, javascript=javascript)
    keys = Keyboard(page)
    expect(page.locator("h1")).to_have_text("I har begge rettet i punkt 2.3")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.locator("main")).to_contain_text(
        "Intet er tabt: din tekst ligger som kladde fra"
    )

    assert keys.press("Gem som version 3").status == 422

    expect(page.locator("[autofocus]")).to_have_count(1)
    expect(page.locator("[autofocus]")).to_be_focused()
    expect(page.locator("main")).to_contain_text(
        "Vælg en tekst til Titel, eller skriv en fælles."
    )
    keys.choose("Brug min")
    keys.press("Gem som version 3")
    expect(page.locator("#item-2-3 h3")).to_have_text("Min titel")


@WITH_AND_WITHOUT
def test_one_can_still_save_after_any_number_of_saves_by_others(
    drafts_anew: Portal,
    visits: Visits,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = collide(visits, javascript=javascript)
    keys = Keyboard(page)
    for version in (3, 4, 5):
        save_as_chief(visits, Titel=f"Chefens titel {version}")
        keys.choose("Brug min")
        assert keys.press(f"Gem som version {version}").status == 409
        expect(page.get_by_role("radio", checked=True)).to_have_count(0)

    keys.choose("Skriv en fælles tekst")
    keys.write("Fælles tekst: Titel", "Vores titel")
    keys.press("Gem som version 6")

    go(page, ITEM)
    expect(page.get_by_role("textbox", name="Titel")).to_have_value("Vores titel")
    economy = page.get_by_role("textbox", name="Økonomi")
    expect(economy).to_contain_text("Min økonomi.")


def test_a_card_that_collides_asks_on_a_page_of_its_own(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), MEETING)
    keys = Keyboard(page)
    keys.follow("Redigér punkt 2.3")
    save_as_chief(visits, Titel="Chefens titel")

    keys.write("Titel", "Min titel")
    assert keys.press("Gem").status == 409

    expect(page.locator("h1")).to_have_text("I har begge rettet i punkt 2.3")
    keys.choose("Brug min")
    keys.press("Gem som version 3")
    expect(page.locator("#item-2-3 h3")).to_have_text("Min titel")


def test_the_page_that_asks_is_accessible_and_whole(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = collide(visits)
    Keyboard(page).press("Gem som version 3")

    expect_sound(page)
    unfold(page)
    narrow = words(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert words(page) - narrow == set()


def test_a_gain_and_a_title_that_collide_are_asked_and_stay_in_the_history(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), "/forslag/7/")
    keys = Keyboard(page)
    keys.follow("Redigér gevinst 2")
    theirs = go(visits.look("chef", 1280), "/forslag/7/")
    chief = Keyboard(theirs)
    chief.follow("Redigér gevinst 2")
    chief.write("Gevinst 2", "Chefens gevinst")
    chief.press("Gem gevinst")
    keys.write("Gevinst 2", "Min gevinst")
    assert keys.press("Gem gevinst").status == 409
    expect(page.locator("h1")).to_have_text("I har begge rettet i forslag 7, gevinst 2")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    keys.choose("Brug min")
    keys.press("Gem som version 3")
    expect(page.locator("#points-gain")).to_contain_text("Min gevinst")

    # The title, without scripts.
    plain = visits.page("sekretariat", javascript=False)
    keys = Keyboard(go(plain, "/forslag/7/oplysninger/"))
    chief = Keyboard(go(theirs, "/forslag/7/oplysninger/"))
    chief.write("Titel", "Chefens titel")
    chief.press("Gem")
    keys.write("Titel", "Min titel")
    assert keys.press("Gem").status == 409
    expect(plain.locator("main")).to_contain_text("Chefens titel")
    keys.choose("Brug sekretariatschefens")
    keys.press("Gem som version 5")
    expect(plain.locator("h1")).to_have_text("7. Chefens titel")

    go(plain, "/forslag/7/historik/?kun=gain")
    came = plain.locator(".versions ins")
    expect(came).to_contain_text(["Min", "Chefens gevinst"])
