"""Spreadsheets as files: a catalogue's, and the rows that could not come in.

Source: docs/rules.md R-98, R-112.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from core.sheets.back import files
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, SheetExport, SheetImport
from proposals.services.sheets import book_of, look
from proposals.sheets.kinds import KINDS
from proposals.sheets.loading import load

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from core.sheets.back.files import Handed


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
        return files.as_csv(catalogue.title, sheets[0])
    return files.as_workbook(catalogue.title, wanted, sheets)


def left_over(row: SheetImport) -> Handed | None:
    """Give the rows that cannot come in as a workbook, with why; None if all can."""
    found, _ = look(row)
    return files.left_over(found, book_of(row), row.name)
