// What a script adds to the numbers under a text: "Brug 843.513" changes the text where it
// stands, and a number that nothing gives is marked in it. Without it the server does.
"use strict";
{
  const richOf = (box) => document.getElementById(box.dataset.numbers)?.closest("[data-rich]") ?? null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-use]");
    const loose = button?.closest("[data-loose]");
    const rich = loose && richOf(loose.closest("[data-numbers]"));
    if (!rich?.classList.contains("rich--live")) return;
    event.preventDefault();
    rich.dispatchEvent(new CustomEvent("rich:use", { detail: { from: loose.dataset.loose, to: button.dataset.use } }));
    loose.remove();
    mark();
  });

  /** Gives where a number stands in a text, as ranges. */
  const ranges = (root, number) => {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.replaceAll("\u00a0", " ");
      for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + number.length);
        found.push(range);
      }
    }
    return found;
  };
  const mark = () => {
    if (!globalThis.CSS?.highlights) return;
    const all = [...document.querySelectorAll("[data-loose]")].flatMap((loose) => {
      const area = richOf(loose.closest("[data-numbers]"))?.querySelector("[contenteditable]");
      return area ? ranges(area, loose.dataset.loose) : [];
    });
    CSS.highlights.set("loose-number", new Highlight(...all));
  };
  // What looks by itself while one types asks nothing of a server out of reach, and never
  // leads away: that one is signed out says the draft's own line.
  const isLook = (event) => event.detail.elt.matches("[data-numbers]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isLook(event) && !navigator.onLine) event.preventDefault();
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (isLook(event) && event.detail.xhr.getResponseHeader("HX-Redirect")) event.preventDefault();
  });
  document.addEventListener("htmx:afterSettle", mark);
  addEventListener("load", mark);
}
