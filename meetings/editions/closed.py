"""What some may read besides: the closed packet, and pages with their closed items.

An edition is for everybody until :func:`for_reader` is asked. Whoever may read some of
the closed items reads those on the pages, and their appendices one by one; the closed
packet as a whole is for those who may read all of it.

Source: docs/rules.md R-32.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.prepared import prepared, somebody
from meetings.agenda import Agenda
from meetings.choices import PacketState
from meetings.closed.access import COUNCIL, reading_of
from meetings.closed.parting import closed_view, view_for
from meetings.closed.volumes import CLOSED_WORD, stored
from meetings.editions.decided import decided_lines
from meetings.editions.reading import (
    of_packet,
    of_publication,
    packets_of,
    parts_in,
)
from meetings.editions.withdrawn import closed_withdrawals_of, without
from meetings.models import ClosedPublication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from meetings.agenda import AgendaItem
    from meetings.closed.volumes import Stored
    from meetings.editions.edition import Edition
    from meetings.editions.withdrawn import Withdrawn
    from meetings.models import ClosedAppendix, Meeting, Packet, PacketPart


def everything(_: str) -> bool:
    """Whether an editor may read an item: always."""
    return True


def for_reader(edition: Edition, user: object) -> Edition:
    """Give a sent version as one user reads it: one query, two where that is more.

    Args:
        user: whoever asks; for a visitor nothing is asked.
    """
    row = _of(edition, user)
    if row is None:
        return edition
    closed = beside(told_of(edition, row), row)
    own: Any = row
    may_read = reading_of(own.seat, row.access)
    whole = without(Agenda.from_json(row.agenda), edition.number, closed.withdrawn)
    told = (each for each in own.decided if may_read(each["item_key"]))
    decided = {**edition.decided, **decided_lines(told)}
    return _merged(replace(edition, decided=decided), whole, closed, may_read)


def built_for(meeting: Meeting, may_read: Callable[[str], bool]) -> Edition | None:
    """Read the latest whole packet as somebody reads it: two queries; None for none.

    Args:
        may_read: whether the closed material of the item of this key is for them.
    """
    packet = packets_of(meeting).filter(state=PacketState.BUILT).first()
    if packet is None:
        return None
    parts = list(packet.parts.all())
    return as_read(of_packet(packet, meeting, parts), packet, parts, may_read)


def as_read(
    edition: Edition,
    packet: Packet,
    parts: Iterable[PacketPart],
    may_read: Callable[[str], bool] = everything,
) -> Edition:
    """Give a built packet as somebody reads it, by default its editors; no query.

    Args:
        packet, parts: what the edition was read of.
    """
    kept = stored(packet.closed)
    if kept is None:
        return edition
    closed = _closed(edition, kept, (part for part in parts if part.is_closed))
    return _merged(edition, Agenda.from_json(kept.agenda), closed, may_read)


def of_closed(row: ClosedPublication) -> Edition:
    """Read the closed packet of one version; its publication and meeting are loaded."""
    return beside(told_of(of_publication(row.publication), row), row)


def beside(edition: Edition, row: ClosedPublication) -> Edition:
    """Give the closed packet that was sent with an open one: one query."""
    return _closed(edition, row, row.appendices.all())


def told_of(edition: Edition, row: ClosedPublication) -> Edition:
    """Give an edition with what of its closed material is taken down besides."""
    told = (*edition.withdrawn, *closed_withdrawals_of(row))
    return replace(edition, withdrawn=told)


def for_council(edition: Edition, access: Mapping[str, Sequence[str]]) -> Edition:
    """Give of a closed packet what every member and director may read."""
    asked = [reading_of({"pk": 0, "role": role}, access) for role in COUNCIL]

    def is_theirs(item: AgendaItem) -> bool:
        return all(may_read(item.key) for may_read in asked)

    sections = tuple(
        replace(section, items=tuple(filter(is_theirs, section.items)))
        for section in edition.agenda.sections
    )
    return replace(
        edition,
        agenda=replace(edition.agenda, sections=sections),
        parts=tuple(part for part in edition.parts if is_theirs(part.item)),
    )


# Each page of a sent version asks it.
@prepared
def _closed_rows(
    user: int, number: int, slug: str, council: str
) -> QuerySet[ClosedPublication]:
    reader = somebody(user)
    return (
        ClosedPublication.objects.visible_to(reader)
        .with_decisions(reader)
        .filter(
            publication__number=number,
            publication__meeting__slug=slug,
            publication__meeting__council__slug=council,
        )[:1]
    )


def _of(edition: Edition, user: object) -> ClosedPublication | None:
    pk = getattr(user, "pk", None)
    if pk is None or not edition.number:
        return None
    return _closed_rows.first(pk, edition.number, edition.slug, edition.council_slug)


def _closed(
    edition: Edition,
    of: ClosedPublication | Stored,
    rows: Iterable[ClosedAppendix | PacketPart],
) -> Edition:
    """Give the closed packet as an edition of its own."""
    whole = without(Agenda.from_json(of.agenda), edition.number, edition.withdrawn)
    agenda = closed_view(whole)
    parts = parts_in(agenda, rows)
    return replace(
        edition,
        agenda=agenda,
        parts=tuple(part for part in parts if not part.appendix.is_withdrawn),
        taken=tuple(part for part in parts if part.appendix.is_withdrawn),
        file=of.file,
        size=of.size,
        page_count=of.page_count,
        labels=tuple(of.labels),
        numbers=of.numbers.get("packet", {}),
        reasons=tuple(of.reasons),
        newest=None,
        is_public=False,
        volume=CLOSED_WORD,
    )


def _merged(
    edition: Edition, whole: Agenda, closed: Edition, may_read: Callable[[str], bool]
) -> Edition:
    keys = [item.key for item in closed.agenda.items]
    is_all, is_any = all(map(may_read, keys)), any(map(may_read, keys))

    def is_told(each: Withdrawn) -> bool:
        return may_read(each.item_key) if each.item_key else is_any

    own = (each for each in closed.withdrawn if each.is_closed and is_told(each))
    return replace(
        edition,
        withdrawn=(*edition.withdrawn, *own),
        taken=(*edition.taken, *(p for p in closed.taken if may_read(p.item.key))),
        agenda=view_for(whole, may_read),
        closed_parts=tuple(p for p in closed.parts if may_read(p.item.key)),
        closed=closed if is_all else None,
    )
