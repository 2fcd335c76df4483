"""Days that somebody must know: the registry of what stands in a calendar.

An app that has days registers them; they are asked for one user's own, and must keep from
them what they may not see. Nobody else knows where the days come from, and all of them are
read in one query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime, time

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Occasion:
    """One entry: something that is held, or a deadline (a whole day).

    Attributes:
        uid: the same for ever, so that what is moved moves.
        stamp: when it was last changed.
        what: in a word, for a calendar that is drawn: "Møde", "Svarfrist".
        short: the title where ``what`` stands beside it; "" for the title itself.
    """

    uid: str
    title: str
    day: date
    url: str
    stamp: datetime
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    is_cancelled: bool = False
    what: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """What stands beside ``what``."""
        return self.short or self.title


@dataclass(frozen=True, slots=True)
class Days:
    """One kind of days that an app has.

    Attributes:
        rows: a user and the first day that is told of → a query with one column, a JSON
            object a day. It keeps from the user what they may not see.
        occasion: such an object → its entry.
    """

    rows: Callable[[Any, date], QuerySet[Any, Any]]
    occasion: Callable[[Mapping[str, Any]], Occasion]


_registry: dict[str, Days] = {}


def register(name: str, days: Days) -> None:
    """Let an app's days stand in people's calendars.

    Args:
        name: of the kind of days; a kind twice is an error of the programmer.
    """
    if name in _registry:
        msg = f"{name!r} is registered already"
        raise ValueError(msg)
    _registry[name] = days


def uid(*parts: object) -> str:
    """Give the identity of an occasion: its parts, joined, at this portal."""
    return f"{'-'.join(map(str, parts))}@kkr-portalen"


def registered(user: Any, since: date) -> list[Occasion]:
    """Give what every app has registered for a user, from a day on, in order: one query."""
    own = [_named(name, days, user, since) for name, days in _registry.items()]
    if not own:
        return []
    first, *others = own
    whole = first.union(*others).order_by("of_kind")
    found = (_registry[name].occasion(row) for name, row in whole)
    return sorted(found, key=lambda each: (each.day, each.title))


def _named(name: str, days: Days, user: Any, since: date) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = days.rows(user, since).order_by()
    named: QuerySet[Any, Any] = rows.annotate(of_kind=Value(name, CharField()))
    return named.values_list("of_kind", "row")
