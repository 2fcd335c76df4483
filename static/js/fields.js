// What a script adds to fields: titles that grow, files named in Danish and sent as
// they are chosen, Esc that closes a form opened in a row and never one with text in it.
"use strict";
{
  const find = (selector, root) => [...root.querySelectorAll(selector)];
  const grows = CSS.supports("field-sizing", "content");

  /** Makes a title as high as its text, where the browser does not do so by itself. */
  const fit = (line) => {
    if (grows) return;
    line.style.height = "auto";
    line.style.height = `${line.scrollHeight + line.offsetHeight - line.clientHeight}px`;
  };

  /** Gives the words for chosen files; "" when there are none. */
  const named = (files) => {
    const names = [...files].map((file) => file.name).join(", ");
    return files.length > 1 ? `${files.length} filer valgt: ${names}` : names && `Valgt: ${names}`;
  };
  const receiving = ({ length }) => `Modtager ${length > 1 ? `${length} filer` : "filen"} …`;

  /** Lets the label stand for the browser's own button, which speaks the browser's language. */
  const start = (root) => {
    find("textarea[data-line]", root).forEach(fit);
    for (const field of find("[data-file]:not(.file--live)", root)) {
      field.classList.add("file--live");
      field.querySelector("label").classList.add("button", "button-secondary", "button--small");
    }
    for (const button of find("[data-dismiss]", root)) button.hidden = false;
  };

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("textarea[data-line]")) fit(target);
    target.closest?.("form[data-inline]")?.setAttribute("data-typed", "");
  });
  document.addEventListener("change", ({ target }) => {
    const said = target.closest?.("[data-file]")?.querySelector("[data-names]");
    if (said && !target.hasAttribute("hx-post")) said.textContent = named(target.files);
  });
  // A file is sent once, and it is seen that it is on its way; one that fails can be chosen again.
  document.addEventListener("htmx:beforeSend", ({ target }) => {
    const said = target.matches?.("input[type=file]") && target.closest("[data-file]")?.querySelector("[data-names]");
    if (said) said.textContent = receiving(target.files);
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful || !target.isConnected || !target.matches?.("input[type=file]")) return;
    target.value = "";
    target.closest("[data-file]").querySelector("[data-names]").textContent = "";
  });
  document.addEventListener("click", (event) => {
    const { choose, dismiss } = event.target.dataset ?? {};
    if (choose) {
      event.preventDefault();
      document.getElementById(choose)?.click();
    } else if (dismiss) forget(dismiss);
  });
  /** Takes away what was said of a refused file, here and in the box on top. */
  const forget = (id) => {
    const row = document.getElementById(id);
    const next = row.nextElementSibling ?? row.previousElementSibling ?? row.closest("section");
    const [heading, line] = [document.getElementById("missing"), document.querySelector(`#missing-box a[href="#${id}"]`)];
    row.remove();
    // Of many files the box has one line, which counts them.
    const refused = document.querySelectorAll(".attachment--refused");
    const many = [...document.querySelectorAll("#missing-box a")].find((link) => /^\d+ filer /.test(link.textContent));
    if (many && refused.length > 1) Object.assign(many, { href: `#${refused[0].id}`, textContent: `${refused.length} filer blev ikke modtaget` });
    else if (many && refused.length) Object.assign(many, { href: `#${refused[0].id}`, textContent: "1 fil blev ikke modtaget" });
    else (many ?? line)?.closest("li").remove();
    const left = document.querySelectorAll("#missing-box li").length;
    if (heading && left) heading.textContent = `${left}\u00a0ting mangler`;
    else heading?.closest("section").remove();
    (next.querySelector?.("a, button") ?? next).focus();
  };
  // What was refused is typed, too. The editor marks every Esc as handled, so no look at that.
  const TYPED = "[data-typed], :has([aria-invalid=true], [data-form-error])";
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-inline]");
    if (event.key !== "Escape" || event.isComposing || !form || form.matches(TYPED)) return;
    form.querySelector("[data-cancel]")?.click();
  });
  // A title has one line: Enter saves, as in any field of one line.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (!event.target.matches?.("textarea[data-line]")) return;
    event.preventDefault();
    event.target.form?.requestSubmit();
  });
  /** The field that the address names gets the focus; with an editor, that. */
  const focusNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const field = named?.closest(".rich")?.querySelector("[contenteditable]") ?? named;
    if (field?.matches("input:not([type=hidden]), select, textarea, [contenteditable]")) field.focus();
  };
  ["hashchange", "load"].forEach((name) => addEventListener(name, focusNamed));
  document.addEventListener("htmx:afterSettle", (event) => start(event.detail.elt));
  start(document);
}
