"""An item's history as plain values: who saved what, and what became of its bilag.

Read of the events that triggers wrote, so that writes past the portal are in it, too.

Source: docs/rules.md R-59.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

from core.conflict_page import inside
from meetings.models import AgendaItem, Appendix
from meetings.queries import sections_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from meetings.models import Meeting, Publication

# What is said of a write that no service made.
OUTSIDE: Final = "skrev uden om portalens sider"
BOX: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A line between versions: when, by whom, and what in Danish."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item.

    Attributes:
        verb: "rettede punkt 2.3", as it stands after the name.
        event: a row of its history; it has the item's fields.
        sent: numbers of the meeting's sent versions that it went into.
        after: what happened to the item before the next version, newest first.
    """

    number: int
    at: datetime
    who: str
    verb: str
    event: Any
    sent: tuple[int, ...] = ()
    after: tuple[Told, ...] = ()

    @property
    def by(self) -> str:
        """Give "sekretariatet" as it stands inside a line."""
        return inside(self.who) if self.who else "ukendt"


def versions_of(item: AgendaItem) -> tuple[Version, ...]:
    """Give every version of an item, the newest first: three queries.

    Args:
        item: with its section, and its meeting with the sections.
    """
    events = list(_events(item))
    bilag = list(_bilag_events(item))
    meeting = item.section.meeting
    numbers = {section.pk: section.number for section in sections_of(meeting)}
    sent = list(meeting.publications.order_by("number"))
    heads = [next(group) for _, group in groupby(events, key=lambda e: e.version)]
    acts = {head.pgh_context_id for head in heads}
    others = [event for event in bilag if event.pgh_context_id not in acts]
    lines = [*_moves(events, numbers), *_of_bilag(others)]
    last = {event.version: event for event in events}
    found: list[Version] = []
    for at, head in enumerate(heads):
        follows = heads[at + 1] if at + 1 < len(heads) else None
        start, until = _at(head), _at(follows) if follows else None
        found.append(
            Version(
                number=head.version,
                at=head.changed_at,
                who=_who(head),
                verb=_verb(head),
                event=last[head.version],
                sent=_sent(sent, start, until),
                after=_between(lines, start, until),
            )
        )
    return tuple(reversed(found))


def latest_of(pk: int) -> QuerySet[Any]:
    """Give the events that began an item's latest versions, for a bundle of queries."""
    events = _model(AgendaItem).objects.filter(pgh_obj_id=pk)
    rows: QuerySet[Any] = events.order_by("-version", "pgh_id").distinct("version")
    return rows[:BOX]


def removed_items(meeting: Meeting) -> list[AgendaItem]:
    """Give the items that were removed from an agenda, the latest first: one query."""
    own = {section.pk: section for section in sections_of(meeting)}
    rows = AgendaItem.objects.filter(section__in=own, position__isnull=True)
    found = list(rows.order_by("-changed_at", "-pk"))
    for item in found:
        item.section = own[item.section_id]
    return found


def _events(item: AgendaItem) -> QuerySet[Any]:
    events = _model(AgendaItem).objects.filter(pgh_obj_id=item.pk)
    rows: QuerySet[Any] = events.select_related("pgh_context").order_by("pgh_id")
    return rows


def _bilag_events(item: AgendaItem) -> QuerySet[Any]:
    events = _model(Appendix).objects.filter(item_id=item.pk)
    rows: QuerySet[Any] = events.select_related("pgh_context").order_by("pgh_id")
    return rows


def _model(kind: Any) -> Any:
    return kind.pgh_event_model


def _told(event: Any) -> Mapping[str, Any]:
    context = event.pgh_context
    return context.metadata if context is not None else {}


def _who(event: Any) -> str:
    return str(_told(event).get("who") or event.changed_by)


def _verb(event: Any) -> str:
    if event.pgh_label == "insert" and not _told(event):
        return "oprettede punktet"
    return str(_told(event).get("verb") or OUTSIDE)


def _at(event: Any) -> datetime:
    said = _told(event).get("at")
    return datetime.fromisoformat(said) if said else event.changed_at


def _moves(events: Sequence[Any], numbers: Mapping[int, int]) -> Iterator[Told]:
    """Tell where an item got another number, or left the agenda or came back."""
    for before, event in pairwise(events):
        old, new = _number(before, numbers), _number(event, numbers)
        if event.position is None and before.position is not None:
            yield _line(event, f"Punktet blev fjernet; det var {old}.")
        elif event.position is not None and before.position is None:
            yield _line(event, f"Punktet blev sat ind igen som {new}.")
        elif old != new:
            yield _line(event, f"Punktet blev {new}; det var {old}.")
        if event.fate != before.fate:
            yield _line(event, event.fate or "Punktet gælder igen.")


def _line(event: Any, words: str) -> Told:
    return Told(_at(event), _who(event), words)


def _number(event: Any, numbers: Mapping[int, int]) -> str:
    place = event.position or event.removed_position
    return event.given_number or f"{numbers.get(event.section_id, '?')}.{place}"


def _of_bilag(events: Iterable[Any]) -> Iterator[Told]:
    """Tell what was done to the bilag, one line an act."""
    told = [event for event in events if event.pgh_context is not None]
    for _, group in groupby(told, key=lambda event: event.pgh_context_id):
        event = next(group)
        verb = _verb(event)
        yield _line(event, f"{verb[:1].upper()}{verb[1:]}.")


def _between(
    lines: Sequence[Told], start: datetime, until: datetime | None
) -> tuple[Told, ...]:
    own = [
        line
        for line in lines
        if line.at >= start and (until is None or line.at < until)
    ]
    return tuple(sorted(own, key=lambda line: line.at, reverse=True))


def _sent(
    publications: Iterable[Publication], start: datetime, until: datetime | None
) -> tuple[int, ...]:
    return tuple(
        each.number
        for each in publications
        if each.published_at >= start and (until is None or each.published_at < until)
    )
