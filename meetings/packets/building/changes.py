"""The page "Ændret siden version 1", right behind the contents list from version 2 on.

It is made of records alone: what depends on when it is made (pictures that are not drawn
yet, texts that are not read yet) is only on the page of that name in the portal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats
from documents import codec
from documents.numbering import spans
from meetings.editions.edition import Edition, Part
from meetings.packets.changes.files import Known
from meetings.packets.changes.items import item_changes
from meetings.packets.changes.pages import page_changes
from meetings.packets.paper import ChangesEntry, ChangesItem, ChangesPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.numbering import Numbering
    from meetings.agenda import Agenda
    from meetings.packets.building.layout import Laid
    from meetings.packets.changes.items import ItemChanges, RecordChanges
    from meetings.packets.changes.pages import PageChanges
    from meetings.packets.marks import SentBefore

# Fields of one record that are named; more are counted.
_NAMED = 3


def changes_page(
    before: SentBefore, agenda: Agenda, parts: Sequence[Laid], numbering: Numbering
) -> ChangesPage | None:
    """Give the page of changes; None where no version was sent before."""
    if before.edition is None:
        return None
    new = _edition(before.edition, agenda, parts, numbering)
    items = item_changes(before.edition, new, Known())
    pages = page_changes(before.edition, new, {})
    return ChangesPage(
        council=agenda.council,
        since=before.since,
        sent=before.sent,
        verdict=_verdict(items, agenda),
        pages=_pages(pages, numbering.of.get(ChangesPage.key, ())),
        items=tuple(_item(item) for item in items),
    )


def _edition(
    before: Edition, agenda: Agenda, parts: Sequence[Laid], numbering: Numbering
) -> Edition:
    """Give the packet that is laid out as what is read of it later."""
    return Edition(
        agenda=agenda,
        parts=tuple(_part(laid) for laid in parts),
        file="",
        size=0,
        page_count=len(numbering.labels),
        labels=numbering.labels,
        numbers=numbering.given,
        reasons=(),
        at=before.at,
        number=0,
        council_slug=before.council_slug,
        slug=before.slug,
    )


def _part(laid: Laid) -> Part:
    made, planned = laid.made, laid.made.planned
    return Part(
        appendix=planned.appendix,
        item=planned.item,
        first_page=laid.first,
        last_page=laid.last,
        own_pages=made.page_count,
        file="",
        size=0,
        document=codec.dumps(planned.document) if planned.document else "",
        labels=laid.numbers,
        own_labels=made.numbering.labels,
        pages={
            key: laid.numbers[laid.separator + page - 1]
            for key, page in made.starts.items()
        },
    )


def _verdict(items: Sequence[ItemChanges], agenda: Agenda) -> str:
    if not items:
        return "Ingen punkter er ændret."
    told = {item.number for item in items}
    count = sum(bool(item.title) or item.number in told for item in agenda.items)
    whole = formats.counted(count, "punkt", "punkter")
    return f"{len(items)} af {whole} er ændret."


def _pages(pages: PageChanges, own: Sequence[str]) -> str:
    """Say which pages came and went besides this one, and that no other moved."""
    new = [label for label in pages.new if label not in own]
    words = [
        *([f"Nye sider: {spans(new)}."] if new else []),
        *([f"Udgåede sider: {pages.gone_span}."] if pages.gone else []),
        "Nogle numre er flyttet." if pages.moved else "Ingen numre er flyttet.",
    ]
    return " ".join(words)


def _item(item: ItemChanges) -> ChangesItem:
    word = {"new": "Nyt punkt", "gone": "Udgået"}.get(item.state, "")
    entries = tuple(_entry(record) for record in item.records)
    return ChangesItem(item.number, item.heading, word, entries)


def _entry(record: RecordChanges) -> ChangesEntry:
    return ChangesEntry(record.name, _words(record), record.pages)


def _words(record: RecordChanges) -> str:
    """Say what differs in one place, without quoting it: "Titel, gevinst 2 og 1 tal"."""
    if record.kind == "appendix" and record.state != "changed":
        return "".join(run.text for run in record.edits[0].lines[0].runs)
    if record.state == "new" and record.kind == "section":
        return "Hele afsnittet er nyt"
    if record.state == "gone":
        return f"{record.title}, udgået" if record.title else "Udgået"
    if record.file is not None:
        old, new = record.file.old_pages, record.file.new_pages
        before = formats.counted(old, "side", "sider")
        return before if old == new else f"{before} før, {formats.number(new)} nu"
    names = [edit.name for edit in record.edits]
    if len(names) > _NAMED:
        names = [formats.counted(len(names), "ændring", "ændringer")]
    if record.figures:
        names.append(formats.counted(len(record.figures), "tal", "tal"))
    first, *rest = names
    return formats.listed([first, *(f"{name[:1].lower()}{name[1:]}" for name in rest)])
