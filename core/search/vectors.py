"""The index's own form of a text: stems with their places and weights. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

from core.search.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

type Weight = Literal["A", "B", "C", "D"]

TITLE: Final[Weight] = "A"
HEADING: Final[Weight] = "B"
TEXT: Final[Weight] = "D"

# PostgreSQL's own bounds: a place, places a stem, and bytes of one vector (1 MB).
_LAST_PLACE: Final = 16_383
_PLACES: Final = 255
_BYTES: Final = 900_000
# Between two texts, so that no phrase runs over from one into the next.
_GAP: Final = 10


def vector(texts: Iterable[tuple[str, Weight]], stem_of: Mapping[str, str]) -> str:
    """Give the literal of a ``tsvector``.

    Args:
        texts: tidy, each with its weight, in order.
        stem_of: base → stem; "" leaves a word out and keeps its place.

    Returns:
        Not more than PostgreSQL takes: of a text beyond measure, the first part.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    at, size = 0, 0
    for text, weight in texts:
        for token in tokens(text):
            at += 1
            stem = stem_of[token.base]
            if not stem or (stem not in places and size > _BYTES):
                continue
            own = places[stem]
            size += 0 if own else len(stem.encode()) + 8
            if len(own) < _PLACES and at <= _LAST_PLACE:
                own.append(f"{at}{weight}")
                size += 2
        at += _GAP
    return " ".join(_lexeme(stem, own) for stem, own in sorted(places.items()))


def quoted(stem: str) -> str:
    """Give a stem as it stands in the literal of a vector or a query."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _lexeme(stem: str, places: list[str]) -> str:
    return f"{quoted(stem)}:{','.join(places)}" if places else quoted(stem)
