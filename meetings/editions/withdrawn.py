"""What is closed of what was sent, as its readers are told of it.

Every edition of a sent version is made without what is closed, so that no page, file,
index or comparison can hold it.

Source: docs/rules.md R-43.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from core.keys import new_key
from meetings.models.withdrawal import FIELDS, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition
    from meetings.models import ClosedPublication, Meeting, Publication

CLOSED = "Taget ned"
# What may still be said of a file: how it is read, never what stands in it.
_PLAIN_FACTS = ("tagged", "text", "readability", "language", "figures_without_text")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One thing that is closed; the fields are the row's."""

    pk: int
    item_key: str
    appendix_key: str
    place: str
    version: int
    name: str
    title: str
    reason: str
    at: datetime
    is_closed: bool = False
    is_minutes: bool = False

    @property
    def is_version(self) -> bool:
        """A whole version is closed, or its closed packet; not a part of it."""
        return not self.item_key and not self.is_minutes

    @property
    def said(self) -> str:
        """Its name within a sentence, "punkt 2.1"."""
        return f"{self.name[:1].lower()}{self.name[1:]}"

    def holds_for(self, number: int) -> bool:
        """Whether a version with this number is one of those that held it."""
        if self.is_version:
            return number == self.version
        return number <= self.version

    def is_in(self, number: int, built: datetime) -> bool:
        """Whether a packet that was built for a version holds it, or is marked against it."""
        return self.holds_for(number) or self.at > built

    def is_named_in(self, item: AgendaItem) -> bool:
        """Whether the files of an item's appendices name it.

        Places in a file are called by the item's key, which was made of its title: where
        everybody is told another one, that has gone, too.
        """
        is_own = bool(self.item_key) and self.item_key == item.key
        made = new_key(self.title, set())
        stem, _, number = self.item_key.rpartition("-")
        is_known = self.item_key == made or (stem == made and number.isdecimal())
        return is_own and not self.appendix_key and not is_known

    def marks(self, number: int, sent_at: datetime | None) -> bool:
        """Whether its words stand struck through in the files of the version after it.

        They do where that was sent before they were taken down: what is built later is
        not marked against them.
        """
        is_after = not self.holds_for(number) and self.holds_for(number - 1)
        return is_after and sent_at is not None and self.at > sent_at


class WithdrawnError(Exception):
    """Something is asked for that is closed: answered with 410, and why.

    ``is_whole``: what is asked for is a file of the whole packet, which holds it;
    ``is_minutes``: the minutes are asked for, which hold it; ``is_held``: a packet that
    is not sent holds minutes of another meeting, which hold it.
    """

    def __init__(
        self,
        closed: Withdrawn,
        edition: Edition | None,
        *,
        is_whole: bool = False,
        is_minutes: bool = False,
        is_held: bool = False,
    ) -> None:
        super().__init__(closed.name)
        self.closed, self.edition = closed, edition
        self.is_whole, self.is_minutes = is_whole, is_minutes
        self.is_held = is_held

    @property
    def is_trace(self) -> bool:
        """What is asked for is a later file, in which it stands struck through."""
        own = self.edition
        if own is None or self.is_minutes or not own.number:
            return False
        return not self.closed.holds_for(own.number) and self.is_whole


def is_taken(told: Iterable[Withdrawn], number: int, place: str) -> bool:
    """Whether what stood at a place of one version is closed, by itself or with all."""
    return any(
        each.holds_for(number) and (each.is_version or each.place == place)
        for each in told
    )


def withdrawn(row: Mapping[str, Any]) -> Withdrawn:
    """Give what ``PublicationQuerySet.with_announcements`` fetched as a value."""
    at = row["at"]
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return Withdrawn(**{**{name: row[name] for name in FIELDS}, "at": moment})


def withdrawals_of(row: Publication) -> tuple[Withdrawn, ...]:
    """Give what everybody is told of a publication's meeting, oldest first.

    No query where it came along with the row, else one: to forget the annotation costs
    time, and shows nothing.
    """
    found = getattr(row, "withdrawn", None)
    if found is None:
        found = withdrawal_rows(row.meeting_id)
    return tuple(map(withdrawn, found))


def lacks_texts(row: Publication) -> bool:
    """Whether an item's texts, or all of it, are taken down of a publication."""
    told = (each for each in withdrawals_of(row) if each.holds_for(row.number))
    return any(not each.appendix_key and not each.is_minutes for each in told)


def closed_withdrawals_of(row: ClosedPublication) -> tuple[Withdrawn, ...]:
    """Give what the readers of a closed packet are told besides: one query, or none."""
    found = getattr(row, "withdrawn", None)
    if found is None:
        found = withdrawal_rows(row.publication.meeting_id, is_closed=True)
    return tuple(map(withdrawn, found))


def ever_withdrawn(meeting: Meeting) -> QuerySet[Withdrawal]:
    """Give all that was taken down of a meeting, also what is shown again, newest first.

    It is the secretariat's alone.
    """
    return Withdrawal.everything.filter(meeting=meeting).select_related("lifting")


def taken_since(moment: str) -> Exists:
    """Ask whether anything of a row's meeting was taken down after one of its moments."""
    later = Withdrawal.objects.sent_openly().filter(meeting=OuterRef("meeting"))
    return Exists(later.filter(at__gt=OuterRef(moment)))


def withdrawal_rows(
    meeting_pk: int, *, is_closed: bool = False, as_of: datetime | None = None
) -> Iterable[Mapping[str, Any]]:
    """Read what everybody is told to be taken down of a meeting: one query.

    Args:
        is_closed: what is told of its closed material, to its readers alone.
        as_of: only what was down by then.
    """
    every = Withdrawal.objects
    rows = every.sent_closed() if is_closed else every.sent_openly()
    own = rows.filter(meeting=meeting_pk).order_by("pk")
    if as_of is not None:
        own = own.filter(at__lte=as_of)
    return list(own.values(*FIELDS))


def without(agenda: Agenda, number: int, closed: Iterable[Withdrawn]) -> Agenda:
    """Give the agenda of one version without what is closed; numbers stay.

    A later version keeps the name of an appendix that is out of it: that is closed too.
    """
    told = tuple(closed)
    if not told:
        return agenda
    sections = tuple(
        replace(
            section, items=tuple(_item(item, number, told) for item in section.items)
        )
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)


def _item(item: AgendaItem, number: int, told: tuple[Withdrawn, ...]) -> AgendaItem:
    own = [each for each in told if each.item_key == item.key]
    texts = next((w for w in own if not w.appendix_key and w.holds_for(number)), None)
    bilag = {w.appendix_key: w for w in own if w.appendix_key}
    # Of a closed packet only what is closed goes with it.
    whole = [each for each in told if each.is_version and each.holds_for(number)]
    is_all = any(not each.is_closed for each in whole)
    appendices = tuple(
        _appendix(
            each,
            number,
            bilag.get(each.key),
            is_all or (bool(whole) and (item.is_closed or bool(each.closed))),
        )
        for each in item.appendices
    )
    item = replace(item, appendices=appendices)
    if texts is None and not (is_all or (whole and item.is_closed)):
        return item
    emptied: Any = dict.fromkeys(
        ("asks", "reply", "responsible", "contact", "summary", "recommendation",
         "case", "economy", "process"), ""
    )  # fmt: skip
    title = CLOSED if texts is None else texts.title
    return replace(item, title=title, is_taken=True, **emptied)


def _appendix(
    appendix: AgendaAppendix,
    number: int,
    told: Withdrawn | None,
    whole: bool,  # noqa: FBT001 -- passed on
) -> AgendaAppendix:
    is_closed = told is not None and (told.holds_for(number) or appendix.is_withdrawn)
    if not (whole or is_closed):
        return appendix
    names: Any = ("title_in_source", "sender", "dated", "own_name", "status", "summary",
             "made_of", "digest", "file", "file_name")  # fmt: skip
    emptied: Any = dict.fromkeys(names, "")
    facts = {k: v for k, v in appendix.facts.items() if k in _PLAIN_FACTS}
    return replace(
        appendix,
        title=told.title if told else CLOSED,
        facts=facts,
        notes=(),
        is_withdrawn=True,
        **emptied,
    )
