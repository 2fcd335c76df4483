// The rich-text editor: django-prose-editor's extensions under a toolbar of words.
//
// A field is <div data-rich> with a text box (plain text), a hidden field of markup
// and a hidden field that tells which of the two counts (core/widgets.py).
import {
  Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading,
  History, Italic, Link, ListItem, OrderedList, Paragraph, Table, TableCell,
  TableHeader, TableRow, Text,
} from "django-prose-editor/editor.js";
import { cleaned } from "./word.js";

// Tab leads on to the next field: it indents no list, and adds no row to a table.
const PlainListItem = ListItem.extend({
  addKeyboardShortcuts() {
    const { Enter } = this.parent();
    return { Enter };
  },
});
const PlainTable = Table.extend({
  addKeyboardShortcuts() {
    const { Tab, ...others } = this.parent();
    return { ...others, ...(Tab && { Tab: () => this.editor.commands.goToNextCell() }) };
  },
});

const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, History, Bold, Italic, BulletList, PlainListItem,
  OrderedList.configure({ enableListAttributes: false }),
  Heading.configure({ levels: [3, 4] }),
  Link.configure({ enableTarget: false, protocols: ["http", "https", "mailto"] }),
  PlainTable.configure({ resizable: false }), TableRow, TableCell, TableHeader,
  Dropcursor, Gapcursor,
];

/** The toolbar: word, act, and when it is pressed. A bar parts the groups. */
const TOOLS = [
  ["Fed", (c) => c.toggleBold(), (e) => e.isActive("bold")],
  ["Kursiv", (c) => c.toggleItalic(), (e) => e.isActive("italic")],
  null,
  ["Afsnit", (c) => c.setParagraph(), (e) => e.isActive("paragraph") && !e.isActive("listItem")],
  ["Overskrift", (c) => c.toggleHeading({ level: 3 }), (e) => e.isActive("heading")],
  null,
  ["Punkter", (c) => c.toggleBulletList(), (e) => e.isActive("bulletList")],
  ["Numre", (c) => c.toggleOrderedList(), (e) => e.isActive("orderedList")],
  ["Tabel", (c) => c.insertTable({ rows: 3, cols: 2, withHeaderRow: true }), (e) => e.isActive("table")],
  null,
  ["Link", null, (e) => e.isActive("link")],
];
const TABLE_TOOLS = [
  ["Ny række", (c) => c.addRowAfter()],
  ["Ny kolonne", (c) => c.addColumnAfter()],
  ["Slet række", (c) => c.deleteRow()],
  ["Slet kolonne", (c) => c.deleteColumn()],
  ["Slet tabel", (c) => c.deleteTable()],
];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Makes one group of buttons; only arrows move among them, Tab passes them by. */
function buttons(editor, tools, toggles) {
  return tools.map((tool) => {
    if (!tool) return make("span", { class: "rich__gap" });
    const [word, act, pressed] = tool;
    const button = make("button", { type: "button", class: "rich__tool", tabindex: "-1" }, word);
    if (act) button.addEventListener("click", () => act(editor.chain().focus()).run());
    if (pressed) toggles.push(() => button.setAttribute("aria-pressed", String(pressed(editor))));
    return button;
  });
}

/** Makes the row where a link's address is typed; it is no field of the form. */
function linkRow(editor, opener) {
  const id = `link-${Math.random().toString(36).slice(2)}`;
  const input = make("input", { class: "form-input", id, type: "url", placeholder: "https://" });
  const set = make("button", { type: "button", class: "link-button" }, "Sæt link");
  const remove = make("button", { type: "button", class: "link-button" }, "Fjern link");
  const row = make("div", { class: "rich__link" }, make("label", { for: id }, "Adresse"), input, set, remove);
  row.hidden = true;
  const close = (chain) => {
    row.hidden = true;
    chain.run();
  };
  const range = () => editor.chain().focus().extendMarkRange("link");
  const apply = () => {
    const href = input.value.trim();
    if (!href) return close(range().unsetLink());
    if (!editor.state.selection.empty || editor.isActive("link")) return close(range().setLink({ href }));
    const words = { type: "text", text: href, marks: [{ type: "link", attrs: { href } }] };
    return close(editor.chain().focus().insertContent(words));
  };
  opener.addEventListener("click", () => {
    row.hidden = false;
    input.value = editor.getAttributes("link").href ?? "";
    input.focus();
  });
  set.addEventListener("click", apply);
  remove.addEventListener("click", () => close(range().unsetLink()));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") apply();
    else close(editor.chain().focus());
  });
  return row;
}

/** Makes the row where figures and references of the meeting are found and inserted. */
function insertRow(editor, opener, url) {
  const id = `insert-${Math.random().toString(36).slice(2)}`;
  const input = make("input", { class: "form-input", id, type: "search", autocomplete: "off", maxlength: "100" });
  const close = make("button", { type: "button", class: "link-button" }, "Luk");
  const list = make("div", { class: "rich__found", "aria-live": "polite" });
  const row = make("div", { class: "rich__link rich__insert" }, make("label", { for: id }, "Søg i mødets tal og bilag"), input, close, list);
  row.hidden = true;
  let waiting;
  const search = () => globalThis.htmx.ajax("GET", `${url}?q=${encodeURIComponent(input.value)}`, { target: list, swap: "innerHTML" });
  const leave = () => {
    row.hidden = true;
    editor.commands.focus();
  };
  opener.addEventListener("click", () => {
    row.hidden = false;
    input.focus();
  });
  close.addEventListener("click", leave);
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing of the item was changed
    clearTimeout(waiting);
    waiting = setTimeout(search, 300);
  });
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && event.target === input) search();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("htmx:afterSwap", () => list.querySelectorAll("[data-insert-text]").forEach((button) => { button.hidden = false; }));
  list.addEventListener("click", ({ target }) => {
    const text = target.closest("[data-insert-text]")?.dataset.insertText;
    if (!text) return;
    const { doc, selection: { from, to } } = editor.state;
    const [before, after] = [doc.textBetween(Math.max(from - 1, 0), from), doc.textBetween(to, Math.min(to + 1, doc.content.size))];
    const spaced = (/[\p{L}\d.,;:]/u.test(before) ? " " : "") + text + (/[\p{L}\d]/u.test(after) ? " " : "");
    editor.chain().focus().insertContent({ type: "text", text: spaced }).run();
    row.hidden = true;
  });
  return row;
}

/** Puts one number in the place of another, wherever it stands by itself. */
function use(editor, from, to) {
  const quoted = from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s");
  const pattern = new RegExp(`(?<![\\p{L}\\d.,])${quoted}(?![\\p{L}\\d]|[.,]\\d)`, "gu");
  const change = editor.state.tr;
  const hits = [];
  editor.state.doc.descendants((node, at) => {
    if (node.isText) for (const hit of node.text.matchAll(pattern)) hits.push([at + hit.index, at + hit.index + hit[0].length]);
  });
  for (const [start, end] of hits.reverse()) change.insertText(to, start, end);
  editor.view.dispatch(change);
  editor.commands.focus();
}

/** Moves inside the toolbar with the arrows; Esc goes back to the text. */
function keys(editor, bar) {
  bar.addEventListener("keydown", (event) => {
    const row = [...bar.querySelectorAll(".rich__tool")].filter((tool) => tool.offsetParent);
    const at = row.indexOf(document.activeElement);
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) row.at((at + step) % row.length).focus();
    else if (event.key === "Home") row[0].focus();
    else if (event.key === "End") row.at(-1).focus();
    else if (event.key === "Escape") editor.commands.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Gives what the text box told assistive technology to the editor's text. */
function spoken(textarea, label) {
  const attributes = { role: "textbox", "aria-multiline": "true", class: "prose rich__area" };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  if (label) {
    label.id ||= `${textarea.id}_label`;
    attributes["aria-labelledby"] = label.id;
  }
  return attributes;
}

function toolbar(editor, label, insertUrl) {
  const toggles = [];
  const bar = make("div", { class: "rich__bar", role: "toolbar", "aria-label": `Værktøjer til ${label?.textContent.trim() ?? "teksten"}` });
  bar.append(...buttons(editor, TOOLS, toggles));
  const tables = make("span", { class: "rich__table" }, ...buttons(editor, TABLE_TOOLS, toggles));
  bar.append(tables);
  toggles.push(() => { tables.hidden = !editor.isActive("table"); });
  const link = linkRow(editor, [...bar.querySelectorAll(".rich__tool")].find((tool) => tool.textContent === "Link"));
  const rows = [link];
  if (insertUrl) {
    const opener = make("button", { type: "button", class: "rich__tool rich__tool--insert", tabindex: "-1" }, "Indsæt tal eller henvisning");
    bar.append(opener);
    rows.push(insertRow(editor, opener, insertUrl));
  }
  const refresh = () => toggles.forEach((toggle) => toggle());
  editor.on("transaction", refresh);
  refresh();
  keys(editor, bar);
  // A press on a word of the toolbar must not take the focus from the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  return [bar, ...rows];
}

function start(field) {
  if (field.dataset.started) return;
  field.dataset.started = "yes";
  const textarea = field.querySelector("textarea");
  const { form, name } = textarea;
  const [html, format] = ["html", "format"].map((part) => field.querySelector(`[name="${name}_${part}"]`));
  const label = form?.querySelector(`label[for="${textarea.id}"]`) ?? null;
  const place = make("div", { class: "rich__place" });
  const editor = new Editor({
    element: place,
    extensions: EXTENSIONS,
    content: html.value,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false,
    editorProps: {
      attributes: spoken(textarea, label),
      transformPastedHTML: cleaned,
      handleKeyDown: (view, event) => {
        if (!event.altKey || event.key !== "F10") return false;
        field.querySelector(".rich__tool").focus();
        return true;
      },
    },
    onUpdate: () => {
      html.value = editor.isEmpty ? "" : editor.getHTML();
      format.value = "html";
      textarea.value = editor.getText();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const hadFocus = document.activeElement === textarea;
  textarea.hidden = true;
  field.append(...toolbar(editor, label, form?.dataset.insert), place);
  field.addEventListener("rich:use", ({ detail }) => use(editor, detail.from, detail.to));
  field.classList.add("rich--live");
  label?.addEventListener("click", () => editor.commands.focus());
  if (hadFocus) editor.commands.focus();
}

const startAll = (root) => root.querySelectorAll("[data-rich]").forEach(start);
document.addEventListener("htmx:afterSettle", (event) => startAll(event.detail.elt));
startAll(document);
