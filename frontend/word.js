// Cleans what is pasted from Word and the like before the editor reads it.

const STYLE = /\sstyle\s*=\s*("[^"]*"|'[^']*')/gi;

/** Keeps what a style says about lists as data, and drops every style. */
function withoutStyles(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(STYLE, (style) => {
      if (/mso-list:\s*ignore/i.test(style)) return ' data-marker="yes"';
      const level = style.match(/mso-list:[^;"']*level(\d)/i);
      return level ? ` data-level="${level[1]}"` : "";
    });
}

/** Turns Word's list paragraphs into lists, nested by their level. */
function makeLists(body) {
  let open = [];
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const level = Number(paragraph.dataset.level ?? 0);
    const previous = paragraph.previousElementSibling;
    if (!level || (open.length && previous !== open[0].list)) open = [];
    if (!level) continue;
    const marker = paragraph.querySelector("[data-marker]");
    const tag = /\d|^\s*[a-z][.)]/i.test(marker?.textContent ?? "") ? "ol" : "ul";
    marker?.remove();
    while (open.length && open.at(-1).level > level) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = document.createElement(tag);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else paragraph.before(list);
      open.push({ level, list });
    }
    const item = document.createElement("li");
    item.append(paragraph);
    open.at(-1).list.append(item);
  }
}

/** Gives pasted HTML without styles, and with Word's lists as lists. */
export function cleaned(html) {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  makeLists(body);
  return body.innerHTML;
}
