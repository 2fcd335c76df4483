"""Where things stand on the pages that axe has judged: it need not judge the same again.

Pages are made of the same parts, and most of a browser's work on them is axe's. What axe
can find depends on an element, on what it stands in, and on whether it has a text, a name
and a label; what these say is nothing to it. A page on which nothing stands anew is not
judged again. Of a page that is like another that is judged, only what an element stands in
next is asked. The drill judges every page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.browser.accessibility import findings

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A number for each kind of element where it stands, in all or in the two around it, for each
# step from one heading to the next, and for how many there are of what a page has one of.
PLACES: Final = """() => {
  const said = /^(class|role|type|tabindex|lang|autocomplete|scope|open|hidden|disabled)$/;
  const points = /^(for|list|headers|aria-(labelledby|describedby|controls|owns))$/;
  const twice = (name, texts) => texts.filter((each) => each === name).length > 1;
  const all = (what) => [...document.querySelectorAll(what)];
  const ids = all("[id]").map((each) => each.id);
  const names = all("nav, section, aside").map((each) => each.getAttribute("aria-label"));
  const whole = new Set(), near = new Set();
  const note = (text, ...sets) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
    }
    const number = 4294967296 * (2097151 & (b ^ (a >>> 16))) + ((a ^ (b >>> 15)) >>> 0);
    for (const set of sets) set.add(number);
    return number;
  };
  const tell = ({ name, value }) => {
    if (name === "id") return twice(value, ids) ? "id twice" : "";
    if (points.test(name))
      return `${name} ${value.split(/\\s+/).every((id) => ids.includes(id))}`;
    if (name === "aria-label")
      return `label ${value.trim() !== ""} ${twice(value, names)}`;
    if (said.test(name) || name.startsWith("aria-")) return `${name}=${value}`;
    return `${name} ${value.trim() !== ""}`;
  };
  const walk = (element, above, parent, over) => {
    const own = [element.localName, ...[...element.attributes].map(tell).sort()];
    own.push(element.textContent.trim() !== "", element.labels?.length > 0);
    const kind = own.join(" ");
    const place = note(`${above} ${kind}`, whole);
    note(`${over} in ${parent} in ${kind}`, near);
    if (element.localName === "svg") return;
    for (const child of element.children) walk(child, place, kind, parent);
  };
  walk(document.documentElement, "", "", "");
  const headings = all("h1, h2, h3, h4, h5, h6");
  headings.forEach((each, at) =>
    note(`${headings[at - 1]?.localName} ${each.localName}`, whole, near));
  for (const one of ["h1", "main", "header", "footer"])
    note(`${one} ${all(one).length}`, whole, near);
  return { whole: [...whole], near: [...near] };
}"""


class Places:
    """What axe has had nothing to say of, at one width.

    Attributes:
        known: what it has judged with its colours.
        plain: what it has judged without.
    """

    def __init__(self) -> None:
        self.known: set[int] = set()
        self.plain: set[int] = set()

    def findings(
        self, page: Page, *, colours: bool = True, is_like: bool = False
    ) -> list[str]:
        """What axe finds on a page where something stands that it has not judged yet.

        Args:
            page: as it is to be judged.
            colours: as in ``accessibility.findings``.
            is_like: whether a page like it is judged anyhow: of the same view, or this
                one at the other width.
        """
        places: dict[str, list[int]] = page.evaluate(PLACES)
        asked = set(places["near" if is_like else "whole"])
        if asked <= (self.known if colours else self.known | self.plain):
            return []
        found = findings(page, colours=colours)
        if not found:
            known = self.known if colours else self.plain
            known.update(places["whole"], places["near"])
        return found
