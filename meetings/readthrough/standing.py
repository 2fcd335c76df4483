"""Where the read-through of a meeting stands, and what is asked of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from core import clock
from meetings.models import AgendaItem, Comment, Meeting, ReadThrough

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Readers:
    """How many of those who were asked have read.

    Attributes:
        read, asked: persons, ``read`` <= ``asked``.
        due_on: the last day of those who have not; None where all have.
        comments: of the whole agenda, not of an item, that are not solved.
    """

    read: int
    asked: int
    due_on: date | None
    comments: int

    @property
    def is_late(self) -> bool:
        """Somebody has not read, and the day is past."""
        return self.due_on is not None and self.due_on < clock.today()


def with_readers(rows: QuerySet[Meeting]) -> QuerySet[Any]:
    """Annotate meetings with ``reader_rows`` and ``whole_comments``; no query."""
    own = ReadThrough.objects.current().filter(meeting=OuterRef("pk")).order_by("pk")
    told = JSONObject(user="user_id", read="read_at", due="due_on")
    said = Comment.objects.unsolved().filter(meeting=OuterRef("pk"), item=None)
    return rows.annotate(
        reader_rows=ArraySubquery(own.values(row=told)),
        whole_comments=ArraySubquery(said.values("pk")),
    )


def readers_of(meeting: Any) -> Readers:
    """Count a meeting's readers, each person's latest; it was read :func:`with_readers`."""
    latest = {row["user"]: row for row in meeting.reader_rows}
    left = [date.fromisoformat(r["due"]) for r in latest.values() if not r["read"]]
    return Readers(
        len(latest) - len(left),
        len(latest),
        max(left, default=None),
        len(meeting.whole_comments),
    )


def items_by_key(meeting_pk: int) -> dict[str, int]:
    """Give the items that stand on an agenda: key → pk; one query."""
    rows = AgendaItem.objects.filter(section__meeting=meeting_pk).present()
    return dict(rows.values_list("key", "pk"))


def asked_to_read(user: Any) -> ArraySubquery:
    """What ``user`` is asked to read, the most urgent first, in another query."""
    rows = ReadThrough.objects.visible_to(user).waiting().order_by("due_on", "pk")
    fields = JSONObject(
        pk="pk",
        due="due_on",
        by="asked_by",
        slug="meeting__slug",
        held_on="meeting__held_on",
        kind="meeting__kind",
    )
    return ArraySubquery(rows.values(row=fields))
