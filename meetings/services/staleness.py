"""What a saved change makes stale: worked out by a job, read by the pages.

The job is written in the transaction of the change, so that there is never a change
without it. There is one job a save: to skip one because another waits would lose the
change that commits after that other has begun.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from accounts.audiences import records_of
from core import clock, search
from core.jobs import app
from documents import codec, compare, pieces
from meetings.choices import AppendixKind, PacketState
from meetings.models import Appendix, Meeting, PacketPart
from meetings.packets.state import council_lock, refresh_lock
from meetings.search import scope_of
from meetings.words import change_words
from meetings.written.forming import form

if TYPE_CHECKING:
    from documents.tree import Document

log = logging.getLogger(__name__)
NOT_FORMED: Final = "Bilaget kan ikke dannes af data."


def defer_refresh(meeting_pk: int) -> None:
    """Have one meeting's hashes worked out, and indexed; call it inside the change."""
    task = app.configure_task("meetings.refresh", lock=refresh_lock(meeting_pk))
    task.defer(meeting_pk=meeting_pk)
    search.changed(scope_of(meeting_pk))


def defer_opening(meeting: Meeting) -> None:
    """Have a sent meeting indexed anew at the moment it becomes public."""
    if meeting.public_at is not None and meeting.public_at > clock.now():
        task = app.configure_task("meetings.open", schedule_at=meeting.public_at)
        task.defer(meeting_pk=meeting.pk)


def defer_refresh_council(council_pk: int) -> None:
    """Have the hashes of the council's open meetings worked out, and its records indexed."""
    task = app.configure_task("meetings.refresh_council", lock=council_lock(council_pk))
    task.defer(council_pk=council_pk)
    search.changed(records_of(council_pk))


def open_meetings(council_pk: int) -> tuple[int, ...]:
    """Give the meetings that are worked on: not held, not yet sent, or being revised."""
    rows = Meeting.objects.present().filter(council=council_pk)
    still = Q(held_on__gte=clock.today()) | Q(publications__isnull=True)
    still |= Q(is_revising=True)
    return tuple(rows.filter(still).values_list("pk", flat=True).distinct())


def refresh(meeting_pk: int) -> tuple[Document, ...]:
    """Work out what each generated appendix would print now, and what differs.

    Returns:
        The documents that could be formed, for whoever makes their pieces ahead.
    """
    rows = Appendix.objects.filter(item__section__meeting=meeting_pk).present()
    generated = rows.exclude(kind=AppendixKind.UPLOADED)
    formed = (_refresh(appendix) for appendix in generated)
    return tuple(document for document in formed if document)


def _refresh(appendix: Appendix) -> Document | None:
    row = Appendix.objects.filter(pk=appendix.pk)
    try:
        with transaction.atomic():
            document, made_of = form(appendix)
    except Exception:
        # Whatever it is, the others go on, and the page says that this one cannot.
        log.exception("appendix %s cannot be formed", appendix.pk)
        row.update(failure=NOT_FORMED, digest="", changes=[])
        return None
    row.update(
        digest=pieces.document_digest(document),
        made_of=made_of,
        changes=_changes(appendix.pk, document),
        failure="",
    )
    return document


def _changes(appendix_pk: int, document: Document) -> list[dict[str, object]]:
    """Give what differs from the latest built packet, in words, with its first page."""
    parts = PacketPart.objects.filter(
        appendix_pk=appendix_pk, packet__state=PacketState.BUILT
    )
    part = parts.order_by("-packet_id").first()
    if part is None or not part.document:
        return []
    found = compare.changes(codec.loads(part.document), document)
    return [
        {"text": text, "page": part.pages.get(change.key, part.labels[0])}
        for change in found
        for text in change_words(change)
    ]
