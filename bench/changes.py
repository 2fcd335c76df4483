"""Two versions of the demo's meeting compared: what a reader of the changes waits for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from meetings.editions.reading import built_edition
from meetings.packets.changes.versions import (
    changes_between,
    editions,
    known_of,
    sent_versions,
)

if TYPE_CHECKING:
    from meetings.models import Meeting

ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """Seconds to read two versions and compare them, the median of five."""

    seconds: float
    pages: int
    changed: int


def comparing(meeting: Meeting) -> ChangeFigures:
    """Compare the sent version with the latest packet, which must be another."""
    rounds = sorted(
        (_once(meeting) for _ in range(ROUNDS)), key=lambda found: found.seconds
    )
    return rounds[ROUNDS // 2]


def _once(meeting: Meeting) -> ChangeFigures:
    begun = time.perf_counter()
    versions = sent_versions(meeting.slug, None, None)
    (old,) = editions(versions[:1], None, None).values()
    new = built_edition(meeting)
    if new is None or new.file == old.file:
        msg = "the latest packet is the one that was sent"
        raise ValueError(msg)
    found = changes_between(old, new, known_of(old, new))
    seconds = time.perf_counter() - begun
    return ChangeFigures(seconds, new.page_count, len(found.pages.changed))
