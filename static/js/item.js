// What a script adds to an item's page: who else has it open, and what each field is
// against the saved item while one types. Without it nothing is missing that matters.
"use strict";
{
  const EVERY = 20000;
  const CHANGED = "Ændret af dig", SAME = "Uændret", EMPTY = "Ikke udfyldt";

  // Presence: a word now and then, while the page is looked at. It locks nothing.
  const line = document.querySelector("[data-presence]");
  const token = line?.closest("form")?.elements.csrfmiddlewaretoken?.value;
  const words = (leaves) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token);
    if (leaves) body.append("leave", "1");
    return body;
  };
  const say = (text) => {
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
  };
  const beat = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(line.dataset.presence, { method: "POST", body: words(false), redirect: "manual" });
      say(answer.ok ? (await answer.json()).words : "");
    } catch {
      say("");
    }
  };
  if (line && token) {
    beat();
    setInterval(beat, EVERY);
    document.addEventListener("visibilitychange", beat);
    addEventListener("pagehide", () => navigator.sendBeacon(line.dataset.presence, words(true)));
  }

  // States: each label says whether its field is as it is saved.
  const form = document.querySelector("form[data-states]");
  const groups = new Map();
  const shape = (editor) => [
    editor.innerText.trim(),
    ...[...editor.querySelectorAll("*")].map(({ tagName }) => tagName).filter((tag) => tag !== "BR" && tag !== "IMG"),
  ].join("|");
  const plain = (group) => [...group.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .map((field) => (field.matches("[type=radio], [type=checkbox]") ? `${field.value}${field.checked}` : field.value)).join("|");
  const value = (group) => {
    const editor = group.querySelector("[contenteditable=true]");
    return editor ? shape(editor) : plain(group);
  };
  const isEmpty = (group) => {
    const editor = group.querySelector("[contenteditable=true]");
    return editor ? !editor.innerText.trim() : !group.querySelector("input:not([type=hidden]), select, textarea")?.value.trim();
  };
  const show = () => {
    const isAny = [...groups.values()].some(({ isChanged }) => isChanged);
    for (const [group, { isChanged }] of groups) {
      const chip = group.querySelector("[data-state]");
      const isMissing = !isChanged && chip.hasAttribute("data-wanted") && isEmpty(group);
      const text = isChanged ? CHANGED : isMissing ? EMPTY : isAny ? SAME : "";
      chip.hidden = !text;
      chip.classList.toggle("form-group__state--changed", isChanged);
      chip.classList.toggle("is-missing", isMissing);
      chip.querySelector("[data-state-words]").textContent = text;
    }
  };
  const groupOf = (target) => {
    const group = target.closest?.(".form-group");
    return groups.has(group) ? group : null;
  };
  const note = ({ target }) => {
    const group = groupOf(target);
    const known = group && groups.get(group);
    if (known && known.saved === undefined) known.saved = value(group);
  };
  const look = ({ target }) => {
    const group = groupOf(target);
    if (!group) return;
    const known = groups.get(group);
    // What stood in the form when it came may differ from what is saved: then it stays so.
    known.isChanged = known.wasChanged || known.saved === undefined || value(group) !== known.saved;
    show();
  };
  if (form) {
    for (const chip of form.querySelectorAll("[data-state]")) {
      const wasChanged = chip.hasAttribute("data-changed");
      groups.set(chip.closest(".form-group"), { wasChanged, isChanged: wasChanged, saved: undefined });
    }
    form.addEventListener("focusin", note);
    form.addEventListener("pointerdown", note, true);
    for (const event of ["input", "change", "keyup"]) form.addEventListener(event, look);
  }
}
