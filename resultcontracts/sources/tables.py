"""Tables of measures: of one goal, and of all. Pure.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from documents.tree import Column, Group, Row, Table, Words
from resultcontracts.charts.segments import difference
from resultcontracts.sources import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resultcontracts.sources.cells import Cell, Point

NUMBER: Final = Column("Nr.", width=12, tone="quiet")
TARGET: Final = Column("Måltal", "right", 22)
RESULT: Final = Column("Resultat", "right", 24, tone="strong")
STATUS: Final = Column("Status", width=34)


def of_goal(key: str, caption: str, points: Sequence[Point]) -> Table:
    """Give a goal's measures: target, result, difference, others, status.

    Measures that ask the same of several segments stand under what they ask.
    """
    has_others = any(point.row.row.json_benchmarks for point in points)
    columns = (
        NUMBER,
        Column("Målepunkt", names_row=True),
        TARGET,
        RESULT,
        Column("Forskel", "right", 18),
        *((Column("Andre", "right", 24),) if has_others else ()),
        STATUS,
    )
    groups = tuple(_groups(key, points, has_others=has_others))
    return Table(f"{key}/measures", caption, columns, groups)


def of_all(key: str, caption: str, goals: Sequence[tuple[str, Sequence[Point]]]) -> Any:
    """Give all measures of a contract by goal: unit, target, result, status."""
    columns = (
        NUMBER,
        Column("Målepunkt", names_row=True),
        Column("Enhed", width=28, tone="quiet"),
        TARGET,
        RESULT,
        STATUS,
    )
    groups = tuple(
        Group(f"{key}/{at}", title, tuple(_line(f"{key}/{p.key}", p) for p in points))
        for at, (title, points) in enumerate(goals, 1)
        if points
    )
    return Table(f"{key}/table", caption, columns, groups)


def _line(key: str, point: Point) -> Row:
    return Row(
        key,
        (
            (Words(point.label),),
            cells.named(point.each, point.name),
            _words(point.row.row.unit),
            (cells.target(point, f"{key}/target"),),
            (cells.result(point, f"{key}/result"),),
            cells.status(point.each),
        ),
    )


def _groups(key: str, points: Sequence[Point], *, has_others: bool) -> Iterator[Group]:
    for (name, unit), same in groupby(points, key=_asked):
        own = tuple(same)
        is_segmented = len(own) > 1
        title = _named(name, unit) if is_segmented else ""
        rows = tuple(
            _row(point, is_segmented=is_segmented, has_others=has_others)
            for point in own
        )
        yield Group(f"{key}/measures/{own[0].row.row.key}", title, rows)


def _asked(point: Point) -> tuple[str, str]:
    return point.row.row.name, point.row.row.unit


def _row(point: Point, *, is_segmented: bool, has_others: bool) -> Row:
    own: Any = point.row.row
    name = own.segment if is_segmented and own.segment else _named(point.name, own.unit)
    found: tuple[Cell, ...] = (
        (Words(point.label),),
        cells.named(point.each, name),
        (cells.target(point),),
        (cells.result(point),),
        _words(difference(point.each)),
        *((cells.others(point),) if has_others else ()),
        cells.status(point.each),
    )
    return Row(point.key, found)


def _named(name: str, unit: str) -> str:
    return f"{name}, {unit}" if unit else name


def _words(text: str) -> Cell:
    return (Words(text),) if text else ()
