"""What an app is asked about a municipality, and what it answers. Pure.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.models import Membership, Municipality, User
    from documents.tree import Chart, Section


@dataclass(frozen=True, slots=True)
class Asked:
    """A municipality, and who reads of it.

    Attributes:
        places: all of the council, by name.
        since: the day of the council's last meeting that was sent; None before the first.
        shows_all: all municipalities of the council, and not only its own group.
        sort: a word for the order of those.
    """

    user: User
    seat: Membership
    place: Municipality
    places: tuple[Municipality, ...]
    today: date
    since: date | None = None
    shows_all: bool = False
    sort: str = ""

    @property
    def name(self) -> str:
        """The municipality: "Solrød"."""
        return str(self.place.name)

    @property
    def is_own(self) -> bool:
        """The reader speaks for it."""
        return self.seat.municipality_id == self.place.pk

    @property
    def people(self) -> int:
        """How many live in all municipalities of the council."""
        return sum(each.population for each in self.places)


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for the municipality; ``url`` "" where the reader cannot do it."""

    sentence: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since the council's last meeting; ``word``: "Ny", "Udløbet"."""

    word: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A day to keep."""

    name: str
    on: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where municipalities are named, as they are named there."""

    place: str
    what: str
    names: str
    is_named: bool
    url: str = ""


class Picture(Protocol):
    """A chart in the two widths of a page, and where it is from."""

    @property
    def source(self) -> str:
        """One line under it."""
        ...

    @property
    def wide(self) -> Chart:
        """It beside a column."""
        ...

    @property
    def narrow(self) -> Chart:
        """It on a telephone."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page; the very same is printed.

    Attributes:
        pictures: charts by the key of their block in the section.
        links: row key → where its name leads.
        marked: rows about the municipality itself.
        folded: tables that say in figures what is drawn right above.
        icons: row key → the sign before its last cell.
        sorts: table key → its columns with the address that sorts by them.
        after: key of a table or of words → a link below: text, address.
        kept: tables of short figures, that stay tables on a telephone.
    """

    section: Section
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    icons: Mapping[str, str] = field(default_factory=dict)
    sorts: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    after: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """What an app knows of a municipality.

    Attributes:
        unchanged: what is as it was at the council's last meeting, "tallene i mål 9".
    """

    waits: tuple[Waits, ...] = ()
    changes: tuple[Change, ...] = ()
    unchanged: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    dues: tuple[Due, ...] = ()
