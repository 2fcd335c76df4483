"""Files that tell more than they show; in each stands the word that must not come out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from tests.documents import hostile as h

if TYPE_CHECKING:
    from collections.abc import Callable

# What must be nowhere in a cleaned copy, in any spelling of a string.
CANARY = "kanariefugl"
SECRET = String(CANARY)
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>'
    f"{CANARY}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def changed(change: Callable[[Pdf], object]) -> bytes:
    """An honest file with its title, and what ``change`` does to it."""
    pdf = h.plain()
    pdf.docinfo.Title = String("Årsberetning")
    change(pdf)
    return h.written(pdf)


def metadata(pdf: Pdf, text: str = XMP) -> Any:
    """A stream of metadata."""
    return pdf.make_indirect(
        Stream(pdf, text.encode(), Type=Name.Metadata, Subtype=Name.XML)
    )


def info(pdf: Pdf) -> None:
    """The author, his firm and his disk, in the oldest place."""
    for key in ("Author", "Company", "SourcePath"):
        pdf.docinfo["/" + key] = SECRET


def catalog_metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata = metadata(pdf)


def picture_metadata(pdf: Pdf) -> None:
    """A drawing remembers who drew it, and keeps the drawing program's own data."""
    form = Stream(pdf, b"0 0 9 9 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Metadata = metadata(pdf)
    form.PieceInfo = Dictionary(Program=Dictionary(Private=SECRET))
    pdf.pages[0].add_resource(pdf.make_indirect(form), Name.XObject, Name.Fm)
    pdf.pages[0].contents_add(b"/Fm Do")
    pdf.docinfo.Author = SECRET


def piece_info(pdf: Pdf) -> None:
    """Private data of programs on the catalog and the page, and a thumbnail."""
    private = Dictionary(Program=Dictionary(Private=SECRET))
    pdf.Root.PieceInfo = private
    pdf.pages[0].obj.PieceInfo = private
    pdf.pages[0].obj.Thumb = pdf.make_indirect(Stream(pdf, CANARY.encode()))
    pdf.docinfo.Author = SECRET


def certificates(pdf: Pdf) -> None:
    """What is kept beside a signature to check it by: names, sometimes numbers."""
    stream = pdf.make_indirect(Stream(pdf, CANARY.encode()))
    pdf.Root.DSS = Dictionary(Certs=Array([stream]))


def annotated(**entries: Any) -> Callable[[Pdf], None]:
    """The page has an annotation."""

    def change(pdf: Pdf) -> None:
        item = Dictionary(Type=Name.Annot, Rect=Array([10, 10, 90, 30]), **entries)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(item)])

    return change


def layered(pdf: Pdf, *, is_off: bool = True, **settings: Any) -> Any:
    """A layer called /L0 by the page; what ``settings`` say of it, else it is off."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Lag")))
    order = Dictionary(**settings)
    if is_off:
        order.OFF = Array([layer])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=order)
    pdf.pages[0].add_resource(layer, Name.Properties, Name.L0)
    return layer


HIDDEN_TEXT = (
    b"/OC /L0 BDC BT /F1 12 Tf 72 600 Td (kanariefugl) Tj (kanariefugl) ' ET EMC "
)


def hidden_text(pdf: Pdf) -> None:
    layered(pdf)
    pdf.pages[0].contents_add(HIDDEN_TEXT)


def hidden_by_base_state(pdf: Pdf) -> None:
    layered(pdf, is_off=False, BaseState=Name.OFF)
    pdf.pages[0].contents_add(HIDDEN_TEXT)


def hidden_by_usage(pdf: Pdf) -> None:
    layer = layered(pdf, is_off=False)
    layer.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    usage = Dictionary(Event=Name.View, Category=Array([Name.View]))
    usage.OCGs = Array([layer])
    pdf.Root.OCProperties.D.AS = Array([usage])
    pdf.pages[0].contents_add(HIDDEN_TEXT)


def hidden_by_membership(pdf: Pdf) -> None:
    layer = layered(pdf)
    member = Dictionary(Type=Name.OCMD, OCGs=layer, P=Name.AllOn)
    pdf.pages[0].add_resource(member, Name.Properties, Name.L0, replace_existing=True)
    pdf.pages[0].contents_add(HIDDEN_TEXT)


def hidden_by_expression(pdf: Pdf) -> None:
    layer = layered(pdf, is_off=False)
    member = Dictionary(Type=Name.OCMD, VE=Array([Name.Not, layer]))
    pdf.pages[0].add_resource(member, Name.Properties, Name.L0, replace_existing=True)
    pdf.pages[0].contents_add(HIDDEN_TEXT)


def hidden_drawing(pdf: Pdf) -> None:
    """A drawing on the layer, and one that is only called there."""
    layer = layered(pdf)
    for name, entries in (("A", {"OC": layer}), ("B", {})):
        form = Stream(pdf, b"BT (kanariefugl) Tj ET", **entries)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, 9, 9])
        pdf.pages[0].add_resource(
            pdf.make_indirect(form), Name.XObject, Name("/" + name)
        )
    pdf.pages[0].contents_add(b"/A Do /OC /L0 BDC /B Do EMC")


def hidden_text_that_is_told(pdf: Pdf) -> None:
    layered(pdf)
    inner = b"/Span <</ActualText (kanariefugl)>> BDC BT (kanariefugl) Tj ET EMC"
    pdf.pages[0].contents_add(b"/OC /L0 BDC " + inner + b" EMC")


def hidden_note(pdf: Pdf) -> None:
    layer = layered(pdf)
    annotated(Subtype=Name.FreeText, Contents=SECRET, OC=layer)(pdf)


AUTHOR, COMMENTS, LAYERS = "author", "comments", "layers"
TELLING: dict[str, tuple[str, Callable[[Pdf], object]]] = {
    "info": (AUTHOR, info),
    "metadata": (AUTHOR, catalog_metadata),
    "a drawing's metadata": (AUTHOR, picture_metadata),
    "private data of programs": (AUTHOR, piece_info),
    "certificates": ("signature", certificates),
    "comment": (COMMENTS, annotated(Subtype=Name.Text, Contents=SECRET)),
    "comment with a window": (
        COMMENTS,
        annotated(
            Subtype=Name.Text, Popup=Dictionary(Subtype=Name.Popup, Contents=SECRET)
        ),
    ),
    "insertion mark": (COMMENTS, annotated(Subtype=Name.Caret, RC=SECRET)),
    "who highlighted": (COMMENTS, annotated(Subtype=Name.Highlight, T=SECRET)),
    "what was said of a line": (
        COMMENTS,
        annotated(Subtype=Name.StrikeOut, T=String("A"), Contents=SECRET),
    ),
    "hidden stamp": (COMMENTS, annotated(Subtype=Name.Stamp, F=2, Contents=SECRET)),
    "layer that is off": (LAYERS, hidden_text),
    "layer off by state": (LAYERS, hidden_by_base_state),
    "layer off by use": (LAYERS, hidden_by_usage),
    "layer off by membership": (LAYERS, hidden_by_membership),
    "layer off by expression": (LAYERS, hidden_by_expression),
    "drawings on a layer": (LAYERS, hidden_drawing),
    "layer read aloud": (LAYERS, hidden_text_that_is_told),
    "note on a layer": (LAYERS, hidden_note),
}


def revised() -> bytes:
    """A file to which a second state was appended; the first one held the word."""
    first = h.raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>"
            b"/Contents 4 0 R>>",
            4: b"<</Length 22>>stream\nBT (kanariefugl) Tj ET\nendstream",
        }
    )
    start = first.rindex(b"startxref\n") + len(b"startxref\n")
    before = int(first[start:].split(b"\n")[0])
    place = len(first)
    body = b"4 0 obj\n<</Length 12>>stream\n0 0 9 9 re f\nendstream\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\n"
    end = b"startxref\n%d\n%%%%EOF\n" % (place + len(body))
    return first + body + table % (place, before) + end


def photograph() -> bytes:
    """A page that is a photograph which remembers where it was taken."""
    remembered = Image.Exif()
    remembered[0x010E] = CANARY
    picture, out = Image.new("RGB", (40, 40), "red"), io.BytesIO()
    picture.save(out, "JPEG", exif=remembered, comment=CANARY.encode())
    pdf = h.plain()
    image = Stream(pdf, out.getvalue())
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=40, Height=40,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )
    )  # fmt: skip
    pdf.pages[0].add_resource(pdf.make_indirect(image), Name.XObject, Name.Im)
    pdf.pages[0].contents_add(b"q 40 0 0 40 0 0 cm /Im Do Q")
    return h.written(pdf)
