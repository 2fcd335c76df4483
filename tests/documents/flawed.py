"""Tagged files with one flaw each: what real programs get wrong in their tags.

Every function takes an honest PDF/UA file and spoils one thing in it.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream
from weasyprint import HTML

from documents.fonts import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable

# A picture of one dot.
_DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4"
    "2mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_PAGE = f"""<html lang=da><title>Prøve</title><style>
@font-face {{ font-family: Plex; src: url({(fonts_folder() / "IBMPlexSans-Regular.ttf").as_uri()}) }}
body {{ font: 11pt Plex }}</style>
<h1>Et</h1><p>Tekst med <a href="https://example.dk">et link</a></p>
<h2>To</h2><ul><li>a</li><li>b</li></ul>
<table><caption>t</caption><thead><tr><th scope=col>a</th><th scope=col>b</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>
<img alt="et billede" src="{_DOT}" width=50 height=50><p>Slut</p></html>"""

SQUARE = b"0 0 5 5 re f"
type Flaw = Callable[[Pdf], object]


@cache
def _honest() -> bytes:
    return bytes(HTML(string=_PAGE).write_pdf(pdf_variant="pdf/ua-1"))


def flawed(flaw: Flaw) -> bytes:
    """The honest file with ``flaw`` in it."""
    with Pdf.open(io.BytesIO(_honest())) as pdf:
        flaw(pdf)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def elements(pdf: Pdf, role: str) -> list[Any]:
    """All structure elements of ``role``."""
    return [
        item
        for item in pdf.objects
        if isinstance(item, Dictionary)
        and item.get(Name.S) == Name("/" + role)
        and Name.P in item
    ]


def of_type(pdf: Pdf, kind: str) -> list[Any]:
    """All dictionaries of a type: "Font", "FontDescriptor"."""
    found = [item for item in pdf.objects if isinstance(item, Dictionary)]
    return [item for item in found if item.get(Name.Type) == Name("/" + kind)]


def role(old: str, new: str) -> Flaw:
    """The first ``old`` element calls itself ``new``."""
    return lambda pdf: setattr(elements(pdf, old)[0], "S", Name("/" + new))


def attribute(kind: str, **entries: Any) -> Flaw:
    """The first ``kind`` element has other table attributes, or other entries."""
    return lambda pdf: elements(pdf, kind)[0].update(Dictionary(**entries))


def roles(**table: Any) -> Flaw:
    """The role map says ``table``."""
    return lambda pdf: setattr(pdf.Root.StructTreeRoot, "RoleMap", Dictionary(**table))


def drawn(content: bytes) -> Flaw:
    """More is drawn on the page."""
    return lambda pdf: pdf.pages[0].contents_add(content)


def drawn_form(content: bytes, call: bytes) -> Flaw:
    """More is drawn by a form that ``call`` shows."""

    def flaw(pdf: Pdf) -> None:
        form = Stream(pdf, content)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, 9, 9])
        pdf.pages[0].add_resource(pdf.make_indirect(form), Name.XObject, Name.Zz)
        pdf.pages[0].contents_add(call)

    return flaw


def drawn_text(content: bytes) -> Flaw:
    """Text in a font that is not in the file is drawn as an artifact."""

    def flaw(pdf: Pdf) -> None:
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )  # fmt: skip
        pdf.pages[0].add_resource(font, Name.Font, Name.Hv)
        pdf.pages[0].contents_add(b"/Artifact BMC BT " + content + b" ET EMC")

    return flaw


def drawn_code(code: bytes) -> Flaw:
    """A code of the file's own font is drawn as an artifact."""

    def flaw(pdf: Pdf) -> None:
        (name, *_) = pdf.pages[0].obj.Resources.Font.keys()
        text = name.encode() + b" 9 Tf <" + code + b"> Tj"
        pdf.pages[0].contents_add(b"/Artifact BMC BT " + text + b" ET EMC")

    return flaw


def annotation(**entries: Any) -> Flaw:
    """The page has one more annotation, outside the tags."""

    def flaw(pdf: Pdf) -> None:
        item = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(item))

    return flaw


def without(kind: str, *keys: str) -> Flaw:
    """Everything of a type lacks ``keys``."""

    def flaw(pdf: Pdf) -> None:
        for item in of_type(pdf, kind):
            for key in keys:
                if key in item:
                    del item[key]

    return flaw


def no_headers(pdf: Pdf) -> None:
    """No cell of a table says what it belongs to."""
    for kind in ("TH", "TD"):
        for cell in elements(pdf, kind):
            if Name.A in cell:
                del cell[Name.A]


def cell_gone(pdf: Pdf) -> None:
    """A row of a table is one cell short."""
    cell = elements(pdf, "TD")[0]
    row = cell.P
    row.K = Array([kid for kid in row.K if kid.objgen != cell.objgen])


def caption_between(pdf: Pdf) -> None:
    """A caption stands in the middle of its table."""
    caption = elements(pdf, "Caption")[0]
    rest = [kid for kid in caption.P.K if kid.objgen != caption.objgen]
    caption.P.K = Array([rest[0], caption, *rest[1:]])


def wide_letters(pdf: Pdf) -> None:
    """The file lies about the width of its letters."""
    for font in of_type(pdf, "Font"):
        if Name.W in font:
            font.W[1] = Array([int(width) + 200 for width in font.W[1]])


def letters_nowhere(pdf: Pdf) -> None:
    """Some characters stand for nothing."""
    (font, *_) = pdf.pages[0].obj.Resources.Font.values()
    table = font.ToUnicode.read_bytes()
    bad = re.sub(rb"(<\w+>\s*)<\w{4}>(?=\s)", rb"\1<0000>", table, count=3)
    font.ToUnicode = pdf.make_stream(bad)


def suspects(pdf: Pdf) -> None:
    """The file says that its tags cannot be trusted."""
    pdf.Root.MarkInfo.Suspects = True


def no_link_names(pdf: Pdf) -> None:
    """Links have no text of their own, and the order of tabs is open."""
    page = pdf.pages[0].obj
    for item in page.Annots:
        if Name.Contents in item:
            del item[Name.Contents]
    if Name.Tabs in page:
        del page[Name.Tabs]


def glyph_list(pdf: Pdf) -> None:
    """The list of glyphs in a font is wrong."""
    for item in of_type(pdf, "FontDescriptor"):
        item.CIDSet = pdf.make_stream(b"\x80")


def no_parent(pdf: Pdf) -> None:
    """An element does not say what it stands below."""
    del elements(pdf, "Figure")[0][Name.P]
