"""Debian's Chromium, and a watch on everything that may not happen in it."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from tests.browser.cast import SESSIONS
from tests.template import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
    )

AXE: Final = CODE / "node_modules" / "axe-core" / "axe.min.js"
# The shell is the same engine without a window around it: a profile costs a third.
PROGRAM: Final = next(
    filter(
        None,
        map(
            shutil.which,
            ("chromium-headless-shell", "chromium", "chromium-browser"),
        ),
    ),
    None,
)
QUIET: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=da",
]
HEIGHT: Final = {1280: 800, 390: 844}
PATIENCE: Final = 15_000
# Chromium's own line for an answer such as 404 or 422; ``Watch.answer`` judges those.
STATUS_LINE: Final = "Failed to load resource: the server responded with a status of"


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """Notes what may never happen: each fault is a line that says what and where.

    These are faults: a breach of the CSP, a warning or an error on the console, an
    uncaught error, a request to another host, a missing file, an answer of 500 or more
    that the test has not ``expected``.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.expected: set[int] = set()

    def over(self, context: BrowserContext) -> None:
        """Watch every page of ``context``, also those opened later."""
        context.on("console", self.console)
        context.on(
            "weberror", lambda error: self.faults.append(f"error: {error.error}")
        )
        context.on("request", self.request)
        context.on("response", self.answer)

    def console(self, message: ConsoleMessage) -> None:
        """Note a warning or an error; the CSP's breaches are such errors."""
        if message.type in {"error", "warning"} and STATUS_LINE not in message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def request(self, request: Request) -> None:
        """Note a request that leaves the portal."""
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"outside: {request.url}")

    def answer(self, response: Response) -> None:
        """Note a failure of the server's, or a part of a page that is missing."""
        if response.status in self.expected:
            return
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= (500 if is_page else 400):
            self.faults.append(f"{response.status}: {response.url}")


class Visits:
    """Opens pages as one of the cast, each in a profile of its own, all watched."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.watch = Watch(address)
        self.contexts: list[BrowserContext] = []
        self.kept: dict[tuple[str, int], Page] = {}

    def page(
        self, who: str = "", *, width: int = 1280, javascript: bool = True
    ) -> Page:
        """A blank page in a fresh profile; its addresses are the portal's.

        Args:
            who: of the cast, signed in; "" is the public.
            width: of the window, 1280 or 390 CSS pixels.
            javascript: whether scripts run.
        """
        return self.profile(who, width, javascript=javascript).new_page()

    def look(self, who: str, width: int) -> Page:
        """The page of those who only look; they keep it, and axe with it."""
        if (who, width) not in self.kept:
            context = self.profile(who, width, javascript=True)
            context.add_init_script(path=AXE)
            self.kept[who, width] = context.new_page()
        return self.kept[who, width]

    def profile(self, who: str, width: int, *, javascript: bool) -> BrowserContext:
        """A fresh profile, signed in and watched."""
        context = self.browser.new_context(
            base_url=self.watch.address,
            viewport={"width": width, "height": HEIGHT[width]},
            java_script_enabled=javascript,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        if who:
            cookie = {"name": "sessionid", "value": SESSIONS[who]}
            context.add_cookies([{**cookie, "url": self.watch.address}])  # type: ignore[typeddict-item]
        return context

    def faults(self) -> list[str]:
        """What went wrong since the last time."""
        found, self.watch.faults = self.watch.faults, []
        return found

    def end(self) -> list[str]:
        """Close every page and give the faults."""
        for context in self.contexts:
            context.close()
        return self.faults()


def go(page: Page, path: str, status: int = 200) -> Page:
    """Open an address of the portal, which must answer with ``status``."""
    response = page.goto(path)
    assert response is not None
    assert response.status == status, f"{path} answers {response.status}"
    return page
