"""What a municipality is asked about the catalogues, and has answered, on its page.

Source: docs/rules.md R-150, R-152.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from accounts.choices import Role
from accounts.models import Membership
from core import formats
from documents.tree import Column, Group, Row, Section, Table, Words
from meetings.municipality import registry
from meetings.municipality.values import Due, Given, Part, Waits
from proposals.queries.own_calls import OwnCall, own_calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.municipality.values import Asked
    from proposals.queries.own_calls import AskedRecord

_ORDER: Final = 30
_READERS: Final = (Role.SECRETARIAT, Role.CHIEF, Role.DIRECTOR)


def register() -> None:
    """Let ``meetings`` ask."""
    registry.register("proposals", _ORDER, of_municipality)


def of_municipality(asked: Asked) -> Given:
    """Tell what is asked, and what is answered: one query, none for who may not know."""
    seat = asked.seat
    if seat.role not in _READERS:
        return Given()
    # Directors read the answers of all on what was called for, as if they were theirs.
    own = Membership(
        pk=seat.pk,
        user=asked.user,
        council=seat.council,
        municipality=asked.place,
        role=Role.DIRECTOR,
    )
    calls = own_calls(own)
    return Given(
        waits=tuple(waits_of(asked, call) for call in calls if call.waits),
        parts=(part_of(asked, calls),) if calls else (),
        dues=tuple(
            Due(f"Svar på {_of(call)}", call.call.due_on, call.url)
            for call in calls
            if call.call.is_open
        ),
    )


def waits_of(asked: Asked, call: OwnCall) -> Waits:
    """Say what a municipality has not answered, and when it is to."""
    missing, every = len(call.missing), len(call.asked)
    many = "de " if every > 1 else ""
    if missing == every:
        said = f"{asked.name} har ikke svaret på {many}{call.records}."
    else:
        said = f"{asked.name} mangler at svare på {missing} af {many}{call.records}."
    due = formats.weekday_long_date(call.call.due_on)
    due = f"{due[:1].lower()}{due[1:]}"
    what = formats.counted(missing, *_WORDS[call.of])
    url = call.url if asked.is_own else ""
    return Waits(f"{said} Frist {due}.", f"Svar på {what}", url)


_WORDS: Final = {"forslag": ("forslag", "forslag"), "samdrift": ("enhed", "enheder")}


def heading(calls: Sequence[OwnCall]) -> str:
    """Say how many answers are still waited for."""
    missing = sum(len(call.missing) for call in calls if call.call.is_open)
    what = formats.listed([_of(call) for call in calls])
    what = f"{what[:1].upper()}{what[1:]}"
    if not missing and any(call.missing for call in calls):
        return f"{what}: opkaldet er lukket"
    if not missing:
        return f"{what}: der er svaret på alt"
    return f"{what}: {formats.counted(missing, 'svar', 'svar')} mangler"


def _of(call: OwnCall) -> str:
    return "forslag" if call.of == "forslag" else "samdrift"


def part_of(asked: Asked, calls: Sequence[OwnCall]) -> Part:
    """Give the answers by theme."""
    key = f"municipality:{asked.place.code}/answers"
    rows: list[Row] = []
    links: dict[str, str] = {}
    icons: dict[str, str] = {}
    for call in calls:
        for theme, group in groupby(call.records_asked, key=lambda each: each.theme):
            under = f"{key}/{len(rows) + 1}"
            records = tuple(group)
            cells = (
                theme,
                _numbers(call, records),
                answered(records, is_open=call.call.is_open),
            )
            rows.append(Row(under, tuple((Words(text),) for text in cells)))
            links[under] = call.url
            if call.call.is_open and any(not each.stance for each in records):
                icons[under] = "waiting"
    title = heading(calls)
    columns = (
        Column("Emne", names_row=True),
        Column("Nummer", width=36),
        Column(asked.name, width=60),
    )
    table = Table(
        f"{key}/themes", title, columns, (Group(f"{key}/rows", "", tuple(rows)),)
    )
    section = Section(key=key, title=title, look="entry", blocks=(table,))
    return Part(section, links=links, icons=icons)


def answered(records: Sequence[AskedRecord], *, is_open: bool) -> str:
    """Say how a municipality answered on a theme: "Ikke svaret på 9".

    Of a call that is closed nothing is waited for: "Svarede ikke på 9".
    """
    every = len(records)
    given = sum(bool(each.stance) for each in records)
    if not given:
        none = "Ikke svaret" if is_open else "Svarede ikke"
        return f"{none} på {every}" if every > 1 else none
    return f"Svaret på {given} af {every}" if every > 1 else "Svaret"


def _numbers(call: OwnCall, records: Sequence[AskedRecord]) -> str:
    numbers = [each.number for each in records]
    word = "Forslag" if call.of == "forslag" else "Enhed"
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 1 and last - first + 1 == len(numbers):
        return f"{word} {first}–{last}"
    return f"{word} {formats.listed([str(number) for number in numbers])}"
