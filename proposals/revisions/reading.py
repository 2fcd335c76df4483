"""A record's versions, rebuilt from the events that triggers wrote.

What was written past the portal is in it, too. A part's event belongs to the version
that the same act gave the record; one of an act that gave it none to the version that
held at that time.

Source: docs/rules.md R-92.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pghistory.models import Context

from core.bundle import bundled
from core.conflict_page import inside
from proposals.models import CooperationUnit, Point, Proposal, SharedPoint
from proposals.queries.latest import said
from proposals.queries.texts import names_of
from proposals.revisions.names import Names
from proposals.revisions.parts import BY_SLUG, record_fields, tables_of
from proposals.revisions.snapshot import ORDER, Snapshot, differing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from proposals import references
    from proposals.models import Record


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of a record.

    Attributes:
        touched: keys of what it changed; none for the first.
        acts: the acts that wrote it, the one that gave it its number first.
    """

    number: int
    at: datetime
    changed_by: str
    snapshot: Snapshot
    touched: tuple[str, ...]
    acts: tuple[Any, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who wrote a version or something in it, and what: "rettede forslag 7"."""

    at: datetime
    who: str
    verb: str

    @property
    def by(self) -> str:
        """Give "sekretariatet" as it stands inside a line."""
        return inside(self.who) if self.who else "ukendt"


@dataclass(frozen=True, slots=True)
class History:
    """All versions of a record, the oldest first.

    Attributes:
        rows: what other rows that it points to are called today.
        referred: what its texts refer to.
    """

    model: type[Record]
    versions: tuple[Version, ...]
    rows: Mapping[Any, str]
    referred: references.Names

    @property
    def current(self) -> Version:
        """The version that holds now."""
        return self.versions[-1]

    def at(self, number: int) -> Version | None:
        """Give the version of a number; None where there is none."""
        place = bisect_left(self.versions, number, key=lambda own: own.number)
        found = self.versions[place : place + 1]
        return found[0] if found and found[0].number == number else None

    def before(self, version: Version) -> Version | None:
        """Give the version before; None before the first."""
        place = bisect_left(self.versions, version.number, key=lambda own: own.number)
        return self.versions[place - 1] if place else None

    def names(self, version: Version) -> Names:
        """Give what a version's values are called."""
        return Names(self.rows, version.snapshot.stems, self.referred)


def history_of(record: Record) -> History:
    """Give a record's history: two queries."""
    model = type(record)
    asked = _of_proposal if model is Proposal else _of_unit
    own, stems, *lists = asked(record.pk)
    tables = tables_of(model.owner)
    parts = lists[: len(tables)]
    rows = {
        (type(row), row.pk): str(row)
        for others in lists[len(tables) :]
        for row in others
    }
    referred = names_of(record.catalogue.council_id)
    return History(model, _versions(model, own, stems, parts), rows, referred)


def told_of(versions: Iterable[Version]) -> dict[Any, Mapping[str, Any]]:
    """Give what the acts of versions told: one query."""
    acts = {act for version in versions for act in version.acts if act}
    rows = Context.objects.filter(pk__in=acts)
    return {row.pk: row.metadata for row in rows}


def lines_of_version(
    version: Version, told: Mapping[Any, Mapping[str, Any]], model: type[Record]
) -> tuple[Told, ...]:
    """Say who made a version, and what was written while it held, in that order."""
    first, *later = version.acts
    own = _told(version, told.get(first), model)
    others = (told.get(act) for act in later)
    return (own, *(_told(version, each, model) for each in others if each))


def _queries(model: Any, pk: Any) -> tuple[QuerySet[Any], ...]:
    """Give all that a history is read of: events of the record, of its parts, and names."""
    own = model.pgh_event_model.objects.filter(pgh_obj_id=pk)
    shared = Point.pgh_event_model.objects.filter(**{model.owner: pk})  # type: ignore[attr-defined]
    stems: Any = SharedPoint.pgh_event_model.objects  # type: ignore[attr-defined]
    stems = stems.filter(pgh_obj_id__in=shared.values("shared_id"))
    lists = []
    targets = _targets(record_fields(model), own)
    for table in tables_of(model.owner):
        events = table.events.filter(**{table.owners[model.owner]: pk})
        lists.append(events.order_by("pgh_id"))
        targets += _targets(table.fields, events)
    return (own.order_by("pgh_id"), stems.order_by("pgh_id"), *lists, *targets)


def _targets(fields: Iterable[Any], events: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Give the rows that events point to, by whatever field."""
    return [
        field.related_model._base_manager.filter(pk__in=events.values(field.attname))  # noqa: SLF001
        for field in fields
        if field.is_relation
    ]


@bundled
def _of_proposal(pk: int) -> tuple[QuerySet[Any], ...]:
    return _queries(Proposal, pk)


@bundled
def _of_unit(pk: int) -> tuple[QuerySet[Any], ...]:
    return _queries(CooperationUnit, pk)


def _versions(
    model: type[Record],
    own: Sequence[Any],
    stems: Sequence[Any],
    parts: Sequence[Sequence[Any]],
) -> tuple[Version, ...]:
    """Put the events of a record together, version by version."""
    heads = list({event.version: event for event in reversed(own)}.values())[::-1]
    slugs = [table.slug for table in tables_of(model.owner)]
    sources = [("", stems), *zip(slugs, parts, strict=True)]
    written = _written(heads, own, sources)
    last = {event.version: event for event in own}
    rows: dict[str, dict[int, Any]] = {slug: {} for slug in ("", *slugs)}
    found: list[Version] = []
    for head, group in zip(heads, written, strict=True):
        rows = _applied(rows, group.parts)
        snapshot = Snapshot(model, last[head.version], rows, rows[""])
        before = found[-1].snapshot if found else None
        found.append(
            Version(
                number=head.version,
                at=head.changed_at,
                changed_by=head.changed_by,
                snapshot=snapshot,
                touched=_touched(before, snapshot, group.parts) if before else (),
                acts=tuple(group.acts),
                is_first=not found,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Group:
    """What was written in a version: acts in order, and events of parts by their table."""

    acts: dict[Any, None]
    parts: list[tuple[str, Any]]


def _written(
    heads: Sequence[Any],
    own: Sequence[Any],
    sources: Sequence[tuple[str, Sequence[Any]]],
) -> list[_Group]:
    """Give each version what was written in it."""
    place = _Placing(heads)
    groups = [_Group({head.pgh_context_id: None}, []) for head in heads]
    for slug, events in sources:
        for event in events:
            group = groups[place(event)]
            group.parts.append((slug, event))
            if slug and event.pgh_context_id is not None:
                group.acts.setdefault(event.pgh_context_id)
    for event in own:
        groups[place.numbers[event.version]].acts.setdefault(event.pgh_context_id)
    return groups


def _applied(
    before: Mapping[str, Mapping[int, Any]], parts: Iterable[tuple[str, Any]]
) -> dict[str, dict[int, Any]]:
    """Give the rows that stand after events; shared points stay, for those who lean."""
    rows = {slug: dict(own) for slug, own in before.items()}
    for slug, event in parts:
        if not slug or BY_SLUG[slug].is_there(event):
            rows[slug][event.pgh_obj_id] = event
        else:
            rows[slug].pop(event.pgh_obj_id, None)
    return rows


def _touched(
    before: Snapshot, after: Snapshot, group: Sequence[tuple[str, Any]]
) -> tuple[str, ...]:
    """Give what a version changed; only what it has events of is looked at."""
    among = {field.name for field in record_fields(after.model)}
    for slug, event in group:
        if slug:
            among.add(BY_SLUG[slug].key(event))
            among.update(f"{ORDER}-{kind}" for kind in BY_SLUG[slug].orders)
        else:
            leaning = before.rows["point"].values()
            among |= {f"point-{e.pgh_obj_id}" for e in leaning if e.shared_id}
    return differing(before, after, among)


class _Placing:
    """Which version an event of a part belongs to, by its place in the list."""

    def __init__(self, heads: Sequence[Any]) -> None:
        self.numbers = {head.version: at for at, head in enumerate(heads)}
        # The last version of an act has what the act wrote.
        self.acts = {
            head.pgh_context_id: at
            for at, head in enumerate(heads)
            if head.pgh_context_id is not None
        }
        self.moments = [head.pgh_created_at for head in heads]

    def __call__(self, event: Any) -> int:
        at = self.acts.get(event.pgh_context_id)
        if at is not None:
            return at
        after = bisect_left(self.moments, event.pgh_created_at)
        if after < len(self.moments) and self.moments[after] == event.pgh_created_at:
            return after
        return max(bisect_right(self.moments, event.pgh_created_at) - 1, 0)


def _told(
    version: Version, metadata: Mapping[str, Any] | None, model: type[Record]
) -> Told:
    is_first = version.is_first
    return Told(
        *said(metadata, version.changed_by, model, at=version.at, is_first=is_first)
    )
