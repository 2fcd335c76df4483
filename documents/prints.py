"""A document printed by itself, outside any packet: made once, found again by its hash.

It is kept among the pieces it is made of, and is swept with them when nobody wants it.
One record by itself may be set closer, so that it stands on one page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile

from documents import codec, pieces
from documents.data import data_files
from documents.fonts import fonts_folder
from documents.foreign import path_of
from documents.joining.packet import join_part
from documents.models import CachedPiece, note_used
from documents.parts import Part, Piece
from documents.printing import paper
from documents.storage import files, keep

if TYPE_CHECKING:
    from documents.pieces import MadePiece
    from documents.tree import Document, Section

ONE_PAGE: Final = 1


@dataclass(frozen=True, slots=True)
class Order:
    """A document to be printed, and what stands around it on every page.

    Attributes:
        left: left of the page number.
        words: before the page number: "Udkast, side".
        foot: at the foot.
        is_fitted: set it closer, if it stands on one page then.
    """

    document: Document
    left: str
    words: str
    foot: str
    is_fitted: bool = False

    @property
    def digest(self) -> str:
        """The hash of all that the print depends on; no query."""
        fitted = "fitted" if self.is_fitted else ""
        around = (self.left, self.words, self.foot, fitted)
        return codec.digest(self.document, "alone", *around, paper.fingerprint())


def printed(digest: str) -> CachedPiece | None:
    """Give the print of an order, if it is made already: one query."""
    row = CachedPiece.objects.filter(digest=digest).first()
    if row is None or not files().exists(row.file):
        return None
    note_used((row,))
    return row


def print_now(order: Order) -> CachedPiece:
    """Print an order, or give the print that is there.

    Raises:
        RenderError: a piece cannot be printed.
    """
    with codec.keeping():
        digest = order.digest
        found = printed(digest)
        if found is not None:
            return found
        document, made = _fitted(order)
    title = document.title
    part = Part(
        kind="own",
        label=title,
        title=title,
        prefix=document.key.replace(":", "-").replace("/", "-"),
        left=order.left,
        foot=order.foot,
        pieces=tuple(
            Piece(path_of(piece.file), piece.depth, piece.heading, piece.anchor)
            for piece in made
        ),
        data=data_files(order.document),
    )
    content = join_part(part, title=title, fonts=fonts_folder(), words=order.words)
    row, _ = CachedPiece.objects.update_or_create(
        digest=digest,
        defaults={
            "file": keep(ContentFile(content)),
            "page_count": sum(piece.page_count for piece in made),
        },
    )
    return row


def _fitted(order: Order) -> tuple[Document, tuple[MadePiece, ...]]:
    """Print it as it is; if that is more than a page, closer, where that is one."""
    made = pieces.make(order.document)
    if not order.is_fitted or _pages(made) == ONE_PAGE:
        return order.document, made
    closer = closely_set(order.document)
    again = pieces.make(closer)
    return (closer, again) if _pages(again) == ONE_PAGE else (order.document, made)


def _pages(made: tuple[MadePiece, ...]) -> int:
    return sum(piece.page_count for piece in made)


def closely_set(document: Document) -> Document:
    """Give a document with every section in the smaller of the two text sizes."""
    return replace(document, sections=tuple(map(_closely, document.sections)))


def _closely(section: Section) -> Section:
    below = tuple(map(_closely, section.sections))
    return replace(section, compact=True, sections=below)
