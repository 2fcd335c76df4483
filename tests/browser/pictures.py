"""What ``script/screens`` does: pictures of the portal, made by the portal.

It serves a demo of its own, takes every screen at both widths and some pages of the
packet, and writes ``docs/screens.md``.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.browser.chromium import HEIGHT, Visits, chromium, go
from tests.browser.collision import answer_the_minister
from tests.browser.keyboard import Keyboard
from tests.browser.portal import Portal
from tests.template import CODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.portal import State

FOLDER: Final = CODE / "docs" / "screens"
PAGE: Final = CODE / "docs" / "screens.md"
MEETING: Final = "/moeder/2023-11-22/"
TALLEST: Final = {1280: 2600, 390: 4200}
COLOURS: Final = 256
DOTS: Final = 72
INTRODUCTION: Final = """\
# The screens

Made by `script/screens` from a demo of its own; take them anew when a screen changes.
Each is shown as a laptop sees it (1280 px wide) and as a telephone does (390 px). A very
tall page is cut off. The clock of the demo stands at 7 November 2023.
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen: its name in ``docs/screens``, who sees it where, and what it is."""

    name: str
    who: str
    path: str
    title: str
    text: str
    act: Callable[[Visits, int], Page] | None = None
    status: int = 200
    state: State = "published"


def open_point(visits: Visits, width: int) -> Page:
    """Open gain 2 of proposal 7 for editing."""
    page = go(visits.look("sekretariat", width), "/forslag/7/")
    Keyboard(page).follow("Redigér gevinst 2")
    return page


def unsent(visits: Visits, width: int) -> Page:
    """See what the checks find before anything is put right."""
    return go(visits.look("sekretariat", width), f"{MEETING}send/")


def ask(visits: Visits, width: int) -> Page:
    """Save over what somebody else has just saved."""
    return answer_the_minister(visits, width)


SHOTS: Final = (
    Shot(
        "moede",
        "sekretariat",
        MEETING,
        "A meeting's workbench",
        "The agenda with its appendices, the packet, and what is to be put right.",
    ),
    Shot(
        "overblik",
        "sekretariat",
        "/",
        "The secretariat's overview",
        "The next meeting, what waits, and what was changed last.",
    ),
    Shot(
        "overblik-direktoer",
        "greve",
        "/",
        "A municipal director's overview",
        "What is published; never a draft.",
    ),
    Shot(
        "punkt",
        "sekretariat",
        f"{MEETING}punkter/2-3/",
        "An agenda item",
        "What is missing, the facts, five rich texts, the appendices with upload.",
    ),
    Shot(
        "bilag",
        "sekretariat",
        f"{MEETING}punkter/2-3/bilag/6/",
        "An uploaded appendix",
        "Title and summary, and what the file can and cannot do for a screen reader.",
    ),
    Shot(
        "pakke",
        "sekretariat",
        f"{MEETING}pakke/?side=41",
        "The packet, read page by page",
        "Contents, the page with its stamp, downloads.",
    ),
    Shot(
        "send",
        "sekretariat",
        f"{MEETING}send/",
        "The check before sending",
        "What must be put right, what is put right or answered, and who reads it then.",
        unsent,
        state="drafts",
    ),
    Shot(
        "forslag",
        "sekretariat",
        "/forslag/",
        "The catalogue of proposals",
        "Eighteen proposals under four themes, with counts and flags.",
    ),
    Shot(
        "forslag-7",
        "sekretariat",
        "/forslag/7/",
        "One proposal",
        "Two titles to choose from, points edited in place (gain 2 is open), figures.",
        act=open_point,
    ),
    Shot(
        "samdrift",
        "sekretariat",
        "/samdrift/",
        "The co-operation units",
        "A map of what builds on what, the units, the points they share.",
    ),
    Shot(
        "samdrift-1",
        "sekretariat",
        "/samdrift/1/",
        "One co-operation unit",
        "Tasks, gains by beneficiary, shared attention points.",
    ),
    Shot(
        "holdninger",
        "sekretariat",
        "/forslag/holdninger/",
        "What the municipalities think",
        "Eighteen proposals by seventeen municipalities; not answered is its own state.",
    ),
    Shot(
        "jeres-holdninger",
        "greve",
        "/holdninger/",
        "A director's own answers",
        "What is called for, by when, and what the municipality has answered.",
    ),
    Shot(
        "tavle",
        "sekretariat",
        "/forslag/tavle/",
        "After KKR",
        "Each proposal under the status that its dated trail gives it.",
    ),
    Shot(
        "temaer",
        "sekretariat",
        "/forslag/temaer/",
        "The board of themes",
        "Stances as small charts, each with its numbers and its sentence.",
    ),
    Shot(
        "historik",
        "sekretariat",
        "/forslag/7/historik/",
        "A proposal's history",
        "Versions from events: compared, looked at, brought back; where each was sent.",
    ),
    Shot(
        "uens",
        "sekretariat",
        "/forslag/uens/",
        "What the sources do not agree on",
        "Each reading with its place; settled once, and never repaired silently.",
    ),
    Shot(
        "udskriv",
        "sekretariat",
        "/forslag/udskriv/?kilde=proposals.positions",
        "Print or fetch",
        "Any cut of a catalogue as page, PDF, CSV and JSON, without a meeting.",
    ),
    Shot(
        "offentlig",
        "",
        MEETING,
        "A published meeting",
        "For everybody, without signing in: each appendix as page and as PDF, and "
        "whether it can be read aloud.",
    ),
    Shot(
        "bilag-web",
        "",
        f"{MEETING}bilag/2-1-bilag-3/",
        "An appendix as a page",
        "The same document as the PDF, with the packet's page numbers in the margin.",
    ),
    Shot(
        "forslag-sendt",
        "",
        "/forslag/7@2023-11-22/",
        "A proposal as a meeting received it",
        "Under the number it had then, with what had changed since the version before.",
    ),
    Shot(
        "min-kommune",
        "greve",
        f"{MEETING}min-kommune/",
        "What touches one municipality",
        "What the sent material says of it, with the pages; also as one PDF.",
    ),
    Shot(
        "kalender",
        "sekretariat",
        "/moeder/kalender/",
        "The calendar",
        "Meetings and deadlines of a month, and the addresses for one's own calendar.",
    ),
    Shot(
        "modtagere",
        "sekretariat",
        f"{MEETING}modtagere/",
        "Who got it",
        "One mail a person, with when it went and what became of it.",
    ),
    Shot(
        "punkt-versioner",
        "sekretariat",
        f"{MEETING}punkter/2-3/versioner/?fra=1&til=2&gendan=1",
        "Versions of an item",
        "Two of them compared word by word, and the older one about to be restored.",
        state="asked",
    ),
    Shot(
        "brugere",
        "admin",
        "/brugere/",
        "Users",
        "Accounts and roles, for a council's administrator.",
    ),
    Shot("log-ind", "", "/log-ind/", "Signing in", "With a password."),
    Shot(
        "fejl",
        "",
        "/moeder/2023-11-23/",
        "Nothing there",
        "The same answer for what is missing and for what one may not see.",
        status=404,
    ),
    Shot(
        "konflikt",
        "sekretariat",
        f"{MEETING}punkter/2-3/",
        "Two have edited the same field",
        "Before both, theirs and yours; nothing is chosen beforehand, nothing is lost.",
        act=ask,
    ),
)
BUILDING: Final = Shot(
    "pakke-bygger",
    "sekretariat",
    f"{MEETING}pakke/",
    "A packet being built",
    "Part by part; the page asks again every two seconds.",
)
PAPER: Final = (
    (1, "indhold", "The packet's contents page"),
    (30, "skilleblad", "The separator before an appendix"),
    (33, "tema", "The catalogue's overview of a theme"),
    (41, "forslag-7", "A proposal on paper"),
    (25, "samdrift", "Co-operation units on paper"),
    (57, "udefra", "A page from outside, kept as it is under the packet's stamp"),
)


def main() -> None:
    """Take all pictures and write the page that shows them."""
    portal = Portal("test_kkr_screens")
    portal.prepare(anew=True)
    portal.be("published", anew=False)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with portal.serving(), chromium() as browser:
        visits = Visits(browser, portal.address)
        for shot in SHOTS:
            take(shot, visits, portal)
        take_building(visits, portal)
        portal.be("published", anew=True)
        take_paper(visits)
        if faults := visits.end():
            raise SystemExit("\n".join(faults))
    portal.forget()
    PAGE.write_text(words(), encoding="utf-8")


def take(shot: Shot, visits: Visits, portal: Portal) -> None:
    """Take one screen at both widths."""
    if shot.act is None and shot.state != "published":
        portal.be(shot.state, anew=True)
    for width in HEIGHT:
        if shot.act is None:
            page = go(visits.look(shot.who, width), shot.path, shot.status)
        else:
            portal.be(shot.state, anew=True)
            page = shot.act(visits, width)
        page.wait_for_load_state("networkidle")
        photograph(page, width, shot.name)
    if shot.state != "published":
        portal.be("published", anew=True)


def take_building(visits: Visits, portal: Portal) -> None:
    """Take a packet in the middle of its first build."""
    portal.be("drafts", anew=True)
    with portal.working():
        for width in HEIGHT:
            page = go(visits.look(BUILDING.who, width), BUILDING.path)
            if (button := page.get_by_role("button", name="Byg pakke")).count():
                button.click()
            making = page.locator(".build__part.is-now", has_text="Forenklingskatalog")
            making.or_(page.get_by_text("Pakken er bygget kl.")).first.wait_for()
            photograph(page, width, BUILDING.name)


def photograph(page: Page, width: int, name: str) -> None:
    """Keep the whole page as a picture; what sticks to the window lies at its end."""
    page.evaluate("() => document.activeElement?.blur()")
    for _ in range(2):
        height = page.evaluate("() => document.documentElement.scrollHeight")
        size = {"width": width, "height": min(height, TALLEST[width])}
        page.set_viewport_size(size)  # type: ignore[arg-type]
    keep(Image.open(BytesIO(page.screenshot())), f"{name}-{width}")
    page.set_viewport_size({"width": width, "height": HEIGHT[width]})
    # What asks again and again would ask while the next state is made.
    page.goto("about:blank")


def take_paper(visits: Visits) -> None:
    """Draw pages of the packet."""
    answer = visits.look("", 1280).request.get(f"{MEETING}pakke.pdf")
    with tempfile.TemporaryDirectory() as folder:
        packet = Path(folder) / "packet.pdf"
        packet.write_bytes(answer.body())
        for number, name, _ in PAPER:
            command = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS)]
            span = ["-f", str(number), "-l", str(number)]
            drawn = Path(folder) / name
            subprocess.run([*command, *span, str(packet), str(drawn)], check=True)
            keep(Image.open(drawn.with_suffix(".png")), f"paper-{name}")


def keep(picture: Image.Image, name: str) -> None:
    """Store a picture small: few colours are enough for what has no gradients."""
    how = Image.Quantize.MAXCOVERAGE
    few = picture.convert("RGB").quantize(COLOURS, how, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def words() -> str:
    """The page that shows the pictures, as Markdown."""
    sections = [INTRODUCTION]
    for shot in (*SHOTS, BUILDING):
        wide, narrow = (
            f'<img src="screens/{shot.name}-{width}.png" width="{shown}" '
            f'alt="{shot.title}, {width} px wide">'
            for width, shown in ((1280, 640), (390, 195))
        )
        address = f"`{shot.path}`"
        sections.append(
            f"## {shot.title}\n\n{shot.text} Address: {address}\n\n{wide} {narrow}\n"
        )
    sections.append("## On paper\n")
    for number, name, title in PAPER:
        sections.append(
            f"{title} (page {number} of 125):\n\n"
            f'<img src="screens/paper-{name}.png" width="400" alt="{title}">\n'
        )
    return "\n".join(sections)


if __name__ == "__main__":
    main()
