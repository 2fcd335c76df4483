"""How a font's codes are read and how wide they are, as far as its dictionaries say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

from documents.intake.glyphs import wide_widths
from documents.objects import numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a letter takes where the file does not say, in thousandths of its size.
_USUAL = 500.0
_MAX_CODES = 65_536


@dataclass(frozen=True, slots=True)
class Metrics:
    """Widths by code, in thousandths of the size; ``is_wide``: two bytes a code."""

    widths: Mapping[int, float]
    usual: float
    is_wide: bool

    def codes(self, text: bytes) -> list[int]:
        """The codes in a string."""
        if not self.is_wide:
            return list(text)
        pairs = zip(text[::2], text[1::2], strict=False)
        return [high << 8 | low for high, low in pairs]

    def width(self, code: int) -> float:
        return self.widths.get(code, self.usual)


UNKNOWN = Metrics({}, _USUAL, is_wide=False)


def metrics_of(font: Any, known: dict[tuple[int, int], Metrics]) -> Metrics:
    """The metrics of a font's dictionary; ``known`` holds those asked for before."""
    if not isinstance(font, Dictionary):
        return UNKNOWN
    if not font.is_indirect:
        return _read(font)
    if font.objgen not in known:
        known[font.objgen] = _read(font)
    return known[font.objgen]


def _read(font: Any) -> Metrics:
    """What the dictionary says; a broken one says nothing."""
    try:
        return _wide(font) if font.get(Name.Subtype) == Name.Type0 else _simple(font)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return UNKNOWN


def _wide(font: Any) -> Metrics:
    below = font.DescendantFonts[0]
    return Metrics(wide_widths(below), float(below.get(Name.DW, 1000)), is_wide=True)


def _simple(font: Any) -> Metrics:
    listed = font.get(Name.Widths)
    widths = numbers_of(listed) if isinstance(listed, Array) else []
    scale = 1.0
    if font.get(Name.Subtype) == Name.Type3:
        matrix = numbers_of(font.get(Name.FontMatrix), 6)
        scale = 1000 * (matrix[0] if matrix else 0.001)
    first = int(font.get(Name.FirstChar, 0))
    return Metrics(
        {first + at: width * scale for at, width in enumerate(widths[:_MAX_CODES])},
        _USUAL,
        is_wide=False,
    )
