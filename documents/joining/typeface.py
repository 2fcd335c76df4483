"""IBM Plex Sans as this project writes it itself: measured, and embedded as a subset."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MM = 72 / 25.4
# What a PDF reader needs of a TrueType font whose glyphs are named by number.
KEPT_TABLES = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
ELLIPSIS = "…"
REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as PDF draws it.

    Attributes:
        hexadecimal: the PDF string.
        glyphs: glyph number → the first character drawn with it.
        width: in thousandths of the size.
    """

    hexadecimal: str
    glyphs: Mapping[int, str]
    width: float


class Face:
    """The measures of one font file; all lengths for a size in points."""

    def __init__(self, path: Path) -> None:
        """Read ``path``, a TrueType file.

        Raises:
            FileNotFoundError: there is no such file.
        """
        self.path = path
        self._cleaned: dict[str, str] = {}
        self._shown: dict[str, Shown] = {}
        with TTFont(path, lazy=True) as font:
            self.name: str = font["name"].getDebugName(6)
            self.cmap: dict[int, str] = font.getBestCmap()
            self.order: dict[str, int] = font.getReverseGlyphMap()
            units = font["head"].unitsPerEm
            self._widths: dict[str, float] = {
                glyph: 1000 * width / units
                for glyph, (width, _) in font["hmtx"].metrics.items()
            }
            self.ascent = 1000 * font["hhea"].ascent / units
            self.descent = 1000 * font["hhea"].descent / units
            self.cap_height = 1000 * font["OS/2"].sCapHeight / units
            self.is_bold: bool = font["OS/2"].usWeightClass >= 600  # noqa: PLR2004
            head = font["head"]
            self.box = [
                round(1000 * edge / units)
                for edge in (head.xMin, head.yMin, head.xMax, head.yMax)
            ]

    def clean(self, text: str) -> str:
        """``text`` with only what the font can draw; unknown characters become "?"."""
        # A packet says the same words on many pages: each is looked at once.
        found = self._cleaned.get(text)
        if found is None:
            if len(self._cleaned) >= REMEMBERED:
                self._cleaned.clear()
            found = self._cleaned[text] = self._clean(text)
        return found

    def _clean(self, text: str) -> str:
        shown = (
            char if ord(char) in self.cmap else " " if char.isspace() else "?"
            for char in unicodedata.normalize("NFC", text)
            if unicodedata.category(char) not in {"Cc", "Cf"} or char.isspace()
        )
        return " ".join("".join(shown).split())

    def advance(self, char: str) -> float:
        """The width of ``char`` in thousandths of the size."""
        return self._widths[self.cmap[ord(char)]]

    def shown(self, text: str) -> Shown:
        """How ``text``, which ``clean`` has passed, is drawn."""
        found = self._shown.get(text)
        if found is None:
            if len(self._shown) >= REMEMBERED:
                self._shown.clear()
            found = self._shown[text] = self._show(text)
        return found

    def _show(self, text: str) -> Shown:
        glyphs = [self.order[self.cmap[ord(char)]] for char in text]
        return Shown(
            hexadecimal=f"<{''.join(f'{glyph:04x}' for glyph in glyphs)}>",
            glyphs=dict(zip(reversed(glyphs), reversed(text), strict=True)),
            width=sum(map(self.advance, text)),
        )

    def width(self, text: str, size: float) -> float:
        """The width in points of ``text``, which ``clean`` has passed."""
        return self.shown(text).width * size / 1000

    def clipped(self, text: str, size: float, room: float) -> str:
        """``text`` cleaned and, where it is wider than ``room`` points, cut with "…"."""
        text = self.clean(text)
        if self.width(text, size) <= room:
            return text
        free = room * 1000 / size - self.advance(ELLIPSIS)
        ends = list(accumulate(map(self.advance, text)))
        text = text[: bisect_right(ends, free)]
        return text.rstrip(" ,.;:–-") + ELLIPSIS if text else ""


@lru_cache(maxsize=8)
def face(path: Path) -> Face:
    """The measures of ``path``, read once a process."""
    return Face(path)


@lru_cache(maxsize=32)
def font_program(path: Path, glyphs: frozenset[int]) -> bytes:
    """The font file with only ``glyphs``, under the numbers they had.

    Packets draw the same letters again and again; the latest subsets are kept (30 kB each).
    """
    # A tenth of every start, for those alone who write a PDF.
    from fontTools import subset  # noqa: PLC0415

    options = subset.Options()
    options.retain_gids = True
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = []
    options.recalc_timestamp = False
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        options.drop_tables = [tag for tag in font.keys() if tag not in KEPT_TABLES]  # noqa: SIM118
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=sorted(glyphs))
        subsetter.subset(font)
        out = io.BytesIO()
        font.save(out, reorderTables=None)
    return out.getvalue()


def _unicode_map(chars: dict[int, str]) -> bytes:
    """A ToUnicode CMap: glyph number → character."""
    rows = [
        f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>"
        for glyph, char in sorted(chars.items())
    ]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _subset_tag(glyphs: list[int]) -> str:
    """Six capitals that tell one subset of a font from another."""
    digest = hashlib.sha256(repr(glyphs).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


class Embedded:
    """One font of a PDF: collects the characters used, then writes their subset.

    The font dictionary exists from the start so that pages can name it; ``finish``
    fills it when the last text is drawn.
    """

    def __init__(self, pdf: Pdf, path: Path) -> None:
        self.face = face(path)
        self.pdf = pdf
        self.used: dict[int, str] = {}
        self.obj: Any = pdf.make_indirect(Dictionary(Type=Name.Font))

    def encode(self, text: str) -> str:
        """``text``, which ``clean`` has passed, as a hexadecimal PDF string."""
        shown = self.face.shown(text)
        for glyph, char in shown.glyphs.items():
            self.used.setdefault(glyph, char)
        return shown.hexadecimal

    def finish(self) -> None:
        """Write the subset, its widths and its ToUnicode map into the dictionary."""
        program = font_program(self.face.path, frozenset(self.used))
        tag = _subset_tag(sorted(self.used))
        name = Name(f"/{tag}+{self.face.name}")
        file = self.pdf.make_stream(program, Length1=len(program))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array(self.face.box),
            ItalicAngle=0,
            Ascent=round(self.face.ascent),
            Descent=round(self.face.descent),
            CapHeight=round(self.face.cap_height),
            StemV=120 if self.face.is_bold else 80,
            FontFile2=file,
        )
        widths: list[Any] = []
        for glyph, char in sorted(self.used.items()):
            widths += [glyph, Array([round(self.face.advance(char))])]
        cid = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            CIDToGIDMap=Name.Identity,
            DW=0,
            W=Array(widths),
            FontDescriptor=self.pdf.make_indirect(descriptor),
        )
        self.obj.Subtype = Name.Type0
        self.obj.BaseFont = name
        self.obj.Encoding = Name("/Identity-H")
        self.obj.DescendantFonts = Array([self.pdf.make_indirect(cid)])
        self.obj.ToUnicode = self.pdf.make_stream(_unicode_map(self.used))
