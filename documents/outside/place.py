"""Pages from outside, placed: scaled into the frame with links and tags, never overprinted.

Source: docs/rules.md R-8.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, PikepdfError, String

from documents.objects import drop, number, numbers_of
from documents.outside.adopt import adopt, has_tags, tag_annotation, write_root
from documents.outside.content import balance, forget_marks, streams_of
from documents.outside.moves import move_annotations, move_targets
from documents.outside.sheet import Sheet, place_sheet

if TYPE_CHECKING:
    from documents.parts import ForeignFile

FRAME = "0.41961 0.46275 0.50196"  # #6b7680
FRAME_WIDTH = 0.6
_KEPT = frozenset(
    {"/Annots", "/Contents", "/Group", "/MediaBox", "/Parent", "/Resources",
     "/StructParents", "/Tabs", "/Type"}
)  # fmt: skip
_ROOT_KEPT = frozenset(
    {"/AcroForm", "/Dests", "/Lang", "/Names", "/OCProperties", "/Outlines", "/Pages",
     "/StructTreeRoot", "/Type"}
)  # fmt: skip
_DEEPEST_PAGE_TREE = 64
_LETTER = (0.0, 0.0, 612.0, 792.0)


class UnusableFileError(Exception):
    """A cleaned copy that cannot be placed: the file in storage is not what it was."""


def place_file(foreign: ForeignFile) -> bytes:
    """``place`` as a file, to be kept and joined again with ``is_placed``.

    Raises:
        UnusableFileError: the cleaned copy is no longer what the intake wrote.
    """
    out = io.BytesIO()
    try:
        with place(foreign) as pdf:
            pages = len(pdf.pages)
            pdf.save(
                out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate
            )
        with Pdf.open(out) as placed:
            is_whole = len(placed.pages) == pages and not placed.get_warnings()
    except (PikepdfError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnusableFileError(str(error)) from error
    if not is_whole:
        raise UnusableFileError
    return out.getvalue()


def place(foreign: ForeignFile) -> Pdf:
    """The cleaned file with every page on its sheet, ready for ``Graft.add``.

    A tagged file keeps its tags. Of any other each page becomes one figure, whose
    alternative is ``foreign.alternative`` and the page's number.
    """
    pdf = Pdf.open(foreign.path)
    if foreign.is_placed:
        return pdf
    _settle(pdf)
    sheets = {page.obj.objgen: _sheet(page.obj) for page in pdf.pages}
    is_tagged = foreign.is_tagged and has_tags(pdf)
    if not is_tagged:
        _flatten(pdf)
    move_targets(pdf, sheets)
    move_annotations(pdf, sheets)
    if is_tagged:
        _keep_tags(pdf, sheets)
        if foreign.language:
            pdf.Root.Lang = String(foreign.language)
    else:
        _make_figures(pdf, foreign.alternative, sheets)
    for page in pdf.pages:
        _trim(page.obj, sheets[page.obj.objgen])
    drop(pdf.Root, *(set(pdf.Root.keys()) - _ROOT_KEPT))
    return pdf


def _settle(pdf: Pdf) -> None:
    """Let every page hold for itself what it inherits or shares with others."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _settle_inherited(page.obj)
        if not isinstance(page.obj.get("/StructParents"), int):
            drop(page.obj, "/StructParents")
        _settle_annotations(pdf, page.obj, seen)


def _settle_inherited(page: Any) -> None:
    """Write on the page itself what it inherits from the page tree."""
    node = page.get("/Parent")
    for _ in range(_DEEPEST_PAGE_TREE):
        if not isinstance(node, Dictionary):
            break
        for key in ("/CropBox", "/MediaBox", "/Resources", "/Rotate"):
            if key in node and key not in page:
                page[key] = node[key]
        node = node.get("/Parent")


def _settle_annotations(pdf: Pdf, page: Any, seen: set[tuple[int, int]]) -> None:
    """Keep the annotations that have a place; each an object of this page alone."""
    found = page.get("/Annots")
    kept = Array()
    for annotation in found if isinstance(found, Array) else ():
        if (
            not isinstance(annotation, Dictionary)
            or _box(annotation.get("/Rect")) is None
        ):
            continue
        if annotation.get("/Subtype") in ("/Popup", "/TrapNet", "/PrinterMark"):
            continue
        own = annotation
        if not annotation.is_indirect or annotation.objgen in seen:
            own = pdf.make_indirect(Dictionary(dict(annotation.items())))
            drop(own, "/StructParent")
        seen.add(own.objgen)
        kept.append(own)
    drop(page, "/Annots")
    if len(kept):
        page.Annots = kept


def _box(value: Any) -> tuple[float, float, float, float] | None:
    edges = numbers_of(value, 4)
    if not edges:
        return None
    left, bottom, right, top = edges
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _sheet(page: Any) -> Sheet:
    """Where the visible part of ``page`` goes."""
    media = _box(page.get("/MediaBox")) or _LETTER
    crop = _box(page.get("/CropBox")) or media
    seen = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    if seen[2] - seen[0] < 1 or seen[3] - seen[1] < 1:
        seen = media
    rotate, unit = page.get("/Rotate"), page.get("/UserUnit")
    return place_sheet(
        seen,
        rotate if isinstance(rotate, int) else 0,
        float(unit) if isinstance(unit, (int, Decimal)) and unit > 0 else 1.0,
    )


def _trim(page: Any, sheet: Sheet) -> None:
    """Give the page its sheet, and drop what described the page it was."""
    drop(page, *(set(page.keys()) - _KEPT))
    page.MediaBox = Array([0, 0, round(sheet.width, 3), round(sheet.height, 3)])


def _rect(sheet: Sheet) -> str:
    left, bottom, right, top = sheet.frame
    return " ".join(map(number, (left, bottom, right - left, top - bottom))) + " re"


def _open(sheet: Sheet) -> str:
    """Operators that clip to the frame and move the page into it."""
    moved = " ".join(f"{value:.6f}" for value in sheet.matrix.values)
    return f"q {_rect(sheet)} W n {moved} cm\n"


def _outline(sheet: Sheet) -> str:
    return (
        f"/Artifact <</Type /Layout>> BDC q {FRAME} RG {FRAME_WIDTH} w "
        f"{_rect(sheet)} S Q EMC\n"
    )


def _frame_content(pdf: Pdf, page: Any, sheet: Sheet) -> None:
    """Wrap a tagged page's own content, so that its marks stay where they are."""
    balance(pdf, page)
    opening = pdf.make_stream(_open(sheet).encode("ascii"))
    closing = pdf.make_stream(f"\nQ\n{_outline(sheet)}".encode("ascii"))
    page.Contents = Array([opening, *streams_of(page), closing])


def _keep_tags(pdf: Pdf, sheets: dict[tuple[int, int], Sheet]) -> None:
    """Move a tagged file's pages and make its structure tree fit for grafting."""
    root = pdf.Root.StructTreeRoot
    if not root.is_indirect:
        pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    for page in pdf.pages:
        _frame_content(pdf, page.obj, sheets[page.obj.objgen])
    adopt(pdf, sheets)


def _flatten(pdf: Pdf) -> None:
    """Draw what annotations show into the page; only links stay annotations."""
    links: dict[tuple[int, int], list[Any]] = {}
    for page in pdf.pages:
        found = list(page.obj.get("/Annots", ()))
        links[page.obj.objgen] = [a for a in found if a.get("/Subtype") == "/Link"]
        page.obj.Annots = Array([a for a in found if a.get("/Subtype") != "/Link"])
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        page.obj.Annots = Array(links[page.obj.objgen])
        for link in links[page.obj.objgen]:
            drop(link, "/StructParent")
    drop(pdf.Root, "/AcroForm")


def _make_figures(
    pdf: Pdf, alternative: str, sheets: dict[tuple[int, int], Sheet]
) -> None:
    """Tag each page of a file without tags as one figure, and its links as links."""
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    document.K = Array()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.P = root
    parents: dict[int, Any] = {}
    total = len(pdf.pages)
    # The words that stand for the pages are the packet's, not the file's.
    drop(pdf.Root, "/Lang")
    lead = alternative.strip().rstrip(".")
    lead = f"{lead}. " if lead else ""
    for at, page in enumerate(pdf.pages):
        sheet = sheets[page.obj.objgen]
        _draw_as_figure(pdf, page.obj, sheet)
        figure = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Figure, P=document, Pg=page.obj, K=0,
                Alt=String(f"{lead}Side {at + 1} af {total}."),
                A=Dictionary(
                    O=Name.Layout, Placement=Name.Block,
                    BBox=Array([round(edge, 2) for edge in sheet.frame]),
                ),
            )
        )  # fmt: skip
        document.K.append(figure)
        page.obj.StructParents = at
        parents[at] = pdf.make_indirect(Array([figure]))
    for page in pdf.pages:
        for link in page.obj.Annots:
            key = len(parents)
            parents[key] = tag_annotation(pdf, document, page.obj, link, key)
    write_root(pdf, root, parents, Array())
    pdf.Root.StructTreeRoot = root


def _draw_as_figure(pdf: Pdf, page: Any, sheet: Sheet) -> None:
    """Make the page's content one marked drawing, closed in a form of its own."""
    balance(pdf, page)
    media = _box(page.get("/MediaBox")) or _LETTER
    form = pdf.make_stream(
        b"\n".join(stream.read_bytes() for stream in streams_of(page)),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(media),
        Resources=page.get("/Resources", Dictionary()),
    )
    if "/Group" in page:
        form.Group = page.Group
    forget_marks(form)
    page.Resources = Dictionary(XObject=Dictionary(Side=form))
    drawn = f"/Figure <</MCID 0>> BDC {_open(sheet)}/Side Do Q EMC\n{_outline(sheet)}"
    page.Contents = pdf.make_stream(drawn.encode("ascii"))
