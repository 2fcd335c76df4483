"""Spreadsheets of a contract that come back: take one in, confirm it, take it back.

Source: docs/rules.md R-98, R-100, R-148, R-149.
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
from core.sheets.back.preview import exports_named, preview
from documents.intake import safe_name
from documents.intake.sheets import RefusedSheets, read_sheets
from resultcontracts.models import Contract, ContractExport, ContractImport, Round
from resultcontracts.queries.rounds import WITH_RULES
from resultcontracts.services import reporting
from resultcontracts.services.measurements import MeanwhileError
from resultcontracts.services.sheet_rows import Writer, was_of
from resultcontracts.sheets.kinds import kinds_of
from resultcontracts.sheets.loading import load
from resultcontracts.sheets.results import RESULTS, key_of_saved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accounts.models import User
    from core.sheets import Book
    from core.sheets.back.findings import Change, Preview
    from core.sheets.back.kinds import Line
    from resultcontracts.sheets.loading import Loaded

    type Lines = Mapping[str, Mapping[str, Line]]
    """Sheet → row's key → row."""

KEPT: Final = timedelta(days=180)
"""How long a file that was fetched may come back."""
WAITS: Final = timedelta(days=7)
"""How long one that came back waits to be confirmed."""
MEANWHILE: Final = (
    ConflictError,
    ObjectDoesNotExist,
    MeanwhileError,
    reporting.SentMeanwhileError,
)
"""What a row is refused with that somebody wrote, or deleted, after it was read."""
NOT_IN: Final = "Filen er ikke indlæst, så der er intet at fortryde."
CLOSED: Final = "Der tages ikke imod tal længere. Bed sekretariatet om et nyt opkald."


class OtherwiseError(Exception):
    """What was confirmed is not what would happen any more."""


def take_in(
    contract: Contract, *, about: Round | None, path: Path, name: str, by: User
) -> ContractImport:
    """Read a file that came back, and keep it until somebody confirms it.

    Nothing of the contract changes.

    Args:
        about: what a house answers with it; None for the secretariat's.

    Raises:
        RuleViolationError: the file cannot be used; the text says why.
    """
    shown = safe_name(name)[:200]
    book = read_sheets(path, shown)
    if isinstance(book, RefusedSheets):
        raise RuleViolationError(f"{shown} blev ikke læst. {book.reason}")
    return ContractImport.objects.create(
        contract=contract,
        round=about,
        name=shown,
        sent_by=str(by),
        content=[sheet.to_json() for sheet in book],
    )


def open_round(contract: Contract) -> Round | None:
    """Give the newest round that was called of the contract's house, while it is open.

    One query.
    """
    rows = Round.objects.filter(
        contract=contract, measures__len__gt=0, meeting__is_removed=False
    )
    rows = rows.select_related(*(f"meeting__{name}" for name in WITH_RULES))
    about = rows.order_by("-meeting__held_on", "-pk").first()
    return about if about is not None and reporting.is_open(about) else None


def book_of(row: ContractImport) -> Book:
    """Give the sheets of a file that came back."""
    return tuple(map(Sheet.from_json, row.content))


def look(row: ContractImport) -> tuple[Preview, ContractExport | None]:
    """Tell what a file would do now, and the newest export its rows come from.

    Two queries.
    """
    return _look(row, book_of(row), load(row.contract, row.round))


def _look(
    row: ContractImport, book: Book, loaded: Loaded
) -> tuple[Preview, ContractExport | None]:
    rows = ContractExport.objects.filter(
        contract=row.contract_id,
        round=row.round_id,
        name__in=sorted(exports_named(book))[:50],
    )
    exports = list(rows.order_by("-made_at"))
    found = preview(
        book,
        kinds_of(is_house=row.round_id is not None),
        loaded,
        {export.name: export.content for export in exports},
        row.refused,
    )
    return found, exports[0] if exports else None


def confirm(pk: int, *, fingerprint: str, by: User) -> ContractImport:
    """Write all that a file changes, as one act, or nothing of it.

    Args:
        fingerprint: of what somebody has seen and confirmed.

    Raises:
        OtherwiseError: it is something else by now, or the rules refused rows, which are
            noted; either way nothing is written, and the preview says what is left.
        RuleViolationError: the house is not asked any more.
    """
    row = ContractImport.objects.select_related("contract").get(pk=pk)
    try:
        with act(f"indlæste regnearket {row.name}", by):
            contract = Contract.checkout(row.contract_id)
            row = _locked(pk)
            if not row.is_waiting:
                return row
            if row.round is not None and not reporting.is_open(row.round):
                raise RuleViolationError(CLOSED)
            loaded = load(contract, row.round)
            found, _ = _look(row, book_of(row), loaded)
            if found.fingerprint != fingerprint:
                raise OtherwiseError
            row.result = _written(Writer(loaded, by), found.changes)
            row.done_at, row.done_by = clock.now(), str(by)
            row.save()
            return row
    except _RefusedRowsError as refusal:
        row.refused |= refusal.rows
        row.save(update_fields=["refused"])
        raise OtherwiseError from refusal


def _locked(pk: int) -> ContractImport:
    rows = ContractImport.objects.select_for_update(of=("self",))
    told = (f"round__meeting__{name}" for name in WITH_RULES)
    return rows.select_related("contract", *told).get(pk=pk)


class _RefusedRowsError(Exception):
    """Rules do not let rows in: "Målinger 19" → why."""

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
        except MEANWHILE as error:
            raise OtherwiseError from error
        except (RuleViolationError, ValidationError) as error:
            refused[f"{change.place.sheet} {change.place.number}"] = _said(error)
    if refused:
        raise _RefusedRowsError(refused)
    now = _lines(load(writer.loaded.contract, writer.loaded.round))
    try:
        return [_told(change, keys[at], now) for at, change in enumerate(changes)]
    except KeyError as error:
        # Somebody removed its measure after the row was written.
        raise OtherwiseError from error


def _write(writer: Writer, change: Change) -> str:
    """Write one row, or nothing of it; give its key."""
    with transaction.atomic():
        if change.line is None:
            return writer.add(change.kind.key, change.values)
        return writer.edit(change.kind.key, change.line, change.values)


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
        "was": was_of(change.line),
    }


def _lines(loaded: Loaded) -> Lines:
    """Give the rows by their keys; a measurement by its own too, whatever is due."""
    kinds = kinds_of(is_house=loaded.round is not None)
    found = {
        kind.key: {line.key: line for line in kind.lines(loaded)} for kind in kinds
    }
    own = found[RESULTS.key]
    for line in list(own.values()):
        if root := loaded.roots.get(line.row.measurement.pk):
            own[key_of_saved(loaded, root)] = line
    return found


def _said(error: RuleViolationError | ValidationError) -> str:
    return " ".join(
        error.messages if isinstance(error, ValidationError) else [str(error)]
    )


def undo(pk: int, *, by: User) -> tuple[str, ...]:
    """Take back what a file changed, but for rows that were changed after it.

    Returns:
        The names of the rows that stay as they are.

    Raises:
        RuleViolationError: it has not come in, or is taken back already.
    """
    row = ContractImport.objects.select_related("contract").get(pk=pk)
    with act(f"fortrød indlæsningen af {row.name}", by):
        contract = Contract.checkout(row.contract_id)
        row = _locked(pk)
        if row.is_waiting:
            raise RuleViolationError(NOT_IN)
        if row.undone_at is not None:
            raise RuleViolationError("Indlæsningen er allerede fortrudt.")
        loaded = load(contract, row.round)
        writer, lines = Writer(loaded, by), _lines(loaded)
        left = [
            done["name"]
            for done in row.result
            if not _take_back(writer, lines[done["sheet"]].get(done["key"]), done)
        ]
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
            writer.take_back(done["sheet"], line, done)
    except (RuleViolationError, ValidationError, *MEANWHILE):
        return False
    return True


def forget() -> None:
    """Delete exports that are too old, and files that nobody confirmed."""
    now = clock.now()
    ContractExport.objects.filter(made_at__lt=now - KEPT).delete()
    old = ContractImport.objects.filter(done_at__isnull=True, sent_at__lt=now - WAITS)
    old.delete()
