"""How far a packet is, in the words of the page. Pure: of rows already loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core import formats
from meetings.choices import JoinState, MakeState, PacketState, PartKind
from meetings.closed.volumes import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.jobs import Waiting
    from meetings.models import Packet, PacketPart

type Stage = Literal["joined", "ready", "making", "waiting", "failed"]

READY = {MakeState.REUSED, MakeState.MADE, MakeState.CHECKED}
STAGES: tuple[Stage, ...] = ("joined", "ready", "making", "waiting", "failed")
STAGE_WORDS = {
    "joined": "sat ind",
    "ready": "klar",
    "making": "dannes",
    "waiting": "venter",
    "failed": "fejl",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one part: glyph, its colour, and the word that says it."""

    word: str
    glyph: str
    tone: str


_MAKE = {
    MakeState.WAITING: ("waiting", "waiting"),
    MakeState.LAST: ("waiting", "waiting"),
    MakeState.MAKING: ("half", "brand"),
    MakeState.FAILED: ("error", "bad"),
}
_JOIN = {JoinState.WAITING: ("waiting", "waiting")}
_DONE = ("check-circle", "good")


@dataclass(frozen=True, slots=True)
class PartProgress:
    """One part of the build.

    ``appendix_pk`` leads to where a failed one is put right; None for the contents page.
    """

    label: str
    title: str
    span: str
    note: str
    stage: Stage
    make: Step
    join: Step
    appendix_pk: int | None

    @property
    def is_contents(self) -> bool:
        """It is the list in front, which comes last."""
        return self.appendix_pk is None

    @property
    def item_slug(self) -> str:
        """The item it belongs to, as it stands in addresses: "2-1"."""
        return self.label.partition(" ")[0].replace(".", "-")

    @property
    def is_new(self) -> bool:
        """It is not as in the packet before."""
        return self.make.word != MakeState.REUSED.label


@dataclass(frozen=True, slots=True)
class Progress:
    """A build as far as it is: the parts in the packet's order."""

    packet: Packet
    parts: tuple[PartProgress, ...]

    @property
    def bar(self) -> tuple[Stage, ...]:
        """One piece a part, the contents page last, since it is made last."""
        ordered = sorted(self.parts, key=lambda part: part.is_contents)
        return tuple(part.stage for part in ordered)

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many parts stand where, in words; the four stages, and faults if any."""
        counted = [(self.count(stage), STAGE_WORDS[stage]) for stage in STAGES]
        return tuple(pair for pair in counted if pair[0] or pair[1] != "fejl")

    def count(self, stage: Stage) -> int:
        """How many parts are at this stage."""
        return sum(part.stage == stage for part in self.parts)

    @property
    def heading(self) -> str:
        """What the box says first."""
        if not self.parts:
            return "Pakken venter på at blive bygget"
        done, parts = self.count("joined"), len(self.parts)
        return f"Bygger pakken: {done} af {parts} dele er sat ind"

    @property
    def left(self) -> int:
        """How many parts are not in yet."""
        return len(self.parts) - self.count("joined")

    @property
    def waiting_words(self) -> str:
        """What waits in the queue: "2 dele: 2.3 Bilag 1a og 2.5 Bilag 1"."""
        waiting = [p.label for p in self.parts if p.stage in {"making", "waiting"}]
        named = [label for label in waiting if not label.startswith("Indhold")]
        if not self.parts or not named:
            return "1 opgave: at sætte pakken sammen"
        count = formats.counted(len(named), "del", "dele")
        shown = formats.listed(named) if len(named) <= 4 else f"fra {named[0]}"  # noqa: PLR2004
        return f"{count}: {shown}, og at sætte pakken sammen"

    @property
    def result(self) -> str:
        """One line on a built packet: what was reused, what is new, how many pages."""
        reused = sum(not part.is_new for part in self.parts)
        new = len(self.parts) - reused
        pages = formats.counted(self.packet.page_count, "side", "sider")
        if closed := stored(self.packet.closed):
            own = formats.counted(closed.page_count, "side", "sider")
            pages = f"{pages} i den åbne pakke, {own} i den lukkede"
        words = []
        if reused:
            words.append(f"{formats.counted(reused, 'del', 'dele')} genbrugt")
        if new:
            count = str(new) if reused else formats.counted(new, "del", "dele")
            words.append(f"{count} dannet eller ny")
        return f"{', '.join(words)}, {pages}."


def progress(packet: Packet, parts: Iterable[PacketPart]) -> Progress:
    """Tell how far a packet is, of its parts in their order."""
    return Progress(packet, tuple(_part(part) for part in parts))


def _part(part: PacketPart) -> PartProgress:
    make, join = MakeState(part.make), JoinState(part.join)
    is_contents = part.kind == PartKind.CONTENTS
    closed = ", den lukkede pakke" if part.is_closed else ""
    return PartProgress(
        label=f"Indholdsfortegnelse{closed}" if is_contents else part.label,
        title="når alle sidetal er kendt" if is_contents else part.title,
        span=part.span,
        note=part.reason,
        stage=_stage(make, join),
        make=Step(make.label, *_MAKE.get(make, _DONE)),
        join=Step(join.label, *_JOIN.get(join, _DONE)),
        appendix_pk=part.appendix_pk,
    )


def _stage(make: MakeState, join: JoinState) -> Stage:
    if join is JoinState.JOINED:
        return "joined"
    if make in READY:
        return "ready"
    if make is MakeState.MAKING:
        return "making"
    return "failed" if make is MakeState.FAILED else "waiting"


@dataclass(frozen=True, slots=True)
class Build:
    """The build box: what runs, what was tried last, what can be read meanwhile.

    Attributes:
        latest: the latest whole packet.
        current: the build that runs, or the try after ``latest`` that did not end well.
        unchecked_since: when the first change was saved that no job has looked at yet.
        silent_since: since when no worker has given a sign of life; None while one does.
    """

    latest: Progress | None
    current: Progress | None
    unchecked_since: datetime | None = None
    silent_since: datetime | None = None

    @property
    def state(self) -> str:
        """Which box to draw: none, built, running, stalled, failed or stopped."""
        if self.current is None:
            return "built" if self.latest else "none"
        if self.current.packet.is_running:
            return "stalled" if self.silent_since else "running"
        return (
            "failed" if self.current.packet.state == PacketState.FAILED else "stopped"
        )

    @property
    def heading(self) -> str:
        """What a screen reader hears when the box has changed."""
        if self.is_running and self.current:
            return self.current.heading
        return "Pakken er bygget." if self.state == "built" else ""

    @property
    def is_running(self) -> bool:
        """Somebody waits; the page asks again."""
        return self.state in {"running", "stalled"}


def build(
    packets: Sequence[Packet], parts: Sequence[PacketPart], queue: Waiting
) -> Build:
    """Put the box together.

    Args:
        packets: the latest built one and the newest of all, in any order, or fewer.
        parts: of these packets, in order.
        queue: what waits of the meeting's jobs.
    """
    by_packet: dict[int, list[PacketPart]] = {packet.pk: [] for packet in packets}
    for part in parts:
        by_packet[part.packet_id].append(part)
    newest = max(packets, key=lambda packet: packet.pk, default=None)
    latest = next((packet for packet in packets if packet.is_built), None)
    is_current = newest is not None and not newest.is_built
    return Build(
        latest=progress(latest, by_packet[latest.pk]) if latest else None,
        current=progress(newest, by_packet[newest.pk])
        if newest and is_current
        else None,
        unchecked_since=queue.since,
        silent_since=queue.silent_since,
    )
