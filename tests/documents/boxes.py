"""Pages on which something lies over a text, and honest pages that look a little alike."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = b"BT /F1 12 Tf 72 700 Td (Navn: Anders And) Tj ET "
BOX = b"70 696 120 14 re f "
RECT = [70, 696, 190, 710]
QUADS = [70, 710, 190, 710, 70, 696, 190, 696]
type Change = Callable[[Pdf], None]


def page(content: bytes, *changes: Change) -> bytes:
    """One page that draws ``content`` in Helvetica, and what ``changes`` add to it."""
    pdf = Pdf.new()
    sheet = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    sheet.add_resource(font, Name.Font, Name.F1)
    sheet.contents_add(content)
    for change in changes:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def resource(kind: str, name: str, value: Any) -> Change:
    """The page's resources have one thing more."""

    def change(pdf: Pdf) -> None:
        pdf.pages[0].add_resource(value, Name("/" + kind), Name("/" + name))

    return change


def settings(**entries: Any) -> Change:
    """The graphics settings /G0."""
    return resource("ExtGState", "G0", Dictionary(**entries))


def form(content: bytes, **entries: Any) -> Change:
    """The drawing /X0."""

    def change(pdf: Pdf) -> None:
        drawn = Stream(pdf, content)
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox = Array([0, 0, 595, 842])
        for key, value in entries.items():
            drawn["/" + key] = value
        resource("XObject", "X0", pdf.make_indirect(drawn))(pdf)

    return change


def picture(**entries: Any) -> Change:
    """The picture /I0, a black dot."""

    def change(pdf: Pdf) -> None:
        drawn = Stream(pdf, b"\0")
        plain = {"Width": 1, "Height": 1, "ColorSpace": Name.DeviceGray}
        for key, value in (plain | {"BitsPerComponent": 8} | entries).items():
            drawn["/" + key] = value
        drawn.Type, drawn.Subtype = Name.XObject, Name.Image
        resource("XObject", "I0", pdf.make_indirect(drawn))(pdf)

    return change


def mark(kind: str, look: bytes = b"", **entries: Any) -> Change:
    """An annotation over the name; ``look`` draws it."""

    def change(pdf: Pdf) -> None:
        item = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(RECT), F=4, **entries
        )
        if look:
            drawn = Stream(pdf, look)
            drawn.Type, drawn.Subtype = Name.XObject, Name.Form
            drawn.BBox = Array([0, 0, 120, 14])
            item.AP = Dictionary(N=pdf.make_indirect(drawn))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(item)])

    return change


COVERED: dict[str, bytes] = {
    "black box": page(NAME + BOX),
    "white box": page(NAME + b"1 g " + BOX),
    "box over a part": page(NAME + b"104 696 60 14 re f"),
    "box of four lines": page(NAME + b"70 696 m 190 696 l 190 710 l 70 710 l h f"),
    "box in a moved system": page(NAME + b"q 2 0 0 2 30 600 cm 20 48 60 7 re f Q"),
    "box in print colours": page(NAME + b"0 0 0 1 k " + BOX),
    "thick line": page(NAME + b"14 w 70 703 m 190 703 l S"),
    "box in a form": page(NAME + b"/X0 Do", form(BOX)),
    "text in a form": page(b"/X0 Do " + BOX, form(NAME)),
    "black highlight below": page(b"0 g " + BOX + NAME),
    "dark text on dark": page(b".1 g " + BOX + b".05 .05 .1 rg " + NAME),
    "unseen text of a scan": page(b"3 Tr " + NAME + b"0 g " + BOX),
    "white text below": page(b"1 g " + NAME + b"0 g " + BOX),
    "picture": page(NAME + b"q 120 0 0 14 70 696 cm /I0 Do Q", picture()),
    "black in multiply": page(NAME + b"/G0 gs 0 g " + BOX, settings(BM=Name.Multiply)),
    "square": page(NAME, mark("Square", IC=Array([0, 0, 0]))),
    "square with a look": page(NAME, mark("Square", b"0 0 120 14 re f")),
    "black highlight": page(
        NAME, mark("Highlight", C=Array([0, 0, 0]), QuadPoints=Array(QUADS))
    ),
    "redaction not carried out": page(NAME, mark("Redact", QuadPoints=Array(QUADS))),
    "spaced by hand": page(
        b"BT /F1 12 Tf 72 700 Td [(An) -250 (ders)] TJ 3 Tc (And) ' ET " + BOX
    ),
    "turned text": page(
        b"BT /F1 12 Tf 0 1 -1 0 100 400 Tm (Anders And) Tj ET 88 395 16 120 re f"
    ),
}

CLEAN: dict[str, bytes] = {
    "nothing drawn": page(NAME),
    "box before": page(b".9 g " + BOX + b"0 g " + NAME),
    "white on black": page(b"0 g " + BOX + b"1 g " + NAME),
    "box elsewhere": page(NAME + b"70 596 120 14 re f"),
    "underline": page(NAME + b"72 698 90 1 re f"),
    "strike-through": page(NAME + b"72 703.5 90 1 re f"),
    "thin line": page(NAME + b"1 w 72 703 m 190 703 l S"),
    "frame": page(NAME + b"1 w 70 696 120 14 re S"),
    "frame as a filled ring": page(NAME + b"60 690 140 30 re 62 692 136 26 re f*"),
    "highlighter": page(NAME + b"/G0 gs 1 1 0 rg " + BOX, settings(BM=Name.Multiply)),
    "translucent box": page(NAME + b"/G0 gs " + BOX, settings(ca=0.3)),
    "translucent form": page(NAME + b"/G0 gs /X0 Do", settings(ca=0.3), form(BOX)),
    "box cut away": page(NAME + b"q 0 0 50 50 re W n 0 0 595 842 re f Q"),
    "pattern": page(
        NAME + b"/Pattern cs /P0 scn " + BOX,
        resource("Pattern", "P0", Dictionary(PatternType=2)),
    ),
    "scan over its text": page(
        b"3 Tr " + NAME + b"q 595 0 0 842 0 0 cm /I0 Do Q", picture()
    ),
    "scan over visible text": page(NAME + b"q 595 0 0 842 0 0 cm /I0 Do Q", picture()),
    "picture that shines through": page(
        NAME + b"q 120 0 0 14 70 696 cm /I0 Do Q", picture(Mask=Array([0, 0]))
    ),
    "yellow highlight": page(
        NAME, mark("Highlight", C=Array([1, 1, 0]), QuadPoints=Array(QUADS))
    ),
    "empty square": page(NAME, mark("Square", C=Array([1, 0, 0]))),
    "hidden square": page(NAME, mark("Square", IC=Array([0, 0, 0]))).replace(
        b"/F 4", b"/F 2"
    ),
    "box in a form cut small": page(
        NAME + b"/X0 Do", form(BOX, BBox=Array([0, 0, 9, 9]))
    ),
    "curved logo": page(NAME + b"70 696 m 100 760 160 760 190 696 c 130 700 l h f*"),
    "text over covered ground": page(BOX + b"1 g " + BOX + b"0 g " + NAME),
}
