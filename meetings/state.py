"""Where a meeting's packet stands: built, running, stale, and what has changed.

Only stored hashes are compared; nothing is formed while a page waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from core import formats
from core.jobs import queue_stands_still_since
from meetings.agenda import Agenda, appendix_digest, contents_digest, digest
from meetings.choices import PacketState, PartKind
from meetings.models import Appendix, Meeting, Packet, PacketPart, Publication
from meetings.rows import read_agenda

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

RUNNING = (PacketState.QUEUED, PacketState.BUILDING)


class Freshness(StrEnum):
    """How an appendix compares with the latest built packet."""

    FRESH = "fresh"
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
class MeetingPacket:
    """Where the packet stands.

    Attributes:
        latest: the latest whole packet; half ones are never shown.
        running: the build that somebody waits for.
        failed: the latest try, if it failed after ``latest`` was built.
        changes: Danish sentences, what differs from ``latest``.
        pages: the packet pages that the changes touch, as far as known.
        appendices: appendix pk → how it stands.
        is_published: ``latest`` holds what everybody reads; built again it still does.
        has_publication: everybody reads some packet of the meeting.
        silent_since: since when no worker has taken a job while ``running`` waits.
    """

    latest: Packet | None = None
    running: Packet | None = None
    failed: Packet | None = None
    changes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    appendices: Mapping[int, AppendixState] = field(default_factory=dict)
    is_published: bool = False
    has_publication: bool = False
    silent_since: datetime | None = None

    @property
    def is_stale(self) -> bool:
        """The records have changed since the latest packet was built."""
        return self.latest is not None and bool(self.changes)


def packet_state(
    meeting: Meeting,
    agenda: Agenda | None = None,
    rows: Iterable[Appendix] | None = None,
) -> MeetingPacket:
    """Compare the meeting with its latest packet: one query, five if it must be read.

    One more while a build runs: whether anybody works on it.

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
    states = dict(_appendix_states(agenda, {row.pk: row for row in rows}, parts))
    changes = _changes(agenda, latest, parts, states) if latest else ()
    pages = {
        change["page"]
        for row in rows
        if states[row.pk].freshness is Freshness.CHANGED
        for change in row.changes
    }
    newest: Any = latest or running or failed
    return MeetingPacket(
        latest=latest,
        running=running,
        failed=failed,
        changes=changes,
        pages=tuple(sorted(pages)),
        appendices=states,
        is_published=latest is not None and latest.digest == newest.sent,
        has_publication=newest is not None and newest.sent is not None,
        silent_since=queue_stands_still_since() if running else None,
    )


def _packets(meeting: Meeting) -> tuple[Packet | None, Packet | None, Packet | None]:
    """Give the latest built packet, the running one, and the newest if it failed."""
    rows = meeting.packets.order_by("-pk")
    built = rows.filter(state=PacketState.BUILT).values("pk")[:1]
    newest_of_all = rows.values("pk")[:1]
    sent = Publication.objects.filter(meeting=meeting).order_by("-number")
    packets = list(
        rows.filter(Q(pk__in=built) | Q(pk__in=newest_of_all)).annotate(
            part_rows=ArraySubquery(_part_rows()),
            sent=Subquery(sent.values("packet__digest")[:1]),
        )
    )
    latest = next((p for p in packets if p.is_built), None)
    running = next((p for p in packets if p.is_running), None)
    newest = packets[0] if packets else None
    has_failed = newest is not None and newest.state == PacketState.FAILED
    return latest, running, newest if has_failed else None


def _part_rows() -> Any:
    """Read a packet's parts along with it; documents are large and not needed here."""
    names = ("appendix_pk", "kind", "label", "digest", "first_page", "last_page")
    rows = PacketPart.objects.filter(packet=OuterRef("pk")).order_by("position")
    return rows.values(row=JSONObject(**{name: name for name in names}))


def _parts(packet: Packet | None) -> dict[int | None, PacketPart]:
    if packet is None:
        return {}
    own: Any = packet
    return {row["appendix_pk"]: PacketPart(**row) for row in own.part_rows}


def _appendix_states(
    agenda: Agenda, rows: Mapping[int, Appendix], parts: Mapping[int | None, PacketPart]
) -> Iterable[tuple[int, AppendixState]]:
    for item in agenda.items:
        for appendix in item.appendices:
            part, row = parts.get(appendix.pk), rows[appendix.pk]
            span = part.span if part else ""
            if row.failure:
                state = AppendixState(Freshness.FAILED, row.failure, span)
            elif part is None:
                state = AppendixState(Freshness.NEW)
            elif part.digest == appendix_digest(item, appendix):
                state = AppendixState(Freshness.FRESH, "", span)
            else:
                sentence = _sentence(appendix.label, row, part)
                state = AppendixState(Freshness.CHANGED, sentence, span)
            yield appendix.pk, state


def _sentence(label: str, row: Appendix, part: PacketPart) -> str:
    texts = [change["text"] for change in row.changes]
    if not texts:
        return f"{label} er ændret" if part.label == label else f"{label} er flyttet"
    shown = formats.listed(texts[:2]) if len(texts) <= 2 else f"{len(texts)} steder"  # noqa: PLR2004
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
        if state.freshness is not Freshness.FRESH
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
    if not found and not gone and digest(latest.contents) != digest(agenda.to_json()):
        return ("En sagstekst er ændret",)
    return (*found, *gone)


_WORDS = {
    Freshness.NEW: "er nyt",
    Freshness.FAILED: "kan ikke dannes",
    Freshness.CHANGED: "er ændret",
}
