"""What contracts hold of one municipality: one query.

Source: docs/rules.md R-122, R-151.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from accounts.choices import Role
from accounts.models import Municipality
from resultcontracts.models import (
    Activity,
    BudgetLine,
    Claim,
    Contract,
    LocalAgreement,
    Measure,
    Measurement,
    MunicipalResult,
    SharedTotal,
)
from resultcontracts.queries.rows import (
    day_of,
    fraction_of,
    is_new_number,
    reading_of,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from accounts.models import Membership
    from resultcontracts.standing.numbers import Reading


_GOAL: Final = re.compile(r"[Mm]ål (\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Result:
    """A municipality's own number as its source tells it."""

    reading: Reading
    period_name: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Courses:
    """A measure of which municipalities have parts: its totals, and what is told of each.

    Attributes:
        totals: name, total, source.
        results: by the municipality's pk.
        is_talked_of: a paper says something of the goal or the measure.
        changed: goals whose numbers are new since the day that was asked about.
    """

    key: str
    contract: str
    goal: int
    label: str
    name: str
    totals: tuple[tuple[str, int, str], ...]
    results: Mapping[int, Result]
    is_talked_of: bool = False
    changed: Mapping[int, int] = field(default_factory=dict)

    @property
    def goals(self) -> tuple[int, ...]:
        """The goals whose numbers stand in it: its totals', and its own."""
        told = (goal_of(source) for _, _, source in self.totals)
        return tuple(sorted({self.goal, *(each for each in told if each)}))


@dataclass(frozen=True, slots=True)
class BudgetPost:
    """A line of a budget; None where it is not told."""

    name: str
    budget: Fraction | None
    spent: Fraction | None
    is_total: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """A municipality's own agreement with the house."""

    key: str
    title: str
    house: str
    period_name: str
    ends_on: date | None
    amount: Fraction | None
    spent_name: str
    part_of_year: Fraction | None
    source: str
    told: str
    extended: str
    evaluation: str
    lines: tuple[BudgetPost, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and where: all that one measure tells of places."""

    contract: str
    goal: int
    label: str
    texts: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfPlace:
    """What the newest contract that tells anything tells of municipalities."""

    courses: tuple[Courses, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    done: tuple[Done, ...] = ()


_PLAIN_AGREEMENT: Final = (
    "pk", "key", "title", "period_name", "ends_on", "spent_name", "source", "told",
    "extended", "evaluation",
)  # fmt: skip


def goal_of(source: str) -> int:
    """Give the goal that a total is from: 9 of "Mål 9, resultat i alt"; 0 of none."""
    found = _GOAL.match(source)
    return int(found[1]) if found else 0


def of_place(seat: Membership, place: int, since: date | None = None) -> OfPlace:
    """Read what the seat may see of a municipality. One query.

    Args:
        since: the day of the council's last meeting.
    """
    contracts = Contract.objects.visible_to(seat)
    row: Any = (
        Municipality.objects.filter(pk=place, council=seat.council_id)
        .annotate(
            json_courses=_courses(contracts, since),
            json_done=_done(contracts),
            json_agreements=_agreements(seat),
        )
        .first()
    )
    if row is None:
        return OfPlace()
    return OfPlace(
        tuple(map(_course, _newest(row.json_courses))),
        tuple(map(_agreement, row.json_agreements or ())),
        _by_measure(_newest(row.json_done)),
    )


def _newest(rows: Any) -> list[Any]:
    """Keep the rows of the newest contract that has any."""
    # Of a question that can have no answer there is nothing, and no empty list.
    given = rows or ()
    latest = max(((row["year"], row["contract"]) for row in given), default=None)
    return [row for row in given if (row["year"], row["contract"]) == latest]


def _where(prefix: str) -> dict[str, Any]:
    goal = f"{prefix}goal"
    return {
        "goal": F(f"{goal}__number"),
        "contract": F(f"{goal}__contract__key"),
        "year": F(f"{goal}__contract__year"),
    }


def _courses(contracts: Any, since: date | None) -> ArraySubquery:
    of_contract = OuterRef("goal__contract")
    claims = Claim.objects.filter(contract=of_contract).exclude(about=[])
    news = is_new_number(
        Measurement.objects.filter(measure__goal__contract=of_contract)
    )
    news = news.filter(approved_at__date__gt=since) if since else news.none()
    of_measure = {"measure": OuterRef("pk")}
    totals = SharedTotal.objects.filter(**of_measure)
    results = MunicipalResult.objects.filter(**of_measure)
    own = Measure.objects.filter(goal__contract__in=contracts, totals__isnull=False)
    shown = JSONObject(
        **_where(""),
        key="key",
        label="label",
        name="name",
        totals=ArraySubquery(totals.values(json=told(("name", "total", "source")))),
        claims=ArraySubquery(claims.values(json=JSONObject(about="about"))),
        news=ArraySubquery(news.values("measure__goal__number")),
        results=ArraySubquery(
            results.order_by("pk").values(
                json=told(
                    ("municipality_id", "qualifier", "unit", "period_name", "source",
                     "note"),
                    "value",
                )
            )
        ),
    )  # fmt: skip
    rows = Measure.objects.filter(pk__in=own.values("pk"))
    return ArraySubquery(
        rows.order_by("goal__number", "position", "pk").values(json=shown)
    )


def _done(contracts: Any) -> ArraySubquery:
    rows = Activity.objects.filter(measure__goal__contract__in=contracts)
    shown = JSONObject(
        **_where("measure__"), label=F("measure__label"), text="text", places="places"
    )
    order = ("measure__goal__number", "measure__position", "position", "pk")
    return ArraySubquery(rows.exclude(places="").order_by(*order).values(json=shown))


def _agreements(seat: Membership) -> ArraySubquery:
    rows = LocalAgreement.objects.filter(municipality=OuterRef("pk"))
    if seat.role == Role.REPORTER:
        rows = rows.filter(house=seat.organisation_id)
    elif not seat.may_edit and seat.role != Role.DIRECTOR:
        rows = rows.none()
    lines = BudgetLine.objects.filter(agreement=OuterRef("pk"))
    shown = told(
        _PLAIN_AGREEMENT,
        "amount",
        "part_of_year",
        house=F("house__name"),
        lines=ArraySubquery(
            lines.order_by("position", "pk").values(
                json=told(("name", "is_total"), "budget", "spent")
            )
        ),
    )
    return ArraySubquery(rows.order_by("pk").values(json=shown))


def _course(row: Mapping[str, Any]) -> Courses:
    results = {each["municipality_id"]: _result(each) for each in row["results"]}
    said = {label for each in row["claims"] or () for label in each["about"]}
    return Courses(
        row["key"],
        row["contract"],
        row["goal"],
        row["label"],
        row["name"],
        tuple((each["name"], each["total"], each["source"]) for each in row["totals"]),
        results,
        is_talked_of=bool(said & {str(row["goal"]), row["label"]}),
        changed=Counter(row["news"] or ()),
    )


def _result(row: Mapping[str, Any]) -> Result:
    value = row["value"]
    own = {**row, "low": value, "high": value, "asked": None, "printed": ""}
    reading = reading_of(own, row["unit"])
    if reading is None:
        message = "a municipality's result has a number"
        raise ValueError(message)
    return Result(reading, row["period_name"], row["source"], row["note"])


def _agreement(row: Mapping[str, Any]) -> Agreement:
    return Agreement(
        key=row["key"],
        title=row["title"],
        house=row["house"],
        period_name=row["period_name"],
        ends_on=day_of(row["ends_on"]),
        amount=fraction_of(row["amount"]),
        spent_name=row["spent_name"],
        part_of_year=fraction_of(row["part_of_year"]),
        source=row["source"],
        told=row["told"],
        extended=row["extended"],
        evaluation=row["evaluation"],
        lines=tuple(
            BudgetPost(
                each["name"],
                fraction_of(each["budget"]),
                fraction_of(each["spent"]),
                each["is_total"],
            )
            for each in row["lines"]
        ),
    )


def _by_measure(rows: list[Any]) -> tuple[Done, ...]:
    """Put together what one measure tells in the same kind of words: cases."""
    found: dict[tuple[str, int, str, str], list[Any]] = {}
    for row in rows:
        kind, _, rest = row["text"].partition(": ")
        kind = kind if rest else row["text"]
        own = (row["contract"], row["goal"], row["label"], kind)
        found.setdefault(own, []).append(row)
    return tuple(
        Done(
            *key[:3],
            tuple(each["text"] for each in own),
            tuple(each["places"] for each in own),
        )
        for key, own in found.items()
    )
