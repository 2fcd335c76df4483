"""What of the catalogues can be found: each record as it is today, for its editors.

Its fields are those that are printed, so that a sent copy with the same words is known to
be the same; what is kept of it and not printed is found too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from accounts.audiences import RECORDS, editors_of, records_of
from core import search
from core.search import Entry, Passage
from documents import plain
from documents.tree import walk
from meetings.search import section_digest
from proposals import cooperation, simplification
from proposals.choices import CatalogueKind, TermKind
from proposals.models import Catalogue, CooperationUnit, Proposal, Term
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from documents.plain import Field
    from documents.tree import Document, Section
    from proposals.models import Record

_NOT_PRINTED: Final = (TermKind.SCHEME, TermKind.ACTOR, TermKind.TARGET_GROUP)
_TERMS: Final = {
    TermKind.LAW: "Regler",
    TermKind.SCHEME: "Ordninger",
    TermKind.ACTOR: "Aktører",
    TermKind.TARGET_GROUP: "Målgrupper",
    TermKind.EVIDENCE: "Belæg",
}


def register() -> None:
    """Let the records be found."""
    search.register("forslag", "Forslag", proposals)
    search.register("samdrift", "Samdriftsenheder", units)


def proposals(scope: str | None) -> Iterator[Entry]:
    """Give the proposals of one council, or of all."""
    for catalogue in _catalogues(scope, CatalogueKind.SIMPLIFICATION):
        rows = Proposal.objects.filter(catalogue=catalogue).present()
        yield from _entries(
            catalogue,
            simplification.document(catalogue),
            rows.prefetch_related("terms"),
            "Forenklingsforslag",
        )


def units(scope: str | None) -> Iterator[Entry]:
    """Give the co-operation units of one council, or of all."""
    for catalogue in _catalogues(scope, CatalogueKind.COOPERATION):
        rows = CooperationUnit.objects.filter(catalogue=catalogue).present()
        yield from _entries(
            catalogue,
            cooperation.document(catalogue),
            rows.prefetch_related("terms"),
            "Samdriftsenhed",
        )


def _catalogues(scope: str | None, kind: CatalogueKind) -> Iterable[Catalogue]:
    rows = Catalogue.objects.filter(kind=kind).select_related("council").order_by("pk")
    if scope is None:
        return rows
    number = scope.removeprefix(RECORDS)
    return rows.filter(council=int(number)) if number != scope else ()


def _entries(
    catalogue: Catalogue, document: Document, rows: Iterable[Any], name: str
) -> Iterator[Entry]:
    sections = {section.key: section for _, section in walk(document)}
    for row in rows:
        section = sections[f"{row.owner}:{row.key}"]
        yield _entry(catalogue, row, section, name)


def _entry(catalogue: Catalogue, row: Record, section: Section, name: str) -> Entry:
    fields = plain.fields(section)
    council = catalogue.council
    terms: Mapping[str, list[Term]] = {
        kind: [term for term in row.terms.all() if term.kind == kind]
        for kind in _kinds(row)
    }
    return Entry(
        key=f"{council.slug}/{section.key}",
        scope=records_of(council.pk),
        audience=editors_of(council.slug),
        council=council.slug,
        dated=timezone.localdate(row.changed_at),
        url=row.get_absolute_url(),
        title=row.title,
        label=f"{name} {row.number}",
        passages=(
            *(Passage(_name(field), field.text) for field in fields),
            *(
                Passage(_TERMS[TermKind(kind)], ", ".join(term.text for term in own))
                for kind, own in terms.items()
            ),
        ),
        subject=section.key,
        digest=section_digest(section.title, fields),
    )


def _kinds(row: Record) -> tuple[TermKind, ...]:
    """What is kept of a record and not printed; of a unit no term is."""
    return _NOT_PRINTED if isinstance(row, Proposal) else tuple(TermKind)


def _name(field: Field) -> str:
    """Give "Gevinst 1" for a point, and the field's own label for anything else."""
    if not field.number:
        return field.name
    kind = field.key.rpartition("/")[2].partition(":")[0]
    words = {str(each.kind): each.label for each in WORDS.values()}
    return f"{words.get(kind, field.name)} {field.number}"
