"""The two packets of a meeting: the open one and, where anything is closed, the other. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

CLOSED_WORD: Final = "lukket"
"""What addresses say of the closed packet: ``?del=lukket``."""


@dataclass(frozen=True, slots=True)
class Volume:
    """What tells one packet from the other.

    Attributes:
        lead: what its page numbers begin with.
        heading: of its contents page.
        warning: what its own pages say at the foot, "" for nothing.
    """

    lead: str
    heading: str
    warning: str

    @property
    def is_closed(self) -> bool:
        """Only some may read it."""
        return bool(self.lead)


OPEN: Final = Volume("", "Bilagspakke", "")
CLOSED: Final = Volume("L", "Lukket bilagspakke", "Lukket: må ikke gives videre")


@dataclass(frozen=True, slots=True)
class Stored:
    """The closed packet as it is kept with the open one that was built along.

    ``agenda`` is the whole one as JSON; the rest is as a packet's.
    """

    schema: ClassVar[int] = 1

    agenda: dict[str, Any]
    file: str
    size: int
    page_count: int
    labels: list[str]
    numbers: dict[str, Any]
    reasons: list[dict[str, str]]

    def to_json(self) -> dict[str, Any]:
        """Give it as a JSON object; :func:`stored` takes it back."""
        return asdict(self)


def stored(plain: dict[str, Any]) -> Stored | None:
    """Give the closed packet of what a packet's row keeps; None where there is none."""
    return Stored(**plain) if plain else None
