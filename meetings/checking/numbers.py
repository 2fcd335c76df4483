"""Numbers in an item's texts that no record and no bilag of the meeting gives.

A finding and its line on the item's page say the same, so the page can show what the last
check stored without reading the meeting's documents again.

Source: docs/rules.md R-60.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core import formats
from documents.checks.passages import rich_passages
from documents.checks.stated import (
    Given,
    given_numbers,
    matches,
    nearest,
    typed_numbers,
)
from documents.checks.text import sentences
from meetings.checking.found import FIGURES, noted
from meetings.checking.subjects import TEXTS
from meetings.models import StatedNumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from accounts.models import Council
    from documents.checks import Subject
    from documents.checks.stated import Typed
    from meetings.checking.found import Found
    from meetings.checking.material import Material
    from meetings.checking.spots import Spots
    from meetings.models import AgendaItem, Finding

LOOSE: Final = "loose-number"
# What a stored hint holds, and how many letters a quote in it needs to say anything.
_MOST, _LEAST = 199, 20
_TOLD: Final = " findes hverken i data eller i det, portalen kan læse af bilagene."
# What a number of the municipalities is said to come from.
REGISTER: Final = "kommuneregisteret"
_NEAREST: Final = "Det nærmeste tal er "
_HINT: Final = re.compile(
    rf"^{_NEAREST}(?P<number>.+?) i (?:[\d.]+[a-z]* Bilag|{REGISTER})"
)


@dataclass(frozen=True, slots=True)
class Loose:
    """A number of a text that nothing gives.

    Attributes:
        field: of the item: "case".
        number: as it is typed.
        near: the number that was probably meant, as it is printed; "" for none.
        hint: a sentence about that one, or "".
        quote: the sentence the number stands in.
    """

    field: str
    number: str
    near: str = ""
    hint: str = ""
    quote: str = ""

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return f"{self.number}{_TOLD}"

    @property
    def told(self) -> str:
        """How its sentence goes on after the number."""
        return _TOLD.strip()


def numbers_given(
    material: Material,
    subjects: Iterable[Subject],
    item: AgendaItem,
    register: Sequence[Given],
) -> tuple[Given, ...]:
    """Give what the texts of an item may rest on; an open one on nothing that is closed.

    Args:
        register: what :func:`registered` gives.
    """
    closed = {row.prefix for row in material.appendices if row.closed}
    items = {own.key for own in material.items}
    own = given_numbers(
        each
        for each in subjects
        if each.key not in items and (item.is_closed or each.key not in closed)
    )
    return (*register, *own)


def registered(council: Council) -> tuple[Given, ...]:
    """Give how many live in the council's municipalities: one query."""
    rows = list(council.municipalities.all())
    if not rows:
        return ()
    many = formats.counted(len(rows), "kommune", "kommuner")
    words = f"indbyggere i de {many} den 1. januar 2022"
    total = sum(row.population for row in rows)
    each = [(row.population, f"indbyggere i {row} den 1. januar 2022") for row in rows]
    return tuple(_counted(count, said) for count, said in ((total, words), *each))


def _counted(count: int, words: str) -> Given:
    text = formats.number(count)
    said = f"{text} {words}"
    return Given(Decimal(count), "", text, REGISTER, "", said, is_record=True)


def loose_in(
    field: str, html: str, given: Sequence[Given], stated: Iterable[str]
) -> Iterator[Loose]:
    """Give the numbers of a rich text that nothing gives, each once.

    Args:
        stated: numbers whose source somebody has written.
    """
    told = set(stated)
    for passage in rich_passages(field, field, html):
        for said in sentences(passage.text):
            for typed in typed_numbers(said):
                if typed.text not in told and not matches(typed, given):
                    told.add(typed.text)
                    yield _loose(field, typed, said, nearest(typed, given))


def loose_numbers(
    material: Material, subjects: Mapping[str, Subject], spots: Spots
) -> Iterator[Found]:
    """Find the numbers of all items that nothing gives: two queries."""
    stated: dict[int, list[str]] = {}
    rows = StatedNumber.objects.filter(item__section__meeting=material.meeting)
    for row in rows.present():
        stated.setdefault(row.item_id, []).append(row.number)
    register = registered(material.meeting.council)
    for item in material.items:
        texts = [(name, label, getattr(item, name)) for name, label in TEXTS]
        if not any(_has_digit(html) for _, _, html in texts):
            continue
        given = numbers_given(material, subjects.values(), item, register)
        for name, label, html in texts:
            for loose in loose_in(name, html, given, stated.get(item.pk, ())):
                spot = spots.of_item(item, name, "Brug tallet, eller skriv kilden")
                yield noted(
                    LOOSE, FIGURES, spot, loose.sentence, item.key, name, loose.number,
                    where=label, quote=loose.quote, hint=loose.hint,
                )  # fmt: skip


def stored_loose(findings: Iterable[Finding], item: AgendaItem) -> Iterator[Loose]:
    """Read back what the last check found of an item, where it still stands in a text."""
    begins = f"{item.get_absolute_url()}#id_"
    for row in findings:
        field = row.url.removeprefix(begins)
        number = row.sentence.removesuffix(_TOLD)
        if row.url == field or number not in _plain(getattr(item, field, "")):
            continue
        near = _HINT.match(row.hint)
        yield Loose(field, number, near["number"] if near else "", row.hint, row.quote)


def _loose(field: str, typed: Typed, said: str, near: Given | None) -> Loose:
    if near is None:
        return Loose(field, typed.text, quote=said)
    place = f"{near.label}, {near.where}" if near.where else near.label
    source = f" (kilde: {near.source})" if near.source else ""
    begins = f"{_NEAREST}{near.text} i {place}{source}"[:_MOST]
    room = _MOST - len(begins) - len(": ” …”.")
    words = near.words if len(near.words) <= room else f"{near.words[: max(room, 0)]} …"
    hint = f"{begins}: ”{words}”." if room > _LEAST else f"{begins}."
    return Loose(field, typed.text, near.text, hint, said)


def _has_digit(html: str) -> bool:
    return any(sign.isdigit() for sign in html)


def _plain(html: str) -> str:
    passages = rich_passages("", "", html)
    return " ".join(p.text for p in passages).replace("\N{NO-BREAK SPACE}", " ")
