"""A person who has a keyboard and nothing else, with scripts or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Frame, Locator, Page, Response

MOST_TABS: Final = 300
MOST_WAITS: Final = 500
WAIT_MS: Final = 10
BUSY: Final = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
HAS_FOCUS: Final = "(element) => element.contains(document.activeElement)"

type Role = Literal["button", "link", "textbox", "radio", "combobox"]


class Keyboard:
    """Reaches things with Tab, and uses them with the keys meant for them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._pages_come = 0
        page.on("framenavigated", self._count)
        # From now on, not from the moment a chooser is waited for: that may be too late.
        page.on("filechooser", lambda _: None)

    def _count(self, frame: Frame) -> None:
        self._pages_come += frame == self.page.main_frame

    def reach(self, target: Locator) -> Locator:
        """Press Tab until ``target`` has the focus.

        Raises:
            AssertionError: it is not on the way.
        """
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            if target.evaluate(HAS_FOCUS):
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def find(self, role: Role, name: str, *, within: str = "body") -> Locator:
        """The first thing of that role and name, e.g. a button "Gem"."""
        place = self.page.locator(within)
        return place.get_by_role(role, name=name, exact=True).first

    def press(
        self, name: str, *, role: Role = "button", within: str = "body"
    ) -> Response:
        """Press a button or follow a link, and give what the server answers."""
        self.reach(self.find(role, name, within=within))
        return self.enter()

    def follow(self, name: str, *, within: str = "main") -> Response:
        """Follow a link."""
        return self.press(name, role="link", within=within)

    def enter(self, key: str = "Enter") -> Response:
        """Press a key that asks the server for something, and give the answer."""
        come = self._pages_come
        with self.page.expect_response(is_answer) as answer:
            self.page.keyboard.press(key)
        if becomes_a_page(answer.value):
            # The answer may be here while the page before it still stands.
            self._wait_for_page(come)
        self.page.wait_for_load_state()
        expect(self.page.locator(BUSY)).to_have_count(0)
        return answer.value

    def _wait_for_page(self, come: int) -> None:
        for _ in range(MOST_WAITS):
            if self._pages_come > come:
                return
            self.page.wait_for_timeout(WAIT_MS)
        raise AssertionError("the answer did not become a page")

    def write(self, name: str, text: str, *, within: str = "main") -> None:
        """Replace what stands in a field."""
        self.reach(self.find("textbox", name, within=within))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str) -> None:
        """Choose a radio button: Tab leads to its group, the arrows inside it."""
        radio = self.find("radio", name)
        group = radio.get_attribute("name")
        assert group
        others = self.page.locator(f"input[type=radio][name={group}]")
        expect(radio).to_be_visible()
        for _ in range(MOST_TABS):
            if others.evaluate_all("(all) => all.includes(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        for _ in range(others.count() + 1):
            if radio.is_checked():
                return
            on_it = radio.evaluate(HAS_FOCUS)
            self.page.keyboard.press("Space" if on_it else "ArrowDown")
        raise AssertionError(f"the keys do not choose {name}")

    def attach(self, name: str, *paths: Path) -> None:
        """Choose files in a file field, which opens with the space bar."""
        self.reach(self.page.get_by_label(name, exact=True))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(list(paths))


def is_answer(response: Response) -> bool:
    """Whether it is a page or a part of one, and no redirect on the way to it."""
    kind = response.request.resource_type in {"document", "xhr", "fetch"}
    asked = response.request
    # A look at the numbers while one types is no button's.
    is_look = "/tal/?felt=" in asked.url and "hx-trigger-name" not in asked.headers
    by_itself = asked.url.endswith("/kladder/gem/") or is_look
    return kind and not by_itself and not 300 <= response.status < 400


def becomes_a_page(response: Response) -> bool:
    """Whether the browser shows it in place of the page that asked."""
    saved = "content-disposition" in response.headers
    return response.request.is_navigation_request() and not saved
