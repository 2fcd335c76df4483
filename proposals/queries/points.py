"""The points of a record as its page shows them: by kind, and by who gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery

from proposals.choices import PointKind
from proposals.models import Point
from proposals.queries.since_sent import News, news_of, with_sent
from proposals.words import MOVES, WORDS, KindWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from proposals.models import Record


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point as its row shows it.

    Attributes:
        dom_id: its place on the page.
        number: in the whole list, from 1; "" where points are not counted.
        name: "gevinst 2".
        url: where it is edited; the addresses of its place and removal lie below.
        may_rise, may_sink: there is a place above or below among its peers.
        news: what happened to it since the record was last sent, if anything did.
    """

    point: Point
    dom_id: str
    number: str
    name: str
    url: str
    may_rise: bool
    may_sink: bool
    news: News | None = None


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points that stand together; ``beneficiary`` is "" but for a unit's gains."""

    beneficiary: str
    rows: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class PointList:
    """The points of one kind.

    Attributes:
        moves: the kinds a point may be moved to.
    """

    words: KindWords
    groups: tuple[PointGroup, ...]
    moves: tuple[KindWords, ...]

    @property
    def count(self) -> int:
        """How many points there are."""
        return sum(len(group.rows) for group in self.groups)


def point_lists(record: Record, since: datetime | None = None) -> tuple[PointList, ...]:
    """Give the record's points by kind, in the order of its page. One query.

    Args:
        since: when the record was last sent; None where it was not.
    """
    points, url = _points(record, since), f"{record.get_absolute_url()}punkter/"
    news = {point.pk: news_of(point, record, since) for point in points}
    return tuple(
        PointList(
            WORDS[kind],
            _groups([point for point in points if point.kind == kind], url, news),
            tuple(WORDS[other] for other in moves),
        )
        for kind, moves in MOVES[record.owner].items()
    )


def _points(record: Record, since: datetime | None) -> tuple[Point, ...]:
    """The points in order; a unit's know how many units print a shared one."""
    sharing = (
        Point.objects.filter(shared=OuterRef("shared"), position__isnull=False)
        .filter(unit__number__isnull=False)
        .order_by()
        .values("shared")
        .annotate(units=Count("unit", distinct=True))
    )
    rows = Point.objects.filter(**{record.owner: record}).present()
    if record.owner == "unit":
        rows = rows.annotate(shared_by=Subquery(sharing.values("units")))
    told = rows if since is None else with_sent(rows, record, since)
    return tuple(told.order_by("position", "pk"))


def _groups(
    points: Sequence[Point], url: str, news: Mapping[int, News | None]
) -> tuple[PointGroup, ...]:
    peers: dict[str, list[Point]] = {}
    for point in points:
        peers.setdefault(point.beneficiary, []).append(point)
    return tuple(
        PointGroup(
            beneficiary,
            tuple(
                _point_row(
                    point,
                    url,
                    may_rise=place > 1,
                    may_sink=place < len(rows),
                    news=news[point.pk],
                )
                for place, point in enumerate(rows, 1)
            ),
        )
        for beneficiary, rows in peers.items()
    )


def _point_row(point: Point, url: str, **more: Any) -> PointRow:
    words = WORDS[PointKind(point.kind)]
    return PointRow(
        point=point,
        dom_id=f"point-{point.pk}",
        number=str(point.position) if words.is_counted else "",
        name=f"{words.one} {point.position}",
        url=f"{url}{point.pk}/",
        **more,
    )
