"""What belongs to a record, declared once: each model whose rows are its parts.

Whatever has a history here is shown, compared and taken back with its record. A model
that points to a record, and stands neither here nor in ``ELSEWHERE``, fails a test.

Source: docs/rules.md R-92.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from core.models import Versioned
from proposals.choices import PointKind, TermKind
from proposals.models import (
    CrossReference,
    Dependency,
    Figure,
    Point,
    Term,
    TitleReading,
)
from proposals.queries.records import TERM_HEADINGS
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db import models

    from proposals.models import Record
    from proposals.revisions.names import Names

BOTH: Final = MappingProxyType({"proposal": "proposal", "unit": "unit"})
ONLY_PROPOSAL: Final = MappingProxyType({"proposal": "proposal"})
ONLY_UNIT: Final = MappingProxyType({"unit": "unit"})

# What identifies a row or is counted by the portal itself; it is never taken back.
_OWN: Final = frozenset(
    ("key", "position", "removed_position", *(f.name for f in Versioned._meta.fields))  # noqa: SLF001
)
# What of a record is not read as one of its texts: keys, and whose it is.
_OF_RECORD: Final = _OWN | {"catalogue", "removed_number"}


@dataclass(frozen=True, kw_only=True)
class PartTable:
    """A model whose rows belong to a record.

    Attributes:
        model: tracked; its rows never go from one record to another.
        slug: begins the keys of its rows; one word.
        heading: over its rows: "Tal".
        owners: the record's ``owner`` → the field by which a row points to it.
        label: what a row is called, by its place among its like, from 1: "Tal 2".
        said: a row in words, a line each; None: its fields, one after another.
        unsaid: fields that are taken back and not said, as others tell the same.
        by: the field whose values part the rows, each into a list of its own.
        is_list: rows of one ``by`` are read as one text, a line each.
        hides: a removed row stays, without a ``position``.
        headings: value of ``by`` → what stands over its rows.
        orders: value of ``by`` → what the order is called that users give its rows.
    """

    model: Any
    slug: str
    heading: str
    label: Callable[[Any, int], str]
    owners: Mapping[str, str] = BOTH
    said: Callable[[Any, Names], list[str]] | None = None
    unsaid: frozenset[str] = frozenset()
    by: str = ""
    is_list: bool = False
    hides: bool = False
    headings: Mapping[str, str] = MappingProxyType({})
    orders: Mapping[str, str] = MappingProxyType({})

    @property
    def events(self) -> Any:
        """The rows of its history."""
        return self.model.pgh_event_model.objects

    @cached_property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """What of a row is compared and taken back."""
        own = {*_OWN, *self.owners.values()}
        fields = self.model._meta.concrete_fields  # noqa: SLF001
        return tuple(f for f in fields if not f.primary_key and f.name not in own)

    def is_there(self, event: Any) -> bool:
        """Whether the row stands after an event, neither deleted nor hidden."""
        if event.pgh_label == "delete":
            return False
        return not self.hides or event.position is not None

    def value(self, event: Any) -> tuple[Any, ...]:
        """Give all that a row says, to be compared."""
        return tuple(getattr(event, field.attname) for field in self.fields)

    def group(self, event: Any) -> str:
        """Give what rows like it are called in addresses: "gain", "figure"."""
        return str(getattr(event, self.by)) if self.by else self.slug

    def key(self, event: Any) -> str:
        """Give the key of what the row is read as: "point-12", "term-law"."""
        return f"{self.slug}-{self.group(event) if self.is_list else event.pgh_obj_id}"

    def heading_of(self, group: str) -> str:
        """Give what stands over a group of its rows: "Gevinster"."""
        return self.headings.get(group, self.heading)

    def lines(self, event: Any, names: Names) -> list[str]:
        """Give a row in words."""
        if self.said is not None:
            return self.said(event, names)
        shown = [f for f in self.fields if f.name not in self.unsaid]
        return [" · ".join(filter(None, (names.said(f, event) for f in shown)))]


def _point(event: Any, names: Names) -> list[str]:
    stem = "" if event.has_own_wording else names.stem(event.shared_id)
    gains = f"Modtager: {event.beneficiary}" if event.beneficiary else ""
    own = "Enhedens egen ordlyd" if event.has_own_wording else ""
    return list(filter(None, (f"{stem} {names.plain(event.text)}".strip(), gains, own)))


def _text(event: Any, names: Names) -> list[str]:
    return [names.plain(event.text)]


TABLES: Final = (
    PartTable(
        model=TitleReading,
        slug="reading",
        heading="Titler andre steder",
        owners=ONLY_PROPOSAL,
        label=lambda row, _: (
            "Titel i oversigten" if row.is_overview else f"Titel i {row.place}"
        ),
        said=_text,
    ),
    PartTable(
        model=Point,
        slug="point",
        heading="Punkter",
        label=lambda row, place: f"{WORDS[PointKind(row.kind)].label} {place}",
        said=_point,
        by="kind",
        hides=True,
        headings={kind: words.heading for kind, words in WORDS.items()},
        orders={
            PointKind.GAIN: "Gevinsternes orden",
            PointKind.RISK: "Risicienes orden",
            PointKind.ATTENTION: "Opmærksomhedspunkternes orden",
            PointKind.TASK: "Opgavernes orden",
            PointKind.EXTRA: "Tilføjelsernes orden",
        },
    ),
    PartTable(
        model=Figure,
        slug="figure",
        heading="Tal",
        label=lambda _, place: f"Tal {place}",
        unsaid=frozenset(("low", "high", "qualifier")),
    ),
    PartTable(
        model=Term,
        slug="term",
        heading="Regler og aktører",
        label=lambda row, _: TERM_HEADINGS[TermKind(row.kind)],
        said=_text,
        by="kind",
        is_list=True,
        headings={str(kind): words for kind, words in TERM_HEADINGS.items()},
    ),
    PartTable(
        model=CrossReference,
        slug="reference",
        heading="Henvisninger",
        owners=ONLY_PROPOSAL,
        label=lambda _, place: f"Henvisning {place}",
        unsaid=frozenset(("is_explicit",)),
    ),
    PartTable(
        model=Dependency,
        slug="dependency",
        heading="Hænger sammen med",
        owners=ONLY_UNIT,
        label=lambda _, place: f"Sammenhæng {place}",
    ),
)
BY_SLUG: Final = {table.slug: table for table in TABLES}

# Fields that point to a record from elsewhere, and why its history does not hold them.
ELSEWHERE: Final = {
    "proposals.crossreference.to": "a part of the proposal that refers",
    "proposals.dependency.to": "a part of the unit that leans",
    "proposals.illustration_belongs_to.proposal": "a page of the catalogue, not a part",
    "proposals.step.proposal": "what became of it has its own dates, and is told by itself",
    "proposals.position.proposal": "a municipality's word, which nobody else takes back",
    "proposals.position.unit": "a municipality's word, which nobody else takes back",
    "proposals.sourcenote.proposal": "what the sources say stays; settling is taken back there",
    "proposals.sourcenote.unit": "what the sources say stays; settling is taken back there",
    "proposals.visionlink.proposal": "a vision's, edited with it",
    "proposals.visionlink.unit": "a vision's, edited with it",
    "proposals.cluster.unit": "groups of municipalities have an undo of their own",
    "proposals.clustermember.unit": "groups of municipalities have an undo of their own",
    "proposals.cooperationunit.groups_of": "a field of the unit, told with it",
}


def tables_of(owner: str) -> tuple[PartTable, ...]:
    """Give what belongs to records of a kind; ``owner`` is theirs."""
    return tuple(table for table in TABLES if owner in table.owners)


def record_fields(model: type[Record]) -> tuple[models.Field[Any, Any], ...]:
    """Give the fields of a record that are read, in the model's order, number first."""
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not field.primary_key and field.name not in _OF_RECORD
    ]
    return tuple(sorted(fields, key=lambda field: field.name != "number"))


def label_of(field: models.Field[Any, Any]) -> str:
    """Give what a record's field is called: "Titel", "Tema"."""
    target: Any = field.related_model if field.is_relation else None
    name = target._meta.verbose_name if target else field.verbose_name  # noqa: SLF001
    return str(name).capitalize()
