"""The files that are taken down: kept as they were sent, for the secretariat alone.

Source: docs/rules.md R-43, R-48.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.formats import NBSP
from meetings.editions.withdrawn import withdrawn
from meetings.models import ClosedAppendix, PublishedAppendix
from meetings.models.withdrawal import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from meetings.models import Meeting, Publication, Withdrawal


LARGE: Final = ("agenda", "numbers", "labels", "findings")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One file that was sent and holds what is taken down.

    Attributes:
        number: of the version, or of the minutes; it is asked for by that.
        name: "2.1 Bilag 3 i version 2".
        sent_at: when it was sent, or approved.
        file: its name in storage.
    """

    number: int
    name: str
    sent_at: datetime
    file: str


def versions_of(meeting: Meeting) -> list[Publication]:
    """Give the sent versions without what is large, the first one first: one query."""
    rows = meeting.publications.select_related("closed").order_by("number")
    return list(rows.defer(*LARGE, *(f"closed__{name}" for name in LARGE[:3])))


def sealed_files(
    meeting: Meeting, row: Withdrawal, sent: Sequence[Publication] | None = None
) -> tuple[Sealed, ...]:
    """Give the files that hold it, the first one first: one query, or two.

    Args:
        sent: as :func:`versions_of` gives them, where the page has them already.
    """
    if row.is_minutes:
        return _papers(meeting, row)
    sent = versions_of(meeting) if sent is None else sent
    held = [each for each in sent if withdrawn(_plain(row)).holds_for(each.number)]
    if row.is_appendix:
        files = _appendix_files(row)
        return tuple(
            _sealed(each, row.name, files[each.pk]) for each in held if each.pk in files
        )
    closed = "Den lukkede pakke" if row.is_closed else "Pakken"
    return tuple(_sealed(each, closed, _packet_file(each, row)) for each in held)


def _papers(meeting: Meeting, row: Withdrawal) -> tuple[Sealed, ...]:
    """Give the minutes that say it; of a decision on a closed item the closed ones."""
    own = meeting.minutes.filter(at__lt=row.at).select_related("paper", "closed__paper")
    papers = (
        (each, getattr(each, "closed", None) if row.is_closed else each)
        for each in own.order_by("number")
    )
    return tuple(
        Sealed(each.number, str(held), each.at, held.paper.file)
        for each, held in papers
        if held is not None
    )


def struck_through(row: Withdrawal, sent: Sequence[Publication]) -> tuple[int, ...]:
    """Give the versions whose files show it struck through. No query."""
    if row.is_minutes:
        return ()
    told = withdrawn(_plain(row))
    return tuple(
        each.number for each in sent if told.marks(each.number, each.published_at)
    )


def _plain(row: Withdrawal) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _sealed(sent: Publication, name: str, file: str) -> Sealed:
    words = f"{name} i version{NBSP}{sent.number}"
    return Sealed(sent.number, words, sent.published_at, file)


def _packet_file(sent: Publication, row: Withdrawal) -> str:
    """Give the packet that holds it: of a closed item the closed one."""
    closed = getattr(sent, "closed", None)
    return str(closed.file if row.is_closed and closed else sent.file)


def _appendix_files(row: Withdrawal) -> dict[int, str]:
    """Give the appendix's file by publication, in whichever packet it lay: one query."""
    closed = ClosedAppendix.objects.filter(
        closed__publication__meeting=row.meeting_id, slug=row.place
    )
    opened = PublishedAppendix.objects.filter(
        publication__meeting=row.meeting_id, slug=row.place
    )
    both = closed.values_list("closed__publication", "file").union(
        opened.values_list("publication", "file"), all=True
    )
    return dict(both.order_by())
