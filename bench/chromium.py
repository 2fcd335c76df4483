"""The other way: headless Chromium prints the same HTML, and the files are appended."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final

import pikepdf
from lxml import html as markup
from playwright.sync_api import sync_playwright

from bench.memory import watch
from documents.fonts import fonts_folder
from documents.printing.pdf import PAPER_CSS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

PROGRAM: Final = "/usr/bin/chromium"
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS: Final = 120
FACES: Final = {
    "Regular": ("400", "normal"),
    "Italic": ("400", "italic"),
    "SemiBold": ("600", "normal"),
    "SemiBoldItalic": ("600", "italic"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """Seconds in all, and how many pages came of the HTML alone."""

    seconds: float
    pages: int


def write_page(pieces: Sequence[str], folder: Path) -> Path:
    """Write one HTML page of all pieces, with the paper's stylesheet and fonts."""
    bodies = []
    for piece in pieces:
        (body,) = markup.document_fromstring(piece).iter("body")
        body.tag = "div"
        body.set("style", "break-before: page")
        bodies.append(markup.tostring(body, encoding="unicode"))
    sheet = PAPER_CSS.read_text(encoding="utf-8")
    page = folder / "page.html"
    page.write_text(
        '<!doctype html><html lang="da"><meta charset="utf-8"><title>Pakken</title>'
        f"<style>{_faces()}{sheet}</style><body>{''.join(bodies)}",
        encoding="utf-8",
    )
    return page


def _faces() -> str:
    return "".join(
        f"@font-face {{ font-family: 'IBM Plex Sans'; font-weight: {weight}; "
        f"font-style: {style}; "
        f"src: url('{(fonts_folder() / f'IBMPlexSans-{face}.ttf').as_uri()}') }}"
        for face, (weight, style) in FACES.items()
    )


@contextmanager
def running() -> Iterator[Callable[[Path, Sequence[Path]], Printed]]:
    """Chromium, started and ready; gives what prints a page in it.

    Its driver runs an event loop, in a thread of its own: Django refuses to work beside
    one.
    """
    with ThreadPoolExecutor(1) as thread:
        driver = thread.submit(sync_playwright().start).result()
        browser = thread.submit(_launch, driver).result()
        try:
            yield lambda page, files: thread.submit(
                _print_in, browser, page, files
            ).result(SECONDS)
        finally:
            thread.submit(browser.close).result()
            thread.submit(driver.stop).result()


def _launch(driver: Playwright) -> Browser:
    return driver.chromium.launch(executable_path=PROGRAM, args=[*QUIET])


def _print_in(browser: Browser, page: Path, files: Sequence[Path]) -> Printed:
    """Print in a browser that runs already, as our printing processes do; then append."""
    out = page.with_name("warm.pdf")
    began = perf_counter()
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.pdf(path=out, prefer_css_page_size=True, tagged=True, outline=True)
    tab.close()
    pages = append(out, files)
    return Printed(perf_counter() - began, pages)


def print_alone(page: Path, files: Sequence[Path]) -> Printed:
    """Start Chromium for this one page; then append."""
    out = page.with_name("alone.pdf")
    began = perf_counter()
    subprocess.run(  # noqa: S603 -- our own words
        command(page, out), check=True, capture_output=True, timeout=SECONDS
    )
    pages = append(out, files)
    return Printed(perf_counter() - began, pages)


def memory(page: Path) -> float:
    """The most memory, in MB, that Chromium's processes hold while they print."""
    with subprocess.Popen(  # noqa: S603 -- our own words
        command(page, page.with_name("memory.pdf")),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as chromium:
        with watch(chromium.pid) as peak:
            chromium.wait(timeout=SECONDS)
        return peak.megabytes


def command(page: Path, out: Path) -> list[str]:
    """The command line that prints ``page`` to ``out``."""
    return [
        PROGRAM, "--headless", *QUIET, f"--user-data-dir={page.parent / 'profile'}",
        "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri(),
    ]  # fmt: skip


def append(printed: Path, files: Sequence[Path]) -> int:
    """Put the files' pages after the printed ones; give how many were printed."""
    with pikepdf.open(printed) as whole:
        pages = len(whole.pages)
        for file in files:
            with pikepdf.open(file) as other:
                whole.add_pages_from(other)
        whole.save(printed.with_name(f"whole-{printed.name}"))
    return pages
