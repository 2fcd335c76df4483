"""All of a sent version in one zip, made once and kept: the same bytes for ever.

It waits for the agenda and for the file of agenda and appendices. Minutes stand beside it
(docs/adr/0022-every-file-given-out-is-known.md).

Source: docs/rules.md R-57.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from core.zipped import stream
from documents.storage import keep_path
from meetings.addresses import address
from meetings.choices import PaperKind
from meetings.editions.reading import FIRST_COUNCIL, of_publication
from meetings.editions.withdrawn import withdrawn
from meetings.exports.bundle import bundle
from meetings.models import Paper, Publication
from meetings.receipts.receipt import receipt_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meetings.editions.edition import Edition

_NEEDED = {PaperKind.AGENDA, PaperKind.WHOLE}


def leading_to(edition: Edition) -> Callable[..., str]:
    """Give what leads to a page of this very version, whichever server it is on."""
    own = {"version": edition.number or ""}
    return lambda page, *args, **query: address(
        page, edition, *args, **{**own, **query}
    )


def keep_bundle(publication: Publication) -> Paper | None:
    """Make the zip of a sent version and keep it, once; None while something is missing.

    Whoever asks, its addresses are those of a visitor without a seat.
    """
    rows = Paper.objects.filter(packet=publication.packet_id)
    papers = {row.kind: row for row in rows}
    found = papers.get(PaperKind.BUNDLE)
    if found is not None or not papers.keys() >= _NEEDED:
        return found
    sent = of_publication(publication, FIRST_COUNCIL)
    if sent.seal is not None:
        return None
    told = {kind: _told(row) for kind, row in papers.items()}
    edition = replace(sent, papers=told)
    receipt = receipt_for(edition, publication)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "alt.zip"
        with out.open("wb") as file:
            for chunk in stream(bundle(edition, receipt, leading_to(edition))):
                file.write(chunk)
        size, name = out.stat().st_size, keep_path(out)
    row, _ = Paper.objects.get_or_create(
        packet_id=publication.packet_id,
        kind=PaperKind.BUNDLE,
        defaults={
            "meeting_id": publication.meeting_id,
            "document": "",
            "digest": name,
            "file": name,
            "size": size,
            "page_count": 0,
        },
    )
    return row


def unmade() -> list[int]:
    """Give the sent versions that have no zip, and whose files are not closed: one query.

    A version that was sent after a takedown gets its own.
    """
    made = Paper.objects.filter(packet=OuterRef("packet"), kind=PaperKind.BUNDLE)
    rows = Publication.objects.filter(~Exists(made)).with_withdrawals().order_by("pk")
    names = ("pk", "number", "published_at", "withdrawn")
    return [row["pk"] for row in rows.values(*names) if not _is_closed(row)]


def _is_closed(row: Mapping[str, Any]) -> bool:
    """Whether something that is taken down lies in its files, or stands struck through."""
    number, sent_at = row["number"], row["published_at"]
    told = map(withdrawn, row["withdrawn"])
    return any(w.holds_for(number) or w.marks(number, sent_at) for w in told)


def _told(row: Paper) -> dict[str, Any]:
    """Give a row as ``PublicationQuerySet.with_minutes`` gives it."""
    return {
        "kind": row.kind,
        "pages": row.page_count,
        "size": row.size,
        "file": row.file,
    }
