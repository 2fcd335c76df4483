"""Pieces of documents, printed once and found again by the hash of what they hold.

Only what is missing is printed. "Bilagets side" needs the pages of the pieces before
it, so pieces that show it are laid out after the others, and again if they grow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from documents import codec
from documents.cached import printed
from documents.marks import marked_pieces
from documents.numbering import number_pages
from documents.page_numbers import page_keys, with_pages
from documents.printing import paper
from documents.printing.pdf import RenderError
from documents.tree import anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from documents.cached import Print
    from documents.marks import MarkedSections
    from documents.numbering import Given
    from documents.printing.paper import Sheet
    from documents.tree import Document, Piece

    type Told = Callable[[int, int], None]

ROUNDS: Final = 5
MANY_PAGES: Final = 20
"""A piece that shows the pages of so many others is long: its own pages are counted while
the others are printed, and not guessed to be one. To be counted it is laid out and not
written, which takes two thirds of the time (docs/adr/0033)."""


@dataclass(frozen=True, slots=True)
class MadePiece:
    """The PDF of one piece, in storage.

    Attributes:
        key: of its section.
        anchor: where links to it lead, before the part's prefix.
        heading: its bookmark: "Forslag 7. Varighed på …".
        depth: 0 for the cover; heading levels and bookmarks follow.
        file: name in storage.
        digest: hash of all it was made from.
        first_page: the page of its own document it begins on, counted from 1.
        numbers: what its pages are called within their document: "4", "4a".
        is_new: it was printed just now.
    """

    key: str
    anchor: str
    heading: str
    depth: int
    file: str
    digest: str
    page_count: int
    first_page: int
    numbers: tuple[str, ...]
    is_new: bool


def make(
    document: Document,
    *,
    given: Given | None = None,
    marked: MarkedSections | None = None,
    on_piece: Told | None = None,
) -> tuple[MadePiece, ...]:
    """Print what is missing of a document and give all its pieces in order.

    Args:
        given: page numbers that its sections were sent with, by key; they stay.
        marked: its sections that changed since it was last sent (:mod:`documents.marks`).
        on_piece: told how many pieces are ready, of how many, as they become so.

    Raises:
        RenderError: a piece cannot be printed.
        ValueError: a section refers to the page of one that is not in the document.
    """
    marked = marked or {}
    told = on_piece or _nobody
    made = _make(marked_pieces(document, marked), given, told)
    grown = {piece.key: piece for piece in _grown(made, marked, given or {})}
    if not grown:
        return made
    shorter = {key: marked[key].shorter for key in grown}
    again = _make(marked_pieces(document, {**marked, **shorter}), given, told)
    helped = {
        piece.key: shorter[piece.key]
        for piece in again
        if piece.key in grown and piece.page_count < grown[piece.key].page_count
    }
    if len(helped) == len(shorter):
        return again
    return _make(marked_pieces(document, {**marked, **helped}), given, told)


def _grown(
    made: Iterable[MadePiece], marked: MarkedSections, given: Given
) -> Iterator[MadePiece]:
    """Give the pieces whose marks need a page that was never sent.

    A page for the sake of the changes in words would be gone in the next version; the
    marks within then have to do.
    """
    for piece in made:
        sent = given.get(piece.key)
        if piece.key in marked and sent and piece.page_count > len(sent):
            yield piece


def _make(
    unresolved: tuple[Piece, ...], given: Given | None, told: Told
) -> tuple[MadePiece, ...]:
    """Print what is missing; pages that a piece shows are filled in until they rest."""
    asked = [page_keys(piece.section) for piece in unresolved]
    _refuse_unknown_pages(unresolved, asked)
    plain = {at: piece for at, piece in enumerate(unresolved) if not asked[at]}
    total = len(unresolved)
    known, counted = printed(
        plain,
        counted=_counted(unresolved, asked, given),
        tell=lambda done: told(done, total),
    )
    counts = [
        known[at].page_count if at in known else counted.get(at, 1)
        for at in range(total)
    ]
    for _ in range(ROUNDS):
        numbers = _numbers(unresolved, counts, given)
        pages = {key: own[0] for key, own in numbers.items()}
        asking = {
            at: replace(piece, section=with_pages(piece.section, pages))
            for at, piece in enumerate(unresolved)
            if at not in plain
        }
        filled, _ = printed(
            asking, counted={}, tell=lambda done: told(len(plain) + done, total)
        )
        for at, own in filled.items():
            again = known.get(at)
            same = again is not None and again.row.digest == own.row.digest
            known[at] = again if again is not None and same else own
        settled = [known[at].page_count for at in range(total)]
        if settled == counts:
            return _made(unresolved, known, numbers)
        counts = settled
    msg = f"{unresolved[0].section.key}: the page numbers do not come to rest"
    raise RenderError(msg)


def _counted(
    unresolved: Sequence[Piece],
    asked: Sequence[frozenset[str]],
    given: Given | None,
) -> dict[int, Piece]:
    """Give the long pieces that show pages, as if every piece had one page.

    They are laid out to be counted: what a page is called does not change how many pages
    there are, but now and then.
    """
    numbers = _numbers(unresolved, [1] * len(unresolved), given)
    pages = {key: own[0] for key, own in numbers.items()}
    return {
        at: replace(piece, section=with_pages(piece.section, pages))
        for at, piece in enumerate(unresolved)
        if len(asked[at]) >= MANY_PAGES
    }


def make_sheets(
    sheets: Sequence[Sheet], *, on_piece: Told | None = None
) -> tuple[MadePiece, ...]:
    """Print what is missing of some sheets and give them in order.

    Raises:
        RenderError: a sheet cannot be printed.
    """
    told = on_piece or _nobody
    rows, _ = printed(
        dict(enumerate(sheets)), counted={}, tell=lambda done: told(done, len(sheets))
    )
    return tuple(_made_sheet(rows[at], sheet) for at, sheet in enumerate(sheets))


def document_digest(document: Document) -> str:
    """Give the hash of a document and of how it is printed; no query."""
    return codec.digest(document, paper.fingerprint())


def _nobody(done: int, of: int) -> None:
    """Be told of a piece, and do nothing."""


def _numbers(
    cut: Sequence[Piece], counts: Sequence[int], given: Given | None
) -> Mapping[str, tuple[str, ...]]:
    """Give what the pages of each piece are called, by its section's key."""
    keys = (piece.section.key for piece in cut)
    return number_pages(zip(keys, counts, strict=True), given).of


def _refuse_unknown_pages(
    cut: Iterable[Piece], asked: Iterable[frozenset[str]]
) -> None:
    keys = {piece.section.key for piece in cut}
    if lost := sorted(frozenset().union(*asked) - keys):
        msg = f"no section has the keys whose page is asked for: {', '.join(lost)}"
        raise ValueError(msg)


def _made(
    cut: Sequence[Piece],
    rows: Mapping[int, Print],
    numbers: Mapping[str, tuple[str, ...]],
) -> tuple[MadePiece, ...]:
    made, first = [], 1
    for at, piece in enumerate(cut):
        key = piece.section.key
        made.append(
            MadePiece(
                key=key,
                anchor=anchor(key),
                heading=piece.section.heading,
                depth=piece.depth,
                file=rows[at].row.file,
                digest=rows[at].row.digest,
                page_count=rows[at].page_count,
                first_page=first,
                numbers=numbers[key],
                is_new=rows[at].is_new,
            )
        )
        first += rows[at].page_count
    return tuple(made)


def _made_sheet(printed: Print, sheet: Sheet) -> MadePiece:
    return MadePiece(
        key=sheet.key,
        anchor=anchor(sheet.key),
        heading=sheet.heading,
        depth=0,
        file=printed.row.file,
        digest=printed.row.digest,
        page_count=printed.page_count,
        first_page=1,
        numbers=tuple(str(page) for page in range(1, printed.page_count + 1)),
        is_new=printed.is_new,
    )
