"""The sheets that something is handed out as: what a row is, and its columns.

A row's key never holds a number that people see, so that a file that was fetched before
a renumbering still finds its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from core.sheets import Sheet
from core.sheets.back.columns import EXPORT, KEY, NOT_HELD, Column
from core.sheets.back.lengths import refuse_too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Subject(Protocol):
    """What spreadsheets tell of, as it stands in the portal."""

    @property
    def alien(self) -> str:
        """What is said of a row that belongs elsewhere."""

    def owns(self, key: str) -> bool:
        """Whether a row's key is one of its own, by how it begins."""

    def refuses(self, column: str, text: str) -> str:
        """Say why a new row cannot have a text in a column; "" where it can."""

    def refer(self, text: str) -> str:
        """Read a text with references, and give it as it is shown.

        Raises:
            CellError: what it refers to is not there.
        """

    def written(self, text: str) -> str:
        """Give a kept text with references as people write them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet as the portal has it.

    Attributes:
        key: names it in files.
        name: for people: "forslag 7, gevinst 2".
        cells: column key → text.
        record: the page where people find it.
        row: what is changed; it says by ``versioned`` who tells of its changes, if it
            does not do so itself.
    """

    key: str
    name: str
    record: Any
    row: Any
    cells: Mapping[str, str]

    @property
    def versioned(self) -> Any:
        """What tells who changed it last."""
        return getattr(self.row, "versioned", self.row)


def _carried(text: str) -> str:
    """Give a text as it comes back from a spreadsheet that nobody has touched."""
    if text.isprintable():
        return text.strip()
    return NOT_HELD.sub("", text).replace("\r\n", "\n").strip()


def _nothing(_: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ()


def _as_typed(_: Any, values: Mapping[str, str]) -> Mapping[str, str]:
    return values


def _no_note(_: Line | None) -> str:
    return ""


def _any_change(_: Line, __: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A sheet.

    Attributes:
        key, name: in code and on the tab.
        columns: without the key before and the export's name behind.
        objects: give each row's key, name, record, and what its columns read.
        may_grow: rows without a key are new.
        check: column → sentence, for what a row's cells cannot say together.
        whole: what is known of a new row by what it is about, beside what is typed in it;
            ``check`` is asked of it.
        check_change: the same, for what cannot become of a row that is there.
        note: what else happens to a row that changes, for people.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    objects: Callable[[Any], Iterator[tuple[str, str, Any, Any]]]
    may_grow: bool = True
    check: Callable[[Mapping[str, str]], Iterable[tuple[str, str]]] = _nothing
    check_change: Callable[[Line, Mapping[str, str]], Iterable[tuple[str, str]]] = (
        _any_change
    )
    note: Callable[[Line | None], str] = _no_note
    whole: Callable[[Any, Mapping[str, str]], Mapping[str, str]] = _as_typed

    @property
    def head(self) -> tuple[str, ...]:
        """The first row."""
        return (KEY, *(column.name for column in self.columns), EXPORT)

    @property
    def widths(self) -> tuple[int, ...]:
        """How many signs wide each column is."""
        return (12, *(column.width for column in self.columns), 16)

    @property
    def quiet(self) -> frozenset[int]:
        """Places of the columns that are not for editing."""
        own = enumerate(self.columns, start=1)
        return frozenset(
            {0, len(self.columns) + 1, *(n for n, column in own if column.fixed)}
        )

    def column(self, name: str) -> Column | None:
        """Give the column with a head."""
        wanted = name.casefold()
        return next((c for c in self.columns if c.name.casefold() == wanted), None)

    def lines(self, loaded: Subject) -> tuple[Line, ...]:
        """Give the sheet's rows as they stand, references as people write them."""

        def told(column: Column, row: Any) -> str:
            text = _carried(column.of(row))
            return loaded.written(text) if column.refers else text

        return tuple(
            Line(key, name, record, row, {c.key: told(c, row) for c in self.columns})
            for key, name, record, row in self.objects(loaded)
        )

    def sheet(self, every: tuple[Line, ...], export: str) -> Sheet:
        """Give the sheet as it is handed out.

        Raises:
            TooLongError: a text is longer than a cell holds.
        """
        names = {column.key: column.name for column in self.columns}
        for each in every:
            refuse_too_long(each.name, each.cells, names)
        rows = [(each.key, *each.cells.values(), export) for each in every]
        return Sheet.of(self.name, self.head, rows)
