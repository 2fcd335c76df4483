// What a script adds to "Indsæt henvisning": the reference goes in where the text is written.
"use strict";
{
  // A reference goes in where the text is written; an editor's form asks the server.
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-insert] button")?.closest("[data-insert]");
    const field = box?.closest("form").elements[box.dataset.insert];
    if (!field?.matches?.("textarea:not(.rich__text)")) return;
    event.preventDefault();
    const chosen = box.querySelector("select").selectedOptions[0];
    const refs = field.form.elements[`${field.name}_refs`];
    refs.value = JSON.stringify({ ...JSON.parse(refs.value || "{}"), [chosen.dataset.written]: chosen.value });
    const before = field.value.slice(0, field.selectionStart);
    const space = !before || /\s$/.test(before) ? "" : " ";
    field.setRangeText(space + chosen.dataset.written, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    box.open = false;
    field.focus();
  });
}
