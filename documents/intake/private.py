"""What tells about people and machines: authors, comments, paths, thumbnails."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name, Pdf, PikepdfError, Stream, String

from documents.intake.forms import numbered_annotations, take_annotations

if TYPE_CHECKING:
    from documents.intake.verdict import Facts

type Number = tuple[int, int]

# Comments that show nothing but a sign on the page.
_REMARKS = {"/Text", "/Caret"}
# What a program draws for a person who comments; the drawing stays.
_DRAWN = {
    "/Highlight": "Fremhævning",
    "/Underline": "Understregning",
    "/Squiggly": "Understregning",
    "/StrikeOut": "Gennemstregning",
    "/Redact": "Markering til overstregning",
    "/FreeText": "",
    "/Stamp": "Stempel",
    "/Ink": "Tegning",
    "/Line": "Streg",
    "/PolyLine": "Streg",
    "/Square": "Firkant",
    "/Circle": "Cirkel",
    "/Polygon": "Figur",
}
_OF_A_PERSON = ("/T", "/RC", "/Popup", "/IRT", "/RT", "/State", "/StateModel", "/Subj")
_OF_A_MOMENT = ("/M", "/CreationDate", "/NM")
_HIDDEN = 2
# Entries that tell what the file is and which program made it, but of no person.
_IMPERSONAL = {
    "/Title", "/Subject", "/Keywords", "/Producer", "/Creator", "/CreationDate",
    "/ModDate", "/SourceModified", "/Trapped",
}  # fmt: skip
_PERSONAL = re.compile(
    rb"<(?:dc:creator|dc:contributor|xmp:Author|photoshop:AuthorsPosition|pdfx:(?!ISO|GTS)"
    rb"|xmpMM:(?:History|Ingredients|Pantry|ManagedFrom)|stRef:filePath|xap:Author)\b"
)
_CLAIM = re.compile(rb"pdfuaid:part(?:>|\s*=\s*[\"'])\s*1\b")
_CATALOG = (
    "/PieceInfo",
    "/LastModified",
    "/DSS",
    "/Legal",
    "/Threads",
    "/Requirements",
)
_PAGE = ("/PieceInfo", "/LastModified", "/Thumb", "/B", "/ID")
MAX_XMP = 1 << 20
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">{title}{claim}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
)
_XMP_TITLE = (
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>'
)
_XMP_CLAIM = "<pdfuaid:part>1</pdfuaid:part>"


def drop_comments(pdf: Pdf, doomed: set[Number]) -> set[str]:
    """Take out comments, and from drawn marks who wrote what about them.

    The numbers of annotations that must go are added to ``doomed``.

    Returns:
        Keys of ``sentences.NOTES``.
    """
    found = take_annotations(pdf, doomed, _is_remark)
    for _, annotation in numbered_annotations(pdf):
        found |= _silence(annotation)
    return {"comments"} if found else set()


def _is_remark(annotation: Any) -> bool:
    """Whether it is a comment by its kind, or a hidden one of another kind."""
    kind, flags = str(annotation.get(Name.Subtype)), annotation.get(Name.F, 0)
    is_hidden = isinstance(flags, int) and bool(flags & _HIDDEN)
    return kind in _REMARKS or (is_hidden and kind in _DRAWN)


def _silence(annotation: Any) -> bool:
    """Let a drawn mark tell only what it is; whether it told more."""
    kind = str(annotation.get(Name.Subtype))
    if kind not in _DRAWN:
        return False
    found = any(key in annotation for key in _OF_A_PERSON)
    for key in (*_OF_A_PERSON, *_OF_A_MOMENT):
        if key in annotation:
            del annotation[key]
    # A text that nobody signed may stand for the drawing, to be read aloud.
    if found and Name.Contents in annotation and _DRAWN[kind]:
        annotation.Contents = String(_DRAWN[kind])
    return found


def forget_people(pdf: Pdf) -> set[str]:
    """Take out what the file says about its makers; ``write_metadata`` follows.

    Returns:
        Keys of ``sentences.NOTES``.
    """
    info = pdf.trailer.get(Name.Info)
    entries = info.items() if isinstance(info, Dictionary) else ()
    found = any(
        isinstance(value, String) and str(value).strip()
        for key, value in entries
        if key not in _IMPERSONAL
    )
    found |= bool(_PERSONAL.search(_xmp(pdf)))
    for page in pdf.pages:
        _drop(page.obj, _PAGE)
    notes = {"signature"} if Name.DSS in pdf.Root else set()
    _drop(pdf.Root, _CATALOG)
    own = pdf.Root.objgen
    for item in pdf.objects:
        if isinstance(item, (Dictionary, Stream)) and item.objgen != own:
            _forget_history(item)
    return notes | {"author"} if found else notes


def claims_ua(pdf: Pdf) -> bool:
    """Whether the file says of itself that it can be read aloud as the standard asks."""
    return bool(_CLAIM.search(_xmp(pdf)))


def write_metadata(pdf: Pdf, facts: Facts, *, is_claimed: bool) -> None:
    """Let the file tell its title and nothing else about its making.

    Args:
        is_claimed: the file called itself PDF/UA; it still does, if nothing was found
            that speaks against it.
    """
    claim = _XMP_CLAIM if is_claimed and facts.tagged and not facts.problems else ""
    title = facts.title
    for holder, key in ((pdf.trailer, Name.Info), (pdf.Root, Name.Metadata)):
        if key in holder:
            del holder[key]
    if title:
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title)))
    if title or claim:
        shown = _XMP_TITLE.format(html.escape(title)) if title else ""
        text = _XMP.format(title=shown, claim=claim).encode()
        pdf.Root.Metadata = Stream(pdf, text, Type=Name.Metadata, Subtype=Name.XML)


def _drop(holder: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _forget_history(item: Any) -> None:
    """Take the history of one picture, font or drawing out of it."""
    metadata = item.get(Name.Metadata)
    if isinstance(metadata, Stream) and _is_metadata(metadata):
        del item[Name.Metadata]
    if isinstance(item, Stream) and isinstance(item.get(Name.PieceInfo), Dictionary):
        del item[Name.PieceInfo]


def _is_metadata(stream: Any) -> bool:
    """Whether a stream is metadata, and no drawing that is called so."""
    return bool(stream.get(Name.Type) == Name.Metadata)


def _xmp(pdf: Pdf) -> bytes:
    metadata = pdf.Root.get(Name.Metadata)
    if not isinstance(metadata, Stream):
        return b""
    try:
        return bytes(metadata.read_bytes())[:MAX_XMP]
    except PikepdfError:
        return b""
