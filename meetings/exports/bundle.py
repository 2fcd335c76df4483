"""Everything of a sent version in one zip, or some of its appendices, with checksums.

Made of what is stored and of nothing else: the same version gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from core.file_names import file_name
from core.zipped import Entry
from documents.storage import files
from meetings.choices import PaperKind
from meetings.exports.tables import as_csv, as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from meetings.editions.edition import Edition, Part
    from meetings.receipts.receipt import Receipt

SCHEMA: Final = 1
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the zip, and what the manifest says of it."""

    entry: Entry
    checksum: str
    label: str
    title: str


def bundle(
    edition: Edition,
    receipt: Receipt,
    address: Callable[..., str],
    chosen: Sequence[Part] = (),
) -> Iterator[Entry]:
    """Give the files in their order: PDFs, data, receipt, manifest.json, SHA256SUMS.

    Minutes are not among them: they come later, and are approved more than once.

    Args:
        chosen: some appendices; empty for agenda, packet and all of them.
        address: as :func:`meetings.exports.tables.as_json` takes it.
    """
    items = list(_items(edition, address, chosen or edition.parts))
    if not chosen:
        what = "Lukket pakke" if edition.volume else "Bilagspakke"
        name = file_name(f"{what} version {edition.number}", "pdf")
        items.insert(0, _stored(name, edition.file, edition.size, f"{what}n", ""))
        items = [*_papers(edition), *items]
    items.append(
        _json("kvittering.json", receipt.to_json(is_inside=True), "Kvittering")
    )
    manifest = _manifest(edition, items)
    if not edition.volume:
        manifest["minutes"] = address("minutes-file", version="")
    items.append(_json("manifest.json", manifest, "Manifest"))
    sums = "".join(f"{item.checksum}  {item.entry.path}\n" for item in items)
    yield from (item.entry for item in items)
    yield _held("SHA256SUMS", sums.encode()).entry


def _papers(edition: Edition) -> Iterator[_Item]:
    """Give the agenda, and the file of agenda and appendices; none of a closed packet."""
    for kind in (PaperKind.AGENDA, PaperKind.WHOLE):
        paper = None if edition.volume else edition.papers.get(kind)
        if paper is not None:
            name = file_name(f"{kind.label} version {edition.number}", "pdf")
            yield _stored(name, paper["file"], paper["size"], str(kind.label), "")


def _items(
    edition: Edition, address: Callable[..., str], parts: Sequence[Part]
) -> Iterator[_Item]:
    for part in parts:
        appendix = part.appendix
        name = file_name(f"{appendix.label} {appendix.title}"[:_LONGEST], "pdf")
        yield _stored(
            f"Bilag/{name}", part.file, part.size, appendix.label, appendix.title
        )
    for part in parts:
        if part.document:
            own = (part.appendix.label, part.appendix.title)
            yield _held(f"Data/{part.appendix.label}.csv", as_csv(part), *own)
            data = as_json(edition, part, address)
            yield _json(f"Data/{part.appendix.label}.json", data, *own)


def _stored(path: str, name: str, size: int, label: str, title: str) -> _Item:
    return _Item(Entry(path, size, lambda: files().open(name)), name, label, title)


def _held(path: str, content: bytes, label: str = "", title: str = "") -> _Item:
    checksum = hashlib.sha256(content).hexdigest()
    entry = Entry(path, len(content), lambda: io.BytesIO(content))
    return _Item(entry, checksum, label, title)


def _json(path: str, data: Any, label: str, title: str = "") -> _Item:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _held(path, f"{text}\n".encode(), label, title)


def _manifest(edition: Edition, items: Sequence[_Item]) -> dict[str, Any]:
    sent_at = timezone.localtime(edition.sent_at) if edition.sent_at else None
    return {
        "type": "bundle",
        "schema": SCHEMA,
        "council": edition.agenda.council,
        "meeting": edition.slug,
        "version": edition.number,
        "sent_at": sent_at.isoformat() if sent_at else None,
        "files": [
            {
                "path": item.entry.path,
                "label": item.label,
                "title": item.title,
                "bytes": item.entry.size,
                "sha256": item.checksum,
            }
            for item in items
        ],
    }
