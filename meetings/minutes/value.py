"""A meeting's minutes as a value, read of rows in three queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Subquery, When

from accounts.models import Municipality
from core.bundle import bundle
from core.danish import sort_key
from meetings.choices import MeetingKind, MeetingState, MemberRole, Presence
from meetings.editions import closed
from meetings.editions.reading import of_publication
from meetings.editions.withdrawn import lacks_texts
from meetings.models import (
    AgendaItem,
    Attendance,
    ClosedMinutes,
    ClosedPublication,
    Decision,
    FollowUp,
    Guest,
    Member,
    Minutes,
    Paper,
    Publication,
    Section,
    StateStep,
)
from meetings.models.meeting import OVER_STATES
from meetings.replies import replies_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meetings import agenda
    from meetings.agenda import Agenda
    from meetings.editions.edition import Edition
    from meetings.models import Meeting
    from meetings.models.publication import PublicationQuerySet
    from meetings.replies import Reply

    type Received = Mapping[int, tuple[Reply, ...]]


@dataclass(frozen=True, slots=True)
class Seat:
    """A member on the list of those who were there, or not.

    Attributes:
        place: role and municipality, "formand, Greve"; or "".
        row: None while nothing is written.
        stand_in: name of who came in the member's stead, or "".
    """

    member: Member
    place: str
    row: Attendance | None
    stand_in: str

    @property
    def presence(self) -> str:
        """One of ``Presence``, "" while nothing is written."""
        return self.row.presence if self.row else ""

    @property
    def words(self) -> str:
        """Give "Jens Hansen (formand, Greve)", and who came instead."""
        place = f" ({self.place})" if self.place else ""
        instead = f", i stedet deltog {self.stand_in}" if self.stand_in else ""
        return f"{self.member.name}{place}{instead}"


@dataclass(frozen=True, slots=True)
class Decided:
    """An item as it was sent, with what was decided and is to be done.

    Attributes:
        row: the item itself, its section and meeting loaded; None where it is gone, or
            hidden: then the item is a number and "Lukket punkt".
        decision: unsaved and empty while nothing is written.
        replies: what a written hearing received about it.
    """

    item: agenda.AgendaItem
    row: AgendaItem | None
    decision: Decision
    tasks: tuple[FollowUp, ...]
    replies: tuple[Reply, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Somebody has written what became of it."""
        return bool(self.decision.outcome)

    @property
    def fate(self) -> str:
        """What was announced of it since it was sent, "Udgået", or ""."""
        return self.row.fate if self.row else self.item.fate

    @property
    def needs_decision(self) -> bool:
        """It has a title, was not withdrawn, and nothing is written."""
        is_told = bool(self.item.title) and self.row is not None
        return is_told and not self.fate and not self.is_decided


@dataclass(frozen=True, slots=True)
class Behind:
    """What the minutes say of closed items, in a paper of its own.

    Attributes:
        edition: the closed packet.
        decided: its closed items only.
        access: item key → who reads it, as it was sent.
        latest: what was sent or approved last.
    """

    edition: Edition
    decided: tuple[Decided, ...]
    access: Mapping[str, Sequence[str]]
    latest: ClosedMinutes | None = None

    @property
    def readers(self) -> dict[str, Sequence[str]]:
        """The same of the items that it has."""
        keys = (own.item.key for own in self.decided)
        return {key: self.access.get(key, ()) for key in keys}


@dataclass(frozen=True, slots=True)
class Written:
    """Everything the minutes say; ``latest`` is what was sent or approved last.

    ``decided`` is for everybody: of a closed item it has a number. What was decided on
    those is ``behind``.
    """

    meeting: Meeting
    edition: Edition
    seats: tuple[Seat, ...]
    decided: tuple[Decided, ...]
    tasks: tuple[FollowUp, ...]
    substitutes: tuple[Member, ...]
    latest: Minutes | None = None
    behind: Behind | None = None
    guests: tuple[Guest, ...] = ()

    @property
    def agenda(self) -> Agenda:
        """What stands around its pages: of the day that it was really held."""
        held_on = self.edition.really_on.isoformat()
        return replace(self.edition.agenda, held_on=held_on)

    @property
    def whole(self) -> tuple[Decided, ...]:
        """All items in order, the closed ones as their editors write them."""
        own = self.behind.decided if self.behind else ()
        closed = {each.item.number: each for each in own}
        return tuple(closed.get(each.item.number, each) for each in self.decided)

    def edition_of(self, own: Decided) -> Edition:
        """Give the packet in which an item's appendices lie."""
        is_behind = self.behind is not None and own in self.behind.decided
        return self.behind.edition if self.behind and is_behind else self.edition

    def of_presence(self, presence: Presence) -> tuple[Seat, ...]:
        """Give those who were there, sent apologies, or stayed away."""
        return tuple(seat for seat in self.seats if seat.presence == presence)

    def at(self, slug: str) -> Decided | None:
        """Give the item that addresses call "2-3"."""
        return next((own for own in self.whole if own.item.slug == slug), None)


def written(meeting: Meeting) -> Written | None:
    """Read what is written of a meeting, its council loaded; None before it is sent.

    Three queries, one more where an item or appendix is closed; of a written hearing one
    for all that was received.
    """
    sent = Publication.objects.filter(meeting=meeting).with_announcements()
    sent = sent.select_related("closed")
    newest = _version_met_on(meeting, sent)
    if newest is None:
        return None
    newest.meeting = meeting
    edition = of_publication(newest)
    found = _fetched(meeting)
    sections = {row.pk: row for row in found[0]}
    rows: dict[str, AgendaItem] = {}
    for row in found[1]:
        row.section = sections[row.section_id]
        row.section.meeting = meeting
        rows[row.key] = row
    members = _members(found[5], found[6])
    received = _received(meeting, found[1])
    latest = next(iter(found[7]), None)
    if latest is not None:
        latest.paper = found[8][0]
    return Written(
        meeting=meeting,
        edition=edition,
        seats=_seats(meeting, members, found[4]),
        decided=_decided(edition, rows, found, received),
        tasks=tuple(found[3]),
        latest=latest,
        substitutes=_substitutes(meeting, members),
        behind=_behind(newest, edition, rows, found, received),
        guests=tuple(found[9]),
    )


def _version_met_on(meeting: Meeting, sent: PublicationQuerySet) -> Publication | None:
    """Give the version the meeting had: the newest, until it is said to be held.

    One that came afterwards is not what was decided on; it is what is left where texts
    of the other are taken down. One query, two where that is so.

    Source: docs/rules.md R-42.
    """
    newest = sent.order_by("-number")
    if meeting.state not in OVER_STATES:
        return newest.first()
    held = StateStep.objects.filter(meeting=meeting, before=MeetingState.SENT)
    said_at = held.filter(after=MeetingState.HELD).order_by("-pk").values("at")[:1]
    is_after = Case(When(published_at__gt=Subquery(said_at), then=1), default=0)
    found = newest.order_by(is_after, "-number").first()
    return newest.first() if found and lacks_texts(found) else found


def _fetched(meeting: Meeting) -> tuple[list[Any], ...]:
    """Fetch all rows that minutes are made of: one query."""
    items = AgendaItem.objects.filter(section__meeting=meeting)
    return bundle(
        Section.objects.filter(meeting=meeting),
        items,
        Decision.objects.filter(item__in=items),
        FollowUp.objects.filter(meeting=meeting).present().order_by("pk"),
        Attendance.objects.filter(meeting=meeting),
        Member.objects.filter(council=meeting.council_id),
        Municipality.objects.filter(member__council=meeting.council_id).distinct(),
        minutes := Minutes.objects.filter(meeting=meeting).order_by("-number")[:1],
        Paper.objects.filter(pk__in=minutes.values("paper")),
        Guest.objects.filter(meeting=meeting).order_by("pk"),
        shut := ClosedMinutes.objects.filter(minutes__in=minutes.values("pk")),
        Paper.objects.filter(pk__in=shut.values("paper")),
    )


def _behind(
    sent: Publication,
    edition: Edition,
    rows: dict[str, AgendaItem],
    found: tuple[list[Any], ...],
    received: Received,
) -> Behind | None:
    """Give what is written of closed items; ``found`` as :func:`written` fetched it."""
    row: ClosedPublication | None = getattr(sent, "closed", None)
    if row is None:
        return None
    own = closed.beside(closed.told_of(edition, row), row)
    told = _decided(own, rows, found, received)
    latest = next(iter(found[10]), None)
    if latest is not None:
        latest.paper = found[11][0]
    shut = tuple(each for each in told if each.item.is_closed)
    return Behind(own, shut, row.access, latest)


def decision_of(row: AgendaItem) -> Decision:
    """Give an item's decision, unsaved where nothing is written: one query."""
    found = Decision.objects.filter(item=row).first() or Decision(item=row)
    found.item = row
    return found


def _members(rows: list[Member], towns: list[Municipality]) -> list[Member]:
    """Give members in order of role and name, each with its municipality loaded."""
    by_pk = {town.pk: town for town in towns}
    for row in rows:
        row.municipality = by_pk.get(row.municipality_id or 0)
    order = list(MemberRole.values)
    return sorted(
        rows, key=lambda row: (order.index(row.role), sort_key(row.name), row.pk)
    )


def _seats(
    meeting: Meeting, members: list[Member], rows: Iterable[Attendance]
) -> tuple[Seat, ...]:
    """Give those who sat on the day, and all of whom something is written."""
    told = {row.member_id: row for row in rows}
    names = {member.pk: member.name for member in members}
    return tuple(
        Seat(
            member,
            _place(member),
            row := told.get(member.pk),
            names.get(row.substitute_id, "") if row and row.substitute_id else "",
        )
        for member in members
        if member.pk in told or _sat(member, meeting)
    )


def _substitutes(meeting: Meeting, members: list[Member]) -> tuple[Member, ...]:
    """Give those who may come in a member's stead: of the body that met."""
    own = (member for member in members if member.body == meeting.kind)
    return tuple(member for member in own if member.role == MemberRole.SUBSTITUTE)


def _sat(member: Member, meeting: Meeting) -> bool:
    begins, ends = member.starts_on, member.ends_on
    return (
        member.body == meeting.kind
        and member.role != MemberRole.SUBSTITUTE
        and (begins is None or begins <= meeting.held_on)
        and (ends is None or ends >= meeting.held_on)
    )


def _place(member: Member) -> str:
    role = "" if member.role == MemberRole.MEMBER else member.get_role_display().lower()
    town = member.municipality.name if member.municipality else ""
    return ", ".join(part for part in (role, town) if part)


def _received(meeting: Meeting, items: Iterable[AgendaItem]) -> Received:
    """Give what came in about the items of a written hearing; of another nothing."""
    if meeting.kind != MeetingKind.HEARING:
        return {}
    return replies_to([row.pk for row in items])


def _decided(
    edition: Edition,
    rows: dict[str, AgendaItem],
    fetched: tuple[list[Any], ...],
    received: Received,
) -> tuple[Decided, ...]:
    """Give the items of an edition with what is written; ``fetched`` by :func:`written`."""
    by_item = {row.item_id: row for row in fetched[2]}
    found = []
    for item in edition.agenda.items:
        row = rows.get(item.key)
        decision = by_item.get(row.pk) if row else None
        below = tuple(task for task in fetched[3] if row and task.item_id == row.pk)
        told = received.get(row.pk, ()) if row else ()
        own = decision or Decision(item=row)
        found.append(Decided(item, row, own, below, told))
    return tuple(found)
