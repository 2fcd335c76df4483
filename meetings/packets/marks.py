"""What is marked on paper and on the pages: a version against the one sent before it.

An appendix's number is given for good once it is sent (R-21), so that it is found again
in another version by its place in addresses; its records are found by their keys.

Source: docs/rules.md R-24.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.wordmarks import word_runs
from documents import codec
from documents.compare.rich import woven
from documents.inlines import runs_html
from documents.marks import marks_between
from documents.page import spoken
from meetings.agenda import Agenda, records_digest
from meetings.editions.closed import of_closed
from meetings.editions.reading import of_publication
from meetings.editions.withdrawn import (
    is_taken,
    withdrawal_rows,
    withdrawals_of,
    withdrawn,
)
from meetings.models import ClosedPublication, Publication, PublishedAppendix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from documents.marks import Marked
    from documents.tree import Document
    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition, Part
    from meetings.editions.withdrawn import Withdrawn


@dataclass(frozen=True)
class SentBefore:
    """The documents of the version that marks are made against.

    Attributes:
        number: which version; 0 where there is none, and nothing is marked.
        documents: JSON of each generated appendix's Document, by its place in addresses.
        edition: the whole of it, where a packet is built.
    """

    number: int = 0
    at: datetime | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    edition: Edition | None = None

    @property
    def since(self) -> str:
        """What a reader knows it by: "version 1"."""
        return f"version\N{NO-BREAK SPACE}{self.number}"

    @property
    def sent(self) -> str:
        """The same with its day: "version 1, sendt 13. november 2023"."""
        if self.at is None:
            return self.since
        return f"{self.since}, sendt {formats.long_date(timezone.localdate(self.at))}"

    @property
    def by_key(self) -> SentBefore:
        """The same, its documents found by their own keys."""
        found = {codec.loads(text).key: text for text in self.documents.values()}
        return replace(self, documents=found)

    def marks(self, slug: str, document: Document) -> dict[str, Marked]:
        """Give the marks of one appendix; none where it was not sent before."""
        before = self.documents.get(slug)
        if not before:
            return {}
        old: Document = codec.loads(before)
        return marks_between(old, document, since=self.since, sent=self.sent)


def sent_before(meeting_pk: int, agenda: Agenda | None = None) -> SentBefore:
    """Read what a packet of the meeting is marked against: two queries at most.

    Args:
        agenda: what the packet is built of. Records that were sent already are marked as
            they were then, so that building them again gives the same bytes.
    """
    rows = Publication.objects.filter(meeting=meeting_pk).order_by("-number")
    rows = rows.select_related("packet", "meeting__council").prefetch_related(
        "appendices"
    )
    sent = list(rows.with_withdrawals()[:2])
    if agenda and sent and sent[0].packet.digest == records_digest(agenda):
        sent = sent[1:]
    return _whole(sent[0]) if sent else SentBefore()


def closed_before(
    meeting_pk: int, number: int, *, as_of: datetime | None = None
) -> SentBefore:
    """Read what a closed packet is marked against: the last up to a version that had one.

    Args:
        number: the version that the open packet is marked against; 0 for none.
        as_of: when it was built; what was taken down since counts not.
    """
    rows = ClosedPublication.objects.filter(
        publication__meeting=meeting_pk, publication__number__lte=number
    ).select_related("publication__meeting__council")
    row = rows.prefetch_related("appendices").order_by("-publication__number").first()
    if row is None:
        return SentBefore()
    if as_of is not None:
        known: Any = row
        known.publication.withdrawn = withdrawal_rows(meeting_pk, as_of=as_of)
        known.withdrawn = withdrawal_rows(meeting_pk, as_of=as_of, is_closed=True)
    own, sent = of_closed(row), row.publication
    documents = {part.appendix.slug: part.document for part in own.generated}
    return SentBefore(sent.number, sent.published_at, documents, own)


def version_before(publication: Publication) -> SentBefore:
    """Read what a sent version was marked against when it was built."""
    rows = Publication.objects.filter(
        meeting=publication.meeting_id, number=publication.number - 1
    )
    if not rows:
        return SentBefore()
    before: Any = rows.get()
    # What is closed since was there when it was built.
    before.withdrawn = withdrawal_rows(
        publication.meeting_id, as_of=publication.published_at
    )
    return _whole(before)


def before_edition(edition: Edition, part: Part) -> SentBefore:
    """Read what one appendix of an edition is marked against: one query, or none."""
    if edition.number == 1:
        return SentBefore()
    rows = _of(edition).filter(slug=part.appendix.slug)
    if edition.is_published:
        rows = rows.filter(publication__number=edition.number - 1)
    found = list(
        rows.select_related("publication").order_by("-publication__number")[:2]
    )
    if not edition.is_published and edition.is_as_published:
        found = found[1:]
    if not found:
        return SentBefore()
    sent = found[0].publication
    told = edition.withdrawn or withdrawals_of(sent)
    if is_taken(told, sent.number, part.appendix.slug):
        return SentBefore()
    return SentBefore(
        sent.number, sent.published_at, {found[0].slug: found[0].document}
    )


def _whole(row: Publication) -> SentBefore:
    edition = of_publication(row)
    rows = {part.appendix.slug: part.document for part in edition.generated}
    return SentBefore(row.number, row.published_at, rows, edition)


def _of(edition: Edition) -> QuerySet[PublishedAppendix]:
    return PublishedAppendix.objects.filter(
        publication__meeting__slug=edition.slug,
        publication__meeting__council__slug=edition.council_slug,
    )


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One of an item's texts; ``word`` says how it differs, "" where it does not."""

    label: str
    html: SafeString
    word: str = ""


@dataclass(frozen=True)
class MarkedItem:
    """An item's texts with their changes since the version before.

    Attributes:
        summary: the resumé, likewise; None where there is none.
        title: the title with its changes; "" where it is as before.
        since: "version 1"; "" where there is nothing before. ``number`` is its number.
    """

    texts: tuple[MarkedText, ...]
    summary: MarkedText | None
    title: SafeString | str = ""
    since: str = ""
    number: int = 0

    @property
    def ordered(self) -> tuple[MarkedText, ...]:
        """Give the texts as they are printed: what is recommended, the resumé, the rest."""
        first = tuple(text for text in self.texts if text.label == "Indstilling")
        rest = tuple(text for text in self.texts if text not in first)
        return (*first, *([self.summary] if self.summary else ()), *rest)

    @property
    def is_changed(self) -> bool:
        """Anything differs that a reader sees here."""
        return bool(self.title) or any(text.word for text in self.ordered)


def marked_item(edition: Edition, item: AgendaItem) -> MarkedItem:
    """Give an item's texts, marked against the version before: one query, or none.

    A packet that is not sent is marked against the newest version, as its pages are.
    """
    return marked_items(edition, (item,))[0]


def marked_items(
    edition: Edition, items: Iterable[AgendaItem]
) -> tuple[MarkedItem, ...]:
    """Give the same of several items, in their order: one query, or none, for all."""
    before = _before(edition)
    return tuple(_marked(before, item) for item in items)


def _marked(before: _Before, item: AgendaItem) -> MarkedItem:
    number, old = _item_before(before, item)
    names = ("Indstilling", "Sagsfremstilling", "Økonomi", "Videre proces")
    pairs = [
        (label, before, after)
        for label, before, after in zip(names, _fields(old), _fields(item), strict=True)
        if after or (old and before)
    ]
    was = old.summary if old else ""
    has_summary = bool(item.summary or was)
    return MarkedItem(
        texts=tuple(_text(*pair, is_compared=old is not None) for pair in pairs),
        summary=_text("Resumé", was, item.summary, is_compared=old is not None)
        if has_summary
        else None,
        title=_title(old, item),
        since=f"version\N{NO-BREAK SPACE}{number}" if old else "",
        number=number,
    )


def _fields(item: AgendaItem | None) -> tuple[str, str, str, str]:
    if item is None:
        return "", "", "", ""
    return item.recommendation, item.case, item.economy, item.process


@dataclass(frozen=True, slots=True)
class _Before:
    """The version that items are marked against; number 0 where there is none."""

    number: int = 0
    items: Mapping[str, AgendaItem] = field(default_factory=dict)
    taken: tuple[Withdrawn, ...] = ()


def _before(edition: Edition) -> _Before:
    if edition.number == 1:
        return _Before()
    rows = Publication.objects.filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    ).order_by("-number")
    if edition.is_published:
        rows = rows.filter(number=edition.number - 1)
    newer = int(not edition.is_published and edition.is_as_published)
    # What is built knows nothing of what was taken down: the rows of what was sent do.
    with_closed: Any = rows.with_withdrawals()
    told = with_closed.values_list("number", "agenda", "withdrawn")
    for number, plain, closed in told[newer : newer + 1]:
        items = {item.key: item for item in Agenda.from_json(plain).items}
        return _Before(number, items, tuple(map(withdrawn, closed)))
    return _Before()


def _item_before(before: _Before, item: AgendaItem) -> tuple[int, AgendaItem | None]:
    """Give the item as the version before has it, with that version's number; 0 for none."""
    same = before.items.get(item.key)
    if same is None or is_taken(before.taken, before.number, item.slug):
        return 0, None
    return before.number, same


def _text(label: str, before: str, after: str, *, is_compared: bool) -> MarkedText:
    """Mark one rich text; what is whole new stands plain, with a word."""
    if not is_compared or before == after:
        return MarkedText(label, mark_safe(after))  # noqa: S308 -- sanitised when saved
    if not before:
        return MarkedText(label, mark_safe(after), "Nyt")  # noqa: S308 -- as above
    html = mark_safe(spoken(woven(before, after)))  # noqa: S308 -- woven sanitises
    return MarkedText(label, html, "Ændret" if after else "Udgået")


def _title(old: AgendaItem | None, new: AgendaItem) -> SafeString | str:
    if old is None or old.title == new.title:
        return ""
    runs = word_runs(old.title, new.title)
    return mark_safe(spoken(runs_html(runs)))  # noqa: S308 -- escaped
