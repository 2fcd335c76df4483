"""Embedded font programs, read as far as their glyphs' numbers and widths."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, Protocol

from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont

# The library imports these when a font asks for them; in the child, whose file system
# is an empty folder, that would be too late.
from fontTools.ttLib.tables import (  # noqa: F401
    C_F_F_,
    DefaultTable,
    _c_m_a_p,
    _g_l_y_f,
    _h_e_a_d,
    _h_h_e_a,
    _h_m_t_x,
    _l_o_c_a,
    _m_a_x_p,
    _p_o_s_t,
)
from pikepdf import Name, Stream

if TYPE_CHECKING:
    from collections.abc import Mapping


class Program(Protocol):
    """Glyphs by number; number 0 stands for "no such glyph"."""

    def count(self) -> int: ...

    def width(self, glyph: int) -> float:
        """The advance of ``glyph`` in thousandths of the size."""
        ...


class TrueType:
    """A TrueType program (FontFile2)."""

    def __init__(self, data: bytes) -> None:
        """Read the head of ``data``.

        Raises:
            Exception: whatever the font library meets in a broken font.
        """
        self.font = TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
        self.units: int = self.font["head"].unitsPerEm
        self.metrics: bytes = self.font.reader["hmtx"]
        self.long: int = self.font["hhea"].numberOfHMetrics

    def count(self) -> int:
        return int(self.font["maxp"].numGlyphs)

    def width(self, glyph: int) -> float:
        place = 4 * min(glyph, self.long - 1)
        (advance,) = struct.unpack_from(">H", self.metrics, place)
        return float(1000 * advance / self.units)

    def cmap(self, platform: int, encoding: int) -> Mapping[int, int] | None:
        """Code → glyph of one of the font's tables; None if it has none such."""
        if "cmap" not in self.font:
            return None
        table = self.font["cmap"].getcmap(platform, encoding)
        if table is None:
            return None
        return {code: self.font.getGlyphID(name) for code, name in table.cmap.items()}


class Compact:
    """A compact program (FontFile3): glyphs by number, by name or by CID."""

    def __init__(self, data: bytes) -> None:
        """Read the head of ``data``, bare or inside OpenType.

        Raises:
            Exception: whatever the font library meets in a broken font.
        """
        if data[:4] == b"OTTO":
            self.fonts = TTFont(io.BytesIO(data), lazy=True)["CFF "].cff
        else:
            self.fonts = CFFFontSet()
            self.fonts.decompile(io.BytesIO(data), None)
        self.top: Any = self.fonts[0]
        names = self.top.charset
        self.by_name = {name: number for number, name in enumerate(names)}
        self.names = names
        self.has_cids = hasattr(self.top, "ROS")
        matrix = getattr(self.top, "FontMatrix", None) or [0.001]
        self.scale = 1000 * matrix[0]

    def count(self) -> int:
        return len(self.names)

    def glyph_of_cid(self, cid: int) -> int:
        """The glyph of ``cid``, 0 if there is none."""
        if not self.has_cids:
            return cid if cid < self.count() else 0
        return self.by_name.get(f"cid{cid:05d}", 0)

    def width(self, glyph: int) -> float:
        string = self.top.CharStrings[self.names[glyph]]
        private = string.private
        reader = T2WidthExtractor(
            getattr(private, "Subrs", []),
            self.fonts.GlobalSubrs,
            private.nominalWidthX,
            private.defaultWidthX,
            private,
        )
        reader.execute(string)
        return float(reader.width * self.scale)


def program_of(descriptor: Any) -> TrueType | Compact | None:
    """The embedded program, or None if it is of the oldest kind (Type 1) or missing.

    Raises:
        Exception: whatever the font library meets in a broken font.
    """
    file = descriptor.get(Name.FontFile2)
    if isinstance(file, Stream):
        return TrueType(file.read_bytes())
    file = descriptor.get(Name.FontFile3)
    if not isinstance(file, Stream):
        return None
    data = file.read_bytes()
    return TrueType(data) if data[:4] in {b"\0\1\0\0", b"true"} else Compact(data)
