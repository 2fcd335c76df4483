"""A municipality's part of the totals that are shared, and its own result beside them. Pure.

Source: docs/rules.md R-122, R-151.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from core.formats import counted, listed, number
from documents.tree import (
    Column,
    Group,
    Missing,
    Paragraph,
    Row,
    Section,
    Table,
    Value,
    Words,
)
from meetings.municipality.values import Change, Part
from resultcontracts.charts.minimum import minimum
from resultcontracts.places import words
from resultcontracts.queries.of_place import goal_of
from resultcontracts.standing.yardsticks import yardsticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accounts.models import Municipality
    from documents.tree import Inline
    from meetings.municipality.values import Asked
    from resultcontracts.queries.of_place import Courses
    from resultcontracts.standing.yardsticks import Yardstick

SORTS: Final[dict[str, tuple[str, Any]]] = {
    "": ("Kommune", lambda row: (row.sort_key, row.pk)),
    "indbyggere": ("Indbyggere", lambda row: (-row.population, row.sort_key)),
    "andel": ("Andel, pct.", lambda row: (-row.population, row.sort_key)),
}
# Of a third total a table of municipalities has no room.
_COLUMNS: Final = 2
SOURCE: Final = "Indbyggertal 1. januar 2022."


def part_of(asked: Asked, own: Courses) -> Part:
    """Give the section of one measure: chart, what is shared, why nothing is decided."""
    key = f"municipality:{asked.place.code}/courses:{own.contract}-{own.key}"
    result = own.results.get(asked.place.pk)
    reading = result.reading if result else None
    rows = yardsticks(
        [(name, total) for name, total, _ in own.totals],
        asked.place.population,
        asked.people,
    )
    source = f"Kilde: {result.source}." if result and result.source else ""
    figure = minimum(f"{key}/chart", asked.name, reading, rows, "", source)
    share = words.share_of(asked.place.population, asked.people)
    group = _group(asked)
    every = len(asked.places)
    title = _group_title(asked, group)
    table = _municipalities(f"{key}/places", title, asked, own, group)
    why = words.undecided(asked.name, result, rows)
    section = Section(
        key=key,
        title=figure.heading,
        lead=words.course_lead(own.label, asked.name, share, result),
        look="entry",
        blocks=(
            *((figure.paper,) if figure.is_drawn else ()),
            _shared(f"{key}/shared", own, rows, share, asked),
            Paragraph(
                f"{key}/why",
                "",
                ((Words("Kan ikke afgøres:", strong=True), Words(f" {why}")),),
            ),
            table,
        ),
    )
    more = (f"Vis alle {every} kommuner", "?alle=1#kommuner")
    if asked.shows_all:
        more = ("Vis kun sundhedsklyngen", "?#kommuner")
    is_part = len(group) < every or asked.shows_all
    from_goals = {
        f"{key}/shared/{at}": _url(own, goal)
        for at, (_, _, where) in enumerate(own.totals, 1)
        if (goal := goal_of(where))
    }
    return Part(
        section,
        pictures={figure.key: figure} if figure.is_drawn else {},
        links=from_goals,
        marked=frozenset({f"{key}/places/{asked.place.code}"}),
        kept=frozenset({table.key}),
        sorts={table.key: _sorts(asked)} if asked.shows_all else {},
        after={f"{key}/why": _both_sides(own)}
        | ({table.key: more} if is_part and asked.place.health_cluster else {}),
    )


def changes_of(own: Courses) -> Iterator[Change]:
    """Tell which of the goals that stand in it have new numbers since the last meeting."""
    for goal in own.goals:
        if amount := own.changed.get(goal, 0):
            said = counted(amount, "nyt tal", "nye tal")
            yield Change("Ny", f"{said} i mål {goal}.", _url(own, goal))


def unchanged(asked: Asked, found: Sequence[Courses]) -> tuple[str, ...]:
    """Name the goals that have none: "tallene i mål 9 og 10"."""
    goals = sorted({g for own in found for g in own.goals if not own.changed.get(g)})
    if asked.since is None or not goals:
        return ()
    return (f"tallene i mål {listed([str(goal) for goal in goals])}",)


def _url(own: Courses, goal: int) -> str:
    return reverse("resultcontracts:goal", args=[own.contract, goal])


def _both_sides(own: Courses) -> tuple[str, str]:
    """Lead to what is said of the numbers, and what does not agree about them."""
    url = _url(own, own.goal)
    if own.is_talked_of:
        return f"Se begge sider i mål {own.goal}", f"{url}#modsigelser"
    return f"Se mål {own.goal}", url


def _sorts(asked: Asked) -> tuple[tuple[str, bool], ...]:
    """Give the addresses that sort by the first columns, and whether it is so now."""
    return tuple(
        (f"?alle=1{f'&sorter={word}' if word else ''}#kommuner", word == asked.sort)
        for word in SORTS
    )


def _shared(
    key: str, own: Courses, rows: Sequence[Yardstick], share: str, asked: Asked
) -> Table:
    result = own.results.get(asked.place.pk)
    reading = result.reading if result else None
    columns = (
        Column("Der deles", names_row=True),
        Column("Hele regionen", "right", 26),
        Column(f"{share} pct.", "right", 24),
        Column("Oplyst", "right", 24),
        Column("Siger", width=44),
    )
    shown = []
    for at, row in enumerate(rows, 1):
        under = f"{key}/{at}"
        told = reading.text if reading else words.NOT_GIVEN
        source = own.totals[at - 1][2]
        cells = (
            (Words(f"{row.name[:1].upper()}{row.name[1:]}"),),
            (_count(f"{under}/all", row.total),),
            (Words(row.text),),
            _told(f"{under}/told", told),
            (Words(" ".join(filter(None, (words.says(reading, row), _of(source))))),),
        )
        shown.append(Row(under, cells))
    caption = f"Hvad {asked.name} har del i efter indbyggertal"
    return Table(key, caption, columns, (Group(f"{key}/rows", "", tuple(shown)),))


def _of(source: str) -> str:
    return f"{source}." if source else ""


def _told(key: str, text: str) -> tuple[Inline, ...]:
    if text == words.NOT_GIVEN:
        return (Value(key, missing=Missing.NOT_GIVEN),)
    return (Words(text),)


def _count(key: str, value: int) -> Value:
    return Value(key, number(value), Decimal(value), Decimal(value))


def _group(asked: Asked) -> list[Municipality]:
    """Give the municipalities that are shown: its cluster's, or all; in order."""
    cluster = asked.place.health_cluster
    rows = [
        each
        for each in asked.places
        if asked.shows_all or not cluster or each.health_cluster == cluster
    ]
    _, order = SORTS.get(asked.sort, SORTS[""]) if asked.shows_all else SORTS[""]
    return sorted(rows, key=order)


def _group_title(asked: Asked, group: Sequence[Municipality]) -> str:
    cluster = asked.place.health_cluster
    if asked.shows_all or not cluster:
        return f"Alle {len(group)} kommuner i {asked.seat.council.name}"
    return f"Kommunerne i sundhedsklynge {cluster}"


def _municipalities(
    key: str, caption: str, asked: Asked, own: Courses, group: Sequence[Municipality]
) -> Table:
    totals = own.totals[:_COLUMNS]
    columns = (
        Column("Kommune", names_row=True),
        Column("Indbyggere", "right", 24),
        Column("Andel, pct.", "right", 20),
        *(Column(f"Mindst af {number(total)}", "right", 26) for _, total, _ in totals),
        Column("Oplyst", width=26),
    )
    rows = []
    for each in group:
        under = f"{key}/{each.code}"
        parts = yardsticks(
            [(name, total) for name, total, _ in totals], each.population, asked.people
        )
        result = own.results.get(each.pk)
        told = result.reading.text if result else words.NOT_GIVEN
        cells: tuple[tuple[Inline, ...], ...] = (
            (Words(each.name),),
            (_count(f"{under}/people", each.population),),
            (Words(words.share_of(each.population, asked.people)),),
            *((Words(part.text),) for part in parts),
            _told(f"{under}/told", told),
        )
        rows.append(Row(under, cells))
    return Table(key, caption, columns, (Group(f"{key}/rows", "", tuple(rows)),))
