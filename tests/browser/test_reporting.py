"""A figure from call to dashboard: answered with scripts, sent back, answered without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.chromium import go

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

CONTRACT = "/resultatkontrakt/2021/"
ANSWER = f"{CONTRACT}indberet/maalepunkt-6-3/"


def test_a_figure_goes_from_call_to_dashboard(
    drafts_anew: Portal, visits: Visits
) -> None:
    chief = visits.page("chef")
    before = go(chief, CONTRACT).locator("main").inner_text()

    answer_with_scripts(visits.page("erhvervshus"))
    send_back(chief)
    colleague = visits.page("erhvervshus")
    go(colleague, ANSWER)
    answer_without(visits.page("erhvervshus", javascript=False))
    another_answer_meanwhile(colleague)

    assert go(chief, CONTRACT).locator("main").inner_text() == before
    open_answer(chief)
    chief.get_by_role("button", name="Godkend").click()
    expect(chief.locator("#status")).to_contain_text("Målepunkt 6.3 er godkendt")
    assert go(chief, CONTRACT).locator("main").inner_text() != before
    report = go(chief, f"{CONTRACT}udskriv/?hvad=maal&goal=goal-6")
    row = report.locator("tr", has_text="6.3").first
    expect(row).to_contain_text("71")


def answer_with_scripts(page: Page) -> None:
    """What is typed is kept at once; a bad number keeps its place and the focus."""
    go(page, ANSWER)
    page.get_by_label("Det er ikke målt").check(force=True)
    page.get_by_label("Hvorfor er det ikke målt?").select_option("awaited")
    expect(page.locator("#kept")).to_contain_text(
        "Ikke målt. Erhvervshus Sjælland venter på tal fra Erhvervsstyrelsen."
    )
    page.get_by_label("Det er målt").check(force=True)
    number = page.locator("#id_value")
    number.fill("12,5.3")
    page.get_by_role("button", name="Send tallet").click()
    problem = "12,5.3 er ikke et tal. Skriv fx 12,5."
    expect(page.get_by_role("alert").first).to_contain_text(problem)
    expect(number).to_have_value("12,5.3")
    number.fill("71")
    number.press("Tab")
    expect(page.locator("#kept")).to_contain_text("Kladde gemt i dag")
    page.get_by_role("button", name="Send tallet").click()
    expect(page.locator("h1")).to_have_text("Tallet er sendt")


def another_answer_meanwhile(page: Page) -> None:
    """A form that was opened before: both answers are shown, and none is lost."""
    page.locator("#id_value").fill("69")
    page.get_by_role("button", name="Send tallet").click()
    main = page.locator("main")
    expect(main).to_contain_text("Dit og det sendte er ikke ens.")
    expect(main).to_contain_text("69 pct.")


def open_answer(chief: Page) -> None:
    """What waits, and the answer."""
    go(chief, f"{CONTRACT}godkendelse/")
    chief.get_by_role("link", name="Kendskab til grønne ydelser").first.click()


def send_back(chief: Page) -> None:
    """With a reason."""
    open_answer(chief)
    chief.get_by_label("Hvorfor sendes det retur?").fill("Hvem er spurgt?")
    chief.get_by_role("button", name="Send retur").click()
    expect(chief.locator("#status")).to_contain_text("Målepunkt 6.3 er sendt retur.")


def answer_without(page: Page) -> None:
    """No script: a draft by its button, then the answer again."""
    go(page, ANSWER)
    expect(page.locator("main")).to_contain_text("Hvem er spurgt?")
    page.locator("#id_value").fill("")
    page.get_by_label("Svarede ja").fill("71")
    page.get_by_label("Spurgte virksomheder").fill("100")
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.locator("#status")).to_contain_text("Kladden er gemt")
    page.get_by_role("button", name="Send tallet").click()
    expect(page.locator("h1")).to_have_text("Tallet er sendt")
