"""Small readings and edits of PDF objects that several modules share."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADINGS = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})
# Private keys of the structure root, read by documents.joining and not carried over:
# made ready for joining; its headings; objects with a parent-tree key that are neither
# pages nor annotations.
MENDED, HEADING_LIST, KEYED_LIST = "/KKR_Mended", "/KKR_Headings", "/KKR_Keyed"

# How many bookmarks or names of a foreign file are read: loops end here.
MOST = 20_000


def number(value: float) -> str:
    """``value`` as PDF writes it: at most four decimals, no exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def drop(dictionary: Any, *keys: str) -> None:
    """Remove ``keys`` where they are there."""
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def flat(pairs: Iterable[tuple[Any, Any]]) -> Array:
    """The array k1, v1, k2, v2, … of a name tree or number tree in one node."""
    both: list[Any] = []
    for pair in pairs:
        both.extend(pair)
    return Array(both)


def kids(element: Any) -> Iterator[Any]:
    """The structure elements directly under ``element``; marks are passed over."""
    below = element.get("/K")
    for kid in below if isinstance(below, Array) else [below]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def is_reference(kid: Any) -> bool:
    """Whether ``kid`` refers to an object such as an annotation."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def numbers_of(value: Any, count: int = 0) -> list[float]:
    """The numbers of an array; none unless it holds ``count`` of them, and only numbers.

    Args:
        count: how many there must be; 0 for any.
    """
    if not isinstance(value, Array) or (count and len(value) != count):
        return []
    found: list[Any] = list(value)
    if not all(isinstance(n, (int, float, Decimal)) for n in found):
        return []
    return [float(n) for n in found]


def page_index(place: Any, index: dict[tuple[int, int], int]) -> int | None:
    """Which page an explicit destination leads to; None where it leads to none."""
    if not isinstance(place, Array) or not len(place):
        return None
    return index.get(place[0].objgen) if isinstance(place[0], Dictionary) else None
