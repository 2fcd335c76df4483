"""What is new to a reader who has said to have read an older version.

Source: docs/rules.md R-62.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from core import formats
from meetings.addresses import address
from meetings.editions.reading import of_publication
from meetings.models import Publication
from meetings.packets.changes.versions import changes_between, known_of

if TYPE_CHECKING:
    from meetings.packets.changes.versions import MeetingChanges


class SentVersion(Protocol):
    """A sent meeting in a list: its newest version, and where that is read."""

    @property
    def number(self) -> int: ...

    @property
    def slug(self) -> str: ...

    @property
    def kkr(self) -> str: ...

    @property
    def version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Since:
    """What the newest version changes for somebody who has read an older one.

    Attributes:
        number: what was read.
        words: "6 sider er nye eller ændret, siden du læste version 1".
        lines: an item and in few words what is new: text and address of each.
        url: the page that shows all of it.
    """

    number: int
    words: str
    lines: tuple[tuple[str, str], ...]
    url: str


def since_read(of: SentVersion, newest: Publication, read: int) -> Since:
    """Tell what is new since version ``read``: three queries the first time, then none.

    Args:
        of: the meeting, as addresses need it.
        newest: the version that holds, read ``with_withdrawals``; only its pk,
            meeting's pk and ``withdrawn`` are looked at.
    """
    taken = tuple(row["pk"] for row in newest.withdrawn)  # type: ignore[attr-defined]
    words, briefs = _told(newest.pk, newest.meeting_id, read, taken)
    url = address("changes", of, fra=read, til=of.number, version="")
    return Since(
        number=read,
        words=f"{words}, siden du læste version\N{NO-BREAK SPACE}{read}",
        lines=tuple((text, f"{url}#punkt-{place}") for text, place in briefs),
        url=url,
    )


@lru_cache(maxsize=256)
def _told(
    newest: int,
    meeting: int,
    read: int,
    taken: tuple[int, ...],  # noqa: ARG001 -- another is another answer
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Compare two versions; what is sent never changes, unless something is taken down."""
    rows = Publication.objects.filter(meeting=meeting, number=read)
    rows |= Publication.objects.filter(pk=newest)
    rows = rows.select_related("meeting__council").with_withdrawals()
    found = [of_publication(row) for row in rows.prefetch_related("appendices")]
    old, new = sorted(found, key=lambda edition: edition.number)
    if any(seal.is_version for each in (old, new) for seal in each.seals):
        return f"Version\N{NO-BREAK SPACE}{new.number} er sendt", ()
    changes = changes_between(old, new, known_of(old, new))
    briefs = (
        (f"Punkt {item.number}: {item.brief}", item.slug) for item in changes.items
    )
    return _words(changes), tuple(briefs)


def _words(changes: MeetingChanges) -> str:
    touched = len(changes.pages.touched)
    if touched:
        return f"{formats.counted(touched, 'side', 'sider')} {_are(changes, touched)}"
    if changes.items:
        items = formats.counted(len(changes.items), "punkt", "punkter")
        return f"{items} er ændret"
    return "Ingen sider er ændret"


def _are(changes: MeetingChanges, touched: int) -> str:
    new, changed = len(changes.pages.new), len(changes.pages.changed)
    one, many = _kinds(new, changed)
    return f"er {one if touched == 1 else many}"


def _kinds(new: int, changed: int) -> tuple[str, str]:
    if not changed:
        return "ny", "nye"
    return ("ændret", "ændret") if not new else ("ny eller ændret", "nye eller ændret")
