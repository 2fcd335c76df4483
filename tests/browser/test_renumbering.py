"""A reference is put in by hand, a proposal gets another number, and all of it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.chromium import go

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

NINTH = "Krav om minimum for timetal i fleksjob"


def refer_to_nine(page: Page) -> None:
    """Let gain 2 of the opened proposal refer to proposal 9."""
    page.get_by_role("link", name="Redigér gevinst 2").click()
    form = page.locator("form", has=page.get_by_label("Gevinst 2"))
    form.get_by_label("Gevinst 2").fill("Uddybet")
    form.get_by_text("Indsæt henvisning").click()
    form.get_by_label("Henvis til").select_option(label=f"9. {NINTH} og styrkede "
        "incitamenter til udvikling i timer")  # fmt: skip
    form.get_by_role("button", name="Indsæt").click()
    expect(form.get_by_label("Gevinst 2")).to_have_value("Uddybet [forenkling 9]")
    form.get_by_role("button", name="Gem gevinst").click()
    gain = page.locator(".point__text", has_text="Uddybet")
    expect(gain.get_by_role("link", name="forenkling 9")).to_be_visible()


def test_list_page_and_reference_follow_a_new_number(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), "/forslag/7/")
    refer_to_nine(page)

    go(page, "/forslag/9/")
    page.get_by_role("link", name="Nyt nummer").click()
    page.get_by_label("Nummer").fill("5")
    page.get_by_text("Byt numre med det").click()
    page.get_by_role("button", name="Vis, hvad der ændres").click()
    changes = page.get_by_role("region", name="Det ændres")
    expect(changes).to_contain_text("Forenkling 7, gevinst 2")
    expect(changes.locator("ins").first).to_contain_text("forenkling 5")
    expect(changes).to_contain_text("2.1 Bilag 3")
    changes.get_by_role("button", name="Giv 2").click()

    expect(page.get_by_role("status")).to_contain_text("Forslag 9 er nu nummer 5.")
    expect(page.locator("h1")).to_contain_text(f"5. {NINTH}")
    expect(page.get_by_role("region", name="Hed tidligere")).to_contain_text("nr. 9")
    go(page, "/forslag/")
    expect(page.locator("#forslag-5")).to_contain_text(NINTH)
    go(page, "/forslag/7/")
    gain = page.locator(".point__text", has_text="Uddybet")
    gain.get_by_role("link", name="forenkling 5").click()
    expect(page.locator("h1")).to_contain_text(f"5. {NINTH}")
