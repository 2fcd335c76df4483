"""What was published, for the tests of the arithmetic."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dimensioning.shares.receivers import receivers

if TYPE_CHECKING:
    from dimensioning.shares.receivers import Receiver

FOLDER: Final = Path(__file__).resolve().parents[2] / "fixtures" / "data"
DAY, SCHOOL, SOCIAL = "Dagtilbud", "Skole- og fritid", "Social- og special"


def read(name: str) -> Any:
    """Give one file of the fixtures."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def inhabitants(council: str = "sjaelland") -> dict[str, int]:
    """Give name → population per 1 January 2022; "" is all councils."""
    return {
        row["name"]: row["population"]
        for row in read("municipalities.json")["municipalities"]
        if council in ("", row["council"])
    }


def seventeen() -> tuple[Receiver, ...]:
    """Give KKR Sjælland's municipalities by population."""
    return receivers(inhabitants())


def specialisations(
    day: int = 39, school: int = 24, social: int = 37
) -> tuple[Receiver, ...]:
    """Give the three specialisations by per cent."""
    return receivers({DAY: day, SCHOOL: school, SOCIAL: social})


def printed_new_key() -> dict[str, Decimal]:
    """Give name → per cent of KKR Hovedstaden's new key, as printed."""
    rows = read("practice-key-hovedstaden.json")["rows"]
    return {row["name"]: Decimal(row["key"][1]) for row in rows}


def filled(which: str) -> dict[str, tuple[int, tuple[int | None, ...]]]:
    """Give institution → its sum and its cells: of the "form", or of the "paper"."""
    told = read("dimensioning.json")
    names = {row["key"]: row["name"] for row in told["programme"]["institutions"]}
    return {
        names[row["institution"]]: (row["target"], tuple(row["cells"].values()))
        for row in told["example"][which]
    }
