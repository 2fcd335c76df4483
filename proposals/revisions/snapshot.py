"""A record as one of its versions had it, with all its parts.

What can be compared and taken back by itself has a key: a field of the record
("title"), a part ("point-12"), names of a kind ("term-law"), an order ("order-gain").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from core.wordmarks import Line, lines_of, plain_lines
from proposals.choices import PointKind
from proposals.revisions.parts import BY_SLUG, label_of, record_fields, tables_of
from proposals.words import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from proposals.models import Record
    from proposals.revisions.names import Names
    from proposals.revisions.parts import PartTable

ORDER: Final = "order"
_RANKS: Final = {value: rank for rank, value in enumerate(PointKind.values)}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key is read as.

    Attributes:
        group: what is alike: "title", "gain", "figure".
        heading: over its group.
        label: "Gevinst 1".
        lines: its words; none where it is empty.
    """

    key: str
    group: str
    heading: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A record at one version.

    Attributes:
        model: of the record.
        record: the event that holds its own fields.
        rows: slug → key → the event of each part that stood.
        stems: events of the shared points that its points lean on.
    """

    model: type[Record]
    record: Any
    rows: Mapping[str, Mapping[int, Any]]
    stems: Mapping[int, Any]

    def of(self, table: PartTable) -> list[Any]:
        """Give the events of a table's rows, in their order."""
        return sorted(self.rows.get(table.slug, {}).values(), key=_place)

    def like(self, table: PartTable, group: str) -> list[Any]:
        """Give those of them that are alike."""
        return [event for event in self.of(table) if table.group(event) == group]

    def all_keys(self) -> Iterator[str]:
        """Give the keys of all that it holds, in the order they are read."""
        for field in record_fields(self.model):
            yield field.name
        for table in tables_of(self.model.owner):
            yield from dict.fromkeys(table.key(event) for event in self.of(table))

    def orders(self) -> Iterator[str]:
        """Give the keys of the orders that its rows may have."""
        for table in tables_of(self.model.owner):
            yield from (f"{ORDER}-{group}" for group in table.orders)

    def value(self, key: str) -> Any:
        """Give what a key holds, to be compared; None where it holds nothing."""
        table, rest = _table(key)
        if table is None:
            field: Any = self.model._meta.get_field(key)  # noqa: SLF001
            return getattr(self.record, field.attname)
        if key.startswith(f"{ORDER}-"):
            return tuple(event.pgh_obj_id for event in self.like(table, rest))
        if table.is_list:
            return tuple(table.value(event) for event in self.like(table, rest)) or None
        event = self.rows.get(table.slug, {}).get(int(rest))
        if event is None:
            return None
        shared = self.stems.get(getattr(event, "shared_id", None) or 0)
        return (*table.value(event), shared.stem if shared else "")

    def entry(self, key: str, names: Names) -> Entry | None:
        """Give a key in words; None where the version has no such part."""
        table, rest = _table(key)
        if table is None:
            return self._field(key, names)
        if key.startswith(f"{ORDER}-"):
            return self._order(table, rest, key, names)
        if table.is_list:
            rows = self.like(table, rest)
        else:
            event = self.rows.get(table.slug, {}).get(int(rest))
            rows = [event] if event is not None else []
        if not rows:
            return None
        group = table.group(rows[0])
        place = self.like(table, group).index(rows[0]) + 1
        words = [line for row in rows for line in table.lines(row, names)]
        return Entry(
            key,
            group,
            table.heading_of(group),
            table.label(rows[0], place),
            tuple(Line("text", line) for line in words),
        )

    def entries(self, names: Names) -> tuple[Entry, ...]:
        """Give all that it holds in words; what is empty is left out."""
        found = (self.entry(key, names) for key in self.all_keys())
        return tuple(entry for entry in found if entry is not None and entry.lines)

    def _field(self, name: str, names: Names) -> Entry:
        field: Any = self.model._meta.get_field(name)  # noqa: SLF001
        label = label_of(field)
        if isinstance(field, models.TextField):
            lines = lines_of(names.plain(getattr(self.record, name) or ""))
        else:
            lines = plain_lines(names.said(field, self.record))
        return Entry(name, name, label, label, lines)

    def _order(self, table: PartTable, group: str, key: str, names: Names) -> Entry:
        rows = self.like(table, group)
        said = (shortened(" ".join(table.lines(row, names))) for row in rows)
        label = table.orders[group]
        lines = tuple(Line("number", line) for line in said)
        return Entry(key, group, table.heading_of(group), label, lines)


def differs(before: Snapshot, after: Snapshot, key: str) -> bool:
    """Whether a key holds something else; an order only where what stands in both moved."""
    old, new = before.value(key), after.value(key)
    if key.startswith(f"{ORDER}-"):
        both = set(old) & set(new)
        return [p for p in old if p in both] != [p for p in new if p in both]
    return bool(old != new)


def differing(
    before: Snapshot, after: Snapshot, among: Collection[str] | None = None
) -> tuple[str, ...]:
    """Give the keys in which two versions differ, in the order they are read.

    Args:
        among: the only keys that can; None: any.
    """
    every = dict.fromkeys((*after.all_keys(), *before.all_keys(), *after.orders()))
    return tuple(
        key
        for key in every
        if (among is None or key in among) and differs(before, after, key)
    )


def is_key(model: type[Record], key: str) -> bool:
    """Whether a word of an address may be a key of such a record."""
    if key in {field.name for field in record_fields(model)}:
        return True
    table, rest = _table(key)
    if table is None or model.owner not in table.owners:
        return False
    if key.startswith(f"{ORDER}-"):
        return rest in table.orders
    return table.is_list or (rest.isdecimal() and len(rest) <= 18)  # noqa: PLR2004


def _table(key: str) -> tuple[PartTable | None, str]:
    """Give whose rows a key is about, and the rest of it; None: a field of the record."""
    slug, mark, rest = key.partition("-")
    if not mark:
        return None, key
    if slug == ORDER:
        return next((t for t in BY_SLUG.values() if rest in t.orders), None), rest
    return BY_SLUG.get(slug), rest


def _place(event: Any) -> tuple[Any, ...]:
    kind = getattr(event, "kind", "")
    return _RANKS.get(kind, 0), getattr(event, "position", 0) or 0, event.pgh_obj_id
