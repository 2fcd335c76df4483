"""Whether a file is one that was sent: found by its checksum, and by nothing else.

What somebody may not read is never confirmed to them: not by this, either. A closed file
is confirmed to those who may read all of it.

Source: docs/rules.md R-57.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KT
from django.utils import timezone

from accounts.models import Council
from core.formats import NBSP, long_date
from meetings.agenda import Agenda
from meetings.choices import PaperKind
from meetings.closed.access import reading_of
from meetings.closed.parting import closed_view
from meetings.closed.volumes import CLOSED_WORD
from meetings.editions.reading import said_council
from meetings.models import ClosedMinutes, ClosedPublication, Minutes, Publication
from meetings.names import meeting_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

MOST: Final = 5
PACKET: Final = "bilagspakken"
# What a file is called in the answer, and the route that it is fetched from.
_PAPERS: Final = {
    PaperKind.AGENDA: ("dagsordenen", "agenda-file"),
    PaperKind.WHOLE: ("dagsorden og bilag", "whole-file"),
    PaperKind.BUNDLE: ("zip-filen med alt", "bundle"),
}
MINUTES: Final = "minutes-file"


@dataclass(frozen=True, slots=True)
class Sent:
    """A sent version of a meeting; addresses lead to the one that holds now."""

    number: int
    sent_at: datetime
    slug: str
    kkr: str
    version: str = ""
    volume: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A file that was sent.

    Attributes:
        name: "2.1 Bilag 3"; "bilagspakken" of the whole.
        place: in addresses; "" of what is no appendix.
        route: where it is fetched from.
        sent: the newest version that holds this very file.
        newest: the number of the version that holds now.
        is_standing: something of the same name is in that.
        meeting: "KKR Sjælland 22. november 2023".
        is_approved: minutes are; others wait for approval.
    """

    name: str
    place: str
    sent: Sent
    newest: int
    is_standing: bool
    meeting: str
    route: str = "public-file"
    is_approved: bool = True

    @property
    def is_minutes(self) -> bool:
        """It belongs to no version; their numbers are those of approvals."""
        return self.route == MINUTES

    @property
    def is_newest(self) -> bool:
        """The file is in the version that holds."""
        return self.sent.number == self.newest

    @property
    def words(self) -> str:
        """What it is: "2.1 Bilag 3 i version 2, sendt 15. november 2023"."""
        day = long_date(timezone.localdate(self.sent.sent_at))
        if self.is_minutes:
            done = "godkendt" if self.is_approved else "sendt til godkendelse"
            return f"{self.name}, {done} {day}"
        return f"{self.name} i version{NBSP}{self.sent.number}, sendt {day}"


def matches(checksum: str, own: str, user: object = None) -> tuple[Match, ...]:
    """Give what has this SHA-256, the latest meeting first: four queries.

    Of each meeting the newest version that holds the file; no more than five meetings.

    Args:
        own: the reader's council.
        user: who asks; None for everybody.
    """
    found = _holding(checksum, user)
    rows = sorted(found, key=lambda row: row["number"], reverse=True)
    latest: dict[int, dict[str, Any]] = {}
    for row in rows:
        latest.setdefault(row["meeting_id"], row)
    if not latest:
        return _minutes(checksum, own, user)
    shown = sorted(latest.values(), key=lambda row: row["day"], reverse=True)[:MOST]
    standing = _standing([row["meeting_id"] for row in shown], user)
    return tuple(_match(row, standing[row["meeting_id"]], own) for row in shown)


def closed_matches(checksum: str, user: object, own: str) -> tuple[Match, ...]:
    """Give the closed files of this SHA-256 that ``user`` may read: two queries, or none."""
    if getattr(user, "pk", None) is None:
        return ()
    rows = ClosedPublication.objects.visible_to(user)
    holding = rows.filter(Q(file=checksum) | Q(appendices__file=checksum)).distinct()
    found = holding.select_related("publication__meeting__council")
    newest = found.order_by("-publication__number").prefetch_related("appendices")
    latest: dict[int, ClosedPublication] = {}
    for row in newest:
        latest.setdefault(row.publication.meeting_id, row)
    shown = [*latest.values()][:MOST]
    each = (_closed_match(checksum, row, user, own) for row in shown)
    return tuple(match for match in each if match) or _closed_minutes(
        checksum, user, own
    )


def _closed_match(
    checksum: str, row: ClosedPublication, user: object, own: str
) -> Match | None:
    """Tell of a closed file; None where the reader may not read it."""
    annotated: Any = row
    may_read = reading_of(annotated.seat, row.access)
    agenda = closed_view(Agenda.from_json(row.agenda))
    of = {b.slug: item.key for item in agenda.items for b in item.appendices}
    held = next((a for a in row.appendices.all() if a.file == checksum), None)
    keys = [of[held.slug]] if held else [item.key for item in agenda.items]
    if not all(map(may_read, keys)):
        return None
    sent = row.publication
    kkr = said_council(sent.meeting.council.slug, own)
    at = Sent(
        sent.number, sent.published_at, sent.meeting.slug, kkr,
        volume="" if held else CLOSED_WORD,
    )  # fmt: skip
    name, place = (held.label, held.slug) if held else ("den lukkede pakke", "")
    route = "public-file" if held else "packet-file"
    latest = Publication.objects.visible_to(user).filter(meeting=sent.meeting).first()
    return Match(
        name=name,
        place=place,
        sent=at,
        newest=latest.number if latest else sent.number,
        is_standing=True,
        meeting=f"{agenda.council} {meeting_day(at.slug, sent.meeting.held_on)}",
        route=route,
    )


def council_name(slug: str) -> str:
    """Give what the council that is asked is called: one query."""
    found = Council.objects.filter(slug=slug).values_list("name", flat=True).first()
    return found or "os"


def _holding(checksum: str, user: object) -> Iterator[dict[str, Any]]:
    """Give the versions with such a file, whatever it is of them: three queries."""
    fields = ("number", "published_at", "meeting_id", "meeting__slug",
              "meeting__council__slug", "of_council", "day", "name", "place",
              "kind")  # fmt: skip
    rows = Publication.objects.visible_to(user).annotate(
        of_council=KT("agenda__council"), day=KT("agenda__held_on")
    )
    whole = rows.filter(file=checksum)
    said = {"name": Value(PACKET), "place": Value(""), "kind": Value("packet")}
    yield from whole.annotate(**said).values(*fields)
    made = rows.filter(packet__papers__file=checksum)
    kind = {"name": Value(""), "place": Value(""), "kind": F("packet__papers__kind")}
    yield from made.annotate(**kind).values(*fields)
    parts = rows.filter(appendices__file=checksum).order_by("appendices__position")
    named: dict[str, Any] = {
        "name": F("appendices__label"),
        "place": F("appendices__slug"),
        "kind": Value(""),
    }
    yield from parts.annotate(**named).values(*fields)


def _standing(
    meeting_pks: Iterable[int], user: object
) -> dict[int, tuple[int, set[str]]]:
    """Give the newest version of each meeting with its places: one query."""
    rows = Publication.objects.visible_to(user).current(user)
    rows = rows.filter(meeting__in=meeting_pks)
    found: dict[int, tuple[int, set[str]]] = {}
    for pk, number, place in rows.values_list(
        "meeting_id", "number", "appendices__slug"
    ):
        found.setdefault(pk, (number, {""}))[1].add(place or "")
    return found


def _match(row: dict[str, Any], standing: tuple[int, set[str]], own: str) -> Match:
    slug, (newest, places) = row["meeting__slug"], standing
    kkr = said_council(row["meeting__council__slug"], own)
    day = meeting_day(slug, date.fromisoformat(row["day"]))
    name, route = _PAPERS.get(row["kind"], (row["name"], ""))
    return Match(
        name=name,
        route=route or ("packet-file" if row["kind"] else "public-file"),
        place=row["place"],
        sent=Sent(row["number"], row["published_at"], slug, kkr),
        newest=newest,
        is_standing=row["place"] in places,
        meeting=f"{row['of_council']} {day}",
    )


def _minutes(checksum: str, own: str, user: object) -> tuple[Match, ...]:
    """Give the minutes that are this very file and are the reader's: one query."""
    rows = Minutes.objects.visible_to(user).filter(paper__file=checksum)
    newest = Subquery(_later(user, "meeting", "number"))
    found = rows.annotate(newest=newest).select_related("meeting__council")
    return tuple(
        _match_minutes(row, row, own, "referatet")
        for row in found.order_by("-number")[:1]
    )


def _closed_minutes(checksum: str, user: object, own: str) -> tuple[Match, ...]:
    """Give the closed minutes that are this file to whoever reads all of it: one query."""
    rows = ClosedMinutes.objects.visible_to(user).filter(paper__file=checksum)
    newest = Subquery(_later(user, "minutes__meeting", "minutes__number"))
    found: Any = rows.annotate(newest=newest)
    found = found.select_related("minutes__meeting__council")
    return tuple(
        _match_minutes(row.minutes, row, own, "det lukkede referat", CLOSED_WORD)
        for row in found.order_by("-minutes__number")[:1]
        if all(map(reading_of(row.seat, row.access), row.access))
    )


def _later(user: object, meeting: str, number: str) -> QuerySet[Any, Any]:
    """Give the number of the newest minutes after the outer row's that a user reads."""
    rows = Minutes.objects.visible_to(user).filter(
        meeting=OuterRef(meeting), number__gt=OuterRef(number)
    )
    return rows.order_by("-number").values("number")[:1]


def _match_minutes(
    row: Minutes, of: Any, own: str, name: str, volume: str = ""
) -> Match:
    """Tell of minutes; ``of`` is annotated with the number of newer ones."""
    meeting = row.meeting
    kkr = said_council(meeting.council.slug, own)
    day = meeting_day(meeting.slug, meeting.held_on)
    return Match(
        name=name,
        place="",
        sent=Sent(row.number, row.at, meeting.slug, kkr, volume=volume),
        newest=of.newest or row.number,
        is_standing=True,
        meeting=f"{meeting.council.name} {day}",
        route=MINUTES,
        is_approved=row.is_approved,
    )
