"""A meeting from its first draft to approved minutes, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.documents.hostile import plain, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

# The demo's day: a meeting held that day is over once it says so.
MEETING: Final = "/moeder/2023-11-07/"
ITEM: Final = f"{MEETING}punkter/2-1/"
PATIENCE: Final = 90_000
CASE: Final = "Kommunerne mødes fire gange om året."
NEW_CASE: Final = "Kommunerne mødes fem gange om året."
ADDED: Final = "fem"


def press(page: Page, name: str) -> None:
    """Press the first button of that name, and wait for the page it leads to."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def begin(page: Page) -> None:
    """Make the meeting, with one item and a member of the council."""
    go(page, "/moeder/medlemmer/nyt/")
    page.get_by_label("Navn", exact=True).fill("Anna Holm")
    press(page, "Gem")
    go(page, "/moeder/nyt/")
    page.get_by_label("Dato", exact=True).fill("7.11.2023")
    press(page, "Opret møde")
    go(page, f"{MEETING}punkter/nyt/?afsnit=2")
    page.get_by_label("Titel", exact=True).fill("Mødeplan for 2024")
    page.get_by_label("Type", exact=True).select_option(label="Beslutningssag")
    page.get_by_label("Hvad skal KKR gøre?").select_option(label="Godkender")
    write(page, "Resumé", "Rådet får en mødeplan.")
    write(page, "Sagsfremstilling", CASE)
    press(page, "Opret punkt")


def write(page: Page, field: str, text: str) -> None:
    """Replace what stands in a field of rich text."""
    box = page.get_by_role("textbox", name=field, exact=True)
    box.press("Control+a")
    page.keyboard.type(text)


def attach(page: Page, path: Path, title: str) -> None:
    """Take a file in as the item's next appendix, and say what it is."""
    go(page, ITEM)
    before = page.locator("#bilag .attachment__title").count()
    page.get_by_label("Vælg filer …").set_input_files(path)
    titles = page.locator("#bilag .attachment__title")
    expect(titles).to_have_count(before + 1)
    go(page, str(titles.last.get_attribute("href")))
    page.get_by_label("Titel", exact=True).fill(title)
    page.get_by_label("Afsender", exact=True).fill("Sekretariatet")
    page.get_by_label("Resumé", exact=True).fill("Planen for året.")
    press(page, "Gem bilag")


def talk(page: Page, chief: Page) -> None:
    """Ask beside the item, and be answered; solved, it waits no more."""
    go(page, ITEM)
    page.get_by_text("Tilføj kommentar").click()
    page.get_by_label("Kommentar", exact=True).fill("Er det fire gange?")
    press(page, "Gem kommentar")
    expect(page.locator(".comment")).to_contain_text("Er det fire gange?")
    go(chief, ITEM)
    thread = chief.locator(".comment")
    thread.locator("summary", has_text="Svar").click()
    thread.get_by_label("Svar", exact=True).fill("Ja, i år.")
    press(chief, "Gem svar")
    expect(thread).to_contain_text("Ja, i år.")
    chief.locator("button[value=luk]").first.click()
    expect(chief.get_by_text("løst kommentar")).to_be_visible()


def approve(page: Page, public: Page, version: int) -> None:
    """Ask the chairman, who approves by the link and without an account."""
    if version == 1:
        go(page, f"{MEETING}tilstand/?til=approval")
        press(page, "Send til godkendelse")
    go(page, f"{MEETING}godkendelse/")
    page.get_by_label("Navn", exact=True).first.fill("Berit Dahl")
    page.get_by_label("Mail", exact=True).fill("berit@kkr.example")
    press(page, "Send link")
    expect(page.locator("#status")).to_contain_text("berit@kkr.example")
    go(public, page.get_by_label("Link til Berit Dahl").input_value())
    public.get_by_label("Godkend dagsordenen").check()
    press(public, "Send svar")
    expect(public.get_by_text("Du har godkendt dagsordenen")).to_be_visible()


def send(page: Page, chief: Page, public: Page, version: int) -> None:
    """Build the packet, have it approved, answer what is found, and send it."""
    go(page, MEETING)
    press(page, "Byg pakke")
    expect(page.get_by_text("Pakken er bygget kl.")).to_be_visible(timeout=PATIENCE)
    approve(page, public, version)
    for _ in range(120):
        if (
            "af sig selv"
            not in go(chief, f"{MEETING}send/").locator("main").inner_text()
        ):
            break
        chief.wait_for_timeout(500)
    for tick in chief.locator("input[name=svar]:not([value^=alle-])").all():
        tick.check()
    for reason in chief.locator("input[name^=grund-]:not([name*=alle])").all():
        reason.fill("Det skal stå sådan.")
    if chief.get_by_role("button", name="Gem svar", exact=True).count():
        press(chief, "Gem svar")
    expect(chief.locator("#verdict")).to_have_text("Klar til at sende")
    press(chief, f"Send version {version}")
    press(chief, f"Send version {version}")
    expect(chief.get_by_text("Pakken er sendt.")).to_be_visible()


def hold(page: Page, chief: Page) -> None:
    """Say that it was held; write who was there and what was decided; approve."""
    go(page, f"{MEETING}tilstand/?til=held")
    press(page, "Mødet er afholdt")
    go(page, f"{MEETING}referat/fremmoede/")
    page.get_by_label("Til stede", exact=True).first.check()
    press(page, "Gem fremmøde")
    page.get_by_role("button", name="Brug forslaget").first.click()
    page.wait_for_load_state()
    # Its PDF is made by a worker.
    for _ in range(120):
        press(page, "Send til godkendelse")
        if page.get_by_text("Sendt til godkendelse").count():
            break
        page.wait_for_timeout(500)
    # So may the packet be.
    approved = chief.get_by_role("button", name="Referatet er godkendt", exact=True)
    for _ in range(120):
        go(chief, f"{MEETING}tilstand/?til=approved")
        if approved.count():
            break
        chief.wait_for_timeout(500)
    press(chief, "Referatet er godkendt")


def revise(page: Page, reply: Path) -> None:
    """Begin the next version: an appendix that comes late, and another text."""
    go(page, MEETING)
    page.get_by_role("link", name="Ret i en ny version").first.click()
    page.get_by_label("Grund", exact=True).fill("Formandskabets svar kom sent.")
    press(page, "Begynd version 2")
    attach(page, reply, "Svar fra formandskabet")
    go(page, ITEM)
    write(page, "Sagsfremstilling", NEW_CASE)
    press(page, "Gem punkt")


def expect_marks(public: Page) -> None:
    """Expect everybody to see what changed, and the version before it as it was."""
    expect(go(public, ITEM).locator("ins")).to_contain_text(ADDED)
    changes = go(public, f"{MEETING}aendringer/").locator("main")
    expect(changes).to_contain_text("Bilag 1a, nyt bilag")
    expect(changes).to_contain_text("Ingen numre er flyttet.")
    expect(go(public, f"{ITEM}?version=1").locator("main")).to_contain_text(CASE)


def expect_known(public: Page) -> None:
    """Expect a downloaded packet to be known again."""
    go(public, MEETING)
    with public.expect_download() as download:
        public.get_by_role("link", name="Hent hele pakken (PDF)").click()
    public.set_input_files("#verify-file", download.value.path())
    press(public, "Kontrollér")
    expect(public.locator("main")).to_contain_text("Det er bilagspakken i version 2")


def test_a_meeting_goes_from_draft_to_approved_minutes(
    drafts_anew: Portal, visits: Visits, tmp_path: Path
) -> None:
    page, chief, public = (visits.page(who) for who in ("sekretariat", "chef", ""))
    plan, reply = tmp_path / "Plan.pdf", tmp_path / "Svar.pdf"
    plan.write_bytes(written(plain(2)))
    reply.write_bytes(written(plain(1)))
    main = public.locator("main")

    begin(page)
    attach(page, plan, "Mødeplan 2024")
    talk(page, chief)
    with drafts_anew.working():
        send(page, chief, public, 1)
        go(public, ITEM)
        expect(main).to_contain_text(CASE)
        revise(page, reply)
        go(public, ITEM)
        expect(main).not_to_contain_text(ADDED)
        send(page, chief, public, 2)
        expect_marks(public)
        hold(page, chief)

    go(public, ITEM)
    expect(main).to_contain_text("KKR Sjælland godkendte indstillingen.")
    go(public, "/beslutninger/")
    expect(main).to_contain_text("Mødeplan for 2024")
    expect_sound(public)
    expect_known(public)
