"""Figures as they are printed, and the numbers in them. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

LIMIT: Final = 10**11  # a number in the database has 11 digits before the comma
_NUMBERS: Final = re.compile(r"^(\d{1,3}(?:\.\d{3})+|\d+)(,\d{1,3})?$")
_DASH: Final = re.compile(r"\s*[-–]\s*")


def read_figure(printed: str) -> dict[str, Any]:
    """Read the numbers of a figure as it is printed.

    Returns:
        ``low`` and ``high``, both None where the text is no number ("24-7" is read as
        nothing, for it falls; so is "13 af 50", for it is two), and ``qualifier``:
        words before the number ("godt").
    """
    before, _, last = _DASH.sub("-", " ".join(printed.split())).rpartition(" ")
    ends = last.split("-")
    low, high = (_number(ends[0]), _number(ends[-1]))
    is_one = len(ends) <= 2 and not any(sign.isnumeric() for sign in before)  # noqa: PLR2004
    if low is None or high is None or low > high or not is_one:
        return {"low": None, "high": None, "qualifier": ""}
    return {"low": low, "high": high, "qualifier": before[:20]}


def is_too_large(printed: str) -> bool:
    """Whether a number in the figure is larger than can be kept."""
    high = read_figure(printed)["high"]
    return high is not None and high >= LIMIT


def _number(text: str) -> Decimal | None:
    if not _NUMBERS.match(text):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))
