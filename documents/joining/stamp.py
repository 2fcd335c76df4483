"""The stamp, the text beside it and the foot: page artifacts, put on at joining.

Lengths are in points from the lower left corner of the page as displayed, unless a
name ends in ``_mm``: those are measured as the eye does, from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary

from documents.joining.typeface import MM, Embedded
from documents.objects import number

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Pdf

BRAND_DARK = "0.05098 0.20784 0.32157"  # #0d3552
INK = "0.10196 0.12549 0.14902"  # #1a2026
INK_2 = "0.2902 0.33333 0.37255"  # #4a555f
WHITE = "1 1 1"

BOX_MM = (98.0, 7.0)
EDGE_MM = 20.0
TOP_MM = 6.0
BASELINE_MM = 4.88
FIELDS_MM = (28.0, 35.0, 35.0)
PADDING_MM = 2.5
LEFT_ROOM_MM = 68.0
FOOT_MM = 279.6
# The baseline of a remark, from the lower edge: below the frame of a page from outside.
REMARK_MM = 1.9
RULE = 0.75

SMALL = 8.5
LABEL = 9.5
NUMBER = 13.0
LINE = 12.0

REGULAR, SEMIBOLD = "/KkrText", "/KkrStrong"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words of one page's stamp: "2.1 Bilag 3", "bilagets side 11 af 25", "41"."""

    label: str
    own: str
    number: str
    left: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is shown; with ``room``, in points, a longer one is made smaller."""

    size: float = SMALL
    ink: str = INK
    is_strong: bool = False
    is_right: bool = False
    room: float = 0.0


class Stamper:
    """Draws stamps for the pages of one PDF; both fonts are embedded once."""

    def __init__(self, pdf: Pdf, fonts: Path) -> None:
        self.regular = Embedded(pdf, fonts / "IBMPlexSans-Regular.ttf")
        self.semibold = Embedded(pdf, fonts / "IBMPlexSans-SemiBold.ttf")

    def named_on(self, page: Any, operators: bytes) -> bytes:
        """Put the fonts that are used on a page; give the operators with their names there.

        A page of a packet that comes back has fonts of the same names already.
        """
        fonts = _below(_below(page, "/Resources"), "/Font")
        for name, font in (
            (REGULAR, self.regular.obj),
            (SEMIBOLD, self.semibold.obj),
        ):
            if f"{name} ".encode() not in operators:
                continue
            key = _free_key(fonts, name, font)
            fonts[key] = font
            operators = operators.replace(f"{name} ".encode(), f"{key} ".encode())
        return operators

    def remark(self, text: str, width: float) -> bytes:
        """Draw a line in the margin below all that a page has, at its right edge."""
        at = (width - EDGE_MM * MM, REMARK_MM * MM)
        look = Look(is_strong=True, is_right=True, room=width - 2 * EDGE_MM * MM)
        return f"{FOOTER}\nq\n{self.text(text, at, look)}\nQ\nEMC".encode("ascii")

    def finish(self) -> None:
        """Write the fonts; call once, after the last stamp."""
        for font in (self.regular, self.semibold):
            if font.used:
                font.finish()

    def text(self, text: str, at: tuple[float, float], look: Look) -> str:
        """Operators that show ``text`` on the baseline ``at``."""
        font = self.semibold if look.is_strong else self.regular
        text, size = font.face.clean(text), look.size
        if not text:
            return ""
        if look.room:
            size *= min(1.0, look.room / font.face.width(text, size))
        x = at[0] - (font.face.width(text, size) if look.is_right else 0)
        name = SEMIBOLD if look.is_strong else REGULAR
        return (
            f"BT {look.ink} rg {name} {number(size)} Tf "
            f"{number(x)} {number(at[1])} Td {font.encode(text)} Tj ET"
        )

    def _left(self, text: str, height: float, end: float) -> str:
        """The text left of the stamp, which begins ``end`` points from the edge."""
        room = min(LEFT_ROOM_MM * MM, end - (EDGE_MM + 2) * MM)
        text = self.regular.face.clipped(text, SMALL, room) if room > 0 else ""
        y = height - (TOP_MM + BASELINE_MM) * MM
        return self.text(text, (EDGE_MM * MM, y), Look(ink=INK_2))

    def _foot(self, text: str, width: float, height: float) -> str:
        """The text at the foot, its line box 279.6 mm down an upright A4 page."""
        room = width - 2 * EDGE_MM * MM
        text = self.regular.face.clipped(text, SMALL, room)
        if not text:
            return ""
        face = self.regular.face
        lead = (LINE - (face.ascent - face.descent) * SMALL / 1000) / 2
        below_mm = 297 - FOOT_MM
        y = below_mm * MM - lead - face.ascent * SMALL / 1000
        y = min(y, height)
        shown = self.text(text, (EDGE_MM * MM, y), Look(ink=INK_2))
        return f"{FOOTER}\nq\n{shown}\nQ\nEMC"

    def in_packet(self, stamp: Stamp, width: float, height: float) -> bytes:
        """The box with its three fields, the left text and the foot of one page.

        Args:
            stamp: the words.
            width: of the page as displayed, in points; at least 140 mm.
            height: of the page as displayed, in points.
        """
        box_x = width - (EDGE_MM + BOX_MM[0]) * MM
        box_y = height - (TOP_MM + BOX_MM[1]) * MM
        base = height - (TOP_MM + BASELINE_MM) * MM
        starts = [box_x + offset * MM for offset in (0, 28, 63)]
        pad = PADDING_MM * MM
        right = box_x + BOX_MM[0] * MM - pad
        first, second = ((width_mm - 2 * PADDING_MM) * MM for width_mm in FIELDS_MM[:2])
        words = [
            self._left(stamp.left, height, box_x),
            self.text(
                stamp.label,
                (starts[0] + pad, base),
                Look(LABEL, is_strong=True, room=first),
            ),
            self.text(stamp.own, (starts[1] + pad, base), Look(room=second)),
            self.text("pakkens side", (starts[2] + pad, base), Look(ink=WHITE)),
            self.text(
                stamp.number,
                (right, base),
                Look(NUMBER, WHITE, is_strong=True, is_right=True),
            ),
        ]
        shown = "\n".join(filter(None, [_box(box_x, box_y), *words]))
        foot = self._foot(stamp.foot, width, height)
        return f"{HEADER}\nq\n{shown}\nQ\nEMC\n{foot}".encode("ascii")

    def alone(self, stamp: Stamp, width: float, height: float) -> bytes:
        """Draw "side 4 af 25" in the same corner, without a box, the left text, the foot.

        Args:
            stamp: its own words, left text and foot; it has no number of a packet.
        """
        at = (width - EDGE_MM * MM, height - (TOP_MM + BASELINE_MM) * MM)
        words = self.text(stamp.own, at, Look(ink=INK_2, is_right=True))
        left = self._left(stamp.left, height, width - 2 * EDGE_MM * MM)
        shown = "\n".join(filter(None, [left, words]))
        end = self._foot(stamp.foot, width, height)
        return f"{HEADER}\nq\n{shown}\nQ\nEMC\n{end}".encode("ascii")


def _below(owner: Any, key: str) -> Any:
    """The dictionary ``owner[key]``, made where there is none."""
    if not isinstance(owner.get(key), Dictionary):
        owner[key] = Dictionary()
    return owner[key]


def _free_key(fonts: Any, name: str, font: Any) -> str:
    """Give a name that no other font of the page has."""
    key, at = name, 1
    while key in fonts and fonts[key].objgen != font.objgen:
        at += 1
        key = f"{name}{at}"
    return key


def _box(x: float, y: float) -> str:
    """The white box, its filled third field, the frame and the rule between."""
    width, height = BOX_MM[0] * MM, BOX_MM[1] * MM
    second, third = x + FIELDS_MM[0] * MM, x + sum(FIELDS_MM[:2]) * MM
    inset = RULE / 2
    frame = (x + inset, y + inset, width - RULE, height - RULE)
    return "\n".join(
        [
            f"{WHITE} rg {_rect(x, y, width, height)} f",
            f"{BRAND_DARK} rg {_rect(third, y, FIELDS_MM[2] * MM, height)} f",
            f"{BRAND_DARK} RG {number(RULE)} w {_rect(*frame)} S",
            f"{number(second)} {number(y)} m {number(second)} {number(y + height)} l S",
        ]
    )


def _rect(*sides: float) -> str:
    return " ".join(map(number, sides)) + " re"
