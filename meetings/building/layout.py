"""Lay out: which page of the packet everything lies on; separators and contents list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core import formats
from documents import pieces
from meetings import words
from meetings.paper import (
    ContentsEntry,
    ContentsItem,
    ContentsPage,
    Separator,
    Sibling,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.pieces import MadePiece
    from meetings.agenda import Agenda, AgendaItem
    from meetings.building.making import MadePart

# The contents list names pages that its own length moves; it settles at once or never.
ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Laid:
    """A part in its place: packet pages ``first`` (its separator) to ``last``."""

    made: MadePart
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole packet before it is joined."""

    contents: MadePiece
    parts: tuple[Laid, ...]
    separators: tuple[MadePiece, ...]


def lay_out(agenda: Agenda, made: Sequence[MadePart]) -> Layout:
    """Number the pages; the contents list comes last, since it names them all.

    Raises:
        ValueError: the contents list does not settle on a number of pages.
    """
    pages = 1
    for _ in range(ROUNDS):
        parts = _place(made, after=pages)
        sheet = _contents(agenda, parts, pages)
        (contents,) = pieces.make_sheets([sheet])
        if contents.page_count == pages:
            separators = pieces.make_sheets([_separator(laid, parts) for laid in parts])
            return Layout(contents, parts, separators)
        pages = contents.page_count
    msg = "the contents list does not settle on a number of pages"
    raise ValueError(msg)


def _place(made: Sequence[MadePart], *, after: int) -> tuple[Laid, ...]:
    laid: list[Laid] = []
    first = after + 1
    for part in made:
        laid.append(Laid(part, first, first + part.page_count))
        first = laid[-1].last + 1
    return tuple(laid)


def _contents(agenda: Agenda, parts: Sequence[Laid], pages: int) -> ContentsPage:
    total = parts[-1].last if parts else pages
    counts = (
        formats.counted(agenda.titled_count, "punkt", "punkter"),
        formats.counted(len(parts), "bilag", "bilag"),
        formats.counted(total, "side", "sider"),
    )
    return ContentsPage(
        council=agenda.council,
        when=when_words(agenda),
        counts=", ".join(counts),
        items=tuple(_contents_item(item, parts) for item in agenda.items),
        note="Mødedatoen er et eksempel: kilden angiver ingen." if agenda.note else "",
    )


def when_words(agenda: Agenda) -> str:
    """Give "onsdag den 22. november 2023 kl. 13.00–16.00"."""
    day = date.fromisoformat(agenda.held_on)
    words_ = f"{formats.weekday(day)} den {formats.long_date(day)}"
    return f"{words_} kl.{formats.NBSP}{agenda.hours}" if agenda.hours else words_


def _contents_item(item: AgendaItem, parts: Sequence[Laid]) -> ContentsItem:
    entries = tuple(
        ContentsEntry(
            label=f"Bilag {laid.made.planned.appendix.number}",
            title=laid.made.planned.appendix.title,
            first=str(laid.first),
            last=str(laid.last),
            remark=words.remark_words(laid.made.planned.appendix),
            anchor=laid.made.planned.prefix,
        )
        for laid in parts
        if laid.made.planned.item is item
    )
    return ContentsItem(item.number, item.kind, item.title, entries)


def _separator(laid: Laid, parts: Sequence[Laid]) -> Separator:
    planned = laid.made.planned
    item, appendix = planned.item, planned.appendix
    return Separator(
        number=item.number,
        kind=item.kind,
        item_title=item.heading,
        label=f"Bilag {appendix.number}",
        title=appendix.title,
        sender=appendix.sender,
        status=words.status_words(appendix),
        first=str(laid.first),
        last=str(laid.last),
        page_count=laid.made.page_count,
        own_name=words.own_name_words(appendix),
        summary=appendix.summary,
        siblings=tuple(
            _sibling(other, laid) for other in parts if _is_beside(other, laid)
        ),
    )


def _is_beside(other: Laid, laid: Laid) -> bool:
    return other.made.planned.item is laid.made.planned.item


def _sibling(other: Laid, laid: Laid) -> Sibling:
    appendix = other.made.planned.appendix
    return Sibling(
        label=f"Bilag {appendix.number}",
        title=appendix.title,
        first=str(other.first),
        last=str(other.last),
        is_this=other is laid,
        anchor=other.made.planned.prefix,
    )
