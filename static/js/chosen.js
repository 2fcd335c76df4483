// Says what is chosen in a list, and keeps it when one filters, sorts or turns the page.
"use strict";

(() => {
  const bar = document.querySelector("[data-chosen]");
  if (!bar) return;
  const [one, several] = bar.dataset.chosen.split(",");
  const said = bar.querySelector("[data-chosen-said]");
  const none = bar.querySelector("[data-chosen-none]");
  const few = 20; // more stand as spans, "9-24", as in proposals/lists/picked.py
  const unrolled = (word) => {
    const [from, to = from] = word.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  };
  const numbers = () => new FormData(bar).getAll("valgt").flatMap(unrolled).sort((a, b) => a - b);
  const spans = (all) => {
    if (all.length <= few) return all.map(String);
    const runs = [];
    for (const number of all) {
      const last = runs.at(-1);
      if (last?.at(-1) === number - 1) last.push(number);
      else runs.push([number]);
    }
    return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}-${run.at(-1)}`] : run.map(String)));
  };
  const inWords = (chosen) => {
    const all = spans(chosen).map((span) => span.replace("-", "–"));
    return all.length > 1 ? `${all.slice(0, -1).join(", ")} og ${all.at(-1)}` : all[0] ?? "";
  };
  const withChosen = (address, chosen) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("valgt");
    spans(chosen).forEach((span) => url.searchParams.append("valgt", span));
    return url.pathname + url.search + url.hash;
  };
  const show = () => {
    const chosen = numbers();
    said.querySelector("b").textContent = `${chosen.length} valgt`;
    said.querySelector("span").textContent = chosen.length ? `${chosen.length > 1 ? several : one} ${inWords(chosen)}` : "";
    bar.hidden = !chosen.length;
    none.hidden = !chosen.length;
    for (const link of document.querySelectorAll("[data-keeps-chosen] a[href]")) link.setAttribute("href", withChosen(link.href, chosen));
    history.replaceState(history.state, "", withChosen(location.href, chosen));
  };
  document.addEventListener("change", (event) => { if (event.target.name === "valgt") show(); });
  document.addEventListener("formdata", (event) => { // a search keeps them, too
    if (!event.target.matches("[data-keeps-chosen]")) return;
    event.formData.delete("valgt");
    spans(numbers()).forEach((span) => event.formData.append("valgt", span));
  });
  addEventListener("pageshow", show); // also when the browser brings the page back with its boxes
})();
