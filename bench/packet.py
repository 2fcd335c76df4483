"""The packet: nothing cached, one record changed, nothing changed, joining alone."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from accounts.models import User
from bench.memory import watch
from documents import cached
from documents.joining import packet as pdf
from documents.models import CachedPiece, ForeignFile, PagePicture
from documents.printing import renderers
from documents.storage import files
from meetings.models import Meeting, Packet, PacketPart
from meetings.packets.building.build import build
from proposals.models import Point
from proposals.services.points import edit_point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from documents.parts import Part

SLUG = "2023-11-22"


@dataclass(frozen=True, slots=True)
class Joining:
    """What a build gave to ``documents.joining.packet.join``, and the seconds it took."""

    parts: Sequence[Part]
    given: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """One build: seconds in all, what was joined, the HTML that was printed for it."""

    packet: Packet
    seconds: float
    joining: Joining
    printed: tuple[str, ...]


def meeting() -> Meeting:
    """The demo's meeting."""
    return Meeting.objects.get(slug=SLUG, council__slug="sjaelland")


def cold() -> Built:
    """Build with nothing cached; the printing processes run, as a worker's always do."""
    forget()
    return timed_build()


def warm(text: str) -> Built:
    """Build after one gain of proposal 7 has got another text."""
    point = Point.objects.get(
        proposal__number=7, proposal__catalogue__council__slug="sjaelland",
        kind="gain", position=2,
    )  # fmt: skip
    secretary = User.objects.get(email="sekretariat@kkr.example")
    edit_point(point.pk, version=point.version, text=text, by=secretary)
    return timed_build()


def unchanged() -> Built:
    """Build what is built already."""
    return timed_build()


def cold_memory() -> float:
    """The most memory, in MB, of this process and its printing processes in a build."""
    forget()
    with watch(os.getpid()) as peak:
        timed_build()
    return peak.megabytes


def timed_build() -> Built:
    """Build the packet and look at the clock.

    Raises:
        RuntimeError: it was not built.
    """
    packet = Packet.objects.create(meeting=meeting(), asked_by="bench")
    with _listening() as (joinings, printed):
        began = perf_counter()
        build(packet.pk)
        seconds = perf_counter() - began
    packet.refresh_from_db()
    if not packet.is_built:
        raise RuntimeError(packet.failure)
    return Built(packet, seconds, joinings[0], tuple(printed))


@contextmanager
def _listening() -> Iterator[tuple[list[Joining], list[str]]]:
    """Note what is joined and what is printed meanwhile."""
    joinings: list[Joining] = []
    printed: list[str] = []
    join, render_many = pdf.join, renderers.render_many

    def listen_to_join(parts: Sequence[Part], **given: Any) -> Any:
        began = perf_counter()
        joined = join(parts, **given)
        joinings.append(Joining(parts, given, perf_counter() - began))
        return joined

    def listen_to_print(pages: Iterable[tuple[str, str, bool]]) -> Any:
        return render_many(noted(pages, printed))

    with (
        patch.object(pdf, "join", listen_to_join),
        patch.object(cached, "render_many", listen_to_print),
    ):
        yield joinings, printed


def noted(
    pages: Iterable[tuple[str, str, bool]], printed: list[str]
) -> Iterator[tuple[str, str, bool]]:
    """Note the HTML of what is printed, and not that of what is only counted."""
    for page in pages:
        _, html, is_counted = page
        if not is_counted:
            printed.append(html)
        yield page


def forget() -> None:
    """Throw away every packet and all that is cached, and the files that held them."""
    uploads = ForeignFile.objects.values_list("original", "cleaned")
    kept = {name for names in uploads for name in names}
    names: set[str] = set()
    for model in (CachedPiece, PagePicture, PacketPart, Packet):
        rows = model._default_manager  # noqa: SLF001
        names |= set(rows.exclude(file="").values_list("file", flat=True))
        rows.all().delete()
    for name in names - kept:
        files().delete(name)


def uploaded_files() -> list[Path]:
    """The eight files from outside, as they are joined."""
    rows = ForeignFile.objects.order_by("pk")
    return [Path(files().path(row.cleaned)) for row in rows]
