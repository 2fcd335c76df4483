"""Which records get which numbers when one of them moves. Pure.

Source: docs/rules.md R-78.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST: Final = 999
SWAP, SHIFT = "byt", "skub"
_MOVE: Final = re.compile(r"([a-z0-9-]{1,120}):(\d{1,3})>(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Move:
    """One record and its numbers, before and after."""

    key: str
    old: int
    new: int

    @property
    def back(self) -> Move:
        """The move that takes it back."""
        return Move(self.key, self.new, self.old)


def plan(numbers: Mapping[str, int], key: str, to: int, way: str) -> tuple[Move, ...]:
    """Give the moves that bring a record to a number; none where it has it already.

    Args:
        numbers: key → number, of all records of the catalogue that have one.
        way: "byt": the two change places. "skub": those between make room, one step
            each, no further than the first gap.
    """
    old, by_number = numbers[key], {number: key for key, number in numbers.items()}
    if to == old:
        return ()
    moves = [Move(key, old, to)]
    if way == SWAP:
        if other := by_number.get(to):
            moves.append(Move(other, to, old))
        return tuple(moves)
    step = 1 if to < old else -1
    at = to
    while (other := by_number.get(at)) and other != key:
        moves.append(Move(other, at, at + step))
        at += step
    return tuple(moves)


def spelt(moves: Iterable[Move]) -> str:
    """Give moves as a form sends them."""
    return " ".join(f"{move.key}:{move.old}>{move.new}" for move in moves)


def read(text: str) -> tuple[Move, ...]:
    """Read what a form sent; what is no move, or not all of it, is none."""
    found = tuple(_MOVE.fullmatch(word) for word in text.split())
    moves = tuple(
        Move(match[1], int(match[2]), int(match[3])) for match in found if match
    )
    keys, numbers = {move.key for move in moves}, {move.new for move in moves}
    is_whole = len(moves) == len(found) == len(keys) == len(numbers)
    return moves if is_whole and 0 not in numbers else ()
