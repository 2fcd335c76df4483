"""The packet: parts joined to one tagged PDF with stamps, labels and bookmarks.

Source: docs/rules.md R-7, R-10.
"""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, PikepdfError, String

from documents.attached import Attachments, read_list
from documents.joining.graft import Graft
from documents.joining.outline import (
    Bookmark,
    read_bookmarks,
    top_of,
    write_bookmarks,
    write_labels,
)
from documents.joining.stamp import Stamp, Stamper
from documents.numbering import total
from documents.outside.place import place
from documents.parts import (
    ForeignFile,
    Joined,
    Part,
    Piece,
    Placed,
    Reason,
    UnjoinableError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = [
    "ForeignFile", "Joined", "Part", "Piece", "Placed", "Reason", "UnjoinableError",
    "join", "join_part",
]  # fmt: skip

# What reading a file raises that is not what it was: its syntax, a value, a key, a kind.
_UNREADABLE = (PikepdfError, ValueError, TypeError, LookupError, AttributeError)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
{claim}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIM = """<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
"""


def join(  # noqa: PLR0913
    parts: Sequence[Part],
    *,
    title: str,
    fonts: Path,
    out: Path,
    language: str = "da",
    labels: Sequence[str] | None = None,
    on_part: Callable[[int], None] | None = None,
) -> Joined:
    """Write the packet of ``parts`` to ``out``; the same input gives the same bytes.

    Args:
        title: the packet's own title, in its metadata.
        fonts: folder with IBMPlexSans-Regular.ttf and IBMPlexSans-SemiBold.ttf.
        labels: the packet's page numbers ("34", "34a"), one a page; by default 1, 2, …
        on_part: called with the index of each part when its pages are in.

    Raises:
        ValueError: not as many labels, or own numbers of a part, as pages.
        UnjoinableError: a part's file cannot be read, or neither ``mend_piece`` nor
            ``place_file`` made it.
    """
    writer = _Writer(fonts, language)
    for index, part in enumerate(parts):
        writer.add(part)
        writer.stamp(part, labels)
        if on_part:
            on_part(index)
    used = writer.labels
    if labels is not None and len(labels) != len(used):
        msg = f"{len(labels)} page labels for {len(used)} pages"
        raise ValueError(msg)
    write_bookmarks(writer.pdf, writer.bookmarks.below, open_to=2)
    write_labels(writer.pdf, used)
    dropped = writer.finish(title)
    writer.save(out)
    return Joined(tuple(used), tuple(writer.placed), tuple(writer.reasons), dropped)


def join_part(
    part: Part, *, title: str, fonts: Path, language: str = "da", words: str = "side"
) -> bytes:
    """One part as a file of its own: no box, "side 4 af 25" in the same corner.

    Args:
        words: what stands before the number: "side", "Dagsorden, side".

    Raises:
        UnjoinableError: as ``join``.
    """
    writer = _Writer(fonts, language)
    writer.top = min((piece.depth for piece in part.pieces), default=0)
    writer.add(part)
    writer.number(part, words)
    write_bookmarks(writer.pdf, writer.bilag.below)
    write_labels(writer.pdf, _own_numbers(part, len(writer.pages)))
    writer.finish(title)
    out = io.BytesIO()
    writer.save(out)
    return out.getvalue()


def _own_numbers(part: Part, count: int) -> tuple[str, ...]:
    """The part's own page numbers: given, or 1, 2, … ``count``."""
    numbers = part.numbers or tuple(str(at + 1) for at in range(count))
    if len(numbers) != count:
        msg = f"{part.prefix}: {len(numbers)} own page numbers for {count} pages"
        raise ValueError(msg)
    return numbers


def _full_title(part: Part) -> str:
    """What a link to the part says: "2.1 Bilag 3. Forenklingskatalog"."""
    lead, _, rest = part.title.partition(". ")
    title = rest if rest and part.label.endswith(lead) else part.title
    return part.label if title == part.label else f"{part.label}. {title}"


def _own_words(part: Part, number: str, pages: str) -> str:
    """The stamp's second field."""
    if part.kind == "separator":
        return "skilleblad"
    lead = "side" if part.kind == "contents" else "bilagets side"
    return f"{lead} {number} af {pages}"


class _Writer:
    """A packet under way: the PDF and what is known of it so far."""

    def __init__(self, fonts: Path, language: str) -> None:
        self.pdf = Pdf.new()
        self.language = language
        self.graft = Graft(self.pdf)
        self.stamper = Stamper(self.pdf, fonts)
        self.attachments = Attachments(self.pdf)
        self.bookmarks = Bookmark("", None)
        self.labels: list[str] = []
        self.placed: list[Placed] = []
        self.reasons: list[Reason] = []
        self.pages: list[Any] = []
        self.top = 0
        self._save_state = self.pdf.make_stream(b"q\n")
        self._group: tuple[str, str] | None = None
        self.bilag = self.bookmarks

    def add(self, part: Part) -> None:
        """Put in the pages, tags, names and bookmarks of ``part``."""
        start = len(self.pdf.pages)
        try:
            if part.foreign:
                self._add_foreign(part, part.foreign)
            else:
                self._add_pieces(part)
        except _UNREADABLE as error:
            raise UnjoinableError(part, error) from error
        self.placed.append(Placed(part.prefix, start, start + len(self.pages)))

    def _add_pieces(self, part: Part) -> None:
        self.graft.open_part(part.title)
        self.attachments.hang(self.graft.part, part.data, part.label)
        self.pages = []
        opened: list[tuple[Piece, Any]] = []
        for piece in part.pieces:
            with Pdf.open(piece.path) as source:
                found = self.graft.add(source, part.prefix, piece.depth - self.top)
            self.graft.name(f"{part.prefix}/{piece.anchor}", found[0], piece.title)
            opened.append((piece, found[0]))
            self.pages += found
        self._bookmark(part)
        if part.kind == "own":
            for piece, page in opened:
                self.bilag.hang(piece.title, top_of(page), piece.depth - self.top)

    def _add_foreign(self, part: Part, foreign: ForeignFile) -> None:
        with place(foreign) as source:
            language = str(source.Root.get("/Lang", ""))
            other = language if language.lower() != self.language else ""
            self.graft.open_part(part.title, other)
            self.attachments.hang(self.graft.part, read_list(source), part.label)
            self.pages = self.graft.add(source, part.prefix, foreign.depth)
            self._bookmark(part)
            self.bilag.below += read_bookmarks(source, self.pages, part.prefix)
        self.reasons += [
            Reason(part.prefix, part.label, text) for text in foreign.problems
        ]

    def _bookmark(self, part: Part) -> None:
        """Open the part's bookmark under its item, unless its separator has done so."""
        page = self.pages[0]
        self.graft.name(part.prefix, page, _full_title(part))
        group = (part.item, part.label)
        if group == self._group:
            return
        self._group = group
        under = self.bookmarks
        if part.item:
            last = under.below[-1] if under.below else None
            if last is None or last.title != part.item:
                last = self.bookmarks.hang(part.item, top_of(page), 0)
            under = last
        self.bilag = under.hang(part.title, top_of(page), 0)

    def stamp(self, part: Part, labels: Sequence[str] | None) -> None:
        """Stamp the pages added last and give them their packet numbers."""
        numbers = _own_numbers(part, len(self.pages))
        pages = total(numbers)
        for page, own in zip(self.pages, numbers, strict=True):
            at = len(self.labels)
            number = labels[at] if labels and at < len(labels) else str(at + 1)
            self.labels.append(number)
            words = Stamp(
                part.label, _own_words(part, own, pages), number, part.left, part.foot
            )
            width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
            self._draw(page, self.stamper.in_packet(words, width, height))

    def number(self, part: Part, words: str) -> None:
        """Number the pages of a part that stands alone."""
        numbers = _own_numbers(part, len(self.pages))
        pages = total(numbers)
        for page, own in zip(self.pages, numbers, strict=True):
            width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
            text = f"{words} {own} af {pages}"
            left = part.left if part.kind == "own" else ""
            stamp = Stamp("", text, "", left, part.foot)
            self._draw(page, self.stamper.alone(stamp, width, height))

    def _draw(self, page: Any, operators: bytes) -> None:
        """Draw over ``page``, whose own content is closed off first."""
        old = page.get("/Contents", Array())
        inside = list(old) if isinstance(old, Array) else [old]
        operators = self.stamper.named_on(page, operators)
        drawn = self.pdf.make_stream(b"\nQ\n" + operators)
        page.Contents = Array([self._save_state, *inside, drawn])

    def finish(self, title: str) -> tuple[str, ...]:
        """Write what concerns the whole file; return the anchors of dropped links."""
        dropped = self.graft.resolve()
        self.graft.finish()
        self.attachments.finish()
        self.stamper.finish()
        root = self.pdf.Root
        root.Lang = String(self.language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        claim = "" if self.reasons else _CLAIM
        xmp = _XMP.format(title=escape(title), language=self.language, claim=claim)
        root.Metadata = self.pdf.make_stream(
            xmp.encode(), Type=Name.Metadata, Subtype=Name.XML
        )
        self.pdf.docinfo[Name.Title] = String(title)
        return dropped

    def save(self, out: Path | io.BytesIO) -> None:
        self.pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
