"""Lay out: which page of the packet everything lies on; separators and contents list.

Source: docs/rules.md R-6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core import formats
from documents import pieces
from documents.numbering import (
    Numbering,
    number_pages,
    order,
    put_between,
    spans,
)
from meetings import words
from meetings.packets.building.changes import changes_page
from meetings.packets.building.making import FILE_KEY
from meetings.packets.paper import (
    ChangesPage,
    ContentsEntry,
    ContentsItem,
    ContentsPage,
    Separator,
    Sibling,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.pieces import MadePiece
    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.closed.volumes import Volume
    from meetings.packets.building.making import MadePart
    from meetings.packets.building.reading import Reading

# The contents list names pages that its own length moves; it settles at once or never.
ROUNDS: Final = 4
# A separator lists no more bilag than these; of more it lists so many on each side.
MOST_SIBLINGS: Final = 10
NEIGHBOURS: Final = 2


# Keys of the pages that no record owns.
CONTENTS_KEY: Final = "indhold"
SEPARATOR_KEY: Final = "skilleblad"


@dataclass(frozen=True, slots=True)
class Laid:
    """A part in its place: sheets ``first`` to ``last``, from 1, its separator's first.

    Attributes:
        separator: how many of the sheets are its separator's, mostly 1.
        numbers: what its pages are called in the packet.
        gone: numbers that it was sent with and has no longer.
    """

    made: MadePart
    first: int
    last: int
    separator: int
    numbers: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole packet before it is joined; ``numbering`` is that of its pages.

    ``changes`` is the page of changes, where a version was sent before.
    """

    contents: MadePiece
    parts: tuple[Laid, ...]
    separators: tuple[MadePiece, ...]
    numbering: Numbering
    changes: MadePiece | None = None


@dataclass(frozen=True, slots=True)
class _Sheets:
    """How many pages the contents list, the page of changes and each separator take."""

    contents: int
    changes: int
    separators: tuple[int, ...]


def lay_out(reading: Reading, made: Sequence[MadePart]) -> Layout:
    """Number the pages; contents list and separators come last: they name them all.

    Page numbers that were sent stay.

    Raises:
        ValueError: they do not settle on a number of pages.
    """
    agenda, before, volume = reading.agenda, reading.before, reading.volume
    counts = _Sheets(1, int(before.edition is not None), (1,) * len(made))
    for _ in range(ROUNDS):
        numbering = number_pages(_keys(made, counts), reading.sent.packet, volume.lead)
        parts = tuple(_place(made, counts, numbering))
        changes = changes_page(before, agenda, parts, numbering)
        contents, *separators = pieces.make_sheets(
            [
                _contents(agenda, parts, numbering, volume),
                *(_separator(laid, parts) for laid in parts),
                *([changes] if changes else []),
            ]
        )
        own = separators.pop() if changes else None
        printed = _Sheets(
            contents.page_count,
            own.page_count if own else 0,
            tuple(sheet.page_count for sheet in separators),
        )
        if printed == counts:
            return Layout(contents, parts, tuple(separators), numbering, own)
        counts = printed
    msg = "the contents list and the separators do not settle on a number of pages"
    raise ValueError(msg)


def _keys(made: Sequence[MadePart], counts: _Sheets) -> Iterator[tuple[str, int]]:
    """Give all that has pages, in the packet's order: a record keeps its own numbers."""
    yield CONTENTS_KEY, counts.contents
    if counts.changes:
        yield ChangesPage.key, counts.changes
    for part, separator in zip(made, counts.separators, strict=True):
        yield f"{part.planned.prefix}/{SEPARATOR_KEY}", separator
        if part.pieces:
            for piece in part.pieces:
                yield f"{part.planned.prefix}/{piece.key}", piece.page_count
        else:
            yield f"{part.planned.prefix}/{FILE_KEY}", part.page_count


def _place(
    made: Sequence[MadePart], counts: _Sheets, numbering: Numbering
) -> Iterator[Laid]:
    first = counts.contents + counts.changes + 1
    for part, separator in zip(made, counts.separators, strict=True):
        last = first + separator + part.page_count - 1
        yield Laid(
            part,
            first,
            last,
            separator,
            numbering.labels[first - 1 : last],
            _gone(part.planned.prefix, numbering),
        )
        first = last + 1


def _gone(prefix: str, numbering: Numbering) -> tuple[str, ...]:
    """Give the numbers that an appendix was sent with and has no longer."""
    own = [key for key in numbering.given if key.startswith(f"{prefix}/")]
    now = {number for key in own for number in numbering.of.get(key, ())}
    ever = {number for key in own for number in numbering.given[key]}
    return tuple(sorted(ever - now, key=order))


def _contents(
    agenda: Agenda, parts: Sequence[Laid], numbering: Numbering, volume: Volume
) -> ContentsPage:
    counts = (
        formats.counted(agenda.titled_count, "punkt", "punkter"),
        formats.counted(len(parts), "bilag", "bilag"),
        formats.counted(len(numbering.labels), "side", "sider"),
    )
    return ContentsPage(
        council=agenda.council,
        when=when_words(agenda),
        counts=", ".join(counts),
        items=tuple(_contents_item(item, parts, numbering) for item in agenda.items),
        note="Mødedatoen er et eksempel: kilden angiver ingen." if agenda.note else "",
        changes=spans(numbering.of.get(ChangesPage.key, ())),
        heading=volume.heading,
        is_closed=volume.is_closed,
    )


def when_words(agenda: Agenda) -> str:
    """Give "onsdag den 22. november 2023 kl. 13.00–16.00"."""
    day = date.fromisoformat(agenda.held_on)
    words_ = f"{formats.weekday(day)} den {formats.long_date(day)}"
    return f"{words_} kl.{formats.NBSP}{agenda.hours}" if agenda.hours else words_


def _contents_item(
    item: AgendaItem, parts: Sequence[Laid], numbering: Numbering
) -> ContentsItem:
    laid = {part.made.planned.prefix: part for part in parts}
    entries = []
    for appendix in item.appendices:
        prefix = f"{item.key}-{appendix.key}"
        part = laid.get(prefix)
        first, last, more = _pages(part, _gone(prefix, numbering))
        if appendix.is_hidden:
            more = ""
        entries.append(
            ContentsEntry(
                label=f"Bilag {appendix.number}",
                title=appendix.title,
                first=first,
                last=last,
                more=more,
                remark=_remark(item, appendix) if part else "",
                anchor=prefix if part else "",
            )
        )
    kind = item.kind
    if item.is_closed and not item.is_hidden:
        kind = f"{kind}, lukket" if kind else "Lukket"
    return ContentsItem(
        item.number, kind, item.printed_title, tuple(entries), item.is_hidden
    )


def _remark(item: AgendaItem, appendix: AgendaAppendix) -> str:
    """Give what a reader must know of a file, and why one of an open item is closed."""
    why = "" if item.is_closed else appendix.closed
    return ". ".join(part for part in (why, words.remark_words(appendix)) if part)


def _pages(laid: Laid | None, gone: Sequence[str]) -> tuple[str, str, str]:
    """Give first and last page, and in words what else is to be said of the pages."""
    if laid is None:
        return "", "", f"udgået ({spans(gone)})" if gone else "udgået"
    runs = spans(laid.numbers).split(", ")
    first, _, last = runs[0].partition(formats.EN_DASH)
    more = runs[1:]
    if hidden := put_between(laid.numbers):
        more.append(f"med {spans(hidden)}")
    if gone:
        more.append(f"udgået: {spans(gone)}")
    return first, last or first, ", ".join(more)


def _separator(laid: Laid, parts: Sequence[Laid]) -> Separator:
    planned = laid.made.planned
    item, appendix = planned.item, planned.appendix
    first, last, more = _pages(laid, laid.gone)
    beside = [other for other in parts if other.made.planned.item is item]
    shown = _around(laid, beside)
    return Separator(
        number=item.number,
        kind=item.kind,
        item_title=item.heading,
        label=f"Bilag {appendix.number}",
        title=appendix.title,
        sender=appendix.sender,
        status=words.status_words(appendix),
        first=first,
        last=last,
        more=more,
        page_count=laid.made.page_count,
        own_name=words.own_name_words(appendix),
        summary=appendix.summary,
        siblings=tuple(_sibling(other, laid) for other in shown),
        all_siblings=_all(len(beside)) if len(shown) < len(beside) else "",
    )


def _around(laid: Laid, beside: Sequence[Laid]) -> Sequence[Laid]:
    """Give the bilag of one item; of many only those close by, so that a sheet is enough."""
    if len(beside) <= MOST_SIBLINGS:
        return beside
    at = next(at for at, other in enumerate(beside) if other is laid)
    return beside[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]


def _all(count: int) -> str:
    bilag = formats.counted(count, "bilag", "bilag")
    return f"Punktet har {bilag}. De står alle i indholdsfortegnelsen."


def _sibling(other: Laid, laid: Laid) -> Sibling:
    appendix: AgendaAppendix = other.made.planned.appendix
    first, last, more = _pages(other, other.gone)
    return Sibling(
        label=f"Bilag {appendix.number}",
        title=appendix.title,
        first=first,
        last=last,
        more=more,
        is_this=other is laid,
        anchor=other.made.planned.prefix,
    )
