"""Columns that a contract's sheets share: numbers and days in Danish, words of a list.

Source: docs/rules.md R-147.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from core.sheets.back.columns import CellError, Column, chosen, day, fixed, line
from core.typed import PLACES, NotANumberError, read_count, read_number, shown
from resultcontracts.choices import Missing, Operator, Qualifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from resultcontracts.models import LocalAgreement, Measure, TargetRevision

BELONGS: Final = "Rækken kan ikke flyttes til et andet sted her."
IN_PORTAL: Final = "Det ændres i portalen."
WORKED_OUT: Final = "Det regner portalen ud."
REASONS: Final = {"": ""} | {value: str(label) for value, label in Missing.choices}
WORDS: Final = {"": ""} | {
    value: str(label) for value, label in Qualifier.choices if value
}
OPERATORS: Final = {value: str(label) for value, label in Operator.choices}
TWO_PRINTED: Final = "Der står {} her, men tallet er {}. Ret det ene."


def as_number(value: Decimal | None) -> str:
    """Write a number as it is typed, with the minus of a keyboard; "" for none."""
    return "" if value is None else shown(value).replace("−", "-")


def as_day(value: date | None) -> str:
    """Write a day as it is typed; "" for none."""
    return f"{value:%d-%m-%Y}" if value else ""


def number_of(text: str) -> Decimal | None:
    """Give the number that a cell holds, which was found to be right before."""
    return read_number(text) if text else None


def count_of(text: str) -> int | None:
    """Give the count that a cell holds, which was found to be right before."""
    return read_count(text) if text else None


def measure_column(*, is_told: bool) -> Column:
    """Give the column that says which measure a row is of.

    The number does not stand alone: a spreadsheet would take "3.1" for a day.
    """
    return fixed(
        "measure", "Målepunkt", lambda row: name_of(row.measure), BELONGS, width=44,
        tells_new=is_told, is_needed=is_told,
    )  # fmt: skip


def name_of(measure: Measure) -> str:
    """Name a measure: "3.1 Andel meget tilfredse (drift)"."""
    segment = f" ({measure.segment})" if measure.segment else ""
    return " ".join(f"{measure.label} {measure.name}{segment}".split())


def called(row: LocalAgreement) -> str:
    """Name an agreement: "Solrød: Lokal samarbejdsaftale"."""
    return f"{row.municipality.name}: {row.title}"


def target_text(rows: tuple[TargetRevision, ...]) -> str:
    """Say the target that holds now: "mindst 80"."""
    if not rows:
        return ""
    last = rows[-1]
    ends = dict.fromkeys((as_number(last.low), as_number(last.high)))
    return f"{OPERATORS[last.operator]} {' og '.join(ends)}"


def number(
    key: str,
    name: str,
    *,
    of: Callable[[Any], str] | None = None,
    places: int = PLACES,
) -> Column:
    """Give a column of a number: "12,5", "1.753", "−3"."""

    def read(text: str, _: Any) -> str:
        return _read(text, lambda typed: as_number(read_number(typed, places=places)))

    return Column(key, name, of or (lambda row: as_number(getattr(row, key))), read, 12)


def count(key: str, name: str) -> Column:
    """Give a column of a whole number that is never below 0."""

    def read(text: str, _: Any) -> str:
        return _read(text, lambda typed: shown(Decimal(read_count(typed))))

    def of(row: Any) -> str:
        value = getattr(row, key)
        return "" if value is None else shown(Decimal(value))

    return Column(key, name, of, read, 12)


def _read(text: str, how: Callable[[str], str]) -> str:
    if not text:
        return ""
    try:
        return how(text)
    except NotANumberError as error:
        raise CellError(str(error)) from None


def a_day(key: str, name: str) -> Column:
    """Give a column of a day: "31-12-2021"."""
    return Column(key, name, lambda row: as_day(getattr(row, key)), day, 13)


def qualifier() -> Column:
    """Give the column of the word before a number."""
    return chosen("qualifier", "Ord foran", WORDS, width=10)


def key_of(words: Mapping[str, str], text: str) -> str:
    """Give what a word of a list is kept as."""
    return next(key for key, word in words.items() if word == text)


def read_only(key: str, name: str, of: Callable[[Any], str], **own: Any) -> Column:
    """Give a column that tells and is not changed here."""
    why = own.pop("why", IN_PORTAL)
    return fixed(key, name, of, why, **own)


def printed_otherwise(values: Mapping[str, str], low: str) -> Iterator[tuple[str, str]]:
    """Say that a number is printed as another one."""
    printed, held = values.get("printed", ""), values.get(low, "")
    if not printed or not held or values.get("high", "") not in {"", held}:
        return
    try:
        said = read_number(printed)
    except NotANumberError:
        return  # words: "knap 50"
    if said != number_of(held):
        yield "printed", TWO_PRINTED.format(line(printed, None), held)
