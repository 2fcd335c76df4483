"""One agenda parted by who reads it: for everybody, for some, and what is closed. Pure.

What is made for everybody is made of the open view alone, so that nothing closed is there
to leak. A hidden item or appendix keeps its number; even its key says nothing.

Source: docs/rules.md R-31, R-65.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from meetings.agenda import AgendaAppendix, AgendaItem
from meetings.closed.naming import as_words
from meetings.names import HIDDEN_APPENDIX, HIDDEN_ITEM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meetings.agenda import Agenda


def has_closed(agenda: Agenda) -> bool:
    """Whether anything of the agenda is closed."""
    return any(item.has_closed for item in agenda.items)


def open_view(agenda: Agenda) -> Agenda:
    """Give what everybody reads; the agenda itself where nothing is closed."""
    return view_for(agenda, lambda _: False) if has_closed(agenda) else agenda


def view_for(agenda: Agenda, may_read: Callable[[str], bool]) -> Agenda:
    """Give what somebody reads.

    Args:
        may_read: whether the closed material of the item of this key is for them.
    """
    return _each(agenda, lambda item: item if may_read(item.key) else _open(item))


def closed_view(agenda: Agenda) -> Agenda:
    """Give the closed packet's: closed items, and open ones with their closed appendices."""

    def closed(item: AgendaItem) -> AgendaItem | None:
        if item.is_closed:
            return item
        own = tuple(bilag for bilag in item.appendices if bilag.closed)
        return replace(item, appendices=own) if own else None

    return _each(agenda, closed)


def access_of(agenda: Agenda) -> dict[str, list[str]]:
    """Give who reads what is closed of each item that has any: key → words."""
    own = (item for item in agenda.items if item.has_closed)
    return {item.key: list(item.readers or ()) for item in own}


def refuse_closed_words(agendas: Sequence[Agenda], text: str) -> None:
    """Keep a text for everybody from naming what is closed, however short its title is.

    Args:
        agendas: whole ones; what is open in one of them may be named.

    Raises:
        RuleViolationError: it holds the title of a closed item or appendix.
    """
    titles: dict[bool, set[str]] = {True: set(), False: set()}
    for item in (item for agenda in agendas for item in agenda.items):
        titles[item.is_closed].add(as_words(item.title))
        for bilag in item.appendices:
            titles[item.is_closed or bool(bilag.closed)].add(as_words(bilag.title))
    said = as_words(text)
    if any(title and title in said for title in titles[True] - titles[False]):
        raise RuleViolationError(
            "Teksten nævner titlen på noget lukket. Alle kan læse den: skriv kun nummeret."
        )


def _open(item: AgendaItem) -> AgendaItem:
    if item.is_closed:
        return _hidden(item)
    if not item.has_closed:
        return item
    return replace(
        item,
        appendices=tuple(b if not b.closed else _blank(b) for b in item.appendices),
        readers=None,
    )


def _hidden(item: AgendaItem) -> AgendaItem:
    """Give what stands for a closed item: nothing of it but its number."""
    return AgendaItem(
        key=f"lukket-{item.slug}",
        number=item.number,
        kind="",
        title=HIDDEN_ITEM,
        asks="",
        reply="",
        responsible="",
        summary="",
        recommendation="",
        case="",
        economy="",
        process="",
        appendices=(),
        is_closed=True,
        is_hidden=True,
    )


def _blank(bilag: AgendaAppendix) -> AgendaAppendix:
    """Give what stands for a closed appendix of an open item: its number."""
    return AgendaAppendix(
        key=f"lukket-{bilag.number}",
        number=bilag.number,
        label=bilag.label,
        title=HIDDEN_APPENDIX,
        title_in_source="",
        kind="generated",
        sender="",
        dated="",
        own_name="",
        status="",
        summary="",
        made_of="",
        digest="",
        file="",
        file_name="",
        facts={},
        notes=(),
        pk=0,
        closed=HIDDEN_APPENDIX,
        is_hidden=True,
    )


def _each(agenda: Agenda, change: Callable[[AgendaItem], AgendaItem | None]) -> Agenda:
    """Give the agenda with each item changed, or left out where nothing comes of it."""
    sections = tuple(
        replace(
            section,
            items=tuple(
                made for item in section.items if (made := change(item)) is not None
            ),
        )
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)
