"""What scripts add: dragging, dropping, short cuts, the editor's toolbar, the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_sound
from tests.browser.chromium import go
from tests.browser.keyboard import Keyboard
from tests.documents.hostile import plain, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

MEETING = "/moeder/2023-11-22/"
ITEM = f"{MEETING}punkter/2-3/"
FILM = "Henvendelse fra kulturministeren om oprettelse af en østdansk filmfond"
DROP = """(zone, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "Svar.pdf", { type: "application/pdf" }));
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  zone.dispatchEvent(new DragEvent("dragover", options));
  zone.dispatchEvent(new DragEvent("drop", options));
}"""
# As Word puts it on the clipboard: its own words about lists, cells and fonts.
MARKER = """<![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>"""
LISTED = "style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'"
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
p.MsoNormal {{margin:0cm; font-family:"Calibri",sans-serif;}}</style></head>
<body lang=DA><!--StartFragment--><p class=MsoNormal style='margin-bottom:8.0pt'><b
style='mso-bidi-font-weight:normal'>Udgifter<o:p></o:p></b></p><table
class=MsoTableGrid border=1 style='border-collapse:collapse'><tr
style='mso-yfti-irow:0'><td width=100 style='width:75.0pt;background:#D9D9D9'><p
class=MsoNormal>Film<o:p></o:p></p></td><td width=100 style='width:75.0pt'><p
class=MsoNormal>200.000<o:p></o:p></p></td></tr></table><p
class=MsoListParagraphCxSpFirst {LISTED}>{MARKER}Først<o:p></o:p></p><p
class=MsoListParagraphCxSpLast {LISTED}>{MARKER}Siden<o:p></o:p></p>
<!--EndFragment--></body></html>"""
PASTED = (
    "<p><strong>Udgifter</strong></p><table><tbody><tr><td><p>Film</p></td>"
    "<td><p>200.000</p></td></tr></tbody></table>"
    "<ul><li><p>Først</p></li><li><p>Siden</p></li></ul>"
)
PASTE = """(field, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def page(drafts_anew: Portal, visits: Visits) -> Page:
    """A page of the secretariat's, so tall that nothing scrolls under the mouse."""
    page = visits.page("sekretariat")
    page.set_viewport_size({"width": 1280, "height": 2400})
    return page


def test_an_item_is_dragged_to_another_place(page: Page) -> None:
    go(page, MEETING)

    page.locator("#item-2-3 [data-grip]").drag_to(page.locator("#item-2-1"))

    status = page.locator("#status")
    expect(status).to_contain_text("Punkt 2.3 er flyttet og hedder nu 2.1.")
    expect(page.locator("#item-2-1 h3")).to_have_text(FILM)


def test_an_item_is_dragged_into_another_section_also_an_empty_one(page: Page) -> None:
    go(page, f"{MEETING}?afsnit=nyt")
    page.get_by_label("Afsnittets titel").fill("Lukning")
    page.get_by_role("button", name="Tilføj", exact=True).click()
    third, status = page.locator("[data-move-section='3']"), page.locator("#status")

    page.locator("#item-2-1 [data-grip]").drag_to(third)
    expect(status).to_contain_text("Punkt 2.1 er flyttet og hedder nu 3.1.")
    page.locator("#item-2-2 [data-grip]").drag_to(page.locator("#item-3-1"))
    expect(status).to_contain_text("Punkt 2.2 er flyttet og hedder nu 3.1.")

    expect(third.locator("#item-3-1 h3")).to_have_text(FILM)
    page.get_by_role("button", name="Fortryd flytning").click()
    expect(page.locator("#item-2-2 h3")).to_have_text(FILM)


def test_a_point_is_dragged_to_another_place(page: Page) -> None:
    go(page, "/forslag/7/")
    gains = page.get_by_role("region", name="Gevinster", exact=True)
    texts = gains.locator(".point__text").all_inner_texts()

    gains.locator("[data-grip]").nth(2).drag_to(gains.locator(".point").nth(0))

    moved = [texts[2], texts[0], texts[1]]
    expect(gains.locator(".point__text")).to_have_text(moved)


def test_a_link_to_a_field_puts_the_focus_there(page: Page) -> None:
    for field in ("title", "kind", "case"):
        # Only what follows # differs: the page must be loaded anew.
        go(page, "/healthz")
        go(page, f"{ITEM}#id_{field}")

        group = page.locator(f".form-group:has(#id_{field})")
        expect(group.locator(":focus")).to_have_count(1)


def test_a_file_is_dropped(page: Page, tmp_path: Path) -> None:
    go(page, ITEM)

    page.locator("[data-drop]").evaluate(DROP, list(written(plain())))

    expect(page.locator("#bilag .attachment__title")).to_have_count(2)


def test_the_short_cuts_save_and_give_up(page: Page) -> None:
    keys = Keyboard(go(page, ITEM))
    keys.write("Titel", "Filmfonden")
    keys.enter("Control+s")
    expect(page.locator("#item-2-3 h3")).to_have_text("Filmfonden")

    keys.follow("Redigér punkt 2.3")
    keys.reach(keys.find("textbox", "Titel"))
    keys.enter("Escape")
    expect(page.locator("#item-2-3 h3")).to_have_text("Filmfonden")


def test_the_toolbar_is_reached_and_left_by_keyboard(page: Page) -> None:
    keys = Keyboard(go(page, ITEM))
    field = page.get_by_role("textbox", name="Økonomi")
    keys.write("Økonomi", "Vigtigt")
    page.keyboard.press("Control+a")

    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Fed")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field.locator("strong")).to_have_text("Vigtigt")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_a_refused_form_has_the_focus_on_the_flaw(page: Page) -> None:
    keys = Keyboard(go(page, "/moeder/nyt/"))

    keys.press("Opret møde")

    expect(page.get_by_role("textbox", name="Dato")).to_be_focused()


def test_a_long_title_is_seen_whole_and_stays_one_line(
    drafts_anew: Portal, visits: Visits
) -> None:
    page = go(visits.page("sekretariat", width=390), ITEM)
    title = page.get_by_role("textbox", name="Titel", exact=True)
    title.fill("Et punkt med en lang titel, der ikke kan stå på én linje. " * 3)
    whole = title.evaluate("(box) => box.scrollHeight <= box.clientHeight")

    title.press("Enter")

    assert whole
    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")
    expect(page.locator("#item-2-3 h3")).to_contain_text("på én linje. Et punkt")


OPENED = (
    f"{MEETING}?rediger=2-3",
    f"{MEETING}?afsnit=2",
    f"{MEETING}?afsnit=nyt",
    "/forslag/7/ideen/",
    "/forslag/7/regler/",
    "/forslag/7/punkter/45/",
    "/forslag/7/punkter/ny/gevinst/",
    "/forslag/1/tal/1/",
    "/forslag/7/henvisninger/ny/",
)


def test_esc_closes_an_open_form_unless_something_is_typed(page: Page) -> None:
    form = page.locator("form[data-inline]")
    field = form.locator(
        "[contenteditable=true], textarea:visible, input:visible:not([type=radio])"
    ).first
    for address in OPENED:
        go(page, address)
        field.focus()
        page.keyboard.type("Noget nyt")
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        expect(form).to_have_count(1)
        expect(form.locator("[data-cancel]")).to_be_visible()

        go(page, address)
        field.focus()
        page.keyboard.press("Escape")

        expect(form).to_have_count(0)


def test_a_file_field_speaks_danish_and_sends_what_is_chosen(
    page: Page, tmp_path: Path
) -> None:
    go(page, f"{MEETING}punkter/2-1/bilag/1/")
    path = tmp_path / "Svar.pdf"
    path.write_bytes(written(plain()))
    keys = Keyboard(page)

    keys.attach("Vælg en fil …", path)

    expect(page.locator("#status")).to_contain_text("Filen i 2.1 Bilag 1 er erstattet.")
    expect(page.locator("[data-file] label")).to_be_visible()
    opacity = page.locator("[data-file] input").evaluate(
        "(input) => getComputedStyle(input).opacity"
    )
    assert opacity == "0"
    expect_sound(page)


def test_what_is_pasted_from_word_is_a_table_and_a_list_without_styles(
    page: Page,
) -> None:
    go(page, ITEM)
    field = page.get_by_role("textbox", name="Økonomi", exact=True)
    field.press("Control+a")

    field.evaluate(PASTE, WORD)

    expect(field.locator("table")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("#status")).to_contain_text("Punkt 2.3 er gemt.")
    saved = go(page, ITEM).locator("[name=economy_html]").input_value()
    assert saved == PASTED


def test_tab_leads_out_of_a_list_and_changes_nothing(page: Page) -> None:
    go(page, ITEM)
    field = page.get_by_role("textbox", name="Indstilling", exact=True)
    before = field.inner_html()
    field.locator("li").last.click()

    page.keyboard.press("Tab")

    expect(page.get_by_role("textbox", name="Sagsfremstilling")).to_be_focused()
    assert field.inner_html() == before


def test_tab_leads_out_of_the_last_cell_of_a_table(page: Page) -> None:
    go(page, ITEM)
    field = page.get_by_role("textbox", name="Økonomi", exact=True)
    field.click()
    page.get_by_role("button", name="Tabel", exact=True).locator("visible=true").click()
    expect(field).to_be_focused()
    field.locator("td").last.click()
    # What is typed shows that the editor has taken in where the click led.
    page.keyboard.type("x")
    expect(field.locator("td").last).to_have_text("x")
    cells = field.locator("td, th").count()

    page.keyboard.press("Tab")

    expect(page.get_by_role("textbox", name="Videre proces")).to_be_focused()
    assert field.locator("td, th").count() == cells
