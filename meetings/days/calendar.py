"""Meetings and deadlines as a calendar that calendar programs subscribe to (iCalendar).

The public one holds what everybody may read. Somebody's own holds besides, for those who
write agendas, drafts and deadlines; its address is signed and can be renewed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import User
from core import clock, occasions
from core.occasions import Occasion, uid
from meetings.days.deadlines import deadlines
from meetings.editions import listing
from meetings.models import Announcement, Meeting
from meetings.models.meeting import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import AnonymousUser

SALT: Final = "meetings.days.calendar"
PRODUCT: Final = "-//KKR-portalen//DA"
MEETING: Final = "Møde"
DEADLINE: Final = "Frist"
KEPT: Final = timedelta(days=400)
"""How far back meetings are told of."""


def token_of(user: User) -> str:
    """Give what the address of the user's own calendar ends with."""
    return signing.Signer(salt=SALT).sign_object([user.pk, _number(user)])


def user_of(token: str) -> User | None:
    """Give whose calendar an address is of: 1 query; None for a forged or renewed one."""
    try:
        pk, number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = User.objects.filter(is_active=True).select_related("calendar_link")
    user = rows.filter(pk=pk).first()
    return user if user is not None and _number(user) == number else None


def _number(user: User) -> int:
    try:
        return int(user.calendar_link.number)
    except ObjectDoesNotExist:
        return 0


def own_occasions(user: User) -> Iterator[Occasion]:
    """Give what a user reads, works on and is asked for, in a constant number of queries.

    Meetings, the deadlines of drafts, and all that apps have registered.
    """
    worked_on = Meeting.objects.visible_to(user).filter(held_on__gte=_first_day())
    rows = worked_on.select_related("council__deadline_rule").distinct()
    known = set()
    for meeting in rows.order_by("held_on", "pk"):
        known.add((meeting.council.slug, meeting.slug))
        yield _of_meeting(meeting)
        yield from _of_deadlines(meeting)
    for key, occasion in _published(user):
        if key not in known:
            yield occasion
    yield from occasions.registered(user, _first_day())


def public_occasions(user: User | AnonymousUser) -> Iterator[Occasion]:
    """Give the published meetings."""
    return (occasion for _, occasion in _published(user))


def _first_day() -> date:
    return clock.today() - KEPT


def _of_meeting(meeting: Meeting) -> Occasion:
    kind = meeting.get_kind_display()
    return Occasion(
        uid=uid(meeting.council.slug, meeting.slug),
        title=_titled(f"{kind}, {meeting.council.name}", meeting.fate),
        day=meeting.held_on,
        url=meeting.get_absolute_url(),
        stamp=meeting.changed_at,
        begins=meeting.starts_at,
        ends=meeting.ends_at,
        place=meeting.place,
        is_cancelled=meeting.is_cancelled,
        what=MEETING,
    )


def _of_deadlines(meeting: Meeting) -> Iterator[Occasion]:
    if meeting.is_off:
        return
    for deadline in deadlines(meeting)[:-1]:
        yield Occasion(
            uid=uid(meeting.council.slug, f"{meeting.slug}-{deadline.name}"),
            title=f"Frist: {deadline.label}, {meeting.name}",
            day=deadline.day,
            url=meeting.get_absolute_url(),
            stamp=meeting.changed_at,
            what=DEADLINE,
            short=f"{deadline.label}, {meeting.name}",
        )


def _published(
    user: User | AnonymousUser,
) -> Iterator[tuple[tuple[str, str], Occasion]]:
    rows = listing.published_rows(user).filter(meeting__held_on__gte=_first_day())
    told = Announcement.objects.filter(meeting=OuterRef("meeting"), item_key="")
    moved = Subquery(told.order_by("-pk").values("to_day")[:1])
    for values in rows.annotate(moved_to=moved):
        row = listing.as_row(values)
        begins, ends = _hours(row.hours)
        council = values["meeting__council__slug"]
        yield (
            (council, row.slug),
            Occasion(
                uid=uid(council, row.slug),
                title=_titled(f"{row.kind}, {row.council}", row.fate),
                # A postponed meeting has its new day before a version says so.
                day=(values["moved_to"] if row.fate else None) or row.held_on,
                url=reverse("meetings:meeting", args=[row.slug], query=_query(row.kkr)),
                stamp=row.published_at,
                begins=begins,
                ends=ends,
                is_cancelled=values["fate"] == CANCELLED,
                what=MEETING,
            ),
        )


def _query(kkr: str) -> dict[str, str] | None:
    return {"kkr": kkr} if kkr else None


def _hours(printed: str) -> tuple[time | None, time | None]:
    """Read "13.00–16.00"; what is not said is None."""
    parts = [part.replace(".", ":").zfill(5) for part in printed.split("–") if part]
    found = [time.fromisoformat(part) for part in parts]
    return (*found, None, None)[0], (*found, None, None)[1]


def _titled(title: str, fate: str) -> str:
    return f"{fate}: {title}" if fate else title


def as_ical(name: str, entries: Iterable[Occasion], host: str) -> bytes:
    """Write a calendar as a file.

    Args:
        host: what its links begin with, "https://portal.example".
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for occasion in entries:
        calendar.add_component(_event(occasion, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(occasion: Occasion, host: str) -> Event:
    event = Event()
    begins: Any = occasion.day
    ends: Any = occasion.day + timedelta(days=1)
    if occasion.begins is not None:
        zone = timezone.get_default_timezone()
        begins = datetime.combine(occasion.day, occasion.begins, zone)
        last = occasion.ends or occasion.begins
        ends = datetime.combine(occasion.day, last, zone)
    event.add("uid", occasion.uid)
    event.add("dtstamp", occasion.stamp)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", occasion.title)
    event.add("url", f"{host}{occasion.url}")
    if occasion.place:
        event.add("location", occasion.place)
    if occasion.is_cancelled:
        event.add("status", "CANCELLED")
    return event
