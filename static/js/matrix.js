// What a script adds to the matrix: arrow keys move from field to field, and Tab passes it by.
"use strict";
{
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const rows = (table) =>
    [...table.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("[data-cell]")]).filter((row) => row.length);

  /** Lets one field of a matrix be what Tab comes to. */
  const settle = (table, chosen) => {
    const cells = [...table.querySelectorAll("[data-cell]")];
    const own = chosen ?? cells.find((cell) => cell.tabIndex === 0 && cell.dataset.cell === "her") ?? cells[0];
    for (const cell of cells) cell.tabIndex = cell === own ? 0 : -1;
    if (own) own.dataset.cell = "her";
  };

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("[data-cell]");
    const step = STEPS[event.key];
    if (!cell || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = rows(cell.closest("[data-matrix]"));
    const row = all.findIndex((cells) => cells.includes(cell));
    const next = all[row + step[0]]?.[all[row].indexOf(cell) + step[1]];
    event.preventDefault();
    next?.focus();
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest?.("[data-cell]");
    if (!cell) return;
    for (const other of document.querySelectorAll("[data-cell='her']")) other.dataset.cell = "";
    settle(cell.closest("[data-matrix]"), cell);
  });
  const settleAll = () => {
    for (const table of document.querySelectorAll("[data-matrix]")) settle(table);
  };
  document.addEventListener("htmx:afterSettle", settleAll);
  addEventListener("load", settleAll);
}
