"""Figures as they are printed, and the numbers in them. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

_NUMBERS: Final = re.compile(r"^(\d{1,3}(?:\.\d{3})+|\d+)(,\d{1,3})?$")
_RANGE: Final = re.compile(r"^(\S+)\s*[-–]\s*(\S+)$")


def read_figure(printed: str) -> dict[str, Any]:
    """Read the numbers of a figure as it is printed.

    Returns:
        ``low`` and ``high``, both None where the text is no number ("24-7" is read as
        nothing, for it falls), and ``qualifier``: words before the number ("godt").
    """
    words = printed.split()
    qualifier = " ".join(words[:-1]) if len(words) > 1 else ""
    last = words[-1] if words else ""
    ends = _RANGE.match(last)
    low, high = (_number(end) for end in (ends.groups() if ends else (last, last)))
    if low is None or high is None or low > high:
        return {"low": None, "high": None, "qualifier": ""}
    return {"low": low, "high": high, "qualifier": qualifier[:20]}


def _number(text: str) -> Decimal | None:
    if not _NUMBERS.match(text):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))
