"""What is new to everybody, as feed and mail tell it.

Each version with what changed, what was announced since, and approved minutes.
Made of what is public and of nothing else, and without what is taken down: a line is
worked out each time it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, JSONField, OuterRef, Subquery
from django.db.models.functions import Greatest, JSONObject

from core.formats import counted, long_date
from meetings.agenda import Agenda
from meetings.choices import Cause, Fate
from meetings.editions.announced import announced
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.models import Announcement, Minutes, Publication
from meetings.models.taken import closing_minutes
from meetings.names import KKR_MEETING, meeting_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meetings.agenda import AgendaAppendix, AgendaItem
    from meetings.editions.announced import Announced
    from meetings.editions.withdrawn import Withdrawn
    from meetings.models.publication import PublicationQuerySet

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class News:
    """One thing that everybody is told: a version, what was announced since, or minutes.

    Attributes:
        cause: which of the three; ``pk`` is of its row.
        number: the version that is read with it.
        place: how the feed tells it from others of the meeting: "2", "meddelelse-7".
        title: "KKR-møde 22. november 2023 i KKR Sjælland, version 2".
        at: when it was sent, announced or approved.
        updated: the same, or when something was told of it since.
        lines: what is in it, or what changed: Danish sentences.
        is_closed: the whole version is taken down.
    """

    cause: Cause
    pk: int
    number: int
    place: str
    title: str
    slug: str
    council_slug: str
    council: str
    at: datetime
    updated: datetime
    lines: tuple[str, ...]
    is_closed: bool = False

    @property
    def route(self) -> str:
        """The page that it leads to."""
        return "minutes" if self.cause == Cause.MINUTES else "public"


class _OpenKeys(Func):
    """The keys of the items of an agenda as JSON that everybody may read."""

    function = "jsonb_path_query_array"
    template = (
        "%(function)s(%(expressions)s, "
        "'$.sections[*].items[*] ? (!(@.is_hidden == true)).key')"
    )
    output_field = JSONField()


def news(council_slug: str = "") -> tuple[News, ...]:
    """Give what is public, the latest first: one query.

    Args:
        council_slug: of one council alone; "" for all.
    """
    rows: Any = public_news()
    if council_slug:
        rows = rows.filter(meeting__council__slug=council_slug)
    found = _told(rows.order_by("-moved", "-number", "-pk")[:MOST])
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def one_news(cause: Cause, pk: int) -> News | None:
    """Give one thing as everybody is told it; None where it is not public, or was: 1 query.

    Minutes that are taken down are told of nowhere.
    """
    own = {
        Cause.PUBLICATION: "pk",
        Cause.ANNOUNCEMENT: "meeting__announcements",
        Cause.MINUTES: "meeting__minutes",
    }[cause]
    rows = public_news().filter(**{own: pk}).order_by("-number")
    found = (one for one in _told(rows) if (one.cause, one.pk) == (cause, pk))
    return next(found, None)


def public_news() -> PublicationQuerySet:
    """Give the public publications with what :func:`news` reads of them.

    ``moved`` is when something was last told of their meeting.
    """
    own = Publication.objects.filter(meeting=OuterRef("meeting"))
    version = JSONObject(at="published_at", open=_OpenKeys("agenda"))
    before = own.filter(number=OuterRef("number") - 1)
    said = Announcement.objects.filter(meeting=OuterRef("meeting")).order_by("-pk")
    minutes = Minutes.objects.filter(meeting=OuterRef("meeting"), is_approved=True)
    minutes = minutes.exclude(Exists(closing_minutes())).order_by("-number")
    earlier = Minutes.objects.filter(meeting=OuterRef("meeting"), is_approved=True)
    again = Exists(earlier.filter(number__lt=OuterRef("number")))
    fields = JSONObject(pk="pk", number="number", at="at", is_again=again)
    rows = Publication.objects.visible_to(AnonymousUser()).with_announcements()
    return (
        rows.annotate(
            before=Subquery(before.values("agenda")[:1]),
            versions=ArraySubquery(own.order_by("number").values(row=version)),
            minuted=ArraySubquery(minutes.values(row=fields)),
            moved=Greatest(
                "published_at",
                Subquery(said.values("at")[:1]),
                Subquery(minutes.values("at")[:1]),
            ),
        )
        .select_related("meeting__council")
        .defer("numbers", "labels", "findings", "reasons", "made_with")
    )


def _told(rows: Iterable[Any]) -> Iterator[News]:
    """Give each version, and behind the newest of a meeting what was told of it since."""
    seen = set()
    for row in rows:
        closed = withdrawals_of(row)
        # What was announced of a draft was told to nobody.
        began = datetime.fromisoformat(row.versions[0]["at"])
        row.announced = [a for a in row.announced if announced(a).at >= began]
        new = without(Agenda.from_json(row.agenda), row.number, closed)
        yield _version(row, new, closed)
        if row.meeting_id not in seen:
            seen.add(row.meeting_id)
            yield from _announced(row, new)
            yield from _approved(row, new)


def _version(row: Any, new: Agenda, closed: tuple[Withdrawn, ...]) -> News:
    told = [each for each in closed if each.holds_for(row.number)]
    old = None
    if row.before:
        old = without(Agenda.from_json(row.before), row.number - 1, closed)
    # An item is told of by itself: it may be closed, and so may be when it was.
    said = [a for a in map(announced, row.announced) if not a.item_key]
    is_closed = any(each.is_version for each in told)
    lines = [] if is_closed else list(changed_lines(old, new))
    if row.reason and not is_closed:
        lines.insert(0, f"Grund: {row.reason}")
    lines += [f"{each.name} er taget ned. {each.reason}" for each in told]
    lines += [f"Mødet: {a.words}. {a.reason}".strip() for a in said]
    times = [row.published_at, *(w.at for w in told), *(a.at for a in said)]
    one = _news(row, new, Cause.PUBLICATION, row.pk, row.published_at)
    return replace(
        one,
        place=str(row.number),
        title=f"{one.title}, version {row.number}",
        updated=max(times),
        lines=tuple(lines),
        is_closed=is_closed,
    )


def _announced(row: Any, new: Agenda) -> Iterator[News]:
    """Give what was announced; of an item only where the item is open to everybody."""
    items = {item.key: item for item in new.items if not item.is_hidden}
    for each in row.announced:
        said = announced(each)
        item = items.get(said.item_key)
        if said.item_key and item is None:
            continue
        if item and item.key not in _open_at(row, said.at):
            # It was said to those who might read the item then.
            said = replace(said, reason="")
        one = _news(row, new, Cause.ANNOUNCEMENT, each["pk"], said.at)
        if said.to_day == _day(new):
            # The version that holds has the new day already; the old one is its address.
            one = replace(one, title=_name(row, new, date.fromisoformat(one.slug[:10])))
        words = f"Punkt {item.number} {said.done}" if item else said.words
        # A later version may have a day that nobody spoke of then.
        day = _day(new) if said.at >= row.published_at else None
        yield replace(
            one,
            place=f"meddelelse-{each['pk']}",
            title=f"{words}: {one.title}",
            lines=tuple(_sentences(said, item, day)),
        )


def _open_at(row: Any, moment: datetime) -> list[str]:
    """Give the keys of the items that everybody might read at a moment."""
    held = [v for v in row.versions if datetime.fromisoformat(v["at"]) <= moment]
    return held[-1]["open"] if held else []


def _sentences(
    said: Announced, item: AgendaItem | None, day: date | None
) -> Iterator[str]:
    """Say what was announced, and why."""
    if item is not None:
        yield f"Punkt {item.number}, {item.heading}, {said.done}."
    elif said.fate == Fate.STANDS and day is not None:
        yield f"Mødet {said.done} og holdes {long_date(day)}."
    else:
        yield f"Mødet {said.done}."
    if said.reason:
        yield f"Grund: {said.reason}"


def _approved(row: Any, new: Agenda) -> Iterator[News]:
    for each in row.minuted:
        at = datetime.fromisoformat(each["at"])
        one = _news(row, new, Cause.MINUTES, each["pk"], at)
        word = "rettet og godkendt igen" if each["is_again"] else "godkendt"
        title = f"Referatet er {word}: {_name(row, new, _held_on(row, new))}"
        words = "Beslutningerne kan læses i referatet og ved hvert punkt."
        place = f"referat-{each['number']}"
        yield replace(one, place=place, title=title, lines=(words,))


def _news(row: Any, new: Agenda, cause: Cause, pk: int, at: datetime) -> News:
    """Give what all news of a meeting share; the title is the meeting's name."""
    return News(
        cause=cause,
        pk=pk,
        number=row.number,
        place="",
        title=_name(row, new, _day(new)),
        slug=row.meeting.slug,
        council_slug=row.meeting.council.slug,
        council=new.council,
        at=at,
        updated=at,
        lines=(),
    )


def _day(new: Agenda) -> date:
    return date.fromisoformat(new.held_on)


def _held_on(row: Any, new: Agenda) -> date:
    """Give the day it was held: the one it was put off to since, else the printed."""
    said = [a for a in map(announced, row.announced) if not a.item_key]
    since = [a.to_day for a in said if a.at >= row.published_at]
    return (since[-1] if since else None) or _day(new)


def _name(row: Any, new: Agenda, day: date) -> str:
    kind = new.kind_of_meeting or KKR_MEETING
    return f"{meeting_name(row.meeting.slug, day, kind)} i {new.council}"


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
