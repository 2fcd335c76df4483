"""How far a proposal had come, as the newest sent meeting that tells of it says.

Source: docs/rules.md R-86.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from core.prepared import prepared, somebody
from documents import codec
from documents.records import text
from documents.tree import Table, walk
from meetings.choices import MeetingKind
from meetings.editions.reading import said_council
from meetings.editions.withdrawn import is_taken, withdrawn
from meetings.models import SentRecord
from meetings.names import meeting_name
from proposals.trail_document import DAY_CELL, KIND, STATUS, STATUS_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from documents.tree import Row

LOOKED: Final = 6
"""Sent lists of statuses that are looked through, the latest first."""


@dataclass(frozen=True, slots=True)
class SentStatus:
    """A proposal's status in a sent version.

    Attributes:
        place: "2.1 Bilag 3, side 41"; ``url`` is where it is read.
    """

    word: str
    day: str
    meeting: str
    version: int
    place: str
    url: str


def sent_status(key: str, user: object, own: str, council: str) -> SentStatus | None:
    """Give the newest status of a proposal that the reader may read: one query.

    Only what was sent is looked at: what was written since stays unknown here.

    Args:
        key: the proposal's, "proposal:faerre-maalgrupper".
        own: the reader's council, as ``reading.own_council`` gives it.
        council: slug of the council whose meetings they are.
    """
    pk = getattr(user, "pk", None)
    for row in _lists(council, STATUS, f"{KIND}:", pk, is_known=pk is not None):
        slug, number = row["appendix__slug"], row[_NUMBER]
        if is_taken(map(withdrawn, row["withdrawn"]), number, slug):
            continue
        found = next(_rows(row["appendix__document"], key), None)
        if found is not None:
            return _told(row, found, own)
    return None


_MEETING: Final = "appendix__publication__meeting__"
_NUMBER: Final = "appendix__publication__number"
_FIELDS: Final = (
    "page", "appendix__slug", "appendix__label", "appendix__document", _NUMBER,
    f"{_MEETING}slug", f"{_MEETING}held_on", f"{_MEETING}kind",
    f"{_MEETING}council__slug",
)  # fmt: skip


@prepared
def _lists(
    council: str, label: str, begins: str, user: int, *, is_known: bool
) -> QuerySet[SentRecord, Any]:
    rows = (
        SentRecord.objects.visible_to(somebody(user) if is_known else None)
        .filter(
            appendix__publication__meeting__council__slug=council,
            label=label,
            key__startswith=begins,
        )
        .with_withdrawals()
        .order_by(f"-{_MEETING}held_on", f"-{_MEETING}pk", f"-{_NUMBER}", "pk")
    )
    found: QuerySet[SentRecord, Any] = rows.values(*_FIELDS, "withdrawn")[:LOOKED]
    return found


def _rows(document: str, key: str) -> Iterator[Row]:
    """Find the row of a proposal in the list of statuses of a stored document."""
    for _, section in walk(codec.loads(document)):
        tables = (each for each in section.blocks if isinstance(each, Table))
        for group in (group for table in tables for group in table.groups):
            if section.label == STATUS:
                yield from (row for row in group.rows if row.key.endswith(f"/{key}"))


def _told(row: Any, found: Row, own: str) -> SentStatus:
    slug, label, page = row[f"{_MEETING}slug"], row["appendix__label"], row["page"]
    kind = MeetingKind(row[f"{_MEETING}kind"]).label
    kkr = said_council(row[f"{_MEETING}council__slug"], own)
    query = {"kkr": kkr, "version": str(row[_NUMBER])}
    return SentStatus(
        word=text(found.cells[STATUS_CELL]),
        day=text(found.cells[DAY_CELL]),
        meeting=meeting_name(slug, row[f"{_MEETING}held_on"], kind),
        version=row[_NUMBER],
        place=f"{label}, side\N{NO-BREAK SPACE}{page}" if page else label,
        url=reverse(
            "meetings:public-appendix",
            args=[slug, row["appendix__slug"]],
            query={name: value for name, value in query.items() if value},
        ),
    )
