"""Whether a packet still is what the records say, and how an old draft says so itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from core.formats import clock_time, long_date
from documents.fonts import fonts_folder
from documents.foreign import path_of
from documents.joining.remark import remarked
from meetings.agenda import records_digest
from meetings.editions.reading import latest_built
from meetings.rows import as_value, read_rows

if TYPE_CHECKING:
    from meetings.editions.edition import Edition
    from meetings.models import Meeting, Packet

SUFFIX: Final = "-kladde-foraeldet"
"""How the name of an outdated draft ends."""


def is_outdated(meeting: Meeting, packet: Packet) -> bool:
    """Whether the records are others than those the packet was made of: one query."""
    rows = read_rows(meeting)
    now = as_value(meeting, rows.sections, rows.items, rows.appendices)
    return bool(packet.digest != records_digest(now))


def is_outdated_draft(meeting: Meeting, edition: Edition) -> bool:
    """Whether what is read is a draft, and the records have changed since: two queries."""
    if edition.number or meeting.is_locked:
        return False
    packet = latest_built(meeting)
    return packet is not None and is_outdated(meeting, packet)


def said_on_paper(name: str, edition: Edition) -> bytes:
    """Give a stored PDF of an outdated draft that says so on every page."""
    at = timezone.localtime(edition.at)
    built = f"{long_date(at.date())} {clock_time(at)}"
    return _remarked(name, f"Forældet kladde, bygget {built}")


@lru_cache(maxsize=2)
def _remarked(name: str, words: str) -> bytes:
    return remarked(path_of(name), words, fonts=fonts_folder())
