"""The page of a municipality as a Document: what is printed is what is shown. Pure.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.formats import counted, listed, weekday_long_date
from documents.tree import (
    Column,
    Document,
    Group,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
)
from meetings.municipality.values import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meetings.municipality.page import MunicipalPage
    from meetings.municipality.values import Mention


def document_of(page: MunicipalPage) -> Document:
    """Give the page: what waits and what stands beside it, then its sections."""
    key = f"municipality:{page.asked.place.code}"
    return Document(
        key=key,
        title=page.title,
        lead=f"{page.lead}.",
        sections=(
            _waits(key, page),
            *_beside(key, page),
            *(_on_paper(part.section) for part in parts_of(page)),
        ),
    )


def parts_of(page: MunicipalPage) -> tuple[Part, ...]:
    """Give the sections of the page, where municipalities are named last."""
    named = page.given.mentions
    key = f"municipality:{page.asked.place.code}/named"
    own = (mentions_part(key, page.asked.name, named),) if named else ()
    return (*page.given.parts, *own)


def mentions_title(name: str, rows: Sequence[Mention]) -> str:
    """Say how often the municipality is among those that are named."""
    own = sum(row.is_named for row in rows)
    times = counted(own, "gang", "gange") if own else "0 gange"
    return f"Hvor kommuner er nævnt: {name} {times} af {len(rows)}"


def mentions_part(key: str, name: str, rows: Sequence[Mention]) -> Part:
    """Give the table of where municipalities are named."""
    columns = (
        Column("Sted", width=28, names_row=True),
        Column("Hvad"),
        Column("Kommuner og byer"),
        Column(name, width=28),
    )
    shown = tuple(
        Row(
            f"{key}/{at}",
            (
                (Words(row.place),),
                (Words(row.what),),
                (Words(row.names),),
                (Words("nævnt", strong=True) if row.is_named else Words("ikke nævnt"),),
            ),
        )
        for at, row in enumerate(rows, 1)
    )
    title = mentions_title(name, rows)
    table = Table(f"{key}/places", title, columns, (Group(f"{key}/rows", "", shown),))
    pairs = tuple(zip(shown, rows, strict=True))
    return Part(
        Section(key=key, title=title, look="entry", blocks=(table,)),
        links={each.key: row.url for each, row in pairs if row.url},
        marked=frozenset(each.key for each, row in pairs if row.is_named),
    )


def _waits(key: str, page: MunicipalPage) -> Section:
    lines = [each.sentence for each in page.given.waits[1:]]
    lines += [f"{page.rest}."] if page.rest else []
    blocks = tuple(
        Paragraph(f"{key}/waits/{at}", "", ((Words(line),),))
        for at, line in enumerate(lines, 1)
    )
    return Section(f"{key}/waits", page.finding, look="entry", blocks=blocks)


def _beside(key: str, page: MunicipalPage) -> Iterator[Section]:
    given = page.given
    changes = [(each.word, each.text) for each in given.changes]
    if given.unchanged:
        changes.append(("Uændret", f"{listed(list(given.unchanged))}."))
    facts = [*page.facts, *given.facts]
    dues = [(each.name, weekday_long_date(each.on)) for each in given.dues]
    for word, title, rows in (
        ("changes", page.changes_title, changes),
        ("facts", f"{page.asked.name} i tal, 1. januar 2022", facts),
        ("dues", "Frister", dues),
    ):
        if rows:
            under = f"{key}/{word}"
            lines = tuple(
                Row(f"{under}/{at}", ((Words(term),), (Words(text),)))
                for at, (term, text) in enumerate(rows, 1)
            )
            columns = (Column("Hvad", width=44, names_row=True), Column("Oplyst"))
            groups = (Group(f"{under}/rows", "", lines),)
            table = Table(f"{under}/all", title, columns, groups, has_quiet_head=True)
            yield Section(under, title, look="entry", blocks=(table,))


def _on_paper(section: Section) -> Section:
    """Let the words under a heading stand in the text, where they have room."""
    if not section.lead:
        return section
    lead = Paragraph(f"{section.key}/lead", "", ((Words(section.lead),),))
    return replace(section, lead="", blocks=(lead, *section.blocks))
