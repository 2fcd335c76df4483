"""What those who share are called, and how their numbers are written. Pure.

Source: docs/rules.md R-176.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats
from dimensioning.shares.exact import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from dimensioning.shares.table import Table

PERCENT: Final = "pct."
DECIMALS: Final = 3
MOST_DECIMALS: Final = 12
_COUNTS: Final = ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")  # fmt: skip
_LARGEST: Final = ("", "næst", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende", "ellevte", "tolvte")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """What receivers, weights and places are called.

    Attributes:
        names: key → name; who has none is called by its key.
        weight: what is counted of each: "indbyggere", or "pct.".
    """

    names: Mapping[str, str]
    one: str = "kommune"
    many: str = "kommuner"
    weight: str = "indbyggere"
    place: str = "plads"
    places: str = "pladser"

    def name(self, key: str) -> str:
        """Give "Greve"."""
        return self.names.get(key, key)

    def listed(self, keys: Iterable[str]) -> str:
        """Give "Faxe, Greve og Solrød"."""
        return formats.listed([self.name(key) for key in keys])

    def whole(self, count: int) -> str:
        """Give "747 pladser"."""
        return formats.counted(count, self.place, self.places)

    def receivers(self, count: int) -> str:
        """Give "12 kommuner"."""
        return formats.counted(count, self.one, self.many)


def owner(name: str) -> str:
    """Give "Greves", "Randers'"."""
    return f"{name}’" if name.endswith(("s", "x", "z")) else f"{name}s"


def in_words(count: int) -> str:
    """Give "seks", or digits above twelve."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else formats.number(count)


def largest(rank: int) -> str:
    """Give "den fjerdestørste", or "nr. 14 i størrelse"."""
    if rank <= len(_LARGEST):
        return f"den {_LARGEST[rank - 1]}største"
    return f"nr.{formats.NBSP}{rank} i størrelse"


def number(value: Fraction, decimals: int) -> str:
    """Give "45,004": rounded once, here, half away from zero."""
    return formats.number(rounded(value, decimals))


def as_typed(value: Fraction) -> str:
    """Give a number with the decimals that it has: "45.352", "35,29"; four at most."""
    for decimals in range(4):
        if value.denominator == 1 or (value * 10**decimals).denominator == 1:
            return number(value, decimals)
    return number(value, 4)


def signed(value: int | Decimal) -> str:
    """Give "+4", "−9", "0"."""
    return f"+{formats.number(value)}" if value > 0 else formats.number(value)


def decimals_for(table: Table, least: int = DECIMALS) -> int:
    """Give how many decimals tell what decided: 3, or more where 3 would hide it.

    No remainder may read as a whole place or as none, and whoever was first without an
    extra place may not read as equal to whoever got the last.
    """
    parts = sorted({row.remainder for row in table.rows if row.remainder}, reverse=True)
    got = [row.remainder for row in table.ranked if row.extra]
    edge = set(parts[:1] + parts[-1:])
    if got:
        below = [part for part in parts if part < got[-1]]
        edge |= {got[-1], *below[:1]}
    for decimals in range(least, MOST_DECIMALS):
        shown = {rounded(part, decimals) for part in edge}
        if len(shown) == len(edge) and not shown & {0, 1}:
            return decimals
    return MOST_DECIMALS
