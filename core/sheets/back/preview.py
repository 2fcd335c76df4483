"""A file held against the portal: what it would change, and what cannot come in. Pure.

A row is told by its key. What was handed out is kept under the name of the export, which
every row carries: a row that reads as it did then asks for nothing, whatever the portal
says by now; one that reads otherwise is taken where the portal still says what it said
then, and is refused by itself where somebody has changed it meanwhile.

Source: docs/rules.md R-98, R-99.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.sheets.back.columns import EXPORT, KEY
from core.sheets.back.findings import Change, Preview, Problem, Stale, Wrong
from core.sheets.back.rows import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.sheets import Book, Sheet
    from core.sheets.back.kinds import Kind, Subject
    from core.sheets.back.rows import Exports


def preview(
    book: Book,
    kinds: tuple[Kind, ...],
    loaded: Subject,
    exports: Exports,
    refused: Mapping[str, str] | None = None,
) -> Preview:
    """Hold a file against what it tells of.

    Args:
        kinds: the sheets that it may have.
        exports: those that the file's rows name, of the same subject.
        refused: rows that a service would not save, "Tal 19" → why.
    """
    found = Preview()
    own = [_kind_of(sheet, kinds) for sheet in book]
    # Of two sheets with the same columns nobody knows which is meant; the first is read.
    own = [kind if kind not in own[:at] else None for at, kind in enumerate(own)]
    found.names = [kind.name if kind else "" for kind in own]
    seen = keys_in(sheet for sheet, kind in zip(book, own, strict=True) if kind)
    for sheet, kind in zip(book, own, strict=True):
        if kind is None:
            found.notes.append(_not_read(sheet, kinds))
            continue
        reader = Reader(sheet, kind, loaded, exports, seen)
        found.notes += reader.notes
        found.rows[kind.name] += len(sheet.rows)
        for row in sheet.rows:
            why = (refused or {}).get(f"{kind.name} {row.number}")
            match reader.read(row):
                case Change() as change if why:
                    problem = Problem("", "", why)
                    found.wrong.append(reader.wrong(row, change.line, [problem]))
                case Change() as change:
                    found.changes.append(change)
                case Wrong() as wrong:
                    found.wrong.append(wrong)
                case Stale() as stale:
                    found.stale.append(stale)
                case _:
                    found.unchanged[kind.name] += 1
    return found


def _not_read(sheet: Sheet, kinds: tuple[Kind, ...]) -> str:
    if _kind_of(sheet, kinds):
        why = "har samme kolonner som et ark før det"
    else:
        why = "er ikke et, portalen har skrevet,"
    return f"Arket ”{sheet.name}” {why} og er ikke læst."


def keys_in(book: Iterable[Sheet]) -> Counter[str]:
    """Count how many rows of a file have each key."""
    found: Counter[str] = Counter()
    for sheet in book:
        if KEY in sheet.head:
            at = sheet.head.index(KEY)
            found.update(
                row.cells[at].text for row in sheet.rows if at < len(row.cells)
            )
    return found


def exports_named(book: Book) -> frozenset[str]:
    """Give the names of the exports that the rows of a file come from."""
    names = set()
    for sheet in book:
        if EXPORT in sheet.head:
            at = sheet.head.index(EXPORT)
            names |= {row.cells[at].text for row in sheet.rows if at < len(row.cells)}
    return frozenset(filter(None, names))


def _kind_of(sheet: Sheet, kinds: tuple[Kind, ...]) -> Kind | None:
    """Tell which sheet it is, by its head: a CSV file has only the file's name."""
    if KEY not in sheet.head:
        return None
    heads = {name.casefold() for name in sheet.head}

    def known(kind: Kind) -> tuple[int, int]:
        own = {name.casefold() for name in kind.head}
        return len(own & heads), -len(own)

    best = max(kinds, key=known)
    editable = {c.name.casefold() for c in best.columns if not c.fixed}
    return best if editable & heads else None
