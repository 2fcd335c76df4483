"""Whether the characters shown are in the font, as wide as said, and have letters."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from fontTools import agl
from pikepdf import Array, Dictionary, Name, Stream

from documents.intake.programs import Compact, TrueType, program_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The standard allows a thousandth; rounding in the file is not the font's fault.
TOLERANCE = 1.001
MAX_RANGE = 65_536
# Looked up here, since codecs are found in files and the child has none.
for _codec in ("cp1252", "mac_roman", "utf-16-be", "latin-1"):
    codecs.lookup(_codec)
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_NO_LETTERS = {"", "\0", "\ufeff", "\ufffe"}
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\]]*)\])"
)


def are_sound(font: Any, codes: set[int]) -> bool:
    """Whether every code leads to a glyph of the embedded program, of the width said.

    True as well where that cannot be told: other encodings, the oldest kind of fonts.
    """
    try:
        if font.get(Name.Subtype) == Name.Type0:
            return _are_sound_wide(font, codes)
        return _are_sound_simple(font, codes)
    except Exception:  # noqa: BLE001 -- a broken font breaks in any way
        return False


def have_letters(font: Any, codes: set[int]) -> bool:
    """Whether the font's own table gives a letter for every code that it must.

    Simple fonts may leave codes to their encoding.
    """
    table = font.get(Name.ToUnicode)
    if not isinstance(table, Stream):
        return True
    letters = _letters(table.read_bytes())
    wide = font.get(Name.Subtype) == Name.Type0
    if wide and not _is_identity(font):
        return True
    return all(
        letters.get(code, "" if wide else "?") not in _NO_LETTERS for code in codes
    )


def _is_identity(font: Any) -> bool:
    """Whether the codes of a wide font are the numbers of its characters, two bytes."""
    return font.get(Name.Encoding) in (Name("/Identity-H"), Name("/Identity-V"))


def _are_sound_wide(font: Any, codes: set[int]) -> bool:
    if not _is_identity(font):
        return True
    below = font.DescendantFonts[0]
    program = program_of(below.FontDescriptor)
    if program is None:
        return True
    glyph_of: Callable[[int], int] = lambda cid: cid  # noqa: E731
    mapped = below.get(Name.CIDToGIDMap)
    if isinstance(program, Compact):
        glyph_of = program.glyph_of_cid
    elif isinstance(mapped, Stream):
        table = mapped.read_bytes()
        glyph_of = lambda cid: int.from_bytes(table[2 * cid : 2 * cid + 2])  # noqa: E731
    widths = wide_widths(below)
    default = float(below.get(Name.DW, 1000))
    return all(_fits(program, glyph_of(cid), widths.get(cid, default)) for cid in codes)


def _are_sound_simple(font: Any, codes: set[int]) -> bool:
    descriptor = font.get(Name.FontDescriptor)
    if font.get(Name.Subtype) == Name.Type3 or not isinstance(descriptor, Dictionary):
        return True
    program = program_of(descriptor)
    glyph_of = None
    if isinstance(program, TrueType):
        glyph_of = _simple_truetype(font, program)
    elif isinstance(program, Compact):
        glyph_of = _simple_compact(font, program)
    if glyph_of is None or program is None:
        return True
    first = int(font.get(Name.FirstChar, 0))
    widths = [float(width) for width in font.get(Name.Widths, [])]
    missing = float(descriptor.get(Name.MissingWidth, 0))
    return all(
        _fits(
            program,
            glyph_of(code),
            widths[code - first] if 0 <= code - first < len(widths) else missing,
        )
        for code in codes
    )


def _fits(program: TrueType | Compact, glyph: int, width: float) -> bool:
    if not 0 < glyph < program.count():
        return False
    return abs(program.width(glyph) - width) <= TOLERANCE


def _simple_truetype(font: Any, program: TrueType) -> Callable[[int], int] | None:
    """Code → glyph as the standard finds it: by letter, or by the font's own code."""
    encoding = font.get(Name.Encoding)
    if encoding is None:
        own = program.cmap(3, 0)
        if own is not None:
            high = max(own, default=0) & 0xFF00
            return lambda code: own.get(code + high, own.get(code, 0))
        old = program.cmap(1, 0)
        return None if old is None else lambda code: old.get(code, 0)
    by_letter = program.cmap(3, 1)
    if by_letter is None:
        return None
    letters = _encoded(encoding)
    return lambda code: by_letter.get(ord(letters(code)[:1] or "\0"), 0)


def _simple_compact(font: Any, program: Compact) -> Callable[[int], int] | None:
    """Code → glyph where the encoding names every code; else it cannot be told."""
    encoding = font.get(Name.Encoding)
    names = _differences(encoding)
    base = encoding.get(Name.BaseEncoding) if isinstance(encoding, Dictionary) else None
    if encoding is None or base is not None or not names:
        return None
    return lambda code: program.by_name.get(names[code], 0) if code in names else 1


def _encoded(encoding: Any) -> Callable[[int], str]:
    """Code → letter of a simple font's encoding."""
    base = (
        encoding.get(Name.BaseEncoding)
        if isinstance(encoding, Dictionary)
        else encoding
    )
    codec = _CODECS.get(str(base), "cp1252")
    names = _differences(encoding)

    def letter(code: int) -> str:
        if code in names:
            return str(agl.toUnicode(names[code]))
        return bytes([code]).decode(codec, "ignore")

    return letter


def _differences(encoding: Any) -> dict[int, str]:
    found = encoding.get(Name.Differences) if isinstance(encoding, Dictionary) else None
    names: dict[int, str] = {}
    code = 0
    for item in found if isinstance(found, Array) else []:
        if isinstance(item, Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return names


def wide_widths(below: Any) -> dict[int, float]:
    """CID → width, from the two ways in which a wide font lists them."""
    items = list(below.get(Name.W, []))
    widths: dict[int, float] = {}
    while len(items) >= 2:  # noqa: PLR2004
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, Array):
            widths |= {first + at: float(width) for at, width in enumerate(second)}
        elif items:
            width = float(items.pop(0))
            last = min(int(second), first + MAX_RANGE)
            widths |= dict.fromkeys(range(first, last + 1), width)
    return widths


def _letters(table: bytes) -> dict[int, str]:
    """Code → letters of a ToUnicode table."""
    letters: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        if kind == b"bfchar":
            for code, text in _CHAR.findall(body):
                letters[int(code, 16)] = _text(text)
        else:
            for first, last, text, each in _RANGE.findall(body):
                letters |= dict(_spread(int(first, 16), int(last, 16), text, each))
    return letters


def _spread(
    first: int, last: int, text: bytes, each: bytes
) -> Iterator[tuple[int, str]]:
    if each:
        singles = re.findall(rb"<([0-9A-Fa-f\s]*)>", each)
        yield from ((first + at, _text(one)) for at, one in enumerate(singles))
        return
    start = _text(text)
    if not start:
        return
    for step in range(min(last - first, MAX_RANGE) + 1):
        yield first + step, start[:-1] + chr(min(ord(start[-1]) + step, 0x10FFFF))


def _text(digits: bytes) -> str:
    data = bytes.fromhex(re.sub(rb"\s", b"", digits).decode())
    return (
        data.decode("utf-16-be", "ignore") if len(data) > 1 else data.decode("latin-1")
    )
