"""What a printed comparison of keys says, and where it parts from itself. Pure.

Source: docs/rules.md R-175, R-176.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats
from dimensioning.shares.exact import Rounding, rounded
from dimensioning.shares.printed import KEYS, PLACES, recomputed, roundings
from dimensioning.shares.words.terms import as_typed, signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimensioning.shares.printed import (
        Column,
        ColumnOff,
        PrintedTable,
        RowOff,
        Tried,
    )
    from dimensioning.shares.words.terms import Terms

_RULES = {
    Rounding.HALF_AWAY: "halve rundet væk fra nul",
    Rounding.HALF_EVEN: "halve rundet til lige tal",
    Rounding.TRUNCATED: "uden decimaler",
}


def headline(table: PrintedTable, terms: Terms) -> str:
    """Give "Den nye nøgle flytter 54,8 af 1.057 pladser: 17 kommuner får flere, 11 får færre."."""
    total = table.expected("places_after")
    of = f" af {as_typed(total)}" if total is not None else ""
    more, fewer = terms.receivers(len(table.gainers)), len(table.losers)
    return f"Den nye nøgle flytter {as_typed(table.moved)}{of} {terms.places}: {more} får flere, {fewer} får færre."


def row_off(found: RowOff) -> str:
    """Give "de to giver −0,30"."""
    return f"de to giver {signed(found.given)}"


def rows_off(found: Sequence[RowOff], terms: Terms) -> str:
    """Give "6 rækker: forskellen i nøglen er 0,01 ved siden af de to trykte andele: …"."""
    if not found:
        return ""
    count = formats.counted(len(found), "række", "rækker")
    most = max(abs(one.off) for one in found)
    same = all(abs(one.off) == most for one in found)
    what = "nøglen er" if found[0].column in KEYS else "pladser er"
    by = formats.number(most) if same else f"op til {formats.number(most)}"
    names = terms.listed(one.key for one in found)
    return f"{count}: forskellen i {what} {by} ved siden af de to trykte tal: {names}."


def columns_off(table: PrintedTable, found: Iterable[ColumnOff]) -> tuple[str, ...]:
    """Give a sentence on the keys' columns and one on the places', where they are off."""
    wrong = {one.column: one for one in found}
    names: tuple[tuple[tuple[Column, ...], str, str], ...] = (
        (KEYS, "Nøglens kolonner: andelene giver", "Forskellene giver"),
        (PLACES, "Pladsernes kolonner: rækkerne giver", "Forskellene giver"),
    )
    said = []
    for columns, of, change in names:
        parts = _two(table, columns[:2], of, wrong)
        last = wrong.get(columns[2])
        if last:
            parts.append(f"{change} {signed(last.given)}, {_below(last)}.")
        if parts:
            said.append(" ".join(parts))
    return tuple(said)


def _two(
    table: PrintedTable,
    columns: Sequence[Column],
    words: str,
    wrong: dict[Column, ColumnOff],
) -> list[str]:
    """Give what the two columns add up to, if one of them is off."""
    if not any(column in wrong for column in columns):
        return []
    sums = formats.listed([formats.number(table.sum(column)) for column in columns])
    printed = [table.totals.get(column) for column in columns]
    below = list(dict.fromkeys("intet" if one is None else formats.number(one) for one in printed))  # fmt: skip
    return [f"{words} {sums}, trykt {formats.listed(below)}."]


def _below(found: ColumnOff) -> str:
    """Give what stands below a column."""
    if found.printed is None:
        return "ikke trykt"
    return f"trykt {formats.number(found.printed)}"


def standing(rows: Sequence[RowOff], columns: Sequence[ColumnOff]) -> str:
    """Give what may be believed of all that does not agree."""
    if not rows and not columns:
        return "Alle trykte tal stemmer."
    said = "Tallene står, som de er trykt. Intet er rettet."
    count = sum(not one.is_rounding for one in rows)
    count += sum(not one.is_rounding for one in columns)
    if not count:
        return f"{said} Alle afvigelser kan skyldes, at kilden har regnet på uafrundede tal."  # fmt: skip
    return f"{said} {formats.counted(count, 'afvigelse', 'afvigelser')} kan afrunding ikke forklare."


def missing(table: PrintedTable, absent: Sequence[str], council: str, terms: Terms) -> str:  # fmt: skip
    """Give "Bornholm mangler: 28 af de 29 kommuner i KKR Hovedstaden er med. Kilden siger ikke hvorfor."."""
    if not absent:
        return ""
    here = len(table.rows)
    all_ = terms.receivers(here + len(absent))
    return f"{terms.listed(absent)} mangler: {here} af de {all_} i {council} er med. Kilden siger ikke hvorfor."


def foot(table: PrintedTable, terms: Terms) -> str:
    """Give how the keys were recomputed, and how the differences are rounded."""
    rows = recomputed(table)
    agree = sum(row.both_agree for row in rows)
    total = table.expected("places_after")
    if total is None:
        return ""
    said = (
        f"Beregnet nøgle = trykte {terms.places} / {as_typed(total)}. "
        "Den fulde præcision findes ikke i kilden. "
        f"{agree} af {terms.receivers(len(rows))} giver begge trykte andele igen"
    )
    off = {
        abs(rounded(given, 2) - printed)
        for row, own in zip(rows, table.rows, strict=True)
        for given, printed in ((row.before, own.key_before), (row.after, own.key_after))
    } - {0}
    if off:
        by = formats.number(max(off))
        said += f"; de øvrige er {by if len(off) == 1 else f'op til {by}'} ved siden af"
    rule = rule_of_places(table)
    return f"{said}. Pladsernes forskel er trykt i hele tal, {rule}." if rule else f"{said}."  # fmt: skip


def rule_of_places(table: PrintedTable) -> str:
    """Give the one rule that gives all printed differences of places; else nothing."""
    counts = roundings((row.places_gap, row.places_change) for row in table.rows)
    found = [rule for rule, count in counts.items() if count == len(table.rows)]
    return _RULES[found[0]] if len(found) == 1 else ""


def tried_words(found: Sequence[Tried], table: PrintedTable, terms: Terms) -> str:
    """Give "Passer på alle 18 kommuner, der er prøvet. 10 ikke prøvet."."""
    fit = sum(one.key_agrees and one.places_agree for one in found)
    rest = len(table.rows) - len(found)
    whole = terms.receivers(len(found))
    said = f"Passer på alle {whole}, der er prøvet." if fit == len(found) else f"Passer på {fit} af {whole}, der er prøvet."  # fmt: skip
    return f"{said} {rest} ikke prøvet." if rest else said
