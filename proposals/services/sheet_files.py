"""Spreadsheets as files: a catalogue's, and the rows that could not come in.

Source: docs/rules.md R-98, R-112.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.sheets import Sheet, written
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, SheetExport, SheetImport
from proposals.services.sheets import book_of, look
from proposals.sheets.kinds import KINDS
from proposals.sheets.loading import load
from proposals.sheets.rows import IGNORED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from accounts.models import User
    from core.sheets import Cell
    from proposals.sheets.kinds import Kind


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it is given out: its name, its kind and its bytes."""

    name: str
    content_type: str
    data: bytes


def hand_out(
    catalogue: Catalogue, *, sheet: str, by: User, only: Collection[int] = ()
) -> Handed:
    """Give the catalogue as a workbook, or one of its sheets as CSV.

    What is handed out is kept, so that it is known what a file said when it was fetched.

    Args:
        sheet: key of the sheet that is wanted as CSV; "" for all as a workbook.
        only: numbers of the records that are wanted; empty for all.

    Raises:
        RuleViolationError: there is no such sheet.
    """
    kinds = KINDS[CatalogueKind(catalogue.kind)]
    wanted = [kind for kind in kinds if sheet in {"", kind.key}]
    if not wanted:
        raise RuleViolationError("Vælg et af arkene.")
    loaded = load(catalogue)
    if only:
        picked = tuple(row for row in loaded.records if row.number in only)
        loaded = replace(loaded, records=picked)
    lines = {kind.key: kind.lines(loaded) for kind in wanted}
    name = f"u{secrets.token_hex(6)}"
    SheetExport.objects.create(
        catalogue=catalogue,
        name=name,
        made_by=str(by),
        content={
            key: {line.key: dict(line.cells) for line in own}
            for key, own in lines.items()
        },
    )
    sheets = [kind.sheet(lines[kind.key], name) for kind in wanted]
    if sheet:
        return _as_csv(catalogue, sheets[0])
    return _as_workbook(catalogue, wanted, sheets)


def _as_csv(catalogue: Catalogue, sheet: Sheet) -> Handed:
    rows = [[cell.text for cell in row.cells] for row in sheet.rows]
    name = f"{catalogue.title} {sheet.name.lower()}.csv"
    return Handed(name, "text/csv; charset=utf-8", written(sheet.head, rows))


def _as_workbook(
    catalogue: Catalogue, kinds: list[Kind], sheets: list[Sheet]
) -> Handed:
    # Costs a process that never writes one nothing.
    from core.sheets.workbooks import XLSX, write_xlsx  # noqa: PLC0415

    data = write_xlsx(
        sheets,
        title=catalogue.title,
        widths={kind.name: kind.widths for kind in kinds},
        quiet={kind.name: kind.quiet for kind in kinds},
    )
    return Handed(f"{catalogue.title}.xlsx", XLSX, data)


def left_over(row: SheetImport) -> Handed | None:
    """Give the rows that cannot come in as a workbook, with why in a last column; or None.

    The rows keep their keys and exports, so that the file can be put right and sent again.
    """
    from core.sheets.workbooks import XLSX, write_xlsx  # noqa: PLC0415

    found, _ = look(row)
    why = {(w.place.sheet, w.place.number): _reasons(w) for w in found.wrong}
    stale = "Rettet af en anden efter eksporten."
    why |= {(s.place.sheet, s.place.number): stale for s in found.stale}
    sheets = []
    for sheet, name in zip(book_of(row), found.names, strict=True):
        own = [at for at, head in enumerate(sheet.head) if head != IGNORED]
        rows = [
            (*_texts(each.cells, own), why[name, each.number])
            for each in sheet.rows
            if (name, each.number) in why
        ]
        if rows:
            head = (*(sheet.head[at] for at in own), IGNORED)
            sheets.append(Sheet.of(name, head, rows))
    if not sheets:
        return None
    data = write_xlsx(
        sheets,
        title=f"Ikke indlæst af {row.name}",
        widths={s.name: [*[24] * (len(s.head) - 1), 60] for s in sheets},
        quiet={s.name: frozenset() for s in sheets},
    )
    stem = row.name.rpartition(".")[0] or row.name
    return Handed(f"Ikke indlæst af {stem}.xlsx", XLSX, data)


def _texts(cells: Sequence[Cell], places: list[int]) -> Iterator[str]:
    for at in places:
        yield cells[at].text if at < len(cells) else ""


def _reasons(wrong: Any) -> str:
    return " ".join(
        f"{each.name}: {each.sentence}" if each.name else each.sentence
        for each in wrong.problems
    )
