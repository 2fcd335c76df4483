"""Sheets as files: a workbook, CSV, and the rows of a file that could not come in.

Source: docs/rules.md R-98.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.sheets import Sheet, written
from core.sheets.back.rows import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.sheets import Book, Cell
    from core.sheets.back.findings import Preview
    from core.sheets.back.kinds import Kind


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it is given out: its name, its kind and its bytes."""

    name: str
    content_type: str
    data: bytes


def as_csv(title: str, sheet: Sheet) -> Handed:
    """Give one sheet as CSV."""
    rows = [[cell.text for cell in row.cells] for row in sheet.rows]
    name = f"{title} {sheet.name.lower()}.csv"
    return Handed(name, "text/csv; charset=utf-8", written(sheet.head, rows))


def as_workbook(title: str, kinds: Sequence[Kind], sheets: Sequence[Sheet]) -> Handed:
    """Give sheets as a workbook."""
    # Costs a process that never writes one nothing.
    from core.sheets.workbooks import XLSX, write_xlsx  # noqa: PLC0415

    data = write_xlsx(
        sheets,
        title=title,
        widths={kind.name: kind.widths for kind in kinds},
        quiet={kind.name: kind.quiet for kind in kinds},
    )
    return Handed(f"{title}.xlsx", XLSX, data)


def left_over(found: Preview, book: Book, name: str) -> Handed | None:
    """Give the rows that cannot come in as a workbook, with why in a last column; or None.

    The rows keep their keys and exports, so that the file can be put right and sent again.

    Args:
        name: of the file that came.
    """
    from core.sheets.workbooks import XLSX, write_xlsx  # noqa: PLC0415

    why = {(w.place.sheet, w.place.number): _reasons(w) for w in found.wrong}
    stale = "Rettet af en anden efter eksporten."
    why |= {(s.place.sheet, s.place.number): stale for s in found.stale}
    sheets = []
    for sheet, of in zip(book, found.names, strict=True):
        own = [at for at, head in enumerate(sheet.head) if head != IGNORED]
        rows = [
            (*_texts(each.cells, own), why[of, each.number])
            for each in sheet.rows
            if (of, each.number) in why
        ]
        if rows:
            head = (*(sheet.head[at] for at in own), IGNORED)
            sheets.append(Sheet.of(of, head, rows))
    if not sheets:
        return None
    data = write_xlsx(
        sheets,
        title=f"Ikke indlæst af {name}",
        widths={s.name: [*[24] * (len(s.head) - 1), 60] for s in sheets},
        quiet={s.name: frozenset() for s in sheets},
    )
    stem = name.rpartition(".")[0] or name
    return Handed(f"Ikke indlæst af {stem}.xlsx", XLSX, data)


def _texts(cells: Sequence[Cell], places: list[int]) -> Iterator[str]:
    for at in places:
        yield cells[at].text if at < len(cells) else ""


def _reasons(wrong: Any) -> str:
    return " ".join(
        f"{each.name}: {each.sentence}" if each.name else each.sentence
        for each in wrong.problems
    )
