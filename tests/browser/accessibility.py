"""What is asked of every page: axe finds nothing, nothing is lost or cut off at 390 px."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.browser.chromium import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES: Final = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ],
    "resultTypes": ["violations"],
    # Nothing here plays, and style sheets are asked for anew each time.
    "preload": False,
}
NO_COLOURS: Final = {"color-contrast": {"enabled": False}}
RUN_AXE: Final = """async (rules) => (await axe.run(document, rules)).violations.map(
  (rule) => `${rule.id}: ${rule.nodes.map((n) => n.target.join(" ")).join(" | ")}`)"""

# Whether anything is wider than the window: the page, a box with a bar, a text cut off.
SIDEWAYS: Final = """() => {
  const found = [], wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) found.push(`page: ${wide.scrollWidth}`);
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest("svg, input, textarea")) continue;
    const { right, left, width } = element.getBoundingClientRect();
    if (width <= 1 || right < 0) continue;
    const name = `${element.tagName}.${element.className}`;
    if (right > wide.clientWidth + 1 || left < -1) found.push(`outside: ${name}`);
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth + 1) found.push(`bar: ${name}`);
  }
  return found;
}"""

# Links with nothing beside them to read that are lower than a fingertip needs.
LOW: Final = """() => [...document.querySelectorAll("main a, .crumbs a")].filter((link) => {
  if (!link.checkVisibility() || link.closest("p:not(.links), .prose")) return false;
  const beside = [...link.parentElement.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 2);
  const { width, height } = link.getBoundingClientRect();
  return !beside && width > 1 && height < 24;
}).map((link) => `${link.getBoundingClientRect().height} px: ${link.textContent.trim()}`)"""

# Every word a reader can see; a table's head may stand as labels.
WORDS: Final = """() => {
  const seen = new Set();
  const add = (text) => seen.add(text.replace(/\\s+/g, " ").trim());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest("svg, script, option") || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { width, height } = range.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (width && height && box.width > 1 && box.height > 1) add(walker.currentNode.data);
  }
  for (const cell of document.querySelectorAll("[data-label]"))
    if (cell.checkVisibility() && getComputedStyle(cell, "::before").content !== "none")
      add(cell.dataset.label);
  for (const field of document.querySelectorAll("input, select, textarea, summary"))
    if (field.checkVisibility() && field.name) add(`[${field.name}]`);
  seen.delete("");
  return [...seen];
}"""


def unfold(page: Page) -> None:
    """Open every fold: what stands in one is not missing, and must be sound."""
    page.evaluate(
        "() => document.querySelectorAll('details').forEach((d) => d.open = true)"
    )


def findings(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds, one line a rule: its name and where; WCAG 2.2 AA and good practice.

    Args:
        colours: whether to hold texts against what is behind them: half of axe's work.
    """
    if not page.evaluate("() => 'axe' in window"):
        # As DevTools does it: the page's CSP stays as it is and does not apply to this.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = RULES if colours else {**RULES, "rules": NO_COLOURS}
    found: list[str] = page.evaluate(RUN_AXE, rules)
    return found


def sideways(page: Page) -> list[str]:
    """What does not fit into the window's width, one line each."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return sorted(set(found))


def low(page: Page) -> list[str]:
    """Which links that stand alone are less than 24 px high, one line each."""
    found: list[str] = page.evaluate(LOW)
    return found


def words(page: Page) -> set[str]:
    """Every text, label and field on the page."""
    found: Any = page.evaluate(WORDS)
    return set(found)


def expect_sound(page: Page) -> None:
    """Expect nothing of axe's findings and nothing sideways, at both widths."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        found = findings(page), sideways(page)
        assert found == ([], []), f"at {width} px: {found}"


def timeless(text: str) -> str:
    """Give the text without its clock times."""
    return re.sub(r"\bkl\.\s\d{1,2}\.\d{2}", "kl. –", text)


def missing(wide: set[str], narrow: set[str]) -> set[str]:
    """What the wide page says and the narrow one does not, of their ``words``.

    A text may go on at 390 px: "Indhold" as "Indhold, 10 bilag" folded up. Clock times
    are not compared: some are told anew.
    """
    there = {timeless(text) for text in narrow}
    return {
        text
        for text in {timeless(text) for text in wide} - there
        if not any(other.startswith(f"{text}, ") for other in there)
    }
