"""Which headers a table cell belongs to, worked out from the table's grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Name, String

from documents.objects import drop, kids

if TYPE_CHECKING:
    from collections.abc import Iterator


def mend_table(table: Any) -> None:
    """Give every header its scope, and every data cell the headers it belongs to.

    A header in the head of the table, or in a row of headers alone, stands for its
    columns; such a row inside the body (a group's name) counts until the next one. Any
    other header stands for its row. Spans over columns and rows are followed.
    """
    grid = _Grid()
    for row, is_head in _rows(table):
        grid.take(row, is_head=is_head)


def _rows(parent: Any, *, is_head: bool = False) -> Iterator[tuple[Any, bool]]:
    for kid in kids(parent):
        if kid.S == "/TR":
            yield kid, is_head
        elif kid.S in ("/THead", "/TBody", "/TFoot"):
            yield from _rows(kid, is_head=kid.S == "/THead")


@dataclass(slots=True)
class _Grid:
    """What is known when a table is read row by row; all lists are of identifiers.

    Attributes:
        heads: column → its headers in the head of the table.
        group: column → the headers of the group that the row is in.
        below: column → how many rows a cell from above still covers, and its headers
            where it is a row's header.
    """

    heads: dict[int, list[str]] = field(default_factory=dict)
    group: dict[int, list[str]] = field(default_factory=dict)
    below: dict[int, tuple[int, list[str]]] = field(default_factory=dict)

    def take(self, row: Any, *, is_head: bool) -> None:
        cells = list(kids(row))
        is_group = not is_head and all(cell.S == "/TH" for cell in cells)
        covered, self.below = self.below, {}
        rows = list(dict.fromkeys(key for _, keys in covered.values() for key in keys))
        laid = list(self._lay(cells, covered))
        for cell, columns in laid:
            key = [str(cell.ID)] if cell.S == "/TH" and "/ID" in cell else []
            stands_for_row = cell.S == "/TH" and not is_head and not is_group
            self._cover(cell, columns, key if stands_for_row else [])
            if stands_for_row:
                cell.A.Scope = Name.Row
                rows += key
            elif cell.S == "/TH":
                cell.A.Scope = Name.Column
                self._name_columns(columns, key, is_group=is_group)
        for cell, columns in laid:
            if cell.S == "/TD":
                self._give(cell, columns, rows)

    def _lay(
        self, cells: list[Any], covered: dict[int, tuple[int, list[str]]]
    ) -> Iterator[tuple[Any, range]]:
        """Each cell with the columns it takes, past those still covered from above."""
        at = 0
        for column, (left, keys) in covered.items():
            if left > 1:
                self.below[column] = (left - 1, keys)
        for cell in cells:
            while at in covered:
                at += 1
            span = int(cell.A.get("/ColSpan", 1))
            yield cell, range(at, at + span)
            at += span

    def _cover(self, cell: Any, columns: range, keys: list[str]) -> None:
        left = int(cell.A.get("/RowSpan", 1)) - 1
        if left > 0:
            self.below.update(dict.fromkeys(columns, (left, keys)))

    def _name_columns(self, columns: range, key: list[str], *, is_group: bool) -> None:
        for column in columns:
            if is_group:
                self.group[column] = key
            else:
                self.heads[column] = self.heads.get(column, []) + key

    def _give(self, cell: Any, columns: range, rows: list[str]) -> None:
        named = [
            key
            for column in columns
            for key in (*self.heads.get(column, ()), *self.group.get(column, ()))
        ]
        wanted = list(dict.fromkeys([*rows, *named]))
        if wanted:
            cell.A.Headers = Array([String(key) for key in wanted])
        else:
            drop(cell.A, "/Headers")
