"""Spreadsheets of a contract as files, and the rows that could not come in.

Source: docs/rules.md R-98, R-147.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import RuleViolationError
from core.formats import number
from core.sheets.back import files
from documents.intake.sheets.sentences import MOST_ROWS
from resultcontracts.models import ContractExport
from resultcontracts.services.sheets import book_of, look
from resultcontracts.sheets.kinds import kinds_of
from resultcontracts.sheets.loading import load, standings_of

if TYPE_CHECKING:
    from accounts.models import User
    from core.sheets.back.files import Handed
    from resultcontracts.models import Contract, ContractImport, Round

WORKED_OUT: Final = frozenset({"goals", "measures"})
"""Sheets that tell where things stand."""


def hand_out(
    contract: Contract, *, about: Round | None, sheet: str, goal: int = 0, by: User
) -> Handed:
    """Give the contract as a workbook, or one of its sheets as CSV.

    What is handed out is kept, so that it is known what a file said when it was fetched.

    Args:
        about: what a house is asked; None for the secretariat, which gets all.
        sheet: key of the sheet that is wanted as CSV; "" for all as a workbook.
        goal: number of the one goal that is wanted; 0 for all.

    Raises:
        RuleViolationError: there is no such sheet, or it has more rows than come back.
    """
    kinds = kinds_of(is_house=about is not None)
    wanted = [kind for kind in kinds if sheet in {"", kind.key}]
    if not wanted:
        raise RuleViolationError("Vælg et af arkene.")
    loaded = load(contract, about, only=goal)
    if WORKED_OUT & {kind.key for kind in wanted}:
        loaded = replace(loaded, standings=standings_of(contract))
    lines = {kind.key: kind.lines(loaded) for kind in wanted}
    rows = sum(map(len, lines.values()))
    if rows > MOST_ROWS:
        message = (
            f"Regnearket ville få {number(rows)} rækker, og der kan højst læses "
            f"{number(MOST_ROWS)} ind igen. Hent ét mål eller ét ark ad gangen."
        )
        raise RuleViolationError(message)
    name = f"u{secrets.token_hex(6)}"
    sheets = [kind.sheet(lines[kind.key], name) for kind in wanted]
    ContractExport.objects.create(
        contract=contract,
        round=about,
        name=name,
        made_by=str(by),
        content={
            key: {line.key: dict(line.cells) for line in own}
            for key, own in lines.items()
        },
    )
    title = f"{contract.title}, mål {goal}" if goal else contract.title
    if sheet:
        return files.as_csv(title, sheets[0])
    return files.as_workbook(title, wanted, sheets)


def left_over(row: ContractImport) -> Handed | None:
    """Give the rows that cannot come in as a workbook, with why; None if all can."""
    found, _ = look(row)
    return files.left_over(found, book_of(row), row.name)
