"""A measure's results over the years; no line over a break, and none of two points. Pure.

Source: docs/rules.md R-121, R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from core.formats import listed
from documents.tree import Column
from resultcontracts.charts.course import Course, Field, Point
from resultcontracts.charts.figure import Figure, table
from resultcontracts.charts.layout import Layout
from resultcontracts.charts.timeline import short_name
from resultcontracts.charts.words import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from documents.tree import Table
    from resultcontracts.charts.timeline import Timeline
    from resultcontracts.standing.measures import Measurement

WIDTH = 344


def years(key: str, line: Timeline) -> Figure:
    """Draw what there is over time, each point with its figure."""
    course = _course(line)
    rows = _rows(line)
    return Figure(
        key=key,
        heading=line.series.text,
        note=_finding(line),
        sentence=_sentence(line, rows),
        source=" ".join(filter(None, (line.source, *_signs(line, course)))),
        table=_table(key, line, rows),
        plot=Layout(course) if course.times else None,
        wide_at=WIDTH,
        narrow_at=WIDTH,
    )


def _course(line: Timeline) -> Course:
    stretches = _stretches(line)
    starts = [each[0].when for each in stretches]
    newest = max(
        (place for place, each in enumerate(stretches) if not _is_older(line, each)),
        default=None,
    )
    after = starts[newest + 1 :] if newest is not None else []
    return Course(
        points=tuple(_points(line)),
        fields=tuple(field for each in stretches for field in _fields(line, each)),
        held=line.held,
        absent=tuple(sorted((each.end, each.name) for each in line.absent)),
        breaks=tuple(starts[1:]),
        newest=(
            starts[newest] if newest else None,
            after[0] if after else None,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Time:
    """A time, and why it has no figure; None where it has one."""

    when: date
    definition: int
    text: str
    missing: str | None = None


def _stretches(line: Timeline) -> list[list[_Time]]:
    """Give all times, cut where the question was changed."""
    times = [
        _Time(row.period.end, row.definition, row.definition_text)
        for row, _ in line.points
        if row.period.end is not None
    ]
    times += [
        _Time(each.end, each.definition, each.definition_text, each.words)
        for each in line.absent
    ]
    times.sort(key=lambda each: each.when)
    return [list(own) for _, own in groupby(times, key=lambda each: each.definition)]


def _is_older(line: Timeline, stretch: Sequence[_Time]) -> bool:
    return line.newest is not None and stretch[0].definition != line.newest


def _fields(line: Timeline, stretch: Sequence[_Time]) -> Iterator[Field]:
    """Give what cannot be compared with now, or has no figure."""
    if not _is_older(line, stretch):
        for words, same in groupby(stretch, key=lambda each: each.missing):
            if words is not None:
                own = list(same)
                yield Field(own[0].when, own[-1].when, f"{capital(words)}.")
        return
    counted = next((each.text for each in reversed(stretch) if each.text), "")
    words = f"Anden definition: {counted}" if counted else "Anden definition"
    has_points = any(each.missing is None for each in stretch)
    missing = dict.fromkeys(each.missing for each in stretch if each.missing)
    if not has_points:
        words = f"{words}. {' '.join(f'{capital(each)}.' for each in missing)}"
    yield Field(stretch[0].when, stretch[-1].when, words, has_points=has_points)


def _points(line: Timeline) -> Iterator[Point]:
    for row, reading in line.points:
        if row.period.end is not None:
            yield Point(
                when=row.period.end,
                name=short_name(row),
                printed=reading.text,
                low=reading.low,
                high=reading.high,
                definition=row.definition,
                is_hollow=row.is_derived or row.is_proxy,
            )


type _Row = tuple[str, str, str]


def _rows(line: Timeline) -> list[_Row]:
    """Give what is drawn and what is absent by time, then what has no time."""
    found: list[tuple[date, _Row]] = []
    for row, reading in line.points:
        if row.period.end is not None:
            text = row.definition_text
            said = (short_name(row), line.printed(row, reading), text)
            found.append((row.period.end, said))
    found += [
        (each.end, (each.name, each.words, each.definition_text))
        for each in line.absent
    ]
    undated = [
        (short_name(row) or "dato ikke oplyst", line.printed(row, row.reading), "")
        for row in line.series.undated
        if row.reading
    ]
    return [*(row for _, row in sorted(found)), *undated]


def _signs(line: Timeline, course: Course) -> Iterator[str]:
    """Say what the signs mean that are there."""
    rows = [row for row, _ in line.points]
    if any(row.is_derived for row in rows):
        yield "Hul cirkel: tallet er afledt."
    if any(row.is_proxy and not row.is_derived for row in rows):
        yield "Hul cirkel: tallet tæller noget andet end det aftalte."
    if course.breaks:
        yield "Stiplet linje: definitionen er ændret."
    if any(not each.has_points for each in course.fields):
        yield "Gråt felt: intet tal."
    if line.series.undated:
        yield "Resultater uden dato står kun i tabellen."


def _finding(line: Timeline) -> str:
    """Say what the points show: "NPS for alle: 74 i 2020, 76 i 2021"."""
    rows = list(line.points)
    own = [(row, value) for row, value in rows if row.definition == line.newest]
    before = [short_name(row) for row, _ in rows if row.definition != line.newest]
    before += [each.name for each in line.absent if each.definition != line.newest]
    if len(own) == 1 and before:
        return f"{line.subject} kan ikke sammenlignes med {listed(before)}"
    if not own or line.series.is_trend:
        return line.subject
    told = [f"{value.text} {_at(row)}" for row, value in own]
    return f"{line.subject}: {', '.join(told)}"


def _at(row: Measurement) -> str:
    return f"i {row.period.name}" if row.period.name else f"den {short_name(row)}"


def _sentence(line: Timeline, rows: Sequence[_Row]) -> str:
    said = [
        f"{name}: {printed} ({own})" if own else f"{name}: {printed}"
        for name, printed, own in rows
    ]
    held = [f"måltal {each.target.text}" for each in line.held]
    beside = f" {capital(listed(held))}." if held else ""
    told = f"{line.subject}. {line.series.text}.{beside}"
    return f"{told} {'; '.join(each.rstrip('.') for each in said)}." if said else told


def _table(key: str, line: Timeline, rows: Sequence[_Row]) -> Table:
    columns = [
        Column("Tid", names_row=True),
        Column(f"Resultat, {line.unit}" if line.unit else "Resultat", "right"),
    ]
    if any(own for _, _, own in rows):
        columns.append(Column("Definition"))
    return table(
        f"{key}/tal", line.subject, columns, [row[: len(columns)] for row in rows]
    )
