// Says what is chosen in a list, and keeps it when one filters, sorts or turns the page.
"use strict";

(() => {
  const bar = document.querySelector("[data-chosen]");
  if (!bar) return;
  const [one, several] = bar.dataset.chosen.split(",");
  const said = bar.querySelector("[data-chosen-said]");
  const none = bar.querySelector("[data-chosen-none]");
  const numbers = () => new FormData(bar).getAll("valgt").map(Number).sort((a, b) => a - b);
  const inWords = (all) => (all.length > 1 ? `${all.slice(0, -1).join(", ")} og ${all.at(-1)}` : String(all[0] ?? ""));
  const withChosen = (address, chosen) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("valgt");
    chosen.forEach((number) => url.searchParams.append("valgt", number));
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
    numbers().forEach((number) => event.formData.append("valgt", number));
  });
  addEventListener("pageshow", show); // also when the browser brings the page back with its boxes
})();
