"""What is checked: a meeting's rows, its documents, and where they stand in the packet."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents import foreign
from documents.numbering import spans
from meetings.choices import PacketState
from meetings.models import Appendix, Meeting, PacketPart
from meetings.rows import as_value, read_rows
from meetings.written.forming import form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.tree import Document
    from meetings.agenda import Agenda
    from meetings.models import AgendaItem

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Material:
    """A meeting as the checks read it; all maps are by the appendix's pk.

    Attributes:
        documents: of generated appendices that can be formed.
        texts: the text of each page of a file from outside; absent if it cannot be read.
        parts: where appendices stand in the latest built packet.
    """

    meeting: Meeting
    agenda: Agenda
    items: Sequence[AgendaItem]
    appendices: Sequence[Appendix]
    documents: Mapping[int, Document]
    texts: Mapping[int, Sequence[str]]
    parts: Mapping[int, PacketPart]

    def of_item(self, item: AgendaItem) -> tuple[Appendix, ...]:
        """Give an item's appendices, in order."""
        return tuple(row for row in self.appendices if row.item_id == item.pk)

    def span(self, *appendices: Appendix) -> str:
        """Give the packet's pages of appendices, "s. 68–69"; "" while unknown."""
        labels = [
            label
            for row in appendices
            if (part := self.parts.get(row.pk))
            for label in part.labels
        ]
        return f"s.\N{NO-BREAK SPACE}{spans(labels)}" if labels else ""

    def page(self, appendix: Appendix, own: int) -> str:
        """Give what the packet calls an appendix's own page; "" while unknown."""
        part = self.parts.get(appendix.pk)
        if part is None or not 1 <= own <= part.own_pages:
            return ""
        return str(part.labels[len(part.labels) - part.own_pages + own - 1])


def read(meeting_pk: int) -> Material:
    """Read all that the checks ask about, as it stands now."""
    meeting = Meeting.objects.select_related("council").get(pk=meeting_pk)
    rows = read_rows(meeting)
    standing = [row for row in rows.appendices if not row.is_withdrawn]
    return Material(
        meeting=meeting,
        agenda=as_value(meeting, rows.sections, rows.items, rows.appendices),
        items=rows.items,
        appendices=rows.appendices,
        documents=_documents(standing),
        texts=_texts(standing),
        parts=_parts(meeting_pk),
    )


def _documents(rows: Sequence[Appendix]) -> dict[int, Document]:
    """Form what can be formed; what cannot is a finding of its own (``failure``)."""
    found = {}
    for row in rows:
        if row.is_generated and not row.failure:
            try:
                found[row.pk], _ = form(row)
            except LookupError:
                log.exception("appendix %s cannot be formed", row.pk)
    return found


def _texts(rows: Sequence[Appendix]) -> dict[int, Sequence[str]]:
    found: dict[int, Sequence[str]] = {}
    for row in rows:
        if row.file is not None and row.file.text:
            try:
                found[row.pk] = foreign.texts(row.file)
            except OSError:
                log.exception("text of appendix %s cannot be read", row.pk)
    return found


def _parts(meeting_pk: int) -> dict[int, PacketPart]:
    built = PacketPart.objects.filter(
        packet__meeting=meeting_pk, packet__state=PacketState.BUILT
    )
    newest = built.order_by("-packet_id").values("packet_id")[:1]
    parts = built.filter(packet_id=newest, appendix_pk__isnull=False)
    return {part.appendix_pk or 0: part for part in parts.defer("document")}
