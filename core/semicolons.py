"""CSV as Danish spreadsheets open it: semicolons, decimal commas, nothing that calculates."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    type Cell = str | int | Decimal | None

# A text that begins so would be worked out as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Give the table as UTF-8 with a byte order mark, which spreadsheets ask for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case int():
            return str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
