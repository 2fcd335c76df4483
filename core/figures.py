"""Figures as they are printed, and the numbers in them. Pure.

Source: docs/rules.md R-80.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from core.formats import number

LIMIT: Final = 10**11  # a number in the database has 11 digits before the comma
_FRACTIONS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_NUMBER: Final = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,3})?|\d*[½¼¾]"
_FIGURE: Final = re.compile(
    rf"(?:([^\d½¼¾]*\S) )?({_NUMBER})(?:( ?[-–] ?)({_NUMBER}))?"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is printed, cut up; ``text`` puts it together again, sign for sign.

    Attributes:
        words: before the number, "godt"; "" for none.
        ends: one number or two, as they are printed.
        dash: between two, with its spaces.
    """

    words: str
    ends: tuple[str, ...]
    dash: str = ""

    @property
    def text(self) -> str:
        """The figure as it is printed."""
        return f"{self.words} {self.dash.join(self.ends)}".strip()

    @property
    def numbers(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest; None where they fall: "24-7" is two numbers."""
        low, high = _number(self.ends[0]), _number(self.ends[-1])
        return (low, high) if low <= high else None


def cut_up(printed: str) -> Printed | None:
    """Cut a figure up as it is printed; None where it is no figure, as "13 af 50"."""
    match = _FIGURE.fullmatch(" ".join(printed.split()))
    if match is None or any(sign.isnumeric() for sign in match[1] or ""):
        return None
    ends = (match[2], match[4]) if match[4] else (match[2],)
    return Printed(match[1] or "", ends, match[3] or "")


def read_figure(printed: str) -> dict[str, Any]:
    """Read the numbers of a figure as it is printed.

    Returns:
        ``low`` and ``high``, both None where the text is no number ("24-7" is read as
        nothing, for it falls; so is "13 af 50", for it is two), and ``qualifier``:
        words before the number ("godt").
    """
    found = cut_up(printed)
    numbers = found.numbers if found else None
    if found is None or numbers is None:
        return {"low": None, "high": None, "qualifier": ""}
    return {"low": numbers[0], "high": numbers[1], "qualifier": found.words[:20]}


def print_figure(low: Decimal, high: Decimal, qualifier: str = "") -> str:
    """Print numbers as a figure that :func:`read_figure` reads as the same."""
    # 1E+2 is spelt out.
    ends = dict.fromkeys(number(Decimal(f"{end:f}")) for end in (low, high))
    return f"{qualifier} {'-'.join(ends)}".strip()


def is_too_large(printed: str) -> bool:
    """Whether a number in the figure is larger than can be kept."""
    high = read_figure(printed)["high"]
    return high is not None and high >= LIMIT


def _number(text: str) -> Decimal:
    if text[-1] in _FRACTIONS:
        return Decimal(text[:-1] or 0) + _FRACTIONS[text[-1]]
    return Decimal(text.replace(".", "").replace(",", "."))
