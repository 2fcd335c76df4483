"""What an address of a list asks for. Everything but the text is from what there is.

A value that there is not is left out and told of; a name that no list has is not looked
at. So an address can be saved, typed or broken, and never gives other rows.

Source: docs/rules.md R-95.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.http import urlencode

from core.formats import listed as in_words
from proposals.lists.picked import numbers_in, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict

    from proposals.lists.facets import Facet, Sort

TEXT, SORT, PAGE, PICKED = "q", "sorter", "side", "valgt"
LONGEST_TEXT: Final = 200
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_MOST_TOLD: Final = 3
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at a list.

    Attributes:
        path: of the list.
        text: what is searched for, as it was typed.
        chosen: pairs (key of a facet, value), in the order of the facets.
        sort: key of an order, "" for the list's own.
        page: from 1.
        picked: numbers of the records that something shall be done with.
        unknown: what was asked for and there is not.
    """

    path: str
    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1
    picked: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Not all rows are asked for."""
        return bool(self.text or self.chosen)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What makes the view: not the page, nor what was picked."""
        text = ((TEXT, self.text),) if self.text else ()
        sort = ((SORT, self.sort),) if self.sort else ()
        return (*text, *self.chosen, *sort)

    @property
    def query(self) -> str:
        """The same as it stands in an address, and is saved."""
        return urlencode(self.pairs)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What a search for other words keeps."""
        return tuple(pair for pair in (*self.pairs, *self.numbers) if pair[0] != TEXT)

    @property
    def told(self) -> str:
        """The sentence about what was left out, or ""."""
        if not self.unknown:
            return ""
        some = [f"”{each[:_SHOWN]}”" for each in self.unknown[:_MOST_TOLD]]
        if more := len(self.unknown) - len(some):
            some.append(f"{more} mere")
        return f"{in_words(some)} findes ikke her og er udeladt."

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """What was picked, as it stands in an address."""
        return tuple((PICKED, span) for span in spans_of(self.picked))

    def address(self, **changes: Any) -> str:
        """Give the address of this look with something changed, from its first page."""
        other = replace(self, **{"page": 1, **changes})
        page = ((PAGE, str(other.page)),) if other.page > 1 else ()
        pairs = (*other.pairs, *page, *other.numbers)
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def with_value(self, facet: Facet, value: str) -> str:
        """Give the address with one value more; of what one has one of, with another."""
        rest = [
            pair for pair in self.chosen if not (facet.is_one and pair[0] == facet.key)
        ]
        return self.address(chosen=(*rest, (facet.key, value)))

    def without(self, key: str, value: str) -> str:
        """Give the address without a value."""
        rest = tuple(pair for pair in self.chosen if pair != (key, value))
        return self.address(chosen=rest)


def text_of(given: QueryDict) -> str:
    """Give what is searched for: one line, without signs that nobody types."""
    return " ".join(_UNSEEN.sub(" ", given.get(TEXT, "")[: 2 * LONGEST_TEXT]).split())[
        :LONGEST_TEXT
    ].strip()


def read(
    given: QueryDict,
    path: str,
    facets: Mapping[Facet, Mapping[str, str]],
    sorts: Sequence[Sort],
    numbers: Iterable[int],
) -> Asked:
    """Read an address.

    Args:
        facets: each with the values that there are.
        numbers: of the records that there are.
    """
    unknown: list[str] = []
    chosen: list[tuple[str, str]] = []
    for facet, known in facets.items():
        values = list(dict.fromkeys(given.getlist(facet.key)))
        good = [value for value in values if value in known]
        if facet.is_one:
            good = good[:1]
        chosen += ((facet.key, value) for value in good)
        unknown += (f"{facet.name}: {_seen(v)}" for v in values if v and v not in good)
    sort = given.get(SORT, "")
    if sort not in {each.key for each in sorts}:
        unknown.append(f"Rækkefølge: {_seen(sort)}")
        sort = ""
    page = given.get(PAGE, "")
    asked = set(numbers_in(given.getlist(PICKED)))
    return Asked(
        path=path,
        text=text_of(given),
        chosen=tuple(chosen),
        sort=sort,
        page=int(page) if _NUMBER.fullmatch(page) else 1,
        picked=tuple(sorted(asked & set(numbers))),
        unknown=tuple(unknown),
    )


def _seen(value: str) -> str:
    return " ".join(_UNSEEN.sub(" ", value).split())
