"""What a packet is joined from, as plain values; no PDF library is needed here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

type Kind = Literal["contents", "separator", "own", "foreign"]


@dataclass(frozen=True, slots=True)
class Piece:
    """The cached PDF/UA of one record; its own headings begin at H1.

    Attributes:
        path: a file made by ``mend_piece``.
        depth: how far its headings are lowered: H1 becomes H{1 + depth}, at most H6.
        title: the bookmark's text; bookmarks nest by ``depth``.
        anchor: named destination of its first page, unique within the part.
    """

    path: Path
    depth: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A PDF from outside, already cleaned by the intake.

    Attributes:
        path: the cleaned copy, or the output of ``place_file``.
        alternative: text that stands for its pages when they carry no tags.
        language: BCP 47 tag of its own text, "" when it is the packet's.
        is_tagged: whether its own structure tree is used.
        problems: why PDF/UA cannot be claimed for it, in Danish; usually none.
        depth: how far its own headings are lowered.
        is_placed: whether ``path`` was made by ``place_file``.
    """

    path: Path
    alternative: str
    language: str = ""
    is_tagged: bool = False
    problems: tuple[str, ...] = ()
    depth: int = 0
    is_placed: bool = False


@dataclass(frozen=True, slots=True)
class DataFile:
    """The rows of a document as a file that travels inside its PDF.

    Attributes:
        name: as it is saved, "Forenklingskatalog.csv", before the part's label.
        media_type: "text/csv", "application/json".
        description: what it is, in Danish.
    """

    name: str
    media_type: str
    description: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What the portal knows it by."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """The contents page, a separator or one bilag (Danish: del).

    A separator and its bilag may share ``prefix``: the destination of that name is
    then the separator. Parts that follow each other with the same ``item`` and
    ``label`` share one bookmark.

    Attributes:
        label: first field of the stamp: "2.1 Bilag 3", "Indhold".
        title: the bookmark's text.
        prefix: the part's own destination, and what its anchors are prefixed with.
        left: text left of the stamp, at most 68 mm; longer is cut with "…".
        foot: text at the foot of own pages, "" for none.
        pieces: what an own part, a separator or the contents consist of.
        foreign: the file of a part from outside.
        item: the bookmark above, "" for none.
        numbers: the part's own page numbers ("4", "4a", "5"); empty counts from 1.
        data: the rows of what it prints, which travel with its pages.
    """

    kind: Kind
    label: str
    title: str
    prefix: str
    left: str = ""
    foot: str = ""
    pieces: tuple[Piece, ...] = ()
    foreign: ForeignFile | None = None
    item: str = ""
    numbers: tuple[str, ...] = ()
    data: tuple[DataFile, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind == "foreign") != (self.foreign is not None):
            msg = f"{self.prefix}: a foreign part, and no other, has a foreign file"
            raise ValueError(msg)
        if (self.kind == "foreign") == bool(self.pieces):
            msg = f"{self.prefix}: every part but a foreign one consists of pieces"
            raise ValueError(msg)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files it is joined from."""
        if self.foreign:
            return (self.foreign.path,)
        return tuple(piece.path for piece in self.pieces)


class UnjoinableError(ValueError):
    """The pages of one part cannot be put in: its files are not what they should be."""

    def __init__(self, part: Part, cause: Exception) -> None:
        super().__init__(f"{part.label}: {cause}")
        self.part = part


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one part came to lie: PDF page indexes from 0, ``stop`` excluded."""

    prefix: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the packet does not claim PDF/UA: which part, and a Danish sentence."""

    prefix: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What was written.

    Attributes:
        labels: the page labels in order, one a page.
        parts: where each part lies, in order.
        reasons: empty when the file claims PDF/UA-1.
        dropped: anchors of links whose target is not in the packet; text kept.
    """

    labels: tuple[str, ...]
    parts: tuple[Placed, ...]
    reasons: tuple[Reason, ...]
    dropped: tuple[str, ...]

    @property
    def page_count(self) -> int:
        return len(self.labels)
