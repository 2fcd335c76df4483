"""A unit's groups and what its sources do not agree on, by mouse and with scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.chromium import go

if TYPE_CHECKING:
    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal


def test_a_municipality_is_placed_and_words_are_settled_where_they_stand(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat"), "/samdrift/1/")
    groups, status = page.locator("#groups"), page.locator("#status")
    expect(groups).to_contain_text("16 af 17 kommuner er placeret.")

    groups.get_by_role("link", name="Placér", exact=False).first.click()
    groups.get_by_label("Roskilde").select_option("Gruppe A")
    groups.get_by_role("button", name="Placér").click()
    expect(status).to_contain_text("Roskilde er placeret.")
    few = "Gruppe A har 6\xa0kommuner. Kataloget siger 3-5."
    expect(groups).to_contain_text(few)

    groups.get_by_role("link", name="Redigér Gruppe A").click()
    expect(groups.get_by_label("Gruppens navn")).to_be_focused()
    groups.get_by_label("Faxe").uncheck()
    groups.get_by_role("button", name="Gem gruppe").click()
    expect(groups).to_contain_text("Faxe er ikke i en gruppe")
    expect(groups.get_by_role("link", name="Redigér Gruppe A")).to_be_focused()

    page.get_by_role("link", name=re.compile("^Vælg.*Hvem der samles")).click()
    page.get_by_label("”erhvervscentre”").check(force=True)
    page.get_by_role("button", name="Brug de valgte ord").click()
    expect(page.locator("#points-extra")).to_contain_text("a-kasser, erhvervscentre og")
    expect(page.locator("#terms")).to_contain_text("erhvervscentre")
    status.get_by_role("button", name="Fortryd").click()
    expect(page.locator("#points-extra")).to_contain_text("a-kasser, erhvervshuse og")
