"""Files that attack, built from nothing; each maker gives the bytes of one."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object

MIB = 1024 * 1024
A4 = [0, 0, 595, 842]
SCRIPT = "app.alert('kanariefugl')"
LISTENER = "http://127.0.0.1:9/"


def plain(pages: int = 1) -> Pdf:
    """An honest file with a word on each page."""
    pdf = Pdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.add_resource(font, Name.Font, Name.F1)
        page.contents_add(b"BT /F1 12 Tf 72 700 Td (Ord) Tj ET")
    return pdf


def written(pdf: Pdf, encryption: Encryption | None = None) -> bytes:
    """``pdf`` as bytes."""
    out = io.BytesIO()
    pdf.save(out, encryption=encryption or False, static_id=True)
    return out.getvalue()


def with_catalog(**entries: Object) -> bytes:
    """An honest file whose catalog has ``entries`` too."""
    pdf = plain()
    for key, value in entries.items():
        pdf.Root["/" + key] = value
    return written(pdf)


def with_annotation(**entries: Object | str | int) -> bytes:
    """An honest file with one annotation on its page."""
    pdf = plain()
    rect = Array([10, 10, 90, 30])
    annotation = Dictionary(Type=Name.Annot, Rect=rect)
    for key, value in entries.items():
        annotation["/" + key] = value
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])
    return written(pdf)


def with_link(action: Dictionary) -> bytes:
    """An honest file with a link that does ``action``."""
    return with_annotation(Subtype=Name.Link, A=action)


def with_bookmark(action: Dictionary) -> bytes:
    """An honest file with a bookmark that does ``action``."""
    pdf = plain()
    item = pdf.make_indirect(Dictionary(Title=String("Her"), A=action))
    outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))
    item.Parent = outlines
    pdf.Root.Outlines = outlines
    return written(pdf)


def with_names(**trees: Object) -> bytes:
    """An honest file whose catalog has name trees."""
    names = Dictionary()
    for key, tree in trees.items():
        names["/" + key] = tree
    return with_catalog(Names=names)


def script() -> Dictionary:
    """A script as an action."""
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def launch() -> Dictionary:
    """An action that starts a program."""
    return Dictionary(S=Name.Launch, F=String("cmd.exe"))


def named_elsewhere() -> bytes:
    """A link whose action says in another object that it starts a program."""
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S 5 0 R/F(cmd.exe)>>>>"
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>"
            b"/Annots[4 0 R]>>",
            4: link,
            5: b"/Launch",
        }
    )


def address(uri: str) -> Dictionary:
    """An action that opens ``uri``."""
    return Dictionary(S=Name.URI, URI=String(uri))


def named(what: Object) -> Dictionary:
    """A name tree with one entry."""
    return Dictionary(Names=Array([String("en"), what]))


def file_inside(pdf: Pdf | None = None) -> Dictionary:
    """A file specification with a file in it; it needs the ``pdf`` it goes into."""
    holder = pdf or Pdf.new()
    stream = Stream(holder, b"kanariefugl")
    return Dictionary(
        Type=Name.Filespec,
        F=String("a.exe"),
        UF=String("a.exe"),
        EF=Dictionary(F=stream),
    )


def with_file(place: Callable[[Pdf, Dictionary], None]) -> bytes:
    """An honest file with a file inside, hung up by ``place``."""
    pdf = plain()
    place(pdf, file_inside(pdf))
    return written(pdf)


def unfolding(head: bytes = b"") -> bytes:
    """A deflated stream of ``head`` and 500 MiB of blanks.

    One MiB is deflated and then repeated as it is: 510 kB in no time.
    """
    packer = zlib.compressobj(9)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * 500 + packer.flush()


def bomb(layers: int = 1) -> bytes:
    """A page whose content unfolds to 500 MiB, in one or two layers."""
    content = unfolding()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    pdf = plain()
    filters = Array([Name.FlateDecode] * layers)
    stream = Stream(pdf, b"")
    stream.write(content, filter=filters)
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=None)
    return out.getvalue()


def raw(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A file written by hand, with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        place = places.get(number)
        row = b"0000000000 00000 f \n" if place is None else b"%010d 00000 n \n" % place
        out.write(row)
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    out.write(trailer % (size, root, start))
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """``count`` empty pages, each an object of its own."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids),
    }
    return raw(objects | dict.fromkeys(range(3, count + 3), page))


def circle() -> bytes:
    """A page tree that contains itself."""
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Pages/Count 1/Parent 2 0 R/Kids[2 0 R]>>",
        }
    )


def deep_pages(depth: int) -> bytes:
    """One page under ``depth`` nodes."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, depth + 2):
        objects[number] = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1)
    objects[depth + 2] = b"<</Type/Page/MediaBox[0 0 595 842]/Resources<<>>>>"
    return raw(objects)


def deep_arrays(depth: int) -> bytes:
    """Arrays in arrays, ``depth`` of them, on the catalog."""
    nest = b"[" * depth + b"]" * depth
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Deep %b>>" % nest,
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
        }
    )


def deep_bookmarks(depth: int) -> bytes:
    """Bookmarks under bookmarks, and a structure tree as deep."""
    pdf = plain()
    marks = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    tags = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.Outlines, pdf.Root.StructTreeRoot = marks, tags
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for _ in range(depth):
        mark = pdf.make_indirect(Dictionary(Title=String("x"), Parent=marks))
        tag = pdf.make_indirect(Dictionary(S=Name.Div, P=tags))
        marks.First, marks.Last, tags.K = mark, mark, tag
        marks, tags = mark, tag
    tags.K = 0
    return written(pdf)


def bomb_of_objects() -> bytes:
    """The catalog inside an object stream that unfolds to 500 MiB."""
    body = unfolding(b"1 0 <</Type/Catalog/Pages 2 0 R>>")
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    parts = {
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(body), body),
    }
    rows = {0: b"\0" * 7, 1: b"\2" + (4).to_bytes(4) + b"\0\0"}
    for number, part in parts.items():
        rows[number] = b"\1" + out.tell().to_bytes(4) + b"\0\0"
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, part))
    start = out.tell()
    rows[5] = b"\1" + start.to_bytes(4) + b"\0\0"
    table = b"".join(rows[number] for number in range(6))
    out.write(
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%b\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, start)
    )
    return out.getvalue()


def form_in_itself() -> bytes:
    """A drawing that calls itself."""
    pdf = plain()
    form = Stream(pdf, b"/Fm Do /Fm Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(A4)
    form = pdf.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(Fm=form))
    pdf.pages[0].add_resource(form, Name.XObject, Name.Fm)
    pdf.pages[0].contents_add(b"/Fm Do")
    return written(pdf)


def huge_picture() -> bytes:
    """A picture of 50,000 by 50,000 dots in a few bytes."""
    pdf = plain()
    image = Stream(pdf, zlib.compress(b"\0" * MIB))
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=50_000,
            Height=50_000,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.FlateDecode,
        )
    )
    pdf.pages[0].add_resource(pdf.make_indirect(image), Name.XObject, Name.Im)
    pdf.pages[0].contents_add(b"/Im Do")
    return written(pdf)


def unclosed_strings() -> bytes:
    """Content that makes a careless reader go back and forth for ever."""
    pdf = plain()
    pdf.pages[0].contents_add(b"(((((((((\\" * 100_000 + b"Tj")
    return written(pdf)


def broken_font() -> bytes:
    """A tagged file whose embedded font is noise."""
    pdf = plain()
    noise = pdf.make_indirect(Stream(pdf, b"\0\1\0\0" + b"\xff" * 5000))
    font = pdf.pages[0].obj.Resources.Font.F1
    font.Subtype = Name.TrueType
    font.FontDescriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Noise, Flags=32, FontFile2=noise
    )
    return written(pdf)


def many_objects(count: int) -> bytes:
    """One page, and ``count`` small objects that hang on it."""
    numbers = range(4, count + 4)
    all_of_them = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>"
        b"/Private[%b]>>" % all_of_them,
    }
    return raw(objects | dict.fromkeys(numbers, b"<</A(b)/B 1>>"))


def sheets(*sizes: tuple[int, int, int]) -> bytes:
    """A page for each width and height in millimetres, and turn in degrees."""
    pdf = Pdf.new()
    for width, height, turn in sizes:
        size = (width * 72 / 25.4, height * 72 / 25.4)
        pdf.add_blank_page(page_size=size).obj.Rotate = turn
    return written(pdf)


def content_elsewhere(path: str) -> bytes:
    """A page whose content is said to be in a file of the machine."""
    pdf = plain()
    stream = Stream(pdf, b"")
    stream.F = Dictionary(Type=Name.Filespec, F=String(path), UF=String(path))
    stream.FFilter = Name.ASCIIHexDecode
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    return written(pdf)


def drawing_elsewhere(path: str) -> bytes:
    """A drawing that stands for a page of another file."""
    pdf = plain()
    form = Stream(pdf, b"")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(A4)
    form.Ref = Dictionary(F=String(path), Page=0)
    pdf.pages[0].add_resource(pdf.make_indirect(form), Name.XObject, Name.Fm)
    pdf.pages[0].contents_add(b"/Fm Do")
    return written(pdf)


def metadata_that_asks(path: str) -> bytes:
    """Metadata in XML that wants a file, and laughs a billion times."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{path}">{laughs}]><x>&e;&l9;</x>'
    pdf = plain()
    pdf.Root.Metadata = Stream(pdf, text.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return written(pdf)
