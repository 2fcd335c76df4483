"""One row of a file held against the portal's. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.sheets import Cell, column_letter
from core.sheets.back.columns import EXPORT, KEY, CellError, typed
from core.sheets.back.findings import (
    Change,
    Field,
    Place,
    Problem,
    Readings,
    Shown,
    Stale,
    Wrong,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.sheets import Sheet, SheetRow
    from core.sheets.back.columns import Column
    from core.sheets.back.kinds import Kind, Line, Subject

    type Exports = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
    """Export → sheet → row → column → text."""

NEW: Final = "ny række"
TWICE: Final = "Rækken står to gange i filen. Slet den ene."
NO_KEY: Final = (
    "Nøglen er ændret i regnearket. Skriv den, der stod der, eller hent igen."
)
IGNORED: Final = "Fejl"
"""The head of the column that the portal itself writes beside rows that did not come in."""


class Reader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        kind: Kind,
        loaded: Subject,
        exports: Exports,
        seen: Mapping[str, int],
    ) -> None:
        """Ready to read.

        Args:
            seen: key → how many rows of the file have it.
        """
        self.sheet, self.kind, self.loaded, self.seen = sheet, kind, loaded, seen
        self.lines = {line.key: line for line in kind.lines(loaded)}
        self._there: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self.exports = exports
        self.notes: list[str] = []
        self.columns: dict[int, Column] = {}
        self.key_at = sheet.head.index(KEY)
        self.export_at = sheet.head.index(EXPORT) if EXPORT in sheet.head else -1
        self._match_head()

    @property
    def _key_letter(self) -> str:
        return column_letter(self.key_at)

    def _match_head(self) -> None:
        for at, name in enumerate(self.sheet.head):
            if at in {self.key_at, self.export_at} or name in {"", IGNORED}:
                continue
            column = self.kind.column(name)
            where = f"Arket {self.sheet.name}, kolonne {column_letter(at)}"
            if column is None:
                self.notes.append(f"{where}: ”{name}” kendes ikke og er ikke læst.")
            elif column in self.columns.values():
                self.notes.append(
                    f"{where}: ”{name}” står der to gange; den første gælder."
                )
            else:
                self.columns[at] = column

    def read(self, row: SheetRow) -> Change | Wrong | Stale | None:
        """Tell what a row asks for; None where it asks for nothing."""
        cell = self._cell(row, self.key_at)
        key = cell.text
        if cell.problem:
            return self.wrong(row, None, [Problem(self._key_letter, KEY, NO_KEY)])
        if not key:
            return self._new(row)
        if self.seen[key] > 1:
            return self.wrong(row, self.lines.get(key), [_whole(TWICE)])
        export = self._text(row, self.export_at) if self.export_at >= 0 else ""
        base = self.exports.get(export, {}).get(self.kind.key, {}).get(key)
        line = self.lines.get(key)
        if base is None:
            return self.wrong(row, line, [_whole(self._unknown(key, export))], key)
        return self._known(row, base, line)

    def _unknown(self, key: str, export: str) -> str:
        if not self.loaded.owns(key):
            return self.loaded.alien
        if not export or export not in self.exports:
            return (
                f"Kolonnen {EXPORT} siger ikke, hvornår rækken er hentet fra portalen. "
                "Hent regnearket igen, og ret i det."
            )
        return f"Nøglen ”{key[:60]}” er ikke en, portalen har skrevet."

    def _known(
        self, row: SheetRow, base: Mapping[str, str], line: Line | None
    ) -> Change | Wrong | Stale | None:
        mine, problems = self._typed(row, base)
        own = {column.key: column for column in self.kind.columns}
        changed = {
            name: text
            for name, text in mine.items()
            if not own[name].says(text, base.get(name))
        }
        if changed:
            # What is not changed here says what it said, whatever is typed over it.
            open_ = {name: text for name, text in mine.items() if not own[name].fixed}
            problems += self._of_changes(changed, dict(base) | open_)
            if line is not None:
                problems += self._said(self.kind.check_change(line, changed))
        if problems:
            return self.wrong(row, line, problems)
        if line is None:
            gone = "Den er slettet i portalen, efter at filen blev hentet."
            return self.wrong(row, None, [_whole(gone)]) if changed else None
        if all(own[n].says(text, line.cells[n]) for n, text in changed.items()):
            return None  # nothing is asked for, or just what stands there
        if any(
            line.cells[c.key] != base[c.key]
            for c in self.kind.columns
            if not c.fixed and c.key in base
        ):
            return self._stale(row, line, base, mine)
        fields = tuple(
            Field(c.key, column_letter(at), c.name, line.cells[c.key], changed[c.key])
            for at, c in self.columns.items()
            if c.key in changed
        )
        return Change(self._place(row, line), self.kind, line, fields)

    def _of_changes(
        self, changed: Mapping[str, str], whole: Mapping[str, str]
    ) -> Iterator[Problem]:
        """Say what is changed that is not changed here, and what does not go together."""
        for at, column in self.columns.items():
            if column.key in changed and column.fixed:
                yield _problem(at, column, column.fixed)
        yield from self._together(whole)

    def _typed(
        self, row: SheetRow, base: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Problem]]:
        """Read the cells; one that reads as it was handed out is not looked into."""
        mine: dict[str, str] = {}
        problems = []
        for at, column in self.columns.items():
            cell = self._cell(row, at)
            if cell.text == base.get(column.key) and cell.problem != "date":
                mine[column.key] = cell.text
                continue
            try:
                before = base.get(column.key, "")
                mine[column.key] = typed(cell, column, self.loaded, before)
            except CellError as error:
                problems.append(_problem(at, column, str(error)))
        return mine, problems

    def _new(self, row: SheetRow) -> Change | Wrong | None:
        """Read a row without a key."""
        if not self.kind.may_grow:
            return self.wrong(
                row, None, [_whole("Der kan ikke tilføjes rækker i arket.")]
            )
        problems: list[Problem] = []
        values: dict[str, str] = {}
        for at, column in self.columns.items():
            cell = self._cell(row, at)
            if column.fixed and not column.tells_new:
                continue
            try:
                is_said = cell.text or cell.problem
                text = typed(cell, column, self.loaded) if is_said else ""
            except CellError as error:
                problems.append(_problem(at, column, str(error)))
                continue
            values[column.key] = text
        problems += self._lacking(values)
        problems += self._together(self.kind.whole(self.loaded, values))
        if problems:
            return self.wrong(row, None, problems)
        if self._is_there(values):
            return None  # the file has come in before
        fields = tuple(
            Field(c.key, column_letter(at), c.name, "", values[c.key])
            for at, c in self.columns.items()
            if values.get(c.key)
        )
        return Change(self._place(row, None), self.kind, None, fields)

    def _is_there(self, values: Mapping[str, str]) -> bool:
        """Whether a row says just what a new one would."""
        names = tuple(values)
        if names not in self._there:
            self._there[names] = {
                tuple(line.cells[name] for name in names)
                for line in self.lines.values()
            }
        return tuple(values.values()) in self._there[names]

    def _together(self, values: Mapping[str, str]) -> Iterator[Problem]:
        """Say what cells that are right each by itself cannot say together."""
        yield from self._said(self.kind.check(values))

    def _said(self, found: Iterable[tuple[str, str]]) -> Iterator[Problem]:
        places = {column.key: at for at, column in self.columns.items()}
        for key, sentence in found:
            column = next(c for c in self.kind.columns if c.key == key)
            at = places.get(key)
            letter = "" if at is None else column_letter(at)
            yield Problem(letter, column.name, sentence)

    def _lacking(self, values: Mapping[str, str]) -> Iterator[Problem]:
        """Say what a new row lacks."""
        for column in self.kind.columns:
            text = values.get(column.key, "")
            at = next((n for n, c in self.columns.items() if c is column), None)
            letter = "" if at is None else column_letter(at)
            if column.is_needed and column.key in values and not text:
                yield Problem(letter, column.name, "Skal udfyldes i en ny række.")
            elif column.is_needed and column.key not in values and at is None:
                yield Problem(
                    "", column.name, f"Kolonnen {column.name} mangler i arket."
                )
            elif text and (why := self.loaded.refuses(column.key, text)):
                yield Problem(letter, column.name, why)

    def _stale(
        self,
        row: SheetRow,
        line: Line,
        base: Mapping[str, str],
        mine: Mapping[str, str],
    ) -> Stale:
        readings = tuple(
            Readings(
                column_letter(at),
                c.name,
                base[c.key],
                line.cells[c.key],
                mine.get(c.key, base[c.key]),
            )
            for at, c in self.columns.items()
            if c.key in base
            and not c.fixed
            and len({base[c.key], line.cells[c.key], mine.get(c.key)}) > 1
        )
        changed = line.versioned
        return Stale(
            self._place(row, line), readings, changed.changed_by, changed.changed_at
        )

    def wrong(
        self, row: SheetRow, line: Line | None, problems: list[Problem], key: str = ""
    ) -> Wrong:
        """Say what keeps a row out, with its cells as they stand in the file."""
        letters = {problem.letter for problem in problems}
        shown = tuple(
            Shown(
                column_letter(at),
                column.name,
                self._cell(row, at).text,
                column_letter(at) in letters,
            )
            for at, column in self.columns.items()
        )
        return Wrong(self._place(row, line, key), tuple(problems), shown)

    def _place(self, row: SheetRow, line: Line | None, key: str = "") -> Place:
        if line is None:
            return Place(self.kind.name, row.number, key[:60] or NEW)
        url = line.record.get_absolute_url()
        return Place(self.kind.name, row.number, line.name, url)

    def _cell(self, row: SheetRow, at: int) -> Cell:
        return row.cells[at] if at < len(row.cells) else Cell("")

    def _text(self, row: SheetRow, at: int) -> str:
        return self._cell(row, at).text


def _whole(sentence: str) -> Problem:
    return Problem("", "", sentence)


def _problem(at: int, column: Column, sentence: str) -> Problem:
    return Problem(column_letter(at), column.name, sentence)
