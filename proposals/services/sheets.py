"""Spreadsheets of a catalogue that come back: take one in, confirm it, take it back.

Source: docs/rules.md R-98, R-99, R-100, R-101.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from core import clock
from core.errors import ConflictError, RuleViolationError
from core.history import act
from core.sheets import Sheet
from core.sheets.back.preview import exports_named, keys_in, preview
from documents.intake import safe_name
from documents.intake.sheets import RefusedSheets, read_sheets
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, SheetExport, SheetImport
from proposals.services.positions import NO_REASON
from proposals.services.sheet_rows import Writer
from proposals.services.sheet_values import RICH
from proposals.sheets.kinds import KINDS
from proposals.sheets.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accounts.models import Membership, User
    from core.sheets import Book
    from core.sheets.back.findings import Change, Preview
    from core.sheets.back.kinds import Line
    from proposals.sheets.loading import Loaded

    type Lines = Mapping[str, Mapping[str, Line]]
    """Sheet → row's key → row."""

KEPT: Final = timedelta(days=180)
"""How long a file that was fetched may come back."""
WAITS: Final = timedelta(days=7)
"""How long one that came back waits to be confirmed."""

POSITIONS: Final = "positions"
"""The sheet whose rows are told of once, when all are written."""
MEANWHILE: Final = (ConflictError, ObjectDoesNotExist)
"""What a row is refused with that somebody wrote, or deleted, after it was read."""
NOT_IN: Final = "Filen er ikke indlæst, så der er intet at fortryde."


class OtherwiseError(Exception):
    """What was confirmed is not what would happen any more."""


class ReasonMissingError(Exception):
    """A call has closed: nothing is written before somebody says why it is put right."""


def take_in(catalogue: Catalogue, *, path: Path, name: str, by: User) -> SheetImport:
    """Read a file that came back, and keep it until somebody confirms it.

    Nothing of the catalogue changes.

    Raises:
        RuleViolationError: the file cannot be used; the text says why.
    """
    shown = safe_name(name)[:200]
    book = read_sheets(path, shown)
    if isinstance(book, RefusedSheets):
        raise RuleViolationError(f"{shown} blev ikke læst. {book.reason}")
    return SheetImport.objects.create(
        catalogue=catalogue,
        name=shown,
        sent_by=str(by),
        content=[sheet.to_json() for sheet in book],
    )


def book_of(row: SheetImport) -> Book:
    """Give the sheets of a file that came back."""
    return tuple(map(Sheet.from_json, row.content))


def look(row: SheetImport) -> tuple[Preview, SheetExport | None]:
    """Tell what a file would do now, and the newest export its rows come from.

    Two queries.
    """
    book = book_of(row)
    return _look(row, book, _loaded(row, book))


def _loaded(row: SheetImport, book: Book) -> Loaded:
    """Load what a file tells of."""
    return load(row.catalogue, frozenset(keys_in(book)))


def _look(
    row: SheetImport, book: Book, loaded: Loaded
) -> tuple[Preview, SheetExport | None]:
    rows = SheetExport.objects.filter(
        catalogue=row.catalogue_id, name__in=sorted(exports_named(book))[:50]
    )
    exports = list(rows.order_by("-made_at"))
    kinds = KINDS[CatalogueKind(row.catalogue.kind)]
    found = preview(
        book, kinds, loaded, {e.name: e.content for e in exports}, row.refused
    )
    return found, exports[0] if exports else None


def confirm(
    pk: int, *, fingerprint: str, correction: str, seat: Membership, by: User
) -> SheetImport:
    """Write all that a file changes, as one act, or nothing of it.

    Args:
        fingerprint: of what somebody has seen and confirmed.
        correction: why positions are put right after their call has closed.

    Raises:
        OtherwiseError: it is something else by now, or the rules refused rows, which are
            noted; either way nothing is written, and the preview says what is left.
        ReasonMissingError: positions are put right, and ``correction`` is empty.
    """
    row = SheetImport.objects.select_related("catalogue").get(pk=pk)
    try:
        with act(f"indlæste regnearket {row.name}", by):
            Catalogue.checkout(row.catalogue_id)
            row = SheetImport.objects.select_for_update(of=("self",)).get(pk=pk)
            if not row.is_waiting:
                return row
            book = book_of(row)
            loaded = _loaded(row, book)
            found, _ = _look(row, book, loaded)
            if found.fingerprint != fingerprint:
                raise OtherwiseError
            writer = Writer(loaded, seat, by, correction)
            row.result = _written(writer, found.changes)
            row.done_at, row.done_by = clock.now(), str(by)
            row.save()
            return row
    except _RefusedRowsError as refusal:
        if NO_REASON in refusal.rows.values():
            raise ReasonMissingError from refusal
        row.refused |= refusal.rows
        row.save(update_fields=["refused"])
        raise OtherwiseError from refusal


class _RefusedRowsError(Exception):
    """Rules do not let rows in: "Tal 19" → why."""

    def __init__(self, rows: dict[str, str]) -> None:
        super().__init__(", ".join(rows))
        self.rows = rows


def _written(writer: Writer, changes: list[Change]) -> list[dict[str, Any]]:
    """Write the rows; tell of each what it said before and says now.

    All are tried, so that every row that is refused is told of at once.

    Raises:
        OtherwiseError: somebody wrote in one of them, or deleted it, since it was read.
        _RefusedRowsError: some are; what the others wrote may not stand.
    """
    keys: dict[int, str] = {}
    refused: dict[str, str] = {}
    for at, change in enumerate(changes):
        try:
            keys[at] = _write(writer, change)
        except (RuleViolationError, ValidationError) as error:
            refused[f"{change.place.sheet} {change.place.number}"] = _said(error)
        except MEANWHILE as error:
            raise OtherwiseError from error
    if refused:
        raise _RefusedRowsError(refused)
    if any(change.kind.key == POSITIONS for change in changes):
        writer.tell()
    now = _lines(load(writer.loaded.catalogue, frozenset(keys.values())))
    try:
        return [_told(change, keys[at], now) for at, change in enumerate(changes)]
    except KeyError as error:
        # Somebody removed its record after the row was written.
        raise OtherwiseError from error


def _write(writer: Writer, change: Change) -> str:
    """Write one row, or nothing of it; give its key."""
    with transaction.atomic():
        if change.line is None:
            return writer.add(change.kind.key, change.values)
        writer.edit(change.kind.key, change.line, change.values)
        return change.line.key


def _told(change: Change, key: str, now: Lines) -> dict[str, Any]:
    """Tell of a row as it reads now, which is not always sign for sign what was typed."""
    line = now[change.kind.key][key]
    return {
        "sheet": change.kind.key,
        "key": key,
        "name": line.name,
        "is_new": change.line is None,
        "before": {field.column: field.before for field in change.fields},
        "after": {name: line.cells[name] for name in change.values},
        "html": _html(change),
    }


def _html(change: Change) -> dict[str, str]:
    """Give the rich texts that are changed, with the markup that no cell can hold."""
    if change.line is None:
        return {}
    before = change.line.record
    return {name: getattr(before, name) for name in change.values if name in RICH}


def _lines(loaded: Loaded) -> Lines:
    kinds = KINDS[CatalogueKind(loaded.catalogue.kind)]
    return {kind.key: {line.key: line for line in kind.lines(loaded)} for kind in kinds}


def _said(error: RuleViolationError | ValidationError) -> str:
    return " ".join(
        error.messages if isinstance(error, ValidationError) else [str(error)]
    )


def undo(pk: int, *, seat: Membership, by: User) -> tuple[str, ...]:
    """Take back what a file changed, but for rows that were changed after it.

    Returns:
        The names of the rows that stay as they are.

    Raises:
        RuleViolationError: it has not come in, or is taken back already.
    """
    row = SheetImport.objects.select_related("catalogue").get(pk=pk)
    with act(f"fortrød indlæsningen af {row.name}", by):
        Catalogue.checkout(row.catalogue_id)
        row = SheetImport.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.is_waiting:
            raise RuleViolationError(NOT_IN)
        if row.undone_at is not None:
            raise RuleViolationError("Indlæsningen er allerede fortrudt.")
        loaded = load(row.catalogue, frozenset(done["key"] for done in row.result))
        writer = Writer(loaded, seat, by, f"Fortrudt indlæsning af {row.name}"[:300])
        lines = _lines(loaded)
        left = [
            done["name"]
            for done in row.result
            if not _take_back(writer, lines[done["sheet"]].get(done["key"]), done)
        ]
        if any(done["sheet"] == POSITIONS for done in row.result):
            writer.tell()
        row.undone_at, row.undone_by = clock.now(), str(by)
        row.save(update_fields=["undone_at", "undone_by"])
        return tuple(left)


def _take_back(writer: Writer, line: Line | None, done: dict[str, Any]) -> bool:
    """Take one row back; whether that could be done."""
    if line is None:
        return bool(done["is_new"])  # gone already
    if any(line.cells.get(name) != text for name, text in done["after"].items()):
        return False
    try:
        with transaction.atomic():
            if done["is_new"]:
                writer.remove(line)
            else:
                writer.edit(done["sheet"], line, done["before"], done.get("html"))
    except (RuleViolationError, ValidationError, *MEANWHILE):
        return False
    return True


def forget() -> None:
    """Delete exports that are too old, and files that nobody confirmed."""
    now = clock.now()
    SheetExport.objects.filter(made_at__lt=now - KEPT).delete()
    old = SheetImport.objects.filter(done_at__isnull=True, sent_at__lt=now - WAITS)
    old.delete()
