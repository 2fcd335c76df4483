"""The dashboard of a contract: its headline and a line a goal. Four queries.

Source: docs/rules.md R-134, R-135.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.formats import counted, listed
from resultcontracts.charts.bullet import bullet, is_other
from resultcontracts.choices import MeasureKind, Status, Why
from resultcontracts.queries.changes import last_held, since
from resultcontracts.queries.contracts import many_rows
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.standing.headline import (
    Headline,
    counts_of,
    of_measures,
    sweeping,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from resultcontracts.charts.bullet import Bullet
    from resultcontracts.models import Contract
    from resultcontracts.queries.changes import Since
    from resultcontracts.queries.contracts import ContractRows, GoalRow
    from resultcontracts.queries.contradictions import Answered
    from resultcontracts.standing.measures import MeasureStanding

SWEEPING: Final = "sweeping:"
MOST_SWEEPING: Final = 3


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """What the list says of a goal, in plain values: see :class:`GoalLine`."""

    number: int
    title: str
    kind_name: str
    status: Status
    has_number: bool
    figure_pk: str
    bullet: Bullet | None
    result: str
    against: str
    what: str
    why_none: str
    chips: tuple[str, ...]
    differs: bool
    is_same: bool
    is_implied: bool
    reported_as: str


@dataclass(frozen=True)
class GoalLine:
    """One goal in the list.

    Attributes:
        chips: what is new of it, or to be measured now.
    """

    goal: GoalRow
    chips: tuple[str, ...]

    @property
    def number(self) -> int:
        """As people say it aloud."""
        return self.goal.number

    @property
    def kind(self) -> str:
        """Key of its kind."""
        return str(self.goal.row.json_kind["key"])

    @property
    def kind_name(self) -> str:
        """Its kind, "nationalt"."""
        return str(self.goal.row.json_kind["name"])

    @property
    def status(self) -> Status:
        """Where it stands."""
        return self.goal.standing.status

    @property
    def shown(self) -> MeasureStanding | None:
        """The measure that is drawn; None without a number."""
        return self.goal.standing.shown

    @cached_property
    def bullet(self) -> Bullet | None:
        """Its drawing."""
        return bullet(self.shown) if self.shown else None

    @property
    def result(self) -> str:
        """The result as it is read: "38", "knap 50"."""
        return self.shown.reading.text if self.shown and self.shown.reading else ""

    @property
    def figure_pk(self) -> str:
        """The row that the result is from; "" of a sum, which has none."""
        found = self.shown.measurement if self.shown else None
        return found.key if found else ""

    @property
    def against(self) -> str:
        """The target with its unit: "39 pct."; a ratio has none."""
        if not self.shown or not self.shown.target:
            return ""
        return f"{self.shown.target.text} {self._unit}".rstrip()

    @property
    def _unit(self) -> str:
        assert self.shown is not None  # noqa: S101 -- only asked where there is one
        row = self.goal.by_label[self.shown.measure.label].row
        return "" if row.kind == MeasureKind.RATIO else str(row.unit)

    @property
    def what(self) -> str:
        """Which measure it is: "1.1 kender huset · hul søjle"."""
        if self.shown is None:
            return ""
        name = short_name(self.shown, self._unit) or self._name
        hollow = " · hul søjle" if is_other(self.shown) else ""
        return f"{self.shown.measure.label} {name}{hollow}"

    @property
    def _name(self) -> str:
        assert self.shown is not None  # noqa: S101 -- only asked where there is one
        return str(self.goal.by_label[self.shown.measure.label].row.name)

    @property
    def why_none(self) -> str:
        """Why there is no number: "Følger mål 10", "5.2 afventer"."""
        standing = self.goal.standing
        if standing.follows is not None:
            return f"Følger mål {standing.follows}"
        if missing := [each for each in standing.counting if each.is_missing]:
            return f"{_labels(missing)} afventer"
        if not standing.measures:
            return "Målet har ingen målepunkter"
        if judged := [each for each in standing.counting if each.why is not Why.JUDGED]:
            return f"{_labels(judged)} {judged[0].why.label}"
        return "Vurderet uden tal" if standing.counting else "Måles senere"

    @property
    def is_reported(self) -> bool:
        """The reporter has drawn a conclusion."""
        return bool(self.goal.row.reported)

    @property
    def is_same(self) -> bool:
        """It is the one that the numbers give."""
        return self.is_reported and self.goal.row.reported == self.status

    @property
    def differs(self) -> bool:
        """The reporter says one thing and the numbers another."""
        return self.is_reported and not self.is_same

    @property
    def reported_as(self) -> str:
        """What the reporter calls it, in its own word."""
        row = self.goal.row
        return str(row.reported_as or Status(row.reported).label)

    @property
    def is_implied(self) -> bool:
        """That word is read out of the text."""
        return bool(self.goal.row.is_implied)

    @property
    def said(self) -> GoalSaid:
        """All of it that the list shows."""
        has_number = self.shown is not None
        return GoalSaid(
            number=self.number,
            title=str(self.goal.row.title),
            kind_name=self.kind_name,
            status=self.status,
            has_number=has_number,
            figure_pk=self.figure_pk if has_number else "",
            bullet=self.bullet,
            result=self.result,
            against=self.against,
            what=self.what,
            why_none="" if has_number else self.why_none,
            chips=self.chips,
            differs=self.differs,
            is_same=self.is_same,
            is_implied=self.is_implied,
            reported_as=self.reported_as if self.differs else "",
        )


def _labels(rows: list[MeasureStanding]) -> str:
    return ", ".join(each.measure.label for each in rows)


def short_name(each: MeasureStanding, unit: str) -> str:
    """Give a measure's own words without its number: "kender huset", "handlingsplaner".

    An abbreviated unit goes with the number, a noun stays: "events for rådgivere".
    """
    said = each.measure.phrase
    if unit.endswith("."):
        said = said.replace(f"{{}} {unit}", "", 1)
    return " ".join(said.replace("{}", "", 1).split())


@dataclass(frozen=True)
class KindOfGoals:
    """One of the contract's own kinds, with how many goals it has."""

    key: str
    plural: str
    amount: int


@dataclass(frozen=True)
class Overview:
    """A contract as its dashboard shows it."""

    read: ContractRows
    lines: tuple[GoalLine, ...]
    since: Since
    findings: tuple[Answered, ...]

    @cached_property
    def headline(self) -> Headline:
        """The first lines."""
        return Headline(
            counts=counts_of(line.status for line in self.lines),
            differing=sum(line.differs for line in self.lines),
            sweeping=tuple(self._sweeping())[:MOST_SWEEPING],
        )

    def _sweeping(self) -> Iterator[str]:
        for each in self.findings:
            if each.finding.key.startswith(SWEEPING) and not each.is_rejected:
                side = each.finding.sides[0]
                yield sweeping(side.place, side.text)

    @cached_property
    def measures(self) -> tuple[MeasureStanding, ...]:
        """Every measure of every goal."""
        return tuple(
            each for line in self.lines for each in line.goal.standing.measures
        )

    @property
    def measures_text(self) -> str:
        """Say where they stand."""
        return of_measures(self.measures)

    @cached_property
    def kinds(self) -> tuple[KindOfGoals, ...]:
        """Its kinds, in the order in which its goals first have them."""
        found: dict[str, list[GoalLine]] = {}
        for line in self.lines:
            found.setdefault(line.kind, []).append(line)
        return tuple(
            KindOfGoals(key, str(own[0].goal.row.json_kind["plural"]), len(own))
            for key, own in found.items()
        )

    @property
    def facts(self) -> str:
        """Say how much it is: "18 mål: 8 nationale og 10 lokale · 61 målepunkter"."""
        goals = counted(len(self.lines), "mål", "mål")
        kinds = [f"{kind.amount} {kind.plural}" for kind in self.kinds]
        of = f": {listed(kinds)}" if len(kinds) > 1 else ""
        measures = counted(len(self.measures), "målepunkt", "målepunkter")
        return f"{goals}{of} · {measures}"

    @property
    def counts(self) -> Mapping[Status, int]:
        """Status → how many goals."""
        return self.headline.counts

    @property
    def changed(self) -> int:
        """How many goals have something new."""
        return sum(bool(line.chips) for line in self.lines)


def overview(contract: Contract, day: date | None = None) -> Overview:
    """Read a contract's dashboard. Four queries."""
    (read,) = many_rows([contract], day)
    findings = findings_of(read)
    news = since(read, findings, last_held(contract.council, read.day))
    lines = tuple(GoalLine(goal, tuple(news.chips(goal.number))) for goal in read.goals)
    return Overview(read, lines, news, findings)
