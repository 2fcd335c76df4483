// What the portal adds to plain links and forms. Everything works without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const near = (event, selector) => event.target.closest?.(selector) ?? null;
const say = (text) => { document.getElementById("status").textContent = text; };
const REFUSED = '[aria-invalid="true"], [data-form-error], [data-focus]';
const FIRST = "[data-focus-lost], [data-inline] :is(input:not([type=hidden]), select, textarea)";
/** Focuses what the server refused or changed, or what stands for a lost focus. */
function focusNew(root) {
  const lost = !document.activeElement || document.activeElement === document.body;
  const found = root.querySelector(REFUSED) ?? (lost ? root.querySelector(FIRST) : null);
  (found?.closest(".rich")?.querySelector("[contenteditable]") ?? found)?.focus();
}

/** Shows what only a script can do, and folds the contents list of a narrow page. */
function prepare(root) {
  for (const button of all("[data-copy], [data-show]", root)) button.hidden = false;
  for (const form of all("[data-move-row] form[data-move]", root)) {
    const grip = form.closest("[data-move-row]").querySelector("[data-grip]");
    if (grip) grip.draggable = true;
  }
  if (matchMedia("(max-width: 800px)").matches) all(".contents-fold", root).forEach((fold) => { fold.open = false; });
  focusNew(root);
}
let dragged = null;
const sectionOf = (element) => element?.closest("[data-move-section]") ?? null;
const spotUnder = (event) => { // a sibling of the dragged row, a row or the end of another section, or null
  const row = dragged && near(event, "[data-move-row]");
  if (!dragged || row?.parentElement === dragged.parentElement) return row;
  const [own, other] = [sectionOf(dragged), near(event, "[data-move-section]")];
  return own && other && own !== other ? row ?? other : null;
};
const mark = (spot) => all("[data-move-row], [data-move-section]").forEach((other) => other.classList.toggle("is-target", other === spot));

document.addEventListener("dragstart", (event) => {
  dragged = near(event, "[data-grip]")?.closest("[data-move-row]") ?? null;
  if (!dragged) return; // a dragged link or text is the browser's own business
  dragged.classList.add("is-dragged");
  event.dataTransfer.setData("text/plain", dragged.id);
  event.dataTransfer.setDragImage(dragged, 10, 10);
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  mark(dragged = null);
});
document.addEventListener("dragover", (event) => {
  const [spot, zone] = [spotUnder(event), near(event, "[data-drop]")];
  if (spot || zone) event.preventDefault();
  if (dragged) mark(spot);
  zone?.classList.add("drop--over");
});
addEventListener("beforeprint", () => all("details.document__row, details.goal-finding").forEach((row) => { row.open = true; }));
document.addEventListener("dragleave", (event) => near(event, "[data-drop]")?.classList.remove("drop--over"));
document.addEventListener("drop", (event) => {
  const spot = spotUnder(event);
  const input = near(event, "[data-drop]")?.querySelector('input[type="file"]');
  if (spot || input) event.preventDefault();
  if (spot && spot !== dragged) {
    const form = dragged.querySelector("form[data-move]");
    const rows = all(":scope > [data-move-row]", sectionOf(spot) ?? spot.parentElement);
    form.elements.position.value = (rows.includes(spot) ? rows.indexOf(spot) : rows.length) + 1;
    if (form.elements.section) form.elements.section.value = sectionOf(spot).dataset.moveSection;
    form.requestSubmit();
  } else if (input && !input.disabled && event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.closest("[data-drop]").classList.remove("drop--over");
  }
});

document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  const inline = near(event, "form[data-inline]");
  const whole = inline ?? document.querySelector("form[data-save]");
  const form = control ? { s: whole, Enter: inline }[event.key] : null;
  if (form) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.target.matches?.("[data-turn]") && /^Arrow(Left|Right)$/.test(event.key)) {
    document.querySelector(event.key === "ArrowLeft" ? "a[rel~=prev]" : "a[rel~=next]")?.click();
  }
});

document.addEventListener("click", async ({ target }) => {
  const { copy, show } = target.dataset ?? {};
  if (copy) await navigator.clipboard.writeText(new URL(copy, location.href).href).then(() => say("Linket er kopieret."));
  if (!show) return;
  const field = document.getElementById(show);
  field.type = target.textContent === "Vis" ? "text" : "password";
  target.textContent = field.type === "password" ? "Vis" : "Skjul";
});
const openNamed = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", openNamed);
const lost = ({ detail }) => say(detail.xhr?.status >= 400 && detail.xhr.status < 500
  ? "Det kunne ikke gøres. Hent siden igen." : "Portalen svarer ikke. Din tekst står stadig på siden; prøv igen om lidt.");
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, lost));
document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt));
prepare(document);
openNamed();
