"""The decision ledger: what was decided, on what, and from a record to its decisions.

Made of approved minutes and of nothing else, without what is taken down.

Source: docs/rules.md R-42, R-48.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from core.prepared import prepared, somebody
from meetings.choices import MeetingKind
from meetings.closed.volumes import CLOSED_WORD
from meetings.editions.withdrawn import CLOSED, withdrawn
from meetings.models import ClosedEntry, LedgerEntry, Minutes
from meetings.models.taken import closing_decision, latest_of
from meetings.models.withdrawal import own_withdrawals
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from meetings.editions.withdrawn import Withdrawn

# Decisions that a record's page shows.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision, as lists show it.

    Attributes:
        meeting: "KKR-møde 22. november 2023".
        item_url: the item as it was sent; ``minutes_url`` the minutes at that item.
        applies: title, address and pages of each appendix it applies to.
        is_closed: the item is closed; who reads this may read it.
        taken: what has taken it down: then number, meeting and title are all that is
            said, and of what was sent the title is the withdrawal's.
    """

    number: str
    title: str
    outcome: str
    text: str
    words: str
    meeting: str
    held_on: date
    council: str
    item_url: str
    minutes_url: str
    applies: tuple[Mapping[str, Any], ...]
    is_closed: bool = False
    taken: Withdrawn | None = None


def entries(user: object) -> QuerySet[LedgerEntry]:
    """Give the decisions that ``user`` may read, the latest meeting first.

    Annotates ``taken``, what has taken a decision down (NULL for what stands),
    ``retitled``, what has taken its title, and ``withdrawn``, what of its meeting is
    down.
    """
    approved = Minutes.objects.visible_to(user).latest()
    rows = LedgerEntry.objects.filter(minutes__in=approved).annotate(
        taken=latest_of(closing_decision()),
        retitled=latest_of(closing_decision().exclude(is_minutes=True, item_key="")),
        withdrawn=own_withdrawals("minutes__meeting"),
    )
    return rows.select_related("minutes__meeting__council").order_by(
        "-minutes__meeting__held_on", "-minutes_id", "position", "pk"
    )


def closed_entries(user: object) -> QuerySet[ClosedEntry]:
    """Give the decisions on closed items that ``user`` may read, the latest first.

    Source: docs/rules.md R-53.
    """
    of_entry = closing_decision(is_closed=True)
    told = own_withdrawals("closed__minutes__meeting", is_closed=True)
    rows = (
        ClosedEntry.objects.visible_to(user)
        .latest()
        .annotate(
            taken=latest_of(of_entry),
            retitled=latest_of(of_entry.exclude(is_minutes=True, item_key="")),
            withdrawn=told,
        )
    )
    return rows.select_related("closed__minutes__meeting__council").order_by(
        "-closed__minutes__meeting__held_on", "-closed__minutes_id", "position", "pk"
    )


def decisions_on(key: str, user: object) -> tuple[Ruling, ...]:
    """Give the decisions whose appendices printed a record, the latest first.

    Those on closed items come with them for their readers: one query, two signed in.

    Args:
        key: the record's, as documents have it: "proposal:faerre-maalgrupper".
    """
    pk = getattr(user, "pk", None)
    found = list(map(ruling, _open_on([key], pk, is_known=pk is not None)))
    if pk is not None:
        found += map(ruling, _closed_on([key], pk))
        found.sort(key=lambda each: each.held_on, reverse=True)
    return tuple(found[:MOST])


@prepared
def _open_on(keys: list[str], user: int, *, is_known: bool) -> QuerySet[LedgerEntry]:
    rows = entries(somebody(user) if is_known else None)
    return rows.filter(records__contains=keys)[:MOST]


@prepared
def _closed_on(keys: list[str], user: int) -> QuerySet[ClosedEntry]:
    return closed_entries(somebody(user)).filter(records__contains=keys)[:MOST]


def ruling(entry: Any) -> Ruling:
    """Give one of :func:`entries` or :func:`closed_entries` as lists show it; no query."""
    meeting = entry.minutes.meeting
    query = {"kkr": meeting.council.slug}
    kind = MeetingKind(meeting.kind).label
    is_closed = isinstance(entry, ClosedEntry)
    volume = {"del": CLOSED_WORD} if is_closed else {}
    minutes = reverse("meetings:minutes", args=[meeting.slug], query=query | volume)
    taken = withdrawn(entry.taken) if entry.taken else None
    told = tuple(map(withdrawn, entry.withdrawn))
    return Ruling(
        number=entry.number,
        title=_title(entry),
        outcome="" if taken else entry.get_outcome_display(),
        text="" if taken else entry.text,
        words="" if taken else entry.words,
        meeting=meeting_name(meeting.slug, meeting.held_on, kind),
        held_on=meeting.held_on,
        council=meeting.council.name,
        item_url=reverse(
            "meetings:public-item", args=[meeting.slug, entry.slug], query=query
        ),
        minutes_url=f"{minutes}{_fragment(entry, taken, told)}",
        applies=tuple(
            _applied(row, meeting, query, told) for row in entry.applies if not taken
        ),
        is_closed=is_closed,
        taken=taken,
    )


def _fragment(
    entry: LedgerEntry | ClosedEntry,
    taken: Withdrawn | None,
    told: tuple[Withdrawn, ...],
) -> str:
    """Give where the minutes say it; a key of words that are down leads nowhere."""
    is_told = any(w.item_key == entry.item_key and not w.appendix_key for w in told)
    return "" if taken or is_told else f"#item-{entry.item_key}"


def _title(entry: Any) -> str:
    """Give an item's title, or the words that are read in its place.

    Minutes that are down leave the agenda's own titles where they stand.
    """
    if not entry.retitled:
        return str(entry.title)
    found = withdrawn(entry.retitled)
    return found.title if found.item_key else CLOSED


def _applied(
    row: Any, meeting: Any, query: dict[str, str], told: tuple[Withdrawn, ...]
) -> dict[str, Any]:
    """Give an appendix with the address of the very version that was adopted."""
    of = {**query, "version": row["version"]}
    args = [meeting.slug, row["slug"]]
    held = [w for w in told if w.holds_for(row["version"])]
    own = [w.title for w in held if w.appendix_key and w.place == row["slug"]]
    own += [CLOSED for w in held if w.is_version]
    url = reverse("meetings:public-appendix", args=args, query=of)
    return {**row, "title": (own or [row["title"]])[0], "url": url}
