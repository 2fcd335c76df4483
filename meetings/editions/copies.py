"""Where else what is taken down was sent: as an appendix of another meeting, or in a file.

Minutes are an appendix of the meeting that approves them; a file that comes from outside may
hold data of ours. Each is its own meeting's, and is taken down there.

Source: docs/rules.md R-66, R-67.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from meetings.choices import MeetingKind
from meetings.editions.withdrawn import is_taken, withdrawn
from meetings.models import (
    ClosedAppendix,
    Minutes,
    Publication,
    PublishedAppendix,
    SentData,
    Withdrawal,
)
from meetings.models.taken import closing_minutes, latest_of
from meetings.models.withdrawal import FIELDS
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from meetings.editions.withdrawn import Withdrawn
    from meetings.models import Packet

_NAMES = (
    "pk", "slug", "label", "document", "meeting", "council", "council_name", "at",
    "held_on", "kind", "number", "is_closed", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A sent appendix in which something that is taken down stands, too.

    Attributes:
        name: "1.1 Bilag 1".
        meeting: "KKR-møde 24. januar 2024".
        council: its council, where that is another one; else "".
        number: of the newest version that holds it.
        url: where it is taken down; "" where that is somebody else's to do.
        is_down: it is taken down there already.
    """

    name: str
    meeting: str
    council: str
    number: int
    url: str
    is_down: bool


def copies_of(row: Withdrawal, user: object) -> tuple[Copy, ...]:
    """Give the sent appendices that say the same, as far as a reader may know of them.

    Of the own council whatever was sent, of others what the user reads. Three queries.

    Args:
        row: its meeting loaded.
        user: one of the meeting's editors.
    """
    told = withdrawn({name: getattr(row, name) for name in FIELDS})
    own = [each for each in _of(row) if _is_by(told, each)]
    documents = {each["document"] for each in own} | set(_minutes_closed_by(row))
    opened = [each["pk"] for each in own if not each["is_closed"]]
    latest: dict[tuple[int, str], dict[str, Any]] = {}
    found = _holding(row, documents - {""}, opened, user)
    for each in sorted(found, key=lambda each: each["number"]):
        if each["meeting"] != row.meeting_id or not _is_by(told, each):
            latest[each["meeting"], each["slug"]] = each
    return tuple(_copy(each, row) for each in latest.values())


def taken_in(packet: Packet) -> Withdrawn | None:
    """Give what is down of minutes that a packet holds as they were: 1 query, or 2."""
    held = Minutes.objects.filter(meeting__council__meetings=packet.meeting_id)
    said = held.exclude(paper__document="").order_by("pk")
    found = said.filter(Exists(closing_minutes()))
    down = dict(found.values_list("paper__document", latest_of(closing_minutes())))
    if not down:
        return None
    rows = packet.parts.filter(document__in=down)
    document = rows.values_list("document", flat=True).first()
    return withdrawn(down[document]) if document else None


def _minutes_closed_by(row: Withdrawal) -> list[str]:
    """Give the Documents of the minutes that it closes: one query, or none."""
    if row.appendix_key or row.is_closed:
        return []
    own = Minutes.objects.filter(Exists(closing_minutes().filter(pk=row.pk)))
    rows = own.filter(meeting=row.meeting_id)
    return list(rows.values_list("paper__document", flat=True).distinct())


def _of(row: Withdrawal) -> Iterable[dict[str, Any]]:
    """Give the appendices that it may be, or hold, open and closed: one query, or none."""
    if not (row.is_version or row.is_appendix):
        return ()
    asked = Q(slug=row.place) if row.is_appendix else Q(number=row.version)
    own = asked & Q(meeting=row.meeting_id)
    return _open(own).union(_closed(own), all=True).order_by()


def _holding(
    row: Withdrawal, documents: set[str], opened: list[int], user: object
) -> QuerySet[Any]:
    """Give the sent appendices with such a Document, or with such data: one query.

    Args:
        opened: pks of open appendices whose data are asked for.
    """
    said = Q(document__in=documents)
    same = SentData.objects.filter(appendix__in=opened).values("sha256")
    inside = SentData.objects.filter(sha256__in=same).values("appendix")
    read = Q(publication__in=Publication.objects.visible_to(user).values("pk"))
    ours = Q(council=row.meeting.council_id)
    held = PublishedAppendix.objects.filter(said | Q(pk__in=inside))
    rows = _told(held, "publication").filter(read | ours).values(*_NAMES)
    return rows.union(_closed(said & ours), all=True).order_by()


def _open(asked: Q) -> QuerySet[Any]:
    rows = _told(PublishedAppendix.objects, "publication")
    return rows.filter(asked).values(*_NAMES)


def _closed(asked: Q) -> QuerySet[Any]:
    rows = _told(ClosedAppendix.objects, "closed__publication", is_closed=True)
    return rows.filter(asked).values(*_NAMES)


def _told(rows: Any, sent: str, *, is_closed: bool = False) -> QuerySet[Any]:
    """Annotate what tells of an appendix, and what is down of its meeting.

    Args:
        sent: what its rows call their publication.
    """
    down = Withdrawal.objects.filter(meeting=OuterRef(f"{sent}__meeting"))
    every = Q(is_minutes=False) if is_closed else Q(is_minutes=False, is_closed=False)
    fields = JSONObject(**{name: name for name in FIELDS})
    names = {
        "meeting": "", "council": "__council", "council_name": "__council__name",
        "at": "__slug", "held_on": "__held_on", "kind": "__kind",
    }  # fmt: skip
    found: QuerySet[Any] = rows.annotate(
        **{name: F(f"{sent}__meeting{end}") for name, end in names.items()},
        number=F(f"{sent}__number"),
        is_closed=Value(is_closed),
        withdrawn=ArraySubquery(down.filter(every).values(row=fields)),
    )
    return found


def _is_by(told: Withdrawn, each: dict[str, Any]) -> bool:
    """Whether something that is taken down is, or holds, an appendix of its meeting."""
    may_hold = each["is_closed"] or not told.is_closed
    return may_hold and is_taken((told,), each["number"], each["slug"])


def _copy(each: dict[str, Any], row: Withdrawal) -> Copy:
    is_ours = each["council"] == row.meeting.council_id
    query = {"hvad": f"bilag:{each['slug']}"}
    address = reverse("meetings:withdrawals", args=[each["at"]], query=query)
    kind = MeetingKind(each["kind"]).label
    return Copy(
        name=each["label"],
        meeting=meeting_name(each["at"], each["held_on"], kind),
        council="" if is_ours else each["council_name"],
        number=each["number"],
        url=address if is_ours else "",
        is_down=is_taken(
            map(withdrawn, each["withdrawn"]), each["number"], each["slug"]
        ),
    )
