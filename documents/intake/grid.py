"""Tables of a foreign file: rows of equal length, headers that reach their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.intake.tags import Element

MAX_CELLS = 100_000
MAX_SPAN = 1000


def table_problems(table: Element) -> Iterator[str]:
    """Danish sentences about one table."""
    rows = list(_rows(table))
    if not _is_regular(rows):
        yield "En tabel har rækker eller kolonner, der ikke går op."
    if not _headers_are_known(rows):
        yield "Overskrifterne i en tabel er ikke koblet til cellerne."


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table.children:
        if child.role == "TR":
            yield [cell for cell in child.children if cell.role in {"TH", "TD"}]
        elif child.role in {"THead", "TBody", "TFoot"}:
            yield from _rows(child)


def _is_regular(rows: list[list[Element]]) -> bool:
    """Whether the cells, spans counted, fill a rectangle without overlapping."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            while (top, column) in taken:
                column += 1
            wide, high = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
            area = {
                (top + down, column + across)
                for down in range(high)
                for across in range(wide)
            }
            if area & taken or len(taken) + len(area) > MAX_CELLS:
                return False
            taken |= area
            column += wide
    widths = {0}
    for row_number in range(len(rows)):
        widths.add(sum(1 for place in taken if place[0] == row_number))
    deepest = max((place[0] for place in taken), default=-1)
    return len(widths - {0}) <= 1 and deepest < len(rows)


def _headers_are_known(rows: list[list[Element]]) -> bool:
    """Whether every header names its direction, or every cell its headers."""
    cells = [cell for row in rows for cell in row]
    headers = [cell for cell in cells if cell.role == "TH"]
    if not headers:
        return True
    if all(_attribute(cell, "/Scope") is not None for cell in headers):
        return True
    return all(
        _attribute(cell, "/Headers") is not None for cell in cells if cell.role == "TD"
    )


def _span(cell: Element, key: str) -> int:
    value = _attribute(cell, key)
    return min(value, MAX_SPAN) if isinstance(value, int) and value > 0 else 1


def _attribute(cell: Element, key: str) -> Any:
    """A table attribute of ``cell``, from its own attributes."""
    found = cell.source.get(Name.A)
    owners = list(found) if isinstance(found, Array) else [found]
    for owner in owners:
        if isinstance(owner, (Dictionary, Stream)) and owner.get(Name.O) == Name.Table:
            value = owner.get(key)
            if value is not None:
                return value
    return None
