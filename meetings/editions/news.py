"""What is new to everybody: each publication with what changed, as feed and mail tell it.

Made of what is public and of nothing else, and without what is taken down: a line is
worked out each time it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Subquery

from core.formats import counted
from meetings.agenda import Agenda
from meetings.editions.announced import announced
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.models import Publication
from meetings.names import meeting_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.agenda import AgendaAppendix, AgendaItem
    from meetings.models.publication import PublicationQuerySet

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class News:
    """One publication, as it is told of.

    Attributes:
        updated: when it was sent, or something was told of it since.
        lines: what is in it, or what changed: Danish sentences.
        is_closed: the whole version is taken down.
    """

    pk: int
    number: int
    slug: str
    council_slug: str
    council: str
    kind: str
    held_on: date
    published_at: datetime
    updated: datetime
    lines: tuple[str, ...]
    is_closed: bool

    @property
    def title(self) -> str:
        """Which one: "KKR-møde 22. november 2023 i KKR Sjælland, version 2"."""
        day = meeting_day(self.slug, self.held_on)
        return f"{self.kind} {day} i {self.council}, version {self.number}"


def news(council_slug: str = "", *, pk: int | None = None) -> tuple[News, ...]:
    """Give what is public, the latest first: one query.

    Args:
        council_slug: of one council alone; "" for all.
        pk: of one publication alone.
    """
    rows = public_news()
    if council_slug:
        rows = rows.filter(meeting__council__slug=council_slug)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return tuple(map(_news, rows.order_by("-published_at", "-pk")[:MOST]))


def public_news() -> PublicationQuerySet:
    """Give the public publications with what :func:`news` reads of them."""
    before = Publication.objects.filter(
        meeting=OuterRef("meeting"), number=OuterRef("number") - 1
    )
    rows = Publication.objects.visible_to(AnonymousUser()).with_announcements()
    return (
        rows.annotate(before=Subquery(before.values("agenda")[:1]))
        .annotate(council_name=F("meeting__council__name"))
        .select_related("meeting__council")
        .defer("numbers", "labels", "findings", "reasons", "made_with")
    )


def _news(row: Any) -> News:
    closed = withdrawals_of(row)
    told = [each for each in closed if each.holds_for(row.number)]
    new = without(Agenda.from_json(row.agenda), row.number, closed)
    old = None
    if row.before:
        old = without(Agenda.from_json(row.before), row.number - 1, closed)
    # Of an item nothing is said here: it may be closed, and so may be when it was.
    said = [a for a in map(announced, row.announced) if not a.item_key]
    is_closed = any(each.is_version for each in told)
    lines = [] if is_closed else list(changed_lines(old, new))
    if row.reason and not is_closed:
        lines.insert(0, f"Grund: {row.reason}")
    lines += [f"{each.name} er taget ned. {each.reason}" for each in told]
    lines += [f"Mødet: {a.words}. {a.reason}".strip() for a in said]
    times = [row.published_at, *(w.at for w in told), *(a.at for a in said)]
    return News(
        pk=row.pk,
        number=row.number,
        slug=row.meeting.slug,
        council_slug=row.meeting.council.slug,
        council=new.council,
        kind=new.kind_of_meeting or "KKR-møde",
        held_on=date.fromisoformat(new.held_on),
        published_at=row.published_at,
        updated=max(times),
        lines=tuple(lines),
        is_closed=is_closed,
    )


def changed_lines(old: Agenda | None, new: Agenda) -> Iterator[str]:
    """Say what is in an agenda, or what differs from the one sent before it. Pure.

    By key, never by place: what is moved or renumbered is what it was.
    """
    if old is None:
        items = counted(new.titled_count, "punkt", "punkter", "ingen punkter")
        bilag = counted(len(new.appendices), "bilag", "bilag", "ingen bilag")
        yield f"Dagsorden med {items} og {bilag}."
        yield from (f"{item.number} {item.heading}" for item in new.items)
        return
    before = {item.key: item for item in old.items}
    lines = [line for item in new.items for line in _item(before.get(item.key), item)]
    standing = {item.key for item in new.items}
    lines += [
        f"Punkt {i.number} er ude." for k, i in before.items() if k not in standing
    ]
    if (old.held_on, old.hours, old.place) != (new.held_on, new.hours, new.place):
        lines.append("Mødets tid eller sted er ændret.")
    yield from lines or ["Rettelser i bilagenes sider."]


def _item(old: AgendaItem | None, new: AgendaItem) -> Iterator[str]:
    if old is None:
        yield f"Punkt {new.number}, {new.heading}, er nyt."
    elif (old.title, old.summary, old.texts) != (new.title, new.summary, new.texts):
        yield f"Punkt {new.number}, {new.heading}: teksten er ændret."
    before = {bilag.key: bilag for bilag in old.appendices} if old else {}
    for bilag in new.appendices:
        if word := _became(before.get(bilag.key), bilag):
            yield f"{bilag.label}, {bilag.title}, {word}."
    for key in before.keys() - {bilag.key for bilag in new.appendices}:
        yield f"{before[key].label} er ude."


def _became(old: AgendaAppendix | None, new: AgendaAppendix) -> str:
    if old is None:
        return "" if new.is_withdrawn else "er nyt"
    if old.is_withdrawn != new.is_withdrawn:
        return "er trukket tilbage" if new.is_withdrawn else "kan læses igen"
    same = (old.digest, old.title, old.summary) == (new.digest, new.title, new.summary)
    return "" if same else "er ændret"
