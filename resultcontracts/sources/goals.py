"""One goal as a section: where it stands, what it is measured by, what is said. Pure.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from documents.tree import (
    Fact,
    Facts,
    Note,
    Paragraph,
    Point,
    Points,
    Section,
    Words,
    drop_empty,
)
from resultcontracts.choices import ActivityKind
from resultcontracts.sources import cells, findings, prose, tables
from resultcontracts.sources.cells import (
    NO_TARGET,
    goal_key,
    points_of,
    target_value,
)
from resultcontracts.sources.charts import charts
from resultcontracts.standing.numbers import spelt
from resultcontracts.standing.sentence import body, freshness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documents.tree import Block, Inline
    from resultcontracts.queries.contracts import ContractRows, GoalRow
    from resultcontracts.queries.contradictions import Answered
    from resultcontracts.queries.papers import Around

CHARTS, PROSE, ANSWERS, MEASURES = "charts", "prose", "answers", "measures"
"""What can be left out of a report."""


@dataclass(frozen=True)
class Report:
    """All that a report is made of.

    Attributes:
        has_day: a day was chosen, so that ages can be said: they do not move.
        without: what is left out.
    """

    read: ContractRows
    found: tuple[Answered, ...]
    around: Around
    points: Mapping[str, cells.Point]
    has_day: bool
    without: frozenset[str]


def all_points(read: ContractRows) -> dict[str, cells.Point]:
    """Give all measures of a contract by their labels."""
    return {
        point.label: point for goal in read.goals for point in points_of(goal, read)
    }


def section(goal: GoalRow, report: Report) -> Section:
    """Give a goal as it is reported."""
    key, row = goal_key(goal), goal.row
    points = points_of(goal, report.read)
    caption = f"Målepunkter i mål {goal.number}"
    blocks: list[Block] = [status(goal, report)]
    blocks += _text(f"{key}/purpose", "Formål", row.purpose)
    if points:
        blocks.append(tables.of_goal(key, caption, points))
    if CHARTS not in report.without:
        blocks += charts(points, report.read.day)
    blocks += sources(key, points)
    blocks.append(
        Facts(f"{key}/about", "Om målepunkterne", tuple(_about(points, report)))
    )
    if PROSE not in report.without:
        text = prose.paragraph(
            f"{key}/report", "Rapporten skriver", row.report, report.points
        )
        blocks.append(text)
    blocks += how(goal, report.around)
    blocks.append(remarks(goal, report.around))
    if ANSWERS not in report.without:
        own = findings.of_goal(findings.standing(report.found), goal.number)
        blocks += (findings.paragraph(key, each, "Modsigelse") for each in own)
    return _headed(goal, drop_empty(*blocks))


def sources(key: str, points: tuple[cells.Point, ...]) -> Iterator[Note]:
    """Say under a goal's table where its results are from, and which is from where."""
    found: dict[str, list[str]] = {}
    for point in points:
        told = cells.source_of(point) if point.each.reading is not None else None
        if told is not None:
            found.setdefault(told.name, []).append(point.label)
    if len(found) == 1:
        yield Note(
            f"{key}/sources", (Words(f"Kilde: {next(iter(found))}."),), is_wide=True
        )
    elif found:
        named = (f"{name} ({', '.join(own)})" for name, own in found.items())
        said = f"Kilder: {'; '.join(named)}."
        yield Note(f"{key}/sources", (Words(said),), is_wide=True)


def status(goal: GoalRow, report: Report) -> Paragraph:
    """Say where a goal stands, how old that is, and what was reported instead."""
    row, standing = goal.row, goal.standing
    glyph = cells.glyph(standing.status)
    word = Words(f"{standing.status.label}:", strong=True, glyph=glyph)
    lines: list[tuple[Inline, ...]] = [(word, Words(f" {body(standing)}"))]
    if report.has_day:
        lines.append((Words(f"{freshness(standing, report.read.day)}."),))
    elif standing.shown and standing.shown.measurement:
        lines.append((Words(f"Målt {standing.shown.measurement.period.text}."),))
    if row.requirement:
        lines.append((Words(row.requirement),))
    if row.reported and row.reported != standing.status:
        as_word = row.reported_as or row.get_reported_display()
        implied = ", underforstået" if row.is_implied else ""
        told = f"Indberettet som ”{as_word}”{implied}. {row.reported_note}".rstrip()
        lines.append((Words(told),))
    return Paragraph(f"{goal_key(goal)}/status", "Status", tuple(lines))


def agreed(goal: GoalRow, around: Around, read: ContractRows) -> Section:
    """Give a goal as it was agreed: no result."""
    key, row = goal_key(goal), goal.row
    points = points_of(goal, read)
    blocks: list[Block] = [
        *_text(f"{key}/purpose", "Formål", row.purpose),
        *_text(f"{key}/text", "Mål", row.text),
    ]
    if row.requirement:
        blocks += _text(f"{key}/requirement", "Krav", row.requirement)
    rows = tuple(Fact(p.key, p.label, tuple(_agreed(p))) for p in points)
    blocks.append(Facts(f"{key}/measures", "Målepunkter", rows))
    return _headed(goal, drop_empty(*blocks, *how(goal, around)))


def how(goal: GoalRow, around: Around) -> Iterator[Block]:
    """Give how a goal is measured, and who reports to whom."""
    key, row = goal_key(goal), goal.row
    label = "Metode, læst ud af rapporten" if row.is_method_inferred else "Metode"
    yield from _text(f"{key}/method", label, row.method)
    lines = tuple((Words(_reporting(each)),) for each in around.lines.get(row.pk, ()))
    yield Paragraph(f"{key}/reporting", "Afrapportering", lines)


def remarks(goal: GoalRow, around: Around) -> Points:
    """Give what is remarked on a goal and its results."""
    key = goal_key(goal)
    found = tuple(
        Point(f"{key}/remark:{each.position}", each.text)
        for each in around.remarks.get(goal.row.pk, ())
    )
    return Points(f"{key}/remarks", "Bemærkninger", found)


def _headed(goal: GoalRow, blocks: tuple[Block, ...]) -> Section:
    row = goal.row
    label = f"Mål {goal.number}"
    return Section(goal_key(goal), row.title, label, running=label, blocks=blocks)


def _text(key: str, label: str, text: str) -> Iterator[Paragraph]:
    lines = tuple((Words(line),) for line in map(str.strip, text.split("\n")) if line)
    if lines:
        yield Paragraph(key, label, lines)


def _reporting(each: Any) -> str:
    about = f", om {each.subject[:1].lower()}{each.subject[1:]}" if each.subject else ""
    often = f": {each.frequency}" if each.frequency else ""
    inferred = " (ikke skrevet i kontrakten)" if each.is_inferred else ""
    return f"{each.sender} til {each.receivers}{about}{often}{inferred}."


def _agreed(point: cells.Point) -> Iterator[tuple[Inline, ...]]:
    """Give what is to be reached, by when, and how the number came about."""
    own, first = point.row.row, next(iter(point.row.value.targets), None)
    yield (Words(f"{point.name}."),)
    if first is None:
        yield (Words(f"{NO_TARGET[:1].upper()}{NO_TARGET[1:]}."),)
    else:
        unit = f" {own.unit}" if own.unit else ""
        value = target_value(f"{point.key}/target", first.target)
        due = point.row.value.due.text
        wording = own.json_targets[0]["wording"]
        said = f" ({wording})" if wording else ""
        yield (Words("Måltal "), value, Words(f"{unit}{said}, måles {due}."))
    for later in point.row.value.targets[1:]:
        since = f"{later.since:%d.%m.%Y}" if later.since else ""
        value = target_value(f"{point.key}/target:{since}", later.target)
        yield (Words(f"Fra {since} er måltallet "), value, Words(f": {later.reason}"))
    if not own.counts:
        yield (Words("Tæller ikke med i målets status."),)
    if own.data_source:
        yield (Words(f"Kilde: {own.data_source}."),)


def _about(points: tuple[cells.Point, ...], report: Report) -> Iterator[Fact]:
    for point in points:
        if lines := tuple((Words(line),) for line in _said(point, report)):
            yield Fact(f"{point.key}/about", point.label, lines)


def _said(point: cells.Point, report: Report) -> Iterator[str]:
    """Say what is to be known of a measure beside its number, each once."""
    own: Any = point.row.row
    each = point.each
    told = point.row.told(each.measurement.key) if each.measurement else None
    lines = [each.verdict.reason if each.verdict else "", told["told"] if told else ""]
    if each.measurement and each.measurement.is_proxy:
        lines.append("Tallet tæller noget andet end det aftalte.")
    lines += [own.note, own.rank]
    others = [_other(row) for row in own.json_benchmarks]
    lines += others if len(others) <= cells.AT_MOST else ["; ".join(others)]
    lines += [_done(row) for row in report.around.activities.get(own.pk, ())]
    for line in dict.fromkeys(filter(None, lines)):
        text = f"{line[:1].upper()}{line[1:]}"
        yield text if text.endswith((".", "!", "?", "”")) else f"{text}."


def _other(row: Mapping[str, Any]) -> str:
    derived = ", afledt" if row["is_derived"] else ""
    note = f" ({row['note'].rstrip('.')}{derived})" if row["note"] else ""
    time = f", {row['period_name']}" if row["period_name"] else ""
    return f"{row['name']}: {spelt(Fraction(row['value']))}{time}{note or derived}"


def _done(row: Any) -> str:
    where = f" ({row.places})" if row.places else ""
    begun = "Gjort i stedet: " if row.kind == ActivityKind.INSTEAD else "Aktivitet: "
    return f"{begun}{row.text}{where}"
