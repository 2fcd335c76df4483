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

from meetings.models.withdrawal import FIELDS, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition
    from meetings.models import Publication

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

    @property
    def is_version(self) -> bool:
        """A whole version is closed, not a part of it."""
        return not self.item_key

    def holds_for(self, number: int) -> bool:
        """Whether a version with this number is one of those that held it."""
        if self.is_version:
            return number == self.version
        return number <= self.version


class WithdrawnError(Exception):
    """Something is asked for that is closed: answered with 410, and why.

    ``is_whole``: what is asked for is a file of the whole packet, which holds it.
    """

    def __init__(
        self, closed: Withdrawn, edition: Edition | None, *, is_whole: bool = False
    ) -> None:
        super().__init__(closed.name)
        self.closed, self.edition, self.is_whole = closed, edition, is_whole


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
    """Give what is closed of a publication's meeting, oldest first.

    No query where it came along with the row, else one: to forget the annotation costs
    time, and shows nothing.
    """
    found = getattr(row, "withdrawn", None)
    if found is None:
        found = withdrawal_rows(row.meeting_id)
    return tuple(map(withdrawn, found))


def taken_since(moment: str) -> Exists:
    """Ask whether anything of a row's meeting was taken down after one of its moments."""
    later = Withdrawal.objects.filter(meeting=OuterRef("meeting"))
    return Exists(later.filter(at__gt=OuterRef(moment)))


def withdrawal_rows(meeting_pk: int) -> Iterable[Mapping[str, Any]]:
    """Read what is closed of a meeting: one query."""
    rows = Withdrawal.objects.filter(meeting=meeting_pk).order_by("pk")
    return list(rows.values(*FIELDS))


def without(agenda: Agenda, number: int, closed: Iterable[Withdrawn]) -> Agenda:
    """Give the agenda of one version without what is closed; numbers stay.

    A later version keeps the name of an appendix that is out of it: that is closed too.
    """
    told = tuple(closed)
    if not told:
        return agenda
    whole = any(each.is_version and each.holds_for(number) for each in told)
    sections = tuple(
        replace(
            section,
            items=tuple(_item(item, number, told, whole) for item in section.items),
        )
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)


def _item(
    item: AgendaItem,
    number: int,
    told: tuple[Withdrawn, ...],
    whole: bool,  # noqa: FBT001 -- passed on
) -> AgendaItem:
    own = [each for each in told if each.item_key == item.key]
    texts = next((w for w in own if not w.appendix_key and w.holds_for(number)), None)
    bilag = {w.appendix_key: w for w in own if w.appendix_key}
    appendices = tuple(
        _appendix(each, number, bilag.get(each.key), whole) for each in item.appendices
    )
    item = replace(item, appendices=appendices)
    if texts is None and not whole:
        return item
    emptied: Any = dict.fromkeys(
        ("asks", "reply", "responsible", "summary", "recommendation", "case",
         "economy", "process"), ""
    )  # fmt: skip
    return replace(item, title=CLOSED if texts is None else texts.title, **emptied)


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
