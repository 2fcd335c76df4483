"""Files with an invented CPR number in one place each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents import telling as t

if TYPE_CHECKING:
    from collections.abc import Callable

# A date, and four digits that fail the checksum of the time before 2007.
SPELLINGS = ("010203-1234", "010203 1234", "0102031234", "010203–1234")


def drawn(before: bytes, after: bytes = b"") -> Callable[[str], bytes]:
    """The number is drawn on the page, by a font that knows the long hyphen."""

    def make(number: str) -> bytes:
        pdf = h.plain()
        pdf.pages[0].obj.Resources.Font.F1.Encoding = Name.WinAnsiEncoding
        text = b"(" + number.encode("cp1252") + b")"
        pdf.pages[0].contents_add(
            b"BT /F1 12 Tf 1 0 0 1 72 600 Tm " + before + text + b" Tj ET " + after
        )
        return h.written(pdf)

    return make


def field(number: str) -> bytes:
    """The number is what somebody filled in."""
    pdf = h.plain()
    font = pdf.pages[0].obj.Resources.Font.F1
    font.Encoding = Name.WinAnsiEncoding
    item = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("navn"),
            V=String(number), DA=String("/F1 12 Tf 0 g"),
            Rect=Array([72, 600, 300, 620]),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([item])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([item]),
        DR=Dictionary(Font=Dictionary(F1=font)),
        NeedAppearances=True,
    )
    return h.written(pdf)


def note(number: str) -> bytes:
    return h.with_annotation(Subtype=Name.FreeText, Contents=String(f"Se {number}"))


def title(number: str) -> bytes:
    pdf = h.plain()
    pdf.docinfo.Title = String(f"Sag om {number}")
    return h.written(pdf)


def bookmark(number: str) -> bytes:
    pdf = Pdf.open(io.BytesIO(h.with_bookmark(h.address("https://a.dk"))))
    pdf.Root.Outlines.First.Title = String(number)
    return h.written(pdf)


def alternative(number: str) -> bytes:
    return f.flawed(f.attribute("Figure", Alt=String(f"Kort med {number}")))


def comment(number: str) -> bytes:
    return h.with_annotation(Subtype=Name.Text, Contents=String(number))


def author(number: str) -> bytes:
    pdf = h.plain()
    pdf.docinfo.Author = String(number)
    return h.written(pdf)


def certificate(number: str) -> bytes:
    pdf = h.plain()
    pdf.Root.DSS = Dictionary(Certs=Array([pdf.make_stream(number.encode())]))
    return h.written(pdf)


def layer(number: str) -> bytes:
    def change(pdf: Pdf) -> None:
        t.layered(pdf)
        text = t.HIDDEN_TEXT.replace(b"kanariefugl", number.encode("cp1252"))
        pdf.pages[0].contents_add(text)

    return t.changed(change)


def attachment(number: str) -> bytes:
    pdf = h.plain()
    pdf.attachments["liste.txt"] = number.encode()
    return h.written(pdf)


def revision(number: str) -> bytes:
    return t.revised().replace(b"(kanariefugl)", f"({number:11.11})".encode("cp1252"))


FOUND: dict[str, Callable[[str], bytes]] = {
    "body": drawn(b"(Barnet ) Tj "),
    "table": drawn(b"(Navn) Tj 200 0 Td "),
    "header": drawn(b"1 0 0 1 72 820 Tm "),
    "white text": drawn(b"1 g "),
    "unseen text": drawn(b"3 Tr "),
    "text below a box": drawn(b"", b"0 g 60 590 200 30 re f"),
    "form field": field,
    "note on the page": note,
    "bookmark": bookmark,
    "alternative text": alternative,
}
GONE: dict[str, Callable[[str], bytes]] = {
    "title": title,
    "comment": comment,
    "author": author,
    "certificate": certificate,
    "hidden layer": layer,
    "attachment": attachment,
    "earlier revision": revision,
}
