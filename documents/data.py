"""A document's rows as files: CSV for spreadsheets, JSON for programs.

They are made of the Document alone, so that the same document has the same data wherever
it is printed: no page of a packet, no address, no moment.

Source: docs/rules.md R-56.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from core.file_names import file_name
from core.sheets import semicolons
from documents.parts import DataFile
from documents.records import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from documents.records import Datum, Record
    from documents.tree import Document, Value

SCHEMA: Final = 1
TYPE: Final = "kkr-portalen/1"
HEAD: Final = (
    "Nøgle", "Afsnit", "Titel", "Felt", "Række", "Tekst", "Tal", "Til", "Enhed",
    "Forbehold", "Mangler", "Kilde",
)  # fmt: skip
PAGE: Final = "Side"
_PAGE_AT: Final = 3
_LONGEST: Final = 80


def data_files(document: Document) -> tuple[DataFile, ...]:
    """Give the rows of a document as they travel in its PDF; none where it says nothing."""
    found = records(document)
    if not found:
        return ()
    title = " ".join(document.title.split())[:_LONGEST].strip()
    told = json.dumps(_object(document, found), ensure_ascii=False, indent=2)
    return (
        DataFile(
            file_name(title, "csv"),
            "text/csv",
            f"Data fra {title}: en række for hvert felt og tal",
            _csv(found, None),
        ),
        DataFile(
            file_name(title, "json"),
            "application/json",
            f"Data fra {title}, til programmer",
            f"{told}\n".encode(),
        ),
    )


def as_csv(document: Document, pages: Mapping[str, str] | None = None) -> bytes:
    """Give a document as a table: a row for each field, point and figure.

    Args:
        pages: section key → page of a packet, which then is a column too.
    """
    return _csv(records(document), pages)


def _csv(found: Iterable[Record], pages: Mapping[str, str] | None) -> bytes:
    head = list(HEAD)
    if pages is not None:
        head.insert(_PAGE_AT, PAGE)
    return semicolons.written(head, _rows(found, pages))


def _rows(
    found: Iterable[Record], pages: Mapping[str, str] | None
) -> Iterator[list[Any]]:
    for record in found:
        own = [] if pages is None else [pages.get(record.key, "")]
        for datum in record.data:
            yield [
                datum.key,
                record.label,
                record.title,
                *own,
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


def as_object(document: Document) -> dict[str, Any]:
    """Give a document as a JSON object; keys are never renamed within a schema."""
    return _object(document, records(document))


def _object(document: Document, found: Iterable[Record]) -> dict[str, Any]:
    return {
        "type": f"{TYPE}/Data",
        "schema": SCHEMA,
        "key": document.key,
        "name": document.title,
        "records": _records(found, None),
    }


def as_records(
    document: Document, pages: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Give the records of a document as JSON objects.

    Args:
        pages: as :func:`as_csv` takes them.
    """
    return _records(records(document), pages)


def _records(
    found: Iterable[Record], pages: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    return [
        {
            "key": record.key,
            "label": record.label,
            "name": record.title,
            **({} if pages is None else {"page": pages.get(record.key)}),
            "fields": [_field(datum) for datum in record.data],
        }
        for record in found
    ]


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
