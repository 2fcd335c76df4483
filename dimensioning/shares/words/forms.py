"""What the ministry's form says of itself. Pure.

Source: docs/rules.md R-174, R-176.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from dimensioning.shares.form import EmptyCell, State, WrongCell, WrongTargets
from dimensioning.shares.words.terms import in_words

if TYPE_CHECKING:
    from dimensioning.shares.form import Finding, Form, Sum
    from dimensioning.shares.grid import Cell
    from dimensioning.shares.words.terms import Terms

ELSEWHERE: Final = "Udfyldes af et andet KKR"
EMPTY: Final = "ikke udfyldt"
WRONG_TYPE: Final = "Skriv et helt tal, eller lad feltet være tomt."
MAY_BE_SAVED: Final = "Skemaet kan gemmes, som det er. Det kan først sendes, når jeres egne felter er udfyldt og stemmer."  # fmt: skip


def place(cell: Cell, terms: Terms) -> str:
    """Give "UCL, Skole- og fritid"."""
    return f"{terms.name(cell[0])}, {terms.name(cell[1])}"


def off(places: int) -> str:
    """Give "27 for meget", "12 for lidt"."""
    word = "for meget" if places > 0 else "for lidt"
    return f"{formats.number(abs(places))} {word}"


def sum_words(total: Sum) -> str:
    """Give "stemmer", "27 for meget", "1 ikke udfyldt"; nothing without a target."""
    if total.state == State.AGREES:
        return "stemmer"
    if total.state == State.OPEN:
        return f"{formats.number(total.empty)} {EMPTY}"
    return off(total.off) if total.off else ""


def whole_words(total: Sum) -> str:
    """Give "17 af 18 udfyldt" for the sum of all; else what any sum says."""
    if total.state == State.OPEN:
        return f"{total.filled} af {total.of} udfyldt"
    return sum_words(total)


def control(total: Sum) -> str:
    """Give what stands in a paper's column of control: "Stemmer", "104 mangler"."""
    if total.state == State.AGREES:
        return "Stemmer"
    if total.state == State.OPEN and total.off:
        return f"{formats.number(-total.off)} mangler"
    return sum_words(total)


def finding(found: Finding, terms: Terms) -> tuple[str, str]:
    """Give a finding as what is wrong, and what would make it right."""
    if isinstance(found, WrongTargets):
        rows, columns = formats.number(found.rows), formats.number(found.columns)
        said = f"Rækkerne skal give {rows} og kolonnerne {columns}."
        return said, f"Forskellen er {formats.number(found.off)}."
    if isinstance(found, WrongCell):
        height = "høje" if found.off > 0 else "lave"
        by = formats.number(abs(found.off))
        return (
            f"{place(found.cell, terms)}: {off(found.off)}.",
            f"Rækken og kolonnen er begge {by} for {height} og mødes i dette felt. "
            f"{formats.number(found.value)} får begge til at stemme.",
        )
    if isinstance(found, EmptyCell):
        return f"{place(found.cell, terms)}: {EMPTY}.", _right(found)
    return f"{terms.name(found.key)}: {off(found.off)}.", ""


def _right(found: EmptyCell) -> str:
    """Give what would make an empty cell's row and column right."""
    row = None if found.for_row is None else formats.number(found.for_row)
    column = None if found.for_column is None else formats.number(found.for_column)
    if row is not None and row == column:
        return f"{row} får række og kolonne til at stemme."
    if row is not None and column is not None:
        return f"{row} får rækken til at stemme, {column} får kolonnen til det."
    if row is not None:
        return f"{row} får rækken til at stemme."
    return f"{column} får kolonnen til at stemme." if column is not None else ""


def note(form: Form, terms: Terms) -> str:
    """Give the paper's note: what the cells give, what they shall, and what is missing."""
    whole = form.whole
    if whole.value is None:
        return "Ingen felter er udfyldt. Et tomt felt tæller ikke som nul."
    said = f"Felterne giver {formats.number(whole.value)} ad begge veje."
    if whole.target is None:
        return f"{said} Ikke alle samlede antal er udfyldt."
    said += f" Samlet antal er {formats.number(whole.target)}."
    empty = [(row, column) for row in form.here for column in form.columns if form.cells.get((row, column)) is None]  # fmt: skip
    if not empty:
        return said if not whole.off else f"{said} Forskellen er {formats.number(abs(whole.off))}."  # fmt: skip
    missing = formats.listed([place(cell, terms) for cell in empty])
    if len(empty) == 1 and whole.off and whole.off < 0:
        said += f" Forskellen på {formats.number(-whole.off)} er det ene felt, der ikke er udfyldt: {missing}."
    else:
        said += f" {in_words(len(empty)).capitalize()} felter er ikke udfyldt: {missing}." if len(empty) > 1 else f" Ét felt er ikke udfyldt: {missing}."  # fmt: skip
    return f"{said} Et tomt felt tæller ikke som nul."
