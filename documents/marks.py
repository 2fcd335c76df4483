"""Marks of what changed since the last sent version: a second value beside the tree.

The tree knows no version. Marks say, by key, what page and paper show of the difference;
what is gone is put back into a copy of the tree, in its old place. A document without
marks is printed as if there were none, and has the same hash.

Source: docs/rules.md R-11, R-24.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from documents.compare.edits import section_edits
from documents.compare.merged import merged
from documents.compare.summary import sentences
from documents.tree import Document, Piece, Section, pieces, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.wordmarks import Run
    from documents.compare.edits import State
    from documents.compare.merged import Mark


@dataclass(frozen=True)
class Marks:
    """The marks of one section.

    Attributes:
        since: what it is compared with: "version 1".
        sent: the same with its day: "version 1, sendt 13. november 2023".
        state: "new" for a section that was not there; then it has no marks within.
        summary: the changes in words, each a row of runs.
        of: what is marked, by key.
    """

    since: str
    sent: str
    state: State
    summary: tuple[tuple[Run, ...], ...] = ()
    of: tuple[Mark, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Mark]:
        """The marks by the key of what they mark."""
        return {mark.key: mark for mark in self.of}


@dataclass(frozen=True)
class Marked:
    """A section with what is gone put back, and its marks."""

    section: Section
    marks: Marks

    @property
    def shorter(self) -> Marked:
        """The same without the changes in words, which take room."""
        return replace(self, marks=replace(self.marks, summary=()))


@dataclass(frozen=True, slots=True)
class MarkedPiece(Piece):
    """A piece that is printed with marks: they are part of what it is found by."""

    marks: Marks | None = field(default=None)


type MarkedSections = Mapping[str, Marked]


def marks_between(
    old: Document, new: Document, *, since: str, sent: str
) -> dict[str, Marked]:
    """Give the sections of ``new`` that differ, by key, each with its marks.

    Args:
        since, sent: as :class:`Marks` has them.
    """
    before = {section.key: section for _, section in walk(old)}
    found = {}
    for _, section in walk(new):
        edits = section_edits(before.get(section.key), section)
        if edits is None:
            continue
        summary = sentences(edits)
        if edits.state == "new":
            found[section.key] = Marked(section, Marks(since, sent, "new", summary))
            continue
        whole, marks = merged(before[section.key], section)
        own = Marks(since, sent, "changed", summary, marks)
        found[section.key] = Marked(whole, own)
    return found


def marked_pieces(document: Document, marked: MarkedSections) -> tuple[Piece, ...]:
    """Cut a document into its pieces, those that differ with their marks."""
    return tuple(_with_marks(piece, marked) for piece in pieces(document))


def _with_marks(piece: Piece, marked: MarkedSections) -> Piece:
    own = marked.get(piece.section.key)
    if own is None:
        return piece
    section = replace(own.section, sections=piece.section.sections)
    return MarkedPiece(section, piece.running, piece.depth, piece.language, own.marks)
