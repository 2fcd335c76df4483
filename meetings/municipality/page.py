"""The page of a municipality: what all apps know of it, put together.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from accounts.models import Municipality
from core import clock
from core.formats import counted, listed, long_date, number
from core.keys import new_key
from meetings.municipality import registry
from meetings.municipality.paper import document_of
from meetings.municipality.sent import Sent, of_sent, sent_meetings
from meetings.municipality.values import Asked, Given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Membership, User
    from documents.tree import Document


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address chooses of the page."""

    shows_all: bool = False
    sort: str = ""


@dataclass(frozen=True)
class MunicipalPage:
    """A municipality, and all that is told of it."""

    asked: Asked
    sent: Sent
    given: Given
    choice: Choice

    @property
    def title(self) -> str:
        """Give "Min kommune: Solrød", or another's name alone."""
        name = self.asked.name
        return f"Min kommune: {name}" if self.asked.is_own else f"{name} Kommune"

    @property
    def lead(self) -> str:
        """Say what is here, and until which meeting."""
        told = f"Det i KKR’s materiale, som vedrører {self.asked.name}"
        day = self.sent.next_on
        return f"{told}, til mødet {long_date(day)}" if day else told

    @property
    def slug(self) -> str:
        """What stands for it in an address."""
        return slug_of(self.asked.place)

    @property
    def finding(self) -> str:
        """Say what waits first, or that nothing does."""
        waits = self.given.waits
        return waits[0].sentence if waits else f"Intet venter på {self.asked.name}."

    @property
    def rest(self) -> str:
        """Say how much changed: "3 ting er ændret siden mødet 8. februar 2023."."""
        amount = len(self.given.changes)
        if not amount:
            return ""
        day = self.asked.since
        when = f" siden mødet {long_date(day)}" if day else ""
        return f"{counted(amount, 'ting', 'ting')} er ændret{when}"

    @property
    def changes_title(self) -> str:
        """Head the changes."""
        return "Ændret siden sidste møde" if self.asked.since else "Nyt til mødet"

    @property
    def unchanged(self) -> str:
        """Say what is as it was: "Uændret: tallene i mål 9 og 10."."""
        told = self.given.unchanged
        return f"Uændret: {listed(list(told))}." if told else ""

    @cached_property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of the municipality in figures."""
        return facts_of(self.asked)

    @cached_property
    def document(self) -> Document:
        """The same as it is printed."""
        return document_of(self)


def slug_of(place: Municipality) -> str:
    """Give what stands for a municipality in an address: "solroed"."""
    return new_key(place.name, ())


def municipal_page(
    user: User, seat: Membership, slug: str | None, choice: Choice
) -> MunicipalPage | None:
    """Read the page of a municipality: one query, and those of all who tell of it.

    Args:
        slug: None for the one that the seat speaks for.

    Returns:
        None where the seat speaks for none, or its council has no such municipality.
    """
    places = tuple(Municipality.objects.filter(council=seat.council_id))
    place = next((each for each in places if _is(each, seat, slug)), None)
    if place is None:
        return None
    today = clock.today()
    sent = sent_meetings(user, seat, today)
    asked = Asked(
        user, seat, place, places, today, sent.last, choice.shows_all, choice.sort
    )
    given = _joined((of_sent(sent, asked.name), *registry.given(asked)))
    return MunicipalPage(asked, sent, given, choice)


def _is(place: Municipality, seat: Membership, slug: str | None) -> bool:
    if slug is None:
        return place.pk == seat.municipality_id
    return slug_of(place) == slug


def _joined(all_given: Iterable[Given]) -> Given:
    rows = tuple(all_given)
    return Given(
        waits=tuple(each for row in rows for each in row.waits),
        changes=tuple(each for row in rows for each in row.changes),
        unchanged=tuple(each for row in rows for each in row.unchanged),
        parts=tuple(each for row in rows for each in row.parts),
        mentions=tuple(each for row in rows for each in row.mentions),
        facts=tuple(each for row in rows for each in row.facts),
        dues=tuple(
            sorted((d for row in rows for d in row.dues), key=lambda d: (d.on, d.name))
        ),
    )


def facts_of(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Give the municipality in figures. Pure."""
    own = asked.place
    larger = sum(each.population > own.population for each in asked.places)
    every = len(asked.places)
    share = number(round(own.population * 100 / asked.people, 2), 2)
    return (
        ("Indbyggere", number(own.population)),
        (f"Andel af de {every}", f"{share} pct."),
        ("Størrelse", f"nr. {larger + 1} af {every}"),
        ("Sundhedsklynge", own.health_cluster or "ikke oplyst"),
        ("Kommunekode", str(own.code)),
    )
