"""Which published appendices cannot be read aloud, or not all of them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from meetings.editions.reading import of_publication
from meetings.models import Publication, PublishedAppendix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.editions.edition import Edition, Part


@dataclass(frozen=True, slots=True)
class Unread:
    """A meeting's appendices that fall short, in the version that holds.

    Attributes:
        packet_reasons: why the packet as a whole makes no promise.
    """

    edition: Edition
    parts: tuple[Part, ...]
    packet_reasons: tuple[Any, ...]


def public_meetings() -> Any:
    """Give what everybody may read, the latest first: a queryset to paginate."""
    everybody = AnonymousUser()
    rows = Publication.objects.visible_to(everybody).current(everybody)
    # Documents are large, and whatever is formed of one can be read aloud.
    own = PublishedAppendix.objects.filter(document="")
    rows = rows.prefetch_related(Prefetch("appendices", own))
    return rows.with_withdrawals().defer("findings")


def unread(rows: Iterable[Publication]) -> tuple[Unread, ...]:
    """Give the meetings of which something cannot be read aloud; no query.

    The rows are those of :func:`public_meetings`.
    """
    found = []
    for row in rows:
        edition = of_publication(row)
        short = [p for p in edition.parts if p.appendix.readability[0] != "ok"]
        if short and edition.whole_seal is None:
            found.append(Unread(edition, tuple(short), edition.reasons))
    return tuple(found)
