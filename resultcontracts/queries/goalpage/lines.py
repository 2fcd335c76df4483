"""The measures of a goal as its page has them: groups with a chart, and judged ones.

Source: docs/rules.md R-131.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.conflict_page import inside
from core.formats import listed
from resultcontracts.charts.bullet import is_other
from resultcontracts.charts.segments import Comparison, Segment, difference, segments
from resultcontracts.charts.words import capital, finding, missing_word
from resultcontracts.choices import MeasureKind
from resultcontracts.queries import rows
from resultcontracts.standing.numbers import Reading, spelt
from resultcontracts.standing.sentence import said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resultcontracts.charts.figure import Figure
    from resultcontracts.queries.contracts import MeasureRow
    from resultcontracts.queries.goalpage.origin import Origin
    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.targets import TargetRevision

_JUDGED: Final = (MeasureKind.DELIVERABLE, MeasureKind.NARRATIVE)
# More than so many others are listed below the table, not in it.
BESIDE: Final = 2
# A unit that is longer stands in the line under the heading alone.
SHORT: Final = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in a table, or judged.

    Attributes:
        name: its segment, or its own name where it has none or shares it.
        others: what it is compared with, of the same time as its result.
        origins: every figure of it and where that comes from, the current one first.
        activities: what was done for it; mappings with kind, text and places.
    """

    measure: MeasureRow
    standing: MeasureStanding
    name: str
    others: tuple[Comparison, ...]
    origins: tuple[Origin, ...]
    activities: tuple[Mapping[str, Any], ...] = ()

    @property
    def row(self) -> Any:
        """The stored row."""
        return self.measure.row

    @property
    def result(self) -> str:
        """The number, or the word where it is missing."""
        reading = self.standing.reading
        return reading.text if reading else missing_word(self.standing)

    @property
    def is_missing(self) -> bool:
        """There is a word where the number would stand."""
        return self.standing.reading is None

    @property
    def is_hollow(self) -> bool:
        """The number counts something else than was agreed."""
        return is_other(self.standing)

    @property
    def target(self) -> str:
        """What is to be reached today."""
        return self.standing.target.text if self.standing.target else "intet måltal"

    @property
    def difference(self) -> str:
        """The result less the target: "−3"."""
        return difference(self.standing)

    @property
    def others_text(self) -> str:
        """What others have: "73 (afledt)"; with names where they are several."""
        if len(self.others) == 1:
            return self.others[0].text
        return listed([f"{each.name} {each.text}" for each in self.others])

    @property
    def said(self) -> str:
        """How it stands beside its target, a sentence."""
        if not self.standing.measure.counts:
            return f"Tæller ikke med i status. {self.row.note}".strip()
        text = said_of(self.standing)
        return text if text.endswith(".") else f"{text}."

    @property
    def current(self) -> Origin | None:
        """Where the number that the status rests on comes from."""
        return next((each for each in self.origins if each.is_current), None)

    @property
    def unapproved(self) -> tuple[Origin, ...]:
        """Figures that nobody has approved: they count for nothing."""
        return tuple(each for each in self.origins if not each.is_approved)

    @property
    def other_origins(self) -> tuple[Origin, ...]:
        """Its other figures: earlier, corrected, not approved."""
        return self.origins[1:]

    @property
    def decided_by(self) -> str:
        """Who gave the verdict that holds, as it stands inside a line; "" if untold."""
        given = self.standing.verdict
        if given is None:
            return ""
        told = [
            each
            for each in self.row.json_verdicts
            if rows.day_of(each["given_on"]) == given.on
        ]
        return inside(told[-1]["decided_by"]) if told else ""

    @property
    def revisions(self) -> tuple[TargetRevision, ...]:
        """Its targets where they were changed, the contract's own first; else none."""
        found = self.standing.measure.targets
        return found if len(found) > 1 else ()

    @property
    def is_otherwise_at_first(self) -> bool:
        """Against the contract's own target it stands otherwise."""
        return self.standing.at_first is not self.standing.status


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that one table and one chart can have.

    Attributes:
        heading: the finding.
        figure: the chart; None where no result is there to draw.
        notes: what is said about the numbers that they are compared with.
        listed: those that are too many for the table: mappings of rows.
    """

    key: str
    heading: str
    subject: str
    unit: str
    lines: tuple[Line, ...]
    figure: Figure | None
    notes: tuple[str, ...]
    listed: tuple[Mapping[str, Any], ...] = ()

    @property
    def own_unit(self) -> str:
        """What stands behind a column's name, ", pct.", where it is short enough."""
        return f", {self.unit}" if 0 < len(self.unit) <= SHORT else ""

    @property
    def has_others(self) -> bool:
        """Whether any of them is compared with others."""
        return any(line.others for line in self.lines)


def is_judged(line: Line) -> bool:
    """A person says how it stands; there is nothing to count."""
    return line.row.kind in _JUDGED


def groups(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Put counted measures together that follow each other and can share a scale."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _belongs(line, found[-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(_group, found))


def _belongs(line: Line, own: Sequence[Line]) -> bool:
    """Same unit and question; or the same unit, and each a segment of its own."""
    first = own[0].row
    if line.row.unit != first.unit or not line.row.segment or not first.segment:
        return False
    if line.row.name == first.name:
        return True
    return line.row.segment not in {each.row.segment for each in own}


def _group(lines: Sequence[Line]) -> Group:
    first = lines[0].row
    is_one_question = len({line.row.name for line in lines}) == 1
    subject = first.name if is_one_question else capital(first.unit)
    key = f"maal-{_slug(lines[0].measure.label)}"
    note = _note(lines, is_one_question=is_one_question)
    drawn = [
        Segment(line.row.segment or line.measure.label, line.standing, line.others)
        for line in lines
    ]
    figure = None
    if any(not line.is_missing for line in lines):
        figure = segments(key, subject, drawn, note, _source(lines))
    return Group(
        key=key,
        heading=_heading(subject, lines),
        subject=note,
        unit=first.unit,
        lines=tuple(lines),
        figure=figure,
        notes=tuple(_notes(lines)),
        listed=tuple(_listed(lines)),
    )


def _slug(label: str) -> str:
    return label.replace(".", "-").lower()


def _heading(subject: str, lines: Sequence[Line]) -> str:
    """Say what the measures show; of one that does not count, only that."""
    if not any(line.standing.counts for line in lines):
        words = {missing_word(line.standing) for line in lines if line.is_missing}
        why = next(iter(words)) if len(words) == 1 else "tæller ikke med i status"
        return f"{capital(subject)}: {why}"
    return finding(subject, [(line.name, line.standing) for line in lines])


def _note(lines: Sequence[Line], *, is_one_question: bool) -> str:
    """Name what is measured, where the heading does not, and its unit."""
    first = lines[0].row
    is_alone = len(lines) == 1 and not first.segment
    name = lines[0].measure.label if is_alone else first.name
    if not is_one_question:
        name = listed([line.measure.label for line in lines])
    return f"{name}, {first.unit}" if first.unit else name


def _source(lines: Sequence[Line]) -> str:
    names = list(dict.fromkeys(line.row.data_source for line in lines))
    names = [name for name in names if name]
    times = {
        line.standing.measurement.period.text
        for line in lines
        if line.standing.measurement
    }
    when = f", {next(iter(times))}" if len(times) == 1 else ""
    return f"Kilde: {'; '.join(names)}{when}." if names else ""


def _notes(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        for each in line.row.json_benchmarks:
            if each["note"]:
                note = str(each["note"])
                yield f"{capital(each['name'])}: {note if note.endswith('.') else note + '.'}"
        if line.row.rank:
            yield f"{capital(line.name)}: {line.row.rank}."


def _listed(lines: Sequence[Line]) -> Iterator[Mapping[str, Any]]:
    """Give all benchmarks of a measure that has more than its table shows."""
    for line in lines:
        own = line.row.json_benchmarks
        if len(own) <= len(line.others):
            continue
        for each in own:
            value = rows.fraction_of(each["value"])
            assert value is not None  # noqa: S101 -- the column has one
            derived = " (afledt)" if each["is_derived"] else ""
            yield {**each, "text": f"{spelt(value)}{derived}", "of": line.name}


def others_of(measure: MeasureRow, standing: MeasureStanding) -> tuple[Comparison, ...]:
    """Give what a result is compared with: of its own time, or of one not told."""
    period = standing.measurement.period.name if standing.measurement else ""
    found = []
    for each in measure.row.json_benchmarks:
        value = rows.fraction_of(each["value"])
        if value is None or each["period_name"] not in ("", period):
            continue
        reading = Reading(value, value, measure.row.unit)
        found.append(Comparison(each["name"], reading, each["is_derived"]))
    return tuple(found[:BESIDE])
