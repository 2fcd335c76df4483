"""What is said under an item's texts about their numbers: looked up now, or as stored.

Source: docs/rules.md R-60.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.richtext import to_plain
from documents.checks.stated import matching, typed_numbers
from meetings.checking.material import read
from meetings.checking.numbers import (
    LOOSE,
    loose_in,
    numbers_given,
    registered,
    stored_loose,
)
from meetings.checking.subjects import TEXTS, subjects
from meetings.models import Finding, StatedNumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from documents.checks.stated import Given
    from meetings.checking.material import Material
    from meetings.checking.numbers import Loose
    from meetings.models import AgendaItem, Appendix

_BILAG: Final = re.compile(r"\b\d{1,2}\.\d{1,2}[a-z]?\s+Bilag\s+\d+[a-z]?")
# How many are told when an item is saved; the rest is counted.
_TOLD: Final = 2


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that could not be saved: for which number, and why."""

    field: str
    number: str
    words: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Rests:
    """Something in a text that the meeting's material gives: what it is, and from where."""

    text: str
    words: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OfField:
    """What is said under one text.

    Attributes:
        loose: numbers that nothing gives.
        stated: those whose source somebody has written.
        rests: what is given; None where it was not looked up.
        refused: the source that was not saved, if it was of this field.
    """

    name: str
    loose: tuple[Loose, ...] = ()
    stated: tuple[StatedNumber, ...] = ()
    rests: tuple[Rests, ...] | None = None
    refused: Refused | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is to be said."""
        return not (self.loose or self.stated or self.rests)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is said under each of an item's texts."""

    fields: Mapping[str, OfField] = field(default_factory=dict)

    @property
    def loose(self) -> tuple[Loose, ...]:
        """All numbers that nothing gives, in the order of the page."""
        return tuple(each for own in self.fields.values() for each in own.loose)


def look(
    item: AgendaItem, texts: Mapping[str, str], refused: Refused | None = None
) -> Looked:
    """Hold an item's texts, as they are typed, against the meeting's material.

    Reads rows, forms documents and opens texts, as a check of the meeting does.

    Args:
        texts: field name → rich text.
    """
    material = read(item.section.meeting_id)
    given = numbers_given(
        material, subjects(material), item, registered(material.meeting.council)
    )
    stated = list(StatedNumber.objects.filter(item=item.pk).present())
    known = [row.number for row in stated]
    return Looked(
        {
            name: OfField(
                name,
                tuple(loose_in(name, texts.get(name, ""), given, known)),
                _standing(stated, texts.get(name, "")),
                tuple(_rests(material, given, texts.get(name, ""))),
                refused if refused and refused.field == name else None,
            )
            for name, _ in TEXTS
        }
    )


def rows_about(item: AgendaItem) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Give the rows that :func:`stored` reads: findings of numbers, and sources."""
    meeting = item.section.meeting_id
    return (
        Finding.objects.filter(meeting=meeting, check_key=LOOSE),
        StatedNumber.objects.filter(item=item.pk).present(),
    )


def stored(
    item: AgendaItem, findings: Iterable[Finding], stated: Sequence[StatedNumber]
) -> Looked:
    """Give what the last check found in the texts as they are saved; no query."""
    loose = list(stored_loose(findings, item))
    known = {row.number for row in stated}
    return Looked(
        {
            name: OfField(
                name,
                tuple(x for x in loose if x.field == name and x.number not in known),
                _standing(stated, getattr(item, name)),
            )
            for name, _ in TEXTS
        }
    )


def told_at_save(before: AgendaItem, after: AgendaItem) -> str:
    """Say which numbers of texts that were just changed nothing gives; "" for none."""
    changed = {
        name: getattr(after, name)
        for name, _ in TEXTS
        if getattr(after, name) != getattr(before, name)
    }
    if not any(typed_numbers(to_plain(html)) for html in changed.values()):
        return ""
    found = look(after, changed).loose
    words = [each.sentence for each in found[:_TOLD]]
    if len(found) > _TOLD:
        words.append(f"Det samme gælder {len(found) - _TOLD} til.")
    return " ".join(words)


def _standing(stated: Iterable[StatedNumber], html: str) -> tuple[StatedNumber, ...]:
    text = to_plain(html).replace("\N{NO-BREAK SPACE}", " ")
    return tuple(row for row in stated if row.number in text)


def _rests(material: Material, given: Sequence[Given], html: str) -> Iterator[Rests]:
    """Give the numbers and bilag of a text that are found, each once, in its order."""
    text = to_plain(html).replace("\N{NO-BREAK SPACE}", " ")
    rows = {row.label: row for row in material.appendices if not row.is_withdrawn}
    found: dict[str, tuple[int, Rests]] = {}
    for typed in typed_numbers(text):
        own = matching(typed, given)
        if own is not None:
            place = f"{own.label}, {own.where}" if own.where else own.label
            rest = Rests(typed.text, own.words, place, _url(rows.get(own.label)))
            found.setdefault(typed.text, (typed.start, rest))
    for hit in _BILAG.finditer(text):
        label = " ".join(hit[0].split())
        row = rows.get(label)
        if row is not None:
            rest = Rests(label, row.title, row.label, row.get_absolute_url())
            found.setdefault(label, (hit.start(), rest))
    yield from (rest for _, rest in sorted(found.values(), key=lambda pair: pair[0]))


def _url(row: Appendix | None) -> str:
    return row.get_absolute_url() if row is not None else ""
