"""A catalogue as it stands, with all that its sheets show: two queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import Municipality
from core.bundle import bundle
from core.danish import sort_key
from core.sheets.back.columns import CellError
from proposals import references
from proposals.choices import CatalogueKind
from proposals.models import (
    CooperationUnit,
    Figure,
    Point,
    Position,
    Proposal,
    SharedPoint,
    Term,
    Theme,
    TitleReading,
)
from proposals.queries.texts import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from proposals.models import Catalogue, Record
    from proposals.references import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A catalogue's records by number, and what belongs to each, by the record's pk.

    Attributes:
        named: keys of rows; positions elsewhere are not loaded. None where all are.
    """

    catalogue: Catalogue
    records: tuple[Record, ...]
    themes: Mapping[int, Theme]
    municipalities: tuple[Municipality, ...]
    points: Mapping[int, tuple[Point, ...]]
    figures: Mapping[int, tuple[Figure, ...]]
    terms: Mapping[int, Mapping[str, str]]
    overview_titles: Mapping[int, str]
    positions: Mapping[tuple[int, int], Position]
    names: Names
    named: frozenset[str] | None = None

    @property
    def word(self) -> str:
        """What its records are called: "forslag", "samdrift"."""
        return MODEL[CatalogueKind(self.catalogue.kind)].word

    @property
    def alien(self) -> str:
        """What is said of a row that belongs elsewhere."""
        return "Rækken hører ikke til i dette katalog."

    def owns(self, key: str) -> bool:
        """Whether a row's key begins as those of the catalogue."""
        return key.startswith(f"{self.word}:")

    def refuses(self, column: str, text: str) -> str:
        """Say that there is no such record."""
        if column != "record" or self.record(text):
            return ""
        return f"{self.word} {text} findes ikke."

    def refer(self, text: str) -> str:
        """Read a text with references, and give it as it is shown.

        Raises:
            CellError: a record that it refers to is not there.
        """
        kept, unknown = references.stored(text, self.names)
        if unknown:
            raise CellError(f"{unknown[0]} findes ikke. Skriv et nummer, der findes.")
        return self.written(kept)

    def written(self, text: str) -> str:
        """Give a kept text with its references as people write them."""
        return references.written(text, self.names)

    def record(self, number: str) -> Record | None:
        """Give the record with a typed number."""
        return next((row for row in self.records if str(row.number) == number), None)


MODEL: Mapping[CatalogueKind, type[Record]] = {
    CatalogueKind.SIMPLIFICATION: Proposal,
    CatalogueKind.COOPERATION: CooperationUnit,
}


def load(catalogue: Catalogue, named: frozenset[str] | None = None) -> Loaded:
    """Load a catalogue. Records and points that were removed are not there.

    Args:
        named: keys of the rows that are asked about. There are so many positions, and a
            file tells of few, that those of other records are left out.
    """
    model = MODEL[CatalogueKind(catalogue.kind)]
    owner = model.owner
    every: Any = model._default_manager.all()  # noqa: SLF001 -- either kind's
    own = every.filter(catalogue=catalogue).present()
    mine = {f"{owner}__in": own.values("pk")}
    asked = own if named is None else own.filter(key__in=_records_of(named))
    found = bundle(
        own.order_by("number", "pk"),
        Theme.objects.filter(catalogue=catalogue),
        Municipality.objects.filter(council=catalogue.council_id),
        SharedPoint.objects.filter(catalogue=catalogue),
        Point.objects.filter(**mine, position__isnull=False).order_by("position"),
        Figure.objects.filter(**mine).order_by("position", "pk"),
        Term.objects.filter(**mine).order_by("position", "pk"),
        TitleReading.objects.filter(
            proposal__catalogue=catalogue, is_overview=True, is_short=False
        ),
        Position.objects.filter(**{f"{owner}__in": asked.values("pk")}),
    )
    records, themes, municipalities, shared, points, figures, terms, titles, held = (
        found
    )
    by_pk = {row.pk: row for row in records}
    stems = {row.pk: row for row in shared}
    for row in (*points, *figures, *held):
        setattr(row, owner, by_pk[getattr(row, f"{owner}_id")])
    for point in points:
        point.shared = stems.get(point.shared_id)
    for row in records:
        row.catalogue = catalogue
    return Loaded(
        catalogue=catalogue,
        names=names_of(catalogue.council_id),
        records=tuple(records),
        themes={row.pk: row for row in themes},
        municipalities=tuple(sorted(municipalities, key=lambda m: sort_key(m.name))),
        points=_of_records(points, owner),
        figures=_of_records(figures, owner),
        terms=_names(terms, owner),
        overview_titles={row.proposal_id: row.text for row in titles},
        positions={
            (getattr(row, f"{owner}_id"), row.municipality_id): row for row in held
        },
        named=named,
    )


def _records_of(named: Iterable[str]) -> set[str]:
    """Give the records' keys in keys of rows: "x" in "forslag:x/kommune:259"."""
    return {"", *(key.partition("/")[0].partition(":")[2] for key in named)}


def _of_records(rows: Iterable[Any], owner: str) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, f"{owner}_id"), []).append(row)
    return {pk: tuple(own) for pk, own in found.items()}


def _names(terms: Iterable[Term], owner: str) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, list[str]]] = {}
    for term in terms:
        own = found.setdefault(getattr(term, f"{owner}_id"), {})
        own.setdefault(term.kind, []).append(term.text)
    return {
        pk: {kind: "; ".join(names) for kind, names in own.items()}
        for pk, own in found.items()
    }
