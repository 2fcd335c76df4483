"""Where a meeting's packet stands: built, running, stale, and what has changed.

Only stored hashes are compared; nothing is formed while a page waits. What was built
before something was taken down is stale.

Source: docs/rules.md R-49.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from core import formats
from core.jobs import Waiting, waiting
from core.prepared import prepared
from documents.numbering import order
from meetings.agenda import appendix_digest, contents_digest, records_digest
from meetings.choices import PacketState, PartKind
from meetings.models import Appendix, Meeting, Packet, PacketPart, Publication
from meetings.packets.approved import (
    answered,
    approved,
    asked_last,
    not_approved,
    returned_by,
)
from meetings.rows import read_agenda

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from meetings.agenda import Agenda
    from meetings.obstacles import Obstacle
    from meetings.packets.approved import Approved

RUNNING = (PacketState.QUEUED, PacketState.BUILDING)


class Freshness(StrEnum):
    """How an appendix compares with the latest built packet.

    UNCHECKED: it was the same, but something was saved that no job has looked at yet.
    """

    FRESH = "fresh"
    UNCHECKED = "unchecked"
    CHANGED = "changed"
    NEW = "new"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AppendixState:
    """One appendix against the latest packet; ``span`` is "2–21", "" while unknown."""

    freshness: Freshness
    sentence: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class ClosedPacket:
    """The closed packet that was built along; ``size`` in bytes."""

    page_count: int
    size: int


@dataclass(frozen=True, slots=True)
class MeetingPacket:
    """Where the packet stands.

    Attributes:
        latest: the latest whole packet; half ones are never shown.
        running: the build that somebody waits for.
        failed: the latest try, if it failed after ``latest`` was built.
        changes: Danish sentences, what differs from ``latest``.
        pages: the packet pages that the changes touch, as they are called.
        appendices: appendix pk → how it stands.
        is_published: ``latest`` holds what everybody reads; built again it still does.
        has_publication: everybody reads some packet of the meeting.
        unchecked_since: when the first change was saved that no job has looked at yet:
            more may be stale than ``changes`` says. Real time, as ``silent_since``.
        closed: the closed packet beside ``latest``, where anything is closed.
        silent_since: since when no worker has taken a job, while ``running`` or a
            change waits for one.
        approval: the answer by which ``latest`` may be sent, or None.
        not_approved: what is missing where it has none; None where nothing is built.
        returned_by: who sent back what is to be sent, and was not asked again; else "".
    """

    latest: Packet | None = None
    running: Packet | None = None
    failed: Packet | None = None
    changes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    appendices: Mapping[int, AppendixState] = field(default_factory=dict)
    is_published: bool = False
    has_publication: bool = False
    unchecked_since: datetime | None = None
    silent_since: datetime | None = None
    closed: ClosedPacket | None = None
    approval: Approved | None = None
    not_approved: Obstacle | None = None
    returned_by: str = ""

    @property
    def is_stale(self) -> bool:
        """The records have changed since the latest packet was built."""
        return self.latest is not None and bool(self.changes)

    @property
    def is_ready(self) -> bool:
        """The latest packet could be published: it is fresh, and not what is public."""
        is_busy = self.running is not None or self.is_stale
        return self.latest is not None and not is_busy and not self.is_published

    @property
    def may_be_stale(self) -> bool:
        """Nothing is known to have changed, but not all that was saved is looked at."""
        is_unchecked = self.unchecked_since is not None
        return self.latest is not None and is_unchecked and not self.changes


def refresh_lock(meeting_pk: int) -> str:
    """Give the lock of the jobs that look at one meeting's changes."""
    return f"refresh-{meeting_pk}"


def council_lock(council_pk: int) -> str:
    """Give the lock of the jobs that have all open meetings of a council looked at."""
    return f"council-{council_pk}"


def queue_of(meeting: Meeting) -> Waiting:
    """See which changes of a meeting no job has looked at yet: one query."""
    return waiting([refresh_lock(meeting.pk), council_lock(meeting.council_id)])


def packet_state(
    meeting: Meeting,
    agenda: Agenda | None = None,
    rows: Iterable[Appendix] | None = None,
) -> MeetingPacket:
    """Compare the meeting with its latest packet: two queries, six if it must be read.

    Args:
        meeting: any loaded meeting.
        agenda: its value, where the page has it already.
        rows: its appendices, likewise.
    """
    if agenda is None:
        agenda = read_agenda(meeting.pk)
    if rows is None:
        rows = Appendix.objects.filter(item__section__meeting=meeting).present()
    latest, running, failed = _packets(meeting)
    parts = _parts(latest)
    queue = queue_of(meeting)
    own = {row.pk: row for row in rows}
    states = dict(_appendix_states(agenda, own, parts, queue))
    changes = _changes(agenda, latest, parts, states) if latest else ()
    pages = {
        change["page"]
        for row in rows
        if states[row.pk].freshness is Freshness.CHANGED
        for change in row.changes
    }
    newest: Any = latest or running or failed
    approval = approved(getattr(latest, "answered", None))
    is_published = latest is not None and latest.digest == newest.sent
    return MeetingPacket(
        latest=latest,
        running=running,
        failed=failed,
        changes=changes,
        pages=tuple(sorted(pages, key=order)),
        appendices=states,
        is_published=is_published,
        has_publication=newest is not None and newest.sent is not None,
        unchecked_since=queue.since,
        silent_since=queue.silent_since if running or queue.since else None,
        closed=_closed(latest),
        approval=approval,
        not_approved=None if approval else _not_approved(meeting, latest),
        returned_by="" if is_published else _returned_by(latest),
    )


def _not_approved(meeting: Meeting, latest: Any) -> Obstacle | None:
    if latest is None:
        return None
    return not_approved(meeting.slug, latest.version, latest.asked)


def _returned_by(latest: Any) -> str:
    return returned_by(latest.version, latest.asked) if latest is not None else ""


def _closed(latest: Any) -> ClosedPacket | None:
    if latest is None or latest.closed_pages is None:
        return None
    return ClosedPacket(int(latest.closed_pages), int(latest.closed_size))


def _packets(meeting: Meeting) -> tuple[Packet | None, Packet | None, Packet | None]:
    """Give the latest built packet, the running one, and the newest if it failed."""
    packets = _packet_rows(meeting.pk)
    for packet in packets:
        packet.meeting = meeting
    latest = next((p for p in packets if p.is_built), None)
    running = next((p for p in packets if p.is_running), None)
    newest = packets[0] if packets else None
    has_failed = newest is not None and newest.state == PacketState.FAILED
    return latest, running, newest if has_failed else None


@prepared
def _packet_rows(meeting: int) -> QuerySet[Packet]:
    rows = Packet.objects.filter(meeting=meeting).order_by("-pk")
    built = rows.filter(state=PacketState.BUILT).values("pk")[:1]
    newest_of_all = rows.values("pk")[:1]
    sent = Publication.objects.filter(meeting=meeting).order_by("-number")
    return (
        rows.filter(Q(pk__in=built) | Q(pk__in=newest_of_all))
        .defer("contents", "numbers", "labels", "reasons", "closed")
        .annotate(closed_size=KT("closed__size"), closed_pages=KT("closed__page_count"))
        .annotate(taken=KT("contents__taken"))
        .annotate(
            part_rows=ArraySubquery(_part_rows()),
            sent=Subquery(sent.values("packet__digest")[:1]),
            answered=answered(),
            asked=asked_last(),
        )
    )


def _part_rows() -> Any:
    """Read a packet's parts along with it; documents are large and not needed here."""
    names = ("appendix_pk", "kind", "label", "digest", "labels")
    rows = PacketPart.objects.filter(packet=OuterRef("pk")).order_by("position")
    return rows.values(row=JSONObject(**{name: name for name in names}))


def _parts(packet: Packet | None) -> dict[int | None, PacketPart]:
    if packet is None:
        return {}
    own: Any = packet
    return {row["appendix_pk"]: PacketPart(**row) for row in own.part_rows}


def _appendix_states(
    agenda: Agenda,
    rows: Mapping[int, Appendix],
    parts: Mapping[int | None, PacketPart],
    queue: Waiting,
) -> Iterable[tuple[int, AppendixState]]:
    for item in agenda.items:
        for appendix in item.appendices:
            part, row = parts.get(appendix.pk), rows[appendix.pk]
            span = part.span if part else ""
            if appendix.is_withdrawn:
                state = _withdrawn(appendix.label, part)
            elif row.failure:
                state = AppendixState(Freshness.FAILED, row.failure, span)
            elif part is None:
                state = AppendixState(Freshness.NEW)
            elif part.digest == appendix_digest(appendix):
                may_differ = appendix.is_generated and queue.since is not None
                same = Freshness.UNCHECKED if may_differ else Freshness.FRESH
                state = AppendixState(same, "", span)
            else:
                sentence = _sentence(appendix.label, row, part)
                state = AppendixState(Freshness.CHANGED, sentence, span)
            yield appendix.pk, state


def _withdrawn(label: str, part: PacketPart | None) -> AppendixState:
    """A withdrawn appendix is as it should be where the packet does not hold it."""
    if part is None:
        return AppendixState(Freshness.FRESH)
    return AppendixState(Freshness.CHANGED, f"{label} er trukket tilbage", part.span)


def _sentence(label: str, row: Appendix, part: PacketPart) -> str:
    texts = [change["text"] for change in row.changes]
    if not texts:
        return f"{label} er ændret" if part.label == label else f"{label} er flyttet"
    few = len(texts) <= 2  # noqa: PLR2004
    shown = formats.listed(texts) if few else f"{len(texts)} steder i {label}"
    return f"{shown} er ændret"


def _changes(
    agenda: Agenda,
    latest: Packet,
    parts: Mapping[int | None, PacketPart],
    states: Mapping[int, AppendixState],
) -> tuple[str, ...]:
    labels = {appendix.pk: appendix.label for appendix in agenda.appendices}
    found = [
        state.sentence or f"{labels[pk]} {_WORDS[state.freshness]}"
        for pk, state in states.items()
        if state.freshness in _WORDS
    ]
    gone = [
        f"{part.label} er fjernet"
        for pk, part in parts.items()
        if pk is not None and pk not in states
    ]
    contents = next((p for p in parts.values() if p.kind == PartKind.CONTENTS), None)
    printed = contents_digest(agenda)
    if not found and not gone and (contents is None or contents.digest != printed):
        return ("Dagsordenen er ændret",)
    if not found and not gone and latest.digest != records_digest(agenda):
        own: Any = latest
        if int(own.taken or 0) != agenda.taken:
            return ("Noget er taget ned eller vist igen, siden pakken blev bygget",)
        if any(item.readers is not None for item in agenda.items):
            return ("Dagsordenens tekst, eller hvem der læser det lukkede, er ændret",)
        return ("Dagsordenens tekst er ændret",)
    return (*found, *gone)


_WORDS = {
    Freshness.NEW: "er nyt",
    Freshness.FAILED: "kan ikke dannes",
    Freshness.CHANGED: "er ændret",
}
