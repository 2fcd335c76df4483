"""What a check of a meeting gives: plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

MISSING: Final = "Mangler"
CLOSED: Final = "Lukket materiale"
FIGURES: Final = "Tal og frister"
OUTSIDE: Final = "Bilag, der kommer udefra"
PERSONS: Final = "Personoplysninger"
PEOPLE: Final = "Kommentarer og gennemlæsning"
# The groups of the page, in its order.
GROUPS: Final = (
    MISSING,
    CLOSED,
    "Titler og henvisninger",
    FIGURES,
    "Sprog og tegn",
    OUTSIDE,
    PERSONS,
    PEOPLE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands and where it is put right.

    Attributes:
        label: "2.1 Bilag 3", or "2.3" for an item.
        place: its page in the packet, "s. 36"; "" while no packet is built.
        url, action: the very field, under the words of the link.
        rank: the place in the agenda, for sorting.
    """

    label: str
    place: str
    url: str
    action: str
    rank: tuple[int, ...] = field(default=(0,))


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found; fields as ``meetings.models.Finding``."""

    check: str
    group: str
    is_error: bool
    may_answer: bool
    spot: Spot
    where: str
    sentence: str
    quote: str
    fingerprint: str
    hint: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Errors first, then by group, then as the agenda goes."""
        return (not self.is_error, GROUPS.index(self.group), self.spot.rank)


def noted(  # noqa: PLR0913 -- one keyword a field
    check: str,
    group: str,
    spot: Spot,
    sentence: str,
    *identity: str,
    is_error: bool = False,
    may_answer: bool = True,
    where: str = "",
    quote: str = "",
    hint: str = "",
) -> Found:
    """Give something found that is no flaw of a text; a warning unless said otherwise.

    Args:
        identity: all that its answer was given for; another gives another fingerprint.
    """
    digest = hashlib.sha256("\0".join((check, *identity)).encode()).hexdigest()
    return Found(
        check=check,
        group=group,
        is_error=is_error,
        may_answer=may_answer,
        spot=spot,
        where=where,
        sentence=sentence,
        quote=quote,
        fingerprint=digest,
        hint=hint,
    )
