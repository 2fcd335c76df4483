// Keeps what one types in a form as a draft on the server: two seconds after the last key,
// when a field is left, and when the page goes. A form that keeps drafts holds a ticket
// (core/drafts); everything here only hurries what its buttons do without a script.
"use strict";
{
  const PAUSE = 2000;
  const AGAIN = 5000;
  const BY_BEACON = 60000; // the most a browser sends of a page that is leaving, in letters
  const QUIET = ["csrfmiddlewaretoken", "kladde_gemt"];
  const states = new WeakMap();
  const ticketOf = (form) => form?.querySelector?.("input[data-draft]") ?? null;

  /** Gives what the form would post, without files, as one text. */
  const typed = (form) => new URLSearchParams(
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !QUIET.includes(name)),
  ).toString();

  const part = (form, name) => form.querySelector(`[data-draft-${name}]`);
  const put = (form, name, text) => {
    const place = part(form, name);
    if (place && place.textContent !== text) place.textContent = text;
  };

  /** Shows that the draft is kept, or that it is not. */
  function show(form, words, { late = "", told = {} } = {}) {
    const [line, note, discard, signIn] = ["line", "note", "discard", "sign-in"].map((name) => part(form, name));
    if (line) line.hidden = false;
    line?.toggleAttribute("data-late", Boolean(late));
    put(form, "words", words);
    put(form, "brief", words);
    put(form, "said", late ? words : "");
    if (note) {
      note.dataset.kept ??= note.textContent;
      note.textContent = late || (told.signIn ? "Du er logget ud." : note.dataset.kept);
    }
    if (discard && told.discard) Object.assign(discard, { href: told.discard, hidden: false });
    if (!signIn) return;
    signIn.hidden = !told.signIn;
    if (told.signIn) signIn.href = told.signIn;
  }

  function showLate(form, state, problem) {
    const since = state.at ? `Kladden er ikke gemt siden ${state.at}.` : "Kladden er ikke gemt.";
    show(form, since, { late: problem || "Din tekst er på denne side; vi prøver igen." });
  }

  function showKept(form, state, told) {
    if (!told.at) return;
    state.at = told.at;
    const moment = form.elements.kladde_gemt;
    if (moment) moment.value = told.moment;
    show(form, `Kladde gemt ${told.at}`, { told });
  }

  /** Sends one text; gives what the server says, or nothing where it cannot be reached. */
  async function send(form, body, leaving) {
    try {
      const answer = await fetch(ticketOf(form).dataset.draft, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { Accept: "application/json" },
        keepalive: leaving && body.length < BY_BEACON,
      });
      return answer.ok || answer.status === 422 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async function keep(form, { leaving = false } = {}) {
    const state = states.get(form);
    clearTimeout(state.timer);
    const body = typed(form);
    if (state.isSent || !form.isConnected || body === state.kept) return;
    if (state.isBusy && !leaving) {
      state.timer = setTimeout(keep, PAUSE, form);
      return;
    }
    state.isBusy = true;
    const told = await send(form, body, leaving);
    state.isBusy = false;
    if (told) state.kept = body; // also what is refused for good: it is not sent again
    if (told?.problem) showLate(form, state, told.problem);
    else if (told) showKept(form, state, told);
    else showLate(form, state);
    if (!told) state.timer = setTimeout(keep, AGAIN, form);
    else if (typed(form) !== body) state.timer = setTimeout(keep, PAUSE, form);
  }

  function start(root) {
    const forms = [...root.querySelectorAll("input[data-draft]")].map((ticket) => ticket.form);
    for (const form of new Set([...forms, root.closest?.("form")])) {
      if (!ticketOf(form) || states.has(form)) continue;
      states.set(form, { kept: typed(form), at: part(form, "words")?.textContent.replace("Kladde gemt ", "") });
    }
  }

  const all = () => [...document.querySelectorAll("input[data-draft]")].map((ticket) => ticket.form);
  const known = (target) => {
    const form = target.form ?? target.closest?.("form");
    return states.has(form) ? form : null;
  };
  for (const event of ["input", "change"]) {
    document.addEventListener(event, ({ target }) => {
      const form = known(target);
      if (!form) return;
      clearTimeout(states.get(form).timer);
      states.get(form).timer = setTimeout(keep, PAUSE, form);
    });
  }
  document.addEventListener("focusout", ({ target }) => {
    const form = known(target);
    if (form) keep(form);
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-draft-save]")?.form;
    if (!states.has(form)) return;
    event.preventDefault();
    event.stopPropagation();
    states.get(form).kept = null;
    keep(form);
  }, true);
  // A form on its way to be saved needs no draft; one that is refused comes back.
  const sent = (form, is) => { if (states.has(form)) states.get(form).isSent = is; };
  document.addEventListener("submit", ({ target }) => sent(target, true));
  document.addEventListener("htmx:afterRequest", ({ target }) => sent(target.closest?.("form"), false));
  addEventListener("pageshow", () => all().forEach((form) => sent(form, false)));
  addEventListener("online", () => all().forEach((form) => keep(form)));
  const leave = () => all().forEach((form) => states.has(form) && keep(form, { leaving: true }));
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  document.addEventListener("htmx:afterSettle", (event) => start(event.detail.elt));
  start(document);
}
