"""All that the page of one proposal or unit shows, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from proposals import titles
from proposals.choices import CatalogueKind, PointKind, TermKind
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Point,
    Proposal,
    Term,
    TitleReading,
)
from proposals.queries.used_in import Use, uses_of
from proposals.words import MOVES, PROPOSAL_KINDS, UNIT_KINDS, WORDS, KindWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

    from accounts.models import Membership

TERM_HEADINGS = {
    TermKind.LAW: "Lov eller regel",
    TermKind.SCHEME: "Ordninger",
    TermKind.ACTOR: "Aktører",
    TermKind.TARGET_GROUP: "Målgrupper",
    TermKind.EVIDENCE: "Rapporter",
}


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point as its row shows it.

    Attributes:
        may_rise, may_sink: there is a place above or below among its peers.
    """

    point: Point
    may_rise: bool
    may_sink: bool

    @property
    def number(self) -> int:
        """Its number in the whole list, from 1."""
        return self.point.position or 0

    @property
    def dom_id(self) -> str:
        """Its place on the page."""
        return f"point-{self.point.pk}"

    @property
    def slug(self) -> str:
        """The end of its DOM ids."""
        return str(self.point.pk)


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


@dataclass(frozen=True, slots=True)
class TwoTitles:
    """A proposal whose overview and body read differently.

    Attributes:
        overview, body: the two to choose from.
        others: readings that stand elsewhere, shown as found.
    """

    overview: titles.Reading
    body: titles.Reading
    others: tuple[titles.Reading, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A record that another leans on, or the other way round."""

    pk: int
    number: int
    title: str
    wording: str
    is_to_itself: bool = False

    @property
    def slug(self) -> str:
        """The end of its DOM ids."""
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What stands on the page of one record; ``key`` is its section's in a document."""

    key: str
    points: tuple[PointList, ...]
    figures: tuple[Figure, ...]
    terms: tuple[tuple[str, tuple[str, ...]], ...]
    links_to: tuple[Link, ...]
    links_from: tuple[Link, ...]
    uses: tuple[Use, ...]
    titles: TwoTitles | None = None

    @property
    def places(self) -> tuple[tuple[Use, str, str], ...]:
        """Each use with where in it the record stands, "2.1 Bilag 3, side 41", and a URL."""
        return tuple((use, use.at(self.key), use.url_at(self.key)) for use in self.uses)

    @property
    def place(self) -> str:
        """Where the record stands in the latest use; "" where there is none."""
        return self.uses[0].at(self.key) if self.uses else ""

    @property
    def place_url(self) -> str:
        """Where that is read."""
        return self.uses[0].url_at(self.key) if self.uses else ""

    def find(self, dom_id: str) -> tuple[PointList | None, PointRow | None]:
        """Give the point called ``point-12`` and its list; None where there is none."""
        for points in self.points:
            for group in points.groups:
                for row in group.rows:
                    if row.dom_id == dom_id:
                        return points, row
        return None, None


def own_proposals(seat: Membership) -> QuerySet[Proposal]:
    """The proposals of the council's catalogue; the caller has asked who may see."""
    rows = Proposal.objects.visible_to(seat.user).present()
    return rows.filter(
        catalogue__council=seat.council, catalogue__kind=CatalogueKind.SIMPLIFICATION
    )


def own_units(seat: Membership) -> QuerySet[CooperationUnit]:
    """The units of the council's catalogue."""
    rows = CooperationUnit.objects.visible_to(seat.user).present()
    return rows.filter(
        catalogue__council=seat.council, catalogue__kind=CatalogueKind.COOPERATION
    )


def proposals_for_page(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Load with each proposal all that stands around it, in the same query."""
    to = {"number": F("to__number"), "title": F("to__title"), "pk": F("pk")}
    own = {
        "number": F("proposal__number"),
        "title": F("proposal__title"),
        "pk": F("pk"),
    }
    here = Q(to__number__isnull=False)
    return rows.select_related("theme", "catalogue").annotate(
        json_readings=_json(TitleReading, "proposal", "place", "text", "is_overview"),
        json_figures=_json(Figure, "proposal", *FIGURE_FIELDS),
        json_terms=_json(Term, "proposal", "kind", "text"),
        json_to=_json(CrossReference, "proposal", "wording", where=here, **to),
        json_from=_json(CrossReference, "to", "wording", where=THERE, **own),
    )


def units_for_page(rows: QuerySet[CooperationUnit]) -> QuerySet[CooperationUnit]:
    """Load with each unit all that stands around it, in the same query."""
    to = {"number": F("to__number"), "title": F("to__title"), "pk": F("pk")}
    own = {"number": F("unit__number"), "title": F("unit__title"), "pk": F("pk")}
    here = Q(to__number__isnull=False)
    from_here = Q(unit__number__isnull=False)
    return rows.select_related("catalogue").annotate(
        json_figures=_json(Figure, "unit", *FIGURE_FIELDS),
        json_terms=_json(Term, "unit", "kind", "text"),
        json_to=_json(Dependency, "unit", wording=F("text"), where=here, **to),
        json_from=_json(Dependency, "to", wording=F("text"), where=from_here, **own),
    )


THERE = Q(proposal__number__isnull=False)
FIGURE_FIELDS = ("id", "printed", "measure", "what", "year", "is_derived", "version")


def proposal_page(row: Proposal) -> RecordPage:
    """Give what the page of a proposal shows; the row is from ``proposals_for_page``."""
    loaded: Any = row
    return RecordPage(
        key=f"proposal:{row.key}",
        points=_point_lists(_points(proposal=row), PROPOSAL_KINDS, "proposal"),
        figures=tuple(Figure(**figure) for figure in loaded.json_figures),
        terms=_terms(loaded.json_terms, tuple(TermKind)),
        links_to=_links(row, loaded.json_to),
        links_from=_links(
            row, [x for x in loaded.json_from if x["number"] != row.number]
        ),
        uses=uses_of(row.catalogue),
        titles=two_titles(row.title, loaded.json_readings),
    )


def unit_page(row: CooperationUnit) -> RecordPage:
    """Give what the page of a unit shows; the row is from ``units_for_page``."""
    loaded: Any = row
    return RecordPage(
        key=f"unit:{row.key}",
        points=_point_lists(_points(unit=row), UNIT_KINDS, "unit"),
        figures=tuple(Figure(**figure) for figure in loaded.json_figures),
        terms=_terms(loaded.json_terms, (TermKind.ACTOR,)),
        links_to=_links(row, loaded.json_to),
        links_from=_links(row, loaded.json_from),
        uses=uses_of(row.catalogue),
    )


def two_titles(body: str, readings: Sequence[dict[str, Any]]) -> TwoTitles | None:
    """Give the two titles of a proposal, or None when they are alike.

    Args:
        readings: mappings with ``place``, ``text`` and ``is_overview``, in order.
    """
    rows = [(r["place"], r["text"], r["is_overview"]) for r in readings]
    overview = titles.overview_of(rows)
    if not overview or not titles.differ(overview, body):
        return None
    groups = {
        group.text: group
        for group in titles.grouped(((place, text) for place, text, _ in rows), body)
    }
    found = groups.pop(overview)
    others = tuple(
        titles.Reading(text, group.places, titles.marked(text, overview))
        for text, group in groups.items()
        if titles.differ(text, body)
    )
    own = titles.Reading(body, (), titles.marked(body, overview))
    return TwoTitles(found, own, others)


def _json(
    model: type[Model], parent: str, *names: str, where: Q | None = None, **also: Any
) -> ArraySubquery:
    rows: Any = model._default_manager.filter(**{parent: OuterRef("pk")})  # noqa: SLF001
    rows = rows.filter(where) if where else rows
    fields = {name: F(name) for name in names} | also
    return ArraySubquery(rows.values(json=JSONObject(**fields)))


def _points(**record: Model) -> tuple[Point, ...]:
    """The points in order; ``shared_by`` is how many units print a shared one."""
    sharing = (
        Point.objects.filter(shared=OuterRef("shared"), position__isnull=False)
        .filter(unit__number__isnull=False)
        .order_by()
        .values("shared")
        .annotate(units=Count("unit", distinct=True))
    )
    rows = Point.objects.filter(**record).present().order_by("position", "pk")
    return tuple(rows.annotate(shared_by=Subquery(sharing.values("units"))))


def _point_lists(
    points: Sequence[Point], kinds: Sequence[PointKind], record: str
) -> tuple[PointList, ...]:
    return tuple(
        PointList(
            WORDS[kind],
            _groups([point for point in points if point.kind == kind]),
            tuple(WORDS[other] for other in MOVES[record][kind]),
        )
        for kind in kinds
    )


def _groups(points: Sequence[Point]) -> tuple[PointGroup, ...]:
    peers: dict[str, list[Point]] = {}
    for point in points:
        peers.setdefault(point.beneficiary, []).append(point)
    return tuple(
        PointGroup(
            beneficiary,
            tuple(
                PointRow(point, place > 1, place < len(rows))
                for place, point in enumerate(rows, 1)
            ),
        )
        for beneficiary, rows in peers.items()
    )


def _terms(
    rows: Sequence[dict[str, str]], kinds: Sequence[TermKind]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (TERM_HEADINGS[kind], tuple(r["text"] for r in rows if r["kind"] == kind))
        for kind in kinds
    )


def _links(
    record: Proposal | CooperationUnit, rows: Sequence[dict[str, Any]]
) -> tuple[Link, ...]:
    return tuple(
        Link(**row, is_to_itself=row["number"] == record.number) for row in rows
    )
