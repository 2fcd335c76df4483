"""What a sent version has that the one before had not: its new items and bilag.

Both are found again by their keys; what was closed before has no key to be found by, but
its number, which is given once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.agenda import Agenda
from meetings.editions.withdrawn import withdrawn
from meetings.models import Publication

if TYPE_CHECKING:
    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition


@dataclass(frozen=True, slots=True)
class Newly:
    """What came with a version.

    Attributes:
        words: what is said of it: "Nyt i version 2".
        items, bilag: their places in addresses; the bilag of a new item are not named.
    """

    words: str = ""
    items: frozenset[str] = frozenset()
    bilag: frozenset[str] = frozenset()


def newly_in(edition: Edition) -> Newly:
    """Give what is new in a sent version: one query, or none.

    Nothing is told of a first version, nor of one after a version that is taken down.
    """
    if edition.number <= 1:
        return Newly()
    rows: Any = Publication.objects.filter(
        meeting__slug=edition.slug,
        meeting__council__slug=edition.council_slug,
        number=edition.number - 1,
    )
    told = rows.with_withdrawals().values_list("number", "agenda", "withdrawn")
    for number, plain, closed in told:
        down = map(withdrawn, closed)
        if any(each.is_version and each.holds_for(number) for each in down):
            break
        return _between(Agenda.from_json(plain), edition)
    return Newly()


def _between(before: Agenda, edition: Edition) -> Newly:
    numbers = {item.number for item in before.items}
    known = {item.key: _names(item) for item in before.items}
    items = [item for item in edition.agenda.items if item.key not in known]
    bilag = (
        each
        for item in edition.agenda.items
        if item.key in known
        for each in item.appendices
        if each.has_pages and known[item.key].isdisjoint({each.label, each.key})
    )
    return Newly(
        f"Nyt i version\N{NO-BREAK SPACE}{edition.number}",
        frozenset(item.slug for item in items if item.number not in numbers),
        frozenset(each.slug for each in bilag),
    )


def _names(item: AgendaItem) -> set[str]:
    return {name for each in item.appendices for name in (each.label, each.key)}
