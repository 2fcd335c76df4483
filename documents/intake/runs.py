"""Letters written one after the other, their places worked out only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.intake.content import string_bytes
from documents.intake.geometry import Matrix, Point, Rect, then

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.intake.colours import Colour
    from documents.intake.metrics import Metrics

# Letters beyond are on no page.
_FARTHEST = 1e6
# Where in a letter its two points are, as shares of its size above the base line.
_LOW, _HIGH = 0.05, 0.45
_UNSEEN = 3
_BLANK = 32
_NEARLY = 1e-6

type Operand = float | bytes | str


@dataclass(frozen=True, slots=True)
class Hand:
    """How letters are written: font, size, and the gaps between them."""

    font: Metrics | None = None
    size: float = 0.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    mode: float = 0.0


class Letter:
    """A letter by two points inside it; a line through it covers one of them only."""

    __slots__ = ("colour", "high", "is_covered", "is_seen", "low")

    def __init__(
        self, low: Point, high: Point, colour: Colour | None, *, is_seen: bool
    ) -> None:
        self.low, self.high, self.colour, self.is_seen = low, high, colour, is_seen
        self.is_covered = False


class Run:
    """Letters from one place on, along a line.

    Args:
        start: the text matrix where it begins.
        ctm: from there to the page.
    """

    __slots__ = ("_ctm", "_parts", "_reach", "end", "is_written")

    def __init__(self, start: Matrix, ctm: Matrix) -> None:
        self.end = start
        self._ctm = ctm
        self._parts: list[tuple[Hand, Colour | None, tuple[Operand, ...]]] = []
        self._reach = 0.0
        self.is_written = False

    def add(
        self, hand: Hand, colour: Colour | None, operands: tuple[Operand, ...]
    ) -> None:
        """More letters; numbers among ``operands`` move those that follow."""
        self._parts.append((hand, colour, operands))
        self._reach = max(self._reach, abs(hand.size) + abs(hand.rise))

    def colours(self) -> set[Colour | None]:
        """The colours it is written in, as far as they are known."""
        return {colour for _, colour, _ in self._parts}

    def may_touch(self, box: Rect) -> bool:
        """Whether a letter may lie in an upright box; False is certain."""
        _, b, c, d, _, f = then(self.end, self._ctm)
        if abs(b) > _NEARLY or abs(c) > _NEARLY:
            return True
        reach = abs(d) * self._reach
        return box[1] <= f + reach and f - reach <= box[3]

    def letters(self) -> Iterator[Letter]:
        """Every letter but blanks; ``end`` is where the next run would begin."""
        self.is_written = True
        for hand, colour, operands in self._parts:
            for each in operands:
                if isinstance(each, bytes):
                    yield from self._string(hand, colour, string_bytes(each))
                elif isinstance(each, float):
                    self._advance(-each / 1000 * hand.size * hand.stretch)
        self._parts.clear()

    def _advance(self, x: float) -> None:
        a, b, c, d, e, f = self.end
        self.end = (a, b, c, d, a * x + e, b * x + f)

    def _string(
        self, hand: Hand, colour: Colour | None, text: bytes
    ) -> Iterator[Letter]:
        font = hand.font
        if font is None or not hand.size:
            return
        a, b, c, d, e, f = then(self.end, self._ctm)
        low, high = (hand.rise + share * hand.size for share in (_LOW, _HIGH))
        is_seen = hand.mode != _UNSEEN
        far = hand.size * hand.stretch / 1000
        x = 0.0
        for code in font.codes(text):
            wide = font.width(code) * far
            is_blank = code == _BLANK and not font.is_wide
            if not is_blank:
                middle = x + wide / 2
                below = a * middle + c * low + e, b * middle + d * low + f
                above = a * middle + c * high + e, b * middle + d * high + f
                if max(map(abs, (*below, *above))) < _FARTHEST:
                    yield Letter(below, above, colour, is_seen=is_seen)
            gap = hand.letter_gap + (hand.word_gap if is_blank else 0.0)
            x += wide + gap * hand.stretch
        self._advance(x)
