"""What the cells of a contract's sheets mean: the values that the services take.

Source: docs/rules.md R-147.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from resultcontracts.choices import Qualifier
from resultcontracts.sheets.cells import (
    OPERATORS,
    REASONS,
    WORDS,
    count_of,
    key_of,
    number_of,
)
from resultcontracts.sheets.kinds import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LISTS: Final = {
    "missing": REASONS,
    "qualifier": WORDS,
    "operator": OPERATORS,
    "reported": STATUSES,
}
OF_A_RESULT: Final = ("qualifier", "low", "high", "counted", "asked", "missing")
"""Cells that say one thing together: they are written together."""
NEVER_WRITTEN: Final = frozenset({"measure", "municipality", "agreement"})


def meant(values: Mapping[str, str]) -> dict[str, Any]:
    """Give the values of fields, by their names."""
    return {
        name: _meant(name, text)
        for name, text in values.items()
        if name not in NEVER_WRITTEN
    }


def _meant(name: str, text: str) -> Any:
    if name in LISTS:
        return key_of(LISTS[name], text)
    return READ[name](text) if name in READ else text


def _day(text: str) -> date | None:
    if not text:
        return None
    own, month, year = (int(each) for each in text.split("-"))
    return date(year, month, own)


def _is_yes(text: str) -> bool:
    return text == "ja"


def _year(text: str) -> int | None:
    return int(text) if text else None


READ: Final[Mapping[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("low", "high", "value"), number_of),
    **dict.fromkeys(("amount", "part_of_year", "budget", "spent"), number_of),
    **dict.fromkeys(("counted", "asked"), count_of),
    **dict.fromkeys(("period_end", "due_on", "since", "ends_on"), _day),
    **dict.fromkeys(
        ("counts", "is_asked_for", "is_implied", "is_proxy", "is_derived", "is_total"),
        _is_yes,
    ),
    "method_year": _year,
}
"""Fields that hold something else than text, and how their cells are read."""


def of_a_measure(values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of a measure that are told."""
    found = meant(values)
    if "due_on" in found:
        found["due_is_year"] = _ends_a_year(found["due_on"])
    return found


def _ends_a_year(day: date | None) -> bool:
    return day is None or (day.month, day.day) == (12, 31)


def result(cells: Mapping[str, str], values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of a measurement that are told: its number whole, or none of it.

    Args:
        cells: the row as it stands.
        values: what is changed of it.
    """
    told = dict(values)
    if any(name in told for name in OF_A_RESULT):
        told = {name: cells.get(name, "") for name in OF_A_RESULT} | told
    found = meant(told)
    if "period_end" in found:
        found["period_is_year"] = _ends_a_year(found["period_end"])
    if found.get("missing"):
        found |= dict.fromkeys(("low", "high", "counted", "asked"))
        found["qualifier"] = Qualifier.NONE
    return found


def target(cells: Mapping[str, str], values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of a target; one number is both ends."""
    told = dict(values)
    if {"low", "high"} & set(told):
        told = {name: cells.get(name, "") for name in ("low", "high")} | told
    found = meant(told)
    if "low" in found and found["high"] is None:
        found["high"] = found["low"]
    return found
