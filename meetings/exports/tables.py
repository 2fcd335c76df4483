"""A generated appendix as data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from core import semicolons
from documents.records import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from documents.records import Datum, Record
    from documents.tree import Document, Value
    from meetings.editions.edition import Edition, Part

HEAD: Final = (
    "Nøgle", "Afsnit", "Titel", "Side", "Felt", "Række", "Tekst", "Tal", "Til", "Enhed",
    "Forbehold", "Mangler", "Kilde",
)  # fmt: skip
TYPE: Final = "kkr-portalen/1"


def as_csv(part: Part) -> bytes:
    """Give the appendix as a table: a row for each field, point and figure.

    Raises:
        LookupError: it is a file from outside.
    """
    tree = _tree(part)
    return semicolons.written(HEAD, _rows(tree, part))


def _tree(part: Part) -> Document:
    if part.tree is None:
        msg = f"{part.appendix.label} is a file from outside"
        raise LookupError(msg)
    return part.tree


def _rows(tree: Document, part: Part) -> Iterator[list[Any]]:
    for record in records(tree):
        page = part.pages.get(record.key, "")
        for datum in record.data:
            yield [
                datum.key,
                record.label,
                record.title,
                page,
                datum.name,
                datum.place,
                datum.text,
                *_figure(datum.value),
            ]


def _figure(value: Value | None) -> list[Any]:
    """Give number, end of a span, unit, qualifier, why missing, and source."""
    if value is None:
        return [None] * 6
    until = value.high if value.high != value.low else None
    missing = str(value.missing) if value.missing else ""
    source = value.source.name if value.source else ""
    return [value.low, until, value.unit, value.qualifier, missing, source]


def as_json(
    edition: Edition, part: Part, address: Callable[..., str]
) -> dict[str, Any]:
    """Give the appendix as an object after OParl's manner: id, type, name, links.

    Args:
        address: gives the whole address of a route's page of this version.

    Raises:
        LookupError: it is a file from outside.
    """
    tree, appendix = _tree(part), part.appendix
    sent_at = timezone.localtime(edition.sent_at) if edition.sent_at else None
    return {
        "id": address("public-data", appendix.slug),
        "type": f"{TYPE}/Appendix",
        "name": appendix.title,
        "reference": appendix.label,
        "key": tree.key,
        "web": address("public-appendix", appendix.slug),
        "meeting": {
            "id": address("public"),
            "type": f"{TYPE}/Meeting",
            "name": edition.agenda.council,
            "start": edition.agenda.held_on,
        },
        "agendaItem": {"number": part.item.number, "name": part.item.heading},
        "version": edition.number,
        "created": sent_at.isoformat() if sent_at else None,
        "pages": list(part.labels),
        "mainFile": {
            "id": address("public-file", appendix.slug),
            "mimeType": "application/pdf",
            "size": part.size,
            "sha256Checksum": part.file,
        },
        "records": [_record(record, part) for record in records(tree)],
    }


def _record(record: Record, part: Part) -> dict[str, Any]:
    return {
        "key": record.key,
        "label": record.label,
        "name": record.title,
        "page": part.pages.get(record.key),
        "fields": [_field(datum) for datum in record.data],
    }


def _field(datum: Datum) -> dict[str, Any]:
    """Give one row; numbers as text, so that no program rounds them."""
    found: dict[str, Any] = {"key": datum.key, "name": datum.name, "text": datum.text}
    if datum.place:
        found["row"] = datum.place
    value = datum.value
    if value is None:
        return found
    source = value.source
    return found | {
        "value": {
            "low": None if value.low is None else f"{value.low:f}",
            "high": None if value.high is None else f"{value.high:f}",
            "unit": value.unit,
            "qualifier": value.qualifier,
            "missing": str(value.missing) if value.missing else None,
            "source": {"name": source.name, "url": source.url} if source else None,
        }
    }
