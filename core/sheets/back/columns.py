"""The columns of a sheet: what each shows of a row, and how what is typed in it is read.

Source: docs/rules.md R-99.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError

from core.figures import is_too_large

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

    from core.sheets import Cell
    from core.sheets.back.kinds import Subject

KEY: Final = "Nøgle"
EXPORT: Final = "Hentning"
NAMES_END: Final = "; "
YES: Final = frozenset({"ja", "x", "1", "sand"})
NO: Final = frozenset({"", "nej", "0", "falsk"})

NOT_HELD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that no workbook can hold."""
# "4-5" is taken for a day by a spreadsheet that opens a CSV file, and written so.
_SPAN: Final = re.compile(r"\d{1,4}[-/.]\d{1,4}")
_DAY: Final = re.compile(
    r"\d{1,2}[-/. ]+[a-zæøå]{3,9}\.?(?:[- ]\d{2,4})?|[a-zæøå]{3,9}\.?[- ]\d{2,4}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}",
    re.IGNORECASE,
)

type Read = Callable[[str, Any], str]
"""Typed text → the text as it is shown; raises ``CellError``."""


def _as_it_is(text: str) -> str:
    return text


class CellError(ValueError):
    """What is typed in a cell cannot be taken; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: names it in code and in what is kept of an export.
        name: its head.
        of: a line's object → the text that is shown.
        read: typed → shown.
        fixed: why it is not changed here; "" where it is.
        tells_new: it is filled in on a new row, though it is fixed afterwards.
        is_needed: a new row cannot lack it.
        refers: references may stand in it, which its subject reads and writes.
        fold: what two texts share that say the same.
    """

    key: str
    name: str
    of: Callable[[Any], str]
    read: Read
    width: int = 20
    fixed: str = ""
    tells_new: bool = False
    is_needed: bool = False
    refers: bool = False
    fold: Callable[[str], str] = _as_it_is

    def says(self, text: str, other: str | None) -> bool:
        """Whether two texts say the same."""
        return text == other or (
            other is not None and self.fold(text) == self.fold(other)
        )


def typed(cell: Cell, column: Column, loaded: Subject, before: str = "") -> str:
    """Give what a cell says, in the words in which the portal shows it.

    Args:
        before: what it said when it was handed out.

    Raises:
        CellError: it says nothing that can be kept there.
    """
    match cell.problem:
        case "formula":
            raise CellError(
                f"”{short(cell.text)}” er en formel. Skriv det, den giver, som tekst."
            )
        case "error":
            raise CellError(f"Cellen viser fejlen {cell.text}. Skriv teksten.")
        case "merged":
            raise CellError(
                "Cellen er flettet sammen med en anden. Ophæv fletningen, og skriv "
                "teksten i hver række."
            )
    if NOT_HELD.search(cell.text):
        raise CellError("Teksten har et tegn, der ikke kan vises. Skriv den igen.")
    became_a_day = cell.problem == "date" or (
        _SPAN.fullmatch(before) and _DAY.fullmatch(cell.text)
    )
    if became_a_day and column.read is not day:
        raise CellError(
            f"Regnearket har gjort teksten til datoen {short(cell.text)}. Formatér "
            "cellen som tekst, og skriv det, der skal stå."
        )
    text = column.read(cell.text, loaded)
    return loaded.refer(text) if column.refers else text


def fixed(
    key: str, name: str, of: Callable[[Any], str], why: str, **own: Any
) -> Column:
    """Give a column that tells where a row belongs and is not changed here."""
    return Column(key, name, of, line, fixed=why, **own)


def one_line(model: type[models.Model], key: str, name: str, **own: Any) -> Column:
    """Give a column of a plain field of one line."""
    return _of_field(model, key, name, line, **own)


def many_lines(model: type[models.Model], key: str, name: str, **own: Any) -> Column:
    """Give a column of a plain field that may have lines."""
    return _of_field(model, key, name, lines, **own)


def whole_number(key: str, name: str) -> Column:
    """Give a column of a number that is never negative."""

    def of(row: Any) -> str:
        value = getattr(row, key)
        return "" if value is None else str(value)

    def read(text: str, _: Any) -> str:
        if not text:
            return ""
        if not _is_whole(text):
            raise CellError(f"”{short(text)}” er ikke et helt tal. Skriv fx 3.")
        return str(int(text))

    return Column(key, name, of, read, width=9)


def a_year(key: str, name: str) -> Column:
    """Give a column of a year; the field holds 0 where the cell is empty."""

    def read(text: str, _: Any) -> str:
        if text and not (_is_whole(text) and 1900 <= int(text) <= 2200):  # noqa: PLR2004
            raise CellError(f"”{short(text)}” er ikke et årstal. Skriv fx 2023.")
        return text

    return Column(key, name, lambda row: str(getattr(row, key) or ""), read, width=9)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4  # noqa: PLR2004


def yes_or_no(key: str, name: str) -> Column:
    """Give a column of "ja" or nothing."""

    def read(text: str, _: Any) -> str:
        said = text.casefold()
        if said not in YES | NO:
            raise CellError(f"”{short(text)}” er hverken ja eller tom. Skriv ja.")
        return "ja" if said in YES else ""

    return Column(key, name, lambda row: "ja" if getattr(row, key) else "", read, 9)


def chosen(
    key: str, name: str, words: Mapping[str, str], *, width: int = 20, **own: Any
) -> Column:
    """Give a column of a field with a fixed list.

    Args:
        words: the field's value → the word that is shown.
    """

    def read(text: str, _: Any) -> str:
        found = [word for word in words.values() if word.casefold() == text.casefold()]
        if not found:
            every = ", ".join(word or "(tom)" for word in words.values())
            raise CellError(f"”{short(text)}” er ikke et af ordene: {every}.")
        return found[0]

    def of(row: Any) -> str:
        return str(words[getattr(row, key)])

    return Column(key, name, of, read, width, **own)


def line(text: str, _: Any) -> str:
    """Read a text of one line: blanks of any kind between words are one."""
    return " ".join(text.split())


def lines(text: str, _: Any) -> str:
    """Read a text that may have lines."""
    return "\n".join(each.rstrip() for each in text.splitlines()).strip()


def names(text: str, _: Any) -> str:
    """Read names with semicolons or lines between them."""
    found = [" ".join(each.split()) for each in text.replace("\n", ";").split(";")]
    if any(len(each) > 200 for each in found):  # noqa: PLR2004
        raise CellError("Et navn kan højst fylde 200 tegn.")
    return NAMES_END.join(dict.fromkeys(filter(None, found)))


def figure(text: str, loaded: Any) -> str:
    """Read a figure as it is printed."""
    printed = line(text, loaded)
    if not printed:
        raise CellError(
            "Skriv tallet, som det skal trykkes, eller slet det i portalen."
        )
    if len(printed) > 40:  # noqa: PLR2004 -- as in the form
        raise CellError("Tallet kan højst fylde 40 tegn.")
    if is_too_large(printed):
        raise CellError("Tallet kan højst have 11 cifre før kommaet.")
    return printed


def day(text: str, _: Any) -> str:
    """Read a day: "22-11-2023", with any of - . / between, or the year first."""
    parts = text.replace(".", "-").replace("/", "-").split("-")
    if not text:
        return ""
    if len(parts) == 3 and all(each.strip().isdecimal() for each in parts):  # noqa: PLR2004
        first, month, last = (int(each) for each in parts)
        year, own = (first, last) if first > 31 else (last, first)  # noqa: PLR2004
        if 1900 <= year <= 2200 and _exists(year, month, own):  # noqa: PLR2004
            return f"{own:02}-{month:02}-{year}"
    raise CellError(f"”{short(text)}” er ikke en dato. Skriv fx 22-11-2023.")


def _exists(year: int, month: int, own: int) -> bool:
    try:
        date(year, month, own)
    except ValueError:
        return False
    return True


def _of_field(
    model: type[models.Model],
    key: str,
    name: str,
    tidied: Read,
    *,
    most: int | None = None,
    **own: Any,
) -> Column:
    """Give a column of a field; ``most`` signs as a person reads them, as in its form."""
    field: Any = model._meta.get_field(key)  # noqa: SLF001 -- Django's public door

    def read(text: str, loaded: Any) -> str:
        value = tidied(text, loaded)
        if most is not None and len(value) > most:
            raise CellError(
                f"Teksten er på {len(value)} tegn. Den kan højst fylde {most}."
            )
        try:
            field.clean(value, None)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from None
        return value

    return Column(key, name, lambda row: getattr(row, key), read, **own)


def short(text: str) -> str:
    """Give the beginning of what was typed, for a sentence about it."""
    most = 40
    return text if len(text) <= most else f"{text[:most]}…"
