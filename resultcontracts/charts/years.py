"""A measure's results over the years; no line over a break, and none of two points. Pure.

Source: docs/rules.md R-121, R-123.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from core.formats import listed, long_date
from documents.tree import Column
from resultcontracts.charts.course import Course, Field, Held, Point
from resultcontracts.charts.figure import Figure, table
from resultcontracts.charts.layout import Layout
from resultcontracts.charts.words import capital
from resultcontracts.standing.measures import latest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from documents.tree import Table
    from resultcontracts.standing.measures import Measurement
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.series import Series
    from resultcontracts.standing.targets import TargetRevision

WIDTH = 344


@dataclass(frozen=True, slots=True)
class Absent:
    """A time of which there is no figure to draw, and why, in words."""

    name: str
    end: date
    words: str
    definition: int = 1


def absent_of(measurements: Iterable[Measurement], day: date) -> tuple[Absent, ...]:
    """Give the times of which it is known by a day why there is no figure."""
    rows = [
        row
        for row in measurements
        if row.approved_on is not None and row.approved_on <= day and row.period.end
    ]
    found = []
    for end in sorted({row.period.end for row in rows if row.period.end}):
        row = latest(tuple(row for row in rows if row.period.end == end), day)
        if row is not None and row.missing is not None:
            words = capital(row.missing.label)
            found.append(Absent(short_name(row), end, words, row.definition))
    return tuple(found)


def held_of(revisions: Sequence[TargetRevision]) -> tuple[Held, ...]:
    """Give which target holds from when until when."""
    ordered = sorted(
        revisions, key=lambda each: (each.since is not None, each.since or date.min)
    )
    following = [*(each.since for each in ordered[1:]), None]
    return tuple(
        Held(each.target, each.since, until)
        for each, until in zip(ordered, following, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure's results, and what has to be known to compare them.

    Attributes:
        held: which target applied when; its line is drawn over no other time.
        definitions: what a definition counts, "også "Tilfreds" talte med".
        absent: times without a figure.
        derived: results that are worked out of what a source says.
        source: where the figures are from, a sentence with its full stop.
    """

    subject: str
    series: Series
    unit: str = ""
    held: tuple[Held, ...] = ()
    definitions: Mapping[int, str] = field(default_factory=dict)
    absent: tuple[Absent, ...] = ()
    derived: frozenset[Measurement] = frozenset()
    source: str = ""

    @property
    def points(self) -> Iterator[tuple[Measurement, Reading]]:
        """Give the results that are drawn, the oldest first."""
        for stretch in self.series.stretches:
            for row in stretch.points:
                if row.reading is not None:
                    yield row, row.reading

    @property
    def newest(self) -> int | None:
        """Which definition holds now."""
        stretches = self.series.stretches
        return stretches[-1].definition if stretches else None

    def printed(self, row: Measurement, reading: Reading) -> str:
        """Give a result as the table has it."""
        if row in self.derived:
            return f"{reading.text} (afledt)"
        if row.is_proxy:
            return f"{reading.text} (tæller noget andet)"
        return reading.text


def years(key: str, line: Timeline) -> Figure:
    """Draw what there is over time, each point with its figure."""
    course = Course(
        points=tuple(_points(line)),
        fields=tuple(_fields(line)),
        held=line.held,
    )
    rows = _rows(line)
    return Figure(
        key=key,
        heading=line.series.text,
        note=_finding(line),
        sentence=_sentence(line, rows),
        source=" ".join(filter(None, (line.source, *_signs(line)))),
        table=_table(key, line, rows),
        plot=Layout(course) if course.times else None,
        wide_at=WIDTH,
        narrow_at=WIDTH,
    )


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
                is_hollow=row in line.derived or row.is_proxy,
            )


def short_name(row: Measurement) -> str:
    """Give what stands under a point: its year, or the very time it was measured."""
    period = row.period
    if period.name:
        return period.name
    return long_date(period.end) if period.end else ""


def _fields(line: Timeline) -> Iterator[Field]:
    """Give the times that cannot be compared with now."""
    for stretch in line.series.stretches[:-1]:
        ends = [row.period.end for row in stretch.points if row.period.end]
        own = line.definitions.get(stretch.definition, "")
        words = f"Anden definition: {own}" if own else "Anden definition"
        yield Field(ends[0], ends[-1], words, has_points=True)
    for each in line.absent:
        is_other = line.newest is not None and each.definition != line.newest
        yield Field(each.end, each.end, each.words, name=each.name, is_break=is_other)


type _Row = tuple[str, str, str]


def _rows(line: Timeline) -> list[_Row]:
    """Give what is drawn and what is absent by time, then what has no time."""
    found: list[tuple[date, _Row]] = []
    for row, reading in line.points:
        if row.period.end is not None:
            own = line.definitions.get(row.definition, "")
            said = (short_name(row), line.printed(row, reading), own)
            found.append((row.period.end, said))
    for each in line.absent:
        own = line.definitions.get(each.definition, "")
        found.append((each.end, (each.name, each.words, own)))
    undated = [
        (short_name(row) or "dato ikke oplyst", line.printed(row, row.reading), "")
        for row in line.series.undated
        if row.reading
    ]
    return [*(row for _, row in sorted(found)), *undated]


def _signs(line: Timeline) -> Iterator[str]:
    rows = [row for row, _ in line.points]
    if any(row in line.derived for row in rows):
        yield "Hul cirkel: tallet er afledt."
    if any(row.is_proxy and row not in line.derived for row in rows):
        yield "Hul cirkel: tallet tæller noget andet end det aftalte."
    others = [each for each in line.absent if each.definition != line.newest]
    if len(line.series.stretches) > 1 or (rows and others):
        yield "Stiplet linje: definitionen er ændret."
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
