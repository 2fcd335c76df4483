"""A generated appendix as data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents import data
from documents.data import TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.tree import Document
    from meetings.editions.edition import Edition, Part


def as_csv(part: Part) -> bytes:
    """Give the appendix as a table: a row for each field, point and figure.

    Raises:
        LookupError: it is a file from outside.
    """
    return data.as_csv(_tree(part), part.pages)


def _tree(part: Part) -> Document:
    if part.tree is None:
        msg = f"{part.appendix.label} is a file from outside"
        raise LookupError(msg)
    return part.tree


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
        "records": data.as_records(tree, part.pages),
    }
