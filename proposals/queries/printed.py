"""What a catalogue prints, read in one query a kind of record, however much it is.

The parts of a record come with it as JSON: a catalogue is formed while somebody looks at
a page, which has few queries to spend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast, JSONObject

from core.unsaved import unsaved
from proposals.choices import PointKind, TermKind
from proposals.cuts import THEME, WHOLE
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Illustration,
    Point,
    Proposal,
    SharedPoint,
    Term,
    TitleReading,
)
from proposals.queries.clusters import json_clusters, json_municipalities
from proposals.queries.texts import FIELDS, names_for
from proposals.queries.visions import json_visions, served_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from proposals.cuts import Cut
    from proposals.models import Catalogue
    from proposals.queries.visions import ServedVision
    from proposals.references import Names

type Fields = dict[str, Any]

_NUMBERS: Final = ("low", "high")
_FIGURE: Final = (
    "printed", "qualifier", "measure", "what", "year", "is_derived", "topic", "source",
    "source_url",
)  # fmt: skip
_POINT: Final = ("kind", "key", "position", "text", "beneficiary", "has_own_wording")
_TERM: Final = ("kind", "position", "text")
_READING: Final = ("position", "place", "text", "is_overview", "is_short")


@dataclass(frozen=True, slots=True)
class Leaning:
    """That a record leans on another, in the source's words.

    Attributes:
        key, number, title: the other's; ``number`` is None where it is removed.
        kind: of a unit's dependency.
    """

    key: str
    number: int | None
    title: str
    wording: str
    kind: str = ""


@dataclass(frozen=True)
class Printed[R: (Proposal, CooperationUnit)]:
    """A record with all that is printed of it."""

    row: R
    points: tuple[Point, ...] = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)
    terms: tuple[Term, ...] = field(repr=False)
    leans_on: tuple[Leaning, ...] = field(repr=False)
    names: Names = field(repr=False)
    readings: tuple[TitleReading, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """Its key in documents, "proposal:faerre-maalgrupper"."""
        return f"{self.row.owner}:{self.row.key}"

    @property
    def visions(self) -> tuple[ServedVision, ...]:
        """The visions that it serves."""
        return served_by(self.row)

    def count(self, kind: str) -> int:
        """How many points of a kind it has."""
        return sum(point.kind == kind for point in self.points)

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Gains, risks, attention points."""
        kinds = (PointKind.GAIN, PointKind.RISK, PointKind.ATTENTION)
        gains, risks, attentions = (self.count(kind) for kind in kinds)
        return gains, risks, attentions

    def terms_of(self, *kinds: TermKind) -> list[Term]:
        """Give its terms of some kinds, in order."""
        return [term for term in self.terms if term.kind in kinds]


type PrintedProposal = Printed[Proposal]
type PrintedUnit = Printed[CooperationUnit]


def proposals(catalogue: Catalogue, cut: Cut = WHOLE) -> tuple[PrintedProposal, ...]:
    """Give the proposals of a cut by theme and number: one query.

    One more where a text refers to what is not in the cut.
    """
    rows = Proposal.objects.filter(catalogue=catalogue).present()
    if cut.kind == THEME:
        rows = rows.filter(theme__key=cut.slug)
    references = CrossReference.objects.filter(proposal=OuterRef("pk"))
    found: Any = _with_parts(_of(rows, cut), "proposal").annotate(
        json_readings=_json(TitleReading, "proposal", *_READING),
        json_to=_links(references.order_by("position", "pk"), "wording"),
    )
    found = found.select_related("theme").order_by("theme__number", "number", "pk")
    read = [(row, _parts(row)) for row in found]
    names = _names(catalogue, read, ("idea",))
    return tuple(
        Printed(
            row,
            *parts,
            names,
            tuple(unsaved(TitleReading, each) for each in row.json_readings),
        )
        for row, parts in read
    )


def units(catalogue: Catalogue) -> tuple[PrintedUnit, ...]:
    """Give the units of a catalogue by number: one query.

    One more where a text refers to a proposal. All of them, whatever is cut: each says what it hangs together with.
    """
    rows = CooperationUnit.objects.filter(catalogue=catalogue).present().with_reach()
    leaning = Dependency.objects.filter(unit=OuterRef("pk")).order_by(
        "to__number", "pk"
    )
    found: Any = _with_parts(rows, "unit").annotate(
        json_to=_links(leaning, "text", kind="kind"),
        json_clusters=json_clusters(),
        json_municipalities=json_municipalities(),
    )
    found = found.select_related("groups_of").order_by("number", "pk")
    read = [(row, _parts(row)) for row in found]
    names = _names(catalogue, read, FIELDS["unit"])
    return tuple(Printed(row, *parts, names) for row, parts in read)


def illustrations(
    catalogue: Catalogue,
) -> tuple[tuple[Illustration, dict[int, int]], ...]:
    """Give the pictures with the proposals they belong to, id → number: one query."""
    owner = Illustration.belongs_to.through.objects.filter(
        illustration=OuterRef("pk"), proposal__number__isnull=False
    ).order_by("proposal__number")
    shown = JSONObject(pk="proposal", number="proposal__number")
    rows: Any = catalogue.illustrations.annotate(
        json_owners=ArraySubquery(owner.values(json=shown))
    )
    return tuple(
        (row, {each["pk"]: each["number"] for each in row.json_owners}) for row in rows
    )


def _names(catalogue: Catalogue, read: Any, fields: Iterable[str]) -> Names:
    """Give what the texts of records refer to.

    Args:
        read: records and their parts.
        fields: of the records, in which references may stand.
    """
    texts = [getattr(row, name) for row, _ in read for name in fields]
    for _, (points, figures, _, leanings) in read:
        texts += [point.sentence for point in points]
        texts += [figure.what for figure in figures]
        texts += [leaning.wording for leaning in leanings]
    return names_for(catalogue.council_id, [row for row, _ in read], texts)


def _of(rows: QuerySet[Proposal], cut: Cut) -> QuerySet[Proposal]:
    is_named = cut.is_of_record or cut.is_of_chosen
    return rows.filter(key__in=cut.slugs) if is_named else rows


def _with_parts(rows: Any, owner: str) -> Any:
    """Annotate points, figures and terms of records."""
    points = Point.objects.filter(position__isnull=False, **{owner: OuterRef("pk")})
    point = JSONObject(
        **{name: name for name in _POINT}, shared="shared", stem="shared__stem"
    )
    exact = {name: Cast(name, CharField()) for name in _NUMBERS}
    return rows.annotate(
        json_points=ArraySubquery(
            points.order_by("kind", "position", "pk").values(json=point)
        ),
        json_figures=_json(Figure, owner, *_FIGURE, **exact),
        json_terms=_json(Term, owner, *_TERM),
        json_visions=json_visions(owner),
    )


def _json(model: Any, owner: str, *names: str, **also: Any) -> ArraySubquery:
    """Give a record's parts, in their own order, as JSON objects."""
    order = tuple(name for name in model._meta.ordering if not name.endswith("_id"))  # noqa: SLF001
    rows = model._default_manager.filter(**{owner: OuterRef("pk")})  # noqa: SLF001
    shown = JSONObject(**{name: name for name in names}, **also)
    return ArraySubquery(rows.order_by(*order).values(json=shown))


def _links(rows: Any, wording: str, **also: str) -> ArraySubquery:
    shown = JSONObject(
        key="to__key", number="to__number", title="to__title", wording=wording, **also
    )
    return ArraySubquery(rows.values(json=shown))


def _parts(
    row: Any,
) -> tuple[
    tuple[Point, ...], tuple[Figure, ...], tuple[Term, ...], tuple[Leaning, ...]
]:
    return (
        tuple(_point(each) for each in row.json_points),
        tuple(_figure(each) for each in row.json_figures),
        tuple(unsaved(Term, each) for each in row.json_terms),
        tuple(Leaning(**each) for each in row.json_to),
    )


def _point(found: Fields) -> Point:
    stem, shared = found.pop("stem"), found.pop("shared")
    point = unsaved(Point, found)
    if shared:
        point.shared = unsaved(SharedPoint, {"id": shared, "stem": stem})
    return point


def _figure(found: Fields) -> Figure:
    exact = {
        name: None if found[name] is None else Decimal(found[name]) for name in _NUMBERS
    }
    return unsaved(Figure, found | exact)
