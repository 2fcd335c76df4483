"""All that the page of one proposal or unit shows, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from accounts.models import Municipality
from core.prepared import prepared
from proposals import titles
from proposals.choices import DependencyKind, TermKind
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Position,
    Proposal,
    SourceNote,
    Term,
    TitleReading,
)
from proposals.queries.around import Around, around
from proposals.queries.clusters import (
    Groups,
    groups_of,
    json_clusters,
    json_municipalities,
)
from proposals.queries.latest import json_versions
from proposals.queries.points import PointList, PointRow, point_lists
from proposals.queries.sharing import (
    Sharing,
    json_sharing,
    json_sharing_units,
    sharing_of,
)
from proposals.queries.steps import steps_json
from proposals.queries.texts import former, mentions, told_names
from proposals.queries.used_in import Use, every_use_of
from proposals.queries.visions import ServedVision, json_visions, served_by
from proposals.stances import Tally
from proposals.words import LINK_WORDS, LinkWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from accounts.models import Membership
    from proposals.models import Record
    from proposals.references import Names
    from proposals.titles import Reading

TERM_HEADINGS = {
    TermKind.LAW: "Lov eller regel",
    TermKind.SCHEME: "Ordninger",
    TermKind.ACTOR: "Aktører",
    TermKind.TARGET_GROUP: "Målgrupper",
    TermKind.EVIDENCE: "Rapporter",
}
FIGURE_FIELDS = (
    "id", "printed", "measure", "what", "year", "is_derived", "version", "topic", "source",
    "source_url",
)  # fmt: skip
NOTE_FIELDS = ("id", "key", "kind", "about", "readings", "chosen", "settled_by")
# What a list is narrowed by for each, in its address.
TERM_FACETS = {
    TermKind.LAW: "lov",
    TermKind.SCHEME: "ordning",
    TermKind.ACTOR: "aktoer",
    TermKind.TARGET_GROUP: "maalgruppe",
    TermKind.EVIDENCE: "rapport",
}
LISTS = {"proposal": "proposals:catalogue", "unit": "proposals:units"}
TERMS = {"proposal": tuple(TermKind), "unit": (TermKind.ACTOR,)}


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
    """A record that another leans on, or the other way round.

    Attributes:
        name, url: of the other record.
        edit_url: of the link itself.
        is_to_removed: the other record has been removed, and has no page.
        kind: how a unit leans on another; None between proposals.
        version: of a reference; 0 of a dependency, which has none.
    """

    pk: int
    name: str
    url: str
    wording: str
    edit_url: str
    is_to_itself: bool
    is_to_removed: bool
    kind: DependencyKind | None = None
    version: int = 0

    @property
    def other_kinds(self) -> tuple[DependencyKind, ...]:
        """What it may be turned into."""
        return tuple(each for each in DependencyKind if self.kind and each != self.kind)

    @property
    def slug(self) -> str:
        """The end of its DOM ids."""
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class Named:
    """The names of a kind that a record has.

    Attributes:
        names: pairs (name, the list of all that have it); the latter "" where no list
            can be narrowed by it.
    """

    heading: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What stands on the page of one record; ``key`` is its section's in a document.

    Attributes:
        titles: the two to settle; None where overview and body are alike.
        readings, short_readings: all other wordings, as found.
        every_reading: one by one, those that read as the title does, too.
        sharing: proposals and units that name the same law or scheme.
    """

    key: str
    points: tuple[PointList, ...]
    figures: tuple[Figure, ...]
    terms: tuple[Named, ...]
    links_to: tuple[Link, ...]
    links_from: tuple[Link, ...]
    link_words: LinkWords
    uses: tuple[Use, ...]
    around: Around
    tally: Tally
    titles: TwoTitles | None = None
    readings: tuple[Reading, ...] = ()
    short_readings: tuple[Reading, ...] = ()
    every_reading: tuple[TitleReading, ...] = ()
    visions: tuple[ServedVision, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    groups: Groups | None = None
    sharing: tuple[Sharing, ...] = ()

    @property
    def names(self) -> Names:
        """What its texts refer to."""
        return self.around.names

    @property
    def places(self) -> tuple[tuple[Use, str, str], ...]:
        """Each use with where in it the record stands, "2.1 Bilag 3, side 41", and a URL."""
        return tuple((use, use.at(self.key), use.url_at(self.key)) for use in self.uses)

    @property
    def place(self) -> str:
        """Where the record is printed last; "" where it is not."""
        return self._printed.at(self.key) if self._printed else ""

    @property
    def place_url(self) -> str:
        """Where that is read."""
        return self._printed.url_at(self.key) if self._printed else ""

    @property
    def _printed(self) -> Use | None:
        return next((use for use in self.uses if not use.tells), None)

    def find(self, dom_id: str) -> tuple[PointList | None, PointRow | None]:
        """Give the point called ``point-12`` and its list; None where there is none."""
        for points in self.points:
            for group in points.groups:
                for row in group.rows:
                    if row.dom_id == dom_id:
                        return points, row
        return None, None


def own_record[R: Record](
    seat: Membership, model: type[R], number: int, *, key: str = ""
) -> R | None:
    """Give a record of the seat's council with all that stands around it. One query.

    Args:
        key: if it is known, it decides: numbers change hands.
    """
    if not seat.may_edit:
        return None
    asked: Any = _own_proposal if model is Proposal else _own_unit
    found: R | None = asked.first(seat.council_id, number, key, has_key=bool(key))
    return found


@prepared
def _own_proposal(
    council: int, number: int, key: str, *, has_key: bool
) -> QuerySet[Proposal]:
    rows = _own(Proposal, council, number, key, has_key=has_key)
    return _with_references(rows)[:1]


@prepared
def _own_unit(
    council: int, number: int, key: str, *, has_key: bool
) -> QuerySet[CooperationUnit]:
    rows = _own(CooperationUnit, council, number, key, has_key=has_key)
    return _with_dependencies(rows)[:1]


def _own(model: Any, council: int, number: int, key: str, *, has_key: bool) -> Any:
    editor: Any = SimpleNamespace(council_id=council, may_edit=True)
    rows = model.objects.visible_to(editor).select_related("catalogue")
    rows = (
        rows.filter(number__isnull=False, key=key)
        if has_key
        else rows.filter(number=number)
    )
    return rows.annotate(
        json_figures=_json(Figure, model.owner, *FIGURE_FIELDS),
        json_terms=_json(Term, model.owner, "kind", "text"),
        json_names=told_names(model),
        json_mentions=mentions(model),
        json_former=former(model),
        json_stances=_json(Position, model.owner, "stance"),
        places=council_places(),
        json_versions=json_versions(model),
        json_visions=json_visions(model.owner),
        json_notes=_json(SourceNote, model.owner, *NOTE_FIELDS),
    )


def council_places() -> Coalesce:
    """How many municipalities the council of a record has."""
    own = Municipality.objects.filter(council=OuterRef("catalogue__council"))
    rows = own.order_by().values("council").annotate(count=Count("pk"))
    return Coalesce(Subquery(rows.values("count")), 0)


def _with_references(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Load what only proposals have: a theme, readings of the title, references."""
    to = CrossReference.objects.filter(proposal=OuterRef("pk"))
    back = CrossReference.objects.filter(to=OuterRef("pk"))
    back = back.order_by("proposal__number", "position")
    return rows.select_related("theme").annotate(
        json_readings=_json(
            TitleReading, "proposal", "pk", "place", "text", "is_overview", "is_short"
        ),
        json_to=_json_links(to, "to", "wording", version="version"),
        json_from=_json_links(back, "proposal", "wording"),
        json_steps=steps_json(),
        json_sharing=json_sharing(),
        json_sharing_units=json_sharing_units(),
    )


def _with_dependencies(rows: QuerySet[CooperationUnit]) -> QuerySet[CooperationUnit]:
    """Load what only units have: dependencies."""
    to = Dependency.objects.filter(unit=OuterRef("pk"))
    back = Dependency.objects.filter(to=OuterRef("pk")).order_by("unit__number")
    rows = rows.with_reach().select_related("groups_of")  # type: ignore[attr-defined]
    return rows.annotate(
        json_clusters=json_clusters(),
        json_municipalities=json_municipalities(),
        json_to=_json_links(to, "to", "text", kind="kind"),
        json_from=_json_links(back, "unit", "text", kind="kind"),
    )


def record_page(record: Record, since: datetime | None = None) -> RecordPage:
    """Give what the page of a record shows; it comes from ``own_record``. Two queries.

    Args:
        since: when the record was last sent; None where it was not.
    """
    loaded: Any = record
    others = referring(record)
    links_from = [link for link in loaded.json_from if link["number"] in others]
    points = point_lists(record, since)
    figures = tuple(Figure(**figure) for figure in loaded.json_figures)
    return RecordPage(
        key=f"{record.owner}:{record.key}",
        points=points,
        figures=figures,
        around=around(record, points, figures),
        terms=_terms(record, loaded.json_terms),
        links_to=_links(record, loaded.json_to),
        links_from=_links(record, links_from),
        link_words=LINK_WORDS[record.owner],
        uses=tuple(u for u in every_use_of(record.catalogue) if u.holds(record)),
        tally=Tally.of((p["stance"] for p in loaded.json_stances), loaded.places),
        titles=two_titles(record.title, getattr(loaded, "json_readings", ())),
        readings=_readings(loaded, record.title, is_short=False),
        short_readings=_readings(
            loaded, getattr(record, "short_title", ""), is_short=True
        ),
        every_reading=tuple(
            TitleReading(**row) for row in getattr(loaded, "json_readings", ())
        ),
        visions=served_by(record),
        notes=tuple(SourceNote(**note) for note in loaded.json_notes),
        sharing=sharing_of(
            getattr(loaded, "json_sharing", ()),
            getattr(loaded, "json_sharing_units", ()),
        ),
        groups=groups_of(record) if isinstance(record, CooperationUnit) else None,
    )


def _readings(loaded: Any, title: str, *, is_short: bool) -> tuple[titles.Reading, ...]:
    """Every wording of a title that is not letter for letter its own, with its places."""
    rows = getattr(loaded, "json_readings", ())
    other = (
        (row["place"], row["text"])
        for row in rows
        if row["is_short"] == is_short and row["text"] != title
    )
    return titles.grouped(other, title)


def referring(record: Record) -> tuple[int, ...]:
    """Give the numbers of the others that lean on it, as ``own_record`` read them."""
    loaded: Any = record
    numbers = (row["number"] for row in loaded.json_from)
    return tuple(dict.fromkeys(n for n in numbers if n not in {None, record.number}))


def two_titles(body: str, readings: Sequence[dict[str, Any]]) -> TwoTitles | None:
    """Give the two titles of a proposal, or None when they are alike.

    Args:
        readings: mappings with ``place``, ``text`` and ``is_overview``, in order.
    """
    rows = [
        (r["place"], r["text"], r["is_overview"])
        for r in readings
        if not r.get("is_short")
    ]
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


def _json(model: type[Model], parent: str, *names: str) -> ArraySubquery:
    """The rows that point to a record, in their order: a mapping of the fields each."""
    rows = model._default_manager.filter(**{parent: OuterRef("pk")})  # noqa: SLF001
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names})))


def _json_links(
    links: QuerySet[Any], other: str, wording: str, **more: str
) -> ArraySubquery:
    """Links with the record at their other end; ``removed`` is what its number was."""
    shown = JSONObject(
        pk="pk",
        number=f"{other}__number",
        removed=f"{other}__removed_number",
        wording=wording,
        **more,
    )
    return ArraySubquery(links.values(json=shown))


def _terms(record: Record, rows: Sequence[dict[str, str]]) -> tuple[Named, ...]:
    list_url = reverse(LISTS[record.owner])
    return tuple(
        Named(
            TERM_HEADINGS[kind],
            tuple(
                (row["text"], _narrowed(list_url, kind, row["text"]))
                for row in rows
                if row["kind"] == kind
            ),
        )
        for kind in TERMS[record.owner]
    )


def _narrowed(list_url: str, kind: TermKind, name: str) -> str:
    facet = TERM_FACETS.get(kind)
    return f"{list_url}?{urlencode({facet: name})}" if facet else ""


def _links(record: Record, rows: Sequence[dict[str, Any]]) -> tuple[Link, ...]:
    words, own = LINK_WORDS[record.owner], record.get_absolute_url()
    others = own.removesuffix(f"{record.number}/")
    return tuple(
        Link(
            pk=row["pk"],
            name=words.name.format(row["number"] or row["removed"]),
            url=f"{others}{row['number']}/",
            wording=words.wording.format(row["wording"]),
            edit_url=f"{own}henvisninger/{row['pk']}/",
            is_to_itself=row["number"] == record.number,
            is_to_removed=row["number"] is None,
            kind=DependencyKind(row["kind"]) if "kind" in row else None,
            version=row.get("version", 0),
        )
        for row in rows
    )
