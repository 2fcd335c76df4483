"""Answers that appendices ask for, held against the item's type and the meeting's day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats
from documents.checks import asked
from documents.numbering import spans
from meetings.checking.found import Spot, noted
from meetings.choices import Action, ItemKind, ReplyDeadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from documents.checks import Asked, Subject
    from meetings.checking.found import Found
    from meetings.checking.material import Material
    from meetings.checking.spots import Spots
    from meetings.models import AgendaItem, Appendix

KEY: Final = "asked-answer"
GROUP: Final = "Tal og frister"
_NEUTER: Final = frozenset({"svar", "høringssvar", "tilsagn"})
_PLURAL: Final = frozenset({"bemærkninger", "kommentarer", "besked"})


@dataclass(frozen=True, slots=True)
class _Request:
    """One answer that is asked for by a day, by one or more of an item's appendices."""

    item: AgendaItem
    on: date
    rows: tuple[Appendix, ...]
    first: Asked


def deadlines(
    material: Material, subjects: Mapping[str, Subject], spots: Spots
) -> Iterator[Found]:
    """Find answers that are asked for and that the item overlooks."""
    for item in material.items:
        yield from _without_deadline(item, material.meeting.body, spots)
        by_day: dict[date, list[tuple[Appendix, Asked]]] = defaultdict(list)
        for row in material.of_item(item):
            for each in asked(subjects[row.prefix]):
                by_day[each.on].append((row, each))
        yield from _of_information(item, by_day, spots)
        for day, pairs in by_day.items():
            rows = tuple(dict.fromkeys(row for row, _ in pairs))
            request = _Request(item, day, rows, pairs[0][1])
            sentence = _sentence(request, material.meeting.held_on)
            if sentence:
                yield _found(material, spots, request, sentence)


def _without_deadline(item: AgendaItem, body: str, spots: Spots) -> Iterator[Found]:
    if item.action == Action.ANSWERS and not item.reply_deadline:
        spot = spots.of_item(item, "reply_deadline_0", "Skriv frist")
        sentence = (
            f"{body} afgiver svar, men punktet har ingen svarfrist. Skriv datoen, eller "
            "vælg ”Ikke angivet i brevet”."
        )
        yield noted("no-deadline", GROUP, spot, sentence, item.key, where="Svarfrist")


def _of_information(
    item: AgendaItem, asked_by_day: Mapping[date, object], spots: Spots
) -> Iterator[Found]:
    """Find an item for information that has a deadline no appendix asks for."""
    day = item.reply_on
    if item.kind != ItemKind.INFORMATION or day is None or day in asked_by_day:
        return
    spot = spots.of_item(item, "kind", f"Ret punkt\N{NO-BREAK SPACE}{item.number}")
    sentence = f"Punktet er en orienteringssag, men har en svarfrist: {formats.long_date(day)}."
    identity = (item.key, day.isoformat())
    yield noted("information-deadline", GROUP, spot, sentence, *identity, where="Type")


def _sentence(request: _Request, held_on: date) -> str:
    """Say what does not fit; "" where the item knows the day and it is not too early."""
    item, late = request.item, (held_on - request.on).days
    too_early = ""
    if late > 0:
        days = formats.counted(late, "dag", "dage")
        too_early = f", {days} før mødet"
    ask = "bilagene beder" if len(request.rows) > 1 else "bilaget beder"
    by = f"om {_thing(request.first.what)} inden {formats.long_date(request.on)}"
    if item.kind == ItemKind.INFORMATION:
        whom = item.section.meeting.council.name
        return f"Punktet er en orienteringssag, men {ask} {whom} {by}{too_early}."
    knows = item.reply_deadline == ReplyDeadline.DATED and item.reply_on == request.on
    if knows and not too_early:
        return ""
    if knows:
        return f"Svarfristen er {formats.long_date(request.on)}{too_early}."
    return f"{ask.capitalize()} {by}{too_early}. Punktets svarfrist siger det ikke."


def _thing(what: str) -> str:
    if what in _PLURAL:
        return what
    return f"{'et' if what in _NEUTER else 'en'} {what}"


def _found(material: Material, spots: Spots, request: _Request, sentence: str) -> Found:
    own = spots.of_item(request.item, "kind", "")
    numbers = [row.own_number for row in request.rows]
    spot = Spot(
        f"{request.item.number} Bilag\N{NO-BREAK SPACE}{spans(numbers)}",
        material.span(*request.rows),
        own.url,
        f"Ret punkt\N{NO-BREAK SPACE}{request.item.number}",
        own.rank,
    )
    seal = (request.first.sentence, request.item.kind, str(request.item.reply_on))
    identity = (request.item.key, request.on.isoformat(), *seal)
    return noted(KEY, GROUP, spot, sentence, *identity, quote=request.first.sentence)
