"""What a text may be given: figures, records and bilag of the meeting, found by words.

A reference is words, "2.1 Bilag 3": rich text leads to nothing inside the portal, paper
and page print it alike, and the check before sending knows whether it is there.

Source: docs/rules.md R-60.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from documents.checks.stated import given_numbers, is_small
from documents.tree import walk
from meetings.checking.material import read
from meetings.checking.numbers import registered
from meetings.checking.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.tree import Document
    from meetings.checking.material import Material
    from meetings.models import AgendaItem, Appendix

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Insertable:
    """One thing that can be put into a text.

    Attributes:
        text: what is inserted.
        words: what it is, for whoever chooses.
        label: where it stands, "2.1 Bilag 2, Forslag 7"; "" of a bilag.
        source: where the record has it from, or "".
        reference: the same with where it stands, "843.513 (2.1 Bilag 2)"; "" for none.
    """

    text: str
    words: str
    label: str = ""
    source: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, by kind; ``more`` counts what is not shown."""

    figures: tuple[Insertable, ...]
    records: tuple[Insertable, ...]
    bilag: tuple[Insertable, ...]
    more: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing was found."""
        return not (self.figures or self.records or self.bilag)


def find(item: AgendaItem, asked: str) -> Found:
    """Give what holds every word that is asked for; an open item gets nothing closed.

    Reads rows, forms documents and opens texts, as a check of the meeting does.
    """
    material = read(item.section.meeting_id)
    rows = [
        row
        for row in material.appendices
        if not row.is_withdrawn and (item.is_closed or not row.closed)
    ]
    words = asked.casefold().split()
    kinds = [
        [own for own in kind if _holds(own, words)]
        for kind in (_figures(material, rows), _records(material, rows), _bilag(rows))
    ]
    shown = [tuple(dict.fromkeys(kind))[:MOST] for kind in kinds]
    more = sum(
        len(set(kind)) - len(own) for kind, own in zip(kinds, shown, strict=True)
    )
    figures, records, bilag = shown
    return Found(figures, records, bilag, more)


def _holds(own: Insertable, words: Sequence[str]) -> bool:
    text = f"{own.text} {own.words} {own.label} {own.source}".casefold()
    return all(word in text for word in words)


def _figures(material: Material, rows: Sequence[Appendix]) -> Iterator[Insertable]:
    own = {row.prefix for row in rows}
    given = given_numbers(s for s in subjects(material) if s.key in own)
    for each in (*registered(material.meeting.council), *given):
        if not each.is_record and is_small(each):
            continue
        place = f"{each.label}, {each.where}" if each.where else each.label
        text = each.text.replace("\N{NO-BREAK SPACE}", " ")
        yield Insertable(text, each.words, place, each.source, f"{text} ({each.label})")


def _records(material: Material, rows: Sequence[Appendix]) -> Iterator[Insertable]:
    for row in rows:
        document = material.documents.get(row.pk)
        if document is not None:
            yield from _sections(row, document)


def _sections(row: Appendix, document: Document) -> Iterator[Insertable]:
    for _, section in walk(document):
        if section.label:
            name = f"{section.label[:1].lower()}{section.label[1:]}"
            yield Insertable(f"{name} ({row.label})", section.title, row.label)


def _bilag(rows: Sequence[Appendix]) -> Iterator[Insertable]:
    for row in rows:
        yield Insertable(row.label, row.title, "", row.sender)
